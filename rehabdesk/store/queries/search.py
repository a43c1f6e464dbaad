"""What the one search may look through: names, case numbers, contacts, meetings, general items and rounds, and nothing a person wrote about a case.

A sensitive party is not here, nor who works there: a search across cases must not select people by it (`product.md` §3).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from rehabdesk.domain.cases import short_name
from rehabdesk.domain.forum import ItemKind, SessionState
from rehabdesk.domain.parties import written_contact
from rehabdesk.store.tables.cases import Case, Participant
from rehabdesk.store.tables.forum import AgendaItem, ForumSession, SessionSeries
from rehabdesk.store.tables.parties import Contact, Party
from rehabdesk.store.tables.prerehab import Programme, Round


@dataclass(frozen=True, slots=True)
class CaseFound:
    """A case by its number or its participant's name; no name under protected identity, not even the alias."""

    id: int
    number: str
    name: str
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class PartyFound:
    """A party by its name."""

    id: int
    written: str


@dataclass(frozen=True, slots=True)
class ContactFound:
    """A contact by name, function or party; `shown` is what others see."""

    id: int
    shown: str
    function: str
    party: str


@dataclass(frozen=True, slots=True)
class SessionFound:
    """A meeting, with what it can be found by."""

    id: int
    series: str
    number: int
    held_on: date
    state: SessionState


@dataclass(frozen=True, slots=True)
class ItemFound:
    """A general item that is on one agenda only, or parked."""

    id: int
    title: str
    held_on: date | None
    session_id: int | None


@dataclass(frozen=True, slots=True)
class RoundFound:
    """A round, with what it can be found by."""

    id: int
    programme: str
    number: int
    name: str
    starts_on: date
    ends_on: date
    cancelled_on: date | None


@dataclass(frozen=True, slots=True)
class ProgrammeFound:
    """A programme by its name, with where it is."""

    id: int
    name: str
    place: str


def cases(connection: Connection, keys: Iterable[str], numbers: Iterable[str], most: int) -> tuple[CaseFound, ...]:
    """Cases whose participant's names begin with all the keys, or whose number holds all of `numbers`; open ones first."""
    by_name = _begins(Participant.name_sort, keys)
    by_number = [Case.number.contains(number, autoescape=True) for number in numbers]
    wanted = [condition for condition in (by_name, and_(*by_number) if by_number else None) if condition is not None]
    if not wanted:
        return ()
    query = (
        select(Case.id, Case.number, Participant.given_name, Participant.surname, Participant.is_protected, Case.closed_on)
        .join(Participant, Participant.id == Case.participant_id)
        .where(or_(*wanted))
        .order_by(Case.closed_on.is_not(None), Participant.name_sort, Case.year.desc(), Case.sequence.desc())
        .limit(most)
    )
    return tuple(
        CaseFound(row.id, row.number, "" if row.is_protected else short_name(row.given_name, row.surname), row.closed_on)
        for row in connection.execute(query)
    )


def parties(connection: Connection, keys: Iterable[str], most: int) -> tuple[PartyFound, ...]:
    """Parties in use whose name has words that begin with all the keys; never a sensitive one."""
    condition = _begins(Party.name_sort, keys)
    if condition is None:
        return ()
    query = (
        select(Party.id, Party.written)
        .where(condition, Party.is_sensitive.is_(False), Party.ended_on.is_(None))
        .order_by(Party.name_sort)
        .limit(most)
    )
    return tuple(PartyFound(row.id, row.written) for row in connection.execute(query))


def contacts(connection: Connection, keys: Iterable[str], most: int) -> tuple[ContactFound, ...]:
    """Contacts whose names begin with all the keys; never one at a sensitive party."""
    condition = _begins(Contact.name_sort, keys)
    if condition is None:
        return ()
    query = (
        select(Contact.id, Contact.given_name, Contact.surname, Contact.function, Contact.by_function_only, Party.written)
        .join(Party, Party.id == Contact.party_id)
        .where(condition, Party.is_sensitive.is_(False), Contact.ended_on.is_(None))
        .order_by(Contact.name_sort)
        .limit(most)
    )
    return tuple(_contact(row) for row in connection.execute(query))


def sessions(connection: Connection) -> tuple[SessionFound, ...]:
    """Every meeting, latest first; matching is done by the caller, who knows how dates are written."""
    query = (
        select(ForumSession.id, SessionSeries.name, ForumSession.number, ForumSession.held_on, ForumSession.state)
        .join(SessionSeries, SessionSeries.id == ForumSession.series_id)
        .order_by(ForumSession.held_on.desc(), ForumSession.start.desc())
    )
    return tuple(
        SessionFound(row.id, row.name, row.number, row.held_on, SessionState(row.state)) for row in connection.execute(query)
    )


def general_items(connection: Connection) -> tuple[ItemFound, ...]:
    """General items that are no line of a standing agenda, latest first."""
    query = (
        select(AgendaItem.id, AgendaItem.title, ForumSession.held_on, AgendaItem.session_id)
        .outerjoin(ForumSession, ForumSession.id == AgendaItem.session_id)
        .where(AgendaItem.kind == ItemKind.GENERAL, AgendaItem.standing_item_id.is_(None))
        .order_by(ForumSession.held_on.is_not(None), ForumSession.held_on.desc(), AgendaItem.id.desc())
    )
    return tuple(ItemFound(row.id, row.title, row.held_on, row.session_id) for row in connection.execute(query))


def rounds(connection: Connection) -> tuple[RoundFound, ...]:
    """Every round, latest first; matching is done by the caller, who knows how dates are written."""
    query = (
        select(Round.id, Programme.name.label("programme"), Round.number, Round.name, Round.starts_on, Round.ends_on, Round.cancelled_on)
        .join(Programme, Programme.id == Round.programme_id)
        .order_by(Round.starts_on.desc(), Round.id.desc())
    )
    return tuple(RoundFound(*row) for row in connection.execute(query))


def programmes(connection: Connection, keys: Iterable[str], most: int) -> tuple[ProgrammeFound, ...]:
    """Programmes whose name has words that begin with all the keys; those in use first."""
    condition = _begins(Programme.name_sort, keys)
    if condition is None:
        return ()
    query = select(Programme.id, Programme.name, Programme.place).where(condition)
    query = query.order_by(Programme.ended_on.is_not(None), Programme.name_sort).limit(most)
    return tuple(ProgrammeFound(*row) for row in connection.execute(query))


def _begins(column: ColumnElement[str], keys: Iterable[str]) -> ColumnElement[bool] | None:
    """Each key begins the sorted text or a word of it."""
    conditions = [
        or_(column.startswith(key, autoescape=True), column.contains(f" {key}", autoescape=True)) for key in keys
    ]
    return and_(*conditions) if conditions else None


def _contact(row: object) -> ContactFound:
    name = written_contact(row.given_name, row.surname)
    shown = row.function if row.by_function_only or not name else name
    return ContactFound(row.id, shown, "" if shown == row.function else row.function, row.written)
