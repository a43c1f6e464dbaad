"""What a consent covers, and where a whole case stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.consent import (
    FORM_ENDS,
    NEXT_FORM_STATES,
    CaseConsent,
    Consent,
    ConsentStanding,
    FormState,
    HowGiven,
    InformationKind,
    Terms,
    case_consent,
    covered_until,
    days_waiting,
    kinds_covered,
    parties_covered,
    parties_hearing,
    problems_with_consent,
    proposed_end,
)

TODAY = date(2026, 11, 22)
MEASURES = frozenset({InformationKind.PLANNED_MEASURES})
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
CONSENTS = st.builds(
    lambda party, start, length, kinds, withdrawn: Consent(1, party, start, start + timedelta(days=length), frozenset(kinds), withdrawn),
    st.integers(1, 3), DAYS, st.integers(0, 365), st.sets(st.sampled_from(InformationKind)), st.none() | DAYS,
)


def one(party=1, start=TODAY, end=date(2027, 11, 21), withdrawn=None, kinds=MEASURES):
    return Consent(1, party, start, end, kinds, withdrawn)


@pytest.mark.parametrize(
    ("start", "end", "withdrawn", "live"),
    [
        (TODAY, TODAY, None, True),
        (TODAY + timedelta(days=1), date(2027, 1, 1), None, False),
        (date(2026, 1, 1), TODAY - timedelta(days=1), None, False),
        (date(2026, 1, 1), TODAY, TODAY, False),
        (date(2026, 1, 1), date(2027, 1, 1), date(2026, 2, 1), False),
    ],
)
def test_a_consent_holds_from_its_first_day_to_its_last_unless_withdrawn(start, end, withdrawn, live):
    consents = [one(start=start, end=end, withdrawn=withdrawn)]
    assert (kinds_covered(consents, 1, 1, TODAY) == MEASURES) is live
    assert (parties_covered(consents, 1, TODAY) == {1}) is live
    assert kinds_covered(consents, 2, 1, TODAY) == kinds_covered(consents, 1, 2, TODAY) == frozenset()


@pytest.mark.parametrize(
    ("consents", "standing", "on"),
    [
        ([], ConsentStanding.MISSING, None),
        ([one(kinds=frozenset())], ConsentStanding.MISSING, None),
        ([one()], ConsentStanding.LIVE, date(2027, 11, 21)),
        ([one(end=date(2026, 12, 22))], ConsentStanding.RUNNING_OUT, date(2026, 12, 22)),
        ([one(end=date(2026, 12, 23))], ConsentStanding.LIVE, date(2026, 12, 23)),
        ([one(), one(party=2, end=date(2026, 12, 1))], ConsentStanding.RUNNING_OUT, date(2026, 12, 1)),
        ([one(end=date(2026, 12, 1)), one(end=date(2027, 3, 1))], ConsentStanding.LIVE, date(2027, 3, 1)),
        ([one(start=date(2026, 12, 1))], ConsentStanding.NOT_BEGUN, date(2026, 12, 1)),
        ([one(start=date(2025, 1, 1), end=date(2025, 12, 31))], ConsentStanding.RUN_OUT, date(2025, 12, 31)),
        ([one(withdrawn=TODAY)], ConsentStanding.WITHDRAWN, TODAY),
        ([one(withdrawn=TODAY), one(party=2)], ConsentStanding.LIVE, date(2027, 11, 21)),
        ([one(start=date(2025, 1, 1), end=date(2025, 12, 31)), one(withdrawn=TODAY)], ConsentStanding.WITHDRAWN, TODAY),
    ],
)
def test_one_word_for_the_consent_of_a_case(consents, standing, on):
    assert case_consent(consents, TODAY) == CaseConsent(standing, on)


@given(st.lists(CONSENTS, max_size=6), DAYS)
def test_the_word_says_live_exactly_when_some_party_is_covered(consents, today):
    covered = parties_covered(consents, 1, today)
    assert (case_consent(consents, today).standing in (ConsentStanding.LIVE, ConsentStanding.RUNNING_OUT)) is bool(covered)
    for party in range(1, 4):
        assert bool(kinds_covered(consents, 1, party, today)) is (party in covered)


@pytest.mark.parametrize(
    ("start", "end"),
    [(TODAY, date(2027, 11, 21)), (date(2028, 2, 29), date(2029, 2, 28)), (date(2028, 3, 1), date(2029, 2, 28)), (date(2027, 1, 1), date(2027, 12, 31))],
)
def test_twelve_months_are_proposed(start, end):
    assert proposed_end(start) == end


@given(DAYS)
def test_what_is_proposed_is_never_refused(start):
    assert problems_with_consent({1: MEASURES}, Terms(start, proposed_end(start))) == ()


@pytest.mark.parametrize(
    ("kinds", "terms", "codes"),
    [
        ({}, Terms(TODAY, TODAY), ["consent.party_missing"]),
        ({1: MEASURES, 2: frozenset()}, Terms(TODAY, TODAY), ["consent.kind_missing"]),
        ({1: MEASURES}, Terms(None, None), ["consent.from_missing", "consent.until_missing"]),
        ({1: MEASURES}, Terms(TODAY, TODAY - timedelta(days=1)), ["consent.ends_before_it_starts"]),
        ({1: MEASURES}, Terms(TODAY, date(2027, 11, 23)), ["consent.longer_than_a_year"]),
        ({1: MEASURES}, Terms(TODAY, TODAY, how_given=HowGiven.ORAL, note="  "), ["consent.note_missing"]),
        ({1: MEASURES}, Terms(TODAY, TODAY, how_given=HowGiven.ORAL, note="i telefon 22/11"), []),
    ],
)
def test_what_stands_in_the_way_of_a_consent(kinds, terms, codes):
    assert [problem.code for problem in problems_with_consent(kinds, terms)] == codes


@given(st.lists(CONSENTS, max_size=6), DAYS)
def test_the_grid_says_of_every_party_and_kind_what_the_rule_says_and_until_when(consents, today):
    grid = covered_until(consents, today)
    for party in range(1, 4):
        assert {kind for known, kind in grid if known == party} == kinds_covered(consents, 1, party, today)
        assert (party in parties_hearing(consents, 1, today)) is ((party, InformationKind.PLANNED_MEASURES) in grid)
    for (party, kind), until in grid.items():
        assert kind in kinds_covered(consents, 1, party, until)
        assert until >= today


def test_who_is_covered_of_something_else_than_what_is_said_at_the_table_does_not_hear_it():
    consents = [one(kinds=frozenset({InformationKind.SICK_LEAVE})), one(party=2)]
    assert parties_covered(consents, 1, TODAY) == {1, 2}
    assert parties_hearing(consents, 1, TODAY) == {2}


def test_a_form_that_is_done_with_stays_so():
    assert all(not NEXT_FORM_STATES[state] for state in FORM_ENDS)
    assert set(NEXT_FORM_STATES) == set(FormState)
    assert days_waiting(date(2026, 11, 1), TODAY) == 21
    assert days_waiting(None, TODAY) == days_waiting(TODAY + timedelta(days=1), TODAY) == 0
