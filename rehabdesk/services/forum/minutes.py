"""Gå igenom och lås: the forecast of what returns, what closes and who has nothing to do; then the lock.

Locking makes the minutes of the general part and the frozen sheets, and puts what returns on a coming session or on the
parking list, in one write that is never undone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from rehabdesk.domain.forum import (
    ItemKind,
    ItemState,
    Outcome,
    Return,
    SessionState,
    problems_before_locking,
)
from rehabdesk.domain.problems import Problem, refuse_if
from rehabdesk.domain.sheets import GeneralSheet, SheetPresent, digest, digest_of_minutes
from rehabdesk.services.checks import existing
from rehabdesk.services.forum.agenda import items_in_order, place_item
from rehabdesk.services.forum.returns import coming_sessions, session_of_return
from rehabdesk.services.forum.sheets import Ending, freeze_item, store_sheet
from rehabdesk.store.history import Label
from rehabdesk.store.queries.forum import actions as action_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import presence as presence_queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.queries.forum import sheets as sheet_queries
from rehabdesk.store.queries.forum.sessions import SessionRow
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.forum import AgendaItem, Attendee, ForumSession, ItemParty, ItemSheet, Minutes


@dataclass(frozen=True, slots=True)
class Returning:
    """An item that comes back: on which session, or on the parking list when none is planned that late."""

    item_id: int
    paragraph: int | None
    title: str
    kind: Return
    on: date | None
    session_id: int | None
    session_on: date | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What locking will do, shown before it is done."""

    returning: tuple[Returning, ...]
    closing: tuple[agenda_queries.ItemRow, ...]
    unfinished: tuple[agenda_queries.ItemRow, ...]
    idle: tuple[str, ...]
    problems: tuple[Problem, ...]


def forecast(connection: Connection, session_id: int, today: date) -> Forecast:
    """What returns, what closes, what is unfinished, and which parties at the table have nothing to do."""
    session = session_queries.session(connection, session_id)
    items = agenda_queries.agenda(connection, session_id, today)
    finished = tuple(item for item in items if item.state is ItemState.FINISHED)
    unfinished = tuple(item for item in items if item.state is not ItemState.FINISHED)
    here = sum(1 for attendee in presence_queries.attendees(connection, session_id) if attendee.came_at)
    coming = coming_sessions(connection, session)
    problems = problems_before_locking(session.state, len(unfinished), here, told_twice=False)
    return Forecast(
        returning=tuple(_returning(item, session_of_return(coming, item)) for item in finished if _comes_back(item)),
        closing=tuple(item for item in finished if item.kind is not ItemKind.GENERAL and not _comes_back(item)),
        unfinished=unfinished,
        idle=_idle(connection, session_id, items),
        problems=problems,
    )


def lock(store: Store, session_id: int, *, told_twice: bool = False, language: str = "sv") -> str:
    """Lock the minutes and return their digest. Items still open are broken off, those waiting dropped, when told twice.

    Their readers have gone home by then: no copy comes out of a printer by itself.
    """
    with store.write(Label("forum.minutes_locked"), undoable=False, barrier=True) as writing:
        session = existing(writing, ForumSession, session_id, "session")
        items = items_in_order(writing, session_id)
        unfinished = [item for item in items if item.state != ItemState.FINISHED]
        here = writing.session.scalars(select(Attendee.id).where(Attendee.session_id == session_id, Attendee.came_at.is_not(None)))
        refuse_if(problems_before_locking(SessionState(session.state), len(unfinished), len(here.all()), told_twice))
        for item in unfinished:
            outcome = Outcome.BROKEN_OFF if item.state == ItemState.OPEN else Outcome.DROPPED
            freeze_item(writing, item, Ending(outcome, Return.NEXT_SESSION), language, is_later=True)
        _return_items(writing, session)
        general = general_material(writing.connection, writing.read(session_queries.session, session_id))
        store_sheet(writing, general, session_id=session_id, item_id=None)
        session.state, session.ended_at = SessionState.LOCKED, session.ended_at or writing.now
        return _lock(writing, session_id)


def general_material(connection: Connection, session: SessionRow) -> GeneralSheet:
    """The general part as it is now: the head, who was here for which part, and who was not."""
    attendees = presence_queries.attendees(connection, session.id)
    here = [attendee for attendee in attendees if attendee.came_at]
    away = [attendee for attendee in attendees if not attendee.came_at]
    return GeneralSheet(
        session_id=session.id,
        session_on=session.held_on,
        session_number=session.number,
        series=session.series_name,
        start=session.start,
        end=session.end,
        place=session.place,
        chair=session.chair,
        secretary=session.secretary,
        present=tuple(SheetPresent(a.name, a.function, a.party) for a in here),
        parts=_parts(here),
        absent=tuple(SheetPresent(a.name, a.function, a.party) for a in away),
    )


def problems_with_minutes(connection: Connection) -> tuple[Problem, ...]:
    """For `rehabdesk check`: sheets whose text no longer fits their digest, and minutes whose sheets are not those locked."""
    found: list[Problem] = []
    digests: dict[int, str] = {}
    for sheet in sheet_queries.stored_sheets(connection):
        digests[sheet.id] = sheet.digest
        if sheet.content is not None and digest(sheet.content, sheet.salt) != sheet.digest:
            found.append(Problem("minutes.sheet_changed", None, {"sheet": sheet.id}))
    for session_id, minutes in sheet_queries.all_minutes(connection):
        listed = tuple(digests.get(sheet_id, "") for sheet_id in minutes.sheet_ids)
        if digest_of_minutes(listed) != minutes.digest:
            found.append(Problem("minutes.digest_differs", None, {"session": session_id}))
    return tuple(found)


def _comes_back(item: agenda_queries.ItemRow) -> bool:
    return item.return_kind is not None and item.return_kind is not Return.NOT_AT_ALL


def _returning(item: agenda_queries.ItemRow, target: SessionRow | None) -> Returning:
    return Returning(
        item_id=item.id,
        paragraph=item.paragraph,
        title=item.case_number or item.title,
        kind=item.return_kind,
        on=item.return_on,
        session_id=target.id if target else None,
        session_on=target.held_on if target else None,
    )


def _idle(connection: Connection, session_id: int, items: tuple[agenda_queries.ItemRow, ...]) -> tuple[str, ...]:
    busy = {action.party_id for item in items for action in action_queries.actions_of_item(connection, item.id)}
    parties = {
        attendee.party_id: attendee.party
        for attendee in presence_queries.attendees(connection, session_id)
        if attendee.came_at and attendee.party_id is not None
    }
    return tuple(name for party_id, name in parties.items() if party_id not in busy)


def _return_items(writing: Writing, session: ForumSession) -> None:
    coming = coming_sessions(writing.connection, writing.read(session_queries.session, session.id))
    for item in writing.read(agenda_queries.agenda, session.id, writing.today):
        if not _comes_back(item):
            continue
        target = session_of_return(coming, item)
        if target is not None and item.case_id in writing.read(agenda_queries.case_ids_on_agenda, target.id) and item.case_id:
            continue
        _add_returned(writing, item, target)


def _add_returned(writing: Writing, item: agenda_queries.ItemRow, target: SessionRow | None) -> None:
    returned = AgendaItem(
        series_id=item.series_id,
        kind=item.kind,
        title=item.title,
        case_id=item.case_id,
        presenter=item.presenter,
        minutes=item.minutes,
        question=item.question,
    )
    if target is not None:
        place_item(writing, target.id, returned)
    else:
        writing.session.add(returned)
        writing.flush()
    for called in item.called:
        writing.session.add(ItemParty(item_id=returned.id, party_id=called.party_id))


def _parts(here: list[presence_queries.AttendeeRow]) -> tuple[str, ...]:
    """Which part of the meeting each was here for, as times; empty for the whole."""
    first_come = min((attendee.came_at for attendee in here), default="")
    return tuple(
        f"{attendee.came_at}–{attendee.left_at or ''}" if attendee.left_at or attendee.came_at > first_come else ""
        for attendee in here
    )


def _lock(writing: Writing, session_id: int) -> str:
    writing.flush()
    rows = writing.session.execute(
        select(ItemSheet.id, ItemSheet.digest)
        .outerjoin(AgendaItem, AgendaItem.id == ItemSheet.item_id)
        .where(ItemSheet.session_id == session_id, ItemSheet.corrects_id.is_(None))
        .order_by(ItemSheet.item_id.is_not(None), AgendaItem.paragraph, ItemSheet.id)
    ).all()
    total = digest_of_minutes(tuple(row.digest for row in rows))
    writing.session.add(
        Minutes(
            session_id=session_id,
            digest=total,
            sheet_ids=" ".join(str(row.id) for row in rows),
            locked_at=writing.now,
            locked_on=writing.today,
        )
    )
    writing.log("minutes_locked", "forum_session", session_id)
    return total
