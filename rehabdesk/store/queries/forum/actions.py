"""Reading actions: one item's, one case's, one party's, or all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from types import MappingProxyType

from sqlalchemy import Connection, Select, bindparam, case, func, or_, select

from rehabdesk.domain.actions import OpenAction
from rehabdesk.domain.cases import short_name
from rehabdesk.domain.forum import ActionEventKind, ActionState
from rehabdesk.domain.parties import written_contact
from rehabdesk.store.tables.cases import Case, Participant
from rehabdesk.store.tables.forum import Action, ActionEvent, AgendaItem
from rehabdesk.store.tables.parties import Contact, Party

_STATES = MappingProxyType({state.value: state for state in ActionState})


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action. `answered` is what was said of it at the item asked about (closed, moved, kept), if anything."""

    id: int
    series_id: int
    case_id: int | None
    case_number: str
    participant: str
    item_id: int | None
    party_id: int | None
    party: str
    is_sensitive: bool
    contact_id: int | None
    contact: str
    for_participant: bool
    what: str
    due_on: date | None
    state: ActionState
    created_on: date
    closed_on: date | None
    move_count: int
    is_shown: bool
    category: str = ""
    answered: ActionEventKind | None = None
    is_protected: bool = False

    @property
    def who(self) -> str:
        """Who answers for it, written out: party and contact, without the participant's name."""
        return ", ".join(part for part in (self.party, self.contact) if part)

    @property
    def is_told_outside(self) -> bool:
        """Whether the party that answers for it may be told outside the case (`domain.actions`)."""
        return self.party_id is not None and not self.is_sensitive


@dataclass(frozen=True, slots=True)
class LateByParty:
    """How many actions a party is late with."""

    party_id: int
    party: str
    count: int


@dataclass(frozen=True, slots=True)
class PartyActions:
    """A party with open actions: how many, and how many of them late."""

    party_id: int
    party: str
    open: int
    late: int

    @property
    def id(self) -> int:
        """The party's id."""
        return self.party_id


def actions(connection: Connection, *, state: ActionState | None = None, party_id: int | None = None, case_id: int | None = None) -> tuple[ActionRow, ...]:
    """Actions by date, those without a date last."""
    query = _actions()
    if state is not None:
        query = query.where(Action.state == state)
    if party_id is not None:
        query = query.where(Action.party_id == party_id)
    if case_id is not None:
        query = query.where(Action.case_id == case_id)
    return _rows(connection, query)


def open_actions_of_case(connection: Connection, case_id: int) -> tuple[ActionRow, ...]:
    """The open actions of a case, by date, those without a date last."""
    return _rows(connection, _open_of_case(), {"of_case": case_id})


def actions_of_item(connection: Connection, item_id: int) -> tuple[ActionRow, ...]:
    """The actions that were made at an item, in the order they were made."""
    return _rows(connection, _actions().where(Action.item_id == item_id).order_by(None).order_by(Action.id))


def earlier_actions(connection: Connection, item_id: int) -> tuple[ActionRow, ...]:
    """ "Sedan tidigare": the case's actions from before that are open, or were answered at this item; for a general item its own line's."""
    this = connection.execute(
        select(AgendaItem.case_id, AgendaItem.series_id, AgendaItem.standing_item_id).where(AgendaItem.id == item_id)
    ).first()
    if this is None or (this.case_id is None and this.standing_item_id is None):
        return ()
    events = {
        row.action_id: ActionEventKind(row.kind)
        for row in connection.execute(
            select(ActionEvent.action_id, ActionEvent.kind)
            .where(ActionEvent.item_id == item_id, ActionEvent.kind != ActionEventKind.CREATED)
            .order_by(ActionEvent.id)
        )
    }
    query = _actions().where(
        or_(Action.item_id.is_(None), Action.item_id != item_id), or_(Action.state == ActionState.OPEN, Action.id.in_(tuple(events)))
    )
    if this.case_id is not None:
        query = query.where(Action.case_id == this.case_id)
    else:
        same_line = select(AgendaItem.id).where(AgendaItem.standing_item_id == this.standing_item_id)
        query = query.where(Action.case_id.is_(None), Action.item_id.in_(same_line))
    return tuple(replace(row, answered=events.get(row.id)) for row in _rows(connection, query))


def late_by_party(connection: Connection, today: date) -> tuple[LateByParty, ...]:
    """How many open actions each party is late with, most first; sensitive parties are left out (`product.md` rule 5)."""
    query = (
        select(Party.id.label("party_id"), Party.written.label("party"), func.count(Action.id).label("count"))
        .join(Party, Party.id == Action.party_id)
        .where(Action.state == ActionState.OPEN, Action.due_on < today, Party.is_sensitive.is_(False))
        .group_by(Party.id)
        .order_by(func.count(Action.id).desc(), Party.name_sort)
    )
    return tuple(LateByParty(**row._asdict()) for row in connection.execute(query))


def parties_with_open(connection: Connection, today: date) -> tuple[PartyActions, ...]:
    """The parties that answer for open actions, most late first; sensitive parties are left out (`product.md` rule 5)."""
    late = func.sum(case((Action.due_on < today, 1), else_=0))
    query = (
        select(Party.id, Party.written, func.count(Action.id), late)
        .join(Party, Party.id == Action.party_id)
        .where(Action.state == ActionState.OPEN, Party.is_sensitive.is_(False))
        .group_by(Party.id)
        .order_by(late.desc(), Party.name_sort)
    )
    return tuple(PartyActions(*row) for row in connection.execute(query))


def open_of_parties(connection: Connection) -> tuple[OpenAction, ...]:
    """Every open action that a party answers for, by the party's name.

    Sensitive parties are left out (`product.md` rule 5), and what is about somebody under protected identity (rule 7).
    """
    query = (
        select(Action.party_id, Party.written, Action.due_on)
        .join(Party, Party.id == Action.party_id)
        .outerjoin(Case, Case.id == Action.case_id)
        .outerjoin(Participant, Participant.id == Case.participant_id)
        .where(Action.state == ActionState.OPEN, Party.is_sensitive.is_(False), func.coalesce(Participant.is_protected, 0) == 0)
        .order_by(Party.name_sort, Action.id)
    )
    return tuple(OpenAction(*row) for row in connection.execute(query))


def open_count(connection: Connection) -> int:
    """How many actions are open."""
    return connection.execute(select(func.count(Action.id)).where(Action.state == ActionState.OPEN)).scalar_one()


@cache
def _actions() -> Select:
    """Put together once: its columns cost more than asking it."""
    return (
        select(
            Action.id,
            Action.series_id,
            Action.case_id,
            Case.number.label("case_number"),
            Participant.given_name.label("participant_given_name"),
            Participant.surname.label("participant_surname"),
            Action.item_id,
            Action.party_id,
            Party.written.label("party"),
            Party.is_sensitive,
            Action.contact_id,
            Contact.given_name.label("contact_given_name"),
            Contact.surname.label("contact_surname"),
            Contact.function.label("contact_function"),
            Contact.by_function_only,
            Action.for_participant,
            Action.what,
            Action.due_on,
            Action.state,
            Action.created_on,
            Action.closed_on,
            Action.move_count,
            Action.is_shown,
            Action.category,
            Participant.is_protected,
        )
        .outerjoin(Case, Case.id == Action.case_id)
        .outerjoin(Participant, Participant.id == Case.participant_id)
        .outerjoin(Party, Party.id == Action.party_id)
        .outerjoin(Contact, Contact.id == Action.contact_id)
        .order_by(Action.due_on.is_(None), Action.due_on, Action.id)
    )


@cache
def _open_of_case() -> Select:
    return _actions().where(Action.case_id == bindparam("of_case"), Action.state == ActionState.OPEN)


def _rows(connection: Connection, query: Select, values: Mapping[str, int] | None = None) -> tuple[ActionRow, ...]:
    make = _Maker()
    return tuple(make.row(*row) for row in connection.execute(query, values))


class _Maker:
    """Makes the rows of one answer. Each name is written out once and each column read once: ten thousand rows are many."""

    def __init__(self) -> None:
        self._written: dict[tuple[str | None, ...], str] = {}

    def row(  # noqa: PLR0913 - one parameter a column, in the order of the query
        self, id_: int, series_id: int, case_id: int | None, case_number: str | None, given_name: str | None, surname: str | None,
        item_id: int | None, party_id: int | None, party: str | None, is_sensitive: bool | None, contact_id: int | None,
        contact_given_name: str | None, contact_surname: str | None, contact_function: str | None, by_function_only: bool | None,
        for_participant: bool, what: str, due_on: date | None, state: str, created_on: date, closed_on: date | None,
        move_count: int, is_shown: bool, category: str, is_protected: bool | None,
    ) -> ActionRow:
        """One row."""
        key = (contact_given_name, contact_surname, contact_function, by_function_only)
        contact = self._written.get(key)
        if contact is None:
            contact = self._written[key] = _contact(*key)
        person = (given_name, surname)
        participant = self._written.get(person)
        if participant is None:
            participant = self._written[person] = short_name(given_name, surname or "") if given_name else ""
        return ActionRow(
            id_, series_id, case_id, case_number or "", participant, item_id, party_id, party or "", bool(is_sensitive), contact_id,
            contact, for_participant, what, due_on, _STATES[state], created_on, closed_on, move_count, is_shown, category,
            is_protected=bool(is_protected),
        )


def _contact(given_name: str | None, surname: str | None, function: str | None, by_function_only: bool | None) -> str:
    name = written_contact(given_name or "", surname or "")
    return (function or "") if by_function_only or not name else name
