"""Which cases are due, and why: each reason by table, the order by property."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.forum import Due, Return
from rehabdesk.domain.preparation import CHAIN_WITHIN, LONG_AGO, PLAN_WITHIN, PRESSING, CaseFacts, DueReason, rank, reasons_for

HELD_ON = date(2026, 11, 24)
OPENED = date(2026, 1, 12)
LAST = date(2026, 10, 27)

days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
maybe_days = st.none() | days
facts = st.builds(
    CaseFacts, st.integers(1, 10**6), days, maybe_days, st.none() | st.sampled_from(Return), maybe_days, st.booleans(), maybe_days,
    st.integers(0, 9), maybe_days, st.integers(1, 600), maybe_days, maybe_days, maybe_days,
)  # fmt: skip


def case(**known) -> CaseFacts:
    return CaseFacts(1, OPENED, **{"last_on": LAST, **known})


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"returns": Return.DATE, "return_on": HELD_ON}, DueReason(Due.RETURNS, HELD_ON)),
        ({"returns": Return.NEXT_SESSION}, DueReason(Due.RETURNS)),
        ({"returns": Return.ACTION_DONE, "is_action_done": True}, DueReason(Due.RETURNS)),
        ({"chain_on": HELD_ON + timedelta(CHAIN_WITHIN), "chain_day": 91}, DueReason(Due.CHAIN, HELD_ON + timedelta(CHAIN_WITHIN), 91)),
        ({"plan_due": HELD_ON + timedelta(PLAN_WITHIN)}, DueReason(Due.PLAN, HELD_ON + timedelta(PLAN_WITHIN))),
        ({"late_since": LAST, "late_count": 2}, DueReason(Due.LATE_ACTION, LAST, 2)),
        ({"evaluate_on": HELD_ON}, DueReason(Due.EVALUATION, HELD_ON)),
        ({"consent_since": LAST + timedelta(1)}, DueReason(Due.NEW_CONSENT, LAST + timedelta(1))),
        ({"last_on": None}, DueReason(Due.NEVER, OPENED)),
        ({"last_on": HELD_ON - timedelta(LONG_AGO)}, DueReason(Due.LONG_AGO, HELD_ON - timedelta(LONG_AGO), LONG_AGO)),
    ],
)
def test_each_reason_presses_by_itself(known, reason):
    assert reasons_for(case(**known), HELD_ON) == (reason,)


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"returns": Return.DATE, "return_on": HELD_ON + timedelta(1)}, Due.LATER),
        ({"returns": Return.ACTION_DONE}, Due.NO_DATE),
        ({"returns": Return.NOT_AT_ALL}, Due.NO_DATE),
        ({"chain_on": HELD_ON + timedelta(CHAIN_WITHIN + 1)}, Due.NO_DATE),
        ({"plan_due": HELD_ON + timedelta(PLAN_WITHIN + 1)}, Due.NO_DATE),
        ({"evaluate_on": HELD_ON + timedelta(PLAN_WITHIN + 1)}, Due.NO_DATE),
        ({"consent_since": LAST}, Due.NO_DATE),
        ({"last_on": HELD_ON - timedelta(LONG_AGO - 1)}, Due.NO_DATE),
    ],
)
def test_what_is_not_due_waits(known, reason):
    (only,) = reasons_for(case(**known), HELD_ON)
    assert only.due is reason and only.due not in PRESSING


def test_all_reasons_are_kept_the_strongest_first():
    found = reasons_for(case(returns=Return.NEXT_SESSION, late_since=LAST, late_count=1, evaluate_on=HELD_ON), HELD_ON)
    assert [reason.due for reason in found] == [Due.RETURNS, Due.LATE_ACTION, Due.EVALUATION]


def test_the_order_is_the_reason_then_its_day_then_what_more_there_is():
    early = CaseFacts(1, OPENED, LAST, late_since=date(2026, 11, 1), late_count=1)
    late = CaseFacts(2, OPENED, LAST, late_since=date(2026, 11, 9), late_count=1)
    more = CaseFacts(3, OPENED, LAST, late_since=date(2026, 11, 9), late_count=1, evaluate_on=HELD_ON)
    back = CaseFacts(4, OPENED, LAST, Return.NEXT_SESSION)
    waits = CaseFacts(5, OPENED, LAST)
    assert [one.case_id for one in rank([waits, late, more, early, back], HELD_ON)] == [4, 1, 3, 2, 5]


@given(st.lists(facts, max_size=20))
def test_every_case_is_ranked_once_with_a_reason(cases):
    ranked = rank(cases, HELD_ON)
    assert sorted(one.case_id for one in ranked) == sorted(one.case_id for one in cases)
    assert all(one.reasons for one in ranked)
    places = [tuple(Due).index(one.reasons[0].due) for one in ranked]
    assert places == sorted(places)
    pressing = [one.is_pressing for one in ranked]
    assert pressing == sorted(pressing, reverse=True)
