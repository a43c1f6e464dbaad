"""Notes between meetings, and the one that is being written."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rehabdesk.store.tables.base import NEVER_REUSED, Table


class Note(Table):
    """What happened in a case between meetings: the day, with whom (a contact, a party or free words), what. `created_at` is a UTC instant."""

    __tablename__ = "note"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    on: Mapped[date]
    with_whom: Mapped[str] = mapped_column(default="")
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="SET NULL"))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    text: Mapped[str]
    created_at: Mapped[str]
    __table_args__ = (
        CheckConstraint("text <> ''", name="says_something"),
        CheckConstraint("\"on\" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'", name="on_is_date"),
        Index("ix_note_case_id_on", "case_id", "on"),
        Index("ix_note_contact_id", "contact_id"),
        Index("ix_note_party_id", "party_id"),
        NEVER_REUSED,
    )


class NoteDraft(Table):
    """What has been typed of a case's next note, as it was typed: kept until the note is written or thrown away. Undo leaves it alone.

    `marks` is what it is going to say of the case's actions, as `domain.notes.written_answers` writes it.
    """

    __tablename__ = "note_draft"
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[str] = mapped_column(default="")
    with_whom: Mapped[str] = mapped_column(default="")
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(default="")
    marks: Mapped[str] = mapped_column(default="")
    __table_args__ = (Index("ix_note_draft_contact_id", "contact_id"),)
