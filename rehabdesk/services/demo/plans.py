"""Action plans in the demo forum: made after a case's first meeting, agreed, evaluated three months later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from rehabdesk.domain.plans import GoalResult, PlanDay, PlanFlag, PlanText
from rehabdesk.services import plans
from rehabdesk.services.demo.content import Json, working_day
from rehabdesk.services.demo.plan import CasePlan
from rehabdesk.services.demo.timeline import Timeline
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import plans as queries
from rehabdesk.store.store import Store

#: Days from the meeting to the plan, and from the plan to its evaluation.
_MADE_AFTER, _EVALUATED_AFTER = 3, (63, 84, 49)
#: Each so many cases is still without a plan, to show what is missing.
_WITHOUT = 5

#: Beginnings of words that tell what sort of step an action is.
_SORTS = (
    ("avstämningsmöte", "authorities"), ("schema", "adaptation"), ("anpass", "adaptation"), ("hjälpmedel", "work_aids"),
    ("arbetsträning", "work_training"), ("halvdag", "work_training"), ("pröv", "work_training"), ("placering", "redeployment"),
    ("omplacering", "redeployment"), ("utbildning", "training"), ("kurs", "training"), ("buller", "occupational_health"),
    ("funktionsbedömning", "care_coordination"), ("budget", "social"), ("samtal", "talks"),
)  # fmt: skip


def after_meeting(store: Store, timeline: Timeline, source: Json, case: CasePlan, turn: int) -> None:
    """After the first of a case's meetings its plan is made, a few days later."""
    if turn == 0 and case.index % _WITHOUT != _WITHOUT - 1:
        day = working_day(timeline.today + timedelta(days=_MADE_AFTER))
        timeline.at(day, 10, 15, _making(store, timeline, source, case))


def _making(store: Store, timeline: Timeline, source: Json, case: CasePlan) -> Callable[[], None]:
    def happen() -> None:
        written = _written(source, case)
        for field in (PlanText.OWN_GOAL, PlanText.PRESENT_WORK, PlanText.CAN_DO, PlanText.CANNOT_DO):
            plans.change_text(store, case.case_id, field, written[field.value])
        plans.set_flag(store, case.case_id, PlanFlag.GOAL_FOR_TABLE, written["for_table"])
        goals = [plans.add_goal(store, case.case_id, text) for text in written["goals"]]
        for place, step in enumerate(store.read(queries.current, case.case_id).steps):
            plans.set_step_goal(store, step.id, goals[place % len(goals)])
            plans.set_step_category(store, step.id, _sort_of(step.what))
        evaluated = working_day(timeline.today + timedelta(days=_EVALUATED_AFTER[case.index % 3]))
        plans.set_day(store, case.case_id, PlanDay.EVALUATE_ON, evaluated)
        row = store.read(case_queries.case, case.case_id, timeline.today)
        plans.set_responsible(store, case.case_id, row.employer_contact_id)
        took_part = case.index % 4 != 3
        plans.set_took_part(store, case.case_id, took_part)
        if not took_part:
            plans.change_text(store, case.case_id, PlanText.WHY_NOT, source["why_not"])
        plans.agree(store, case.case_id)
        # The fresher ones wait for the coordinator a day or two past their day.
        timeline.at(evaluated + timedelta(days=case.index % 3), 15, 0, _evaluating(store, source, case))

    return happen


def _evaluating(store: Store, source: Json, case: CasePlan) -> Callable[[], None]:
    def happen() -> None:
        results = (GoalResult.MET, GoalResult.PARTLY, GoalResult.MET, GoalResult.NOT)
        for place, goal in enumerate(store.read(queries.current, case.case_id).goals):
            result = results[(case.index + place) % len(results)]
            plans.set_result(store, goal.id, result)
            plans.change_comment(store, goal.id, source["comments"][result.value])
        plans.end(store, case.case_id)

    return happen


def _written(source: Json, case: CasePlan) -> Json:
    employer = case.story["employer"]
    fitting = [plan for plan in source["plans"] if employer in plan["employers"]]
    return (fitting or source["plans"][-1:])[0]


def _sort_of(what: str) -> str:
    told = what.casefold()
    return next((code for word, code in _SORTS if word in told), "")
