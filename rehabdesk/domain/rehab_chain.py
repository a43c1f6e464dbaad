"""The rehabilitation chain: sick-leave periods joined and counted, where somebody stands in it, and what comes next and why.

Days are calendar days, part-time days whole ones, and no deadline rule moves them: a day of the chain may be a Sunday.
What is said here is a forecast; Försäkringskassan decides.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from rehabdesk.domain.cases import Employment
from rehabdesk.domain.chain_rules import Rule, RuleBook, RuleKind, Situation, situation_of
from rehabdesk.domain.problems import Problem

#: The extents of a sick leave, in per cent of usual work.
DEGREES = (100, 75, 50, 25)
#: A sick leave is not written down further ahead than this.
MOST_DAYS_AHEAD = 732
#: Nor is anything foreseen further ahead: an age reached in twenty years tells nobody where she stands.
HORIZON = timedelta(days=1096)

_ONE_DAY = timedelta(days=1)


class ChainState(StrEnum):
    """Whether the chain runs today."""

    NONE = "none"
    NOT_BEGUN = "not_begun"
    RUNNING = "running"
    PAUSED = "paused"
    BROKEN = "broken"


class Why(StrEnum):
    """What makes a date of the chain."""

    DAY = "day"
    LAW = "law"
    AGE = "age"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of sick leave of one degree; without `end` it goes on."""

    start: date
    end: date | None
    degree: int = 100

    @property
    def last(self) -> date:
        """Its last day, or the end of time."""
        return self.end or date.max

    def covers(self, on: date) -> bool:
        """Whether it is on sick leave on this day."""
        return self.start <= on <= self.last


@dataclass(frozen=True, slots=True)
class Person:
    """What the chain needs to know of somebody: her employment, and her day or year of birth where they are known."""

    employment: Employment = Employment.EMPLOYED
    birth_year: int | None = None
    born_on: date | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """Periods that are joined, in order."""

    periods: tuple[Period, ...]

    @property
    def start(self) -> date:
        """Its first day."""
        return self.periods[0].start

    @property
    def end(self) -> date | None:
        """Its last day as it is written down; None while it goes on."""
        return self.periods[-1].end

    def day_on(self, on: date) -> int:
        """How many sick days there are up to and with this date, as written down."""
        return sum((min(period.last, on) - period.start).days + 1 for period in self.periods if period.start <= on)

    def forecast_day_on(self, on: date) -> int:
        """The same, if the sick leave goes on after its last written day."""
        return self.day_on(on) + (max(0, (on - self.end).days) if self.end is not None else 0)

    def date_of(self, day: int) -> date:
        """The date of a day of the chain, if the sick leave goes on after its last written day."""
        counted = 0
        for period in self.periods:
            length = (period.last - period.start).days + 1
            if counted + length >= day or period is self.periods[-1]:
                return period.start + timedelta(days=day - counted - 1)
            counted += length
        raise AssertionError("a chain has at least one period")

    def is_sick(self, on: date) -> bool:
        """Whether a period covers the date."""
        return any(period.covers(on) for period in self.periods)

    def degree_on(self, on: date) -> int | None:
        """The degree on a date, if she is on sick leave."""
        return next((period.degree for period in self.periods if period.covers(on)), None)


@dataclass(frozen=True, slots=True)
class ChainDate:
    """Something that comes: on a date, which is a day of the chain, by a rule. `is_written` when the periods reach that far."""

    on: date
    day: int
    rule: Rule
    why: Why
    is_written: bool = True


@dataclass(frozen=True, slots=True)
class ChainStanding:
    """Where somebody stands on a date. `joins_until` is the last day on which a new period would join a paused chain.

    `course` is every test of the chain from its first day on; `plan` and `pay` are the rows of an employer's duties, if any; the senior
    rule holds no longer than to `senior_until`.
    """

    on: date
    state: ChainState
    day: int = 0
    degree: int | None = None
    chain: Chain | None = None
    situation: Situation = Situation.EMPLOYED
    test: Rule | None = None
    steps: tuple[Rule, ...] = ()
    level: Rule | None = None
    coming: tuple[ChainDate, ...] = ()
    joins_until: date | None = None
    notes: tuple[Rule, ...] = ()
    course: tuple[ChainDate, ...] = ()
    plan: Rule | None = None
    pay: Rule | None = None
    senior_until: date | None = None

    @property
    def is_sick(self) -> bool:
        """Whether a period covers the day."""
        return self.degree is not None

    @property
    def next_date(self) -> ChainDate | None:
        """The first that comes."""
        return self.coming[0] if self.coming else None


def chains(periods: Iterable[Period], book: RuleBook) -> tuple[Chain, ...]:
    """The chains that periods make: joined where fewer days lie between than the rule of the later one's first day says."""
    found: list[list[Period]] = []
    for period in sorted(periods, key=_by_start):
        if found and days_between(found[-1][-1], period) < book.join_under(period.start):
            found[-1].append(period)
        else:
            found.append([period])
    return tuple(Chain(tuple(group)) for group in found)


def days_between(earlier: Period, later: Period) -> int:
    """The days that lie between two periods."""
    return (later.start - earlier.last).days - 1


def current_chain(all_chains: Sequence[Chain], today: date) -> Chain | None:
    """The latest chain that has begun; before any has, the first that will."""
    begun = [chain for chain in all_chains if chain.start <= today]
    return begun[-1] if begun else next(iter(all_chains), None)


def standing(periods: Iterable[Period], person: Person, book: RuleBook, today: date) -> ChainStanding:
    """Where somebody stands today, and what comes if the sick leave goes on."""
    every = chains(periods, book)
    chain = current_chain(every, today)
    if chain is None:
        return ChainStanding(today, ChainState.NONE, situation=situation_of(person.employment))
    state, joins_until = _state(chain, book, today)
    day, is_running = chain.day_on(today), state in (ChainState.RUNNING, ChainState.NOT_BEGUN)
    base, seen_as = situation_of(person.employment), situation_on(person, book, today)
    course = tuple(changes_of_test(chain.forecast_day_on, chain.date_of, person, book, chain.start - _ONE_DAY))
    found = ChainStanding(
        today, state, day, chain.degree_on(today), chain, seen_as, joins_until=joins_until, notes=_notes(chain, book, today),
        course=course, plan=book.one(RuleKind.PLAN, today, base), pay=_pay(book, today, base),
        senior_until=guaranteed_on(person, book) if seen_as is Situation.SENIOR else None,
    )  # fmt: skip
    if not is_running:
        return found
    level = book.one(RuleKind.LEVEL, today, base)
    lowered_on = _lowered_on(every, chain, level, today) if level is not None else None
    return replace(
        found,
        test=book.test_on(seen_as, day, today),
        steps=tuple(rule for rule in book.of_kind(RuleKind.STEP, today, base) if rule.covers(day)),
        level=level if lowered_on is not None and lowered_on <= today else None,
        coming=_coming(chain, person, book, today, (level, lowered_on)),
    )


def situation_on(person: Person, book: RuleBook, on: date) -> Situation:
    """How the chain looks at her on a date: by her employment, until she has reached the age of the senior rule."""
    since = senior_on(person, book)
    return Situation.SENIOR if since is not None and since <= on else situation_of(person.employment)


def senior_on(person: Person, book: RuleBook) -> date | None:
    """From when the senior rule holds for her. With the year of birth alone, from when it surely does."""
    if situation_of(person.employment) not in book.ages_apply_to or not (person.born_on or person.birth_year):
        return None
    ages = book.ages_of(person.born_on.year if person.born_on else person.birth_year)
    if ages is None:
        return None
    reached = _birthday(person, ages.senior_age)
    return max(reached, book.ages_valid_from) if book.ages_valid_from is not None else reached


def guaranteed_on(person: Person, book: RuleBook) -> date | None:
    """From when she can draw a guarantee pension: the senior rule holds no longer than to then."""
    year = person.born_on.year if person.born_on is not None else person.birth_year
    ages = book.ages_of(year) if year is not None else None
    return _birthday(person, ages.guarantee_age) if ages is not None else None


def changes_of_test(
    day_on: Callable[[date], int], date_of: Callable[[int], date], person: Person, book: RuleBook, today: date
) -> Iterator[ChainDate]:
    """When another test begins to apply, the first first: a day of the chain is reached, a rule changes, or an age is reached."""
    senior = senior_on(person, book)
    law = set(book.dates_of_change(today))
    rules = (*book.tests(situation_of(person.employment)), *(book.tests(Situation.SENIOR) if senior is not None else ()))
    now = day_on(today)
    reached = {date_of(day) for day in {rule.from_day for rule in rules} if day > now}
    days = {on for on in reached | law | ({senior} if senior is not None else set()) if today < on <= today + HORIZON}
    day = now
    before = book.test_on(situation_on(person, book, today), day, today) if day else None
    for on in sorted(days):
        day = day_on(on)
        test = book.test_on(situation_on(person, book, on), day, on) if day else None
        if test is not None and test is not before:
            why = Why.AGE if on == senior else Why.LAW if before is not None and before.covers(day) else Why.DAY
            yield ChainDate(on, day, test, why)
        before = test or before


def problems_with_period(
    start: date | None, end: date | None, degree: int | None, others: Iterable[Period], today: date
) -> tuple[Problem, ...]:
    """A period has a first day and a degree, does not end before it begins, and does not lie over another."""
    found: list[Problem] = []
    if degree not in DEGREES:
        found.append(Problem("sick_leave.degree_missing", "degree"))
    if start is None:
        return (Problem("sick_leave.start_missing", "start"), *found)
    for day, field in ((start, "start"), (end, "end")):
        if day is not None and (day - today).days > MOST_DAYS_AHEAD:
            found.append(Problem("sick_leave.too_far", field, {"day": day}))
    if end is not None and end < start:
        return (Problem("sick_leave.ends_before_start", "end", {"start": start}), *found)
    return (*found, *_overlaps(Period(start, end), others))


def _overlaps(new: Period, others: Iterable[Period]) -> tuple[Problem, ...]:
    for other in sorted(others, key=_by_start):
        if other.start > new.last or new.start > other.last:
            continue
        field = "start" if other.start <= new.start else "end"
        if other.end is None and other.start < new.start:
            return (Problem("sick_leave.earlier_goes_on", field, {"start": other.start}),)
        if new.end is None and other.start > new.start:
            return (Problem("sick_leave.end_needed", "end", {"start": other.start}),)
        if other.end is None:
            return (Problem("sick_leave.overlaps_open", field, {"start": other.start}),)
        return (Problem("sick_leave.overlaps", field, {"start": other.start, "end": other.end}),)
    return ()


def _state(chain: Chain, book: RuleBook, today: date) -> tuple[ChainState, date | None]:
    if today < chain.start:
        return ChainState.NOT_BEGUN, None
    if chain.end is None or today <= chain.end:
        return ChainState.RUNNING, None
    joins_until = chain.end + timedelta(days=book.join_under(today))
    return (ChainState.PAUSED, joins_until) if today <= joins_until else (ChainState.BROKEN, None)


def _coming(
    chain: Chain, person: Person, book: RuleBook, today: date, lowered: tuple[Rule | None, date | None]
) -> tuple[ChainDate, ...]:
    """Tests, steps, the day of the plan and the lower level, in order of date."""
    base, day = situation_of(person.employment), chain.day_on(today)
    found = list(changes_of_test(chain.forecast_day_on, chain.date_of, person, book, today))
    numbered = [(rule, rule.from_day) for rule in book.of_kind(RuleKind.STEP, today, base)]
    numbered += [(rule, rule.number("deadline_day")) for rule in book.of_kind(RuleKind.PLAN, today, base)]
    found += [ChainDate(chain.date_of(number), number, rule, Why.DAY) for rule, number in numbered if number > day]
    level, lowered_on = lowered
    if level is not None and lowered_on is not None and lowered_on > today:
        found.append(ChainDate(lowered_on, chain.forecast_day_on(lowered_on), level, Why.LEVEL))
    last = chain.end or date.max
    return tuple(
        ChainDate(one.on, one.day, one.rule, one.why, one.on <= last) for one in sorted(found, key=_by_date)
    )


def _lowered_on(every: Sequence[Chain], chain: Chain, level: Rule, today: date) -> date | None:
    """The first day from today on which the days before it have used up the normal level; None when that is far off."""
    frame, most, uncounted = (level.number(name) for name in ("frame_days", "most_days", "uncounted_first_days"))
    earlier = every[: every.index(chain)]

    def counted(on: date) -> int:
        days = [chain.forecast_day_on(on), *(one.day_on(on) for one in earlier)]
        return sum(max(0, number - uncounted) for number in days)

    def is_used_up(ahead: int) -> bool:
        on = first + timedelta(days=ahead)
        return counted(on - _ONE_DAY) - counted(on - timedelta(days=frame + 1)) >= most

    first = max(today, chain.start)
    # While she is sick every day the used days never grow fewer, so the day is found by halving; over a break they may.
    halving = chain.periods[-1].start <= first
    ahead = bisect_left(range(frame + 1), True, key=is_used_up) if halving else next(filter(is_used_up, range(frame + 1)), frame + 1)
    return first + timedelta(days=ahead) if ahead <= frame else None


def _pay(book: RuleBook, today: date, base: Situation) -> Rule | None:
    """The step with which a chain begins and that has an end: the days that the employer pays."""
    return next((rule for rule in book.of_kind(RuleKind.STEP, today, base) if rule.from_day == 1 and rule.to_day is not None), None)


def _notes(chain: Chain, book: RuleBook, today: date) -> tuple[Rule, ...]:
    last = min(today, chain.end or today)
    return tuple(
        rule for rule in book.rules
        if rule.kind is RuleKind.NOTE and (rule.valid_from or date.min) <= last and chain.start <= (rule.valid_to or date.max)
    )  # fmt: skip


def _birthday(person: Person, age: int) -> date:
    """The day an age is reached; with the year alone, the last it can be."""
    if person.born_on is None:
        return date(person.birth_year + age, 12, 31)
    try:
        return person.born_on.replace(year=person.born_on.year + age)
    except ValueError:
        # Born on a leap day.
        return date(person.born_on.year + age, 3, 1)


def _by_start(period: Period) -> date:
    return period.start


def _by_date(one: ChainDate) -> tuple[date, int, str]:
    return one.on, one.day, one.rule.id
