"""Attendance: how it was with each person at each occasion, and what share of the occasions that were held she came to.

That an occasion was held is a fact of its own, whoever came. An absence is giltig or ogiltig and never has a cause
(`product.md` rule 5). Who came late has come.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rehabdesk.domain.prerehab import STARTED_ONCE, AttendanceMark, BookingState, OccasionState
from rehabdesk.domain.problems import Problem

#: Marks that say that somebody was there.
CAME = frozenset({AttendanceMark.ATTENDED, AttendanceMark.LATE})


@dataclass(frozen=True, slots=True)
class Tally:
    """How it was at the occasions that were held within somebody's time, or a whole round's. `unmarked` is not known yet."""

    attended: int = 0
    late: int = 0
    valid: int = 0
    invalid: int = 0
    unmarked: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Two of them taken together."""
        return Tally(
            self.attended + other.attended, self.late + other.late, self.valid + other.valid, self.invalid + other.invalid,
            self.unmarked + other.unmarked,
        )  # fmt: skip

    @property
    def came(self) -> int:
        """How many times somebody was there, in time or late."""
        return self.attended + self.late

    @property
    def held(self) -> int:
        """How many occasions there were to come to."""
        return self.came + self.valid + self.invalid + self.unmarked

    @property
    def share(self) -> float | None:
        """The share that was come to, of all that were held; None where none was. What is unmarked is told beside it."""
        return self.came / self.held if self.held else None


@dataclass(frozen=True, slots=True)
class OccasionFacts:
    """What decides whether an occasion can be held and marked."""

    on: date
    state: OccasionState


@dataclass(frozen=True, slots=True)
class ClaimDays:
    """What decides whether a claim has attendance on a day."""

    state: BookingState
    starts_on: date | None
    ends_on: date | None

    def is_there_on(self, day: date) -> bool:
        """Whether the claim has started and its days hold this one."""
        if self.state not in STARTED_ONCE or self.starts_on is None or self.ends_on is None:
            return False
        return self.starts_on <= day <= self.ends_on


def tally(marks: Iterable[AttendanceMark | None]) -> Tally:
    """Marks counted; None is an occasion that was held and where nothing is marked."""
    counted = dict.fromkeys((*AttendanceMark, None), 0)
    for mark in marks:
        counted[mark] += 1
    return Tally(
        counted[AttendanceMark.ATTENDED], counted[AttendanceMark.LATE], counted[AttendanceMark.VALID_ABSENCE],
        counted[AttendanceMark.INVALID_ABSENCE], counted[None],
    )  # fmt: skip


def problems_with_holding(occasion: OccasionFacts, today: date) -> tuple[Problem, ...]:
    """What is still to come has not been held, nor has what was cancelled."""
    if occasion.state is OccasionState.CANCELLED:
        return (Problem("attendance.cancelled", None, {"on": occasion.on}),)
    if occasion.on > today:
        return (Problem("attendance.to_come", None, {"on": occasion.on}),)
    return ()


def problems_with_mark(occasion: OccasionFacts, claim: ClaimDays, mark: AttendanceMark, today: date) -> tuple[Problem, ...]:
    """Only somebody who has started is marked, on a day of hers. Nobody has come to what is to come; an absence may be known before."""
    if occasion.state is OccasionState.CANCELLED:
        return (Problem("attendance.cancelled", None, {"on": occasion.on}),)
    if claim.state not in STARTED_ONCE:
        return (Problem("attendance.not_started"),)
    if not claim.is_there_on(occasion.on):
        return (Problem("attendance.not_her_day", None, {"on": occasion.on}),)
    return problems_with_holding(occasion, today) if mark in CAME else ()
