"""The chained log, hand-outs (which are also the print queue), and the forum's settings. None of them knows undo."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rehabdesk.domain.hand_outs import HandOutState, Medium, ReaderKind, VoidReason
from rehabdesk.domain.papers import PaperKind
from rehabdesk.store.tables.base import NEVER_REUSED, Table, is_date, is_flag, one_of


class LogEntry(Table):
    """One line of the log: ids only, chained by digest so that a cut shows."""

    __tablename__ = "log_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str]
    kind: Mapped[str]
    subject: Mapped[str | None]
    subject_id: Mapped[int | None]
    detail: Mapped[str]
    previous_digest: Mapped[str]
    digest: Mapped[str]
    __table_args__ = (Index("ix_log_entry_subject_subject_id", "subject", "subject_id"), NEVER_REUSED)


class HandOut(Table):
    """What is, was or will be given to whom: waiting, sent to the printer, then given or voided. Never deleted, never undone.

    `sent_at` is the instant it left, `sent_on` the local day, by which consent was judged. `is_later` is "lämnas senare": it could not be printed or handed over yet and stands on Idag. `file_gone_on` is the day the
    coordinator said that a file she asked for is gone; until then it is remembered. `kept_on` is her word for where it lies
    ("USB-minne"), never a path.
    """

    __tablename__ = "hand_out"
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("forum_session.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("item_sheet.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"))
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id"))
    paper: Mapped[str]
    reader: Mapped[str]
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    medium: Mapped[str]
    language: Mapped[str]
    state: Mapped[str]
    is_later: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    queued_at: Mapped[str]
    sent_at: Mapped[str | None]
    sent_on: Mapped[date | None]
    settled_at: Mapped[str | None]
    settled_on: Mapped[date | None]
    void_reason: Mapped[str | None]
    file_gone_on: Mapped[date | None]
    kept_on: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        one_of("paper", PaperKind),
        one_of("reader", ReaderKind),
        one_of("medium", Medium),
        one_of("state", HandOutState),
        CheckConstraint("(reader = 'party') = (party_id IS NOT NULL)", name="party_reader_has_party"),
        CheckConstraint("reader <> 'participant' OR case_id IS NOT NULL", name="participant_reader_has_case"),
        CheckConstraint("(sent_at IS NULL) = (sent_on IS NULL)", name="sent_has_day"),
        is_flag("is_later"),
        one_of("void_reason", VoidReason, empty=True),
        is_date("sent_on"),
        is_date("settled_on"),
        is_date("file_gone_on"),
        Index("ix_hand_out_state", "state"),
        Index("ix_hand_out_session_id", "session_id"),
        Index("ix_hand_out_case_id_party_id", "case_id", "party_id"),
        Index("ix_hand_out_sheet_id", "sheet_id"),
        Index("ix_hand_out_round_id", "round_id"),
        Index("ix_hand_out_booking_id", "booking_id"),
        NEVER_REUSED,
    )


class HandOutCase(Table):
    """A case that a copy told of when it left, where the paper is about several: an agenda, a slip, a sheet to prepare from, a list."""

    __tablename__ = "hand_out_case"
    hand_out_id: Mapped[int] = mapped_column(ForeignKey("hand_out.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    __table_args__ = (Index("ix_hand_out_case_case_id", "case_id"),)


class Setting(Table):
    """One setting of the forum, by key. Settings of the machine lie outside the vault."""

    __tablename__ = "setting"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
