"""Reading consents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, exists, func, select

from rehabdesk.domain.consent import Consent, InformationKind
from rehabdesk.domain.forum import ItemState, Presence, SessionState
from rehabdesk.domain.hand_outs import HandOutState
from rehabdesk.domain.papers import PaperKind
from rehabdesk.store.tables.cases import Case
from rehabdesk.store.tables.consent import Consent as ConsentTable
from rehabdesk.store.tables.consent import ConsentKind
from rehabdesk.store.tables.forum import Action, AgendaItem, Attendee, ForumSession, ItemParty
from rehabdesk.store.tables.parties import Contact, Party
from rehabdesk.store.tables.privacy import HandOut


@dataclass(frozen=True, slots=True)
class Reach:
    """What a withdrawal reaches, as ids: consents, parties, copies to void, the latest copy of each party to be told, attendees."""

    consents: tuple[int, ...]
    parties: tuple[int, ...]
    waiting: tuple[int, ...]
    receipts: tuple[tuple[int, int], ...]
    item_id: int | None
    session_id: int | None
    at_the_table: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One consent as a page shows it."""

    id: int
    case_id: int
    case_number: str
    party_id: int
    party: str
    valid_from: date
    valid_until: date
    withdrawn_on: date | None
    kinds: frozenset[InformationKind]

    def is_live(self, today: date) -> bool:
        """Whether it holds today."""
        return self.as_rule().is_live(today)

    def as_rule(self) -> Consent:
        """The consent as `domain.consent` judges it."""
        return Consent(self.case_id, self.party_id, self.valid_from, self.valid_until, self.kinds, self.withdrawn_on)


def consents(connection: Connection, case_ids: Iterable[int] | None = None) -> tuple[ConsentRow, ...]:
    """Every consent, of some cases or of all, latest first."""
    query = (
        select(
            ConsentTable.id,
            ConsentTable.case_id,
            Case.number.label("case_number"),
            ConsentTable.party_id,
            Party.written.label("party"),
            ConsentTable.valid_from,
            ConsentTable.valid_until,
            ConsentTable.withdrawn_on,
        )
        .join(Case, Case.id == ConsentTable.case_id)
        .join(Party, Party.id == ConsentTable.party_id)
        .order_by(ConsentTable.valid_from.desc(), ConsentTable.id.desc())
    )
    kinds_query = select(ConsentKind.consent_id, ConsentKind.kind)
    if case_ids is not None:
        wanted = tuple(case_ids)
        query = query.where(ConsentTable.case_id.in_(wanted))
        kinds_query = kinds_query.join(ConsentTable, ConsentTable.id == ConsentKind.consent_id).where(ConsentTable.case_id.in_(wanted))
    kinds: dict[int, set[InformationKind]] = defaultdict(set)
    for consent_id, kind in connection.execute(kinds_query):
        kinds[consent_id].add(InformationKind(kind))
    return tuple(ConsentRow(**row._asdict(), kinds=frozenset(kinds[row.id])) for row in connection.execute(query))


def rules(connection: Connection, case_ids: Iterable[int] | None = None) -> tuple[Consent, ...]:
    """The consents as `domain.consent` judges them."""
    return tuple(row.as_rule() for row in consents(connection, case_ids))


def received_by_name(connection: Connection, case_id: int, party_id: int) -> tuple[int, ...]:
    """The copies that may have told a party about the case by name: its own papers, and agendas and slips that named the case.

    Sent counts as received: it may lie in the printer's tray. A notice of withdrawal names nobody and does not count.
    """
    left = HandOut.state.in_((HandOutState.GIVEN, HandOutState.SENT))
    own = select(HandOut.id).where(
        HandOut.party_id == party_id, HandOut.case_id == case_id, HandOut.paper != PaperKind.WITHDRAWAL_NOTICE, left
    )
    called = (
        select(AgendaItem.session_id)
        .join(ItemParty, ItemParty.item_id == AgendaItem.id)
        .where(AgendaItem.case_id == case_id, ItemParty.party_id == party_id)
    )
    answers = select(AgendaItem.session_id).join(Action, Action.case_id == AgendaItem.case_id).where(
        AgendaItem.case_id == case_id, Action.party_id == party_id
    )
    # By the day it left, since consent decided then whether the name stood on it.
    left_on = func.coalesce(HandOut.settled_on, func.substr(HandOut.sent_at, 1, 10))
    covered = exists().where(
        ConsentTable.case_id == case_id,
        ConsentTable.party_id == party_id,
        ConsentTable.valid_from <= left_on,
        ConsentTable.valid_until >= left_on,
    )
    shared = select(HandOut.id).where(
        HandOut.party_id == party_id,
        HandOut.case_id.is_(None),
        HandOut.paper.in_((PaperKind.AGENDA, PaperKind.ACTION_SLIP)),
        HandOut.session_id.in_(called.union(answers)),
        left,
        covered,
    )
    return tuple(sorted(connection.execute(own.union(shared)).scalars()))


def reach_of_withdrawal(connection: Connection, case_id: int, party_ids: Iterable[int] | None, today: date) -> Reach:
    """What withdrawing a case's consent for some parties, or for all, would reach today."""
    standing = select(ConsentTable.id, ConsentTable.party_id).where(
        ConsentTable.case_id == case_id, ConsentTable.withdrawn_at.is_(None), ConsentTable.valid_until >= today
    )
    if party_ids is not None:
        standing = standing.where(ConsentTable.party_id.in_(tuple(party_ids)))
    consents = connection.execute(standing.order_by(ConsentTable.id)).all()
    parties = tuple(sorted({row.party_id for row in consents}))
    waiting = select(HandOut.id).where(
        HandOut.case_id == case_id,
        HandOut.party_id.in_(parties),
        HandOut.state == HandOutState.WAITING,
        HandOut.paper != PaperKind.WITHDRAWAL_NOTICE,
    )
    receipts = ((party_id, _untold_receipt(connection, case_id, party_id)) for party_id in parties)
    item_id, session_id = _open_item(connection, case_id)
    return Reach(
        consents=tuple(row.id for row in consents),
        parties=parties,
        waiting=tuple(connection.execute(waiting.order_by(HandOut.id)).scalars()),
        receipts=tuple((party_id, latest) for party_id, latest in receipts if latest is not None),
        item_id=item_id,
        session_id=session_id,
        at_the_table=_at_the_table(connection, session_id, parties),
    )


def running_out(connection: Connection, today: date, until: date) -> tuple[ConsentRow, ...]:
    """Live consents of open cases whose last day lies within the span, soonest first."""
    open_cases = select(Case.id).where(Case.closed_on.is_(None))
    ids = tuple(
        connection.execute(
            select(ConsentTable.case_id)
            .where(ConsentTable.valid_until.between(today, until), ConsentTable.withdrawn_on.is_(None), ConsentTable.case_id.in_(open_cases))
            .distinct()
        ).scalars()
    )
    rows = [row for row in consents(connection, ids) if row.is_live(today)]
    longest: dict[tuple[int, int], ConsentRow] = {}
    for row in rows:
        known = longest.get((row.case_id, row.party_id))
        if known is None or row.valid_until > known.valid_until:
            longest[(row.case_id, row.party_id)] = row
    return tuple(sorted((row for row in longest.values() if row.valid_until <= until), key=lambda row: (row.valid_until, row.case_number)))


def _untold_receipt(connection: Connection, case_id: int, party_id: int) -> int | None:
    """The latest copy a party got about the case, unless a notice has been queued for it since."""
    received = received_by_name(connection, case_id, party_id)
    told = connection.execute(
        select(func.max(HandOut.id)).where(
            HandOut.case_id == case_id,
            HandOut.party_id == party_id,
            HandOut.paper == PaperKind.WITHDRAWAL_NOTICE,
            HandOut.state != HandOutState.VOIDED,
        )
    ).scalar()
    latest = max(received, default=None)
    return latest if latest is not None and (told is None or told < latest) else None


def _open_item(connection: Connection, case_id: int) -> tuple[int | None, int | None]:
    row = connection.execute(
        select(AgendaItem.id, AgendaItem.session_id)
        .join(ForumSession, ForumSession.id == AgendaItem.session_id)
        .where(AgendaItem.case_id == case_id, AgendaItem.state == ItemState.OPEN, ForumSession.state == SessionState.UNDER_WAY)
    ).first()
    return (row.id, row.session_id) if row is not None else (None, None)


def _at_the_table(connection: Connection, session_id: int | None, parties: tuple[int, ...]) -> tuple[int, ...]:
    query = (
        select(Attendee.id)
        .outerjoin(Contact, Contact.id == Attendee.contact_id)
        .where(
            Attendee.session_id == session_id,
            Attendee.presence == Presence.HERE,
            Attendee.party_id.in_(parties) | Contact.party_id.in_(parties),
        )
        .order_by(Attendee.id)
    )
    return tuple(connection.execute(query).scalars()) if session_id is not None else ()
