"""What the table of contacts shows: each party, and under it its people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehabdesk.store.queries.parties import AddressBook, ContactRow, PartyRow
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.search_line import found_in

PARTY = "party"
CONTACT = "contact"
INDENT = "\N{NO-BREAK SPACE}" * 6


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: a party, or one of its contacts."""

    party: PartyRow
    contact: ContactRow | None = None
    forums: tuple[str, ...] = ()

    @property
    def id(self) -> tuple[str, int]:
        """What the line is known by."""
        return (PARTY, self.party.id) if self.contact is None else (CONTACT, self.contact.id)

    @property
    def ended(self) -> bool:
        """Whether it is no longer called."""
        return (self.contact or self.party).ended_on is not None

    @property
    def name(self) -> str:
        """The party written out, or whom others see."""
        return self.party.written if self.contact is None else self.contact.shown


def lines(book: AddressBook, text: str, organisation_id: int | None, ended: bool) -> tuple[Line, ...]:
    """The lines that fit: a party that fits comes with all its people, a person that fits with her party."""
    of_party: dict[int, list[ContactRow]] = {}
    for contact in book.contacts:
        if ended or contact.ended_on is None:
            of_party.setdefault(contact.party_id, []).append(contact)
    found: list[Line] = []
    for party in book.parties:
        if organisation_id not in (None, party.organisation_id):
            continue
        people = of_party.get(party.id, [])
        whole = found_in(text, party.written, *party.aliases)
        if not whole:
            people = [contact for contact in people if _fits(text, party, contact)]
        # An ended party is still listed while somebody in it is called.
        if people or (whole and (ended or party.ended_on is None)):
            found.append(Line(party))
            found.extend(Line(party, contact, _forums_of(book, contact.id)) for contact in people)
    return tuple(found)


def columns(texts: Texts) -> Sequence[Column]:
    """The columns. None of them tells or orders by what is sensitive, and people stay under their party: nothing is sorted."""
    return (
        Column("name", texts.say("Party and name"), _name, stretch=True, sortable=False, tooltip=_name_alone, bold=_is_party, muted=_has_ended),
        Column("function", texts.say("Function"), _Function(texts), sortable=False, muted=_is_party),
        Column("phone", texts.say("Phone"), _phone, sortable=False),
        Column("forums", texts.say("Forums"), _forums, sortable=False, muted=True, stretch=True, tooltip=_forums),
    )


def _forums_of(book: AddressBook, contact_id: int) -> tuple[str, ...]:
    return tuple(seat.series for seat in book.seats.get(contact_id, ()))


def _fits(text: str, party: PartyRow, contact: ContactRow) -> bool:
    return found_in(text, party.written, contact.name, contact.function, contact.phone, contact.email)


def _name(line: Line) -> str:
    return line.name if line.contact is None else INDENT + line.name


def _name_alone(line: Line) -> str:
    return line.name


def _is_party(line: Line) -> bool:
    return line.contact is None


def _has_ended(line: Line) -> bool:
    return line.ended


def _phone(line: Line) -> str:
    return line.contact.phone if line.contact is not None else ""


def _forums(line: Line) -> str:
    return ", ".join(line.forums)


class _Function:
    """The function of a person; of a party its kind. Both say when it has ended."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def __call__(self, line: Line) -> str:
        told = self._texts.term(line.party.kind) if line.contact is None else line.contact.function
        ended_on = (line.contact or line.party).ended_on
        if ended_on is None:
            return told
        ended = self._texts.say("ended {day}", day=ended_on)
        return f"{told} · {ended}" if told else ended
