"""Reads the code's imports and shapes, and says where they breach the plan of the house.

Works on source text, so that its own tests can plant a breach without a file.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = "rehabdesk"


@dataclass(frozen=True, slots=True)
class Floor:
    """What a floor may import: prefixes of our own modules, and the libraries of others."""

    own: tuple[str, ...]
    libraries: frozenset[str] = frozenset()


FLOORS = {
    "domain": Floor(("domain",), frozenset({"personnummer", "holidays", "zxcvbn"})),
    "store": Floor(("store", "domain"), frozenset({"sqlalchemy", "sqlcipher3", "cryptography"})),
    "documents": Floor(("documents", "domain", "texts", "wording", "paths"), frozenset({"reportlab", "pikepdf", "PIL"})),
    "exchange": Floor(("exchange", "domain", "texts", "wording", "paths"), frozenset({"openpyxl", "icalendar"})),
    "services": Floor(
        ("services", "domain", "store", "documents", "exchange", "texts", "wording", "paths"),
        # PIL looks at a logo before it is kept.
        frozenset({"sqlalchemy", "PIL"}),
    ),
    "ui": Floor(
        (
            "ui",
            "domain",
            "services",
            "texts",
            "wording",
            "paths",
            "settings",
            # For reading; and the Store's type with what its callbacks carry.
            "store.queries",
            "store.store",
            "store.history",
        ),
        frozenset({"PySide6", "shiboken6", "pypdfium2"}),
    ),
    # The modules beside the floors.
    "texts": Floor(("domain", "wording", "paths", "catalogue"), frozenset({"babel"})),
    "catalogue": Floor(()),
    "wording": Floor(("wording", "domain")),
    "paths": Floor((), frozenset({"platformdirs"})),
    "settings": Floor(("paths",)),
    "logging_setup": Floor(("paths",)),
    "__init__": Floor(()),
    "__main__": Floor(("cli",)),
}

# Composition: they may know everyone.
ABOVE_THE_FLOORS = frozenset({"app", "cli", "commands"})

# Nothing here opens a socket, and what could is not even imported.
NETWORK = frozenset(
    "socket socketserver ssl asyncio http urllib.request ftplib smtplib imaplib poplib telnetlib xmlrpc "
    "PySide6.QtNetwork PySide6.QtWebSockets logging.handlers multiprocessing.connection".split()
)
# Rules know no files and no clock.
NOT_IN_DOMAIN = frozenset(
    "os io pathlib shutil tempfile subprocess sqlite3 logging time glob locale gettext threading".split()
)

# Where a moment can be had, as (imported name, attribute). A stopwatch (perf_counter) tells no time of day.
CLOCKS = frozenset(
    {
        ("datetime.datetime", "now"),
        ("datetime.datetime", "utcnow"),
        ("datetime.datetime", "today"),
        ("datetime.date", "today"),
        ("time", "time"),
        ("time", "time_ns"),
        ("time", "monotonic"),
        ("time", "localtime"),
        ("time", "sleep"),
        ("PySide6.QtCore.QDate", "currentDate"),
        ("PySide6.QtCore.QTime", "currentTime"),
        ("PySide6.QtCore.QDateTime", "currentDateTime"),
        ("PySide6.QtCore.QDateTime", "currentDateTimeUtc"),
    }
)
LARGEST_FUNCTION, LARGEST_CLASS, LARGEST_FILE = 50, 350, 500


@dataclass(frozen=True, slots=True)
class Module:
    """One module's name and parsed source."""

    name: str
    tree: ast.Module
    lines: int
    is_package: bool = False

    @property
    def floor(self) -> str:
        """The floor, or the module's own name where it stands beside the floors."""
        parts = self.name.split(".")
        return parts[1] if len(parts) > 1 else "__init__"


def module(name: str, source: str, is_package: bool = False) -> Module:
    """A module from its text."""
    return Module(name, ast.parse(source), len(source.splitlines()), is_package)


def modules() -> list[Module]:
    """Every module of the program."""
    return [_module_at(file) for file in sorted((ROOT / PACKAGE).rglob("*.py"))]


def scripts() -> list[Module]:
    """The programs that set up, build and measure; only their shapes are judged."""
    found = sorted((ROOT / "packaging").glob("*.py"))
    return [module(f"packaging.{file.stem}", file.read_text(encoding="utf-8")) for file in found]


def _module_at(file: Path) -> Module:
    parts = list(file.relative_to(ROOT).with_suffix("").parts)
    is_package = parts[-1] == "__init__"
    if is_package:
        parts.pop()
    return module(".".join(parts), file.read_text(encoding="utf-8"), is_package)


def breaches(one: Module) -> list[str]:
    """Everything a module of the program does that its floor forbids."""
    return [*_import_breaches(one), *_clock_breaches(one), *_habit_breaches(one), *_without_docstring(one), *oversize(one)]


def oversize(one: Module) -> list[str]:
    """What is too long to be one thing."""
    found = [f"{one.lines} lines in the file"] if one.lines > LARGEST_FILE else []
    for node in ast.walk(one.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            length = node.end_lineno - node.lineno + 1
            most = LARGEST_CLASS if isinstance(node, ast.ClassDef) else LARGEST_FUNCTION
            if length > most:
                found.append(f"line {node.lineno}: {node.name} is {length} lines, past {most}")
    return found


# Imports


def imports(one: Module) -> Iterator[tuple[int, str]]:
    """Every imported name in full (a.b.c of `from a.b import c`), with its line; TYPE_CHECKING ones too."""
    for node in ast.walk(one.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(one, node)
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def _absolute(one: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module
    parts = one.name.split(".")
    up = node.level - 1 if one.is_package else node.level
    return ".".join([*parts[: len(parts) - up], *filter(None, [node.module])])


def _import_breaches(one: Module) -> Iterator[str]:
    for line, name in imports(one):
        if _is_within(name, NETWORK):
            yield f"line {line}: imports {name}, which can open a socket"
        elif one.floor not in ABOVE_THE_FLOORS:
            reason = _why_not(one.floor, name)
            if reason:
                yield f"line {line}: {one.floor} imports {name}: {reason}"


def _why_not(floor: str, name: str) -> str | None:
    top = name.split(".")[0]
    if floor not in FLOORS:
        return f"{floor} is no floor of the house"
    if top == PACKAGE:
        inside = name.removeprefix(PACKAGE).lstrip(".")
        allowed = FLOORS[floor].own
        if inside == "__version__" or _is_within(inside, allowed):
            return None
        return f"it may see {', '.join(allowed) or 'nothing of ours'}"
    if top in sys.stdlib_module_names:
        return "a rule has no files and no clock" if floor == "domain" and _is_within(name, NOT_IN_DOMAIN) else None
    return None if top in FLOORS[floor].libraries else "not a library of this floor"


def _is_within(name: str, prefixes: Iterable[str]) -> bool:
    return any(name == prefix or name.startswith(prefix + ".") for prefix in prefixes)


# Clocks and habits


def _clock_breaches(one: Module) -> Iterator[str]:
    """A moment asked of anything but the clock that was passed in, called or merely handed on."""
    if one.floor == "app":
        return
    known = _bound_names(one)
    for line, name in imports(one):
        if tuple(name.rsplit(".", 1)) in CLOCKS:
            yield f"line {line}: imports {name}; time comes from the Clock"
    for node in ast.walk(one.tree):
        if isinstance(node, ast.Attribute) and (_dotted(node.value, known), node.attr) in CLOCKS:
            yield f"line {node.lineno}: {ast.unparse(node)}; time comes from the Clock"


def _bound_names(one: Module) -> dict[str, str]:
    """What the names that imports bind in this module stand for."""
    bound = {}
    for node in ast.walk(one.tree):
        if isinstance(node, ast.Import):
            bound.update({alias.asname or alias.name.split(".")[0]: alias.name for alias in node.names})
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(one, node)
            bound.update({alias.asname or alias.name: f"{base}.{alias.name}" for alias in node.names})
    return bound


def _dotted(node: ast.expr, known: dict[str, str]) -> str | None:
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.Attribute):
        base = _dotted(node.value, known)
        return f"{base}.{node.attr}" if base else None
    return None


def _habit_breaches(one: Module) -> Iterator[str]:
    for node in ast.walk(one.tree):
        if isinstance(node, ast.ExceptHandler) and _catches_all(node) and not _raises(node):
            yield f"line {node.lineno}: catches everything and does not raise it again"
        elif isinstance(node, ast.Global):
            yield f"line {node.lineno}: changes module-level state"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield from _call_breaches(node)
        elif isinstance(node, ast.Name) and node.id == "NotImplementedError":
            yield f"line {node.lineno}: a stub"


def _call_breaches(call: ast.Call) -> Iterator[str]:
    if call.func.attr in ("processEvents", "qWait", "qSleep"):
        yield f"line {call.lineno}: {call.func.attr}"
    if call.func.attr == "connect":
        for argument in call.args:
            if isinstance(argument, ast.Lambda) and any(
                isinstance(inner, ast.Name) and inner.id == "self" for inner in ast.walk(argument.body)
            ):
                yield f"line {call.lineno}: a lambda in connect keeps its widget alive; connect a method"


def _catches_all(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(one is None or (isinstance(one, ast.Name) and one.id in ("Exception", "BaseException")) for one in caught)


def _raises(handler: ast.ExceptHandler) -> bool:
    return any(isinstance(node, ast.Raise) for node in ast.walk(handler))


def _without_docstring(one: Module) -> Iterator[str]:
    if not ast.get_docstring(one.tree):
        yield "the module has no docstring"
    for node in one.tree.body:
        is_public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        if is_public and not ast.get_docstring(node):
            yield f"line {node.lineno}: {node.name} has no docstring"
