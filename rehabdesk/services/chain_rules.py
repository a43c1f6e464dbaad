"""The rule files of the rehabilitation chain: those that come with the program, and those laid in the machine's own folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rehabdesk.domain.chain_rule_files import read_book
from rehabdesk.domain.chain_rules import RuleBook
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.paths import resources, rules_folder

_FOLDER = "rehab_chain"
#: Far larger than any law's table; a file past it is something else.
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class InForce:
    """The rules to go by; `problems` say why the machine's own files are not among them."""

    book: RuleBook
    problems: tuple[Problem, ...] = ()
    own_files: tuple[str, ...] = ()


def chain_rules() -> InForce:
    """The rules as the files are now. A file of the machine's replaces the program's of the same name, or stands beside them."""
    own = _files(rules_folder() / _FOLDER)
    return _read(tuple((str(path), stamp) for path, stamp in own))


def rule_book() -> RuleBook:
    """The rules to go by."""
    return chain_rules().book


# What the files say changes only with their dates: remembering it is not state.
@lru_cache(maxsize=4)
def _read(own: tuple[tuple[str, int], ...]) -> InForce:
    shipped = {path.name: path for path, _ in _files(resources() / "rules" / _FOLDER)}
    if own:
        added = {Path(path).name: Path(path) for path, _ in own}
        try:
            return InForce(read_book(_parsed({**shipped, **added})), own_files=tuple(sorted(added)))
        except Refused as refused:
            return InForce(read_book(_parsed(shipped)), refused.problems)
    return InForce(read_book(_parsed(shipped)))


def _files(folder: Path) -> list[tuple[Path, int]]:
    try:
        return [(path, path.stat().st_mtime_ns) for path in sorted(folder.glob("*.json"))]
    except OSError:
        return []


def _parsed(files: dict[str, Path]) -> list[tuple[str, object]]:
    """In the order of their names, which begin with the date of the law."""
    return [(name, _content(name, files[name])) for name in sorted(files)]


def _content(name: str, path: Path) -> object:
    try:
        if path.stat().st_size > _LARGEST:
            raise Refused(Problem("chain_rules.too_large", None, {"file": name}))
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise Refused(Problem("chain_rules.not_readable", None, {"file": name})) from error
