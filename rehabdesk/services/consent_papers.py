"""Composing the papers of consent: the form, the information of article 13, and the list of what was handed out."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection

from rehabdesk.documents import wording
from rehabdesk.domain.cases import PRINT_SIZES
from rehabdesk.domain.consent_papers import (
    ConsentFormDocument,
    HandedOutLine,
    HandOutsDocument,
    InformationDocument,
    WithdrawnLine,
)
from rehabdesk.domain.forum import SeriesKind
from rehabdesk.domain.hand_outs import HandOutState, ReaderKind, Wanted
from rehabdesk.domain.papers import Document, Imprint, PaperKind
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services.letterhead import letterhead, questions
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.queries.hand_outs import HandOutRow

_LEFT = frozenset({HandOutState.GIVEN, HandOutState.SENT})


def compose(connection: Connection, wanted: Wanted, now: datetime) -> Document:
    """One of the papers as its reader may have it now. A form for anybody is blank, whatever case it is asked for from."""
    if wanted.reader.kind is ReaderKind.PARTY:
        # A party gets her consent and her list from her, if at all.
        raise Refused(Problem("paper.unknown"))
    case = case_queries.case(connection, wanted.reader.case_id, now.date()) if wanted.reader.case_id is not None else None
    match wanted.paper:
        case PaperKind.CONSENT:
            return _form(connection, wanted, case, now.date())
        case PaperKind.INFORMATION:
            return _information(connection, wanted, case, now.date())
        case PaperKind.HAND_OUTS if case is not None:
            return _list(connection, case, now.date())
    raise Refused(Problem("paper.unknown"))


def current_version() -> str:
    """The version of the consent form's text that is used now."""
    return wording.latest_version(PaperKind.CONSENT)


def form_languages() -> tuple[tuple[str, str], ...]:
    """The languages the consent form exists in: code, and what it calls itself."""
    return tuple((language.code, language.name) for language in wording.languages(PaperKind.CONSENT))


def _form(connection: Connection, wanted: Wanted, case: CaseRow | None, today: date) -> ConsentFormDocument:
    head = letterhead(connection, _series(connection, wanted, case))
    filled = case if wanted.reader.kind is ReaderKind.PARTICIPANT else None
    return ConsentFormDocument(
        letterhead=head,
        imprint=Imprint(filled.number if filled else head.forum, today),
        case_number=filled.number if filled else "",
        participant_name=filled.full_name if filled else "",
        parties=consent_queries.parties_to_ask(connection, filled.id) if filled else (),
        questions=questions(connection),
        text_version=wording.latest_version(wanted.paper),
        asks_identity_number=filled is None or not filled.is_protected,
        print_size=filled.print_size if filled else PRINT_SIZES[0],
    )


def _information(connection: Connection, wanted: Wanted, case: CaseRow | None, today: date) -> InformationDocument:
    head = letterhead(connection, _series(connection, wanted, case))
    filled = case if wanted.reader.kind is ReaderKind.PARTICIPANT else None
    return InformationDocument(
        letterhead=head,
        imprint=Imprint(filled.number if filled else head.forum, today),
        case_number=filled.number if filled else "",
        participant_name=filled.full_name if filled else "",
        questions=questions(connection),
        text_version=wording.latest_version(wanted.paper),
        print_size=filled.print_size if filled else PRINT_SIZES[0],
    )


def _list(connection: Connection, case: CaseRow, today: date) -> HandOutsDocument:
    consents = consent_queries.consents(connection, (case.id,))
    own = {row.id: row for row in hand_out_queries.of_case(connection, case.id) if row.state in _LEFT}
    named = consent_queries.handed_to(connection, case.id, sorted({row.party_id for row in consents}))
    others = [row for row in hand_out_queries.by_ids(connection, named) if row.id not in own]
    lines = [_line(row, today, is_named_in=False) for row in own.values()] + [_line(row, today, is_named_in=True) for row in others]
    withdrawn = {(row.withdrawn_on, row.party) for row in consents if row.withdrawn_on is not None}
    return HandOutsDocument(
        letterhead=letterhead(connection, case.series_id),
        imprint=Imprint(case.number, today),
        case_number=case.number,
        participant_name=case.full_name,
        lines=tuple(sorted(lines, key=lambda line: (line.on, line.reader, line.party, line.paper))),
        withdrawn=tuple(WithdrawnLine(party, on) for on, party in sorted(withdrawn)),
        questions=questions(connection),
        print_size=case.print_size,
    )


def _line(row: HandOutRow, today: date, *, is_named_in: bool) -> HandedOutLine:
    return HandedOutLine(
        on=row.settled_on or row.sent_on or today,
        paper=row.paper,
        version=row.version,
        reader=row.reader,
        party=row.party,
        medium=row.medium,
        session_on=row.held_on,
        is_named_in=is_named_in,
        is_printed_only=row.state is HandOutState.SENT,
    )


def _series(connection: Connection, wanted: Wanted, case: CaseRow | None) -> int:
    """The series whose controller answers: the case's, the session's, or the forum's first."""
    if case is not None:
        return case.series_id
    session = session_queries.session(connection, wanted.session_id) if wanted.session_id is not None else None
    if session is not None:
        return session.series_id
    known = [row.id for row in session_queries.series(connection) if row.kind is SeriesKind.REHAB_FORUM]
    if not known:
        raise Refused(Problem("series.gone"))
    return min(known)
