"""Consents with the kinds each covers, where their forms are, and the separate consent to statistics. None knows undo."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rehabdesk.domain.consent import FormState, HowGiven, InformationKind
from rehabdesk.store.tables.base import NEVER_REUSED, Table, is_date, one_of


class Consent(Table):
    """What may be shared with one party about one case, from when until when; `withdrawn_at` (UTC instant) ends it at once."""

    __tablename__ = "consent"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    valid_from: Mapped[date]
    valid_until: Mapped[date]
    purpose: Mapped[str] = mapped_column(default="")
    how_given: Mapped[str] = mapped_column(default=HowGiven.PAPER)
    note: Mapped[str] = mapped_column(default="")
    text_version: Mapped[str] = mapped_column(default="")
    witness: Mapped[str] = mapped_column(default="")
    interpreter: Mapped[str] = mapped_column(default="")
    form_id: Mapped[int | None] = mapped_column(ForeignKey("consent_form.id", ondelete="SET NULL"))
    registered_at: Mapped[str]
    withdrawn_at: Mapped[str | None]
    withdrawn_on: Mapped[date | None]
    __table_args__ = (
        CheckConstraint("valid_until >= valid_from", name="ends_after_start"),
        CheckConstraint("how_given <> 'oral' OR note <> ''", name="oral_has_note"),
        one_of("how_given", HowGiven),
        is_date("valid_from"),
        is_date("valid_until"),
        is_date("withdrawn_on"),
        Index("ix_consent_case_id", "case_id"),
        Index("ix_consent_party_id", "party_id"),
        Index("ix_consent_form_id", "form_id"),
        NEVER_REUSED,
    )


class ConsentKind(Table):
    """One kind of information that a consent covers."""

    __tablename__ = "consent_kind"
    consent_id: Mapped[int] = mapped_column(ForeignKey("consent.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    __table_args__ = (one_of("kind", InformationKind),)


class ConsentForm(Table):
    """Where one consent form is: to whom it was sent and when, since when it waits there, when it came back (or that was given up)."""

    __tablename__ = "consent_form"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    sent_on: Mapped[date | None]
    sent_to: Mapped[str] = mapped_column(default="")
    waiting_since: Mapped[date | None]
    back_on: Mapped[date | None]
    state: Mapped[str]
    language: Mapped[str]
    text_version: Mapped[str]
    __table_args__ = (
        one_of("state", FormState),
        CheckConstraint("(state IN ('back', 'declined', 'lost')) = (back_on IS NOT NULL)", name="back_has_day"),
        is_date("sent_on"),
        is_date("waiting_since"),
        is_date("back_on"),
        Index("ix_consent_form_case_id", "case_id"),
        Index("ix_consent_form_state", "state"),
        NEVER_REUSED,
    )


class StatisticsConsent(Table):
    """The separate tick for statistics; it says nothing of what may be shared, and no consent to share says anything of it."""

    __tablename__ = "statistics_consent"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    given_on: Mapped[date]
    withdrawn_on: Mapped[date | None]
    __table_args__ = (
        CheckConstraint("withdrawn_on IS NULL OR withdrawn_on >= given_on", name="withdrawn_after_given"),
        is_date("given_on"),
        is_date("withdrawn_on"),
        Index("ix_statistics_consent_case_id", "case_id"),
        NEVER_REUSED,
    )
