"""The places of a round laid out over its weeks: who has which place from when until when, and what lies free between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rehabdesk.domain.claims import problems_with_first_day, problems_with_round
from rehabdesk.domain.prerehab import OccasionState
from rehabdesk.domain.problems import Problem
from rehabdesk.store.queries.prerehab.occasions import OccasionRow
from rehabdesk.store.queries.prerehab.places import PlaceRow, SpanRow
from rehabdesk.store.queries.prerehab.rounds import RoundRow

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


class Kind(StrEnum):
    """What a stretch of weeks on a place is."""

    CLAIM = "claim"
    FREE = "free"
    TOO_LATE = "too_late"
    WAS_FREE = "was_free"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some weeks (by number from the round's first) of one place, and the days they stand for."""

    kind: Kind
    week: int
    weeks: int
    from_on: date
    to_on: date
    claim: SpanRow | None = None


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One place with its stretches from left to right; they cover every week of the round."""

    place: PlaceRow
    stretches: tuple[Stretch, ...]

    @property
    def id(self) -> int:
        """The place's number."""
        return self.place.number

    def at(self, week: int) -> Stretch:
        """The stretch that a week belongs to."""
        return next(stretch for stretch in self.stretches if stretch.week <= week < stretch.week + stretch.weeks)


def mondays(row: RoundRow) -> tuple[date, ...]:
    """The Monday of each week of a round."""
    first, last = _monday(row.starts_on), _monday(row.ends_on)
    return tuple(first + number * WEEK for number in range((last - first).days // 7 + 1))


def place_lines(row: RoundRow, places: Sequence[PlaceRow], today: date) -> tuple[PlaceLine, ...]:
    """Every place of a round over its weeks; an extra one that nobody ever had is none."""
    return tuple(PlaceLine(place, _stretches(row, place, today)) for place in places if place.claims or not place.is_extra)


def empty_weeks(row: RoundRow, occasions: Iterable[OccasionRow]) -> frozenset[date]:
    """The Mondays of the weeks without an occasion: a break, or all of it cancelled."""
    held = {_monday(occasion.on) for occasion in occasions if occasion.state is not OccasionState.CANCELLED}
    return frozenset(mondays(row)) - held


def first_start(row: RoundRow, free_from: date, today: date) -> date:
    """The first day on which somebody could begin on a place that is free from a day."""
    return max(free_from, row.span.first_day(today))


def problems_with_filling(row: RoundRow, free_from: date, today: date) -> tuple[Problem, ...]:
    """Why nobody could begin on a place that is free from a day; none at the start, or late but not too late."""
    return problems_with_round(row.span, today) or problems_with_first_day(row.span, first_start(row, free_from, today))


def _stretches(row: RoundRow, place: PlaceRow, today: date) -> tuple[Stretch, ...]:
    first = _monday(row.starts_on)
    laid: list[Stretch] = []
    for from_on, to_on, claim in _spans(row, place):
        week, after = (_monday(from_on) - first).days // 7, (_monday(to_on) - first).days // 7 + 1
        if laid and week < laid[-1].week + laid[-1].weeks:
            # Two in one week: it belongs to whoever has it later, unless the earlier one would then have none.
            before = laid[-1]
            if claim is None or before.claim is not None and before.weeks == 1:
                week = before.week + before.weeks
            elif before.weeks == 1:
                laid.pop()
            else:
                laid[-1] = Stretch(before.kind, before.week, week - before.week, before.from_on, before.to_on, before.claim)
        if week < after:
            kind = Kind.CLAIM if claim is not None else _kind_of_free(row, place, (from_on, to_on), today)
            laid.append(Stretch(kind, week, after - week, from_on, to_on, claim))
    return tuple(laid)


def _spans(row: RoundRow, place: PlaceRow) -> list[tuple[date, date, SpanRow | None]]:
    """The claims of a place by their days, with what lies free before, between and after them. An empty span has no day."""
    found: list[tuple[date, date, SpanRow | None]] = []
    free_from = row.starts_on
    for claim in sorted(place.claims, key=_by_start):
        start, end = max(claim.starts_on, row.starts_on), min(claim.ends_on, row.ends_on)
        if start > end:
            continue
        if free_from < start:
            found.append((free_from, start - DAY, None))
        found.append((start, end, claim))
        free_from = end + DAY
    if free_from <= row.ends_on:
        found.append((free_from, row.ends_on, None))
    return found


def _kind_of_free(row: RoundRow, place: PlaceRow, days: tuple[date, date], today: date) -> Kind:
    from_on, to_on = days
    if to_on < today:
        return Kind.WAS_FREE
    if place.is_extra or any(claim.starts_on > to_on and not claim.is_expired for claim in place.claims):
        # An extra place was made for one person; and the days before a late start go with it.
        return Kind.UNUSED
    return Kind.TOO_LATE if problems_with_filling(row, from_on, today) else Kind.FREE


def _by_start(claim: SpanRow) -> date:
    return claim.starts_on


def _monday(day: date) -> date:
    return day - day.weekday() * DAY
