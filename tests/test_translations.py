"""Every marked text has Swedish, every Swedish text is said, and everything a code stands for has its words."""

from __future__ import annotations

import ast
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from rehabdesk import wording

ROOT = Path(__file__).resolve().parent.parent


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


def test_terms_are_complete() -> None:
    """An enumeration that has words has them for all its members."""
    terms = wording.gather().terms
    gaps = [member for kind, words in terms.items() for member in kind if member not in words]
    assert gaps == []


def _first_literals(callee: str) -> Iterator[tuple[str, str]]:
    """The literal first arguments of every call of that name in the package, with their places."""
    for path in sorted((ROOT / "rehabdesk").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and _called(call) == callee and call.args:
                for literal in _strings(call.args[0]):
                    yield literal, f"{path.relative_to(ROOT)}:{call.lineno}"


def _called(call: ast.Call) -> str | None:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", None)


def _strings(argument: ast.expr) -> tuple[str, ...]:
    if isinstance(argument, ast.IfExp):
        return _strings(argument.body) + _strings(argument.orelse)
    return (argument.value,) if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else ()
