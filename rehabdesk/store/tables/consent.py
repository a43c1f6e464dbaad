"""Consents and the kinds of information each covers. Neither is ever touched by undo."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rehabdesk.domain.consent import InformationKind
from rehabdesk.store.tables.base import NEVER_REUSED, Table, is_date, one_of


class Consent(Table):
    """What may be shared with one party about one case, from when until when; `withdrawn_at` (UTC instant) ends it at once."""

    __tablename__ = "consent"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    valid_from: Mapped[date]
    valid_until: Mapped[date]
    registered_at: Mapped[str]
    withdrawn_at: Mapped[str | None]
    withdrawn_on: Mapped[date | None]
    __table_args__ = (
        CheckConstraint("valid_until >= valid_from", name="ends_after_start"),
        is_date("valid_from"),
        is_date("valid_until"),
        is_date("withdrawn_on"),
        Index("ix_consent_case_id", "case_id"),
        Index("ix_consent_party_id", "party_id"),
        NEVER_REUSED,
    )


class ConsentKind(Table):
    """One kind of information that a consent covers."""

    __tablename__ = "consent_kind"
    consent_id: Mapped[int] = mapped_column(ForeignKey("consent.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    __table_args__ = (one_of("kind", InformationKind),)
