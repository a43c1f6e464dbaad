"""Action plans: the plan being worked on, its goals, and the versions that were agreed or handed out, frozen.

The steps of a plan are the rows of `action`: one ledger. A step points at its goal with `action.plan_goal_id`.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from rehabdesk.domain.plans import FreezingReason, GoalResult, PlanState
from rehabdesk.store.tables.base import NEVER_REUSED, Table, is_date, is_flag, one_of


class ActionPlan(Table):
    """One plan of a case, as it is worked on: `draft` until a first version is agreed or handed out, `current` after that, then `ended`.

    `own_goal` is hers and the coordinator's until `goal_for_table`. `unfinished_step` is the line of a step that
    was begun and not added. Versions are numbered when they are frozen, see `PlanVersion`.
    """

    __tablename__ = "action_plan"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    state: Mapped[str] = mapped_column(default=PlanState.DRAFT)
    own_goal: Mapped[str] = mapped_column(default="")
    goal_for_table: Mapped[bool] = mapped_column(default=False)
    present_work: Mapped[str] = mapped_column(default="")
    can_do: Mapped[str] = mapped_column(default="")
    cannot_do: Mapped[str] = mapped_column(default="")
    responsible_contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="SET NULL"))
    done_by: Mapped[date | None]
    evaluate_on: Mapped[date | None]
    participant_took_part: Mapped[bool | None]
    why_not: Mapped[str] = mapped_column(default="")
    union_signs: Mapped[bool] = mapped_column(default=False)
    unfinished_step: Mapped[str] = mapped_column(default="")
    made_on: Mapped[date]
    agreed_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    __table_args__ = (
        one_of("state", PlanState),
        CheckConstraint("(state = 'ended') = (ended_on IS NOT NULL)", name="ended_has_day"),
        is_flag("goal_for_table"),
        is_flag("participant_took_part"),
        is_flag("union_signs"),
        is_date("done_by"),
        is_date("evaluate_on"),
        is_date("made_on"),
        is_date("agreed_on"),
        is_date("ended_on"),
        Index("ix_action_plan_case_id", "case_id"),
        Index("uq_action_plan_one_at_a_time", "case_id", unique=True, sqlite_where=text("state <> 'ended'")),
        Index("ix_action_plan_responsible_contact_id", "responsible_contact_id"),
        Index("ix_action_plan_evaluate_on", "evaluate_on"),
        NEVER_REUSED,
    )


class PlanGoal(Table):
    """One goal of a plan; `result` and `comment` are the evaluation."""

    __tablename__ = "plan_goal"
    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("action_plan.id", ondelete="CASCADE"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(default="")
    result: Mapped[str | None]
    comment: Mapped[str] = mapped_column(default="")
    __table_args__ = (one_of("result", GoalResult, empty=True), Index("ix_plan_goal_plan_id", "plan_id"), NEVER_REUSED)


class PlanVersion(Table):
    """A version of a plan as it was agreed, handed out or evaluated: canonical JSON, written once and beyond undo."""

    __tablename__ = "plan_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("action_plan.id"))
    version: Mapped[int]
    reason: Mapped[str]
    content: Mapped[str]
    frozen_at: Mapped[str]
    frozen_on: Mapped[date]
    __table_args__ = (
        UniqueConstraint("case_id", "version", name="uq_plan_version_case_id_version"),
        CheckConstraint("version >= 1", name="version_range"),
        one_of("reason", FreezingReason),
        is_date("frozen_on"),
        Index("ix_plan_version_plan_id", "plan_id"),
        NEVER_REUSED,
    )
