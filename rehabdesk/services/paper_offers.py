"""Which papers can be asked for, and for whom: at a session, about a case between sessions, or of a round.

Whether a reader may have hers is answered when it is composed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from rehabdesk.domain.forum import ItemKind, Outcome
from rehabdesk.domain.hand_outs import ANYBODY, FILE, Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.services import plan_papers
from rehabdesk.services.forum import calling, preparation_sheet
from rehabdesk.services.prerehab import round_offers
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import presence as presence_queries
from rehabdesk.store.queries.forum import sheets as sheet_queries

#: What each case has papers for between sessions, in the order one needs them, and for whom.
_OF_A_CASE: tuple[tuple[PaperKind, Reader], ...] = (
    (PaperKind.INFORMATION, Reader(ReaderKind.PARTICIPANT)),
    (PaperKind.CONSENT, Reader(ReaderKind.PARTICIPANT)),
    (PaperKind.CONSENT, ANYBODY),
    (PaperKind.INFORMATION, ANYBODY),
    (PaperKind.HAND_OUTS, Reader(ReaderKind.PARTICIPANT)),
    (PaperKind.HAND_OUTS, FILE),
    (PaperKind.REFERRAL, FILE),
    (PaperKind.REFERRAL, ANYBODY),
)


@dataclass(frozen=True, slots=True)
class Offer:
    """One paper for one reader. `to` is the party written out; a participant is known by her case number alone.

    `about` tells which of several alike it is, where the desk does not: of which round.
    """

    wanted: Wanted
    to: str = ""
    case_number: str = ""
    about: str = ""

    @property
    def id(self) -> Wanted:
        """What it is known by in a list."""
        return self.wanted

    @property
    def paper(self) -> PaperKind:
        """The kind of paper."""
        return self.wanted.paper

    @property
    def reader(self) -> Reader:
        """Whom it is for."""
        return self.wanted.reader


def offers(connection: Connection, session_id: int, today: date) -> tuple[Offer, ...]:
    """Every paper of a session: first what is needed before the meeting, then what its items gave."""
    sheets = tuple(row for row in sheet_queries.sheets_of_session(connection, session_id) if row.item is not None)
    found = [
        *_of_agenda(connection, session_id, today),
        *_before_meeting(connection, session_id, today),
        *_of_items(sheets, session_id),
        *_slips(sheets, session_id),
        *_notices(connection, session_id),
    ]
    if sheets:
        found.append(Offer(Wanted(PaperKind.MINUTES, FILE, session_id)))
    return tuple(found)


def offers_of_case(connection: Connection, case_id: int, today: date) -> tuple[Offer, ...]:
    """Every paper about a case that hangs on no session."""
    case = case_queries.case(connection, case_id, today)
    if case is None:
        return ()
    usual = (Wanted(paper, replace(reader, case_id=case_id)) for paper, reader in _OF_A_CASE)
    own = (
        Offer(wanted, _party(connection, wanted.reader), case.number)
        for wanted in (*usual, *plan_papers.readers(connection, case_id, today))
    )
    of_places = round_offers.papers_of_case(connection, case_id, today)
    return (*own, *(Offer(wanted, case_number=case.number, about=about) for wanted, about in of_places))


def offers_of_round(connection: Connection, round_id: int, today: date) -> tuple[Offer, ...]:
    """Every paper of a round, and of each claim on a place in it."""
    return tuple(Offer(*told) for told in round_offers.papers_of_round(connection, round_id, today))


def _party(connection: Connection, reader: Reader) -> str:
    party = party_queries.party(connection, reader.party_id) if reader.party_id is not None else None
    return party.written if party is not None else ""


def _of_agenda(connection: Connection, session_id: int, today: date) -> Iterator[Offer]:
    yield Offer(Wanted(PaperKind.AGENDA, ANYBODY, session_id))
    items = agenda_queries.agenda(connection, session_id, today)
    parties = {
        attendee.party_id: attendee.party
        for attendee in presence_queries.attendees(connection, session_id)
        if attendee.party_id is not None
    }
    parties |= {called.party_id: called.party for item in items for called in item.called}
    for party_id, written in sorted(parties.items(), key=lambda known: known[1]):
        yield Offer(Wanted(PaperKind.AGENDA, Reader(ReaderKind.PARTY, party_id), session_id), written)
    for item in items:
        if item.is_by_name:
            reader = Reader(ReaderKind.PARTICIPANT, case_id=item.case_id)
            yield Offer(Wanted(PaperKind.AGENDA, reader, session_id), case_number=item.case_number)
    yield Offer(Wanted(PaperKind.SIGN_IN, ANYBODY, session_id))
    yield Offer(Wanted(PaperKind.SPARE, ANYBODY, session_id))


def _before_meeting(connection: Connection, session_id: int, today: date) -> Iterator[Offer]:
    """Call letters and what each party prepares from, while the meeting is planned."""
    letters = calling.wanted_letters(connection, session_id, today)
    yield from (Offer(*letter) for letter in letters)
    if letters:
        for party_id, written in preparation_sheet.parties_preparing(connection, session_id, today):
            yield Offer(Wanted(PaperKind.PREPARATION, Reader(ReaderKind.PARTY, party_id), session_id), written)
        yield from (Offer(*sheet) for sheet in preparation_sheet.sheets_alone(connection, session_id, today))


def _of_items(sheets: tuple[sheet_queries.SheetRow, ...], session_id: int) -> Iterator[Offer]:
    for row in sheets:
        sheet = row.item.sheet
        if sheet.kind is not ItemKind.CASE or sheet.outcome is Outcome.DROPPED:
            continue
        participant = Reader(ReaderKind.PARTICIPANT, case_id=sheet.case_id)
        yield Offer(Wanted(PaperKind.SUMMARY, participant, session_id, row.item_id), case_number=sheet.case_number)
        for called in sheet.called:
            reader = Reader(ReaderKind.PARTY, called.party_id, sheet.case_id)
            yield Offer(Wanted(PaperKind.EXTRACT, reader, session_id, row.item_id), called.party, sheet.case_number)


def _slips(sheets: tuple[sheet_queries.SheetRow, ...], session_id: int) -> Iterator[Offer]:
    parties = {
        action.party_id: action.party
        for row in sheets
        for action in row.item.sheet.actions
        if action.party_id is not None
    }
    for party_id, written in sorted(parties.items(), key=lambda known: known[1]):
        yield Offer(Wanted(PaperKind.ACTION_SLIP, Reader(ReaderKind.PARTY, party_id), session_id), written)


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
            yield Offer(Wanted(PaperKind.WITHDRAWAL_NOTICE, reader, session_id), row.party, row.case_number)
