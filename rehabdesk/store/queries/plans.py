"""Reading action plans: a case's current one, its goals and steps, the versions kept, and the evaluations that are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Connection, Select, bindparam, or_, select

from rehabdesk.domain.forum import ActionState
from rehabdesk.domain.parties import written_contact
from rehabdesk.domain.plans import FreezingReason, Goal, GoalResult, PlanContent, PlanState, PlanStep, next_version, read_content
from rehabdesk.store.queries.forum import actions as action_queries
from rehabdesk.store.queries.forum.actions import ActionRow
from rehabdesk.store.tables.cases import Case
from rehabdesk.store.tables.forum import Action
from rehabdesk.store.tables.parties import Contact, Party
from rehabdesk.store.tables.plans import ActionPlan, PlanGoal, PlanVersion


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One goal, with its evaluation when there is one."""

    id: int
    position: int
    text: str
    result: GoalResult | None
    comment: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version that was kept: agreed, handed out or evaluated, and on which day."""

    id: int
    plan_id: int
    case_id: int
    version: int
    reason: FreezingReason
    frozen_on: date


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan as it stands. `steps` are the case's actions that belong to it.

    `own_goal` is hers and the coordinator's: whatever goes to anybody else reads `goal_for_the_table`. `version` is the number
    that its papers carry if it is agreed or handed out as it stands; `latest_version` the last one kept, or None.
    """

    id: int
    case_id: int
    state: PlanState
    own_goal: str
    goal_for_table: bool
    present_work: str
    can_do: str
    cannot_do: str
    responsible_contact_id: int | None
    responsible: str
    done_by: date | None
    evaluate_on: date | None
    participant_took_part: bool | None
    why_not: str
    union_signs: bool
    unfinished_step: str
    made_on: date
    agreed_on: date | None
    ended_on: date | None
    goals: tuple[GoalRow, ...]
    steps: tuple[ActionRow, ...]
    goal_of_step: tuple[int, ...]
    version: int
    latest_version: VersionRow | None

    @property
    def goal_for_the_table(self) -> str:
        """Her own goal as anybody but she and the coordinator may read it: empty until she has ticked it."""
        return self.own_goal if self.goal_for_table else ""

    @property
    def is_changed(self) -> bool:
        """Whether it differs from the last version kept."""
        return self.latest_version is not None and self.latest_version.version != self.version

    def steps_of(self, goal_id: int | None) -> tuple[ActionRow, ...]:
        """The steps towards one goal; those without a goal for None."""
        return tuple(step for step, goal in zip(self.steps, self.goal_of_step, strict=True) if (goal or None) == goal_id)


@dataclass(frozen=True, slots=True)
class OwnGoalRow:
    """Her own goal, for her and the coordinator alone, and when its plan is or was evaluated."""

    own_goal: str
    evaluate_on: date | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class EvaluationDue:
    """A plan of an open case that is to be evaluated, and when."""

    plan_id: int
    case_id: int
    case_number: str
    evaluate_on: date


def current(connection: Connection, case_id: int) -> PlanRow | None:
    """The plan of the case that is worked on or holds, else the one that ended last; None when there has never been one."""
    plan_id = connection.execute(_current_plan(), {"of_case": case_id}).scalar()
    return plan(connection, plan_id) if plan_id is not None else None


def own_goal(connection: Connection, case_id: int) -> OwnGoalRow | None:
    """Of the current plan what the overview tells of it: less to read than the whole."""
    row = connection.execute(_own_goal(), {"of_case": case_id}).first()
    return OwnGoalRow(**row._asdict()) if row is not None else None


def plan(connection: Connection, plan_id: int) -> PlanRow | None:
    """One plan as it stands."""
    columns = [column for column in ActionPlan.__table__.columns if column.name != "id"]
    row = connection.execute(select(ActionPlan.id, *columns).where(ActionPlan.id == plan_id)).first()
    if row is None:
        return None
    values = row._asdict()
    goals = _goals(connection, plan_id)
    steps, goal_of_step = _steps(connection, row.case_id, row.made_on, tuple(goal.id for goal in goals), row.ended_on)
    latest = next(iter(versions(connection, row.case_id)), None)
    values |= {
        "state": PlanState(row.state),
        "responsible": _responsible(connection, row.responsible_contact_id),
        "goals": goals,
        "steps": steps,
        "goal_of_step": goal_of_step,
    }
    found = PlanRow(**values, version=0, latest_version=latest)
    number = next_version(content_of(found), latest_text(connection, row.case_id))
    if latest is not None and found.state is PlanState.ENDED:
        # What it says stands in the version that it ended with.
        number = latest.version
    return PlanRow(**values, version=number, latest_version=latest)


def content_of(row: PlanRow) -> PlanContent:
    """Everything the plan says as it stands, to be kept or set on paper."""
    places = {goal.id: place for place, goal in enumerate(row.goals)}
    return PlanContent(
        own_goal=row.own_goal,
        goal_for_table=row.goal_for_table,
        present_work=row.present_work,
        can_do=row.can_do,
        cannot_do=row.cannot_do,
        responsible=row.responsible,
        done_by=row.done_by,
        evaluate_on=row.evaluate_on,
        participant_took_part=row.participant_took_part,
        why_not=row.why_not,
        union_signs=row.union_signs,
        ended_on=row.ended_on,
        goals=tuple(Goal(goal.text, goal.result, goal.comment) for goal in row.goals),
        steps=tuple(
            _step(action, places.get(goal_id, -1)) for action, goal_id in zip(row.steps, row.goal_of_step, strict=True)
        ),
    )


def versions(connection: Connection, case_id: int) -> tuple[VersionRow, ...]:
    """The versions of a case's plans that were kept, latest first."""
    query = (
        select(
            PlanVersion.id, PlanVersion.plan_id, PlanVersion.case_id, PlanVersion.version, PlanVersion.reason, PlanVersion.frozen_on
        )
        .where(PlanVersion.case_id == case_id)
        .order_by(PlanVersion.version.desc())
    )
    return tuple(VersionRow(**{**row._asdict(), "reason": FreezingReason(row.reason)}) for row in connection.execute(query))


def latest_text(connection: Connection, case_id: int) -> tuple[int, str] | None:
    """The number of the last version kept and its canonical JSON; None when there is none."""
    query = select(PlanVersion.version, PlanVersion.content).where(PlanVersion.case_id == case_id)
    row = connection.execute(query.order_by(PlanVersion.version.desc()).limit(1)).first()
    return (row.version, row.content) if row is not None else None


def version_content(connection: Connection, case_id: int, version: int) -> PlanContent | None:
    """What a version says, as it was kept."""
    query = select(PlanVersion.content).where(PlanVersion.case_id == case_id, PlanVersion.version == version)
    text = connection.execute(query).scalar()
    return read_content(text) if text is not None else None


def evaluations_due(connection: Connection, until: date) -> tuple[EvaluationDue, ...]:
    """The plans of open cases that are to be evaluated by a day, that day included, the earliest first."""
    query = (
        select(ActionPlan.id.label("plan_id"), ActionPlan.case_id, Case.number.label("case_number"), ActionPlan.evaluate_on)
        .join(Case, Case.id == ActionPlan.case_id)
        .where(ActionPlan.state != PlanState.ENDED, ActionPlan.evaluate_on <= until, Case.closed_on.is_(None))
        .order_by(ActionPlan.evaluate_on, Case.year, Case.sequence, Case.id)
    )
    return tuple(EvaluationDue(**row._asdict()) for row in connection.execute(query))


# A statement is put together once: its columns cost more than asking it.
@cache
def _current_plan() -> Select:
    return _current(select(ActionPlan.id))


@cache
def _own_goal() -> Select:
    return _current(select(ActionPlan.own_goal, ActionPlan.evaluate_on, ActionPlan.ended_on))


def _current(query: Select) -> Select:
    """One that has not ended before those that have, the latest first."""
    return query.where(ActionPlan.case_id == bindparam("of_case")).order_by(ActionPlan.ended_on.is_not(None), ActionPlan.id.desc()).limit(1)


def _goals(connection: Connection, plan_id: int) -> tuple[GoalRow, ...]:
    query = (
        select(PlanGoal.id, PlanGoal.position, PlanGoal.text, PlanGoal.result, PlanGoal.comment)
        .where(PlanGoal.plan_id == plan_id)
        .order_by(PlanGoal.position, PlanGoal.id)
    )
    return tuple(
        GoalRow(row.id, row.position, row.text, GoalResult(row.result) if row.result else None, row.comment)
        for row in connection.execute(query)
    )


def _steps(
    connection: Connection, case_id: int, made_on: date, goal_ids: tuple[int, ...], ended_on: date | None
) -> tuple[tuple[ActionRow, ...], tuple[int, ...]]:
    """The case's actions that are the plan's steps, by date: those of its goals, and of the rest what is open or was closed since it was made.

    An ended plan keeps only the steps of its goals: what is open then belongs to the next plan.
    """
    rule = Action.plan_goal_id.in_(goal_ids)
    if ended_on is None:
        loose = or_(Action.state == ActionState.OPEN, Action.closed_on >= made_on)
        rule = or_(rule, Action.plan_goal_id.is_(None) & loose)
    found = connection.execute(select(Action.id, Action.plan_goal_id).where(Action.case_id == case_id, rule))
    goals = {row.id: row.plan_goal_id or 0 for row in found}
    steps = tuple(row for row in action_queries.actions(connection, case_id=case_id) if row.id in goals)
    return steps, tuple(goals[step.id] for step in steps)


def _step(action: ActionRow, goal: int) -> PlanStep:
    return PlanStep(
        action.id, goal, action.what, action.category, action.party_id, action.party, action.contact, action.for_participant,
        action.due_on, action.state.value,
    )


def _responsible(connection: Connection, contact_id: int | None) -> str:
    if contact_id is None:
        return ""
    query = select(
        Contact.given_name, Contact.surname, Contact.function, Contact.by_function_only, Party.written.label("party")
    ).join(Party, Party.id == Contact.party_id)
    row = connection.execute(query.where(Contact.id == contact_id)).first()
    if row is None:
        return ""
    name = written_contact(row.given_name, row.surname)
    shown = row.function if row.by_function_only or not name else name
    return ", ".join(part for part in (shown, row.party) if part)
