"""Organisations, parties and contacts: added, changed, ended, removed. What is in use is ended, never removed."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable
from datetime import date
from typing import TypedDict, Unpack

from sqlalchemy import select

from rehabdesk.domain.forum import SeriesKind, problems_with_controller
from rehabdesk.domain.parties import (
    MOST_LOGO_BYTES,
    USUAL_ORGANISATION,
    KnownParty,
    OrganisationKind,
    PartyKind,
    party_sort_text,
    problems_with_contact,
    problems_with_logo,
    problems_with_organisation,
    problems_with_party,
    proposed_aliases,
    read_aliases,
    write_aliases,
    written_contact,
    written_party,
)
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.domain.swedish import sort_key
from rehabdesk.services.checks import existing, line
from rehabdesk.store.history import Label
from rehabdesk.store.queries import parties as queries
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.forum import SeriesMember, SessionSeries
from rehabdesk.store.tables.parties import Contact, Logo, Organisation, Party


class PartyChanges(TypedDict, total=False):
    """What can be changed of a party; what is left out stays."""

    organisation_id: int
    unit: str
    kind: PartyKind
    aliases: str
    is_sensitive: bool


class ContactChanges(TypedDict, total=False):
    """What can be changed of a contact; what is left out stays."""

    party_id: int
    given_name: str
    surname: str
    function: str
    phone: str
    email: str
    by_function_only: bool


# --- organisations ---


def add_organisation(store: Store, name: str, kind: OrganisationKind) -> int:
    """Add an organisation; returns its id."""
    with store.write(Label("parties.organisation_added", {"name": line(name, "name")})) as writing:
        return _add_organisation(writing, name, kind)


def change_organisation(store: Store, organisation_id: int, *, name: str | None = None, kind: OrganisationKind | None = None) -> None:
    """Rename an organisation, with all its parties as they are written; or say what sort of body it is."""
    with store.write(Label("parties.organisation_changed"), merge_key=("organisation", organisation_id, name is None)) as writing:
        organisation = existing(writing, Organisation, organisation_id, "organisation")
        if kind is not None and kind != organisation.kind:
            _refuse_controller(writing, organisation_id, kind)
            organisation.kind = kind
        if name is not None:
            _name_organisation(writing, organisation, name)
            for party in writing.session.scalars(select(Party).where(Party.organisation_id == organisation_id)):
                _write_party(writing, party, organisation)


def remove_organisation(store: Store, organisation_id: int) -> None:
    """Remove an organisation that has no party and answers for no series."""
    with store.write(Label("parties.organisation_removed")) as writing:
        organisation = existing(writing, Organisation, organisation_id, "organisation")
        uses = writing.read(queries.organisation_uses, organisation_id)
        refuse_if([Problem("organisation.in_use", None, {"name": organisation.name, "where": uses})] if uses else [])
        writing.session.delete(organisation)


def set_logo(store: Store, organisation_id: int, content: bytes | None) -> None:
    """Put a PNG or JPEG on the organisation's papers, or take the logo away with None."""
    if content is not None:
        refuse_if(_logo_problems(content))
    with store.write(Label("parties.logo_changed")) as writing:
        existing(writing, Organisation, organisation_id, "organisation")
        logo = writing.session.get(Logo, organisation_id)
        if content is None:
            if logo is not None:
                writing.session.delete(logo)
        elif logo is None:
            writing.session.add(Logo(organisation_id=organisation_id, content=content))
        else:
            logo.content = content


# --- parties ---


def usual_aliases(store: Store, kind: PartyKind) -> str:
    """The short forms proposed for a new party of this kind: those nobody else has taken."""
    rows = store.read(queries.parties)
    return write_aliases(proposed_aliases(kind, [KnownParty(row.id, row.written, row.aliases) for row in rows]))


def add_party(
    store: Store, organisation_id: int, unit: str, kind: PartyKind, *, aliases: str | None = None, is_sensitive: bool = False
) -> int:
    """Add a party to an organisation; returns its id. Without `aliases` it gets the usual ones of its kind."""
    with store.write(Label("parties.party_added")) as writing:
        return _add_party(writing, organisation_id, unit, kind, aliases, is_sensitive)


def add_party_named(
    store: Store, organisation: str, unit: str, kind: PartyKind, *, aliases: str | None = None, is_sensitive: bool = False
) -> int:
    """Add a party to the organisation of this name, which is added too where there is none; returns the party's id."""
    name = line(organisation, "organisation")
    if not name:
        raise Refused(Problem("party.organisation_missing", "organisation"))
    with store.write(Label("parties.party_added")) as writing:
        known = {row.name.casefold(): row.id for row in writing.read(queries.organisations)}
        organisation_id = known.get(name.casefold()) or _add_organisation(writing, name, USUAL_ORGANISATION[kind])
        return _add_party(writing, organisation_id, unit, kind, aliases, is_sensitive)


def change_party(store: Store, party_id: int, **changes: Unpack[PartyChanges]) -> None:
    """Change a party; how it is written and sorted follows."""
    with store.write(Label("parties.party_changed"), merge_key=("party", party_id, tuple(changes))) as writing:
        party = existing(writing, Party, party_id, "party")
        for name in ("organisation_id", "kind", "is_sensitive"):
            if name in changes:
                setattr(party, name, changes[name])
        if "unit" in changes:
            party.unit = line(changes["unit"], "unit")
        if "aliases" in changes:
            party.aliases = write_aliases(read_aliases(line(changes["aliases"], "aliases")))
        _write_party(writing, party, existing(writing, Organisation, party.organisation_id, "organisation"))


def end_party(store: Store, party_id: int, on: date | None = None) -> None:
    """A party is not called any more, from today or another day; what it took part in stays."""
    with store.write(Label("parties.party_ended")) as writing:
        existing(writing, Party, party_id, "party").ended_on = on or writing.today


def reopen_party(store: Store, party_id: int) -> None:
    """An ended party is called again; refused while another has taken a short form of it."""
    with store.write(Label("parties.party_reopened")) as writing:
        party = existing(writing, Party, party_id, "party")
        party.ended_on = None
        _refuse_party(writing, party)


def remove_party(store: Store, party_id: int) -> None:
    """Remove a party that was never used; the refusal says where it is."""
    with store.write(Label("parties.party_removed")) as writing:
        party = existing(writing, Party, party_id, "party")
        uses = writing.read(queries.party_uses, party_id)
        refuse_if([Problem("party.in_use", None, {"party": party.written, "where": uses})] if uses else [])
        writing.session.delete(party)


# --- contacts ---


def add_contact(store: Store, party_id: int, *, series_ids: Iterable[int] = (), **values: Unpack[ContactChanges]) -> int:
    """Add a person to a party, and to the tables where she usually sits; returns her id."""
    with store.write(Label("parties.contact_added")) as writing:
        contact = Contact(
            party_id=party_id, given_name="", surname="", function="", phone="", email="", by_function_only=False, name_sort=""
        )
        _fill_contact(writing, contact, {**values, "party_id": party_id})
        writing.session.add(contact)
        writing.flush()
        _seat(writing, contact.id, set(series_ids))
        return contact.id


def change_contact(store: Store, contact_id: int, **changes: Unpack[ContactChanges]) -> None:
    """Change a contact."""
    with store.write(Label("parties.contact_changed"), merge_key=("contact", contact_id, tuple(changes))) as writing:
        _fill_contact(writing, existing(writing, Contact, contact_id, "contact"), changes)


def set_seats(store: Store, contact_id: int, series_ids: Iterable[int]) -> None:
    """The forums where a contact usually sits: these, and no other that is still held."""
    with store.write(Label("parties.seats_changed")) as writing:
        existing(writing, Contact, contact_id, "contact")
        _seat(writing, contact_id, set(series_ids))


def end_contact(store: Store, contact_id: int, on: date | None = None) -> None:
    """A contact is not called any more, from today or another day; what she took part in stays."""
    with store.write(Label("parties.contact_ended")) as writing:
        existing(writing, Contact, contact_id, "contact").ended_on = on or writing.today


def reopen_contact(store: Store, contact_id: int) -> None:
    """An ended contact is back."""
    with store.write(Label("parties.contact_reopened")) as writing:
        existing(writing, Contact, contact_id, "contact").ended_on = None


def remove_contact(store: Store, contact_id: int) -> None:
    """Remove a contact that was never used; the refusal says where she is."""
    with store.write(Label("parties.contact_removed")) as writing:
        contact = existing(writing, Contact, contact_id, "contact")
        uses = writing.read(queries.contact_uses, contact_id)
        shown = written_contact(contact.given_name, contact.surname) or contact.function
        refuse_if([Problem("contact.in_use", None, {"contact": shown, "where": uses})] if uses else [])
        writing.session.delete(contact)


# --- internals ---


def _add_organisation(writing: Writing, name: str, kind: OrganisationKind) -> int:
    organisation = Organisation(name="", name_sort="", kind=kind)
    _name_organisation(writing, organisation, name)
    writing.session.add(organisation)
    writing.flush()
    return organisation.id


def _name_organisation(writing: Writing, organisation: Organisation, name: str) -> None:
    cleaned = line(name, "name")
    others = [row.name for row in writing.read(queries.organisations) if row.id != organisation.id]
    refuse_if(problems_with_organisation(cleaned, others))
    organisation.name, organisation.name_sort = cleaned, sort_key(cleaned)


def _refuse_controller(writing: Writing, organisation_id: int, kind: OrganisationKind) -> None:
    query = select(SessionSeries.kind).where(SessionSeries.controller_id == organisation_id)
    for series_kind in writing.session.scalars(query):
        refuse_if(
            Problem(problem.code, "kind", problem.params)
            for problem in problems_with_controller(SeriesKind(series_kind), kind is OrganisationKind.COORDINATION_ASSOCIATION)
        )


def _add_party(
    writing: Writing, organisation_id: int, unit: str, kind: PartyKind, aliases: str | None, is_sensitive: bool
) -> int:
    organisation = existing(writing, Organisation, organisation_id, "organisation")
    short = proposed_aliases(kind, _other_parties(writing, None)) if aliases is None else read_aliases(line(aliases, "aliases"))
    party = Party(
        organisation_id=organisation_id,
        unit=line(unit, "unit"),
        kind=kind,
        aliases=write_aliases(short),
        is_sensitive=is_sensitive,
        written="",
        name_sort="",
    )
    _write_party(writing, party, organisation)
    writing.session.add(party)
    writing.flush()
    return party.id


def _write_party(writing: Writing, party: Party, organisation: Organisation) -> None:
    party.written = written_party(organisation.name, party.unit)
    party.name_sort = sort_key(party_sort_text(organisation.name, party.unit))
    _refuse_party(writing, party)


def _refuse_party(writing: Writing, party: Party) -> None:
    # An ended party answers to no short form, so what it takes up again is judged when it is back.
    aliases = read_aliases(party.aliases) if party.ended_on is None else ()
    refuse_if(problems_with_party(party.written, aliases, _other_parties(writing, party.id)))


def _other_parties(writing: Writing, party_id: int | None) -> list[KnownParty]:
    return [
        KnownParty(row.id, row.written, row.aliases if row.ended_on is None else ())
        for row in writing.read(queries.parties, ended=True)
        if row.id != party_id
    ]


def _fill_contact(writing: Writing, contact: Contact, values: ContactChanges) -> None:
    if "party_id" in values:
        existing(writing, Party, values["party_id"], "party")
        contact.party_id = values["party_id"]
    for name in ("given_name", "surname", "function", "phone", "email"):
        if name in values:
            setattr(contact, name, line(values[name], name))
    if "by_function_only" in values:
        contact.by_function_only = values["by_function_only"]
    refuse_if(problems_with_contact(contact.given_name, contact.surname, contact.function, contact.email, contact.by_function_only))
    contact.name_sort = sort_key(" ".join((contact.surname, contact.given_name)).strip() or contact.function)


def _seat(writing: Writing, contact_id: int, wanted: set[int]) -> None:
    known = {seat.series_id for seat in writing.read(queries.seats).get(contact_id, ())}
    for series_id in known - wanted:
        seat = writing.session.get(SeriesMember, (series_id, contact_id))
        if seat is not None:
            writing.session.delete(seat)
    for series_id in wanted - known:
        existing(writing, SessionSeries, series_id, "series")
        if writing.session.get(SeriesMember, (series_id, contact_id)) is None:
            writing.session.add(SeriesMember(series_id=series_id, contact_id=contact_id))


def _logo_problems(content: bytes) -> tuple[Problem, ...]:
    if len(content) > MOST_LOGO_BYTES:
        return problems_with_logo(len(content), None, 0, 0)
    # Imported here: only somebody who chooses a logo waits for it.
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
                found = problems_with_logo(len(content), picture.format, *picture.size)
                if not found:
                    # Only decoding it whole shows that it is whole.
                    picture.load()
                return found
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning, OSError, SyntaxError, ValueError):
        return problems_with_logo(len(content), None, 0, 0)
