"""Running a session: start, the open item and its clock, what is typed, agreements, pause and end."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from functools import cache

from sqlalchemy import Connection, Update, bindparam, func, select, update

from rehabdesk.domain.forum import (
    EarlierSession,
    ItemState,
    Presence,
    SessionState,
    problems_before_start,
)
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.services import drafts
from rehabdesk.services.checks import existing, prose
from rehabdesk.services.forum.agenda import items_in_order, number_items
from rehabdesk.store.history import Label
from rehabdesk.store.store import Store, Writing, local_moment
from rehabdesk.store.tables.forum import AgendaItem, Agreement, ForumSession


class ItemText(StrEnum):
    """The fields of an item that are typed in during the meeting."""

    QUESTION = "question"
    BACKGROUND = "background"
    DISCUSSION = "discussion"
    PARTICIPANT_VIEW = "participant_view"


def start_session(store: Store, session_id: int) -> None:
    """Start the meeting: every item gets its §, and the first is opened. Never undone."""
    with store.write(Label("forum.session_started"), undoable=False, barrier=True) as writing:
        session = existing(writing, ForumSession, session_id, "session")
        items = items_in_order(writing, session_id)
        others = writing.session.execute(
            select(ForumSession.held_on, ForumSession.start, ForumSession.state).where(
                ForumSession.series_id == session.series_id, ForumSession.id != session_id
            )
        )
        earlier = [EarlierSession(row.held_on, row.start, SessionState(row.state)) for row in others]
        refuse_if(problems_before_start(SessionState(session.state), session.held_on, session.start, earlier, len(items)))
        session.state, session.started_at = SessionState.UNDER_WAY, writing.now
        number_items(writing, session, items)
        _open(writing, items[0])
        writing.log("session_started", "forum_session", session_id)


def open_item(store: Store, item_id: int) -> None:
    """Turn to an item; the one that was open keeps its time and waits."""
    with store.write(Label("forum.item_opened"), undoable=False) as writing:
        item = existing(writing, AgendaItem, item_id, "item")
        session = _under_way(writing, item.session_id)
        if item.state == ItemState.FINISHED:
            raise Refused(Problem("item.already_finished"))
        close_open_item(writing, session, ItemState.WAITING)
        _open(writing, item)


def open_next_item(store: Store, session_id: int) -> int | None:
    """Turn to the first item that still waits; returns its id, or None when all are finished."""
    with store.write(Label("forum.item_opened"), undoable=False) as writing:
        session = _under_way(writing, session_id)
        if any(item.state == ItemState.OPEN for item in items_in_order(writing, session_id)):
            raise Refused(Problem("item.still_open"))
        waiting = [item for item in items_in_order(writing, session.id) if item.state == ItemState.WAITING]
        if not waiting:
            return None
        _open(writing, waiting[0])
        return waiting[0].id


def save_text(store: Store, item_id: int, field: ItemText, text: str) -> None:
    """Keep what is typed in a field of an item; consecutive saves of one field are one undo step. Refused once it is frozen."""
    cleaned = prose(text, field)
    with store.write(Label("forum.text_typed", {"field": field.value}), merge_key=("text", item_id, field)) as writing:
        if writing.connection.execute(_typed_into(field), {"item": item_id, "typed": cleaned}).rowcount == 0:
            raise Refused(Problem("item.already_finished"))


@cache
def _typed_into(field: ItemText) -> Update:
    """Put together once: a save comes with every second of typing, and this was a fifth of what it costs beside its commit."""
    unfinished = (AgendaItem.id == bindparam("item"), AgendaItem.state != ItemState.FINISHED)
    return update(AgendaItem).where(*unfinished).values({field.value: bindparam("typed")})


def unfinished_line(connection: Connection, item_id: int) -> str:
    """The action line that was begun at an item and not yet added: it survives the power going."""
    return drafts.draft(connection, _line_form(item_id)).get("line", "")


def keep_unfinished_line(store: Store, item_id: int, text: str) -> None:
    """Keep the action line as far as it is written; an empty one leaves no trace."""
    drafts.keep_draft(store, _line_form(item_id), {"line": prose(text)})


def forget_unfinished_line(writing: Writing, item_id: int) -> None:
    """What was begun and never added goes when its item is finished."""
    drafts.forget_draft(writing, _line_form(item_id))


def add_agreement(store: Store, item_id: int, text: str = "") -> int:
    """Add a line to what the table agreed; returns its id."""
    cleaned = prose(text)
    with store.write(Label("forum.agreement_added")) as writing:
        _open_or_waiting(writing, item_id)
        highest = writing.session.scalar(select(func.max(Agreement.position)).where(Agreement.item_id == item_id))
        agreement = Agreement(item_id=item_id, position=(highest or 0) + 1, text=cleaned)
        writing.session.add(agreement)
        writing.flush()
        return agreement.id


def save_agreement(store: Store, agreement_id: int, text: str) -> None:
    """Keep the wording of an agreement."""
    _change_agreement(store, agreement_id, "text", text)


def save_participant_line(store: Store, agreement_id: int, text: str) -> None:
    """Keep the second line of an agreement, the one meant for the participant."""
    _change_agreement(store, agreement_id, "participant_text", text)


def remove_agreement(store: Store, agreement_id: int) -> None:
    """Take away an agreement of an item that is not frozen."""
    with store.write(Label("forum.agreement_removed")) as writing:
        agreement = existing(writing, Agreement, agreement_id, "agreement")
        _open_or_waiting(writing, agreement.item_id)
        writing.session.delete(agreement)


def move_agreement(store: Store, agreement_id: int, to_index: int) -> None:
    """Move an agreement to a place (0 first) among those of its item."""
    with store.write(Label("forum.agreement_moved")) as writing:
        agreement = existing(writing, Agreement, agreement_id, "agreement")
        _open_or_waiting(writing, agreement.item_id)
        query = select(Agreement).where(Agreement.item_id == agreement.item_id).order_by(Agreement.position, Agreement.id)
        rows = list(writing.session.scalars(query))
        rows.remove(agreement)
        rows.insert(max(0, min(to_index, len(rows))), agreement)
        for position, row in enumerate(rows, start=1):
            row.position = position


def set_wants_whole_item(store: Store, item_id: int, wanted: bool) -> None:
    """Whether the participant gets her whole item with her summary."""
    with store.write(Label("forum.item_changed")) as writing:
        _open_or_waiting(writing, item_id).wants_whole_item = wanted


def set_participant_agrees(store: Store, item_id: int, agrees: bool | None) -> None:
    """What the participant answered when the agreements were read back; None until asked."""
    with store.write(Label("forum.item_changed"), merge_key=("agrees", item_id)) as writing:
        _open_or_waiting(writing, item_id).participant_agrees = agrees


def set_participant_presence(store: Store, item_id: int, presence: Presence) -> None:
    """Whether the participant herself is here for her item."""
    with store.write(Label("forum.presence_marked")) as writing:
        _open_or_waiting(writing, item_id).participant_presence = presence


def pause(store: Store, session_id: int, since: datetime | None = None) -> None:
    """Stop the clocks: the open item keeps the time it has had, until now or `since` (when the machine fell asleep)."""
    with store.write(Label("forum.paused"), undoable=False) as writing:
        session = _under_way(writing, session_id)
        if session.paused_at is None:
            _keep_time(writing, session, since)
            session.paused_at = writing.now
            writing.log("session_paused", "forum_session", session_id)


def resume(store: Store, session_id: int) -> None:
    """Let the clocks run again."""
    with store.write(Label("forum.resumed"), undoable=False) as writing:
        session = _under_way(writing, session_id)
        if session.paused_at is not None:
            session.paused_at = None
            for item in items_in_order(writing, session_id):
                if item.state == ItemState.OPEN:
                    item.opened_at = writing.now
            writing.log("session_resumed", "forum_session", session_id)


def end_session(store: Store, session_id: int) -> None:
    """The table has risen: the session is held, and its minutes wait to be locked. Refused while an item is open."""
    with store.write(Label("forum.session_ended"), undoable=False, barrier=True) as writing:
        session = _under_way(writing, session_id)
        if any(item.state == ItemState.OPEN for item in items_in_order(writing, session_id)):
            raise Refused(Problem("item.still_open"))
        session.state, session.ended_at, session.paused_at = SessionState.HELD, writing.now, None
        writing.log("session_ended", "forum_session", session_id)


def reopen_session(store: Store, session_id: int) -> None:
    """A session that was ended by mistake goes on; refused once its minutes are locked."""
    with store.write(Label("forum.session_started"), undoable=False, barrier=True) as writing:
        session = existing(writing, ForumSession, session_id, "session")
        if session.state != SessionState.HELD:
            raise Refused(Problem("session.not_held"))
        session.state, session.ended_at = SessionState.UNDER_WAY, None
        writing.log("session_reopened", "forum_session", session_id)


def close_open_item(writing: Writing, session: ForumSession, state: ItemState) -> None:
    """Let the open item of a session, if there is one, keep its time and take `state`."""
    _keep_time(writing, session)
    for item in items_in_order(writing, session.id):
        if item.state == ItemState.OPEN:
            item.state = state
            item.opened_at = None
    writing.flush()


def seconds_spent(seconds_before: int, opened_at: str | None, now: datetime, paused: bool) -> int:
    """How long an item has taken, in seconds: what it had before, and the time since it was opened unless paused."""
    if opened_at is None or paused:
        return seconds_before
    return seconds_before + max(0, int((now - local_moment(opened_at)).total_seconds()))


def _line_form(item_id: int) -> str:
    return f"action line:{item_id}"


def _keep_time(writing: Writing, session: ForumSession, until: datetime | None = None) -> None:
    for item in items_in_order(writing, session.id):
        if item.state == ItemState.OPEN:
            item.seconds_spent = seconds_spent(
                item.seconds_spent, item.opened_at, until or writing.moment, session.paused_at is not None
            )
            item.opened_at = writing.now


def _open(writing: Writing, item: AgendaItem) -> None:
    item.state, item.opened_at = ItemState.OPEN, writing.now
    writing.log("item_opened", "agenda_item", item.id)


def _under_way(writing: Writing, session_id: int | None) -> ForumSession:
    session = writing.session.get(ForumSession, session_id) if session_id is not None else None
    if session is None or session.state != SessionState.UNDER_WAY:
        raise Refused(Problem("session.not_under_way"))
    return session


def _open_or_waiting(writing: Writing, item_id: int) -> AgendaItem:
    item = existing(writing, AgendaItem, item_id, "item")
    if item.state == ItemState.FINISHED:
        raise Refused(Problem("item.already_finished"))
    return item


def _change_agreement(store: Store, agreement_id: int, field: str, text: str) -> None:
    cleaned = prose(text)
    with store.write(Label("forum.text_typed", {"field": "agreement"}), merge_key=("agreement", agreement_id, field)) as writing:
        frozen = select(AgendaItem.id).where(AgendaItem.state == ItemState.FINISHED)
        statement = update(Agreement).where(Agreement.id == agreement_id, Agreement.item_id.not_in(frozen))
        if writing.connection.execute(statement.values({field: cleaned})).rowcount == 0:
            raise Refused(Problem("agreement.gone"))
