"""Consent is given and withdrawn here. Neither is ever undone: both end the history, and no row is ever deleted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from rehabdesk.domain.consent import InformationKind, problems_with_consent
from rehabdesk.domain.forum import Presence
from rehabdesk.domain.hand_outs import HandOutState, ReaderKind, VoidReason
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.services.checks import existing
from rehabdesk.services.copies import queue, settle
from rehabdesk.services.forum.presence import set_presence
from rehabdesk.store.history import Label
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries.consent import Reach
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.cases import Case
from rehabdesk.store.tables.consent import Consent, ConsentKind
from rehabdesk.store.tables.forum import Action, AgendaItem, Agreement, Attendee
from rehabdesk.store.tables.parties import Party
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
        reach = writing.read(consent_queries.reach_of_withdrawal, case_id, party_ids, writing.today)
        if not reach.consents:
            raise Refused(Problem("consent.none_to_withdraw"))
        for consent_id in reach.consents:
            consent = writing.session.get_one(Consent, consent_id)
            consent.withdrawn_at, consent.withdrawn_on = writing.now, writing.today
            writing.log("consent_withdrawn", "consent", consent.id, case=case_id, party=consent.party_id)
        for copy_id in reach.waiting:
            settle(writing, writing.session.get_one(HandOut, copy_id), HandOutState.VOIDED, VoidReason.CONSENT_WITHDRAWN)
        notices = tuple(_queue_notice(writing, case_id, party_id, latest, reach) for party_id, latest in reach.receipts)
        for attendee_id in reach.at_the_table:
            _mark_out(writing, attendee_id, reach)
        if reach.item_id is not None:
            _hide_from_the_room(writing, reach.item_id)
        return Withdrawal(reach.parties, reach.waiting, notices, reach.at_the_table)


def reach_of_withdrawal(store: Store, case_id: int, party_ids: Iterable[int] | None = None) -> Reach:
    """What a withdrawal would do now, to be told before it is done: nobody can take it back."""
    return store.read(consent_queries.reach_of_withdrawal, case_id, party_ids, store.clock.today())


def _queue_notice(writing: Writing, case_id: int, party_id: int, latest_id: int, reach: Reach) -> int:
    notice = HandOut(
        item_id=reach.item_id,
        case_id=case_id,
        paper=PaperKind.WITHDRAWAL_NOTICE,
        reader=ReaderKind.PARTY,
        party_id=party_id,
    )
    # In the language that the party could read last time.
    language = writing.session.get_one(HandOut, latest_id).language
    return queue(writing, notice, session_id=reach.session_id, language=language)


def _hide_from_the_room(writing: Writing, item_id: int) -> None:
    """With none covered the item goes on without its name, and what was ticked for the big screen was ticked for another one."""
    if writing.read(agenda_queries.item, item_id, writing.today).is_by_name:
        return
    writing.session.get_one(AgendaItem, item_id).question_shown = False
    for table in (Agreement, Action):
        for row in writing.session.scalars(select(table).where(table.item_id == item_id, table.is_shown.is_(True))):
            row.is_shown = False


def _mark_out(writing: Writing, attendee_id: int, reach: Reach) -> None:
    attendee = writing.session.get_one(Attendee, attendee_id)
    set_presence(writing, attendee, Presence.STEPPED_OUT, writing.session.get_one(AgendaItem, reach.item_id))
    writing.log("attendee_marked_out", "attendee", attendee_id, item=reach.item_id)
