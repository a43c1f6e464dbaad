"""Data files that come with the program, and those of the same format laid in the machine's own folder beside or instead of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.paths import resources, rules_folder

#: Far larger than any law's table; a file past it is something else.
_LARGEST = 1_000_000

#: Files by path and the time they were changed, so that what was read from them can be remembered until they are.
Stamped = tuple[tuple[str, int], ...]


def own_files(folder: str) -> Stamped:
    """The files in this folder of the machine's, as they are now."""
    return tuple((str(path), stamp) for path, stamp in _listed(rules_folder() / folder))


def shipped_files(*folders: str) -> dict[str, Path]:
    """The files that come with the program, by name."""
    return {path.name: path for path, _ in _listed(resources().joinpath(*folders))}


def with_own(shipped: dict[str, Path], own: Stamped) -> dict[str, Path]:
    """A file of the machine's replaces the program's of the same name, or stands beside them."""
    return {**shipped, **{Path(path).name: Path(path) for path, _ in own}}


def parsed(files: dict[str, Path], prefix: str) -> Sequence[tuple[str, object]]:
    """(name, content) in the order of the names. Raises `Refused` with `<prefix>.too_large` or `<prefix>.not_readable`."""
    return [(name, _content(name, files[name], prefix)) for name in sorted(files)]


def _listed(folder: Path) -> list[tuple[Path, int]]:
    try:
        return [(path, path.stat().st_mtime_ns) for path in sorted(folder.glob("*.json"))]
    except OSError:
        return []


def _content(name: str, path: Path, prefix: str) -> object:
    try:
        if path.stat().st_size > _LARGEST:
            raise Refused(Problem(f"{prefix}.too_large", None, {"file": name}))
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise Refused(Problem(f"{prefix}.not_readable", None, {"file": name})) from error
