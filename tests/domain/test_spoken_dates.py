"""Dates and times as they are said, in both languages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.spoken_dates import add_months, find_date_at_end, parse_date, parse_time

TODAY = date(2026, 11, 25)  # a Wednesday, in week 48


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("på fredag", date(2026, 11, 27)),
        ("fredag", date(2026, 11, 27)),
        ("onsdag", date(2026, 12, 2)),
        ("nästa fredag", date(2026, 12, 4)),
        ("nästa måndag", date(2026, 11, 30)),
        ("v. 49", date(2026, 12, 4)),
        ("v49", date(2026, 12, 4)),
        ("vecka 49", date(2026, 12, 4)),
        ("i vecka 48", date(2026, 11, 27)),
        ("v. 3", date(2027, 1, 22)),
        ("v. 53", date(2027, 1, 1)),
        ("v. 47", date(2027, 11, 26)),
        ("v. 2 2028", date(2028, 1, 14)),
        ("tisdag v. 50", date(2026, 12, 8)),
        ("om två veckor", date(2026, 12, 9)),
        ("om 10 dagar", date(2026, 12, 5)),
        ("inom en vecka", date(2026, 12, 2)),
        ("om en månad", date(2026, 12, 25)),
        ("om ett halvår", date(2027, 5, 25)),
        ("fredag om två veckor", date(2026, 12, 11)),
        ("fredag nästa vecka", date(2026, 12, 4)),
        ("nästa vecka", date(2026, 12, 4)),
        ("denna vecka", date(2026, 11, 27)),
        ("15/12", date(2026, 12, 15)),
        ("24/11", date(2027, 11, 24)),
        ("25/11", TODAY),
        ("15/12 2027", date(2027, 12, 15)),
        ("15/12-27", date(2027, 12, 15)),
        ("15 dec", date(2026, 12, 15)),
        ("15:e december", date(2026, 12, 15)),
        ("den 15 december 2026", date(2026, 12, 15)),
        ("tisdagen den 15 december", date(2026, 12, 15)),
        ("tisdag 15/12", date(2026, 12, 15)),
        ("15.12.2026", date(2026, 12, 15)),
        ("2026-12-15", date(2026, 12, 15)),
        ("2025-12-15", date(2025, 12, 15)),
        ("imorgon", date(2026, 11, 26)),
        ("i morgon", date(2026, 11, 26)),
        ("i övermorgon", date(2026, 11, 27)),
        ("idag", TODAY),
        ("senast 15/12", date(2026, 12, 15)),
        ("senast på fredag", date(2026, 11, 27)),
        ("före 15/12", date(2026, 12, 14)),
        ("on Friday", date(2026, 11, 27)),
        ("next friday", date(2026, 12, 4)),
        ("in two weeks", date(2026, 12, 9)),
        ("w. 49", date(2026, 12, 4)),
        ("week 49", date(2026, 12, 4)),
        ("15 Dec", date(2026, 12, 15)),
        ("by 15 December", date(2026, 12, 15)),
        ("the 15th of December", date(2026, 12, 15)),
        ("December 15th, 2026", date(2026, 12, 15)),
        ("tomorrow", date(2026, 11, 26)),
        ("today", TODAY),
    ],
)
def test_said_and_read(said: str, day: date) -> None:
    alone = parse_date(said, TODAY)
    assert alone is not None and alone.day == day
    line = f"boka möte {said}"
    at_end = find_date_at_end(line, TODAY)
    assert at_end is not None and at_end.day == day
    assert line[at_end.start : at_end.end] == said
    assert find_date_at_end(line.upper(), TODAY) == at_end


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("31/2", "date.no_such_day"),
        ("29/2", "date.no_such_day"),
        ("0/0", "date.no_such_day"),
        ("2026-13-01", "date.no_such_day"),
        ("v. 54", "date.no_such_week"),
        ("v. 0", "date.no_such_week"),
        ("v. 53 2027", "date.no_such_week"),
        ("måndag 15/12", "date.weekday_differs"),
        ("om 999999 år", "date.too_far"),
    ],
)
def test_a_day_that_is_none_is_a_problem(said: str, code: str) -> None:
    reading = parse_date(said, TODAY)
    assert reading is not None and reading.problem is not None
    assert (reading.day, reading.problem.code, reading.problem.params["written"]) == (None, code, said)


@pytest.mark.parametrize(
    "line",
    ["boka möte", "RF-2026-12-15", "ring Tor", "ring Sun", "se avsnitt 3.15/12", "v", "överv49", "om", "", "100 %",
     "tel 0512-31000", "fredagsmöte", "15/12 boka"],
)  # fmt: skip
def test_lines_that_end_with_no_date(line: str) -> None:
    assert find_date_at_end(line, TODAY) is None


def test_short_forms_are_read_where_only_a_date_is_asked_for() -> None:
    for said, day in (("261215", date(2026, 12, 15)), ("20261215", date(2026, 12, 15)), ("fre", date(2026, 11, 27))):
        reading = parse_date(said, TODAY)
        assert reading is not None and reading.day == day
        assert find_date_at_end(f"boka {said}", TODAY) is None


def test_a_field_for_what_has_been_takes_this_years_day() -> None:
    reading = parse_date("1/3", TODAY, prefer_future=False)
    assert reading is not None and reading.day == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("said", "read"),
    [("9", "09:00"), ("9.30", "09:30"), ("09:30", "09:30"), ("930", "09:30"), ("1300", "13:00"), ("kl. 13", "13:00"),
     ("kl 13.15", "13:15"), ("24", None), ("9.75", None), ("halv tio", None), ("", None), ("٩", None)],
)  # fmt: skip
def test_times(said: str, read: str | None) -> None:
    assert parse_time(said) == read


def test_a_month_later_is_at_most_the_months_last_day() -> None:
    assert add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert add_months(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert add_months(date(2026, 11, 30), 1) == date(2026, 12, 30)


DATEISH = st.lists(
    st.sampled_from("på fredag om två veckor v. 49 15/12 31 dec 2026 - 9999 nästa år".split()), max_size=8
).map(" ".join)


@given(st.text() | DATEISH, st.dates())
def test_any_text_on_any_day_is_answered(text: str, today: date) -> None:
    parse_time(text)
    for reading in (parse_date(text, today), find_date_at_end(text, today)):
        if reading is not None:
            assert 0 <= reading.start < reading.end <= len(text)
            assert (reading.day is None) == (reading.problem is not None)


@given(st.dates(date(2020, 1, 1), date(2100, 1, 1)), st.dates(date(2020, 1, 1), date(2100, 1, 1)))
def test_every_day_is_read_back_from_its_date(day: date, today: date) -> None:
    for written in (day.isoformat(), f"{day.day}/{day.month} {day.year}", f"{day.day}.{day.month}.{day.year}"):
        reading = find_date_at_end(f"boka {written}", today)
        assert reading is not None and reading.day == day
