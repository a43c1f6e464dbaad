"""Reading who is at the table."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from rehabdesk.domain.forum import Presence
from rehabdesk.domain.parties import written_contact
from rehabdesk.store.tables.forum import Attendee, PresenceEvent
from rehabdesk.store.tables.parties import Contact, Party


@dataclass(frozen=True, slots=True)
class AttendeeRow:
    """Somebody at the table. `name` is empty where the contact is shown by function only."""

    id: int
    session_id: int
    contact_id: int | None
    party_id: int | None
    party: str
    name: str
    function: str
    is_guest: bool
    presence: Presence
    came_at: str | None
    left_at: str | None

    @property
    def shown(self) -> str:
        """The name, or the function where there is none to show."""
        return self.name or self.function


@dataclass(frozen=True, slots=True)
class PresenceEventRow:
    """One change of where an attendee is, in order of time."""

    attendee_id: int
    item_id: int | None
    presence: Presence
    at: str


def attendees(connection: Connection, session_id: int) -> tuple[AttendeeRow, ...]:
    """Those expected or present at a session, contacts first by name, then guests in the order they came."""
    query = (
        select(
            Attendee.id,
            Attendee.session_id,
            Attendee.contact_id,
            Attendee.party_id,
            Party.written.label("party"),
            Attendee.name,
            Attendee.function,
            Contact.given_name,
            Contact.surname,
            Contact.function.label("contact_function"),
            Contact.by_function_only,
            Attendee.is_guest,
            Attendee.presence,
            Attendee.came_at,
            Attendee.left_at,
        )
        .outerjoin(Contact, Contact.id == Attendee.contact_id)
        .outerjoin(Party, Party.id == Attendee.party_id)
        .where(Attendee.session_id == session_id)
        .order_by(Attendee.is_guest, Contact.name_sort, Attendee.id)
    )
    return tuple(_attendee(row) for row in connection.execute(query))


def presence_events(connection: Connection, session_id: int) -> tuple[PresenceEventRow, ...]:
    """Every coming and going of a session, in order."""
    query = (
        select(PresenceEvent.attendee_id, PresenceEvent.item_id, PresenceEvent.presence, PresenceEvent.at)
        .join(Attendee, Attendee.id == PresenceEvent.attendee_id)
        .where(Attendee.session_id == session_id)
        .order_by(PresenceEvent.id)
    )
    return tuple(PresenceEventRow(row.attendee_id, row.item_id, Presence(row.presence), row.at) for row in connection.execute(query))


def _attendee(row: object) -> AttendeeRow:
    if row.contact_id is None:
        name, function = row.name, row.function
    else:
        name = "" if row.by_function_only else written_contact(row.given_name, row.surname)
        function = row.contact_function
    return AttendeeRow(
        id=row.id,
        session_id=row.session_id,
        contact_id=row.contact_id,
        party_id=row.party_id,
        party=row.party or "",
        name=name,
        function=function,
        is_guest=row.is_guest,
        presence=Presence(row.presence),
        came_at=row.came_at,
        left_at=row.left_at,
    )
