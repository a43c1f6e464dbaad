"""The waiting list of a programme: who asked, when, for what, and whether she is ready; moved with a reason, and taken off with one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from rehabdesk.domain.claims import Claimant, problems_with_claimant, problems_with_registration, problems_with_removal
from rehabdesk.domain.parties import PartyKind
from rehabdesk.domain.prerehab import BookingState, OfferOutcome, PassOverReason, RemovalReason
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.services.checks import existing, line, prose
from rehabdesk.services.prerehab.claiming import Passed, claim_of, cleaned, keep_reasons, off_the_place, settle
from rehabdesk.store import rows
from rehabdesk.store.history import Label
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.prerehab import claims as queries
from rehabdesk.store.queries.prerehab import waiting as list_queries
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.parties import Party
from rehabdesk.store.tables.prerehab import Booking, Programme

__all__ = ["Passed", "Registration", "change_registration", "move", "register", "remove"]

#: Whoever is on the list, or may come back to it at her old place.
_IN_ORDER = (BookingState.REGISTERED, BookingState.OFFERED, BookingState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Registration:
    """What is known when somebody asks for a place. `asked_on` is today when not given.

    Who referred her is a party, words, or both. Not ready is "suitable but not ready yet", perhaps until `ready_from`.
    """

    asked_on: date | None = None
    referrer_party_id: int | None = None
    referrer: str = ""
    need: str = ""
    is_ready: bool = True
    ready_from: date | None = None


def register(store: Store, programme_id: int, case_id: int, registration: Registration = Registration()) -> int:
    """Put a case on a programme's list, at the place of the day it asked; returns the id of its claim."""
    with store.write(Label("claim.registered")) as writing:
        refuse_new_claim(writing, programme_id, case_id)
        values = registration_values(writing, case_id, registration)
        position = writing.read(queries.position, programme_id, values["asked_on"])
        claim = {"programme_id": programme_id, "case_id": case_id, "state": BookingState.REGISTERED, "position": position, **values}
        booking_id = rows.insert(writing.connection, Booking, claim)
        writing.log("claim_registered", "booking", booking_id, case=case_id)
        return booking_id


def change_registration(store: Store, booking_id: int, registration: Registration) -> None:
    """Correct what was registered; without a day asked, the one there is stays.

    Another day asked gives another place in the list. Whoever is passed over by an earlier one has that reason on file.
    """
    with store.write(Label("claim.changed")) as writing:
        claim = claim_of(writing, booking_id)
        values = registration_values(writing, claim.case_id, replace(registration, asked_on=registration.asked_on or claim.asked_on))
        was = (claim.position, claim.asked_on, claim.id)
        if values["asked_on"] != claim.asked_on:
            claim.position = writing.read(queries.position, claim.programme_id, values["asked_on"], booking_id)
        for name, value in values.items():
            setattr(claim, name, value)
        writing.flush()
        if claim.state in _IN_ORDER:
            passed = writing.read(list_queries.overtaken, claim.programme_id, (claim.position, claim.asked_on, claim.id), was)
            keep_reasons(writing, [(each, Passed(PassOverReason.ASKED_BEFORE)) for each in passed], claim.id, None)
        writing.log("claim_changed", "booking", booking_id, case=claim.case_id)


def move(store: Store, booking_id: int, place: int, reason: Passed) -> None:
    """Put somebody at another place of the list; 0 is first. Whoever is passed over by it has the reason on file."""
    with store.write(Label("claim.moved")) as writing:
        claim = claim_of(writing, booking_id)
        refuse_if([] if claim.state == BookingState.REGISTERED else [Problem("claim.not_on_the_list")])
        reason = cleaned({booking_id: reason})[booking_id]
        order = _in_order(writing, claim.programme_id)
        waiting = [each for each in order if each.state == BookingState.REGISTERED]
        was, place = waiting.index(claim), max(0, min(place, len(waiting) - 1))
        if place == was:
            return
        beside = waiting[place]
        order.remove(claim)
        order.insert(order.index(beside) + (1 if place > was else 0), claim)
        for position, each in enumerate(order, start=1):
            each.position = position
        writing.flush()
        if place < was:
            for each in waiting[place:was]:
                keep_reasons(writing, [(each.id, reason)], claim.id, None)
        else:
            for each in waiting[was + 1 : place + 1]:
                keep_reasons(writing, [(claim.id, reason)], each.id, None)
        writing.log("claim_moved", "booking", booking_id, case=claim.case_id)


def remove(store: Store, booking_id: int, reason: RemovalReason, text: str = "") -> None:
    """Take somebody off the list, or off the place she is offered or has said yes to, with a reason. Her claim is at an end."""
    text = prose(text, "text")
    refuse_if(problems_with_removal(reason, text))
    with store.write(Label("claim.removed")) as writing:
        remove_claim(writing, claim_of(writing, booking_id, BookingState.REMOVED), reason, text)


def remove_claim(writing: Writing, claim: Booking, reason: RemovalReason, text: str = "") -> None:
    """The end of a claim that has not started, inside a write."""
    if claim.state != BookingState.REGISTERED:
        settle(writing, claim, OfferOutcome.TAKEN_BACK, text)
    off_the_place(writing, claim, BookingState.REMOVED, closed_on=writing.today, removal_reason=reason, reason_text=text)
    writing.log("claim_removed", "booking", claim.id, case=claim.case_id)


def refuse_new_claim(writing: Writing, programme_id: int, case_id: int) -> None:
    """A case that is open can have one claim on a programme at a time, while the programme goes on."""
    programme = existing(writing, Programme, programme_id, "claim.programme")
    if programme.ended_on is not None:
        raise Refused(Problem("claim.programme_ended", "programme", {"name": programme.name, "ended": programme.ended_on}))
    claimant_of(writing, programme_id, case_id)


def claimant_of(writing: Writing, programme_id: int, case_id: int, *, at_once: bool = False) -> Claimant:
    """Whose claim it would be; refused where the case is closed, gone, or has a claim already."""
    claimant = writing.read(queries.claimant, programme_id, case_id)
    if claimant is None:
        raise Refused(Problem("case.gone"))
    refuse_if(problems_with_claimant(claimant, at_once=at_once))
    return claimant


def registration_values(writing: Writing, case_id: int, registration: Registration) -> dict[str, object]:
    """A registration as it is kept, judged."""
    asked_on = registration.asked_on or writing.today
    ready_from = None if registration.is_ready else registration.ready_from
    refuse_if(problems_with_registration(asked_on, registration.is_ready, registration.ready_from, writing.today))
    party_id, words = _referrer(writing, registration)
    if party_id is not None:
        party = existing(writing, Party, party_id, "party")
        if party.kind == PartyKind.EMPLOYER and writing.read(case_queries.protected_cases, (case_id,)):
            # Where she works, by another name (`product.md` rule 7).
            raise Refused(Problem("claim.employer_referred", "referrer_party_id"))
    return {
        "asked_on": asked_on, "referrer_party_id": party_id, "referrer": words,
        "need": prose(registration.need, "need"), "is_ready": registration.is_ready, "ready_from": ready_from,
    }  # fmt: skip


def _referrer(writing: Writing, registration: Registration) -> tuple[int | None, str]:
    """Who referred her. A party whose name was written in words is that party: only so is a sensitive one kept out of lists (`product.md` rule 5)."""
    party_id, words = registration.referrer_party_id, line(registration.referrer, "referrer")
    if party_id is not None or not words:
        return party_id, words
    for party in writing.read(party_queries.parties, ended=True):
        name, written = party.written.casefold(), words.casefold()
        if name == written:
            return party.id, ""
        if party.is_sensitive and name in written:
            return party.id, words
    return None, words


def _in_order(writing: Writing, programme_id: int) -> list[Booking]:
    """Everybody who has a place in the order of a programme's list, also while she is offered a place or has said yes."""
    query = select(Booking).where(Booking.programme_id == programme_id, Booking.state.in_(_IN_ORDER))
    return list(writing.session.scalars(query.order_by(Booking.position, Booking.asked_on, Booking.id)))
