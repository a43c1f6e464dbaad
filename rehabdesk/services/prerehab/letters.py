"""The letters about a place: an offer, its reminder, and that there is none this time. Composed anew each time they are made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection, select

from rehabdesk.domain.calling import obstacle
from rehabdesk.domain.hand_outs import ReaderKind, Wanted
from rehabdesk.domain.offer_papers import (
    OfferedDays,
    OfferLetterDocument,
    RefusalDocument,
    problems_with_free_places,
    problems_with_offer_letter,
    problems_with_refusal,
)
from rehabdesk.domain.papers import Document, Imprint, Letterhead, PaperKind
from rehabdesk.domain.prerehab import OccasionState, OfferOutcome, PassOverReason, RemovalReason
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.services.letterhead import letterhead_of_programme, questions
from rehabdesk.store.queries import calls as call_queries
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.prerehab import claims, occasions, rounds
from rehabdesk.store.queries.prerehab.claims import ClaimRow, PassOverRow
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.store.store import Writing, no_longer_there
from rehabdesk.store.tables.prerehab import Offer


def compose(connection: Connection, wanted: Wanted, now: datetime) -> Document:
    """The letter for the participant of one claim. Refused where no letter may be made, with what to do instead."""
    claim, case = _claim_and_case(connection, wanted, now.date())
    refuse_letter(case)
    if wanted.paper is PaperKind.REFUSAL:
        return _refusal(connection, wanted, claim, case, now.date())
    refuse_if(problems_with_offer_letter(claim.state, claim.answer_by, now.date()))
    row = rounds.round_of(connection, claim.round_id, now.date())
    return OfferLetterDocument(
        letterhead=_head(connection, claim),
        imprint=Imprint(case.number, now.date()),
        case_number=case.number,
        programme=claim.programme,
        days=_days(connection, row, claim.starts_on),
        offered_on=claim.offered_on,
        answer_by=claim.answer_by,
        interpreter=call_queries.interpreter(connection, case.participant_id),
        questions=questions(connection),
        is_reminder=wanted.paper is PaperKind.OFFER_REMINDER,
        place_is_late=claim.starts_on > row.starts_on,
        print_size=case.print_size,
    )


def refuse_letter(case: CaseRow) -> None:
    """No letter goes to one under protected identity, nor home to one who wants no paper there."""
    code = obstacle(is_protected=case.is_protected, no_paper_home=case.no_paper_home, is_covered=True)
    refuse_if([Problem(code)] if code else [])


def noted(writing: Writing, wanted: Wanted, document: Document) -> None:
    """Where the paper is a reminder: remember the day it left, within the write that queues, sends or saves it."""
    if isinstance(document, OfferLetterDocument) and document.is_reminder and wanted.booking_id is not None:
        is_hers = (Offer.booking_id == wanted.booking_id, Offer.outcome == OfferOutcome.OPEN)
        row = writing.session.scalar(select(Offer).where(*is_hers))
        if row is not None:
            row.reminded_on = writing.today


def _claim_and_case(connection: Connection, wanted: Wanted, today: date) -> tuple[ClaimRow, CaseRow]:
    if wanted.reader.kind is not ReaderKind.PARTICIPANT or wanted.booking_id is None:
        raise Refused(Problem("paper.unknown"))
    claim = claims.claim(connection, wanted.booking_id, today)
    # Nobody gets another's letter by its claim: both have to be right.
    if claim is None or claim.case_id != wanted.reader.case_id:
        raise no_longer_there("claim")
    return claim, case_queries.case(connection, claim.case_id, today)


def _head(connection: Connection, claim: ClaimRow) -> Letterhead:
    """The controller alone: what the programme is called can tell something to whoever sees the letter lie."""
    return replace(letterhead_of_programme(connection, claim.programme_id), forum="")


def _days(connection: Connection, row: RoundRow, starts_on: date) -> OfferedDays:
    mine = [
        occasion
        for occasion in occasions.of_round(connection, row.id)
        if occasion.on >= starts_on and occasion.state is not OccasionState.CANCELLED
    ]
    first, last = (mine[0].on, mine[-1].on) if mine else (starts_on, row.ends_on)
    breaks = tuple((rest.from_on, rest.to_on) for rest in rounds.breaks(connection, row.id) if first <= rest.to_on and rest.from_on <= last)
    return OfferedDays(first, last, row.weekdays, row.start, row.end, row.place, len(mine), breaks)


def _refusal(connection: Connection, wanted: Wanted, claim: ClaimRow, case: CaseRow, today: date) -> RefusalDocument:
    refuse_if(problems_with_refusal(claim.state))
    about = rounds.round_of(connection, wanted.round_id, today) if wanted.round_id is not None else None
    passed = _passed_over(connection, claim, about)
    if not passed and claim.removal_reason is None:
        refuse_if(problems_with_free_places(_free(connection, claim, about, today)))
    # Beside a reason that has words of its own, what was written is for the file.
    of_removal = (claim.reason_text,) if claim.removal_reason is RemovalReason.OTHER else ()
    return RefusalDocument(
        letterhead=_head(connection, claim),
        imprint=Imprint(case.number, today),
        case_number=case.number,
        programme=claim.programme,
        starts_on=about.starts_on if about is not None else None,
        reasons=tuple(dict.fromkeys(row.reason for row in passed)),
        words=tuple(text for text in (*_words(passed), *of_removal) if text.strip()),
        removal=claim.removal_reason,
        questions=questions(connection),
        print_size=case.print_size,
    )


def _passed_over(connection: Connection, claim: ClaimRow, about: RoundRow | None) -> tuple[PassOverRow, ...]:
    """Each time somebody went before her: for the round that is meant, otherwise for any; none for one who is taken off the list."""
    if claim.removal_reason is not None:
        return ()
    found = claims.history(connection, claim.id).passed_over
    if about is None:
        return found
    of_round = frozenset(connection.execute(select(Offer.id).where(Offer.round_id == about.id)).scalars())
    return tuple(row for row in found if row.offer_id in of_round)


def _free(connection: Connection, claim: ClaimRow, about: RoundRow | None, today: date) -> int:
    """How many places are free in the round that is meant, or in any of the programme that one can still begin in."""
    if about is not None:
        return about.free
    coming = rounds.rounds(connection, today, programme_id=claim.programme_id, not_over=True)
    return sum(row.free for row in coming if row.span.takes_people(today))


def _words(passed: tuple[PassOverRow, ...]) -> tuple[str, ...]:
    """What was written beside "another reason": the other reasons have words of their own that name nobody."""
    return tuple(dict.fromkeys(row.text.strip() for row in passed if row.reason is PassOverReason.OTHER))
