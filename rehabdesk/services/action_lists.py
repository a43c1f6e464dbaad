"""A party's list of open actions: offered, composed for paper, saved as a workbook. A sensitive party has none across cases."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from rehabdesk.documents import action_list
from rehabdesk.domain.action_list_papers import ActionListDocument, LeftOut, ListSection, is_covered, listed
from rehabdesk.domain.forum import ActionState
from rehabdesk.domain.hand_outs import Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import Document, Imprint, PaperKind, file_part
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.domain.protected import without_protected
from rehabdesk.exchange.xlsx import write_sheet
from rehabdesk.services import paper_files
from rehabdesk.services.forum import names
from rehabdesk.services.letterhead import letterhead, questions
from rehabdesk.services.paper_offers import Offer
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.forum import actions as queries
from rehabdesk.store.queries.forum.actions import ActionRow
from rehabdesk.store.store import Store
from rehabdesk.texts import texts_for

PAPER = PaperKind.ACTION_LIST


def wanted(party_id: int) -> Wanted:
    """The list of one party."""
    return Wanted(PAPER, Reader(ReaderKind.PARTY, party_id))


def offers(connection: Connection, today: date) -> tuple[Offer, ...]:
    """One list for each party with open actions; sensitive parties are not among them."""
    return tuple(Offer(wanted(row.party_id), row.party) for row in queries.parties_with_open(connection, today))


def left_out(connection: Connection, party_id: int, today: date) -> LeftOut:
    """How much of what a party answers for is not in its list today, and why."""
    return _listed(connection, party_id, today)[1]


def compose(connection: Connection, paper: Wanted, now: datetime) -> Document:
    """The list as the party may have it now. Refused for a sensitive party, and where nothing may be told."""
    party_id, today = paper.reader.party_id, now.date()
    if paper.reader.kind is not ReaderKind.PARTY or party_id is None:
        raise Refused(Problem("paper.unknown"))
    party = party_queries.party(connection, party_id)
    if party is None:
        raise Refused(Problem("party.gone"))
    if party.is_sensitive:
        raise Refused(Problem("actions.sensitive_party"))
    rows, _ = _listed(connection, party_id, today)
    if not rows:
        raise Refused(Problem("actions.nothing_to_list", None, {"party": party.written}))
    sections = _sections(connection, rows, today)
    first = letterhead(connection, min(row.series_id for row in rows))
    return ActionListDocument(
        letterhead=first,
        imprint=Imprint(first.forum, today),
        party=party.written,
        on=today,
        sections=sections,
        questions=questions(connection),
        reader_in_file=file_part(party.written, party.is_sensitive),
    )


def save_sheet(store: Store, party_id: int, path: Path, *, language: str = "sv", kept_on: str = "") -> None:
    """Write the list as a workbook: it is a hand-out like the paper, remembered until she says the file is gone."""
    paper_files.save(store, wanted(party_id), path, language=language, kept_on=kept_on, make=as_sheet)


def as_sheet(document: Document, language: str) -> bytes:
    """The list as a workbook of one sheet, with nothing in it that a sheet program would reckon with."""
    if not isinstance(document, ActionListDocument):
        raise TypeError(f"no workbook is made of a {type(document).__name__}")
    texts = texts_for(language)
    return write_sheet(action_list.headings(texts), action_list.cells(document, texts), texts.say("List of actions"))


def _listed(connection: Connection, party_id: int, today: date) -> tuple[tuple[ActionRow, ...], LeftOut]:
    """The party's open actions that may be told today, and how many may not."""
    rows, protected = without_protected(queries.actions(connection, state=ActionState.OPEN, party_id=party_id))
    consents = consent_queries.rules(connection, {row.case_id for row in rows if row.case_id is not None})
    kept = tuple(row for row in rows if is_covered(row.case_id, party_id, consents, today))
    return kept, LeftOut(len(rows) - len(kept), protected)


def _sections(connection: Connection, rows: tuple[ActionRow, ...], today: date) -> tuple[ListSection, ...]:
    register = names.register(connection)
    case_ids = frozenset(row.case_id for row in rows if row.case_id is not None)
    found = []
    for series_id in sorted({row.series_id for row in rows}):
        head = letterhead(connection, series_id)
        lines = tuple(
            listed(row.what, row.case_id, row.case_number, row.due_on, today, register, case_ids)
            for row in sorted(rows, key=_by_case)
            if row.series_id == series_id
        )
        found.append(ListSection(head.forum, head.controller, lines))
    return tuple(found)


def _by_case(row: ActionRow) -> tuple[bool, str, date]:
    return row.case_id is None, row.case_number, row.due_on or date.max
