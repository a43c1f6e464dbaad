"""Sick leave on the rehabilitation chain: its periods, the answers to the duty of a plan, and the work trials."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rehabdesk.domain.plan_duty import PlanAnswer
from rehabdesk.domain.rehab_chain import DEGREES
from rehabdesk.store.tables.base import NEVER_REUSED, Table, is_date, one_of


class SickLeavePeriod(Table):
    """A stretch of sick leave of one degree; `end` is NULL while it goes on. Those of a case never lie over one another."""

    __tablename__ = "sick_leave_period"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    start: Mapped[date]
    end: Mapped[date | None]
    degree: Mapped[int] = mapped_column(default=DEGREES[0])
    __table_args__ = (
        CheckConstraint("\"end\" IS NULL OR \"end\" >= start", name="ends_after_start"),
        CheckConstraint(f"degree IN {DEGREES}", name="degree_known"),
        CheckConstraint("start GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'", name="start_is_date"),
        CheckConstraint("\"end\" IS NULL OR \"end\" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'", name="end_is_date"),
        # Whole enough to answer how far every case has come without looking at the rows themselves.
        Index("ix_sick_leave_period_case_id", "case_id", "start", "end", "degree"),
        NEVER_REUSED,
    )


class PlanAnswerGiven(Table):
    """How the duty of a plan was met: `known_days` is how long the absence was known to be on that day."""

    __tablename__ = "plan_answer"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    answer: Mapped[str]
    answered_on: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")
    known_days: Mapped[int]
    health_improved_on: Mapped[date | None]
    __table_args__ = (
        one_of("answer", PlanAnswer),
        CheckConstraint("answer = 'plan' OR reason <> ''", name="reason_given"),
        CheckConstraint("known_days >= 0", name="known_days_counted"),
        CheckConstraint("health_improved_on IS NULL OR health_improved_on >= answered_on", name="improved_after"),
        is_date("answered_on"),
        is_date("health_improved_on"),
        Index("ix_plan_answer_case_id", "case_id"),
        NEVER_REUSED,
    )


class WorkTrial(Table):
    """A stretch of trying to work with the benefit kept (arbetsprövning); `notified_on` is when Försäkringskassan was told."""

    __tablename__ = "work_trial"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    start: Mapped[date]
    end: Mapped[date]
    notified_on: Mapped[date | None]
    __table_args__ = (
        CheckConstraint("\"end\" >= start", name="ends_after_start"),
        CheckConstraint("start GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'", name="start_is_date"),
        CheckConstraint("\"end\" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'", name="end_is_date"),
        is_date("notified_on"),
        Index("ix_work_trial_case_id", "case_id"),
        NEVER_REUSED,
    )
