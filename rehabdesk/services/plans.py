"""Action plans: typed, agreed, handed out, evaluated. Their steps are actions, the same rows that the forum sees.

What is agreed, handed out or evaluated is kept as a version (`domain.plans`), which no undo reaches.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select

from rehabdesk.domain.forum import ActionEventKind, ActionState
from rehabdesk.domain.hand_outs import FILE, Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.parties import PartyKind
from rehabdesk.domain.plans import (
    FreezingReason,
    GoalResult,
    PlanContent,
    PlanDay,
    PlanFlag,
    PlanState,
    PlanText,
    canonical,
    next_version,
    problems_before_agreeing,
    problems_before_ending,
    problems_with_days,
)
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.domain.protected import problems_with_present_work
from rehabdesk.services import papers
from rehabdesk.services.checks import existing, prose, required
from rehabdesk.services.forum.actions import NewAction, set_who
from rehabdesk.services.step_categories import step_category
from rehabdesk.store.history import Label
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import plans as queries
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.cases import Case
from rehabdesk.store.tables.forum import Action, ActionEvent
from rehabdesk.store.tables.parties import Contact, Party
from rehabdesk.store.tables.plans import ActionPlan, PlanGoal, PlanVersion

@dataclass(frozen=True, slots=True)
class StepPlace:
    """Where a step belongs: the goal that it leads to, or none, and what sort of step it is."""

    goal_id: int | None = None
    category: str = ""


# --- What the plan says ---


def change_text(store: Store, case_id: int, field: PlanText, text: str) -> None:
    """Keep what was typed in one of the plan's texts; the first word makes the plan."""
    text = prose(text, field)
    with store.write(Label("plan.changed"), merge_key=("plan", case_id, field)) as writing:
        if field is PlanText.PRESENT_WORK:
            refuse_if(problems_with_present_work(bool(writing.read(case_queries.protected_cases, (case_id,))), text))
        setattr(_open_plan(writing, case_id), field.value, text)


def set_day(store: Store, case_id: int, field: PlanDay, day: date | None) -> None:
    """By when the plan is done, or when it is evaluated."""
    with store.write(Label("plan.changed")) as writing:
        plan = _open_plan(writing, case_id)
        setattr(plan, field.value, day)
        refuse_if(problems_with_days(plan.done_by, plan.evaluate_on, plan.made_on))


def set_flag(store: Store, case_id: int, field: PlanFlag, ticked: bool) -> None:
    """Whether her own goal is for the table too, and whether the union signs. Whether the goal was shown is logged."""
    with store.write(Label("plan.changed")) as writing:
        plan = _open_plan(writing, case_id)
        setattr(plan, field.value, ticked)
        if field is PlanFlag.GOAL_FOR_TABLE:
            writing.log("own_goal_for_table" if ticked else "own_goal_hers_again", "action_plan", plan.id, case=case_id)


def set_took_part(store: Store, case_id: int, took_part: bool | None) -> None:
    """Whether the participant took part in making the plan."""
    with store.write(Label("plan.changed")) as writing:
        _open_plan(writing, case_id).participant_took_part = took_part


def set_responsible(store: Store, case_id: int, contact_id: int | None) -> None:
    """Who holds the plan together at the table."""
    with store.write(Label("plan.changed")) as writing:
        if contact_id is not None:
            _refuse_workplace(writing, case_id, existing(writing, Contact, contact_id, "contact"))
        _open_plan(writing, case_id).responsible_contact_id = contact_id


# --- Goals ---


def add_goal(store: Store, case_id: int, text: str) -> int:
    """Add a goal last; returns its id."""
    text = prose(text, "goal")
    with store.write(Label("plan.goal_added")) as writing:
        plan = _open_plan(writing, case_id)
        last = writing.session.scalar(select(func.max(PlanGoal.position)).where(PlanGoal.plan_id == plan.id))
        goal = PlanGoal(plan_id=plan.id, position=(last or 0) + 1, text=text)
        writing.session.add(goal)
        writing.flush()
        return goal.id


def change_goal(store: Store, goal_id: int, text: str) -> None:
    """Keep what was typed in a goal."""
    text = prose(text, "goal")
    with store.write(Label("plan.goal_changed"), merge_key=("plan_goal", goal_id)) as writing:
        _goal_of_open_plan(writing, goal_id).text = text


def move_goal(store: Store, goal_id: int, place: int) -> None:
    """Put a goal at another place among the goals; 0 is first."""
    with store.write(Label("plan.goal_moved")) as writing:
        goal = _goal_of_open_plan(writing, goal_id)
        order = list(_goals(writing, goal.plan_id))
        order.remove(goal)
        order.insert(max(0, min(place, len(order))), goal)
        for position, each in enumerate(order, start=1):
            each.position = position


def remove_goal(store: Store, goal_id: int) -> None:
    """Take a goal away. Its steps stay: they are actions."""
    with store.write(Label("plan.goal_removed")) as writing:
        goal = _goal_of_open_plan(writing, goal_id)
        for step in writing.session.scalars(select(Action).where(Action.plan_goal_id == goal_id)):
            step.plan_goal_id = None
        writing.flush()
        writing.session.delete(goal)


def set_result(store: Store, goal_id: int, result: GoalResult | None) -> None:
    """The evaluation of one goal: met, partly, not, or not evaluated yet."""
    with store.write(Label("plan.goal_evaluated")) as writing:
        _goal_of_open_plan(writing, goal_id).result = result


def change_comment(store: Store, goal_id: int, text: str) -> None:
    """Keep what was typed about how a goal went."""
    text = prose(text, "comment")
    with store.write(Label("plan.goal_evaluated"), merge_key=("plan_goal_comment", goal_id)) as writing:
        _goal_of_open_plan(writing, goal_id).comment = text


# --- Steps ---


def add_step(store: Store, case_id: int, new: NewAction, place: StepPlace = StepPlace()) -> int:
    """Add a step: an action of the case, open at its next meeting. Returns its id."""
    with store.write(Label("plan.step_added")) as writing:
        return step_added(writing, case_id, new, place)


def step_added(writing: Writing, case_id: int, new: NewAction, place: StepPlace = StepPlace()) -> int:
    """A step more, inside a write; its id."""
    what = required(new.what, "action.what_missing", "what")
    _open_plan(writing, case_id)
    _refuse_goal_of_another(writing, case_id, place.goal_id)
    case = existing(writing, Case, case_id, "case")
    action = Action(
        series_id=case.series_id, case_id=case_id, plan_goal_id=place.goal_id, category=_known(place.category), what=what,
        due_on=new.due_on, created_on=writing.today,
    )  # fmt: skip
    set_who(writing, action, new)
    writing.session.add(action)
    writing.flush()
    writing.session.add(ActionEvent(action_id=action.id, kind=ActionEventKind.CREATED, on=writing.today, due_after=action.due_on))
    return action.id


def keep_unfinished_step(store: Store, case_id: int, text: str) -> None:
    """Keep the line of a step as far as it is written: it survives the power going. No undo step, as nothing was decided."""
    text = prose(text, "step")
    with store.write(Label("plan.step_changed"), undoable=False) as writing:
        if text or writing.read(queries.current, case_id) is not None:
            _open_plan(writing, case_id).unfinished_step = text


def change_step(store: Store, action_id: int, new: NewAction, place: StepPlace | None = None) -> None:
    """Reword a step, say who answers for it, or put it elsewhere. A date that stands on a paper is moved with its reason instead."""
    what = required(new.what, "action.what_missing", "what")
    with store.write(Label("plan.step_changed"), merge_key=("action", action_id)) as writing:
        action = _open_step(writing, action_id)
        if new.due_on != action.due_on and _is_kept(writing, action):
            raise Refused(Problem("plan.date_needs_reason", "due_on"))
        set_who(writing, action, new)
        action.what, action.due_on = what, new.due_on
        if place is not None:
            _refuse_goal_of_another(writing, action.case_id, place.goal_id)
            action.plan_goal_id, action.category = place.goal_id, _known(place.category)


def set_step_goal(store: Store, action_id: int, goal_id: int | None) -> None:
    """Which goal a step leads to, or none."""
    with store.write(Label("plan.step_changed")) as writing:
        action = existing(writing, Action, action_id, "action")
        if goal_id is not None:
            _goal_of_open_plan(writing, goal_id)
        _refuse_goal_of_another(writing, action.case_id, goal_id)
        action.plan_goal_id = goal_id


def set_step_category(store: Store, action_id: int, category: str) -> None:
    """What sort of step it is, by code; empty for none."""
    with store.write(Label("plan.step_changed")) as writing:
        existing(writing, Action, action_id, "action").category = _known(category)


def remove_step(store: Store, action_id: int) -> None:
    """Take away a step that nobody has been given on paper nor heard at a meeting; any other is closed instead."""
    with store.write(Label("plan.step_removed")) as writing:
        action = existing(writing, Action, action_id, "action")
        spoken_of = action.item_id is not None or writing.session.scalar(
            select(func.count(ActionEvent.id)).where(ActionEvent.action_id == action_id, ActionEvent.item_id.is_not(None))
        )
        refuse_if([Problem("plan.step_is_known")] if spoken_of or _is_kept(writing, action) else [])
        for event in writing.session.scalars(select(ActionEvent).where(ActionEvent.action_id == action_id)):
            writing.session.delete(event)
        writing.flush()
        writing.session.delete(action)


# --- Versions ---


def agree(store: Store, case_id: int) -> int:
    """Everybody is agreed on the plan as it stands: it is kept as a version, whose number is returned.

    Refused like its papers while another participant's name stands in it, and has not been said to be harmless in the case.
    """
    with store.write(Label("plan.agreed"), undoable=False, barrier=True) as writing:
        plan = _open_plan(writing, case_id)
        content = _content(writing, plan)
        refuse_if(problems_before_agreeing(content))
        for wanted in (
            Wanted(PaperKind.PLAN, replace(FILE, case_id=case_id)),
            Wanted(PaperKind.PLAN_PLAIN, Reader(ReaderKind.PARTICIPANT, case_id=case_id)),
        ):
            writing.read(papers.paper, wanted, writing.moment)
        plan.agreed_on = writing.today
        return _keep(writing, plan, content, FreezingReason.AGREED)


def end(store: Store, case_id: int) -> int:
    """Every goal has been evaluated: the plan ends, and is kept as it ended. Returns the version's number."""
    with store.write(Label("plan.ended"), undoable=False, barrier=True) as writing:
        plan = _open_plan(writing, case_id)
        content = _content(writing, plan)
        refuse_if(problems_before_ending(content.goals))
        version = _keep(writing, plan, replace(content, ended_on=writing.today), FreezingReason.EVALUATED)
        plan.state, plan.ended_on = PlanState.ENDED, writing.today
        return version


def begin_next(store: Store, case_id: int) -> int:
    """After a plan that ended, the next one: with what she can do, and the goals that were not met, with their open steps."""
    with store.write(Label("plan.begun")) as writing:
        before = writing.session.scalars(
            select(ActionPlan).where(ActionPlan.case_id == case_id).order_by(ActionPlan.id.desc()).limit(1)
        ).first()
        plan = _open_plan(writing, case_id, make_next=True)
        if before is None or before.state != PlanState.ENDED:
            return plan.id
        for name in ("own_goal", "goal_for_table", "present_work", "can_do", "cannot_do", "responsible_contact_id", "union_signs"):
            setattr(plan, name, getattr(before, name))
        left = [goal for goal in _goals(writing, before.id) if goal.result != GoalResult.MET]
        for position, goal in enumerate(left, start=1):
            again = PlanGoal(plan_id=plan.id, position=position, text=goal.text)
            writing.session.add(again)
            writing.flush()
            for step in writing.session.scalars(
                select(Action).where(Action.plan_goal_id == goal.id, Action.state == ActionState.OPEN)
            ):
                step.plan_goal_id = again.id
        return plan.id


def keep_for_paper(writing: Writing, case_id: int) -> int:
    """What is printed or saved now is a version: returns its number. The plan's latest, when nothing differs from it."""
    row = writing.read(queries.current, case_id)
    if row is None:
        raise Refused(Problem("plan.none"))
    if row.state is PlanState.ENDED and row.latest_version is not None:
        return row.latest_version.version
    plan = existing(writing, ActionPlan, row.id, "plan")
    return _keep(writing, plan, queries.content_of(row), FreezingReason.HANDED_OUT)


def _keep(writing: Writing, plan: ActionPlan, content: PlanContent, reason: FreezingReason) -> int:
    if plan.state == PlanState.DRAFT:
        plan.state = PlanState.CURRENT
    latest = writing.read(queries.latest_text, plan.case_id)
    number = next_version(content, latest)
    if latest is not None and number == latest[0]:
        return number
    version = PlanVersion(
        case_id=plan.case_id, plan_id=plan.id, version=number, reason=reason, content=canonical(content),
        frozen_at=writing.now, frozen_on=writing.today,
    )  # fmt: skip
    writing.session.add(version)
    writing.flush()
    writing.log("plan_version_kept", "action_plan", plan.id, case=plan.case_id, version=number, reason=reason.value)
    return number


def _content(writing: Writing, plan: ActionPlan) -> PlanContent:
    row = writing.read(queries.plan, plan.id)
    if row is None:
        raise Refused(Problem("plan.none"))
    return queries.content_of(row)


def _is_kept(writing: Writing, action: Action) -> bool:
    """Whether a version on paper holds this step."""
    if action.case_id is None:
        return False
    kept = writing.read(queries.versions, action.case_id)
    contents = (writing.read(queries.version_content, action.case_id, version.version) for version in kept)
    return any(step.action_id == action.id for content in contents if content is not None for step in content.steps)


# --- Rows ---


def _open_plan(writing: Writing, case_id: int, *, make_next: bool = False) -> ActionPlan:
    """The plan that is worked on; made when there is none. After one that ended the next is begun by its own verb."""
    plans = writing.session.scalars(select(ActionPlan).where(ActionPlan.case_id == case_id).order_by(ActionPlan.id.desc())).all()
    current = next((plan for plan in plans if plan.state != PlanState.ENDED), None)
    if current is not None:
        return current
    if plans and not make_next:
        raise Refused(Problem("plan.has_ended"))
    existing(writing, Case, case_id, "case")
    plan = ActionPlan(case_id=case_id, made_on=writing.today, state=PlanState.DRAFT)
    writing.session.add(plan)
    writing.flush()
    return plan


def _refuse_workplace(writing: Writing, case_id: int, contact: Contact) -> None:
    """Under protected identity nobody at an employer holds the plan together: it would tell where she works (`product.md` rule 7)."""
    case = writing.read(case_queries.case, case_id, writing.today)
    party = existing(writing, Party, contact.party_id, "party")
    if case is not None and case.is_protected and party.kind == PartyKind.EMPLOYER:
        raise Refused(Problem("protected.workplace", "responsible"))


def _goal_of_open_plan(writing: Writing, goal_id: int) -> PlanGoal:
    goal = existing(writing, PlanGoal, goal_id, "plan.goal")
    if existing(writing, ActionPlan, goal.plan_id, "plan").state == PlanState.ENDED:
        raise Refused(Problem("plan.has_ended"))
    return goal


def _goals(writing: Writing, plan_id: int) -> list[PlanGoal]:
    query = select(PlanGoal).where(PlanGoal.plan_id == plan_id).order_by(PlanGoal.position, PlanGoal.id)
    return list(writing.session.scalars(query))


def _refuse_goal_of_another(writing: Writing, case_id: int | None, goal_id: int | None) -> None:
    if goal_id is None:
        return
    goal = existing(writing, PlanGoal, goal_id, "plan.goal")
    if existing(writing, ActionPlan, goal.plan_id, "plan").case_id != case_id:
        raise Refused(Problem("plan.goal.gone"))


def _open_step(writing: Writing, action_id: int) -> Action:
    action = existing(writing, Action, action_id, "action")
    if action.state != ActionState.OPEN:
        raise Refused(Problem("action.already_closed"))
    return action


def _known(category: str) -> str:
    if category and step_category(category) is None:
        raise Refused(Problem("plan.category_unknown", "category"))
    return category
