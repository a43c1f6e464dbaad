"""Every marked text has Swedish, every Swedish text is said, and everything a code stands for has its words."""

from __future__ import annotations

import ast
import importlib.util
import string
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from rehabdesk import wording

ROOT = Path(__file__).resolve().parent.parent
# The vault tells these again with the folder's name.
TOLD_AGAIN = ("rehabdesk/store/key_slots.py",)


@pytest.fixture(scope="module")
def translations() -> ModuleType:
    """packaging/translations.py, which is a script and no part of the package."""
    spec = importlib.util.spec_from_file_location("rehabdesk_translations", ROOT / "packaging" / "translations.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_nothing_is_missing_unused_or_badly_filled_in(translations: ModuleType) -> None:
    assert list(translations.all_faults()) == []


def test_texts_are_found_inside_f_strings_and_conditions(translations: ModuleType) -> None:
    code = """f"{texts.say('one')}"; say("two" if x else "three"); name("c", "four"); count("five", "fives", n)
message("six", "c6"); message("seven"); message_count("eight", "eights"); say(variable)"""
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    found = [key for call in calls for key in translations._keys(call)]
    assert sorted(found, key=str) == sorted(
        [
            (None, "one"), (None, "two"), (None, "three"), ("c", "four"), (None, ("five", "fives")),
            ("c6", "six"), (None, "seven"), (None, ("eight", "eights")),
        ],
        key=str,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "{n} left"\nmsgstr "kvar"', "placeholders differ"),
        ('msgid "left"\nmsgstr "{n} kvar"', "placeholders differ"),
        ('msgid "done"\nmsgstr "klart!"', "exclamation"),
        ('msgid "left"\nmsgstr "kvar"', "nothing says"),
    ],
)
def test_check_speaks_up(translations: ModuleType, monkeypatch, tmp_path: Path, entry: str, fault: str) -> None:
    (tmp_path / "one.po").write_text(entry + "\n", encoding="utf-8")
    monkeypatch.setattr(translations, "SWEDISH", tmp_path)
    assert any(fault in line for line in translations.all_faults())


def test_two_translations_of_one_text_are_refused(translations: ModuleType, monkeypatch, tmp_path: Path) -> None:
    (tmp_path / "one.po").write_text('msgid "held"\nmsgstr "hållet"\n', encoding="utf-8")
    (tmp_path / "two.po").write_text('msgid "held"\nmsgstr "hållen"\n', encoding="utf-8")
    monkeypatch.setattr(translations, "SWEDISH", tmp_path)
    with pytest.raises(translations.BadTranslations):
        translations.merged()


def test_every_problem_in_the_code_has_a_sentence() -> None:
    problems = wording.gather().problems
    assert [found for found in _first_literals("Problem") if found[0] not in problems] == []


def test_every_undo_label_in_the_code_has_words() -> None:
    labels = wording.gather().labels
    assert [found for found in _first_literals("Label") if found[0] not in labels] == []


@pytest.mark.parametrize(("callee", "position"), [("Problem", 2), ("Label", 1)])
def test_every_sentence_gets_what_it_is_filled_with(callee: str, position: int) -> None:
    """Where the parameters are written out beside the code, none that the sentence asks for is missing."""
    gathered = wording.gather()
    sentences = gathered.problems if callee == "Problem" else gathered.labels
    short: list[tuple[str, str, set[str]]] = []
    for place, call in _calls(callee):
        if place.startswith(TOLD_AGAIN):
            continue
        given = _given_parameters(call, position)
        for code in _strings(call.args[0]):
            if given is not None and code in sentences and (missing := _asked_for(sentences[code]) - given):
                short.append((code, place, missing))
    assert short == []


def test_terms_are_complete() -> None:
    """An enumeration that has words has them for all its members."""
    terms = wording.gather().terms
    gaps = [member for kind, words in terms.items() for member in kind if member not in words]
    assert gaps == []


def _first_literals(callee: str) -> Iterator[tuple[str, str]]:
    """The literal first arguments of every call of that name in the package, with their places."""
    for place, call in _calls(callee):
        for literal in _strings(call.args[0]):
            yield literal, place


def _calls(callee: str) -> Iterator[tuple[str, ast.Call]]:
    for path in sorted((ROOT / "rehabdesk").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and _called(call) == callee and call.args:
                yield f"{path.relative_to(ROOT).as_posix()}:{call.lineno}", call


def _given_parameters(call: ast.Call, position: int) -> set[str] | None:
    """The names of the parameters; None where they are not written out."""
    written = call.args[position] if len(call.args) > position else None
    written = next((keyword.value for keyword in call.keywords if keyword.arg == "params"), written)
    if written is None:
        return set()
    if not isinstance(written, ast.Dict) or not all(isinstance(key, ast.Constant) for key in written.keys):
        return None
    return {str(key.value) for key in written.keys if isinstance(key, ast.Constant)}


def _asked_for(sentence: wording.Message) -> set[str]:
    fields = {field for _, field, _, _ in string.Formatter().parse(sentence) if field}
    return fields | ({"n"} if sentence.plural is not None else set())


def _called(call: ast.Call) -> str | None:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", None)


def _strings(argument: ast.expr) -> tuple[str, ...]:
    if isinstance(argument, ast.IfExp):
        return _strings(argument.body) + _strings(argument.orelse)
    return (argument.value,) if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else ()
