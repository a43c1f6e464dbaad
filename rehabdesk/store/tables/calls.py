"""Who was called to an item, what time the letter told, and what was answered."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from rehabdesk.domain.calling import Answer
from rehabdesk.store.tables.base import NEVER_REUSED, Table, is_date, is_time, one_of


class Call(Table):
    """One call to an item: a party's, or the participant's own where `party_id` is empty.

    `told_on` is the day of the latest letter, `told_for` and `told_start` the day and the time it tells; an answer is noted
    with the day it came and, where another time was asked for, between which times she can come.
    """

    __tablename__ = "call"
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id", ondelete="CASCADE"))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    told_on: Mapped[date | None]
    told_for: Mapped[date | None]
    told_start: Mapped[str | None]
    answer: Mapped[str | None]
    answered_on: Mapped[date | None]
    can_from: Mapped[str | None]
    can_until: Mapped[str | None]
    __table_args__ = (
        one_of("answer", Answer, empty=True),
        CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name="answer_has_day"),
        CheckConstraint("(told_on IS NULL) = (told_start IS NULL) AND (told_on IS NULL) = (told_for IS NULL)", name="told_has_time"),
        is_date("told_on"),
        is_date("told_for"),
        is_date("answered_on"),
        is_time("told_start"),
        is_time("can_from"),
        is_time("can_until"),
        Index("uq_call_item_id_party_id", "item_id", "party_id", unique=True, sqlite_where=text("party_id IS NOT NULL")),
        Index("uq_call_item_id_participant", "item_id", unique=True, sqlite_where=text("party_id IS NULL")),
        Index("ix_call_party_id", "party_id"),
        NEVER_REUSED,
    )
