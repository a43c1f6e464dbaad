"""Consent is given and withdrawn here. Neither is ever undone: both end the history, and no row is ever deleted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from rehabdesk.domain.consent import InformationKind, problems_with_consent
from rehabdesk.domain.forum import ItemState, Presence, SessionState
from rehabdesk.domain.hand_outs import HandOutState, Medium, ReaderKind, VoidReason
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.services.checks import existing
from rehabdesk.services.forum.presence import set_presence
from rehabdesk.store.history import Label
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.cases import Case
from rehabdesk.store.tables.consent import Consent, ConsentKind
from rehabdesk.store.tables.forum import AgendaItem, Attendee, ForumSession
from rehabdesk.store.tables.parties import Contact, Party
from rehabdesk.store.tables.privacy import HandOut

#: What the simple consent covers: what was agreed at the table.
USUAL_KINDS = frozenset({InformationKind.PLANNED_MEASURES})


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What a withdrawal did, as ids: the parties it took out, the copies voided, the notices queued, the attendees marked out."""

    parties: tuple[int, ...]
    voided: tuple[int, ...]
    notices: tuple[int, ...]
    marked_out: tuple[int, ...]


def give(
    store: Store,
    case_id: int,
    party_ids: Iterable[int],
    valid_from: date | None,
    valid_until: date | None,
    kinds: frozenset[InformationKind] = USUAL_KINDS,
) -> tuple[int, ...]:
    """Register a consent for each party; returns their ids. It adds to a consent that the party has already."""
    wanted = tuple(dict.fromkeys(party_ids))
    refuse_if(problems_with_consent(valid_from, valid_until, wanted))
    refuse_if([] if kinds else [Problem("consent.kind_missing", "kinds")])
    with store.write(Label("consent.given"), undoable=False, barrier=True) as writing:
        existing(writing, Case, case_id, "case")
        given = []
        for party_id in wanted:
            existing(writing, Party, party_id, "party")
            consent = Consent(
                case_id=case_id, party_id=party_id, valid_from=valid_from, valid_until=valid_until, registered_at=writing.now
            )
            writing.session.add(consent)
            writing.flush()
            writing.session.add_all([ConsentKind(consent_id=consent.id, kind=kind) for kind in sorted(kinds)])
            writing.log("consent_given", "consent", consent.id, case=case_id, party=party_id)
            given.append(consent.id)
        return tuple(given)


def withdraw(store: Store, case_id: int, party_ids: Iterable[int] | None = None) -> Withdrawal:
    """Withdraw the consent for some parties, or for all, at once and for good.

    What waits to be printed for them is voided; what has left for the printer is settled by whoever stands there; whoever
    got something earlier gets a notice; and if the case's item is open, those of them at the table are marked out.
    """
    with store.write(Label("consent.withdrawn"), undoable=False, barrier=True) as writing:
        existing(writing, Case, case_id, "case")
        consents = _standing(writing, case_id, party_ids)
        if not consents:
            raise Refused(Problem("consent.none_to_withdraw"))
        for consent in consents:
            consent.withdrawn_at, consent.withdrawn_on = writing.now, writing.today
            writing.log("consent_withdrawn", "consent", consent.id, case=case_id, party=consent.party_id)
        parties = tuple(sorted({consent.party_id for consent in consents}))
        item = _open_item(writing, case_id)
        return Withdrawal(
            parties=parties,
            voided=_void_waiting(writing, case_id, parties),
            notices=tuple(
                _queue_notice(writing, case_id, party_id, latest, item)
                for party_id in parties
                if (latest := _untold_receipt(writing, case_id, party_id)) is not None
            ),
            marked_out=_mark_out(writing, parties, item) if item is not None else (),
        )


def _standing(writing: Writing, case_id: int, party_ids: Iterable[int] | None) -> list[Consent]:
    """Consents that hold today or will come to hold; what has run out is over already."""
    query = select(Consent).where(
        Consent.case_id == case_id, Consent.withdrawn_at.is_(None), Consent.valid_until >= writing.today
    )
    if party_ids is not None:
        query = query.where(Consent.party_id.in_(tuple(party_ids)))
    return list(writing.session.scalars(query.order_by(Consent.id)))


def _open_item(writing: Writing, case_id: int) -> AgendaItem | None:
    return writing.session.scalar(
        select(AgendaItem)
        .join(ForumSession, ForumSession.id == AgendaItem.session_id)
        .where(
            AgendaItem.case_id == case_id,
            AgendaItem.state == ItemState.OPEN,
            ForumSession.state == SessionState.UNDER_WAY,
        )
    )


def _void_waiting(writing: Writing, case_id: int, parties: tuple[int, ...]) -> tuple[int, ...]:
    waiting = writing.session.scalars(
        select(HandOut)
        .where(
            HandOut.case_id == case_id,
            HandOut.party_id.in_(parties),
            HandOut.state == HandOutState.WAITING,
            HandOut.paper != PaperKind.WITHDRAWAL_NOTICE,
        )
        .order_by(HandOut.id)
    ).all()
    for copy in waiting:
        copy.state, copy.void_reason = HandOutState.VOIDED, VoidReason.CONSENT_WITHDRAWN
        copy.settled_at, copy.settled_on = writing.now, writing.today
        copy.is_later = False
        writing.log("hand_out_voided", "hand_out", copy.id, reason=VoidReason.CONSENT_WITHDRAWN.value)
    return tuple(copy.id for copy in waiting)


def _untold_receipt(writing: Writing, case_id: int, party_id: int) -> HandOut | None:
    """The latest copy the party got about the case, unless a notice has gone out after it."""
    received = writing.read(consent_queries.received_by_name, case_id, party_id)
    if not received:
        return None
    told = writing.session.scalar(
        select(HandOut.id)
        .where(
            HandOut.case_id == case_id,
            HandOut.party_id == party_id,
            HandOut.paper == PaperKind.WITHDRAWAL_NOTICE,
            HandOut.state != HandOutState.VOIDED,
        )
        .order_by(HandOut.id.desc())
        .limit(1)
    )
    latest = max(received)
    return writing.session.get(HandOut, latest) if told is None or told < latest else None


def _queue_notice(writing: Writing, case_id: int, party_id: int, latest: HandOut, item: AgendaItem | None) -> int:
    notice = HandOut(
        session_id=item.session_id if item is not None else None,
        item_id=item.id if item is not None else None,
        case_id=case_id,
        paper=PaperKind.WITHDRAWAL_NOTICE,
        reader=ReaderKind.PARTY,
        party_id=party_id,
        medium=Medium.PAPER,
        # In the language that the party could read last time.
        language=latest.language,
        state=HandOutState.WAITING,
        queued_at=writing.now,
    )
    writing.session.add(notice)
    writing.flush()
    writing.log("hand_out_queued", "hand_out", notice.id, case=case_id, party=party_id)
    return notice.id


def _mark_out(writing: Writing, parties: tuple[int, ...], item: AgendaItem) -> tuple[int, ...]:
    at_the_table = writing.session.scalars(
        select(Attendee)
        .outerjoin(Contact, Contact.id == Attendee.contact_id)
        .where(
            Attendee.session_id == item.session_id,
            Attendee.presence == Presence.HERE,
            Attendee.party_id.in_(parties) | Contact.party_id.in_(parties),
        )
        .order_by(Attendee.id)
    ).all()
    for attendee in at_the_table:
        set_presence(writing, attendee, Presence.STEPPED_OUT, item)
        writing.log("attendee_marked_out", "attendee", attendee.id, item=item.id)
    return tuple(attendee.id for attendee in at_the_table)
