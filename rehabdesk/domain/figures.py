"""Figures of pre-rehabilitation: how far the places were used, how long people waited, and how it went; by programme and period.

A round belongs to the period it begins in. Places are counted as places: one on which two people followed one another is one
started place. People are counted as people: somebody who began twice is one, and it went for her as it went the last time.
An extra place is none that was offered; it is told beside, so that nothing is more than full.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from statistics import median, quantiles

from rehabdesk.domain.attendance import Tally
from rehabdesk.domain.claims import is_ready_on
from rehabdesk.domain.identity import LegalSex
from rehabdesk.domain.masking import LEAST, MaskedLine, MaskedTable, mask, mask_line
from rehabdesk.domain.prerehab import STARTED_ONCE, BookingState, BreakOffReason


class PeriodKind(StrEnum):
    """How long a period is; a free one has days of its own."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    FREE = "free"


_MONTHS = {PeriodKind.YEAR: 12, PeriodKind.HALF: 6, PeriodKind.QUARTER: 3}


class PersonOutcome(StrEnum):
    """How it went for somebody who began."""

    COMPLETED = "completed"
    STOPPED = "stopped"
    GOING_ON = "going_on"


_OUTCOMES = {
    BookingState.COMPLETED: PersonOutcome.COMPLETED,
    BookingState.BROKEN_OFF: PersonOutcome.STOPPED,
    BookingState.STARTED: PersonOutcome.GOING_ON,
}


class Wait(StrEnum):
    """Which waiting time: from when somebody asked to the first offer, from there to the first day, and all of it."""

    TO_OFFER = "to_offer"
    OFFER_TO_START = "offer_to_start"
    TO_START = "to_start"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from one to another, both counted."""

    kind: PeriodKind
    first: date
    last: date

    @property
    def part(self) -> int:
        """Which half or quarter of the year it is, from 1."""
        return (self.first.month - 1) // _MONTHS[self.kind] + 1 if self.kind in _MONTHS else 0

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last

    def step(self, by: int) -> Period:
        """The period so many before or after, of the same kind; a free one stays."""
        if self.kind is PeriodKind.FREE:
            return self
        months = self.first.year * 12 + self.first.month - 1 + by * _MONTHS[self.kind]
        return period_with(self.kind, date(months // 12, months % 12 + 1, 1))


def period_with(kind: PeriodKind, day: date) -> Period:
    """The year, half-year or quarter that holds a day."""
    months = _MONTHS[kind]
    month = (day.month - 1) // months * months + 1
    after = date(day.year + (month + months > 12), (month + months - 1) % 12 + 1, 1)
    return Period(kind, date(day.year, month, 1), after - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round as far as figures ask: its ordinary places, and the days of its occasions that were not cancelled."""

    id: int
    programme_id: int
    programme: str
    title: str
    fill_target: int
    starts_on: date
    last_late_start_on: date | None
    is_cancelled: bool
    place_ids: tuple[int, ...]
    occasions: tuple[date, ...] = ()

    def can_still_begin(self, today: date) -> bool:
        """Whether a place in it can still be taken."""
        return not self.is_cancelled and today <= max(self.starts_on, self.last_late_start_on or self.starts_on)


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """A claim as far as figures ask. `is_held`: an offer whose last day to answer has not passed."""

    id: int
    programme_id: int
    participant_id: int
    sex: LegalSex | None
    state: BookingState
    asked_on: date
    round_id: int | None = None
    place_id: int | None = None
    is_extra: bool = False
    starts_on: date | None = None
    ends_on: date | None = None
    first_offered_on: date | None = None
    reason: BreakOffReason | None = None
    is_held: bool = False
    is_ready: bool = True
    ready_from: date | None = None

    @property
    def has_begun(self) -> bool:
        """Whether somebody was there for a day at least."""
        return self.state in STARTED_ONCE and self.starts_on is not None and self.ends_on is not None and self.starts_on <= self.ends_on


@dataclass(frozen=True, slots=True)
class Fill:
    """How far places were used. Of `offered` places some have started; on others somebody said yes, or is expected to.

    `expected` are places held by an offer, and free ones for which somebody ready waits: see `fills`. `extra` are extra places
    that were started, beside the others. Place-weeks are weeks with an occasion that has been, times the places.
    `wanted` are the places the target comes to.
    """

    name: str
    offered: int = 0
    started: int = 0
    promised: int = 0
    expected: int = 0
    extra: int = 0
    weeks_possible: int = 0
    weeks_used: int = 0
    wanted: float = 0.0

    @property
    def share(self) -> float | None:
        """Started of offered places."""
        return self.started / self.offered if self.offered else None

    @property
    def forecast(self) -> int:
        """Places that will have started, as far as can be seen."""
        return self.started + self.promised + self.expected

    @property
    def forecast_share(self) -> float | None:
        """The forecast, of offered places."""
        return self.forecast / self.offered if self.offered else None

    @property
    def target(self) -> float | None:
        """The share that is aimed at; of several programmes together, weighed by their places."""
        return self.wanted / self.offered / 100 if self.offered else None


@dataclass(frozen=True, slots=True)
class Spread:
    """A waiting time in days: as many waited shorter as longer than the median, and half of them between low and high.

    Without its numbers too few stand behind it.
    """

    wait: Wait
    median: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class People:
    """Those who began, masked: how it went (a row for each `PersonOutcome`) by women, men and not known; why some stopped.

    `asked` is how many were offered a place, or said yes without an offer, whether they began or not. It is told only where the
    difference is nobody, or enough.
    """

    outcomes: MaskedTable
    reasons: MaskedLine
    asked: int | None = None

    @property
    def began(self) -> int | None:
        """How many began."""
        return self.outcomes.total

    @property
    def has_sexes(self) -> bool:
        """Whether women and men can be told apart in the sum."""
        return None not in self.outcomes.column_totals[:2]

    def of(self, outcome: PersonOutcome) -> int | None:
        """For how many it went so."""
        return self.outcomes.row_totals[tuple(PersonOutcome).index(outcome)]


@dataclass(frozen=True, slots=True)
class Presence:
    """How many half-days were held and cancelled, and what share of the held ones was come to; the shares masked."""

    held: int
    cancelled: int
    came: int | None = None
    half_days: int | None = None
    women: float | None = None
    men: float | None = None

    @property
    def share(self) -> float | None:
        """The share of all together."""
        return self.came / self.half_days if self.came is not None and self.half_days else None


@dataclass(frozen=True, slots=True)
class ExtraPlace:
    """A place past a round's limit that somebody was given, and the reason that was stated for it."""

    round_title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of some rounds. `parts` are the fills of each programme, or of each round of one; `total` is all of them.

    `waiting` is how many stand on the list now, masked. Waiting times of women and men are there where both may be told apart.
    """

    period: Period
    parts: tuple[Fill, ...]
    total: Fill
    cancelled_rounds: int
    people: People
    waits: tuple[Spread, ...]
    waits_of_women: tuple[Spread, ...]
    waits_of_men: tuple[Spread, ...]
    presence: Presence
    extras: tuple[ExtraPlace, ...]
    waiting: int | None

    @property
    def is_empty(self) -> bool:
        """Whether no round began in the period."""
        return not self.total.offered and not self.cancelled_rounds


def presence(tallies: Sequence[tuple[ClaimFacts, Tally]], held: int, cancelled: int, *, are_apart: bool, least: int = LEAST) -> Presence:
    """What share of the half-days was come to, where enough people stand behind it; of women and men where they may be told apart."""
    counted = [(claim, tally) for claim, tally in tallies if tally.held]
    if _persons(claim for claim, _ in counted) < least:
        return Presence(held, cancelled)
    whole = sum((tally for _, tally in counted), Tally())
    of_sex = {sex: [(claim, tally) for claim, tally in counted if claim.sex is sex] for sex in LegalSex}
    shown = are_apart and all(_persons(claim for claim, _ in of_sex[sex]) >= least for sex in LegalSex)
    women, men = (sum((tally for _, tally in of_sex[sex]), Tally()).share if shown else None for sex in LegalSex)
    return Presence(held, cancelled, whole.came, whole.held, women, men)


def fills(rounds: Sequence[RoundFacts], claims: Iterable[ClaimFacts], period: Period, today: date) -> dict[int, Fill]:
    """How far the places of each round of a period were used, by its id; cancelled rounds are not among them.

    The forecast is what has started, what somebody said yes to, what an offer holds, and of the free places in rounds that one can
    still begin, as many as there are people ready on the programme's waiting list: they are given to its rounds in order, also
    to such as lie before the period.
    """
    every = list(claims)
    on_round: dict[int, list[ClaimFacts]] = {}
    for claim in every:
        if claim.round_id is not None:
            on_round.setdefault(claim.round_id, []).append(claim)
    found: dict[int, Fill] = {}
    waiting = {programme_id: _waiting(every, programme_id) for programme_id in {one.programme_id for one in rounds}}
    for one in sorted(rounds, key=_by_first_day):
        if one.is_cancelled:
            continue
        made = _fill(one, on_round.get(one.id, ()), waiting[one.programme_id], today)
        if period.holds(one.starts_on):
            found[one.id] = made
    return found


def together(name: str, parts: Iterable[Fill]) -> Fill:
    """Several fills as one."""
    every = list(parts)
    names = ("offered", "started", "promised", "expected", "extra", "weeks_possible", "weeks_used", "wanted")
    return Fill(name, **{key: sum(getattr(one, key) for one in every) for key in names})


#: Of each round, by its id: its claims, and the participants who were offered a place in it.
ByRound = Mapping[int, tuple[Collection[ClaimFacts], Collection[int]]]


@dataclass(frozen=True, slots=True)
class Hidden:
    """What another table leaves out of the outcomes (past the last: of their sum) and of the reasons, by their places."""

    outcomes: frozenset[int] = frozenset()
    reasons: frozenset[int] = frozenset()


def people(claims: Iterable[ClaimFacts], asked: Iterable[int] = (), least: int = LEAST, left_out: Hidden | None = None) -> People:
    """Those of these claims who began, each once, as it went the last time; masked. `asked`: the participants who were offered a place."""
    last = _last(claims)
    outcomes = [[0, 0, 0] for _ in PersonOutcome]
    for claim in last.values():
        column = tuple(LegalSex).index(claim.sex) if claim.sex is not None else len(LegalSex)
        outcomes[tuple(PersonOutcome).index(_OUTCOMES[claim.state])][column] += 1
    told = _masked(outcomes, _reasons(last), least, left_out or Hidden())
    whom = {*asked, *last}
    return replace(told, asked=len(whom) if told.began is not None and not 0 < len(whom) - len(last) < least else None)


def people_of_year(rounds: ByRound, least: int = LEAST) -> People:
    """The same of all rounds of a programme in a year, so that their own reports may lie beside it: see `people_of_each`."""
    table, why = _by_round(rounds, least)
    claims = [claim for claims_, _ in rounds.values() for claim in claims_]
    sums, reasons = (
        [sum(column) for column in zip(*(count(_last(claims_)) for claims_, _ in rounds.values()), strict=True)]
        for count in (_outcomes, _reasons)
    )
    hidden = Hidden(_gaps((*table.column_totals, table.total), (*sums, sum(sums))), _gaps(why.column_totals, reasons))
    return people(claims, {one for _, asked in rounds.values() for one in asked}, least, hidden)


def people_of_one(rounds: ByRound, round_id: int, least: int = LEAST) -> People:
    """The same of one round among those of its year: see `people_of_each`."""
    return people_of_each(rounds, (round_id,), least)[0]


def people_of_each(rounds: ByRound, round_ids: Iterable[int], least: int = LEAST) -> list[People]:
    """The same of some rounds among those of their year.

    Somebody may lay the reports of several rounds beside the figures of the year. So what is told of a round is no more than
    may be told of all of them in one table, and women and men are told apart only of the year.
    """
    table, why = _by_round(rounds, least)
    not_begun = mask_line([len({*asked} - _last(claims).keys()) for claims, asked in rounds.values()], least)
    found: list[People] = []
    for round_id in round_ids:
        place, last = list(rounds).index(round_id), _last(rounds[round_id][0])
        outcomes, reasons, left = _outcomes(last), _reasons(last), not_begun.cells[place]
        hidden = Hidden(_gaps((*table.rows[place], table.row_totals[place]), (*outcomes, sum(outcomes))), _gaps(why.rows[place], reasons))
        told = _masked([[0, 0, count] for count in outcomes], reasons, least, hidden)
        found.append(replace(told, asked=told.began + left if told.began is not None and left is not None else None))
    return found


def waits(claims: Iterable[ClaimFacts], least: int = LEAST) -> tuple[Spread, ...]:
    """How long those waited who began; of somebody who began twice, each time. One `Spread` for each `Wait`."""
    began = [claim for claim in claims if claim.has_begun]
    offered = [claim for claim in began if claim.first_offered_on is not None]
    days = {
        Wait.TO_OFFER: [(claim.participant_id, (claim.first_offered_on - claim.asked_on).days) for claim in offered],
        Wait.OFFER_TO_START: [(claim.participant_id, (claim.starts_on - claim.first_offered_on).days) for claim in offered],
        Wait.TO_START: [(claim.participant_id, (claim.starts_on - claim.asked_on).days) for claim in began],
    }
    return tuple(_spread(wait, days[wait], least) for wait in Wait)


def _fill(one: RoundFacts, claims: Collection[ClaimFacts], waiting: list[ClaimFacts], today: date) -> Fill:
    ordinary = [claim for claim in claims if not claim.is_extra and claim.place_id in one.place_ids]
    started = {claim.place_id for claim in ordinary if claim.has_begun}
    promised = {claim.place_id for claim in ordinary if claim.state is BookingState.ACCEPTED} - started
    held = {claim.place_id for claim in ordinary if claim.is_held} - started - promised
    free = len(one.place_ids) - len(started | promised | held)
    from_list = 0
    if one.can_still_begin(today):
        first_day = max(today, one.starts_on)
        for claim in [waiter for waiter in waiting if is_ready_on(waiter.is_ready, waiter.ready_from, first_day)][:free]:
            waiting.remove(claim)
            from_list += 1
    been = [day for day in one.occasions if day <= today]
    used = {(claim.place_id, _week(day)) for claim in ordinary if claim.has_begun for day in been if claim.starts_on <= day <= claim.ends_on}
    return Fill(
        one.title,
        offered=len(one.place_ids),
        started=len(started),
        promised=len(promised),
        expected=len(held) + from_list,
        extra=len({claim.place_id for claim in claims if claim.is_extra and claim.has_begun}),
        weeks_possible=len({_week(day) for day in been}) * len(one.place_ids),
        weeks_used=len(used),
        wanted=float(len(one.place_ids) * one.fill_target),
    )


def _by_round(rounds: ByRound, least: int) -> tuple[MaskedTable, MaskedTable]:
    """How it went, and why some stopped, in one table each with a row for every round; what one leaves out of who stopped, both do."""
    last = [_last(claims) for claims, _ in rounds.values()]
    column = tuple(PersonOutcome).index(PersonOutcome.STOPPED)
    outcomes, reasons = [_outcomes(one) for one in last], [_reasons(one) for one in last]
    hidden: list[tuple[int, int]] = []
    while True:
        table = mask(outcomes, least, hidden=[(row, column) for row, _ in hidden])
        why = mask(reasons, least, hidden=hidden)
        told = ([*(row[column] for row in table.rows), table.column_totals[column]], [*why.row_totals, why.total])
        stopped = [row[column] for row in outcomes]
        gaps = sorted(_gaps(told[0], [*stopped, sum(stopped)]) | _gaps(told[1], [*stopped, sum(stopped)]))
        if len(gaps) == len(hidden):
            return table, why
        hidden = [(row, len(BreakOffReason)) for row in gaps]


def _gaps(told: Sequence[int | None], counts: Sequence[int]) -> frozenset[int]:
    """The places of what is left out; a nought needs no care elsewhere."""
    return frozenset(place for place, (shown, count) in enumerate(zip(told, counts, strict=True)) if shown is None and count)


def _last(claims: Iterable[ClaimFacts]) -> dict[int, ClaimFacts]:
    """The latest claim that began, of each participant."""
    last: dict[int, ClaimFacts] = {}
    for claim in claims:
        if claim.has_begun and (claim.participant_id not in last or _later(claim) > _later(last[claim.participant_id])):
            last[claim.participant_id] = claim
    return last


def _outcomes(last: Mapping[int, ClaimFacts]) -> list[int]:
    return [sum(_OUTCOMES[claim.state] is outcome for claim in last.values()) for outcome in PersonOutcome]


def _reasons(last: Mapping[int, ClaimFacts]) -> list[int]:
    return [sum(claim.reason is reason for claim in last.values()) for reason in BreakOffReason]


def _masked(outcomes: list[list[int]], reasons: list[int], least: int, left_out: Hidden) -> People:
    """Both tables, which tell of the same people: who stopped are a row of the one and the sum of the other."""
    row = tuple(PersonOutcome).index(PersonOutcome.STOPPED)
    is_hidden = row in left_out.outcomes
    while True:
        by_reason = mask_line(reasons, least, is_total_hidden=is_hidden, hidden=left_out.reasons)
        hidden = [(place, len(LegalSex) + 1) for place in {*left_out.outcomes, *([row] if by_reason.total is None else [])}]
        table = mask(outcomes, least, told_together=[(0, 1)], hidden=hidden)
        if is_hidden or table.row_totals[row] is not None or by_reason.total is None:
            return People(table, by_reason)
        is_hidden = True


def _persons(claims: Iterable[ClaimFacts]) -> int:
    return len({claim.participant_id for claim in claims})


def _spread(wait: Wait, days: list[tuple[int, int]], least: int) -> Spread:
    if len({participant_id for participant_id, _ in days}) < least:
        return Spread(wait)
    told = sorted(length for _, length in days)
    low, _, high = quantiles(told, n=4, method="inclusive")
    return Spread(wait, median(told), low, high)


def _waiting(claims: Iterable[ClaimFacts], programme_id: int) -> list[ClaimFacts]:
    return [claim for claim in claims if claim.programme_id == programme_id and claim.state is BookingState.REGISTERED]


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]


def _by_first_day(one: RoundFacts) -> tuple[date, int]:
    return one.starts_on, one.id


def _later(claim: ClaimFacts) -> tuple[date, int]:
    return claim.starts_on, claim.id
