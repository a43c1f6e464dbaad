"""Participants and their cases."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rehabdesk.domain.cases import PRINT_SIZES, ClosingReason
from rehabdesk.store.tables.base import NEVER_REUSED, Table, is_date, is_flag, one_of


class Participant(Table):
    """The person a case is about. `identity_number` is twelve digits, or NULL where it is not needed; `print_size` is in points."""

    __tablename__ = "participant"
    id: Mapped[int] = mapped_column(primary_key=True)
    given_name: Mapped[str]
    surname: Mapped[str] = mapped_column(default="")
    name_sort: Mapped[str]
    identity_number: Mapped[str | None]
    print_size: Mapped[int] = mapped_column(default=PRINT_SIZES[0])
    is_protected: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        CheckConstraint(f"print_size IN {PRINT_SIZES}", name="print_size_known"),
        is_flag("is_protected"),
        Index("ix_participant_name_sort", "name_sort"),
        Index("ix_participant_identity_number", "identity_number"),
        NEVER_REUSED,
    )


class Case(Table):
    """One person's path through the forum, known by its number."""

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
    registration_number: Mapped[str] = mapped_column(default="")
    kept_where: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        UniqueConstraint("number", name="uq_case_number"),
        UniqueConstraint("series_id", "year", "sequence", name="uq_case_series_id_year_sequence"),
        one_of("closing_reason", ClosingReason, empty=True),
        is_date("opened_on"),
        is_date("closed_on"),
        Index("ix_case_participant_id", "participant_id"),
        Index("ix_case_employer_contact_id", "employer_contact_id"),
        NEVER_REUSED,
    )
