"""The rule files of the rehabilitation chain: those that come with the program, and those laid in the machine's own folder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rehabdesk.domain.chain_rule_files import read_book
from rehabdesk.domain.chain_rules import RuleBook
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import data_files

_FOLDER = "rehab_chain"


@dataclass(frozen=True, slots=True)
class InForce:
    """The rules to go by; `problems` say why the machine's own files are not among them."""

    book: RuleBook
    problems: tuple[Problem, ...] = ()
    own_files: tuple[str, ...] = ()


def chain_rules() -> InForce:
    """The rules as the files are now. A file of the machine's replaces the program's of the same name, or stands beside them."""
    return _read(data_files.own_files(_FOLDER))


def rule_book() -> RuleBook:
    """The rules to go by."""
    return chain_rules().book


# What the files say changes only with their dates: remembering it is not state.
@lru_cache(maxsize=4)
def _read(own: data_files.Stamped) -> InForce:
    shipped = data_files.shipped_files("rules", _FOLDER)
    if own:
        try:
            # In the order of their names, which begin with the date of the law.
            book = read_book(data_files.parsed(data_files.with_own(shipped, own), "chain_rules"))
            return InForce(book, own_files=tuple(sorted(Path(path).name for path, _ in own)))
        except Refused as refused:
            return InForce(read_book(data_files.parsed(shipped, "chain_rules")), refused.problems)
    return InForce(read_book(data_files.parsed(shipped, "chain_rules")))
