"""Weeks, free days, squeeze days and the alphabet, against the vectors of domain.md 11."""

from __future__ import annotations

import itertools
import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain import swedish
from rehabdesk.domain.swedish import FreeDay, sort_key


def test_weeks() -> None:
    assert swedish.week(date(2026, 11, 22)) == 47
    assert swedish.week(date(2027, 1, 1)) == 53
    assert swedish.monday_of(2026, 53) == date(2026, 12, 28)
    assert swedish.has_week(2026, 53)
    assert not swedish.has_week(2027, 53)
    assert not swedish.has_week(2026, 0)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 4, 3), FreeDay.GOOD_FRIDAY),
        (date(2026, 4, 4), FreeDay.EASTER_EVE),
        (date(2026, 4, 5), FreeDay.EASTER_SUNDAY),
        (date(2027, 3, 28), FreeDay.EASTER_SUNDAY),
        (date(2028, 4, 16), FreeDay.EASTER_SUNDAY),
        (date(2026, 5, 14), FreeDay.ASCENSION_DAY),
        (date(2026, 6, 6), FreeDay.NATIONAL_DAY),
        (date(2026, 6, 19), FreeDay.MIDSUMMER_EVE),
        (date(2026, 6, 20), FreeDay.MIDSUMMER_DAY),
        (date(2026, 10, 31), FreeDay.ALL_SAINTS_DAY),
        (date(2026, 12, 24), FreeDay.CHRISTMAS_EVE),
        (date(2026, 12, 31), FreeDay.NEW_YEARS_EVE),
        (date(2026, 11, 22), None),
        (date(2026, 4, 2), None),
    ],
)
def test_free_days(day: date, name: FreeDay | None) -> None:
    assert swedish.free_day(day) is name


def test_every_red_day_of_a_lifetime_has_its_name() -> None:
    for year in range(2006, 2100):
        first, length = date(year, 1, 1), (date(year + 1, 1, 1) - date(year, 1, 1)).days
        named = [name for ahead in range(length) if (name := swedish.free_day(first + timedelta(days=ahead))) is not None]
        assert FreeDay.OTHER not in named
        assert 16 <= len(named) <= 17  # 2008: Ascension Day fell on 1 May


def test_squeeze_days_of_three_years() -> None:
    day, found = date(2026, 1, 1), []
    while day.year < 2029:
        if swedish.is_squeeze_day(day):
            found.append(day)
        day += timedelta(days=1)
    assert found == [
        date(2026, 1, 2), date(2026, 1, 5), date(2026, 5, 15), date(2027, 5, 7),
        date(2028, 1, 7), date(2028, 5, 26), date(2028, 6, 5),
    ]  # fmt: skip


@given(st.dates())
def test_any_day_can_be_asked_about(day: date) -> None:
    if swedish.is_squeeze_day(day):
        assert not swedish.is_free(day)


IN_ORDER = [
    "af Ek", "Ek", "Ek Anna", "Eka", "Ekdahl", "Ekström", "Elofsson", "Vass", "Vind", "Wahl", "Wik", "Xu",
    "Yang", "Zeb", "Åberg", "Åström", "Ädel", "Öberg", "Östlund",
]  # fmt: skip


def test_names_in_swedish_order() -> None:
    assert sorted(reversed(IN_ORDER), key=sort_key) == IN_ORDER


@pytest.mark.parametrize(
    ("same", "other"),
    [("Müller", "Myller"), ("Øberg", "Öberg"), ("Ærlig", "Ärlig"), ("André", "Andre"), ("Anna-Karin", "Anna Karin"),
     ("anna", "ANNA"), ("Čapek", "Capek"), ("Łuk", "Luk"), ("Nguyễn", "Nguyen")],
)  # fmt: skip
def test_letters_that_sort_as_one(same: str, other: str) -> None:
    assert sort_key(same).split("\x1f")[0] == sort_key(other).split("\x1f")[0]
    assert sort_key(same) != sort_key(other)


def test_case_numbers_sort_as_numbers() -> None:
    numbers = [f"RF-2026-{n}" for n in (1, 2, 9, 10, 99, 100, 123456789, 1234567890, 10**18, 10**20)]
    assert sorted(numbers[::-1], key=sort_key) == numbers
    assert sorted(["10", "9", "a"], key=sort_key) == ["9", "10", "a"]


@given(st.text(), st.text())
def test_equal_keys_mean_equal_text(one: str, two: str) -> None:
    def tidy(text: str) -> str:
        return unicodedata.normalize("NFC", " ".join(text.split()))

    assert (sort_key(one) == sort_key(two)) == (tidy(one) == tidy(two))
    assert "\0" not in sort_key(one) or "\0" in one


@given(st.lists(st.integers(0, 10**30), max_size=6))
def test_numbers_of_any_length_sort_as_numbers(numbers: list[int]) -> None:
    assert [int(text) for text in sorted(map(str, numbers), key=sort_key)] == sorted(numbers)


def test_the_key_orders_bytes_as_it_orders_text() -> None:
    """SQLite compares the UTF-8 bytes."""
    keys = [sort_key(name) for name in [*IN_ORDER, "Жуков", "9", "RF-2026-10", "Ek!"]]
    for one, two in itertools.combinations(keys, 2):
        assert (one < two) == (one.encode() < two.encode())
