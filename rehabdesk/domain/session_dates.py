"""The proposal for a series' next date: it steps over red days, squeeze days and holiday weeks, and says why."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice

from rehabdesk.domain import swedish
from rehabdesk.domain.problems import Problem

# More dates than this in a row are never all taken; a rule file that says so is answered with no proposal.
_MOST_TRIED = 120


class HolidayPeriod(StrEnum):
    """Weeks in which a table cannot be gathered."""

    SUMMER = "summer"
    AUTUMN_BREAK = "autumn_break"
    CHRISTMAS = "christmas"
    WINTER_BREAK = "winter_break"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class HolidayWeeks:
    """ISO week numbers to avoid, with what they are; from resources/rules/holiday_weeks.json."""

    by_week: Mapping[int, HolidayPeriod]

    @classmethod
    def from_data(cls, data: Mapping[str, Sequence[Mapping[str, object]]]) -> HolidayWeeks:
        """From the parsed rule file; a malformed one is our mistake and raises."""
        weeks: dict[int, HolidayPeriod] = {}
        for period in data["periods"]:
            listed = period["weeks"]
            assert isinstance(listed, list)
            weeks.update(dict.fromkeys(map(int, listed), HolidayPeriod(period["reason"])))
        if not all(1 <= number <= 53 for number in weeks):
            raise ValueError("a week number lies outside 1–53")
        return cls(weeks)

    def period(self, day: date) -> HolidayPeriod | None:
        """Which holiday period a day lies in, if any."""
        return self.by_week.get(swedish.week(day))


@dataclass(frozen=True, slots=True)
class EveryWeeks:
    """A weekday (Monday 0) every so many weeks, counted from the last session."""

    weekday: int
    weeks: int = 1


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """The nth weekday (Monday 0) of each month: 1–5, or -1 for the last."""

    weekday: int
    nth: int


Rhythm = EveryWeeks | NthWeekday


@dataclass(frozen=True, slots=True)
class SteppedOver:
    """A date in the rhythm that was not proposed, and why, as a problem with a sentence."""

    day: date
    reason: Problem


@dataclass(frozen=True, slots=True)
class Proposal:
    """The next date, or None if none was found, and what was stepped over on the way."""

    day: date | None
    stepped_over: tuple[SteppedOver, ...]


def why_avoid(day: date, holiday_weeks: HolidayWeeks) -> Problem | None:
    """Why a session should not be held on this day, if there is a reason."""
    named = swedish.free_day(day)
    if named is not None:
        return Problem("session_date.free_day", "date", {"day": day, "name": named})
    if day.weekday() >= swedish.SATURDAY:
        return Problem("session_date.weekend", "date", {"day": day})
    if swedish.is_squeeze_day(day):
        return Problem("session_date.squeeze_day", "date", {"day": day})
    period = holiday_weeks.period(day)
    if period is not None:
        return Problem("session_date.holiday_week", "date", {"day": day, "week": swedish.week(day), "period": period})
    return None


def propose(after: date, rhythm: Rhythm, holiday_weeks: HolidayWeeks) -> Proposal:
    """The first good date of the rhythm after a day. A series that meets on Saturdays is not told off for weekends."""
    stepped_over: list[SteppedOver] = []
    for day in islice(dates_after(after, rhythm), _MOST_TRIED):
        reason = why_avoid(day, holiday_weeks)
        if reason is None or (reason.code == "session_date.weekend" and rhythm.weekday >= swedish.SATURDAY):
            return Proposal(day, tuple(stepped_over))
        stepped_over.append(SteppedOver(day, reason))
    return Proposal(None, tuple(stepped_over))


def dates_after(after: date, rhythm: Rhythm) -> Iterator[date]:
    """The dates of the rhythm after a day, in order, until the calendar ends."""
    try:
        if isinstance(rhythm, EveryWeeks):
            # The weekday nearest the full interval: a session moved by a day or two does not shift the whole series.
            target = after + timedelta(weeks=rhythm.weeks)
            offset = (rhythm.weekday - target.weekday() + 3) % 7 - 3
            day = target + timedelta(days=offset)
            if day <= after:
                day += timedelta(weeks=rhythm.weeks)
            while True:
                yield day
                # One week on from a date stepped over, not a whole interval: the table should not wait twice as long.
                day += timedelta(weeks=1)
        year, month = after.year, after.month
        while True:
            day_of_month = _nth(year, month, rhythm)
            if day_of_month is not None and day_of_month > after:
                yield day_of_month
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    except (OverflowError, ValueError):
        return


def _nth(year: int, month: int, rhythm: NthWeekday) -> date | None:
    first_weekday, length = calendar.monthrange(date(year, month, 1).year, month)
    first = 1 + (rhythm.weekday - first_weekday) % 7
    fitting = range(first, length + 1, 7)
    if rhythm.nth == -1:
        return date(year, month, fitting[-1])
    return date(year, month, fitting[rhythm.nth - 1]) if 1 <= rhythm.nth <= len(fitting) else None
