"""The plan by day 30: by table, and that an answer holds until the absence grows or health improves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.cases import Employment
from rehabdesk.domain.plan_duty import GivenAnswer, PlanAnswer, PlanState, WhyNoPlan, WhyReopened, duty_of, known_days
from rehabdesk.domain.rehab_chain import Chain, Period, chains, current_chain
from tests.helpers.chain import shipped_book, sick_leaves

BEGAN = date(2026, 8, 3)
DAY_30 = date(2026, 9, 1)
ON = Chain((Period(BEGAN, None),))
BOOK = shipped_book()


def given_on(answer: PlanAnswer, on: date, chain: Chain = ON, improved: date | None = None) -> GivenAnswer:
    return GivenAnswer(1, answer, on, "skäl", known_days(chain, on), improved)


@pytest.mark.parametrize(
    ("today", "state", "left"),
    [
        (BEGAN, PlanState.WAITING, 29), (date(2026, 8, 31), PlanState.WAITING, 1), (DAY_30, PlanState.WAITING, 0),
        (date(2026, 9, 2), PlanState.LATE, -1), (date(2026, 10, 1), PlanState.LATE, -30),
    ],
)  # fmt: skip
def test_it_is_due_on_day_thirty_itself(today, state, left):
    duty = duty_of(ON, Employment.EMPLOYED, (), today)
    assert (duty.state, duty.due_on, duty.days_left, duty.is_certain) == (state, DAY_30, left, True)


@pytest.mark.parametrize(
    ("today", "pressing"), [(date(2026, 8, 17), False), (date(2026, 8, 18), True), (DAY_30, True), (date(2026, 12, 1), True)]
)
def test_it_is_on_idag_a_fortnight_before_and_until_it_is_answered(today, pressing):
    assert duty_of(ON, Employment.EMPLOYED, (), today).is_pressing() is pressing


def test_days_between_periods_move_it():
    chain = Chain((Period(BEGAN, BEGAN + timedelta(days=9)), Period(BEGAN + timedelta(days=30), None)))
    assert duty_of(chain, Employment.EMPLOYED, (), BEGAN + timedelta(days=35)).due_on == DAY_30 + timedelta(days=20)


@pytest.mark.parametrize(
    ("chain", "employment", "today", "state", "why"),
    [
        (None, Employment.EMPLOYED, BEGAN, PlanState.NONE, WhyNoPlan.NO_SICK_LEAVE),
        (ON, Employment.UNEMPLOYED, BEGAN, PlanState.NONE, WhyNoPlan.NO_EMPLOYER),
        (ON, Employment.SELF_EMPLOYED, BEGAN, PlanState.NONE, WhyNoPlan.NO_EMPLOYER),
        (ON, Employment.ON_DEMAND, BEGAN, PlanState.WAITING, None),
        (Chain((Period(BEGAN, date(2026, 8, 31)),)), Employment.EMPLOYED, date(2026, 9, 5), PlanState.NONE, WhyNoPlan.TOO_SHORT),
        (Chain((Period(BEGAN, DAY_30),)), Employment.EMPLOYED, date(2026, 9, 5), PlanState.PASSED, WhyNoPlan.ENDED),
    ],
)
def test_who_owes_none(chain, employment, today, state, why):
    duty = duty_of(chain, employment, (), today)
    assert (duty.state, duty.why_none) == (state, why)


def test_a_sick_leave_not_written_down_so_far_says_if():
    duty = duty_of(Chain((Period(BEGAN, date(2026, 8, 20)),)), Employment.EMPLOYED, (), date(2026, 8, 18))
    assert (duty.state, duty.due_on, duty.is_certain) == (PlanState.WAITING, DAY_30, False)


@pytest.mark.parametrize(
    ("answer", "day", "state"),
    [
        (PlanAnswer.PLAN, 200, PlanState.ANSWERED), (PlanAnswer.EXCEPTION, 200, PlanState.ANSWERED),
        (PlanAnswer.STANDPOINT, 60, PlanState.ANSWERED), (PlanAnswer.STANDPOINT, 61, PlanState.REOPENED), (PlanAnswer.STANDPOINT, 90, PlanState.REOPENED),
    ],
)  # fmt: skip
def test_a_standpoint_ends_when_absence_grows_past_sixty_days(answer, day, state):
    today = BEGAN + timedelta(days=day - 1)
    duty = duty_of(ON, Employment.EMPLOYED, [given_on(answer, date(2026, 8, 20))], today)
    assert duty.state is state
    if state is PlanState.REOPENED:
        assert (duty.why_reopened, duty.due_on) == (WhyReopened.ABSENCE_GREW, BEGAN + timedelta(days=60))
        assert duty.is_pressing()


def test_a_longer_certificate_reopens_at_once():
    short = Chain((Period(BEGAN, date(2026, 9, 10)),))
    answer = given_on(PlanAnswer.STANDPOINT, date(2026, 8, 20), short)
    longer = Chain((Period(BEGAN, date(2026, 12, 31)),))
    assert duty_of(short, Employment.EMPLOYED, [answer], date(2026, 8, 25)).state is PlanState.ANSWERED
    duty = duty_of(longer, Employment.EMPLOYED, [answer], date(2026, 8, 25))
    assert (duty.state, duty.due_on) == (PlanState.REOPENED, date(2026, 8, 25))


def test_a_standpoint_given_when_sixty_days_were_past_holds():
    answer = given_on(PlanAnswer.STANDPOINT, date(2026, 11, 1))
    assert duty_of(ON, Employment.EMPLOYED, [answer], date(2026, 12, 1)).state is PlanState.ANSWERED


@pytest.mark.parametrize("answer", [PlanAnswer.STANDPOINT, PlanAnswer.EXCEPTION])
def test_better_health_reopens_until_there_is_a_newer_answer(answer):
    first = given_on(answer, date(2026, 8, 20), improved=date(2026, 9, 10))
    duty = duty_of(ON, Employment.EMPLOYED, [first], date(2026, 9, 12))
    assert (duty.state, duty.why_reopened, duty.days_left) == (PlanState.REOPENED, WhyReopened.HEALTH_IMPROVED, -2)
    plan = GivenAnswer(2, PlanAnswer.PLAN, date(2026, 9, 12))
    assert duty_of(ON, Employment.EMPLOYED, [first, plan], date(2026, 9, 12)).state is PlanState.ANSWERED


def test_a_new_chain_asks_anew():
    old = GivenAnswer(1, PlanAnswer.PLAN, date(2026, 2, 1))
    assert duty_of(ON, Employment.EMPLOYED, [old], DAY_30).state is PlanState.WAITING


def test_after_the_last_day_nothing_is_asked_for_again():
    ended = Chain((Period(BEGAN, date(2026, 11, 1)),))
    answer = GivenAnswer(1, PlanAnswer.STANDPOINT, date(2026, 8, 20), "skäl", 18)
    assert duty_of(ended, Employment.EMPLOYED, [answer], date(2026, 11, 2)).state is PlanState.ANSWERED


@given(sick_leaves(), st.sampled_from(PlanAnswer), st.integers(0, 400), st.integers(0, 400))
def test_an_answer_is_open_again_only_for_a_reason(periods, answer, after, later):
    every = chains(periods, BOOK)
    chain = every[-1]
    answered_on = chain.start + timedelta(days=after)
    today = answered_on + timedelta(days=later)
    given_answer = given_on(answer, answered_on, chain)
    duty = duty_of(current_chain(every, today), Employment.EMPLOYED, [given_answer], today)
    grew = given_answer.known_days <= 60 < known_days(chain, today)
    is_sick_or_will_be = chain.end is None or chain.end >= today
    assert duty.is_open is (answer is PlanAnswer.STANDPOINT and grew and is_sick_or_will_be)


@given(sick_leaves(), st.dates(date(2019, 1, 1), date(2029, 1, 1)))
def test_the_thirtieth_sick_day_is_the_last(periods, today):
    chain = current_chain(chains(periods, BOOK), today)
    duty = duty_of(chain, Employment.EMPLOYED, (), today)
    if duty.is_open:
        assert chain.forecast_day_on(duty.due_on) == 30
        assert (duty.state is PlanState.LATE) is (today > duty.due_on)
        assert duty.days_left == (duty.due_on - today).days
