"""The days of a round: so many taught weeks on its weekdays, over breaks and red days; and what a round needs to be planned.

A day in a break is made up for at the end, so that a chosen holiday week makes the round end a week later. A red day is
stepped over and not replaced.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from rehabdesk.domain import swedish
from rehabdesk.domain.forum import SeriesKind, minutes_between, problems_with_controller
from rehabdesk.domain.parties import OrganisationKind
from rehabdesk.domain.prerehab import MOST_PLACES, MOST_WEEKS
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.domain.session_dates import HolidayPeriod, HolidayWeeks, SteppedOver

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_WEEK = timedelta(days=7)
_ONE_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}/[0-9]{1,2}"
_WEEK_BREAK = re.compile(r"(?:v|w|vecka|week)\.?\s*(?P<week>[0-9]{1,2})(?P<reason>(?:\s.*)?)", re.IGNORECASE)
_DAY_BREAK = re.compile(rf"(?P<from>{_ONE_DAY})(?:\s*[-–]\s*(?P<to>{_ONE_DAY}))?(?P<reason>(?:\s.*)?)")
#: A round whose breaks push its last day further away than this is a slip of the pen.
_LONGEST = timedelta(days=3 * 366)

MOST_KRONOR = 100_000_000
MOST_ANSWER_DAYS = 90


class RoundState(StrEnum):
    """Where a round stands on a day: it follows from its days, unless it was cancelled."""

    TO_COME = "to_come"
    UNDER_WAY = "under_way"
    OVER = "over"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class ProgrammeDetails:
    """Everything that is chosen about a programme. Costs are whole kronor, `fill_target` per cent of the places.

    `instruments` are the codes of what it measures with, in order; None leaves them as they are.
    """

    name: str
    controller_id: int
    controller_board: str = ""
    supplier_party_id: int | None = None
    place: str = ""
    target_group: str = ""
    cost_per_round: int | None = None
    cost_per_place: int | None = None
    fill_target: int = 80
    answer_days: int = 10
    instruments: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Break:
    """Days on which a round rests. `reason` is the code of a holiday period, or words of one's own."""

    from_on: date
    to_on: date
    reason: str = ""

    @property
    def holiday(self) -> HolidayPeriod | None:
        """The holiday period whose week this is, if it is one."""
        return HolidayPeriod(self.reason) if self.reason in HolidayPeriod._value2member_map_ else None

    def covers(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.from_on <= day <= self.to_on


@dataclass(frozen=True, slots=True)
class RoundDetails:
    """Everything that is chosen about a round. `weekdays` count from Monday 0; times are "HH:MM"."""

    programme_id: int
    name: str
    starts_on: date | None
    weeks: int
    weekdays: tuple[int, ...]
    start: str
    end: str
    place: str
    min_places: int
    max_places: int
    last_late_start_on: date | None = None
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True)
class RoundDays:
    """The days a round becomes, and those it steps over with the reason, both in order."""

    days: tuple[date, ...]
    stepped_over: tuple[SteppedOver, ...]
    is_whole: bool

    @cached_property
    def ends_on(self) -> date | None:
        """The last day; None when there is none."""
        return self.days[-1] if self.days else None


@dataclass(frozen=True, slots=True)
class HolidayWeek:
    """A holiday week that a round would meet, from its Monday."""

    monday: date
    period: HolidayPeriod

    @property
    def as_break(self) -> Break:
        """The break it is when it is chosen."""
        return Break(self.monday, min(self.monday, date.max - _WEEK) + timedelta(days=6), self.period.value)


def days_of(details: RoundDetails) -> RoundDays:
    """The days of a round. `is_whole` is false when its breaks leave no room for its weeks."""
    days: list[date] = []
    stepped: list[SteppedOver] = []
    left = details.weeks * len(set(details.weekdays))
    for day in _weekdays_from(details.starts_on, frozenset(details.weekdays)):
        if left <= 0:
            break
        rest = next((rest for rest in details.breaks if rest.covers(day)), None)
        if rest is not None:
            stepped.append(SteppedOver(day, _why_resting(rest, day)))
            continue
        left -= 1
        named = swedish.free_day(day)
        if named is None:
            days.append(day)
        else:
            stepped.append(SteppedOver(day, Problem("round.free_day", "starts_on", {"day": day, "name": named})))
    return RoundDays(tuple(days), tuple(stepped), left <= 0)


def from_its_first_weekday(details: RoundDetails) -> RoundDetails:
    """The same round, from the first day it could meet: one that is written from a Monday and meets on Tuesdays begins on the Tuesday."""
    return replace(details, starts_on=next(_weekdays_from(details.starts_on, frozenset(details.weekdays)), details.starts_on))


def holiday_weeks_met(details: RoundDetails, holiday_weeks: HolidayWeeks) -> tuple[HolidayWeek, ...]:
    """The holiday weeks in which the round has a weekday, also those it meets only because it rests in the others."""
    found: dict[date, HolidayWeek] = {}
    while True:
        resting = tuple(week.as_break for week in found.values())
        span = days_of(replace(details, breaks=(*details.breaks, *resting)))
        met = {
            week.monday: week
            for day in (*span.days, *(over.day for over in span.stepped_over))
            if (week := _holiday_week(day, holiday_weeks)) is not None
        }
        if met.keys() <= found.keys():
            return tuple(found[monday] for monday in sorted(found))
        found.update(met)


@dataclass(frozen=True, slots=True)
class Year:
    """A plan for several rounds alike, one beginning every so many weeks; they may run beside one another.

    Holiday weeks are rested in, but for those from the Mondays in `worked`. A week that is rested in is not counted.
    """

    first: RoundDetails
    count: int
    every_weeks: int
    holiday_weeks: HolidayWeeks
    worked: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class PlannedYear:
    """The rounds a plan becomes, and every holiday week they meet, rested in or not."""

    rounds: tuple[RoundDetails, ...]
    holidays: tuple[HolidayWeek, ...]


def planned_year(year: Year) -> PlannedYear:
    """The rounds, each so many weeks after the one before began. Fewer come where the calendar ends."""
    made: list[RoundDetails] = []
    holidays: dict[date, HolidayWeek] = {}
    following = year.first
    while len(made) < year.count:
        met = holiday_weeks_met(following, year.holiday_weeks)
        holidays.update((week.monday, week) for week in met)
        resting = tuple(week.as_break for week in met if week.monday not in year.worked)
        following = replace(following, breaks=(*following.breaks, *resting))
        span = days_of(following)
        if span.ends_on is None or not span.is_whole:
            break
        made.append(replace(following, breaks=_breaks_within(following, span.ends_on)))
        starts_on = _start_after(following.starts_on, year)
        if starts_on is None:
            break
        following = replace(year.first, starts_on=starts_on, last_late_start_on=_late_start(year.first, starts_on), name="")
    last = made[-1].starts_on if made else None
    ends_on = days_of(made[-1]).ends_on if made else None
    met = tuple(week for monday, week in sorted(holidays.items()) if last is None or monday <= ends_on)
    return PlannedYear(tuple(made), met)


def read_breaks(text: str, starts_on: date, prefer: Callable[[str, date], date | None]) -> tuple[Break, ...]:
    """Breaks as they are written, between commas: "v. 7 sportlov, 15/4–17/4 studiedagar"; a week or a day is the next from the start.

    `prefer` reads one day in words, from a day on. Refused with the part that cannot be read.
    """
    return tuple(_read_break(part.strip(), starts_on, prefer) for part in text.split(",") if part.strip())


def written_breaks(breaks: Iterable[Break]) -> str:
    """Breaks as `read_breaks` reads them, whatever the language of the window."""
    return ", ".join(
        f"{rest.from_on}–{rest.to_on} {rest.reason}".strip() if rest.from_on != rest.to_on else f"{rest.from_on} {rest.reason}".strip()
        for rest in breaks
    )


def problems_with_round(details: RoundDetails) -> tuple[Problem, ...]:
    """A first day, weekdays, weeks, times in order, places in order, and breaks that leave it some days."""
    found = [*_problems_with_times(details), *_problems_with_places(details)]
    if not 1 <= details.weeks <= MOST_WEEKS:
        found.append(Problem("round.weeks_range", "weeks", {"most": MOST_WEEKS}))
    if not details.weekdays or not set(details.weekdays) <= set(range(7)):
        found.append(Problem("round.weekdays_missing", "weekdays"))
    if details.starts_on is None:
        found.append(Problem("round.start_missing", "starts_on"))
    for rest in details.breaks:
        if rest.to_on < rest.from_on:
            found.append(Problem("round.break_order", "breaks", {"from_on": rest.from_on, "to_on": rest.to_on}))
    return tuple(found) or _problems_with_days(details)


def problems_with_programme(
    details: ProgrammeDetails, controller_kind: OrganisationKind | None, other_names: Iterable[str]
) -> tuple[Problem, ...]:
    """A name of its own, a controller that may be one (`product.md` rule 10), and numbers within reason."""
    found: list[Problem] = []
    if not details.name:
        found.append(Problem("programme.name_missing", "name"))
    if details.name.casefold() in {name.casefold() for name in other_names}:
        found.append(Problem("programme.exists", "name", {"name": details.name}))
    if controller_kind is None:
        found.append(Problem("programme.controller_missing", "controller"))
    is_association = controller_kind is OrganisationKind.COORDINATION_ASSOCIATION
    # A programme takes people's cases, as a rehab forum does.
    found.extend(problems_with_controller(SeriesKind.REHAB_FORUM, is_association))
    for name in ("cost_per_round", "cost_per_place"):
        cost = getattr(details, name)
        if cost is not None and not 0 <= cost <= MOST_KRONOR:
            found.append(Problem("programme.cost_range", name))
    if not 0 <= details.fill_target <= 100:
        found.append(Problem("programme.target_range", "fill_target"))
    if not 1 <= details.answer_days <= MOST_ANSWER_DAYS:
        found.append(Problem("programme.answer_days_range", "answer_days", {"most": MOST_ANSWER_DAYS}))
    return tuple(found)


def problems_with_occasion(day: date | None, start: str, end: str) -> tuple[Problem, ...]:
    """An occasion has a day, and ends after it starts."""
    found = [Problem("occasion.day_missing", "on")] if day is None else []
    found.extend(_problems_with_clock(start, end))
    return tuple(found)


def day_conflict(day: date, breaks: Iterable[Break]) -> Problem | None:
    """What is told, and not refused, about an occasion on this day: it is red, a weekend, or lies in a break."""
    named = swedish.free_day(day)
    if named is not None:
        return Problem("occasion.free_day", "on", {"day": day, "name": named})
    rest = next((rest for rest in breaks if rest.covers(day)), None)
    if rest is not None:
        return Problem("occasion.in_break", "on", {"day": day})
    if day.weekday() >= swedish.SATURDAY:
        return Problem("occasion.weekend", "on", {"day": day})
    return None


def state_on(day: date, starts_on: date, ends_on: date, cancelled_on: date | None) -> RoundState:
    """Where a round with these days stands."""
    if cancelled_on is not None:
        return RoundState.CANCELLED
    if day < starts_on:
        return RoundState.TO_COME
    return RoundState.UNDER_WAY if day <= ends_on else RoundState.OVER


def title_of(programme: str, number: int, name: str) -> str:
    """What a round is called: its own name, or "Grön prerehab 3", as a meeting is "Rehabforum 11"."""
    return name or f"{programme} {number}"


# --- internals ---


def _weekdays_from(starts_on: date | None, weekdays: frozenset[int]) -> Iterator[date]:
    """The days on these weekdays from a day on, until the calendar or our patience ends."""
    if starts_on is None or not weekdays:
        return
    for passed in range(min(_LONGEST.days, (date.max - starts_on).days) + 1):
        day = starts_on + timedelta(days=passed)
        if day.weekday() in weekdays:
            yield day


def _why_resting(rest: Break, day: date) -> Problem:
    if rest.holiday is not None:
        return Problem("round.holiday_week", "breaks", {"day": day, "week": swedish.week(day), "period": rest.holiday})
    if rest.reason:
        return Problem("round.break_named", "breaks", {"day": day, "reason": rest.reason})
    return Problem("round.break", "breaks", {"day": day})


def _holiday_week(day: date, holiday_weeks: HolidayWeeks) -> HolidayWeek | None:
    period = holiday_weeks.period(day)
    return HolidayWeek(_monday(day), period) if period is not None else None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _breaks_within(details: RoundDetails, ends_on: date) -> tuple[Break, ...]:
    within = (rest for rest in details.breaks if rest.from_on <= ends_on and rest.to_on >= details.starts_on)
    return tuple(sorted(within, key=lambda rest: (rest.from_on, rest.to_on)))


def _start_after(starts_on: date, year: Year) -> date | None:
    """The first of the weekdays so many weeks after the round before began, in a week that is not rested in."""
    monday, left = _monday(starts_on), year.every_weeks
    try:
        while left > 0:
            monday += _WEEK
            left -= not _rests_in(monday, year)
    except OverflowError:
        return None
    days = _weekdays_from(monday, frozenset(year.first.weekdays))
    return next((day for day in days if swedish.free_day(day) is None), None)


def _rests_in(monday: date, year: Year) -> bool:
    """Whether none of the weekdays of this week is worked."""
    if year.holiday_weeks.period(monday) is not None and monday not in year.worked:
        return True
    days = (monday + timedelta(days=weekday) for weekday in year.first.weekdays)
    return all(any(rest.covers(day) for rest in year.first.breaks) for day in days)


def _read_break(part: str, starts_on: date, prefer: Callable[[str, date], date | None]) -> Break:
    found = _WEEK_BREAK.fullmatch(part)
    if found is not None:
        monday = _next_week(int(found["week"]), starts_on)
        if monday is not None:
            return Break(monday, monday + timedelta(days=6), found["reason"].strip())
    found = _DAY_BREAK.fullmatch(part)
    from_on = prefer(found["from"], starts_on) if found is not None else None
    to_on = prefer(found["to"], from_on) if from_on is not None and found["to"] else from_on
    if from_on is None or to_on is None:
        raise Refused(Problem("round.break_not_understood", "breaks", {"part": part}))
    return Break(from_on, to_on, found["reason"].strip())


def _next_week(number: int, starts_on: date) -> date | None:
    """The Monday of the first week with this number that has not ended when the round begins."""
    for year in range(starts_on.isocalendar().year, min(starts_on.year + 3, date.max.year)):
        if swedish.has_week(year, number) and swedish.monday_of(year, number) >= _monday(starts_on):
            return swedish.monday_of(year, number)
    return None


def _late_start(first: RoundDetails, starts_on: date) -> date | None:
    """As many days after the start as in the first round."""
    if first.last_late_start_on is None or first.starts_on is None:
        return None
    return starts_on + (first.last_late_start_on - first.starts_on)


def _problems_with_clock(start: str, end: str) -> list[Problem]:
    found = [Problem("round.time_shape", name) for name, value in (("start", start), ("end", end)) if not _TIME.fullmatch(value)]
    if not found and minutes_between(start, end) <= 0:
        found.append(Problem("round.ends_before_it_starts", "end"))
    return found


def _problems_with_times(details: RoundDetails) -> list[Problem]:
    return _problems_with_clock(details.start, details.end)


def _problems_with_places(details: RoundDetails) -> list[Problem]:
    if not 1 <= details.max_places <= MOST_PLACES:
        return [Problem("round.places_range", "max_places", {"most": MOST_PLACES})]
    if not 0 <= details.min_places <= details.max_places:
        return [Problem("round.fewest_range", "min_places", {"most": details.max_places})]
    return []


def _problems_with_days(details: RoundDetails) -> tuple[Problem, ...]:
    """What shows only once its days are counted."""
    span = days_of(details)
    if not span.is_whole:
        return (Problem("round.breaks_too_long", "breaks"),)
    if span.ends_on is None:
        return (Problem("round.no_days", "starts_on"),)
    late = details.last_late_start_on
    if late is not None and not details.starts_on <= late <= span.ends_on:
        params = {"starts_on": details.starts_on, "ends_on": span.ends_on}
        return (Problem("round.late_start_outside", "last_late_start_on", params),)
    return ()
