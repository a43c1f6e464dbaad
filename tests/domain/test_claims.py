"""The rules of claims: the sum, the days, who is passed over, and how people are kept together on fewer places."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.claims import (
    PlaceSum,
    RoundSpan,
    Stay,
    Waiter,
    kept_together,
    passed_over,
    problems_with_capacity,
    problems_with_first_day,
    problems_with_last_day,
    problems_with_registration,
    problems_with_step,
)
from rehabdesk.domain.clashes import ClashKind, Engagement, Hours, clashes
from rehabdesk.domain.prerehab import ALIVE, BOOKED, NEXT_STATES, ON_A_PLACE, BookingState, PassOverReason

DAY = date(2026, 11, 22)
ROUND = RoundSpan(DAY, DAY + timedelta(days=50), DAY + timedelta(days=14))


def days(number: int) -> date:
    return DAY + timedelta(days=number)


def codes(problems) -> list[str]:
    return [problem.code for problem in problems]


def test_a_sum_that_does_not_add_up_cannot_be_made() -> None:
    assert PlaceSum(12, 8, 2, 2).free == 2
    with pytest.raises(ValueError, match="12 places"):
        PlaceSum(12, 8, 2, 3)


@pytest.mark.parametrize(
    ("late", "day", "expected"),
    (
        (14, 0, []),
        (14, 14, []),
        (14, 15, ["claim.too_late_to_start"]),
        (14, -1, ["claim.starts_before_round"]),
        (14, 51, ["claim.starts_after_round"]),
        (None, 0, []),
        (None, 1, ["claim.no_late_start"]),
        (0, 1, ["claim.no_late_start"]),
    ),
)
def test_the_first_day(late: int | None, day: int, expected: list[str]) -> None:
    span = RoundSpan(ROUND.starts_on, ROUND.ends_on, None if late is None else days(late))
    assert codes(problems_with_first_day(span, days(day))) == expected


@pytest.mark.parametrize(
    ("last", "today", "expected"),
    (
        (None, 20, ["claim.last_day_missing"]),
        (-2, 20, ["claim.stopped_before_start"]),
        (-1, 20, []),
        (20, 20, []),
        (21, 20, ["claim.stops_in_future"]),
        (51, 60, ["claim.stopped_after_end"]),
    ),
)
def test_the_last_day(last: int | None, today: int, expected: list[str]) -> None:
    day = None if last is None else days(last)
    assert codes(problems_with_last_day(day, ROUND.starts_on, ROUND.ends_on, days(today))) == expected


def test_what_is_registered() -> None:
    assert codes(problems_with_registration(days(1), True, None, DAY)) == ["claim.asked_in_future"]
    assert codes(problems_with_registration(DAY, True, days(1), DAY)) == ["claim.ready_and_not"]
    assert not problems_with_registration(DAY, False, days(1), DAY)


@pytest.mark.parametrize(("least", "most", "expected"), ((1, 12, []), (0, 1, []), (1, 0, ["claim.places_range"]), (1, 61, ["claim.places_range"]), (13, 12, ["claim.least_places_range"])))
def test_how_many_places(least: int, most: int, expected: list[str]) -> None:
    assert codes(problems_with_capacity(least, most)) == expected


def test_the_states_lead_where_they_may_and_nowhere_else() -> None:
    assert set(NEXT_STATES) == set(BookingState)
    for state in BookingState:
        for following in BookingState:
            assert bool(problems_with_step(state, following, "RF-1")) is (following not in NEXT_STATES[state])
    assert BOOKED < ON_A_PLACE
    assert all(NEXT_STATES[state] for state in ALIVE)
    # Neither a no nor an end is followed by anything: no further offer on that claim.
    assert all(not NEXT_STATES[state] for state in set(BookingState) - ALIVE)


@pytest.mark.parametrize(
    ("waiter", "expected"),
    (
        (Waiter(1, 1, "RF-1", True, None, False, False), None),
        (Waiter(1, 1, "RF-1", False, None, True, True), PassOverReason.NOT_READY),
        (Waiter(1, 1, "RF-1", False, days(5), False, False), None),
        (Waiter(1, 1, "RF-1", False, days(6), False, False), PassOverReason.NOT_READY),
        (Waiter(1, 1, "RF-1", True, None, True, True), PassOverReason.CLASH),
        (Waiter(1, 1, "RF-1", True, None, False, True), PassOverReason.NO_ANSWER),
    ),
)
def test_what_passes_somebody_over_by_itself(waiter: Waiter, expected: PassOverReason | None) -> None:
    assert waiter.reason(days(5)) is expected


def test_everybody_before_has_a_reason_or_a_problem_by_name() -> None:
    before = [Waiter(1, 1, "RF-1", False, None, False, False), Waiter(2, 2, "RF-2", True, None, False, False), Waiter(3, 3, "RF-3", True, None, False, False)]
    reasons, problems = passed_over(before, DAY, {1: PassOverReason.OWN_WISH, 3: PassOverReason.LATE_START, 9: PassOverReason.OTHER})
    assert reasons == {1: PassOverReason.OWN_WISH, 3: PassOverReason.LATE_START}
    assert [(problem.code, problem.params["booking_id"], problem.params["case_number"]) for problem in problems] == [("claim.passed_without_reason", 2, "RF-2")]


@st.composite
def layouts(draw: st.DrawFn) -> tuple[Stay, ...]:
    """Stays that fit on the places they are on."""
    made: list[Stay] = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        day = 0
        for length in draw(st.lists(st.integers(-1, 12), max_size=3)):
            made.append(Stay(len(made) + 1, number, days(day), days(day + length)))
            day += max(length, 0) + 1 + draw(st.integers(0, 4))
    return tuple(made)


@given(stays=layouts(), most=st.integers(1, 6))
def test_people_are_kept_together_wherever_they_can_be_and_moved_as_little_as_that_takes(stays: tuple[Stay, ...], most: int) -> None:
    placed, left = kept_together(stays, range(1, most + 1))
    assert placed.keys() | {stay.booking_id for stay in left} == {stay.booking_id for stay in stays}
    assert set(placed.values()) <= set(range(1, most + 1))
    laid = [Stay(stay.booking_id, placed[stay.booking_id], stay.starts_on, stay.ends_on) for stay in stays if stay.booking_id in placed]
    assert not any(a.number == b.number and a.booking_id != b.booking_id and a.meets(b) for a in laid for b in laid)
    # As many as on the fullest day have to fit, and where they do, all do.
    fullest = max((sum(other.starts_on <= stay.starts_on <= other.ends_on for other in stays) for stay in stays), default=0)
    assert bool(left) == (fullest > most)
    if all(stay.number <= most for stay in stays):
        assert placed == {stay.booking_id: stay.number for stay in stays}


def test_clashes_count_the_occasions_and_name_the_first_day() -> None:
    wanted = [Hours(days(number), "09:00", "12:00") for number in (1, 3, 5)]
    there = Engagement(ClashKind.ROUND, "Vägen in 2", (Hours(days(3), "11:00", "14:00"), Hours(days(5), "12:00", "14:00"), Hours(days(4), "09:00", "12:00")))
    away = Engagement(ClashKind.SESSION, "Rehabforum", (Hours(days(1), "13:00", "13:30"),))
    trial = Engagement(ClashKind.WORK_TRIAL, "", tuple(Hours(days(number), "", "~") for number in (1, 3)))
    found = clashes(wanted, (there, away, trial))
    assert [(problem.code, problem.params["n"], problem.params["first"]) for problem in found] == [
        ("claim.clash_round", 1, days(3)),
        ("claim.clash_work_trial", 2, days(1)),
    ]
