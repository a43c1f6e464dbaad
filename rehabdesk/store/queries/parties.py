"""Reading contacts: organisations, parties, people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from rehabdesk.domain.parties import OrganisationKind, PartyKind, Use, written_contact
from rehabdesk.store.tables.cases import Case
from rehabdesk.store.tables.consent import Consent
from rehabdesk.store.tables.forum import Action, Attendee, ItemParty, SeriesMember, SessionSeries
from rehabdesk.store.tables.notes import Note
from rehabdesk.store.tables.parties import Contact, Logo, Organisation, Party
from rehabdesk.store.tables.plans import ActionPlan
from rehabdesk.store.tables.prerehab import Booking, Programme
from rehabdesk.store.tables.privacy import HandOut

# Where an id may stand that removing its row would leave hanging, in the order a person is told of them.
_ORGANISATION_USES: tuple[tuple[Use, InstrumentedAttribute], ...] = (
    (Use.PARTIES, Party.organisation_id),
    (Use.SERIES, SessionSeries.controller_id),
    (Use.PROGRAMMES, Programme.controller_id),
)
_PARTY_USES: tuple[tuple[Use, InstrumentedAttribute], ...] = (
    (Use.CONTACTS, Contact.party_id),
    (Use.ITEMS, ItemParty.party_id),
    (Use.CONSENTS, Consent.party_id),
    (Use.ACTIONS, Action.party_id),
    (Use.ATTENDANCE, Attendee.party_id),
    (Use.NOTES, Note.party_id),
    (Use.HAND_OUTS, HandOut.party_id),
    (Use.PROGRAMMES, Programme.supplier_party_id),
    (Use.CLAIMS, Booking.referrer_party_id),
)
_CONTACT_USES: tuple[tuple[Use, InstrumentedAttribute], ...] = (
    (Use.CASES, Case.employer_contact_id),
    (Use.ACTIONS, Action.contact_id),
    (Use.ATTENDANCE, Attendee.contact_id),
    (Use.NOTES, Note.contact_id),
    (Use.PLANS, ActionPlan.responsible_contact_id),
)


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation."""

    id: int
    name: str
    kind: OrganisationKind


@dataclass(frozen=True, slots=True)
class PartyRow:
    """One party, written out in full."""

    id: int
    organisation_id: int
    organisation: str
    unit: str
    written: str
    aliases: tuple[str, ...]
    kind: PartyKind
    is_sensitive: bool
    ended_on: date | None
    name_sort: str


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One contact. `shown` is what others see: the name, or the function where the contact is shown by function only."""

    id: int
    party_id: int
    party: str
    given_name: str
    surname: str
    function: str
    phone: str
    email: str
    by_function_only: bool
    ended_on: date | None
    name_sort: str

    @property
    def name(self) -> str:
        """The name in reading order."""
        return written_contact(self.given_name, self.surname)

    @property
    def shown(self) -> str:
        """The name, or the function only where that is asked for (or no name is known)."""
        return self.function if self.by_function_only or not self.name else self.name


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A contact's usual seat in one forum."""

    contact_id: int
    series_id: int
    series: str


@dataclass(frozen=True, slots=True)
class AddressBook:
    """Every party and contact, the ended too, and where each contact usually sits; read at one moment."""

    parties: tuple[PartyRow, ...]
    contacts: tuple[ContactRow, ...]
    seats: Mapping[int, tuple[SeatRow, ...]]


def address_book(connection: Connection) -> AddressBook:
    """All of it at once."""
    return AddressBook(parties(connection, ended=True), contacts(connection, ended=True), seats(connection))


def organisations(connection: Connection) -> tuple[OrganisationRow, ...]:
    """All organisations by name."""
    rows = connection.execute(select(Organisation.id, Organisation.name, Organisation.kind).order_by(Organisation.name_sort))
    return tuple(OrganisationRow(row.id, row.name, OrganisationKind(row.kind)) for row in rows)


def organisation(connection: Connection, organisation_id: int) -> OrganisationRow | None:
    """One organisation."""
    query = select(Organisation.id, Organisation.name, Organisation.kind).where(Organisation.id == organisation_id)
    row = connection.execute(query).first()
    return OrganisationRow(row.id, row.name, OrganisationKind(row.kind)) if row else None


def organisation_uses(connection: Connection, organisation_id: int) -> tuple[Use, ...]:
    """Where an organisation is used."""
    return _uses(connection, _ORGANISATION_USES, organisation_id)


def party_uses(connection: Connection, party_id: int) -> tuple[Use, ...]:
    """Where a party is used."""
    return _uses(connection, _PARTY_USES, party_id)


def contact_uses(connection: Connection, contact_id: int) -> tuple[Use, ...]:
    """Where a contact is used. A usual seat in a forum is no use: it goes with the contact."""
    return _uses(connection, _CONTACT_USES, contact_id)


def seats(connection: Connection) -> Mapping[int, tuple[SeatRow, ...]]:
    """The forums that contacts usually sit in, by contact; ended series are left out."""
    query = (
        select(SeriesMember.contact_id, SeriesMember.series_id, SessionSeries.name.label("series"))
        .join(SessionSeries, SessionSeries.id == SeriesMember.series_id)
        .where(SessionSeries.ended_on.is_(None))
        .order_by(SeriesMember.contact_id, SessionSeries.name)
    )
    found: dict[int, tuple[SeatRow, ...]] = {}
    for row in connection.execute(query):
        found[row.contact_id] = (*found.get(row.contact_id, ()), SeatRow(row.contact_id, row.series_id, row.series))
    return found


def logo(connection: Connection, organisation_id: int) -> bytes | None:
    """The organisation's logo, if it has one."""
    return connection.execute(select(Logo.content).where(Logo.organisation_id == organisation_id)).scalar()


def parties(connection: Connection, *, ended: bool = False) -> tuple[PartyRow, ...]:
    """All parties by name; those that have ended only when asked for."""
    query = _parties().order_by(Party.name_sort)
    if not ended:
        query = query.where(Party.ended_on.is_(None))
    return tuple(_party(row) for row in connection.execute(query))


def party(connection: Connection, party_id: int) -> PartyRow | None:
    """One party."""
    row = connection.execute(_parties().where(Party.id == party_id)).first()
    return _party(row) if row else None


def host_parties(connection: Connection) -> frozenset[int]:
    """The coordinator's own parties: they run the table, and no consent decides whether they stay."""
    return frozenset(connection.execute(select(Party.id).where(Party.kind == PartyKind.COORDINATION)).scalars())


def contacts(
    connection: Connection, *, party_ids: Iterable[int] | None = None, series_id: int | None = None, ended: bool = False
) -> tuple[ContactRow, ...]:
    """Contacts by name: of some parties, or those who usually sit in a series."""
    query = _contacts().order_by(Contact.name_sort, Contact.id)
    if party_ids is not None:
        query = query.where(Contact.party_id.in_(tuple(party_ids)))
    if series_id is not None:
        query = query.join(SeriesMember, SeriesMember.contact_id == Contact.id).where(SeriesMember.series_id == series_id)
    if not ended:
        query = query.where(Contact.ended_on.is_(None))
    return tuple(_contact(row) for row in connection.execute(query))


def contact(connection: Connection, contact_id: int) -> ContactRow | None:
    """One contact."""
    row = connection.execute(_contacts().where(Contact.id == contact_id)).first()
    return _contact(row) if row else None


def _parties() -> Select:
    return select(
        Party.id,
        Party.organisation_id,
        Organisation.name.label("organisation"),
        Party.unit,
        Party.written,
        Party.aliases,
        Party.kind,
        Party.is_sensitive,
        Party.ended_on,
        Party.name_sort,
    ).join(Organisation, Organisation.id == Party.organisation_id)


def _party(row: object) -> PartyRow:
    values = row._asdict()
    values["aliases"] = tuple(alias.strip() for alias in values["aliases"].split(",") if alias.strip())
    values["kind"] = PartyKind(values["kind"])
    return PartyRow(**values)


def _contacts() -> Select:
    return select(
        Contact.id,
        Contact.party_id,
        Party.written.label("party"),
        Contact.given_name,
        Contact.surname,
        Contact.function,
        Contact.phone,
        Contact.email,
        Contact.by_function_only,
        Contact.ended_on,
        Contact.name_sort,
    ).join(Party, Party.id == Contact.party_id)


def _contact(row: object) -> ContactRow:
    return ContactRow(**row._asdict())


def _uses(connection: Connection, places: Sequence[tuple[Use, InstrumentedAttribute]], row_id: int) -> tuple[Use, ...]:
    return tuple(use for use, column in places if connection.execute(select(column).where(column == row_id).limit(1)).first() is not None)
