"""Calling people to an item: the letters, each with its own time, and what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from rehabdesk.domain.calling import Answer, Answered, answer_by, obstacle, problems_with_answer
from rehabdesk.domain.calling_papers import Appointment, CallLetterDocument, OwnCallLetterDocument
from rehabdesk.domain.forum import ItemKind, Presence, SessionState, box_times, may_hear
from rehabdesk.domain.hand_outs import Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import Document, Imprint, PaperKind, PresentLine, file_part
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.services.checks import existing
from rehabdesk.services.letterhead import letterhead, questions
from rehabdesk.store.history import Label
from rehabdesk.store.queries import calls as call_queries
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import presence as presence_queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.queries.forum.agenda import CalledParty, ItemRow
from rehabdesk.store.queries.forum.sessions import SessionRow
from rehabdesk.store.store import Store, Writing, no_longer_there
from rehabdesk.store.tables.calls import Call
from rehabdesk.store.tables.forum import AgendaItem, ItemParty

_AWAY = frozenset({Presence.EXCUSED, Presence.ABSENT})


@dataclass(frozen=True, slots=True)
class _Calling:
    """An item that somebody is called to, with all that a letter is composed from."""

    session: SessionRow
    item: ItemRow
    appointment: Appointment
    case: case_queries.CaseRow


def compose(connection: Connection, wanted: Wanted, now: datetime) -> Document:
    """The call letter of one reader, with her own time. Refused where no letter may be made, with what to do instead."""
    calling = _calling(connection, wanted, now.date())
    if wanted.reader.kind is ReaderKind.PARTICIPANT:
        return _own_letter(connection, calling, now.date())
    called = next((party for party in calling.item.called if party.party_id == wanted.reader.party_id), None)
    if called is None:
        raise Refused(Problem("call.not_called"))
    return _letter(connection, calling, called, now.date())


def wanted_letter(session_id: int, item_id: int, case_id: int, party_id: int | None) -> Wanted:
    """The letter of a party, or the participant's own where there is none."""
    kind = ReaderKind.PARTICIPANT if party_id is None else ReaderKind.PARTY
    return Wanted(PaperKind.CALL, Reader(kind, party_id, case_id), session_id, item_id)


def wanted_letters(connection: Connection, session_id: int, today: date) -> tuple[tuple[Wanted, str, str], ...]:
    """Every letter of a planned session, with the party and the case's number: each participant's, and each covered party's."""
    session = session_queries.session(connection, session_id)
    if session is None or session.state is not SessionState.PLANNED:
        return ()
    return tuple(
        (wanted_letter(session_id, row.item_id, row.case_id, row.party_id), row.party, row.case_number)
        for row in call_queries.of_session(connection, session_id, today)
        if row.party_id is None or row.obstacle != "paper.no_consent"
    )


def noted(writing: Writing, wanted: Wanted, document: Document) -> None:
    """Where the paper is a letter: remember which time it tells, within the write that queues, sends or saves it."""
    if isinstance(document, CallLetterDocument | OwnCallLetterDocument) and wanted.item_id is not None:
        call = _call(writing, wanted.item_id, wanted.reader.party_id)
        call.told_on, call.told_for, call.told_start = writing.today, document.appointment.on, document.appointment.starts


def note_answer(store: Store, item_id: int, party_id: int | None, answered: Answered | None) -> None:
    """Note what was answered, or (None) that nobody has. Another time becomes the time the party can come to the item."""
    with store.write(Label("forum.answer_noted")) as writing:
        existing(writing, AgendaItem, item_id, "item")
        called = writing.session.get(ItemParty, (item_id, party_id)) if party_id is not None else None
        refuse_if([Problem("call.not_called")] if party_id is not None and called is None else [])
        if answered is not None:
            refuse_if(problems_with_answer(answered, writing.today))
        call = _call(writing, item_id, party_id)
        other = answered is not None and answered.answer is Answer.OTHER_TIME
        call.answer = answered.answer if answered is not None else None
        call.answered_on = answered.on if answered is not None else None
        call.can_from = answered.can_from or None if other else None
        call.can_until = answered.can_until or None if other else None
        if called is not None and other:
            called.can_from, called.can_until = call.can_from, call.can_until


def _call(writing: Writing, item_id: int, party_id: int | None) -> Call:
    is_hers = Call.party_id.is_(None) if party_id is None else Call.party_id == party_id
    row = writing.session.scalar(select(Call).where(Call.item_id == item_id, is_hers))
    if row is None:
        row = Call(item_id=item_id, party_id=party_id)
        writing.session.add(row)
    return row


def _calling(connection: Connection, wanted: Wanted, today: date) -> _Calling:
    items = agenda_queries.agenda(connection, wanted.session_id, today)
    session = session_queries.session(connection, wanted.session_id)
    if session is None:
        raise no_longer_there("session")
    times = dict(zip((item.id for item in items), box_times(session.start, items), strict=True))
    case_id = wanted.reader.case_id
    # Nobody gets another's letter by its item: both have to be right.
    item = next((one for one in items if one.case_id == case_id and wanted.item_id in (None, one.id)), None)
    if item is None:
        raise no_longer_there("item")
    if item.kind is not ItemKind.CASE:
        raise Refused(Problem("call.not_a_case"))
    return _Calling(
        session,
        item,
        Appointment(session.held_on, *times[item.id], session.place),
        case_queries.case(connection, item.case_id, today),
    )


def _own_letter(connection: Connection, calling: _Calling, today: date) -> OwnCallLetterDocument:
    case = calling.case
    _refuse(obstacle(is_protected=case.is_protected, no_paper_home=case.no_paper_home, is_covered=True))
    return OwnCallLetterDocument(
        letterhead=letterhead(connection, calling.session.series_id),
        imprint=Imprint(case.number, today),
        case_number=case.number,
        appointment=calling.appointment,
        table=_table(connection, calling, keep_sensitive=True),
        question=calling.item.question,
        interpreter=call_queries.interpreter(connection, case.participant_id),
        answer_by=answer_by(calling.session.held_on, today),
        questions=questions(connection),
        print_size=case.print_size,
    )


def _letter(connection: Connection, calling: _Calling, called: CalledParty, today: date) -> CallLetterDocument:
    case = calling.case
    _refuse(obstacle(is_protected=case.is_protected, no_paper_home=False, is_covered=called.is_covered))
    # Who else has to do with her is told at the table, so to those who may sit there.
    at_table = [party for party in calling.item.called if party.may_hear and called.may_hear]
    return CallLetterDocument(
        letterhead=letterhead(connection, calling.session.series_id),
        imprint=Imprint(case.number, today),
        party=called.party,
        case_number=case.number,
        participant_name=case.full_name,
        appointment=calling.appointment,
        table=_table(connection, calling, keep_sensitive=False, reader=called.party_id) if called.may_hear else (),
        unnamed=sum(party.is_sensitive and party.party_id != called.party_id for party in at_table),
        question=calling.item.question if called.may_hear else "",
        answer_by=answer_by(calling.session.held_on, today),
        questions=questions(connection),
        reader_in_file=file_part(called.party, called.is_sensitive),
    )


def _table(connection: Connection, calling: _Calling, *, keep_sensitive: bool, reader: int | None = None) -> tuple[PresentLine, ...]:
    """Who will sit there for the item: those expected from the parties that may hear it, and a party nobody is named for yet.

    To the participant everybody is named; to a party never another one that is sensitive.
    """
    shown = {
        party.party_id: party.party
        for party in calling.item.called
        if party.may_hear and (keep_sensitive or not party.is_sensitive or party.party_id == reader)
    }
    hearing, hosts = frozenset(shown), party_queries.host_parties(connection)
    there = [
        attendee
        for attendee in presence_queries.attendees(connection, calling.session.id)
        if attendee.presence not in _AWAY and may_hear(ItemKind.CASE, attendee.party_id, hearing, hosts)
    ]
    for attendee in there:
        shown.pop(attendee.party_id, None)
    lines = tuple(PresentLine(attendee.name, attendee.function, attendee.party) for attendee in there)
    return (*lines, *(PresentLine("", "", written) for written in shown.values()))


def _refuse(code: str) -> None:
    refuse_if([Problem(code)] if code else [])
