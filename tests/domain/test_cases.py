"""Case numbers, names, and the days a case is opened and closed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.cases import (
    NUMBER,
    ClosingReason,
    KnownPerson,
    case_number,
    problems_with_closing,
    problems_with_name,
    problems_with_opening,
    same_person_again,
    short_name,
)

TODAY = date(2026, 11, 22)
KNOWN = KnownPerson(7, "RF-2026-007", "Åsa Maria", "von Platen", "199006022397")


def codes(problems):
    return [problem.code for problem in problems]


@given(st.from_regex(r"[A-ZÅÄÖ]{1,6}", fullmatch=True), st.integers(2000, 2099), st.integers(1, 12000))
def test_a_number_can_be_read_back(prefix, year, sequence):
    found = NUMBER.match(case_number(prefix, year, sequence))
    assert (found["prefix"], int(found["year"]), int(found["sequence"])) == (prefix, year, sequence)


def test_the_short_name():
    assert (short_name("Maria", "Strandberg"), short_name("Maria", "")) == ("Maria S.", "Maria")
    assert (short_name("Fredrik", "von Sydow-Ek"), short_name("maria", "berg")) == ("Fredrik S.", "maria b.")


@pytest.mark.parametrize(
    ("given_name", "surname", "number", "expected"),
    [
        ("åsa  maria", "VON PLATEN", None, ["case.same_name"]),
        ("Åsa", "Berg", "199006022397", ["case.same_identity_number"]),
        ("Åsa Maria", "von Platen", "199006022397", ["case.same_identity_number"]),
        ("Åsa Maria", "von Platen", "199006032388", []),
        ("Asa Maria", "von Platen", None, []),
        ("", "", None, []),
    ],
)
def test_the_same_person_again(given_name, surname, number, expected):
    assert codes(same_person_again(given_name, surname, number, [KNOWN])) == expected


def test_a_name_is_needed_and_a_protected_identity_has_no_number():
    assert codes(problems_with_name(" ", False, None)) == ["case.name_missing"]
    assert codes(problems_with_name("Alias", True, "199006022397")) == ["case.protected_has_number"]
    assert problems_with_name("Alias", True, None) == problems_with_name("Maria", False, "199006022397") == ()


@pytest.mark.parametrize(
    ("opened", "closed", "expected"),
    [
        (TODAY, None, []),
        (None, None, ["case.opening_day_missing"]),
        (date(2026, 11, 23), None, ["case.opened_in_future"]),
        (date(2026, 5, 2), date(2026, 5, 1), ["case.opened_after_closed"]),
        (date(2026, 5, 1), date(2026, 5, 1), []),
    ],
)
def test_the_day_a_case_is_opened(opened, closed, expected):
    assert codes(problems_with_opening(opened, closed, TODAY)) == expected


@pytest.mark.parametrize(
    ("closed", "reason", "expected"),
    [
        (TODAY, ClosingReason.MOVED, []),
        (None, None, ["case.closing_reason_missing", "case.closing_day_missing"]),
        (date(2026, 4, 30), ClosingReason.MOVED, ["case.closed_before_opened"]),
        (date(2026, 11, 23), ClosingReason.MOVED, ["case.closed_in_future"]),
    ],
)
def test_the_day_a_case_is_closed(closed, reason, expected):
    assert codes(problems_with_closing(closed, date(2026, 5, 1), reason, TODAY)) == expected
