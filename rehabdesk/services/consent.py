"""Consent is given and withdrawn here, and its forms followed. None of it is ever undone, and no row is ever deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy import select

from rehabdesk.domain.consent import (
    FORM_ENDS,
    NEXT_FORM_STATES,
    FormState,
    InformationKind,
    Terms,
    problems_with_consent,
    problems_with_sending,
)
from rehabdesk.domain.forum import Presence
from rehabdesk.domain.hand_outs import HandOutState, ReaderKind, VoidReason
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.services.checks import existing, line, prose
from rehabdesk.services.copies import queue, settle
from rehabdesk.services.forum.presence import set_presence
from rehabdesk.store.history import Label
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries.consent import Reach
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.cases import Case
from rehabdesk.store.tables.consent import Consent, ConsentForm, ConsentKind, StatisticsConsent
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


def register(
    store: Store,
    case_id: int,
    kinds: Mapping[int, frozenset[InformationKind]],
    terms: Terms,
    back_on: date | None = None,
) -> tuple[int, ...]:
    """Register what a participant has consented to: for each party the kinds it may have, on the terms of her form.

    Returns the ids of the consents, one a party. Each adds to a consent that the party has already; the form is back, on
    `back_on` or today, unless that was noted before.
    """
    terms = replace(
        terms,
        purpose=prose(terms.purpose, "purpose"),
        note=prose(terms.note, "note"),
        witness=line(terms.witness, "witness"),
        interpreter=line(terms.interpreter, "interpreter"),
    )
    refuse_if(problems_with_consent(kinds, terms))
    with store.write(Label("consent.given"), undoable=False, barrier=True) as writing:
        existing(writing, Case, case_id, "case")
        if terms.form_id is not None:
            _form_is_back(writing, case_id, terms.form_id, back_on or writing.today)
        return tuple(_give(writing, case_id, party_id, covered, terms) for party_id, covered in kinds.items())


def give(
    store: Store,
    case_id: int,
    party_ids: Iterable[int],
    valid_from: date | None,
    valid_until: date | None,
    kinds: frozenset[InformationKind] = USUAL_KINDS,
) -> tuple[int, ...]:
    """Register a consent on paper with the same kinds for each party; returns their ids."""
    return register(store, case_id, dict.fromkeys(party_ids, kinds), Terms(valid_from, valid_until))


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


def send_form(store: Store, case_id: int, sent_to: str, language: str, text_version: str, sent_on: date | None = None) -> int:
    """A consent form is on its way to somebody, today unless told otherwise; returns the form's id."""
    sent_to = line(sent_to, "sent_to")
    with store.write(Label("consent.form_sent"), undoable=False, barrier=True) as writing:
        existing(writing, Case, case_id, "case")
        day = sent_on or writing.today
        refuse_if(problems_with_sending(sent_to, day, writing.today))
        form = ConsentForm(
            case_id=case_id, sent_on=day, sent_to=sent_to, state=FormState.SENT, language=language, text_version=text_version
        )
        writing.session.add(form)
        writing.flush()
        writing.log("consent_form_sent", "consent_form", form.id, case=case_id)
        return form.id


def move_form(store: Store, form_id: int, state: FormState, on: date | None = None) -> None:
    """The form waits for a signature, is back, was answered with no, or is lost; today unless told otherwise."""
    with store.write(Label("consent.form_moved"), undoable=False, barrier=True) as writing:
        form = existing(writing, ConsentForm, form_id, "consent.form")
        refuse_if([] if state in NEXT_FORM_STATES[FormState(form.state)] else [Problem("consent.form_done")])
        _move(writing, form, state, on or writing.today)


def give_statistics(store: Store, case_id: int, given_on: date | None = None) -> int:
    """The participant lets her case be counted in the statistics; this shares nothing with any party. Returns its id."""
    with store.write(Label("consent.statistics_given"), undoable=False, barrier=True) as writing:
        existing(writing, Case, case_id, "case")
        if writing.read(consent_queries.statistics, case_id).is_given:
            raise Refused(Problem("consent.statistics_given_already"))
        day = given_on or writing.today
        refuse_if([Problem("consent.form_day_ahead", "given_on")] if day > writing.today else [])
        row = StatisticsConsent(case_id=case_id, given_on=day)
        writing.session.add(row)
        writing.flush()
        writing.log("statistics_consent_given", "statistics_consent", row.id, case=case_id)
        return row.id


def withdraw_statistics(store: Store, case_id: int) -> None:
    """She no longer lets it be counted, from today."""
    with store.write(Label("consent.statistics_withdrawn"), undoable=False, barrier=True) as writing:
        rows = writing.session.scalars(
            select(StatisticsConsent).where(StatisticsConsent.case_id == case_id, StatisticsConsent.withdrawn_on.is_(None))
        ).all()
        refuse_if([] if rows else [Problem("consent.none_to_withdraw")])
        for row in rows:
            row.withdrawn_on = writing.today
            writing.log("statistics_consent_withdrawn", "statistics_consent", row.id, case=case_id)


def _give(writing: Writing, case_id: int, party_id: int, kinds: frozenset[InformationKind], terms: Terms) -> int:
    existing(writing, Party, party_id, "party")
    consent = Consent(case_id=case_id, party_id=party_id, registered_at=writing.now, **asdict(terms))
    writing.session.add(consent)
    writing.flush()
    writing.session.add_all([ConsentKind(consent_id=consent.id, kind=kind) for kind in sorted(kinds)])
    writing.log("consent_given", "consent", consent.id, case=case_id, party=party_id)
    return consent.id


def _form_is_back(writing: Writing, case_id: int, form_id: int, on: date) -> None:
    form = existing(writing, ConsentForm, form_id, "consent.form")
    if form.case_id != case_id:
        raise Refused(Problem("consent.form.gone"))
    if FormState(form.state) not in FORM_ENDS:
        _move(writing, form, FormState.BACK, on)


def _move(writing: Writing, form: ConsentForm, state: FormState, on: date) -> None:
    refuse_if([Problem("consent.form_day_ahead", "on")] if on > writing.today else [])
    refuse_if([Problem("consent.form_back_before_sent", "on")] if form.sent_on is not None and on < form.sent_on else [])
    form.state = state
    if state is FormState.WAITING:
        form.waiting_since = on
    else:
        form.back_on = on
    writing.log(f"consent_form_{state.value}", "consent_form", form.id, case=form.case_id)


def _queue_notice(writing: Writing, case_id: int, party_id: int, latest_id: int, reach: Reach) -> int:
    notice = HandOut(
        item_id=reach.item_id,
        case_id=case_id,
        paper=PaperKind.WITHDRAWAL_NOTICE,
        reader=ReaderKind.PARTY,
        party_id=party_id,
        # Under protected identity paper goes from hand to hand: the notice waits until it is asked for.
        is_later=bool(writing.read(case_queries.protected_cases, (case_id,))),
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
