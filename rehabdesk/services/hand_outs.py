"""The verbs of the print queue and of hand-outs: queue, send, give, void, print again, keep for later.

What is to be printed is rows, never PDFs. *Sent* is committed before the first byte leaves for the printer; *given* or
*voided* is a later write. Nothing here is undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select

from rehabdesk.domain.forum import Presence
from rehabdesk.domain.hand_outs import NEXT_STATES, HandOutState, Medium, Reader, ReaderKind, VoidReason, Wanted
from rehabdesk.domain.papers import Document, PaperKind
from rehabdesk.domain.passages import cases_told
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import papers, plan_papers
from rehabdesk.services.checks import existing, line
from rehabdesk.services.copies import come_back, leave, queue, settle
from rehabdesk.services.forum import calling
from rehabdesk.services.prerehab import letters
from rehabdesk.store.history import Label
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import hand_outs as queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import presence as presence_queries
from rehabdesk.store.queries.forum.sheets import SheetRow
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.privacy import HandOut

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Saved:
    """A hand-out that is a file: its id, and what the file is to hold."""

    hand_out_id: int
    document: Document


def send(store: Store, hand_out_id: int) -> Document | None:
    """Take a waiting copy to the printer: consent is tested again, and *sent* is committed before anything leaves.

    Returns the document to print, or None when the reader may no longer have it; the copy is then voided.
    """

    def as_it_is(document: Document, _language: str) -> Document:
        return document

    return send_as(store, hand_out_id, as_it_is)


def send_as(store: Store, hand_out_id: int, make: Callable[[Document, str], Made]) -> Made | None:
    """As `send`, with what `make(document, language)` makes of it; *sent* is committed only when it could be made."""
    with store.write(Label("hand_out.sent"), undoable=False) as writing:
        row = existing(writing, HandOut, hand_out_id, "hand_out")
        _refuse_step(row, HandOutState.SENT)
        try:
            document = writing.read(papers.compose, hand_out_id, writing.moment)
            made = make(document, row.language)
        except Refused as refusal:
            if all(problem.code != "paper.no_consent" for problem in refusal.problems):
                raise
            settle(writing, row, HandOutState.VOIDED, VoidReason.CONSENT_WITHDRAWN)
            return None
        _noted(writing, writing.read(queries.hand_out, hand_out_id).wanted, document)
        leave(writing, row, cases_told(document))
        row.state = HandOutState.SENT
        writing.log("paper_sent", "hand_out", row.id)
        return made


def give(store: Store, hand_out_ids: Iterable[int]) -> None:
    """These copies came out and are in their readers' hands."""
    with store.write(Label("hand_out.given"), undoable=False, barrier=True) as writing:
        for row in _rows(writing, hand_out_ids):
            _refuse_step(row, HandOutState.GIVEN)
            settle(writing, row, HandOutState.GIVEN)


def void(store: Store, hand_out_ids: Iterable[int], reason: VoidReason = VoidReason.WRONG_COPY) -> None:
    """These copies are not to be given: torn, wrong, or never printed."""
    with store.write(Label("hand_out.voided"), undoable=False, barrier=True) as writing:
        for row in _rows(writing, hand_out_ids):
            _refuse_step(row, HandOutState.VOIDED)
            settle(writing, row, HandOutState.VOIDED, reason)


def print_again(store: Store, hand_out_ids: Iterable[int]) -> None:
    """After a jam: these did not come out and go back into the queue."""
    with store.write(Label("hand_out.queued"), undoable=False) as writing:
        for row in _rows(writing, hand_out_ids):
            _refuse_step(row, HandOutState.WAITING)
            come_back(row)
            row.is_later = False
            writing.log("paper_queued_again", "hand_out", row.id)


def keep_for_later(store: Store, hand_out_ids: Iterable[int], *, later: bool = True) -> None:
    """Lämnas senare, or (`later=False`) print now after all."""
    with store.write(Label("hand_out.kept"), undoable=False) as writing:
        for row in _rows(writing, hand_out_ids):
            if row.state == HandOutState.SENT:
                come_back(row)
            elif row.state != HandOutState.WAITING:
                raise Refused(Problem("hand_out.settled"))
            row.is_later = later


def queue_for_those_here(store: Store, session_id: int, *, language: str = "sv") -> tuple[int, ...]:
    """Skriv ut till alla här: one job per reader who is here and has not got her copy of a finished item; returns their ids."""
    with store.write(Label("hand_out.queued"), undoable=False) as writing:
        here = _readers_here(writing, session_id)
        queued: list[int] = []
        rows = writing.read(queries.of_session, session_id)
        for sheet, reader in writing.read(papers.readers_of_session, session_id, writing.today):
            if reader not in here:
                continue
            mine = [
                row
                for row in rows
                if row.sheet_id == sheet.sheet_id
                and row.version == sheet.versions
                and (row.reader, row.party_id) == (reader.kind, reader.party_id)
                and row.state is not HandOutState.VOIDED
            ]
            if not mine:
                queued.append(queue(writing, _copy(sheet, reader), session_id=session_id, language=language))
            for row in mine:
                if row.state is HandOutState.WAITING:
                    existing(writing, HandOut, row.id, "hand_out").is_later = False
                    queued.append(row.id)
        return tuple(queued)


def queue_paper(store: Store, wanted: Wanted, *, language: str = "sv") -> int:
    """Put one paper for one reader in the queue; refused when the reader may not have it. Returns the copy's id."""
    with store.write(Label("hand_out.queued"), undoable=False) as writing:
        _noted(writing, wanted, writing.read(papers.paper, wanted, writing.moment))
        wanted = plan_papers.settled(writing, wanted)
        return queue(writing, _row_for(writing, wanted), session_id=wanted.session_id, language=language)


def save_as_file(store: Store, wanted: Wanted, *, language: str = "sv", kept_on: str = "") -> Saved:
    """A file the coordinator asks for: it is a hand-out, remembered until she says the file is gone. `kept_on`: her word for where."""
    with store.write(Label("hand_out.given"), undoable=False, barrier=True) as writing:
        document = writing.read(papers.paper, wanted, writing.moment)
        _noted(writing, wanted, document)
        wanted = plan_papers.settled(writing, wanted)
        row = _row_for(writing, wanted)
        row.medium, row.kept_on = Medium.FILE, line(kept_on, "kept_on")
        queue(writing, row, session_id=wanted.session_id, language=language)
        leave(writing, row, cases_told(document))
        settle(writing, row, HandOutState.GIVEN)
        return Saved(row.id, document)


def file_is_gone(store: Store, hand_out_id: int) -> None:
    """The coordinator says that a file she asked for is gone."""
    with store.write(Label("hand_out.file_gone"), undoable=False) as writing:
        row = existing(writing, HandOut, hand_out_id, "hand_out")
        row.file_gone_on = row.file_gone_on or writing.today
        writing.log("file_gone", "hand_out", row.id)


def _noted(writing: Writing, wanted: Wanted, document: Document) -> None:
    """What letters tell is remembered: which time a call told, and that an offer was reminded of."""
    calling.noted(writing, wanted, document)
    letters.noted(writing, wanted, document)


def _readers_here(writing: Writing, session_id: int) -> set[Reader]:
    parties = {
        attendee.party_id
        for attendee in writing.read(presence_queries.attendees, session_id)
        if attendee.presence is Presence.HERE and attendee.party_id is not None
    }
    found: set[Reader] = set()
    for item in writing.read(agenda_queries.agenda, session_id, writing.today):
        case = writing.read(case_queries.case, item.case_id, writing.today) if item.case_id is not None else None
        # Protected identity: from hand to hand only, never in what is printed for everyone.
        if case is None or case.is_protected:
            continue
        found |= {Reader(ReaderKind.PARTY, party_id, item.case_id) for party_id in parties}
        if item.participant_presence is Presence.HERE:
            found.add(Reader(ReaderKind.PARTICIPANT, None, item.case_id))
    return found


def _copy(sheet: SheetRow, reader: Reader) -> HandOut:
    paper = PaperKind.SUMMARY if reader.kind is ReaderKind.PARTICIPANT else PaperKind.EXTRACT
    return HandOut(
        paper=paper,
        reader=reader.kind,
        party_id=reader.party_id,
        case_id=reader.case_id,
        item_id=sheet.item_id,
        sheet_id=sheet.sheet_id,
        version=sheet.versions,
    )


def _row_for(writing: Writing, wanted: Wanted) -> HandOut:
    reader, item_id = wanted.reader, wanted.item_id
    if wanted.paper in (PaperKind.SUMMARY, PaperKind.EXTRACT):
        for sheet, candidate in writing.read(papers.readers_of_session, wanted.session_id, writing.today):
            if sheet.item_id == item_id or (item_id is None and candidate.case_id == reader.case_id):
                return _copy(sheet, Reader(reader.kind, reader.party_id, candidate.case_id))
    # An item gives its own papers only; what else names one, as a call letter does, keeps it to be composed again.
    return HandOut(
        paper=wanted.paper,
        reader=reader.kind,
        party_id=reader.party_id,
        case_id=reader.case_id,
        item_id=item_id,
        round_id=wanted.round_id,
        booking_id=wanted.booking_id,
        version=wanted.version or 1,
    )


def _rows(writing: Writing, hand_out_ids: Iterable[int]) -> list[HandOut]:
    wanted = tuple(hand_out_ids)
    rows = writing.session.scalars(select(HandOut).where(HandOut.id.in_(wanted)).order_by(HandOut.id)).all()
    if len(rows) != len(set(wanted)):
        raise Refused(Problem("hand_out.gone"))
    return list(rows)


def _refuse_step(row: HandOut, state: HandOutState) -> None:
    if state not in NEXT_STATES[HandOutState(row.state)]:
        raise Refused(Problem("hand_out.settled"))
