"""The translations: which texts the code says, what is missing, and the compiled catalogue.

    python packaging/translations.py extract    print what has no Swedish yet, as entries to paste into a room's .po
    python packaging/translations.py check      say what is missing, unused, doubled or badly filled in; exit 1 if any
    python packaging/translations.py compile    write resources/translations/sv.mo from resources/translations/sv/*.po
"""

from __future__ import annotations

import argparse
import ast
import io
import os
import string
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CODE = ROOT / "rehabdesk"
SWEDISH = ROOT / "resources" / "translations" / "sv"
COMPILED = ROOT / "resources" / "translations" / "sv.mo"

# Babel's own extraction is not used: before Python 3.12 it passes by what stands inside an f-string, in silence.
SAYS = {"say", "count", "name", "message", "message_count"}

Key = tuple[str | None, str | tuple[str, ...]]


class BadTranslations(Exception):
    """What is wrong with the .po files, a line each."""


def main(arguments: list[str] | None = None) -> int:
    """Run one of the three verbs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=("extract", "check", "compile"))
    verb = parser.parse_args(arguments).verb
    try:
        if verb == "compile":
            compile_swedish()
            return 0
        if verb == "extract":
            sys.stdout.write(missing_as_po())
            return 0
        faults = list(all_faults())
    except BadTranslations as bad:
        faults = [str(bad)]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def said_in_code() -> dict[Key, list[str]]:
    """Every marked text, with the places it is said in."""
    said: dict[Key, list[str]] = {}
    for path in sorted(CODE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                for key in _keys(call):
                    said.setdefault(key, []).append(f"{path.relative_to(ROOT).as_posix()}:{call.lineno}")
    return said


def merged() -> Catalog:
    """All .po files as one catalogue, in a stable order; the same text translated in two ways is refused."""
    entries: dict[Key, tuple[Message, str]] = {}
    for path in sorted(SWEDISH.glob("*.po")):
        for entry in _entries(path):
            key = (entry.context, entry.id)
            before = entries.get(key)
            if before and before[0].string != entry.string:
                raise BadTranslations(f"{entry.id!r} is translated in two ways, in {before[1]} and in {path.name}")
            entries[key] = (entry, path.name)
    # A fixed date: the compiled file must only change when a translation does.
    day = datetime(2026, 1, 1, tzinfo=UTC)
    catalogue = Catalog(locale="sv", project="rehabdesk", creation_date=day, revision_date=day, fuzzy=False)
    for context, text in sorted(entries, key=lambda key: (_singular(key[1]), key[0] or "")):
        entry = entries[context, text][0]
        catalogue.add(entry.id, entry.string, context=entry.context)
    return catalogue


def compile_swedish(to: Path = COMPILED) -> None:
    """Write the compiled catalogue, whole or not at all: several people compile at once."""
    compiled = io.BytesIO()
    write_mo(compiled, merged())
    beside = to.with_name(f"{to.name}.{os.getpid()}.part")
    beside.write_bytes(compiled.getvalue())
    beside.replace(to)


def missing_as_po() -> str:
    """The texts without Swedish, as .po entries."""
    known = {(entry.context, entry.id) for entry in merged() if entry.id}
    missing = Catalog(locale="sv")
    for (context, text), places in said_in_code().items():
        if (context, text) not in known:
            locations = [(file, int(line)) for file, line in (place.rsplit(":", 1) for place in places)]
            missing.add(text, context=context, locations=locations)
    written = io.BytesIO()
    write_po(written, missing, omit_header=True)
    return written.getvalue().decode()


def all_faults() -> Iterator[str]:
    """Everything that `check` says, a line each."""
    said = said_in_code()
    swedish = {(entry.context, entry.id): entry for entry in merged() if entry.id}
    for key, places in said.items():
        if key not in swedish:
            yield f"no Swedish for {_shown(key)} ({places[0]})"
    for key, entry in swedish.items():
        if key not in said:
            yield f"nothing says {_shown(key)}"
        yield from _entry_faults(entry)
    if not COMPILED.exists() or not _same(merged(), COMPILED):
        yield "sv.mo is not up to date: python packaging/translations.py compile"


def _keys(call: ast.Call) -> Iterator[Key]:
    """The texts one call marks: the literal arguments, and both branches of a conditional one."""
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", None)
    if called not in SAYS:
        return
    first, second = ([*map(_literals, call.args[:2])] + [(), ()])[:2]
    if called == "say":
        yield from ((None, text) for text in first)
    elif called == "message":
        yield from ((context, text) for text in first for context in second or (None,))
    elif called == "name":
        yield from ((context, text) for text in second for context in first)
    else:
        yield from ((None, pair) for pair in zip(first, second, strict=False))


def _literals(argument: ast.expr) -> tuple[str, ...]:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return (argument.value,)
    if isinstance(argument, ast.IfExp):
        return _literals(argument.body) + _literals(argument.orelse)
    return ()


def _entries(path: Path) -> Iterator[Message]:
    with path.open("rb") as file:
        catalogue = read_po(file, locale="sv", abort_invalid=True)
    for entry in catalogue:
        if not entry.id:
            continue
        if entry.fuzzy or not all(_forms(entry.string)):
            raise BadTranslations(f"{path.name}: {entry.id!r} is unfinished")
        yield entry


def _entry_faults(entry: Message) -> Iterator[str]:
    english, swedish = _forms(entry.id), _forms(entry.string)
    if len(english) != len(swedish):
        yield f"singular and plural do not pair in {entry.id!r}"
    # A singular may say "one" where the plural says {n}.
    wanted = _placeholders(english[-1])
    for form in swedish:
        got = _placeholders(form)
        if got - wanted or wanted - got - ({"n"} if len(english) > 1 else set()):
            yield f"placeholders differ: {entry.id!r} and {form!r}"
        if "!" in form:
            yield f"an exclamation mark in {form!r}"


def _forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def _singular(text: str | tuple[str, ...]) -> str:
    return _forms(text)[0]


def _shown(key: Key) -> str:
    context, text = key
    return repr(_singular(text)) + (f" in context {context!r}" if context else "")


def _same(catalogue: Catalog, compiled: Path) -> bool:
    with compiled.open("rb") as file:
        other = read_mo(file)
    return _content(catalogue) == _content(other)


def _content(catalogue: Catalog) -> dict[Key, tuple[str, ...]]:
    # Babel reads a compiled context back as bytes, and a compiled plural as a list.
    return {
        (
            entry.context.decode() if isinstance(entry.context, bytes) else entry.context,
            entry.id if isinstance(entry.id, str) else tuple(entry.id),
        ): _forms(entry.string)
        for entry in catalogue
        if entry.id
    }


if __name__ == "__main__":
    raise SystemExit(main())
