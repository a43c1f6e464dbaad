"""When a moment is due, and how a number is typed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.measures import Standing, due_on, months_after, read_number, standing
from rehabdesk.domain.prerehab import BookingState, Moment

START, END = date(2026, 8, 31), date(2026, 10, 30)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("7", 7), ("4,38", 4.38), ("4.38", 4.38), (" 4,4 ", 4.4), ("-0,594", -0.594), ("−0,5", -0.5), ("+3", 3), ("1 000", 1000),
        ("", None), ("sju", None), ("4,", None), (",5", None), ("1,2,3", None), ("1e3", None), ("inf", None), ("٣", 3), ("D", None),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_typed(written: str, number: float | None) -> None:
    assert read_number(written) == number


@given(st.text())
def test_nothing_typed_breaks_the_reading(written: str) -> None:
    assert read_number(written) is None or isinstance(read_number(written), float)


@pytest.mark.parametrize(
    ("moment", "day"),
    [(Moment.BEFORE, START), (Moment.END, END), (Moment.MONTHS_6, date(2027, 4, 30)), (Moment.MONTHS_12, date(2027, 10, 30))],
)
def test_a_moment_has_its_day(moment: Moment, day: date) -> None:
    assert due_on(moment, START, END) == day


def test_the_last_of_a_month_is_the_last_of_a_shorter_one() -> None:
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_after(date(2027, 8, 31), 6) == date(2028, 2, 29)
    assert months_after(date(2026, 12, 31), 12) == date(2027, 12, 31)


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(0, 40))
def test_months_later_is_so_many_months_later(day: date, months: int) -> None:
    found = months_after(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months and found.day <= day.day


@pytest.mark.parametrize(
    ("state", "moment", "days", "expected"),
    [
        (BookingState.ACCEPTED, Moment.BEFORE, -8, Standing.TO_COME), (BookingState.ACCEPTED, Moment.BEFORE, -7, Standing.DUE),
        (BookingState.STARTED, Moment.BEFORE, 14, Standing.DUE), (BookingState.STARTED, Moment.BEFORE, 15, Standing.MISSED),
        (BookingState.ACCEPTED, Moment.END, 0, None), (BookingState.BROKEN_OFF, Moment.END, 0, Standing.DUE),
        (BookingState.BROKEN_OFF, Moment.MONTHS_6, 0, None), (BookingState.COMPLETED, Moment.MONTHS_6, 60, Standing.DUE),
        (BookingState.DECLINED, Moment.BEFORE, 0, None),
    ],
)  # fmt: skip
def test_a_moment_is_asked_for_around_its_day(state: BookingState, moment: Moment, days: int, expected: Standing | None) -> None:
    assert standing(moment, state, START, END, due_on(moment, START, END) + timedelta(days=days)) is expected


def test_whoever_stopped_before_her_first_day_is_asked_nothing() -> None:
    day_before = START - timedelta(days=1)
    assert [standing(moment, BookingState.BROKEN_OFF, START, day_before, START) for moment in Moment] == [None] * 4
