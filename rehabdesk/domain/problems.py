"""What can be wrong with what a person asked for, as data: the words come later, from `texts`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple


class Problem(NamedTuple):
    """One thing that stands in the way.

    `code` is dotted (`session.date_missing`) and has its sentence in `rehabdesk/wording`; `field` names the control it
    belongs beside, if any; `params` are put into the sentence (dates and times are formatted there).
    """

    code: str
    field: str | None = None
    params: Mapping[str, object] = MappingProxyType({})

    def __hash__(self) -> int:
        """Without the parameters, which need not be hashable."""
        return hash((self.code, self.field))


class Refused(Exception):
    """The world's kind of error: the request cannot be carried out, and `problems` say why. Nothing was changed."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        # Codes only: parameters may hold personal data, and this text can reach the log.
        super().__init__(", ".join(problem.code for problem in self.problems))


def refuse_if(problems: Iterable[Problem]) -> None:
    """Raise `Refused` if there is any problem."""
    found = tuple(problems)
    if found:
        raise Refused(found)
