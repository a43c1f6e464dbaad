"""Days that notes tell, and what a note must say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.forum import ActionEventKind
from rehabdesk.domain.notes import Answer, day_in, problems_with_answer, problems_with_note, read_day
from rehabdesk.domain.problems import Problem

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("said", "today", "day"),
    [
        ("20/11", SUNDAY, date(2026, 11, 20)),
        ("i dag", SUNDAY, SUNDAY),
        ("i går", SUNDAY, date(2026, 11, 21)),
        ("Igår", SUNDAY, date(2026, 11, 21)),
        ("yesterday", SUNDAY, date(2026, 11, 21)),
        ("i förrgår", SUNDAY, date(2026, 11, 20)),
        ("i måndags", SUNDAY, date(2026, 11, 16)),
        ("i söndags", SUNDAY, date(2026, 11, 15)),
        ("last friday", SUNDAY, date(2026, 11, 20)),
        ("29/12", date(2027, 1, 4), date(2026, 12, 29)),
        ("3 december", date(2026, 12, 5), date(2026, 12, 3)),
        ("2026-10-01", SUNDAY, date(2026, 10, 1)),
    ],
)
def test_a_day_that_has_been(said: str, today: date, day: date):
    assert read_day(said, today) == day


@pytest.mark.parametrize(
    ("said", "code"),
    [("3/12", "note.in_future"), ("2026-12-03", "note.in_future"), ("31/2", "date.no_such_day"), ("snart", "date.not_understood"), ("", "date.not_understood")],
)
def test_what_is_no_day_that_has_been(said: str, code: str):
    found = read_day(said, SUNDAY, "day")
    assert isinstance(found, Problem)
    assert (found.code, found.field) == (code, "day")


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("klart enligt telefon 3/12", date(2026, 12, 5), date(2026, 12, 3)),
        ("klart enligt telefon 3/12.", date(2026, 12, 3), date(2026, 12, 3)),
        ("ska höra av sig 3/12", SUNDAY, None),
        ("talade med chefen", SUNDAY, None),
        ("talade med chefen i går", SUNDAY, date(2026, 11, 21)),
        ("Talade med chefen i måndags.", SUNDAY, date(2026, 11, 16)),
        ("hon svarade yesterday", SUNDAY, date(2026, 11, 21)),
    ],
)
def test_the_day_at_the_end_of_a_note(text: str, today: date, day: date | None):
    assert day_in(text, today) == day


@given(today=st.dates(date(2020, 1, 1), date(2040, 12, 31)), back=st.integers(0, 180))
def test_a_day_without_its_year_is_the_latest_that_has_been(today: date, back: int):
    day = today - timedelta(days=back)
    if (day.month, day.day) != (2, 29):
        assert read_day(f"{day.day}/{day.month}", today) == day


@given(text=st.text(max_size=60), today=st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_whatever_is_typed_is_never_a_day_to_come(text: str, today: date):
    found = read_day(text, today)
    assert isinstance(found, Problem) or found <= today
    told = day_in(text, today)
    assert told is None or told <= today


def test_what_a_note_must_say():
    assert [p.code for p in problems_with_note(" ", None, SUNDAY)] == ["note.text_missing", "note.day_missing"]
    assert [p.code for p in problems_with_note("x", SUNDAY + timedelta(days=1), SUNDAY)] == ["note.in_future"]
    assert problems_with_note("x", SUNDAY, SUNDAY) == ()
    moved = Answer(1, ActionEventKind.MOVED)
    assert [p.code for p in problems_with_answer(moved, "skäl")] == ["note.moved_without_day"]
    dated = Answer(1, ActionEventKind.MOVED, SUNDAY)
    assert [p.code for p in problems_with_answer(dated, " ")] == ["action.move_reason_missing"]
    assert problems_with_answer(dated, "skäl") == ()
    assert problems_with_answer(Answer(1, ActionEventKind.DONE), "") == ()
