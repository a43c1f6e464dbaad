"""Composing the papers of who comes: round list, attendance sheet, certificate, and a participant's own occasions.

A list of several names nobody but those `named.named_claims` allows its reader today. The participant's own papers are hers by
her claim; under protected identity they go from hand to hand, and there is no calendar file.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from uuid import UUID, uuid5

from sqlalchemy import Connection

from rehabdesk.domain.attendance import tally
from rehabdesk.domain.attendance_papers import (
    AttendanceSheetDocument,
    CertificateDocument,
    OccasionsDocument,
    OwnOccasion,
    RoundHead,
    RoundListDocument,
    RoundListLine,
    SheetDay,
    SheetLine,
)
from rehabdesk.domain.hand_outs import Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import Document, Imprint, PaperKind, file_part
from rehabdesk.domain.prerehab import STARTED_ONCE, BookingState, OccasionState
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.exchange.calendar_file import CalendarTime, write_calendar
from rehabdesk.services import paper_files
from rehabdesk.services.letterhead import letterhead_of_programme, questions
from rehabdesk.services.prerehab import named
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.prerehab import attendance as queries
from rehabdesk.store.queries.prerehab import occasions as occasion_queries
from rehabdesk.store.queries.prerehab import places as place_queries
from rehabdesk.store.queries.prerehab import rounds as round_queries
from rehabdesk.store.queries.prerehab.attendance import PersonRow
from rehabdesk.store.queries.prerehab.occasions import OccasionRow
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.store.store import Store
from rehabdesk.texts import texts_for_paper

#: Claims whose participant has days to come to.
_COMING = frozenset({BookingState.ACCEPTED, BookingState.STARTED})
#: What makes the names that calendars know our times by; it stands for nothing.
_CALENDAR = UUID("6f1d0a52-4c86-4b5c-9a0e-2f3f7f1c9d11")


def compose(connection: Connection, wanted: Wanted, now: datetime) -> Document:
    """One of the papers, as its reader may have it now."""
    today = now.date()
    if wanted.paper is PaperKind.ROUND_LIST:
        return round_list(connection, wanted, today)
    if wanted.paper is PaperKind.ATTENDANCE:
        return attendance_sheet(connection, wanted, today)
    case, person = _own(connection, wanted, today)
    if wanted.paper is PaperKind.CERTIFICATE:
        return certificate(connection, case, person, today)
    if wanted.paper is PaperKind.OCCASIONS:
        return own_occasions(connection, case, person, today)
    raise Refused(Problem("paper.unknown"))


def round_list(connection: Connection, wanted: Wanted, today: date) -> RoundListDocument:
    """The names of a round by place, as this reader may have them today."""
    row = _round(connection, wanted, today)
    lines = []
    for number, people in _by_place(connection, wanted, row, today):
        if not people:
            lines.append(RoundListLine(number))
        lines += [
            RoundListLine(number, one.full_name, one.case_number, one.starts_on, one.ends_on, one.state) for one in people
        ]
    party, in_file = _party(connection, wanted.reader)
    return RoundListDocument(
        letterhead=letterhead_of_programme(connection, row.programme_id),
        imprint=Imprint(_reference(row), today),
        round=_head(row),
        party=party,
        lines=tuple(lines),
        questions=questions(connection),
        reader_in_file=in_file,
    )


def attendance_sheet(connection: Connection, wanted: Wanted, today: date) -> AttendanceSheetDocument:
    """A sheet to fill in by hand, with the days that are not cancelled; those that are not hers are crossed out."""
    row = _round(connection, wanted, today)
    days = [one for one in occasion_queries.of_round(connection, row.id) if one.state is not OccasionState.CANCELLED]
    lines = []
    for number, people in _by_place(connection, wanted, row, today):
        if not people:
            lines.append(SheetLine(number))
        lines += [SheetLine(number, one.full_name, one.case_number, _away(one, days)) for one in people]
    party, in_file = _party(connection, wanted.reader)
    return AttendanceSheetDocument(
        letterhead=letterhead_of_programme(connection, row.programme_id),
        imprint=Imprint(_reference(row), today),
        round=_head(row),
        party=party,
        days=tuple(SheetDay(one.on, one.start, one.end) for one in days),
        lines=tuple(lines),
        questions=questions(connection),
        reader_in_file=in_file,
    )


def certificate(connection: Connection, case: CaseRow, person: PersonRow, today: date) -> CertificateDocument:
    """What she has taken part in. Refused before she has started, and while it is not known how it was."""
    if person.state not in STARTED_ONCE:
        raise Refused(Problem("certificate.not_started"))
    row = _round_of(connection, person.id, today)
    grid = queries.grid(connection, row.id)
    held = [one for one in grid.occasions if one.state is OccasionState.HELD and queries.is_hers(person, one)]
    counted = tally(grid.mark(person, one) for one in held)
    if not counted.held:
        raise Refused(Problem("certificate.nothing_held"))
    if counted.unmarked:
        raise Refused(Problem("certificate.unmarked", None, {"n": counted.unmarked}))
    head = letterhead_of_programme(connection, row.programme_id)
    return CertificateDocument(
        letterhead=head,
        imprint=Imprint(case.number, today),
        case_number=case.number,
        participant_name=case.full_name,
        round_title=row.title,
        programme=row.programme,
        from_on=person.starts_on,
        to_on=min(person.ends_on, today),
        is_over=person.state is not BookingState.STARTED,
        came=counted.came,
        held=counted.held,
        questions=questions(connection),
        print_size=case.print_size,
    )


def own_occasions(connection: Connection, case: CaseRow, person: PersonRow, today: date) -> OccasionsDocument:
    """Her days from today on, and which of them are cancelled."""
    if person.state not in _COMING:
        raise Refused(Problem("occasions.no_place"))
    row = _round_of(connection, person.id, today)
    hers = [
        one for one in occasion_queries.of_round(connection, row.id)
        if person.starts_on <= one.on <= person.ends_on and one.on >= today
    ]  # fmt: skip
    if all(one.state is OccasionState.CANCELLED for one in hers):
        raise Refused(Problem("occasions.none_left"))
    return OccasionsDocument(
        letterhead=letterhead_of_programme(connection, row.programme_id),
        imprint=Imprint(case.number, today),
        case_number=case.number,
        round_title=row.title,
        occasions=tuple(_own_occasion(person, one, row) for one in hers),
        questions=questions(connection),
        is_protected=case.is_protected,
        print_size=case.print_size,
    )


def save_calendar(store: Store, wanted: Wanted, path: Path, *, language: str = "sv", kept_on: str = "") -> None:
    """Write her occasions as a calendar file: it is a hand-out like the paper, remembered until she says the file is gone."""
    paper_files.save(store, wanted, path, language=language, kept_on=kept_on, make=as_calendar)


def as_calendar(document: Document, language: str) -> bytes:
    """Her occasions as a calendar: when and where, and nothing that tells what for. Refused under protected identity."""
    if not isinstance(document, OccasionsDocument):
        raise TypeError(f"no calendar is made of a {type(document).__name__}")
    if document.is_protected:
        raise Refused(Problem("occasions.no_calendar"))
    title = texts_for_paper(language).say("Booked time")
    times = (
        CalendarTime(one.uid, one.on, one.start, one.end, title, one.place) for one in document.occasions if not one.is_cancelled
    )
    return write_calendar(times, document.imprint.on)


def calendar_name(document: OccasionsDocument, language: str) -> str:
    """What to call the calendar file: it is sent on, and opened by others, so that not even the case's number stands in it."""
    texts = texts_for_paper(language)
    return f"{texts.name('file', 'booked times')} {texts.date(document.imprint.on)}.ics"


# --- internals ---


def _round(connection: Connection, wanted: Wanted, today: date) -> RoundRow:
    if wanted.round_id is None or wanted.reader.kind not in (ReaderKind.FILE, ReaderKind.PARTY):
        raise Refused(Problem("paper.unknown"))
    row = round_queries.round_of(connection, wanted.round_id, today)
    if row is None:
        raise Refused(Problem("round.gone"))
    return row


def _round_of(connection: Connection, booking_id: int, today: date) -> RoundRow:
    row = round_queries.round_of(connection, queries.round_of_claim(connection, booking_id), today)
    if row is None:
        raise Refused(Problem("round.gone"))
    return row


def _own(connection: Connection, wanted: Wanted, today: date) -> tuple[CaseRow, PersonRow]:
    """The case and the claim of a participant's own paper: nobody gets another's by its number."""
    reader = wanted.reader
    if reader.kind is not ReaderKind.PARTICIPANT or reader.case_id is None or wanted.booking_id is None:
        raise Refused(Problem("paper.unknown"))
    case, person = case_queries.case(connection, reader.case_id, today), queries.person(connection, wanted.booking_id)
    if case is None:
        raise Refused(Problem("case.gone"))
    if person is None:
        raise Refused(Problem("occasions.no_place"))
    if person.case_id != case.id:
        raise Refused(Problem("paper.unknown"))
    return case, person


def _by_place(connection: Connection, wanted: Wanted, row: RoundRow, today: date) -> list[tuple[int, list[PersonRow]]]:
    """Each place with those on it who may be named; a party needs nobody who has left."""
    may = named.named_claims(connection, row.id, wanted.reader, today)
    is_for_party = wanted.reader.kind is ReaderKind.PARTY
    on_place: dict[int, list[PersonRow]] = {place.number: [] for place in place_queries.places_of(connection, row.id, today)}
    for person in queries.people(connection, row.id):
        if person.id in may and not (is_for_party and person.state is BookingState.BROKEN_OFF):
            on_place[person.place_number].append(person)
    return list(on_place.items())


def _away(person: PersonRow, days: list[OccasionRow]) -> frozenset[int]:
    return frozenset(place for place, one in enumerate(days) if not person.starts_on <= one.on <= person.ends_on)


def _own_occasion(person: PersonRow, occasion: OccasionRow, row: RoundRow) -> OwnOccasion:
    return OwnOccasion(
        uid=str(uuid5(_CALENDAR, f"{person.id}/{occasion.id}")),
        on=occasion.on,
        start=occasion.start,
        end=occasion.end,
        place=occasion.place or row.place,
        is_cancelled=occasion.state is OccasionState.CANCELLED,
    )


def _head(row: RoundRow) -> RoundHead:
    return RoundHead(row.title, row.starts_on, row.ends_on, row.start, row.end, row.place)


def _reference(row: RoundRow) -> str:
    """What the foot and the file call it; a slash would read as a folder."""
    return f"{row.programme} {row.number}"


def _party(connection: Connection, reader: Reader) -> tuple[str, str]:
    """The party written out, and what the name of a file may say of it."""
    party = party_queries.party(connection, reader.party_id) if reader.party_id is not None else None
    return (party.written, file_part(party.written, party.is_sensitive)) if party is not None else ("", "")
