"""Figures: the same as somebody gets who counts by hand, and nothing about few."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.figures import (
    ClaimFacts,
    People,
    PeriodKind,
    PersonOutcome,
    RoundFacts,
    Wait,
    fills,
    people,
    people_of_one,
    people_of_year,
    period_with,
    together,
    waits,
)
from rehabdesk.domain.identity import LegalSex
from rehabdesk.domain.prerehab import BookingState, BreakOffReason

TODAY = date(2026, 11, 22)
YEAR = period_with(PeriodKind.YEAR, TODAY)
BEGAN = (BookingState.STARTED, BookingState.COMPLETED, BookingState.BROKEN_OFF)
ON_PLACE = (*BEGAN, BookingState.ACCEPTED, BookingState.OFFERED)


def a_round(number: int, starts_on: date, places: int = 8, *, weeks: int = 4, cancelled: bool = False, late: date | None = None) -> RoundFacts:
    days = tuple(starts_on + timedelta(days=7 * week + day) for week in range(weeks) for day in (0, 2))
    ids = tuple(number * 100 + place for place in range(places))
    return RoundFacts(number, 1, "Grön prerehab", f"Grön prerehab {number}", 80, starts_on, late, cancelled, ids, days)


def claim(number: int, state: BookingState, place: int | None = None, **more: object) -> ClaimFacts:
    starts_on = more.pop("starts_on", None)
    if place is not None:
        more = {"round_id": place // 100, "place_id": place, "ends_on": starts_on + timedelta(days=27), **more}
    return ClaimFacts(number, 1, more.pop("participant_id", number), more.pop("sex", None), state, date(2026, 1, 1), starts_on=starts_on, **more)


def stopped_for(told: People, reason: BreakOffReason) -> int | None:
    return told.reasons.cells[tuple(BreakOffReason).index(reason)]


def test_periods():
    half = period_with(PeriodKind.HALF, TODAY)
    assert (half.first, half.last, half.part) == (date(2026, 7, 1), date(2026, 12, 31), 2)
    assert (half.step(1).first, half.step(-2).last) == (date(2027, 1, 1), date(2025, 12, 31))
    quarter = period_with(PeriodKind.QUARTER, date(2024, 2, 29))
    assert (quarter.first, quarter.last, quarter.part) == (date(2024, 1, 1), date(2024, 3, 31), 1)
    assert (YEAR.first, YEAR.last, YEAR.part) == (date(2026, 1, 1), date(2026, 12, 31), 1)


@given(st.sampled_from([PeriodKind.YEAR, PeriodKind.HALF, PeriodKind.QUARTER]), st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-9, 9))
def test_every_day_lies_in_one_period(kind, day, steps):
    period = period_with(kind, day)
    assert period.holds(day)
    assert period.step(1).first == period.last + timedelta(days=1)
    assert period.step(steps).step(-steps) == period


def test_six_rounds_of_eight_are_48_places():
    rounds = [a_round(number, date(2026, 1, 12) + timedelta(days=56 * number), late=None) for number in range(1, 7)]
    starts = {one.id: one.starts_on for one in rounds}
    taken = [one.place_ids[place] for one in rounds[:5] for place in range(7)]
    every = [claim(number, BookingState.COMPLETED, place, starts_on=starts[place // 100]) for number, place in enumerate(taken)]
    found = together("2026", fills(rounds, every, YEAR, TODAY).values())
    assert (found.offered, found.started, found.wanted) == (48, 35, 48 * 80)
    assert found.share == pytest.approx(35 / 48)
    assert found.target == pytest.approx(0.8)


def test_two_after_one_another_are_one_place_and_an_extra_place_is_beside():
    one = a_round(1, date(2026, 3, 2))
    first = claim(1, BookingState.BROKEN_OFF, 100, starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 5), reason=BreakOffReason.MOVED)
    second = claim(2, BookingState.COMPLETED, 100, starts_on=date(2026, 3, 9), ends_on=date(2026, 3, 27))
    extra = claim(3, BookingState.COMPLETED, 109, starts_on=date(2026, 3, 2), is_extra=True)
    never_came = claim(4, BookingState.BROKEN_OFF, 101, starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 1), reason=BreakOffReason.OTHER)
    found = fills([one], [first, second, extra, never_came], YEAR, TODAY)[1]
    assert (found.offered, found.started, found.extra) == (8, 1, 1)
    assert (found.weeks_possible, found.weeks_used) == (32, 4)


def test_the_forecast_takes_the_list_in_order_and_only_who_is_ready():
    before, inside = a_round(1, date(2026, 12, 7), 2), a_round(2, date(2027, 2, 1), 4)
    taken = [
        claim(1, BookingState.ACCEPTED, 100, starts_on=date(2026, 12, 7)),
        claim(2, BookingState.OFFERED, 200, starts_on=date(2027, 2, 1), is_held=True),
        claim(3, BookingState.OFFERED, 201, starts_on=date(2027, 2, 1)),
        claim(4, BookingState.REGISTERED),
        claim(5, BookingState.REGISTERED),
        claim(6, BookingState.REGISTERED, is_ready=False),
        claim(7, BookingState.REGISTERED, is_ready=False, ready_from=date(2027, 1, 15)),
    ]
    found = fills([before, inside], taken, period_with(PeriodKind.YEAR, date(2027, 5, 1)), TODAY)
    # The first on the list takes the free place before the year; an offer that ran out holds nothing.
    assert list(found) == [2]
    assert (found[2].started, found[2].promised, found[2].expected, found[2].forecast) == (0, 0, 3, 3)


def test_a_round_that_cannot_be_begun_any_more_waits_for_nobody():
    over, late = a_round(1, date(2026, 11, 2), 2), a_round(2, date(2026, 11, 16), 2, late=date(2026, 11, 30))
    found = fills([over, late], [claim(1, BookingState.REGISTERED)], YEAR, TODAY)
    assert (found[1].expected, found[2].expected) == (0, 1)


spans = st.tuples(st.integers(0, 27), st.integers(-1, 27))
drawn = st.lists(
    st.tuples(st.sampled_from(ON_PLACE), st.integers(0, 2), st.integers(0, 3), st.booleans(), st.integers(0, 6), spans, st.booleans()), max_size=25
)


@given(drawn, st.integers(0, 4), st.booleans())
def test_fill_agrees_with_a_naive_recount(found, waiting, is_cancelled):
    rounds = [
        a_round(1, date(2026, 2, 2), 3), a_round(2, date(2026, 11, 9), 4), a_round(3, date(2026, 11, 30), 4, cancelled=is_cancelled),
    ]  # fmt: skip
    claims = []
    for number, (state, at, place, is_extra, person, (after, length), is_held) in enumerate(found):
        first = rounds[at].starts_on + timedelta(days=after)
        last = max(first + timedelta(days=length), first - timedelta(days=1))
        place_id = rounds[at].id * 100 + (50 if is_extra else place % len(rounds[at].place_ids))
        reason = BreakOffReason.OTHER if state is BookingState.BROKEN_OFF else None
        claims.append(
            claim(number, state, place_id, starts_on=first, ends_on=last, is_extra=is_extra, participant_id=person, reason=reason,
                  is_held=is_held and state is BookingState.OFFERED)
        )  # fmt: skip
    claims += [claim(1000 + number, BookingState.REGISTERED) for number in range(waiting)]
    told = fills(rounds, claims, YEAR, TODAY)
    left = waiting
    for one in rounds:
        if one.is_cancelled:
            assert one.id not in told
            continue
        started = promised = held = free = used = possible = extra = 0
        weeks = sorted({day.isocalendar()[:2] for day in one.occasions if day <= TODAY})
        for place in one.place_ids:
            here = [each for each in claims if each.place_id == place and not each.is_extra]
            if any(each.state in BEGAN and each.starts_on <= each.ends_on for each in here):
                started += 1
            elif any(each.state is BookingState.ACCEPTED for each in here):
                promised += 1
            elif any(each.is_held for each in here):
                held += 1
            else:
                free += 1
            for week in weeks:
                possible += 1
                days = [day for day in one.occasions if day <= TODAY and day.isocalendar()[:2] == week]
                used += any(each.state in BEGAN and each.starts_on <= day <= each.ends_on for each in here for day in days)
        extra = int(any(each.is_extra and each.state in BEGAN and each.starts_on <= each.ends_on for each in claims if each.round_id == one.id))
        from_list = min(free, left) if one.starts_on >= TODAY else 0
        left -= from_list
        fill = told[one.id]
        assert (fill.offered, fill.started, fill.promised, fill.expected) == (len(one.place_ids), started, promised, held + from_list)
        assert (fill.weeks_possible, fill.weeks_used, fill.extra) == (possible, used, extra)
        assert fill.started <= fill.forecast <= fill.offered


@given(
    st.lists(
        st.tuples(st.sampled_from(BEGAN), st.integers(0, 15), st.integers(0, 300), st.sampled_from([*LegalSex, None]), st.sampled_from(list(BreakOffReason))),
        max_size=30,
    )
)
def test_people_are_counted_once_and_few_are_not_told(found):
    claims = []
    sexes = {}
    for number, (state, person, day, sex, reason) in enumerate(found):
        sexes.setdefault(person, sex)
        why = reason if state is BookingState.BROKEN_OFF else None
        claims.append(
            claim(number, state, 100, starts_on=date(2026, 1, 1) + timedelta(days=day), participant_id=person, sex=sexes[person], reason=why)
        )
    last = {}
    for each in sorted(claims, key=lambda one: (one.starts_on, one.id)):
        last[each.participant_id] = each
    told = people(claims)
    assert told.began in (None, len(last))
    assert told.asked in (None, len(last)) and (told.asked is None) == (told.began is None)
    assert people(claims, [*last, 100, 101]).asked is None
    assert people(claims, range(100, 105)).asked in (None, len(last) + 5)
    stopped = [each for each in last.values() if each.state is BookingState.BROKEN_OFF]
    assert told.of(PersonOutcome.STOPPED) == told.reasons.total
    assert told.reasons.total in (None, len(stopped))
    for reason in BreakOffReason:
        count = sum(each.reason is reason for each in stopped)
        assert stopped_for(told, reason) in (None, count)
        assert not 0 < (stopped_for(told, reason) or 0) < 5
    for sex, column in zip(LegalSex, range(2), strict=True):
        assert told.outcomes.column_totals[column] in (None, sum(each.sex is sex for each in last.values()))
    assert (told.outcomes.column_totals[0] is None) == (told.outcomes.column_totals[1] is None)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 90), st.none() | st.integers(0, 60)), max_size=14))
def test_waiting_times_are_those_of_at_least_five(found):
    claims = [
        claim(number, BookingState.STARTED, 100, starts_on=date(2026, 1, 1) + timedelta(days=60 + days), participant_id=person,
              first_offered_on=date(2026, 1, 1) + timedelta(days=offered) if offered is not None else None)
        for number, (person, days, offered) in enumerate(found)
    ]  # fmt: skip
    told = {spread.wait: spread for spread in waits(claims)}
    for wait, chosen in ((Wait.TO_START, found), (Wait.TO_OFFER, [one for one in found if one[2] is not None])):
        lengths = [60 + days if wait is Wait.TO_START else offered for _, days, offered in chosen]
        if len({person for person, *_ in chosen}) < 5:
            assert told[wait].median is None and told[wait].low is None
        else:
            assert told[wait].median == median(lengths)
            assert min(lengths) <= told[wait].low <= told[wait].median <= told[wait].high <= max(lengths)


def test_a_round_tells_no_more_than_all_of_its_year_in_one_table():
    def stopped(round_id, count, others):
        first = date(2026, 1, 12)
        found = [
            claim(round_id * 100 + number, BookingState.BROKEN_OFF, round_id * 100, starts_on=first, reason=BreakOffReason.MOVED)
            for number in range(count)
        ]
        return [*found, *(claim(round_id * 100 + 50 + number, BookingState.COMPLETED, round_id * 100, starts_on=first) for number in range(others))]

    small, large, other = stopped(1, 2, 8), stopped(2, 5, 9), stopped(3, 0, 9)
    alone = people_of_one({2: (large, ())}, 2)
    assert (alone.of(PersonOutcome.STOPPED), stopped_for(alone, BreakOffReason.MOVED), alone.began, alone.asked) == (5, 5, 14, 14)
    every = {1: (small, ()), 2: (large, ()), 3: (other, ())}
    # Seven stopped in the year: had the large round told its five, the small one's two would be the rest.
    assert people_of_year(every).of(PersonOutcome.STOPPED) == 7
    told = people_of_one(every, 2)
    assert (told.of(PersonOutcome.STOPPED), stopped_for(told, BreakOffReason.MOVED), told.reasons.total) == (None, None, None)
    assert told.outcomes.column_totals[:2] == (0, 0)
    assert people_of_one(every, 1).of(PersonOutcome.STOPPED) is None


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 12), st.integers(0, 6)), min_size=1, max_size=4))
def test_rounds_of_a_year_cannot_be_told_apart_by_differences(counts):
    rounds = {}
    for number, (stopped, completed, not_begun) in enumerate(counts, start=1):
        claims = [
            claim(
                number * 1000 + person, BookingState.BROKEN_OFF if person < stopped else BookingState.COMPLETED, number * 100,
                starts_on=date(2026, 1, 12), reason=BreakOffReason.MOVED if person < stopped else None,
            )
            for person in range(stopped + completed)
        ]  # fmt: skip
        rounds[number] = (claims, {number * 1000 + 500 + person for person in range(not_begun)} | {each.participant_id for each in claims})
    told = {number: people_of_one(rounds, number) for number in rounds}
    for index, outcome in ((0, PersonOutcome.STOPPED), (1, PersonOutcome.COMPLETED)):
        left_out = [counts[number - 1][index] for number in rounds if told[number].of(outcome) is None]
        if people_of_year(rounds).of(outcome) is not None and any(left_out):
            assert sum(left_out) >= 5 and len(left_out) >= 2
    left_out = [counts[number - 1][0] + counts[number - 1][1] for number in rounds if told[number].began is None]
    assert people_of_year(rounds).began is None or not any(left_out) or (sum(left_out) >= 5 and len(left_out) >= 2)
    for number, one in told.items():
        stopped, completed, not_begun = counts[number - 1]
        assert one.began in (None, stopped + completed)
        assert one.asked in (None, stopped + completed + not_begun)
        assert one.asked is None or not 0 < not_begun < 5
