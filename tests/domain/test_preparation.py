"""Which cases are due, and why: each reason by table, the order by property."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.forum import ActionState, Due, Return
from rehabdesk.domain.preparation import CHAIN_WITHIN, LONG_AGO, PLAN_WITHIN, PRESSING, BulkFacts, CaseFacts, DueReason, rank, reasons_for

HELD_ON = date(2026, 11, 24)
OPENED = date(2026, 1, 12)
LAST = date(2026, 10, 27)

days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
maybe_days = st.none() | days
written = days.map(date.isoformat)
bulk = st.builds(
    BulkFacts, st.integers(1, 10**6), written, st.none() | written, st.none() | st.sampled_from([kind.value for kind in Return]),
    st.none() | written, st.none() | st.sampled_from([state.value for state in ActionState]), st.none() | written, st.integers(0, 9),
    st.none() | written, st.none() | written,
)  # fmt: skip
chains = st.none() | st.tuples(days, st.integers(1, 600))


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


def test_the_order_is_the_reason_then_its_day_then_as_they_came():
    opened, last = OPENED.isoformat(), LAST.isoformat()
    waits = BulkFacts(5, opened, last)
    late = BulkFacts(2, opened, last, late_since="2026-11-09", late_count=1)
    same = BulkFacts(3, opened, last, late_since="2026-11-09", late_count=1)
    early = BulkFacts(1, opened, last, late_since="2026-11-01", late_count=1)
    back = BulkFacts(4, opened, last, Return.NEXT_SESSION.value)
    known = [waits, late, same, early, back]
    assert [known[one.place].case_id for one in rank(known, HELD_ON)] == [4, 1, 2, 3, 5]


@given(bulk, chains, maybe_days)
def test_a_case_is_placed_by_the_first_of_its_reasons(row, chain, plan_due):
    by_case = ({row.case_id: chain} if chain else {}), ({row.case_id: plan_due} if plan_due else {})
    (found,) = rank([row], HELD_ON, *by_case)
    assert found.due is reasons_for(row.facts(chain, plan_due), HELD_ON)[0].due


@given(st.lists(bulk, max_size=20))
def test_every_case_is_ranked_once_in_the_order_of_its_reason_and_day(cases):
    ranked = rank(cases, HELD_ON)
    assert sorted(one.place for one in ranked) == list(range(len(cases)))
    firsts = [reasons_for(cases[one.place].facts(None, None), HELD_ON)[0] for one in ranked]
    order = [(tuple(Due).index(first.due), first.on or date.max) for first in firsts]
    assert order == sorted(order)
