"""Series, sessions, agenda items and all that hangs on an item: parties called, agreements, actions, presence."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rehabdesk.domain.forum import (
    ActionEventKind,
    ActionState,
    ItemKind,
    ItemState,
    Outcome,
    Presence,
    Return,
    SeriesKind,
    SessionState,
)
from rehabdesk.store.tables.base import NEVER_REUSED, Table, is_date, is_flag, is_time, one_of


class SessionSeries(Table):
    """A series of sessions and the authority that is controller for it. `slug` names it on the command line."""

    __tablename__ = "session_series"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    slug: Mapped[str]
    kind: Mapped[str]
    controller_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    controller_board: Mapped[str] = mapped_column(default="")
    case_prefix: Mapped[str] = mapped_column(default="")
    weekday: Mapped[int]
    interval_weeks: Mapped[int]
    start: Mapped[str]
    end: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None]
    __table_args__ = (
        UniqueConstraint("slug", name="uq_session_series_slug"),
        one_of("kind", SeriesKind),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_range"),
        CheckConstraint("interval_weeks BETWEEN 1 AND 53", name="interval_range"),
        is_time("start"),
        is_time("end"),
        is_date("ended_on"),
        NEVER_REUSED,
    )


class SeriesMember(Table):
    """A contact who usually sits at a series' table."""

    __tablename__ = "series_member"
    series_id: Mapped[int] = mapped_column(ForeignKey("session_series.id", ondelete="CASCADE"), primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True)
    __table_args__ = (Index("ix_series_member_contact_id", "contact_id"),)


class StandingItem(Table):
    """A line of a series' standing agenda. `every` = 1 comes each session, 2 every other, and so on; `is_last` comes after the cases."""

    __tablename__ = "standing_item"
    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("session_series.id", ondelete="CASCADE"))
    position: Mapped[int]
    title: Mapped[str]
    minutes: Mapped[int] = mapped_column(default=5)
    presenter: Mapped[str] = mapped_column(default="")
    every: Mapped[int] = mapped_column(default=1)
    is_last: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        is_flag("is_last"),
        CheckConstraint("every BETWEEN 1 AND 52", name="every_range"),
        CheckConstraint("minutes BETWEEN 0 AND 600", name="minutes_range"),
        Index("ix_standing_item_series_id", "series_id"),
        NEVER_REUSED,
    )


class ForumSession(Table):
    """One dated meeting. `number` counts within its series; `paused_at` is set while the meeting is in pause."""

    __tablename__ = "forum_session"
    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("session_series.id"))
    number: Mapped[int]
    held_on: Mapped[date]
    start: Mapped[str]
    end: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=SessionState.PLANNED)
    chair: Mapped[str] = mapped_column(default="")
    secretary: Mapped[str] = mapped_column(default="")
    cancelled_reason: Mapped[str] = mapped_column(default="")
    started_at: Mapped[str | None]
    ended_at: Mapped[str | None]
    paused_at: Mapped[str | None]
    __table_args__ = (
        UniqueConstraint("series_id", "number", name="uq_forum_session_series_id_number"),
        one_of("state", SessionState),
        CheckConstraint("state <> 'cancelled' OR cancelled_reason <> ''", name="cancelled_with_reason"),
        is_date("held_on"),
        is_time("start"),
        is_time("end"),
        Index("ix_forum_session_held_on", "held_on"),
        NEVER_REUSED,
    )


class AgendaItem(Table):
    """A thing on an agenda, or parked for its series while `session_id` is empty. `paragraph` is given when the meeting starts.

    `minutes` is its time box, `minutes_before` the air in front of it.
    """

    __tablename__ = "agenda_item"
    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("session_series.id"))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("forum_session.id"))
    position: Mapped[int] = mapped_column(default=0)
    paragraph: Mapped[int | None]
    paragraph_year: Mapped[int | None]
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(default=ItemState.WAITING)
    title: Mapped[str] = mapped_column(default="")
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    standing_item_id: Mapped[int | None] = mapped_column(ForeignKey("standing_item.id", ondelete="SET NULL"))
    presenter: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int] = mapped_column(default=15)
    minutes_before: Mapped[int] = mapped_column(default=0)
    question: Mapped[str] = mapped_column(default="")
    background: Mapped[str] = mapped_column(default="")
    discussion: Mapped[str] = mapped_column(default="")
    question_shown: Mapped[bool] = mapped_column(default=False)
    participant_presence: Mapped[str] = mapped_column(default=Presence.EXPECTED)
    participant_agrees: Mapped[bool | None]
    participant_view: Mapped[str] = mapped_column(default="")
    wants_whole_item: Mapped[bool] = mapped_column(default=False)
    outcome: Mapped[str | None]
    return_kind: Mapped[str | None]
    return_on: Mapped[date | None]
    return_action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id", ondelete="SET NULL", use_alter=True))
    opened_at: Mapped[str | None]
    finished_at: Mapped[str | None]
    seconds_spent: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        UniqueConstraint("series_id", "paragraph_year", "paragraph", name="uq_agenda_item_series_id_paragraph_year_paragraph"),
        one_of("kind", ItemKind),
        one_of("state", ItemState),
        one_of("participant_presence", Presence),
        one_of("outcome", Outcome, empty=True),
        one_of("return_kind", Return, empty=True),
        CheckConstraint("(kind = 'case') = (case_id IS NOT NULL)", name="case_has_case"),
        CheckConstraint("minutes BETWEEN 0 AND 600", name="minutes_range"),
        CheckConstraint("minutes_before BETWEEN 0 AND 600", name="minutes_before_range"),
        CheckConstraint("session_id IS NOT NULL OR state = 'waiting'", name="parked_is_waiting"),
        is_flag("question_shown"),
        is_flag("wants_whole_item"),
        is_date("return_on"),
        Index("ix_agenda_item_session_id", "session_id"),
        Index("ix_agenda_item_case_id", "case_id"),
        Index("ix_agenda_item_return_action_id", "return_action_id"),
        NEVER_REUSED,
    )


class ItemParty(Table):
    """A party called to an item, with the times it can come ("HH:MM" or empty), and who waits outside from when."""

    __tablename__ = "item_party"
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id", ondelete="CASCADE"), primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True)
    can_from: Mapped[str | None]
    can_until: Mapped[str | None]
    waiting_since: Mapped[str | None]
    __table_args__ = (is_time("can_from"), is_time("can_until"), is_time("waiting_since"), Index("ix_item_party_party_id", "party_id"))


class Agreement(Table):
    """One thing the table agreed; `participant_text` is the line meant for the participant; `is_shown` puts it on the big screen."""

    __tablename__ = "agreement"
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id", ondelete="CASCADE"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(default="")
    participant_text: Mapped[str] = mapped_column(default="")
    is_shown: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (is_flag("is_shown"), Index("ix_agreement_item_id", "item_id"), NEVER_REUSED)


class Action(Table):
    """What, who answers for it, by when. Belongs to a case or, from a general item, to its series.

    `category` is a step category's code; `plan_goal_id` the goal of the case's plan that it is a step towards.
    """

    __tablename__ = "action"
    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("session_series.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id", ondelete="SET NULL"))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="SET NULL"))
    plan_goal_id: Mapped[int | None] = mapped_column(ForeignKey("plan_goal.id", ondelete="SET NULL"))
    for_participant: Mapped[bool] = mapped_column(default=False)
    what: Mapped[str]
    due_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(default=ActionState.OPEN)
    created_on: Mapped[date]
    closed_on: Mapped[date | None]
    move_count: Mapped[int] = mapped_column(default=0)
    category: Mapped[str] = mapped_column(default="")
    is_shown: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        one_of("state", ActionState),
        CheckConstraint("NOT (for_participant = 1 AND party_id IS NOT NULL)", name="one_answers"),
        CheckConstraint("(state = 'open') = (closed_on IS NULL)", name="closed_has_day"),
        is_flag("for_participant"),
        is_flag("is_shown"),
        is_date("due_on"),
        is_date("created_on"),
        is_date("closed_on"),
        Index("ix_action_case_id", "case_id"),
        Index("ix_action_item_id", "item_id"),
        Index("ix_action_party_id_state_due_on", "party_id", "state", "due_on"),
        Index("ix_action_contact_id", "contact_id"),
        Index("ix_action_state_due_on", "state", "due_on"),
        Index("ix_action_category", "category"),
        Index("ix_action_plan_goal_id", "plan_goal_id"),
        NEVER_REUSED,
    )


class ActionEvent(Table):
    """What happened to an action, on which day and at which item or by which note; a move carries its reason."""

    __tablename__ = "action_event"
    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id", ondelete="CASCADE"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id", ondelete="SET NULL"))
    note_id: Mapped[int | None] = mapped_column(ForeignKey("note.id", ondelete="SET NULL"))
    kind: Mapped[str]
    on: Mapped[date]
    due_before: Mapped[date | None]
    due_after: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        one_of("kind", ActionEventKind),
        CheckConstraint("kind <> 'moved' OR reason <> ''", name="move_has_reason"),
        is_date("due_before"),
        is_date("due_after"),
        Index("ix_action_event_action_id", "action_id"),
        Index("ix_action_event_item_id", "item_id"),
        Index("ix_action_event_note_id", "note_id"),
        NEVER_REUSED,
    )


class Attendee(Table):
    """Somebody at the table of one session: a contact, or a guest by function and name. Never a participant."""

    __tablename__ = "attendee"
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("forum_session.id", ondelete="CASCADE"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    name: Mapped[str] = mapped_column(default="")
    function: Mapped[str] = mapped_column(default="")
    is_guest: Mapped[bool] = mapped_column(default=False)
    presence: Mapped[str] = mapped_column(default=Presence.EXPECTED)
    came_at: Mapped[str | None]
    left_at: Mapped[str | None]
    __table_args__ = (
        one_of("presence", Presence),
        is_flag("is_guest"),
        is_time("came_at"),
        is_time("left_at"),
        Index("ix_attendee_session_id", "session_id"),
        Index("ix_attendee_contact_id", "contact_id"),
        NEVER_REUSED,
    )


class PresenceEvent(Table):
    """One change of where an attendee is, with the time of day and the item that was open. No reason is ever asked."""

    __tablename__ = "presence_event"
    id: Mapped[int] = mapped_column(primary_key=True)
    attendee_id: Mapped[int] = mapped_column(ForeignKey("attendee.id", ondelete="CASCADE"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id", ondelete="CASCADE"))
    presence: Mapped[str]
    at: Mapped[str]
    __table_args__ = (
        one_of("presence", Presence),
        is_time("at"),
        Index("ix_presence_event_attendee_id", "attendee_id"),
        Index("ix_presence_event_item_id", "item_id"),
        NEVER_REUSED,
    )


class HarmlessName(Table):
    """An underlined name that the coordinator has marked as harmless in one item: the words as they stand, and whose name it could be."""

    __tablename__ = "harmless_name"
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id", ondelete="CASCADE"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    words: Mapped[str]
    __table_args__ = (UniqueConstraint("item_id", "case_id", "words", name="uq_harmless_name_item_id_case_id_words"), NEVER_REUSED)


class ItemSheet(Table):
    """One item frozen: canonical JSON of its whole material, its salt and its digest. A correction is a sheet with `corrects_id`.

    Erasing a case empties `content` and `salt` and fills `erasure`; the digest stays, and the minutes still verify.
    """

    __tablename__ = "item_sheet"
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("forum_session.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("item_sheet.id"))
    version: Mapped[int] = mapped_column(default=1)
    content: Mapped[str | None]
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    digest: Mapped[str]
    frozen_at: Mapped[str]
    frozen_on: Mapped[date]
    erasure: Mapped[str | None]
    __table_args__ = (
        UniqueConstraint("item_id", "version", name="uq_item_sheet_item_id_version"),
        CheckConstraint("(content IS NULL) = (salt IS NULL)", name="content_with_salt"),
        CheckConstraint("content IS NOT NULL OR erasure IS NOT NULL", name="erased_with_decision"),
        is_date("frozen_on"),
        Index("ix_item_sheet_session_id", "session_id"),
        Index("ix_item_sheet_case_id", "case_id"),
        Index("ix_item_sheet_corrects_id", "corrects_id"),
        NEVER_REUSED,
    )


class Minutes(Table):
    """The locked minutes of a session: a digest over the digests of its sheets, in order."""

    __tablename__ = "minutes"
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("forum_session.id"))
    digest: Mapped[str]
    sheet_ids: Mapped[str]
    locked_at: Mapped[str]
    locked_on: Mapped[date]
    __table_args__ = (UniqueConstraint("session_id", name="uq_minutes_session_id"), is_date("locked_on"), NEVER_REUSED)
