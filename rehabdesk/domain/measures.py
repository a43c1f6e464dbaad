"""Measuring: when each moment is due for somebody, what may be written, and how a number is typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from rehabdesk.domain.prerehab import BOOKED, STARTED_ONCE, BookingState, Moment
from rehabdesk.domain.problems import Problem

_NUMBER = re.compile(r"[-−+]?\d{1,6}([.,]\d{1,6})?")
#: Days before its day on which a moment is told of, and days after it until which it can still be asked for.
_AHEAD = MappingProxyType({Moment.BEFORE: 7, Moment.END: 7, Moment.MONTHS_6: 14, Moment.MONTHS_12: 14})
_AFTER = MappingProxyType({Moment.BEFORE: 14, Moment.END: 28, Moment.MONTHS_6: 60, Moment.MONTHS_12: 60})
_MONTHS = MappingProxyType({Moment.BEFORE: 0, Moment.END: 0, Moment.MONTHS_6: 6, Moment.MONTHS_12: 12})

#: Claims in which somebody is measured: before her first day already when she has said yes.
MEASURED = STARTED_ONCE | {BookingState.ACCEPTED}
#: Claims asked for each moment. Whoever stopped is asked at her last day, and not again after months.
_ASKED = MappingProxyType({
    Moment.BEFORE: BOOKED,
    Moment.END: STARTED_ONCE,
    Moment.MONTHS_6: frozenset({BookingState.STARTED, BookingState.COMPLETED}),
    Moment.MONTHS_12: frozenset({BookingState.STARTED, BookingState.COMPLETED}),
})  # fmt: skip


class Standing(StrEnum):
    """Where a measurement that is not made stands on a day."""

    TO_COME = "to_come"
    DUE = "due"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Answer:
    """One value, or that she chose not to answer."""

    value: float | None = None

    @property
    def is_declined(self) -> bool:
        """Whether she chose not to answer."""
        return self.value is None


DECLINED = Answer()


def due_on(moment: Moment, starts_on: date, ends_on: date) -> date:
    """The day a moment falls on: her first day, her last, and months after that."""
    return starts_on if moment is Moment.BEFORE else months_after(ends_on, _MONTHS[moment])


def standing(moment: Moment, state: BookingState, starts_on: date, ends_on: date, today: date) -> Standing | None:
    """Where a measurement that is not made stands; None where nobody asks for it."""
    if state not in _ASKED[moment] or ends_on < starts_on:
        return None
    day = due_on(moment, starts_on, ends_on)
    if today < day - timedelta(days=_AHEAD[moment]):
        return Standing.TO_COME
    return Standing.DUE if today <= day + timedelta(days=_AFTER[moment]) else Standing.MISSED


def moment_to_ask(state: BookingState, starts_on: date, ends_on: date, lacking: Iterable[Moment], today: date) -> Moment | None:
    """Which moment a form is for: the one that is due among those that lack something, else the next to come; None when nothing is left."""
    stands = {moment: standing(moment, state, starts_on, ends_on, today) for moment in lacking}
    for wanted in (Standing.DUE, Standing.TO_COME):
        found = [moment for moment in Moment if stands.get(moment) is wanted]
        if found:
            return found[0]
    return None


def problems_with_moment(state: BookingState, moment: Moment) -> tuple[Problem, ...]:
    """Nobody is measured who has not said yes, and after the start only whoever has started."""
    if state not in MEASURED:
        return (Problem("measure.no_place"),)
    return (Problem("measure.not_started"),) if moment is not Moment.BEFORE and state not in STARTED_ONCE else ()


def problems_with_day(on: date, today: date) -> tuple[Problem, ...]:
    """A measurement is of a day that has been."""
    return (Problem("measure.in_future", "measured_on"),) if on > today else ()


def read_number(written: str) -> float | None:
    """A number as it is typed, with a decimal comma or point; None where it is none."""
    bare = "".join(written.split())
    if not _NUMBER.fullmatch(bare):
        return None
    return float(bare.replace(",", ".").replace("\N{MINUS SIGN}", "-"))


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the month's last where it is shorter."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (following - timedelta(days=1)).day))
