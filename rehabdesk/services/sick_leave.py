"""Sick leave: its periods, the answers to the duty of a plan, work trials; and where somebody stands on the chain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Connection

from rehabdesk.domain.chain_rules import RuleKind
from rehabdesk.domain.plan_duty import (
    SINCE_2018,
    PlanAnswer,
    PlanDuty,
    PlanRule,
    PlanState,
    WhyNoPlan,
    duty_of,
    known_days,
    problems_with_answer,
    problems_with_improvement,
)
from rehabdesk.domain.problems import refuse_if
from rehabdesk.domain.rehab_chain import ChainStanding, Period, Person, chains, current_chain, problems_with_period
from rehabdesk.domain.rehab_chain import standing as chain_standing
from rehabdesk.domain.work_trial import problems_with_trial
from rehabdesk.services.chain_rules import rule_book
from rehabdesk.services.checks import existing, line
from rehabdesk.store.history import Label
from rehabdesk.store.queries import sick_leave as queries
from rehabdesk.store.queries.sick_leave import PeriodRow, PlanDutyRow
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.cases import Case
from rehabdesk.store.tables.sick_leave import PlanAnswerGiven, SickLeavePeriod, WorkTrial

# --- where people stand ---


def standing(connection: Connection, case_id: int, today: date) -> ChainStanding:
    """Where the participant stands on the chain today, what applies and what comes next: `store.read(sick_leave.standing, …)`."""
    periods = [row.as_period() for row in queries.periods(connection, case_id)]
    return chain_standing(periods, queries.person(connection, case_id), rule_book(), today)


def at_a_glance(connection: Connection, case_id: int, today: date) -> tuple[ChainStanding, PlanDuty]:
    """Both at once, where both are shown: her periods are read once."""
    periods = [row.as_period() for row in queries.periods(connection, case_id)]
    person = queries.person(connection, case_id)
    return chain_standing(periods, person, rule_book(), today), _plan_duty(connection, case_id, periods, person, today)


def plan_rule(today: date) -> PlanRule:
    """By which day a plan is due, and for how long an absence, as the rules have it today."""
    rule = rule_book().one(RuleKind.PLAN, today)
    return PlanRule(rule.number("deadline_day"), rule.number("expected_days")) if rule is not None else SINCE_2018


def plan_duty(connection: Connection, case_id: int, today: date) -> PlanDuty:
    """Where the duty of a plan stands in one case."""
    periods = [row.as_period() for row in queries.periods(connection, case_id)]
    return _plan_duty(connection, case_id, periods, queries.person(connection, case_id), today)


def plan_duties(connection: Connection, today: date) -> tuple[PlanDutyRow, ...]:
    """The duty of a plan in every open case where somebody has something to do, by the rules in force."""
    return queries.plan_duties(connection, today, plan_rule(today), rule_book().join_under(today))


# --- periods ---


def add_period(store: Store, case_id: int, start: date | None, end: date | None = None, degree: int | None = 100) -> int:
    """Write down a period of sick leave; without `end` it goes on. Refused over another. Returns its id."""
    with store.write(Label("sick_leave.added")) as writing:
        existing(writing, Case, case_id, "case")
        _refuse_period(writing, start, end, degree, writing.read(queries.periods, case_id))
        period = SickLeavePeriod(case_id=case_id, start=start, end=end, degree=degree)
        writing.session.add(period)
        writing.flush()
        writing.log("sick_leave_changed", "case", case_id)
        return period.id


def change_period(store: Store, period_id: int, start: date | None, end: date | None, degree: int | None) -> None:
    """Correct a period, or write its end."""
    with store.write(Label("sick_leave.changed")) as writing:
        period = existing(writing, SickLeavePeriod, period_id, "sick_leave")
        others = [row for row in writing.read(queries.periods, period.case_id) if row.id != period_id]
        _refuse_period(writing, start, end, degree, others)
        if (period.start, period.end, period.degree) != (start, end, degree):
            period.start, period.end, period.degree = start, end, degree
            writing.log("sick_leave_changed", "case", period.case_id)


def remove_period(store: Store, period_id: int) -> None:
    """Take away a period that was written down by mistake."""
    with store.write(Label("sick_leave.removed")) as writing:
        period = existing(writing, SickLeavePeriod, period_id, "sick_leave")
        writing.session.delete(period)
        writing.log("sick_leave_changed", "case", period.case_id)


# --- the plan by its day ---


def answer_plan(store: Store, case_id: int, answer: PlanAnswer | None, reason: str = "", answered_on: date | None = None) -> int:
    """Say how the duty was met: a plan, a written standpoint or a clear exception, with its reason. Returns the answer's id."""
    reason = line(reason, "reason")
    with store.write(Label("plan_duty.answered")) as writing:
        existing(writing, Case, case_id, "case")
        periods = [row.as_period() for row in writing.read(queries.periods, case_id)]
        chain = current_chain(chains(periods, rule_book()), writing.today)
        refuse_if(problems_with_answer(answer, reason, answered_on, chain, writing.today))
        given = PlanAnswerGiven(
            case_id=case_id, answer=answer, answered_on=answered_on, reason=reason, known_days=known_days(chain, answered_on)
        )
        writing.session.add(given)
        writing.flush()
        writing.log("plan_duty_answered", "case", case_id, answer=answer.value)
        return given.id


def health_improved(store: Store, answer_id: int, improved_on: date | None) -> None:
    """Her health has improved: what stood in the place of a plan holds no longer."""
    with store.write(Label("plan_duty.reopened")) as writing:
        given = existing(writing, PlanAnswerGiven, answer_id, "plan_duty")
        answers = {one.id: one for one in writing.read(queries.plan_answers, given.case_id)}
        refuse_if(problems_with_improvement(answers[answer_id], improved_on, writing.today))
        given.health_improved_on = improved_on
        writing.log("plan_duty_reopened", "case", given.case_id)


def remove_answer(store: Store, answer_id: int) -> None:
    """Take away an answer that was given by mistake."""
    with store.write(Label("plan_duty.removed")) as writing:
        given = existing(writing, PlanAnswerGiven, answer_id, "plan_duty")
        writing.session.delete(given)
        writing.log("plan_duty_removed", "case", given.case_id)


# --- work trials ---


def add_trial(store: Store, case_id: int, start: date | None, end: date | None, notified_on: date | None = None) -> int:
    """Write down a work trial. What the rule says against it warns and refuses nothing. Returns its id."""
    with store.write(Label("work_trial.added")) as writing:
        existing(writing, Case, case_id, "case")
        others = [row.as_trial() for row in writing.read(queries.trials, case_id)]
        refuse_if(problems_with_trial(start, end, notified_on, others, writing.today))
        trial = WorkTrial(case_id=case_id, start=start, end=end, notified_on=notified_on)
        writing.session.add(trial)
        writing.flush()
        writing.log("work_trial_changed", "case", case_id)
        return trial.id


def change_trial(store: Store, trial_id: int, start: date | None, end: date | None, notified_on: date | None) -> None:
    """Correct a work trial, or write when Försäkringskassan was told."""
    with store.write(Label("work_trial.changed")) as writing:
        trial = existing(writing, WorkTrial, trial_id, "work_trial")
        others = [row.as_trial() for row in writing.read(queries.trials, trial.case_id) if row.id != trial_id]
        refuse_if(problems_with_trial(start, end, notified_on, others, writing.today))
        trial.start, trial.end, trial.notified_on = start, end, notified_on
        writing.log("work_trial_changed", "case", trial.case_id)


def remove_trial(store: Store, trial_id: int) -> None:
    """Take away a work trial that was written down by mistake."""
    with store.write(Label("work_trial.removed")) as writing:
        trial = existing(writing, WorkTrial, trial_id, "work_trial")
        writing.session.delete(trial)
        writing.log("work_trial_changed", "case", trial.case_id)


def _plan_duty(connection: Connection, case_id: int, periods: Sequence[Period], person: Person, today: date) -> PlanDuty:
    chain = current_chain(chains(periods, rule_book()), today)
    answers = queries.plan_answers(connection, case_id)
    duty = duty_of(chain, person.employment, answers, today, plan_rule(today))
    if duty.is_open and queries.is_closed(connection, case_id):
        return PlanDuty(PlanState.PASSED, duty.due_on, why_none=WhyNoPlan.CLOSED)
    return duty


def _refuse_period(writing: Writing, start: date | None, end: date | None, degree: int | None, others: Iterable[PeriodRow]) -> None:
    refuse_if(problems_with_period(start, end, degree, [row.as_period() for row in others], writing.today))
