"""Case numbers, names, and the days a case is opened and closed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.cases import (
    NUMBER,
    ClosingReason,
    FollowUpOutcome,
    GoalsOutcome,
    KnownPerson,
    case_number,
    follow_up_days,
    goals_together,
    months_after,
    problems_with_closing,
    problems_with_follow_up,
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


@pytest.mark.parametrize(
    ("closed", "due"),
    [
        (date(2026, 5, 22), (date(2026, 11, 22), date(2027, 5, 22))),
        (date(2026, 8, 31), (date(2027, 2, 28), date(2027, 8, 31))),
        (date(2027, 8, 30), (date(2028, 2, 29), date(2028, 8, 30))),
        (date(2028, 2, 29), (date(2028, 8, 29), date(2029, 2, 28))),
    ],
)
def test_it_is_asked_how_it_went_after_half_a_year_and_a_year(closed, due):
    assert tuple(day for _, day in follow_up_days(closed, ClosingReason.BACK_AT_WORK)) == due


@pytest.mark.parametrize("reason", [ClosingReason.CONSENT_WITHDRAWN, ClosingReason.MOVED])
def test_nobody_is_asked_who_took_the_consent_back_or_moved(reason):
    assert follow_up_days(date(2026, 5, 22), reason) == ()


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 48))
def test_some_months_later_is_in_that_month_and_never_a_later_day(day, months):
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day and (later.day == day.day or (later + timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    ("results", "together"),
    [
        ((), None), (("met",), GoalsOutcome.MET), (("met", "met"), GoalsOutcome.MET), (("not", "not"), GoalsOutcome.NOT),
        (("met", "not"), GoalsOutcome.PARTLY), (("partly", "met"), GoalsOutcome.PARTLY), (("met", None), None),
    ],
)
def test_the_goals_of_a_plan_taken_together(results, together):
    assert goals_together(results) is together


@pytest.mark.parametrize(
    ("outcome", "done_on", "expected"),
    [
        (None, None, ["follow_up.outcome_missing", "follow_up.day_missing"]),
        (FollowUpOutcome.IN_WORK, date(2026, 11, 23), ["follow_up.in_future"]),
        (FollowUpOutcome.IN_WORK, date(2026, 4, 1), ["follow_up.before_closing"]),
        (FollowUpOutcome.NOT_REACHED, date(2026, 11, 22), []),
    ],
)
def test_a_follow_up_is_answered_on_a_day_after_the_end(outcome, done_on, expected):
    found = problems_with_follow_up(outcome, done_on, date(2026, 5, 22), date(2026, 11, 22))
    assert codes(found) == expected
