"""Composing the papers of cases: the referral form, and the sheet that the deputy takes over with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from rehabdesk.domain.case_papers import (
    AHEAD,
    ComingSession,
    ConsentPlace,
    Deadline,
    DeadlineKind,
    HandOverDocument,
    PaperToGive,
    ReferralDocument,
    Waiting,
)
from rehabdesk.domain.cases import PRINT_SIZES, BroughtBy
from rehabdesk.domain.circumstances import Circumstances, needs
from rehabdesk.domain.consent import Consent, FormState, case_consent
from rehabdesk.domain.forum import ActionState, SeriesKind, SessionState
from rehabdesk.domain.hand_outs import ANYBODY, FILE, ReaderKind, Wanted
from rehabdesk.domain.names import find_on_screen
from rehabdesk.domain.papers import Document, Imprint, PaperKind
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import sick_leave
from rehabdesk.services.forum import names
from rehabdesk.services.letterhead import letterhead, questions
from rehabdesk.services.paper_offers import Offer
from rehabdesk.store.queries import calls as call_queries
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import circumstances as circumstances_queries
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import follow_ups as follow_up_queries
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries import plans as plan_queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.forum import actions as action_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.queries.prerehab import claims as claim_queries

_OUT = frozenset({FormState.SENT, FormState.WAITING})


def compose(connection: Connection, wanted: Wanted, now: datetime) -> Document:
    """One of the papers. A filled referral and the deputy's sheet are for the file alone; a blank referral is for anybody."""
    reader = wanted.reader
    if wanted.paper is PaperKind.REFERRAL and reader.kind is ReaderKind.FILE and reader.case_id is not None:
        case = case_queries.case(connection, reader.case_id, now.date())
        if case is None:
            raise Refused(Problem("case.gone"))
        return _referral(connection, case, now.date())
    if wanted.paper is PaperKind.REFERRAL and reader.kind is ReaderKind.ANYBODY:
        head = letterhead(connection, _first_series(connection))
        return ReferralDocument(head, Imprint(head.forum, now.date()), questions(connection))
    if wanted.paper is PaperKind.HAND_OVER and reader.kind is ReaderKind.FILE:
        return hand_over(connection, now.date())
    raise Refused(Problem("paper.unknown"))


def offers(_connection: Connection, _today: date) -> tuple[Offer, ...]:
    """The papers that hang on no case: what the deputy takes over with, and the blank forms."""
    blank = (PaperKind.REFERRAL, PaperKind.CONSENT, PaperKind.INFORMATION)
    return (Offer(Wanted(PaperKind.HAND_OVER, FILE)), *(Offer(Wanted(paper, ANYBODY)) for paper in blank))


def hand_over(connection: Connection, today: date) -> HandOverDocument:
    """What the deputy needs for three weeks. No list of several people holds somebody under protected identity."""
    until = today + timedelta(days=AHEAD)
    every = case_queries.cases(connection, today)
    listed = {case.id: case for case in every if not case.is_protected}
    head = letterhead(connection, _first_series(connection))
    unanswered = call_queries.unanswered(connection, today)
    return HandOverDocument(
        letterhead=head,
        imprint=Imprint(head.forum, today),
        until=until,
        sessions=_sessions(connection, listed, today, until),
        deadlines=_deadlines(connection, listed, today, until),
        waiting=_waiting(connection, listed, today, until),
        consents=_consents(connection, [case for case in listed.values() if case.closed_on is None], today),
        papers=_papers(connection, listed),
        calls_unanswered=0 if unanswered is None else unanswered.participants + unanswered.other_parties + sum(n for _, n in unanswered.parties),
        protected=sum(1 for case in every if case.is_protected and case.closed_on is None),
        questions=questions(connection),
    )


def _referral(connection: Connection, case: CaseRow, today: date) -> ReferralDocument:
    background = case_queries.background(connection, case.id)
    kept = circumstances_queries.of_case(connection, case.id) or Circumstances()
    return ReferralDocument(
        letterhead=letterhead(connection, case.series_id),
        imprint=Imprint(case.number, today),
        questions=questions(connection),
        case_number=case.number,
        participant_name=case.full_name,
        workplace=", ".join(part for part in (case.employer, case.employer_contact) if part),
        brought_by=", ".join(part for part in (background.contact, background.party) if part),
        is_her_own=background.brought_by is BroughtBy.PARTICIPANT,
        arrived_on=background.referral_arrived_on,
        opened_on=case.opened_on,
        why_now=background.why_now,
        question=background.question,
        needs=needs(kept, PRINT_SIZES[0]),
        is_protected=case.is_protected,
    )


def _sessions(connection: Connection, listed: dict[int, CaseRow], today: date, until: date) -> tuple[ComingSession, ...]:
    coming = [
        row for row in session_queries.sessions(connection)
        if row.state in (SessionState.PLANNED, SessionState.UNDER_WAY) and today <= row.held_on <= until
    ]  # fmt: skip
    found = []
    for row in sorted(coming, key=lambda row: (row.held_on, row.start)):
        ids = agenda_queries.case_ids_on_agenda(connection, row.id)
        numbers = tuple(sorted(listed[case_id].number for case_id in ids if case_id in listed))
        name = f"{row.series_name} {row.number}"
        found.append(ComingSession(name, row.held_on, row.start, row.end, row.place, numbers, len(ids) - len(numbers)))
    return tuple(found)


def _deadlines(connection: Connection, listed: Container[int], today: date, until: date) -> tuple[Deadline, ...]:
    due = [
        *((row.due_on, row, DeadlineKind.PLAN) for row in sick_leave.plan_duties(connection, today)),
        *((row.evaluate_on, row, DeadlineKind.EVALUATION) for row in plan_queries.evaluations_due(connection, until)),
        *((row.on, row, DeadlineKind.CONSENT_ENDS) for row in consent_queries.running_out(connection, today, until)),
        *((row.due_on, row, DeadlineKind.FOLLOW_UP) for row in follow_up_queries.due(connection, until)),
        *((row.answer_by, row, DeadlineKind.OFFER) for row in claim_queries.open_offers(connection, today)),
    ]
    found = [
        Deadline(on, row.case_number, kind, on < today)
        for on, row, kind in due
        if on is not None and on <= until and row.case_id in listed
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.on, one.case_number, one.kind)))


def _waiting(connection: Connection, listed: Container[int], today: date, until: date) -> tuple[Waiting, ...]:
    """Open actions that are late or due in the weeks ahead; those without a date, too, since nobody else will ask.

    What names somebody is left out whole: the sheet goes by number, and the case's page tells it.
    """
    register = names.register(connection)
    found = [
        Waiting(
            who=row.who if row.is_told_outside else "",
            case_number=row.case_number,
            what="" if find_on_screen(row.what, register, agenda_case_ids=(row.case_id,)) else row.what,
            due=row.due_on,
            is_late=row.due_on is not None and row.due_on < today,
        )
        for row in action_queries.actions(connection, state=ActionState.OPEN)
        if row.case_id in listed and (row.due_on is None or row.due_on <= until)
    ]
    return tuple(sorted(found, key=lambda one: (one.due is None, one.due or today, one.case_number)))


def _consents(connection: Connection, cases: Iterable[CaseRow], today: date) -> tuple[ConsentPlace, ...]:
    by_case: dict[int, list[Consent]] = defaultdict(list)
    for rule in consent_queries.rules(connection):
        by_case[rule.case_id].append(rule)
    out = {form.case_id: form for form in consent_queries.forms_waiting(connection, today + timedelta(days=1)) if form.state in _OUT}
    found = []
    for case in cases:
        now, form = case_consent(by_case[case.id], today), out.get(case.id)
        found.append(
            ConsentPlace(case.number, now.standing, now.on, form.state if form else None, (form.waiting_since or form.sent_on) if form else None)
        )
    return tuple(sorted(found, key=lambda one: one.case_number))


def _papers(connection: Connection, listed: Container[int]) -> tuple[PaperToGive, ...]:
    rows = (*hand_out_queries.to_give_later(connection), *hand_out_queries.to_print(connection))
    found = {(row.case_number, row.paper, row.held_on) for row in rows if row.case_id is not None and row.case_id in listed}
    return tuple(sorted((PaperToGive(*one) for one in found), key=lambda one: (one.case_number, one.paper, one.session_on or date.min)))


def _first_series(connection: Connection) -> int:
    """The forum that answers for a paper of no case: the first rehab forum there is."""
    known = [row.id for row in session_queries.series(connection) if row.kind is SeriesKind.REHAB_FORUM]
    if not known:
        raise Refused(Problem("series.gone"))
    return min(known)
