"""Reading hand-outs: the print queue, what has been given to whom, and files not yet said to be gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Select, select

from rehabdesk.domain.hand_outs import HandOutState, Medium, Reader, ReaderKind, VoidReason, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.rounds import title_of
from rehabdesk.store.tables.cases import Case
from rehabdesk.store.tables.forum import AgendaItem, ForumSession
from rehabdesk.store.tables.parties import Party
from rehabdesk.store.tables.prerehab import Programme, Round
from rehabdesk.store.tables.privacy import HandOut


@dataclass(frozen=True, slots=True)
class HandOutRow:
    """One copy for one reader."""

    id: int
    session_id: int | None
    held_on: date | None
    series_id: int | None
    item_id: int | None
    paragraph: int | None
    sheet_id: int | None
    case_id: int | None
    case_number: str
    paper: PaperKind
    reader: ReaderKind
    party_id: int | None
    party: str
    medium: Medium
    language: str
    state: HandOutState
    is_later: bool
    version: int
    queued_at: str
    sent_at: str | None
    sent_on: date | None
    settled_at: str | None
    settled_on: date | None
    void_reason: VoidReason | None
    file_gone_on: date | None
    kept_on: str
    round_id: int | None = None
    booking_id: int | None = None
    round_title: str = ""

    @property
    def wanted(self) -> Wanted:
        """The paper that it is a copy of; a sheet's copies always come with the corrections made since."""
        version = self.version if self.sheet_id is None else None
        reader = Reader(self.reader, self.party_id, self.case_id)
        return Wanted(self.paper, reader, self.session_id, self.item_id, version, self.round_id, self.booking_id)


def hand_out(connection: Connection, hand_out_id: int) -> HandOutRow | None:
    """One copy."""
    row = connection.execute(_hand_outs().where(HandOut.id == hand_out_id)).first()
    return _row(row) if row else None


def to_print(connection: Connection) -> tuple[HandOutRow, ...]:
    """What the queue prints next, in the order it was asked for; "lämnas senare" waits until somebody asks."""
    return _rows(
        connection,
        _hand_outs().where(
            HandOut.state == HandOutState.WAITING, HandOut.is_later.is_(False), HandOut.medium == Medium.PAPER
        ),
    )


def unanswered(connection: Connection) -> tuple[HandOutRow, ...]:
    """Sent to the printer, and nobody has said whether it came out and was given."""
    return _rows(connection, _hand_outs().where(HandOut.state == HandOutState.SENT))


def to_give_later(connection: Connection) -> tuple[HandOutRow, ...]:
    """Lämnas senare: copies that wait for their reader."""
    return _rows(connection, _hand_outs().where(HandOut.state == HandOutState.WAITING, HandOut.is_later.is_(True)))


def of_session(connection: Connection, session_id: int) -> tuple[HandOutRow, ...]:
    """Every copy of a session, in the order asked for."""
    return _rows(connection, _hand_outs().where(HandOut.session_id == session_id))


def of_case(connection: Connection, case_id: int) -> tuple[HandOutRow, ...]:
    """Every copy about a case, in the order asked for."""
    return _rows(connection, _hand_outs().where(HandOut.case_id == case_id))


def of_paper(connection: Connection, paper: PaperKind) -> tuple[HandOutRow, ...]:
    """Every copy of one kind of paper, in the order asked for."""
    return _rows(connection, _hand_outs().where(HandOut.paper == paper))


def files_not_gone(connection: Connection) -> tuple[HandOutRow, ...]:
    """Files the coordinator asked for and has not said are gone."""
    return _rows(
        connection,
        _hand_outs().where(
            HandOut.medium == Medium.FILE, HandOut.state == HandOutState.GIVEN, HandOut.file_gone_on.is_(None)
        ),
    )


def of_round(connection: Connection, round_id: int) -> tuple[HandOutRow, ...]:
    """Every copy of a round's papers, those about one claim in it among them, in the order asked for."""
    return _rows(connection, _hand_outs().where(HandOut.round_id == round_id))


def by_ids(connection: Connection, ids: Iterable[int]) -> tuple[HandOutRow, ...]:
    """Some copies."""
    return _rows(connection, _hand_outs().where(HandOut.id.in_(tuple(ids))))


_COLUMNS = (
    HandOut.id,
    HandOut.session_id,
    ForumSession.held_on,
    ForumSession.series_id,
    HandOut.item_id,
    AgendaItem.paragraph,
    HandOut.sheet_id,
    HandOut.case_id,
    Case.number.label("case_number"),
    HandOut.paper,
    HandOut.reader,
    HandOut.party_id,
    Party.written.label("party"),
    HandOut.medium,
    HandOut.language,
    HandOut.state,
    HandOut.is_later,
    HandOut.version,
    HandOut.queued_at,
    HandOut.sent_at,
    HandOut.sent_on,
    HandOut.settled_at,
    HandOut.settled_on,
    HandOut.void_reason,
    HandOut.file_gone_on,
    HandOut.kept_on,
    HandOut.round_id,
    HandOut.booking_id,
    Programme.name.label("programme"),
    Round.number,
    Round.name.label("own_name"),
)


def _hand_outs() -> Select:
    return (
        select(*_COLUMNS)
        .outerjoin(ForumSession, ForumSession.id == HandOut.session_id)
        .outerjoin(AgendaItem, AgendaItem.id == HandOut.item_id)
        .outerjoin(Case, Case.id == HandOut.case_id)
        .outerjoin(Party, Party.id == HandOut.party_id)
        .outerjoin(Round, Round.id == HandOut.round_id)
        .outerjoin(Programme, Programme.id == Round.programme_id)
        .order_by(HandOut.id)
    )


def _rows(connection: Connection, query: Select) -> tuple[HandOutRow, ...]:
    return tuple(_row(row) for row in connection.execute(query))


def _row(row: object) -> HandOutRow:
    values = row._asdict()
    programme, number, own_name = (values.pop(name) for name in ("programme", "number", "own_name"))
    values |= {
        "round_title": title_of(programme, number, own_name) if programme is not None else "",
        "case_number": values["case_number"] or "",
        "party": values["party"] or "",
        "paper": PaperKind(values["paper"]),
        "reader": ReaderKind(values["reader"]),
        "medium": Medium(values["medium"]),
        "state": HandOutState(values["state"]),
        "void_reason": VoidReason(values["void_reason"]) if values["void_reason"] else None,
    }
    return HandOutRow(**values)
