"""Composing papers: from what is kept to one frozen document for one reader. Consent is tested here each time.

These are reading functions: `store.read(papers.compose, …)`. They raise `Refused` when the reader may not have the paper.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from sqlalchemy import Connection

from rehabdesk.domain.cases import PRINT_SIZES
from rehabdesk.domain.forum import ItemKind, Presence, box_times
from rehabdesk.domain.hand_outs import Reader, ReaderKind, Wanted
from rehabdesk.domain.minutes import (
    FrozenItem,
    Setting,
    action_slip_for,
    blocks_for_party,
    complete_minutes,
    extract_for,
    summary_for,
)
from rehabdesk.domain.names import find_on_screen
from rehabdesk.domain.papers import (
    ActionSlipDocument,
    AgendaDocument,
    AgendaLine,
    Document,
    ExtractDocument,
    Imprint,
    MinutesDocument,
    NextTime,
    PaperKind,
    PresentLine,
    ReceivedLine,
    SignInDocument,
    SpareDocument,
    SummaryDocument,
    WithdrawalNoticeDocument,
    file_part,
)
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services.forum import names, other_names
from rehabdesk.services.forum.minutes import general_material
from rehabdesk.services.letterhead import letterhead, questions
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import presence as presence_queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.queries.forum import sheets as sheet_queries
from rehabdesk.store.queries.forum.sessions import SessionRow


#: Papers that are no session's are composed in their own rooms: modules with `compose(connection, wanted, now) -> Document`.
_COMPOSERS: Mapping[PaperKind, str] = MappingProxyType({
    PaperKind.CONSENT: "rehabdesk.services.consent_papers",
    PaperKind.INFORMATION: "rehabdesk.services.consent_papers",
    PaperKind.HAND_OUTS: "rehabdesk.services.consent_papers",
    PaperKind.ACTION_LIST: "rehabdesk.services.action_lists",
    PaperKind.CALL: "rehabdesk.services.forum.calling",
    PaperKind.PREPARATION: "rehabdesk.services.forum.preparation_sheet",
    PaperKind.PLAN: "rehabdesk.services.plan_papers",
    PaperKind.PLAN_PLAIN: "rehabdesk.services.plan_papers",
    PaperKind.REFERRAL: "rehabdesk.services.case_papers",
    PaperKind.HAND_OVER: "rehabdesk.services.case_papers",
    PaperKind.ROUND_LIST: "rehabdesk.services.prerehab.attendance_papers",
    PaperKind.ATTENDANCE: "rehabdesk.services.prerehab.attendance_papers",
    PaperKind.CERTIFICATE: "rehabdesk.services.prerehab.attendance_papers",
    PaperKind.OCCASIONS: "rehabdesk.services.prerehab.attendance_papers",
    PaperKind.OFFER: "rehabdesk.services.prerehab.letters",
    PaperKind.OFFER_REMINDER: "rehabdesk.services.prerehab.letters",
    PaperKind.REFUSAL: "rehabdesk.services.prerehab.letters",
    PaperKind.ROUND_REPORT: "rehabdesk.services.prerehab.round_report",
    PaperKind.MEASUREMENT_FORM: "rehabdesk.services.prerehab.measure_papers",
})


#: Papers that are for one kind of reader, whoever asks.
_READERS: Mapping[PaperKind, ReaderKind] = MappingProxyType({
    PaperKind.MINUTES: ReaderKind.FILE,
    PaperKind.SUMMARY: ReaderKind.PARTICIPANT,
    PaperKind.EXTRACT: ReaderKind.PARTY,
    PaperKind.ACTION_SLIP: ReaderKind.PARTY,
    PaperKind.WITHDRAWAL_NOTICE: ReaderKind.PARTY,
})


def compose(connection: Connection, hand_out_id: int, now: datetime) -> Document:
    """The document of a queued copy, as its reader may have it now."""
    row = hand_out_queries.hand_out(connection, hand_out_id)
    if row is None:
        raise Refused(Problem("hand_out.gone"))
    return paper(connection, row.wanted, now)


def paper(connection: Connection, wanted: Wanted, now: datetime) -> Document:
    """One paper for one reader, as she may have it now. Refused when another participant may be named in it."""
    document = composed(connection, wanted, now)
    other_names.refuse_others(connection, wanted, document)
    return document


def composed(connection: Connection, wanted: Wanted, now: datetime) -> Document:
    """One paper for one reader, before its words are looked through for other people's names."""
    if wanted.paper in _COMPOSERS:
        return importlib.import_module(_COMPOSERS[wanted.paper]).compose(connection, wanted, now)
    session_id, reader, item_id = wanted.session_id, wanted.reader, wanted.item_id
    if _READERS.get(wanted.paper, reader.kind) is not reader.kind:
        # The complete minutes for a party, or somebody's summary for another: no such paper is offered, and none is made.
        raise Refused(Problem("paper.unknown"))
    match wanted.paper:
        case PaperKind.SUMMARY:
            return summary(connection, _item(connection, session_id, reader.case_id, item_id), now.date())
        case PaperKind.EXTRACT:
            return extract(connection, _item(connection, session_id, reader.case_id, item_id), reader.party_id, now.date())
        case PaperKind.MINUTES:
            return minutes(connection, session_id, now)
        case PaperKind.AGENDA:
            return agenda(connection, session_id, reader, now)
        case PaperKind.SIGN_IN:
            return sign_in(connection, session_id)
        case PaperKind.ACTION_SLIP:
            return action_slip(connection, session_id, reader.party_id, now.date())
        case PaperKind.SPARE:
            return spare(connection, session_id)
        case PaperKind.WITHDRAWAL_NOTICE:
            return withdrawal_notice(connection, reader.case_id, reader.party_id, now.date())
    raise Refused(Problem("paper.unknown"))


def summary(connection: Connection, row: sheet_queries.SheetRow, today: date) -> SummaryDocument:
    """Din sammanfattning of one frozen item."""
    item = _readable(connection, row)
    sheet = item.sheet
    consents = consent_queries.rules(connection, (sheet.case_id,))
    given = tuple(
        called.party for called in sheet.called if blocks_for_party(sheet, called.party_id, consents, today)
    )
    case = case_queries.case(connection, sheet.case_id, today)
    return summary_for(
        item, _setting(connection, sheet.session_id, row.versions), given, print_size=case.print_size if case else PRINT_SIZES[0]
    )


def extract(connection: Connection, row: sheet_queries.SheetRow, party_id: int, today: date) -> ExtractDocument:
    """One party's extract of one frozen item; refused when its consent does not hold today."""
    item = _readable(connection, row)
    consents = consent_queries.rules(connection, (item.sheet.case_id,)) if item.sheet.case_id else ()
    setting = _setting(connection, item.sheet.session_id, row.versions)
    return extract_for(party_id, item, consents, today, setting, reader_in_file=_party_in_file(connection, party_id))


def readers_of_session(connection: Connection, session_id: int, today: date) -> tuple[tuple[sheet_queries.SheetRow, Reader], ...]:
    """Every frozen case item of a session with each reader who may have a copy today: the participant and the covered parties."""
    found: list[tuple[sheet_queries.SheetRow, Reader]] = []
    for row in sheet_queries.sheets_of_session(connection, session_id):
        if row.item is None or row.item.sheet.kind is not ItemKind.CASE:
            continue
        sheet = row.item.sheet
        found.append((row, Reader(ReaderKind.PARTICIPANT, case_id=sheet.case_id)))
        consents = consent_queries.rules(connection, (sheet.case_id,))
        found.extend(
            (row, Reader(ReaderKind.PARTY, called.party_id, sheet.case_id))
            for called in sheet.called
            if blocks_for_party(sheet, called.party_id, consents, today)
        )
    return tuple(found)


def minutes(connection: Connection, session_id: int, now: datetime) -> MinutesDocument:
    """The complete minutes, for the file: locked, or as a draft of what is frozen so far."""
    session = _session(connection, session_id)
    locked = sheet_queries.minutes(connection, session_id)
    frozen = sheet_queries.general_part(connection, session_id)
    general = frozen.sheet if frozen else general_material(connection, session)
    of_general = frozen.corrections if frozen else ()
    frozen_items = [row.item for row in sheet_queries.sheets_of_session(connection, session_id) if row.item is not None]
    items = _under_alias(connection, frozen_items)
    following = session_queries.following_session(connection, session_id)
    corrections = len(of_general) + sum(len(item.corrections) for item in items)
    return complete_minutes(
        general,
        items,
        _setting(connection, session_id, 1 + corrections, None if locked else now),
        next_session=NextTime(following.held_on, following.start, following.place) if following else None,
        digest=locked.digest if locked else "",
        locked_on=locked.locked_on if locked else None,
        corrections=of_general,
    )


def agenda(connection: Connection, session_id: int, reader: Reader, now: datetime) -> AgendaDocument:
    """An agenda for one receiver: own items by name, others as "ärende"; for anybody, no names at all."""
    session = _session(connection, session_id)
    items = agenda_queries.agenda(connection, session_id, now.date())
    register = names.register(connection)
    on_agenda = agenda_queries.case_ids_on_agenda(connection, session_id)
    for item in items:
        if find_on_screen(f"{item.title}\n{item.presenter}", register, agenda_case_ids=on_agenda):
            raise Refused(Problem("paper.agenda_title_names", None, {"title": item.title}))
    times = box_times(session.start, items)
    protected = case_queries.protected_cases(connection, on_agenda)
    return AgendaDocument(
        letterhead=letterhead(connection, session.series_id),
        imprint=Imprint(f"{session.series_name} {session.number}", session.held_on, draft_at=now),
        reader=_reader_name(connection, reader, now.date()),
        reader_in_file=_reader_in_file(connection, reader, now.date()),
        series=session.series_name,
        session_on=session.held_on,
        start=session.start,
        end=session.end,
        place=session.place,
        lines=tuple(
            _agenda_line(number, item, starts, reader, is_protected=item.case_id in protected)
            for number, (item, (starts, _)) in enumerate(zip(items, times, strict=True), 1)
        ),
    )


def sign_in(connection: Connection, session_id: int) -> SignInDocument:
    """The sign-in sheet: those expected at the table. Participants are never among them."""
    session = _session(connection, session_id)
    return SignInDocument(
        letterhead=letterhead(connection, session.series_id),
        imprint=Imprint(f"{session.series_name} {session.number}", session.held_on),
        series=session.series_name,
        session_on=session.held_on,
        start=session.start,
        end=session.end,
        place=session.place,
        lines=tuple(
            PresentLine(attendee.name, attendee.function, attendee.party)
            for attendee in presence_queries.attendees(connection, session_id)
            if attendee.presence is not Presence.EXCUSED
        ),
    )


def action_slip(connection: Connection, session_id: int, party_id: int, today: date) -> ActionSlipDocument:
    """What one party has taken on at a session; refused when there is nothing it may be given."""
    session = _session(connection, session_id)
    party = party_queries.party(connection, party_id)
    if party is None:
        raise Refused(Problem("party.gone"))
    rows = tuple(row for row in sheet_queries.sheets_of_session(connection, session_id) if row.item is not None)
    protected = case_queries.protected_cases(connection, [row.case_id for row in rows if row.case_id is not None])
    # A slip lists several people: what is agreed about somebody under protected identity stands on that case's own extract.
    items = tuple(row.item for row in rows if row.case_id not in protected)
    consents = consent_queries.rules(connection, tuple(agenda_queries.case_ids_on_agenda(connection, session_id)))
    slip = action_slip_for(
        party_id, party.written, items, consents, today, session.held_on, _setting(connection, session_id, 1)
    )
    if not slip.general and not slip.cases:
        raise Refused(Problem("paper.nothing_for_party", None, {"party": party.written}))
    return replace(slip, reader_in_file=file_part(party.written, party.is_sensitive))


def spare(connection: Connection, session_id: int) -> SpareDocument:
    """The nameless booklet for the day the laptop dies, with room for every item of the session."""
    session = _session(connection, session_id)
    return SpareDocument(
        letterhead=letterhead(connection, session.series_id),
        imprint=Imprint(f"{session.series_name} {session.number}", session.held_on),
        series=session.series_name,
        session_on=session.held_on,
        start=session.start,
        end=session.end,
        place=session.place,
        item_count=max(1, session.item_count),
    )


def withdrawal_notice(connection: Connection, case_id: int, party_id: int, today: date) -> WithdrawalNoticeDocument:
    """Tells an earlier receiver that the consent is withdrawn, by case number, and what it has been given."""
    party = party_queries.party(connection, party_id)
    case = case_queries.case(connection, case_id, today)
    withdrawn = [
        row.withdrawn_on for row in consent_queries.consents(connection, (case_id,)) if row.party_id == party_id and row.withdrawn_on
    ]
    if party is None or case is None or not withdrawn:
        raise Refused(Problem("paper.no_withdrawal"))
    return WithdrawalNoticeDocument(
        letterhead=letterhead(connection, case.series_id),
        imprint=Imprint(case.number, max(withdrawn)),
        party=party.written,
        case_number=case.number,
        withdrawn_on=max(withdrawn),
        received=tuple(
            ReceivedLine(row.paper, row.settled_on or row.sent_on or today, row.held_on)
            for row in hand_out_queries.by_ids(connection, consent_queries.received_by_name(connection, case_id, party_id))
        ),
        questions=questions(connection),
        reader_in_file=file_part(party.written, party.is_sensitive),
    )


def _session(connection: Connection, session_id: int) -> SessionRow:
    session = session_queries.session(connection, session_id)
    if session is None:
        raise Refused(Problem("session.gone"))
    return session


def _setting(connection: Connection, session_id: int, version: int, draft_at: datetime | None = None) -> Setting:
    session = _session(connection, session_id)
    return Setting(letterhead(connection, session.series_id), questions(connection), version, draft_at)


def _item(connection: Connection, session_id: int, case_id: int | None, item_id: int | None) -> sheet_queries.SheetRow:
    for row in sheet_queries.sheets_of_session(connection, session_id):
        # Nobody gets another's item by its number: where both are said, both have to be right.
        if row.case_id == case_id and case_id is not None and item_id in (None, row.item_id):
            return row
    raise Refused(Problem("paper.not_frozen"))


def _readable(connection: Connection, row: sheet_queries.SheetRow) -> FrozenItem:
    if row.item is None:
        raise Refused(Problem("sheet.gone"))
    return _under_alias(connection, (row.item,))[0]


def _under_alias(connection: Connection, items: Sequence[FrozenItem]) -> tuple[FrozenItem, ...]:
    """Whoever has come under protected identity since stands under her alias, whatever she was called when the sheet was frozen."""
    protected = case_queries.protected_cases(connection, [item.sheet.case_id for item in items if item.sheet.case_id is not None])
    aliases = {
        person.case_id: f"{person.given_name} {person.surname}".strip()
        for person in (case_queries.person_names(connection) if protected else ())
        if person.case_id in protected
    }
    return tuple(
        replace(item, sheet=replace(item.sheet, participant_name=aliases.get(item.sheet.case_id, item.sheet.participant_name)))
        for item in items
    )


def _reader_name(connection: Connection, reader: Reader, today: date) -> str:
    if reader.party_id is not None:
        party = party_queries.party(connection, reader.party_id)
        return party.written if party else ""
    if reader.case_id is not None:
        case = case_queries.case(connection, reader.case_id, today)
        return case.full_name if case else ""
    return ""


def _reader_in_file(connection: Connection, reader: Reader, today: date) -> str:
    """A participant by her case number: her name is on the paper and never in the file's name."""
    if reader.kind is ReaderKind.PARTICIPANT:
        case = case_queries.case(connection, reader.case_id, today)
        return case.number if case else ""
    return _party_in_file(connection, reader.party_id)


def _party_in_file(connection: Connection, party_id: int | None) -> str:
    party = party_queries.party(connection, party_id) if party_id is not None else None
    return file_part(party.written, party.is_sensitive) if party else ""


def _agenda_line(number: int, item: agenda_queries.ItemRow, starts: str, reader: Reader, *, is_protected: bool) -> AgendaLine:
    """Nothing with a case's name, number or texts is made for a reader who may not have it (`product.md` rule 1).

    A party whose consent covers something else than what is said at the table has the name, and not the question. Under protected
    identity only her own agenda has it: a party's lists several people (rule 7).
    """
    is_participant = reader.kind is ReaderKind.PARTICIPANT and reader.case_id == item.case_id
    is_party = reader.kind is ReaderKind.PARTY and not is_protected
    called = [party for party in item.called if is_party and party.party_id == reader.party_id]
    is_own = item.is_by_name and (is_participant or any(party.is_covered for party in called))
    line = AgendaLine(number=item.paragraph or number, kind=item.kind, title="", starts=starts, minutes=item.minutes)
    if item.kind is not ItemKind.CASE:
        return replace(line, title=item.title, presenter=item.presenter)
    if not is_own:
        return line
    question = item.question if is_participant or any(party.may_hear for party in called) else ""
    return replace(line, case_number=item.case_number, participant_name=item.participant_name, question=question, is_own=True)
