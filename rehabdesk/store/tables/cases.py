"""Participants and who stands by them, their cases, and how it went half a year and a year after."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rehabdesk.domain.cases import (
    FOLLOW_UP_MONTHS,
    PRINT_SIZES,
    BroughtBy,
    ClosingReason,
    Employment,
    FollowUpOutcome,
    GoalsOutcome,
    RepresentativeKind,
)
from rehabdesk.domain.identity import LegalSex
from rehabdesk.store.tables.base import NEVER_REUSED, Table, is_date, is_flag, one_of


class Participant(Table):
    """The person a case is about, and what to think of when she is met, called or written to.

    `identity_number` is twelve digits, or NULL where it is not needed; `birth_year` and `legal_sex`, which figures are told apart by,
    are known with it, or written by themselves.
    `print_size` is in points; `safe_contact` says in words how she is reached without danger.
    """

    __tablename__ = "participant"
    id: Mapped[int] = mapped_column(primary_key=True)
    given_name: Mapped[str]
    surname: Mapped[str] = mapped_column(default="")
    name_sort: Mapped[str]
    identity_number: Mapped[str | None]
    print_size: Mapped[int] = mapped_column(default=PRINT_SIZES[0])
    is_protected: Mapped[bool] = mapped_column(default=False)
    birth_year: Mapped[int | None]
    legal_sex: Mapped[str | None]
    interpreter_language: Mapped[str] = mapped_column(default="")
    accessibility_needs: Mapped[str] = mapped_column(default="")
    safe_contact: Mapped[str] = mapped_column(default="")
    do_not_ring: Mapped[bool] = mapped_column(default=False)
    no_paper_home: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        CheckConstraint(f"print_size IN {PRINT_SIZES}", name="print_size_known"),
        CheckConstraint("birth_year IS NULL OR birth_year BETWEEN 1900 AND 2199", name="birth_year_range"),
        one_of("legal_sex", LegalSex, empty=True),
        is_flag("is_protected"),
        is_flag("do_not_ring"),
        is_flag("no_paper_home"),
        Index("ix_participant_name_sort", "name_sort"),
        Index("ix_participant_identity_number", "identity_number"),
        NEVER_REUSED,
    )


class Representative(Table):
    """Somebody who stands by a participant or acts for her: god man, förvaltare, ombud, stödperson."""

    __tablename__ = "representative"
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    kind: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        one_of("kind", RepresentativeKind),
        Index("ix_representative_participant_id", "participant_id"),
        NEVER_REUSED,
    )


class Case(Table):
    """One person's path through the forum, known by its number: how it came, and how it ended.

    `referral_arrived_on` is the day a referral form (aktualisering) came, where the case was opened from one.
    """

    __tablename__ = "case"
    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("session_series.id"))
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    number: Mapped[str]
    year: Mapped[int]
    sequence: Mapped[int]
    employer_contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="SET NULL"))
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    closing_reason: Mapped[str | None]
    goals_outcome: Mapped[str | None]
    registration_number: Mapped[str] = mapped_column(default="")
    kept_where: Mapped[str] = mapped_column(default="")
    brought_by: Mapped[str | None]
    brought_by_party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    brought_by_contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="SET NULL"))
    why_now: Mapped[str] = mapped_column(default="")
    question: Mapped[str] = mapped_column(default="")
    referral_arrived_on: Mapped[date | None]
    employment: Mapped[str] = mapped_column(default=Employment.EMPLOYED)
    __table_args__ = (
        UniqueConstraint("number", name="uq_case_number"),
        UniqueConstraint("series_id", "year", "sequence", name="uq_case_series_id_year_sequence"),
        one_of("closing_reason", ClosingReason, empty=True),
        one_of("goals_outcome", GoalsOutcome, empty=True),
        one_of("brought_by", BroughtBy, empty=True),
        one_of("employment", Employment),
        CheckConstraint("brought_by_party_id IS NULL OR brought_by = 'party'", name="party_brought_it"),
        CheckConstraint("brought_by_contact_id IS NULL OR brought_by_party_id IS NOT NULL", name="contact_of_a_party"),
        is_date("opened_on"),
        is_date("closed_on"),
        is_date("referral_arrived_on"),
        Index("ix_case_participant_id", "participant_id"),
        Index("ix_case_employer_contact_id", "employer_contact_id"),
        Index("ix_case_brought_by_party_id", "brought_by_party_id"),
        Index("ix_case_brought_by_contact_id", "brought_by_contact_id"),
        NEVER_REUSED,
    )


class FollowUp(Table):
    """How it went some months after a case was closed: due on a day, and answered once."""

    __tablename__ = "follow_up"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    months: Mapped[int]
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    outcome: Mapped[str | None]
    __table_args__ = (
        UniqueConstraint("case_id", "months", name="uq_follow_up_case_id_months"),
        CheckConstraint(f"months IN {FOLLOW_UP_MONTHS}", name="months_known"),
        CheckConstraint("(done_on IS NULL) = (outcome IS NULL)", name="done_with_outcome"),
        one_of("outcome", FollowUpOutcome, empty=True),
        is_date("due_on"),
        is_date("done_on"),
        Index("ix_follow_up_due_on", "due_on"),
        NEVER_REUSED,
    )
