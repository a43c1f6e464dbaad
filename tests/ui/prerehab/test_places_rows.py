"""How the claims of a place are laid out over the weeks of its round: every week belongs to exactly one stretch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.prerehab import BookingState
from rehabdesk.store.queries.prerehab.places import PlaceRow, SpanRow
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.ui.prerehab.places_rows import Kind, mondays, place_lines, problems_with_filling

START = date(2027, 1, 12)
DAY = timedelta(days=1)
ROUND = RoundRow(
    id=1, programme_id=1, programme="Grön prerehab", programme_slug="gron", number=1, name="", starts_on=START,
    ends_on=START + timedelta(days=51), weeks=8, weekdays=(1, 3), start="09:00", end="12:00", place="", min_places=1, max_places=1,
    last_late_start_on=START + timedelta(days=16), cancelled_on=None, cancelled_reason="", occasion_count=16, booked=0, held=0, free=1,
    extra=0,
)  # fmt: skip


def span(number: int, starts_on: date, ends_on: date, state: BookingState = BookingState.STARTED) -> SpanRow:
    """A claim's days."""
    return SpanRow(number, number, f"RF-2026-{number:03}", "Anna E.", False, state, starts_on, ends_on, None, False)


@st.composite
def claims(draw) -> tuple[SpanRow, ...]:
    """Claims after one another, some of them for no day, with or without free days between; perhaps past the round's own days."""
    found, day = [], ROUND.starts_on + draw(st.integers(-10, 10)) * DAY
    for number in range(draw(st.integers(0, 6))):
        day += draw(st.integers(0, 12)) * DAY
        ends_on = day + draw(st.integers(-1, 30)) * DAY
        found.append(span(number + 1, day, ends_on, BookingState.BROKEN_OFF))
        day = max(day, ends_on + DAY)
    return tuple(found)


@given(claims(), st.integers(-40, 80))
def test_every_week_belongs_to_one_stretch_and_no_claim_of_whole_weeks_is_lost(found, days):
    today = START + days * DAY
    line = place_lines(ROUND, [PlaceRow(1, False, "", found)], today)[0]
    weeks = [week for stretch in line.stretches for week in range(stretch.week, stretch.week + stretch.weeks)]
    assert weeks == list(range(len(mondays(ROUND))))
    assert all(week in range(stretch.week, stretch.week + stretch.weeks) for week in weeks for stretch in [line.at(week)])
    shown = {stretch.claim.booking_id for stretch in line.stretches if stretch.claim is not None}
    for claim in found:
        within = min(claim.ends_on, ROUND.ends_on) - max(claim.starts_on, ROUND.starts_on)
        if within >= timedelta(days=13):
            assert claim.booking_id in shown
    for stretch in line.stretches:
        assert (stretch.kind is Kind.CLAIM) == (stretch.claim is not None)
        if stretch.kind is Kind.FREE:
            assert not problems_with_filling(ROUND, stretch.from_on, today) and stretch.to_on >= today


@pytest.mark.parametrize(("today", "kind"), [
    (START - timedelta(days=30), Kind.FREE),
    (START, Kind.FREE),
    (START + timedelta(days=16), Kind.FREE),
    (START + timedelta(days=17), Kind.TOO_LATE),
    (START + timedelta(days=52), Kind.WAS_FREE),
])  # fmt: skip
def test_a_free_place_can_be_filled_until_the_last_late_start(today, kind):
    assert place_lines(ROUND, [PlaceRow(1, False, "", ())], today)[0].stretches[0].kind is kind


def test_nobody_can_be_placed_in_a_round_that_was_cancelled():
    row = replace(ROUND, cancelled_on=START - DAY, cancelled_reason="För få")
    assert place_lines(row, [PlaceRow(1, False, "", ())], START - DAY)[0].stretches[0].kind is Kind.TOO_LATE


def test_an_extra_place_is_its_persons_alone_and_the_days_before_a_late_start_go_with_it():
    late = span(1, START + timedelta(days=14), ROUND.ends_on)
    lines = place_lines(ROUND, [PlaceRow(1, False, "", (late,)), PlaceRow(2, True, "Behövs", (late,)), PlaceRow(3, True, "Behövs", ())], START)
    assert [[stretch.kind for stretch in line.stretches] for line in lines] == [[Kind.UNUSED, Kind.CLAIM]] * 2


def test_a_week_that_two_share_belongs_to_the_later_unless_the_earlier_would_have_none():
    first, second = span(1, START, START + timedelta(days=8)), span(2, START + timedelta(days=9), ROUND.ends_on)
    line = place_lines(ROUND, [PlaceRow(1, False, "", (first, second))], START)[0]
    assert [(stretch.claim.booking_id, stretch.week, stretch.weeks) for stretch in line.stretches] == [(1, 0, 1), (2, 1, 7)]
    first, second = span(1, START, START), span(2, START + DAY, ROUND.ends_on)
    line = place_lines(ROUND, [PlaceRow(1, False, "", (first, second))], START)[0]
    assert [(stretch.claim.booking_id, stretch.week, stretch.weeks) for stretch in line.stretches] == [(1, 0, 1), (2, 1, 7)]
