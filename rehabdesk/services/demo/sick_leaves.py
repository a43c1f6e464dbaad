"""Sick leave in the demo forum: begun before the case, lowered on the way, ended at the end; and how each plan was answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from rehabdesk.domain.cases import ClosingReason, Employment
from rehabdesk.domain.plan_duty import PlanAnswer, PlanState
from rehabdesk.services import cases, sick_leave
from rehabdesk.services.demo.plan import CasePlan
from rehabdesk.services.demo.timeline import Timeline
from rehabdesk.store.queries import sick_leave as queries
from rehabdesk.store.store import Store

#: Days on sick leave when the case was opened, by case in turn.
_BEFORE = (34, 58, 20, 71, 41, 24, 12, 88, 47, 29)
#: A case opened within so many days is new, and was on sick leave for so many.
_NEW, _BEFORE_NEW = 15, 8
#: Degrees that a whole sick leave is lowered to, by case in turn.
_LOWER = (75, 50, 50, 25)
#: Days after the case was opened on which it is.
_LOWERED_AFTER = (38, 52, 66)
#: Each so many cases had an earlier period, which is joined; has nobody who answered for the plan; tries working.
_EARLIER, _UNANSWERED, _TRYING = 4, 7, 5
_REASONS = {
    PlanAnswer.PLAN: "",
    PlanAnswer.STANDPOINT: "Väntas tillbaka på heltid inom 60 dagar, samma arbetsuppgifter",
    PlanAnswer.EXCEPTION: "Hälsan utesluter en återgång just nu, tas upp igen efter behandlingen",
}
_ANSWERS = (PlanAnswer.PLAN, PlanAnswer.STANDPOINT, PlanAnswer.PLAN, PlanAnswer.PLAN, PlanAnswer.EXCEPTION, PlanAnswer.PLAN)


def opened(store: Store, timeline: Timeline, case: CasePlan, until: date) -> None:
    """When a case is opened its sick leave is written down, and what becomes of it up to `until` is put on the timeline."""
    today, index = timeline.today, case.index
    # The newest has its plan before it, not behind it.
    is_new = (until - today).days < _NEW
    start = today - timedelta(days=_BEFORE_NEW if is_new else _BEFORE[index % len(_BEFORE)])
    employment = _employment(case)
    if employment is not Employment.EMPLOYED:
        cases.set_employment(store, case.case_id, employment)
    if index % _EARLIER == 1:
        sick_leave.add_period(store, case.case_id, start - timedelta(days=62), start - timedelta(days=41), 50)
    sick_leave.add_period(store, case.case_id, start, None, 100)
    lowered = today + timedelta(days=_LOWERED_AFTER[index % len(_LOWERED_AFTER)])
    timeline.at(lowered, 9, 15, _lowering(store, timeline, case))
    if index % _UNANSWERED != _UNANSWERED - 1 and not is_new:
        _plan_answer(store, timeline, case)
    if index % _TRYING == 2 and employment is Employment.EMPLOYED and today >= date(2026, 3, 1):
        timeline.at(today + timedelta(days=20), 9, 45, _trying(store, timeline, case))


def closing(store: Store, case: CasePlan, reason: ClosingReason, today: date) -> None:
    """Whoever is back at work is so before her case is closed."""
    rows = store.read(queries.periods, case.case_id)
    last_day = today - timedelta(days=9)
    if reason is ClosingReason.BACK_AT_WORK and rows and rows[-1].end is None and rows[-1].start <= last_day:
        sick_leave.change_period(store, rows[-1].id, rows[-1].start, last_day, rows[-1].degree)


def _employment(case: CasePlan) -> Employment:
    if case.story["employer"] is None:
        return Employment.UNEMPLOYED
    return Employment.ON_DEMAND if "vikarie" in case.story["key"] else Employment.EMPLOYED


def _plan_answer(store: Store, timeline: Timeline, case: CasePlan) -> None:
    """Answered a few days before its day, or soon after the case was opened where that day had been; then again when it is asked for."""
    duty = store.read(sick_leave.plan_duty, case.case_id, timeline.today)
    if duty.due_on is None:
        return
    first = max(timeline.today + timedelta(days=2), duty.due_on - timedelta(days=4))
    timeline.at(first, 13, 20, _answering(store, timeline, case, _ANSWERS[case.index % len(_ANSWERS)]))
    timeline.at(first + timedelta(days=48), 13, 25, _answering(store, timeline, case, PlanAnswer.PLAN))


def _answering(store: Store, timeline: Timeline, case: CasePlan, answer: PlanAnswer) -> Callable[[], None]:
    def happen() -> None:
        duty = store.read(sick_leave.plan_duty, case.case_id, timeline.today)
        if duty.is_open:
            sick_leave.answer_plan(store, case.case_id, answer, _REASONS[answer], timeline.today)
        elif duty.state is PlanState.ANSWERED and duty.answer.answer is PlanAnswer.EXCEPTION:
            sick_leave.health_improved(store, duty.answer.id, timeline.today)

    return happen


def _lowering(store: Store, timeline: Timeline, case: CasePlan) -> Callable[[], None]:
    def happen() -> None:
        rows = store.read(queries.periods, case.case_id)
        if rows and rows[-1].end is None and rows[-1].start < timeline.today:
            sick_leave.change_period(store, rows[-1].id, rows[-1].start, timeline.today - timedelta(days=1), rows[-1].degree)
            sick_leave.add_period(store, case.case_id, timeline.today, None, _LOWER[case.index % len(_LOWER)])

    return happen


def _trying(store: Store, timeline: Timeline, case: CasePlan) -> Callable[[], None]:
    def happen() -> None:
        start = timeline.today + timedelta(days=4)
        sick_leave.add_trial(store, case.case_id, start, start + timedelta(days=13), timeline.today)

    return happen
