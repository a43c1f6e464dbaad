"""Which papers can be asked for at a session, and for whom. Whether a reader may have hers is answered when it is composed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from rehabdesk.domain.forum import ItemKind, Outcome
from rehabdesk.domain.hand_outs import ReaderKind
from rehabdesk.domain.papers import PaperKind
from rehabdesk.services.papers import ANYBODY, FILE, Reader
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import presence as presence_queries
from rehabdesk.store.queries.forum import sheets as sheet_queries


@dataclass(frozen=True, slots=True)
class Offer:
    """One paper for one reader. `to` is the party written out; a participant is known by her case number alone."""

    paper: PaperKind
    reader: Reader
    item_id: int | None = None
    to: str = ""
    case_number: str = ""

    @property
    def id(self) -> tuple[str, str, int | None, int | None, int | None]:
        """What it is known by in a list."""
        return self.paper, self.reader.kind, self.reader.party_id, self.reader.case_id, self.item_id


def offers(connection: Connection, session_id: int, today: date) -> tuple[Offer, ...]:
    """Every paper of a session: first what is needed before the meeting, then what its items gave."""
    sheets = tuple(row for row in sheet_queries.sheets_of_session(connection, session_id) if row.item is not None)
    found = [*_of_agenda(connection, session_id, today), *_of_items(sheets), *_slips(sheets), *_notices(connection, session_id)]
    if sheets:
        found.append(Offer(PaperKind.MINUTES, FILE))
    return tuple(found)


def _of_agenda(connection: Connection, session_id: int, today: date) -> Iterator[Offer]:
    yield Offer(PaperKind.AGENDA, ANYBODY)
    items = agenda_queries.agenda(connection, session_id, today)
    parties = {
        attendee.party_id: attendee.party
        for attendee in presence_queries.attendees(connection, session_id)
        if attendee.party_id is not None
    }
    parties |= {called.party_id: called.party for item in items for called in item.called}
    for party_id, written in sorted(parties.items(), key=lambda known: known[1]):
        yield Offer(PaperKind.AGENDA, Reader(ReaderKind.PARTY, party_id), to=written)
    for item in items:
        if item.is_by_name:
            yield Offer(PaperKind.AGENDA, Reader(ReaderKind.PARTICIPANT, case_id=item.case_id), case_number=item.case_number)
    yield Offer(PaperKind.SIGN_IN, ANYBODY)
    yield Offer(PaperKind.SPARE, ANYBODY)


def _of_items(sheets: tuple[sheet_queries.SheetRow, ...]) -> Iterator[Offer]:
    for row in sheets:
        sheet = row.item.sheet
        if sheet.kind is not ItemKind.CASE or sheet.outcome is Outcome.DROPPED:
            continue
        participant = Reader(ReaderKind.PARTICIPANT, case_id=sheet.case_id)
        yield Offer(PaperKind.SUMMARY, participant, row.item_id, case_number=sheet.case_number)
        for called in sheet.called:
            reader = Reader(ReaderKind.PARTY, called.party_id, sheet.case_id)
            yield Offer(PaperKind.EXTRACT, reader, row.item_id, called.party, sheet.case_number)


def _slips(sheets: tuple[sheet_queries.SheetRow, ...]) -> Iterator[Offer]:
    parties = {
        action.party_id: action.party
        for row in sheets
        for action in row.item.sheet.actions
        if action.party_id is not None
    }
    for party_id, written in sorted(parties.items(), key=lambda known: known[1]):
        yield Offer(PaperKind.ACTION_SLIP, Reader(ReaderKind.PARTY, party_id), to=written)


def _notices(connection: Connection, session_id: int) -> Iterator[Offer]:
    """For each party whose consent is withdrawn and that had been given something before."""
    cases = tuple(agenda_queries.case_ids_on_agenda(connection, session_id))
    known: set[tuple[int, int]] = set()
    for row in consent_queries.consents(connection, cases):
        pair = (row.case_id, row.party_id)
        if row.withdrawn_on is None or pair in known:
            continue
        known.add(pair)
        if consent_queries.received_by_name(connection, *pair):
            reader = Reader(ReaderKind.PARTY, row.party_id, row.case_id)
            yield Offer(PaperKind.WITHDRAWAL_NOTICE, reader, to=row.party, case_number=row.case_number)
