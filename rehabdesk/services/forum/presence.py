"""Arriving and leaving: one key marks somebody, and says at once whether the party may hear the open item."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from rehabdesk.domain.consent import parties_covered, parties_hearing
from rehabdesk.domain.forum import AT_THE_TABLE, ItemKind, ItemState, Presence, SessionState, effective_kind, may_hear
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.services.checks import existing, line
from rehabdesk.store.history import Label
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.forum import AgendaItem, Attendee, ForumSession, ItemParty, PresenceEvent
from rehabdesk.store.tables.parties import Contact


@dataclass(frozen=True, slots=True)
class Arrival:
    """The answer when somebody is marked: may the party hear the item that is open now? None when no item is open."""

    presence: Presence
    may_hear: bool | None


def mark(store: Store, attendee_id: int, presence: Presence) -> Arrival:
    """Mark where somebody is. Stepping out (also for jäv) asks for no reason."""
    with store.write(Label("forum.presence_marked"), merge_key=("presence", attendee_id)) as writing:
        attendee = existing(writing, Attendee, attendee_id, "attendee")
        session = _not_locked(writing, attendee.session_id)
        item = writing.session.scalar(
            select(AgendaItem).where(AgendaItem.session_id == session.id, AgendaItem.state == ItemState.OPEN)
        )
        set_presence(writing, attendee, presence, item)
        return Arrival(presence, _answer(writing, attendee, item))


def expect_contact(store: Store, session_id: int, contact_id: int) -> int:
    """Expect a contact at a session; returns the attendee's id, the old one if the contact is expected already."""
    with store.write(Label("forum.attendee_added")) as writing:
        _not_locked(writing, session_id)
        known = writing.session.scalar(
            select(Attendee.id).where(Attendee.session_id == session_id, Attendee.contact_id == contact_id)
        )
        if known is not None:
            return known
        contact = existing(writing, Contact, contact_id, "contact")
        attendee = Attendee(session_id=session_id, contact_id=contact_id, party_id=contact.party_id)
        writing.session.add(attendee)
        writing.flush()
        return attendee.id


def add_guest(store: Store, session_id: int, function: str, name: str = "", party_id: int | None = None) -> int:
    """A guest at the table, by function and, if wanted, name; marked as here when the meeting is under way."""
    function, name = line(function, "function"), line(name, "name")
    refuse_if([] if function or name else [Problem("attendee.guest_unnamed", "function")])
    with store.write(Label("forum.attendee_added")) as writing:
        session = _not_locked(writing, session_id)
        attendee = Attendee(session_id=session_id, party_id=party_id, name=name, function=function, is_guest=True)
        writing.session.add(attendee)
        writing.flush()
        if session.state == SessionState.UNDER_WAY:
            set_presence(writing, attendee, Presence.HERE, None)
        return attendee.id


def set_waiting(store: Store, item_id: int, party_id: int, waiting: bool) -> None:
    """Tell that a party called to an item waits outside, from now, or (`waiting=False`) does not."""
    with store.write(Label("forum.party_waiting")) as writing:
        called = writing.session.get(ItemParty, (item_id, party_id))
        if called is None:
            raise Refused(Problem("item.party_not_called"))
        called.waiting_since = writing.moment.strftime("%H:%M") if waiting else None


def remove_attendee(store: Store, attendee_id: int) -> None:
    """Take somebody off the list; refused once she has been marked."""
    with store.write(Label("forum.attendee_removed")) as writing:
        attendee = existing(writing, Attendee, attendee_id, "attendee")
        _not_locked(writing, attendee.session_id)
        if attendee.came_at is not None:
            raise Refused(Problem("attendee.was_here"))
        writing.session.delete(attendee)


def set_presence(writing: Writing, attendee: Attendee, presence: Presence, item: AgendaItem | None) -> None:
    """Change where an attendee is inside a write of another verb, with its line in the record of comings and goings."""
    time = writing.moment.strftime("%H:%M")
    attendee.presence = presence
    if presence in AT_THE_TABLE:
        attendee.came_at = attendee.came_at or time
        attendee.left_at = None
    elif presence is Presence.LEFT:
        attendee.left_at = time
    writing.session.add(
        PresenceEvent(attendee_id=attendee.id, item_id=item.id if item else None, presence=presence, at=time)
    )


def _answer(writing: Writing, attendee: Attendee, item: AgendaItem | None) -> bool | None:
    if item is None:
        return None
    rules = writing.read(consent_queries.rules, (item.case_id,)) if item.case_id is not None else ()
    covered = parties_covered(rules, item.case_id, writing.today)
    hearing = parties_hearing(rules, item.case_id, writing.today)
    called = writing.session.scalars(select(ItemParty.party_id).where(ItemParty.item_id == item.id))
    kind = effective_kind(ItemKind(item.kind), called, covered)
    return may_hear(kind, attendee.party_id, hearing, writing.read(party_queries.host_parties))


def _not_locked(writing: Writing, session_id: int) -> ForumSession:
    session = existing(writing, ForumSession, session_id, "session")
    if session.state in (SessionState.LOCKED, SessionState.CANCELLED):
        raise Refused(Problem("session.already_locked"))
    return session
