"""What the first page shows that no other page reads: how ready the next meeting is, and whether the forum is set up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, exists, select

from rehabdesk.domain.forum import ActionState, ItemState, Presence
from rehabdesk.domain.readiness import Lack, OpenAction, PlannedItem, PlannedParty, lacks
from rehabdesk.store.queries.forum import actions as action_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import presence as presence_queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.queries.forum.agenda import ItemRow
from rehabdesk.store.queries.forum.sessions import SessionRow
from rehabdesk.store.tables.cases import Case
from rehabdesk.store.tables.forum import ForumSession, SessionSeries
from rehabdesk.store.tables.parties import Contact

_AWAY = frozenset({Presence.EXCUSED, Presence.ABSENT})


@dataclass(frozen=True, slots=True)
class NextSession:
    """The next meeting, how much of it is planned, and what it lacks."""

    session: SessionRow
    called_parties: int
    expected_parties: int
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class SetUp:
    """What there is of the things a forum begins with."""

    has_contacts: bool
    has_series: bool
    has_sessions: bool
    has_cases: bool


def set_up(connection: Connection) -> SetUp:
    """Which first steps have been taken."""
    answers = connection.execute(
        select(
            exists().where(Contact.id.is_not(None)),
            exists().where(SessionSeries.id.is_not(None)),
            exists().where(ForumSession.id.is_not(None)),
            exists().where(Case.id.is_not(None)),
        )
    ).one()
    return SetUp(*(bool(answer) for answer in answers))


def next_session(connection: Connection, today: date) -> NextSession | None:
    """The meeting under way, or the next that is planned."""
    session = session_queries.next_session(connection, today)
    if session is None:
        return None
    items = agenda_queries.agenda(connection, session.id, today)
    called = {party.party_id for item in items for party in item.called}
    expected = expected_party_ids(connection, session.id)
    # What an item that is finished lacked is nothing to see to any more.
    coming = tuple(item for item in items if item.state is not ItemState.FINISHED)
    found = () if items and not coming else lacks(
        [_planned(item) for item in coming], _open_actions(connection, coming), expected, session.start, session.end, today
    )
    return NextSession(session, len(called), len(called & expected), found)


def expected_party_ids(connection: Connection, session_id: int) -> frozenset[int]:
    """The parties that somebody is expected from, or has come from."""
    return frozenset(
        attendee.party_id
        for attendee in presence_queries.attendees(connection, session_id)
        if attendee.party_id is not None and attendee.presence not in _AWAY
    )


def _planned(item: ItemRow) -> PlannedItem:
    called = tuple(PlannedParty(party.party_id, "" if party.is_sensitive else party.party, party.may_hear) for party in item.called)
    return PlannedItem(item.id, item.kind, item.case_number or item.title, item.case_id, item.minutes + item.minutes_before, bool(item.question.strip()), called)


def _open_actions(connection: Connection, items: tuple[ItemRow, ...]) -> list[OpenAction]:
    on_agenda = {item.case_id for item in items}
    return [
        OpenAction(action.case_id, action.due_on, "" if action.is_sensitive else action.party)
        for action in action_queries.actions(connection, state=ActionState.OPEN)
        if action.case_id is not None and action.case_id in on_agenda and action.due_on is not None
    ]
