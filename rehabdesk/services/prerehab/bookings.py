"""Places that are taken: booked at once, begun, completed, broken off with a reason, and moved between numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from sqlalchemy import select, update

from rehabdesk.domain.claims import Claimant, Stay, is_ready_on, problems_with_first_day, problems_with_last_day
from rehabdesk.domain.forum import ActionState
from rehabdesk.domain.prerehab import BookingState, BreakOffReason, OfferOutcome
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.services import plans
from rehabdesk.services.checks import existing, prose
from rehabdesk.services.forum.actions import NewAction
from rehabdesk.services.prerehab.claiming import (
    Passed,
    Seat,
    claim_of,
    cleaned,
    extra_seat,
    forget_extra,
    ground_of,
    keep_reasons,
    reasons_before,
    refuse_if_taken,
    round_of_claim,
    seat_in,
    sit_down,
)
from rehabdesk.services.prerehab.offers import offer_extra
from rehabdesk.services.prerehab.waiting_list import claimant_of
from rehabdesk.store import rows
from rehabdesk.store.history import Label
from rehabdesk.store.queries.prerehab import claims as queries
from rehabdesk.store.queries.prerehab.places import RoundGround
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.forum import Action
from rehabdesk.store.tables.prerehab import Booking, Offer, Place

__all__ = [
    "Passed", "book", "book_extra", "break_off", "change_place", "complete", "complete_all", "offer_extra", "start", "start_all",
]  # fmt: skip

_NOBODY: Mapping[int, Passed] = MappingProxyType({})
#: The category of the plan's step that is a place (`resources/rules/step_categories.json`).
STEP_CATEGORY = "nature_based"


def book(
    store: Store,
    case_id: int,
    round_id: int,
    *,
    place_number: int | None = None,
    starts_on: date | None = None,
    passed: Mapping[int, Passed] = _NOBODY,
    with_step: bool = False,
    step_action_id: int | None = None,
) -> int:
    """Give a case a place at once: it asks, or is on the list, and says yes. Returns the id of its claim.

    Without a number it is the place that is free first.
    `with_step` makes a step of the plan of it, or `step_action_id` is the step it comes from; one step back takes both.
    Whoever waits on the programme's list is passed over with a reason, as by an offer.
    """
    with store.write(Label("claim.booked")) as writing:
        ground, claimant = _to_book(writing, case_id, round_id)
        seat = seat_in(writing, ground, place_number, starts_on)
        step = _step(writing, case_id, ground, seat, with_step, step_action_id)
        return _book(writing, case_id, claimant, ground, seat, passed, step)


def book_extra(
    store: Store,
    case_id: int,
    round_id: int,
    reason: str,
    *,
    starts_on: date | None = None,
    passed: Mapping[int, Passed] = _NOBODY,
    with_step: bool = False,
    step_action_id: int | None = None,
) -> int:
    """Give a case an extra place at once, past the limit of a round that is full. The reason shows in the report."""
    with store.write(Label("claim.extra_booked")) as writing:
        ground, claimant = _to_book(writing, case_id, round_id)
        seat = extra_seat(writing, ground, reason, starts_on)
        step = _step(writing, case_id, ground, seat, with_step, step_action_id)
        return _book(writing, case_id, claimant, ground, seat, passed, step)


def start(store: Store, booking_id: int, on: date | None = None) -> None:
    """She has begun, on the day she was to or on another."""
    with store.write(Label("claim.started")) as writing:
        claim = claim_of(writing, booking_id, BookingState.STARTED)
        day = on or claim.starts_on
        refuse_if([Problem("claim.starts_in_future", "starts_on", {"starts": day})] if day > writing.today else [])
        if day != claim.starts_on:
            ground = round_of_claim(writing, claim)
            refuse_if(problems_with_first_day(ground.span, day))
            number = existing(writing, Place, claim.place_id, "claim.place").number
            refuse_if_taken(writing, ground, Stay(claim.id, number, day, claim.ends_on))
            claim.starts_on = day
        claim.state = BookingState.STARTED
        writing.log("place_started", "booking", booking_id, case=claim.case_id)


def start_all(store: Store, round_id: int) -> int:
    """All who said yes and whose first day has come have begun; how many."""
    with store.write(Label("claim.all_started")) as writing:
        ready = [claim for claim in _of_round(writing, round_id, BookingState.ACCEPTED) if claim.starts_on <= writing.today]
        refuse_if([] if ready else [Problem("claim.nobody_to_start")])
        for claim in ready:
            claim.state = BookingState.STARTED
            writing.log("place_started", "booking", claim.id, case=claim.case_id)
        return len(ready)


def complete(store: Store, booking_id: int) -> None:
    """She has been with the round until its end."""
    with store.write(Label("claim.completed")) as writing:
        claim = claim_of(writing, booking_id, BookingState.COMPLETED)
        if claim.ends_on > writing.today:
            raise Refused(Problem("claim.round_goes_on", None, {"ends": claim.ends_on}))
        _complete(writing, claim)


def complete_all(store: Store, round_id: int) -> int:
    """All who have begun have been with the round until its end; how many."""
    with store.write(Label("claim.all_completed")) as writing:
        ground = ground_of(writing, round_id)
        if ground.span.ends_on > writing.today:
            raise Refused(Problem("claim.round_goes_on", None, {"ends": ground.span.ends_on}))
        begun = _of_round(writing, round_id, BookingState.STARTED)
        refuse_if([] if begun else [Problem("claim.nobody_to_complete")])
        for claim in begun:
            _complete(writing, claim)
        return len(begun)


def break_off(store: Store, booking_id: int, last_day: date | None, reason: BreakOffReason, text: str = "") -> None:
    """She stopped before the end: the place is free from the day after her last. That day may be the one before her first: she never came."""
    text = prose(text, "text")
    with store.write(Label("claim.broken_off")) as writing:
        claim = claim_of(writing, booking_id, BookingState.BROKEN_OFF)
        refuse_if(problems_with_last_day(last_day, claim.starts_on, claim.ends_on, writing.today))
        if reason is BreakOffReason.OTHER and not text:
            raise Refused(Problem("claim.reason_needs_words", "text"))
        claim.state, claim.ends_on, claim.break_off_reason, claim.reason_text = BookingState.BROKEN_OFF, last_day, reason, text
        claim.closed_on = last_day
        writing.log("place_broken_off", "booking", booking_id, case=claim.case_id)


def change_place(store: Store, booking_id: int, number: int) -> None:
    """Move a claim to another of the round's places, which is free on her days. An extra place that is left is gone."""
    with store.write(Label("claim.place_changed")) as writing:
        claim = claim_of(writing, booking_id)
        if claim.place_id is None:
            raise Refused(Problem("claim.no_place_to_change"))
        ground = round_of_claim(writing, claim)
        was = existing(writing, Place, claim.place_id, "claim.place")
        if was.number == number:
            return
        place = writing.session.scalars(select(Place).where(Place.round_id == ground.id, Place.number == number)).first()
        if place is None:
            raise Refused(Problem("claim.no_such_place", "place_number", {"number": number}))
        refuse_if_taken(writing, ground, Stay(claim.id, number, claim.starts_on, claim.ends_on))
        claim.place_id = place.id
        writing.flush()
        forget_extra(writing, was)
        writing.log("place_changed", "booking", booking_id, case=claim.case_id)


# --- internals ---


def _to_book(writing: Writing, case_id: int, round_id: int) -> tuple[RoundGround, Claimant]:
    ground = ground_of(writing, round_id)
    if ground.programme_ended_on is not None:
        raise Refused(Problem("claim.programme_ended", "programme", {"name": ground.programme, "ended": ground.programme_ended_on}))
    return ground, claimant_of(writing, ground.programme_id, case_id, at_once=True)


def _book(writing: Writing, case_id: int, claimant: Claimant, ground: RoundGround, seat: Seat, passed: Mapping[int, Passed], action_id: int | None) -> int:
    claim = claimant.claim
    if claim is not None and not is_ready_on(claim.is_ready, claim.ready_from, seat.starts_on):
        raise Refused(Problem("claim.not_ready", None, {"case_number": claimant.case_number}))
    place_id = sit_down(writing, ground, seat)
    in_list = (claim.position, claim.asked_on, claim.booking_id) if claim is not None else None
    reasons = reasons_before(writing, ground, seat.starts_on, cleaned(passed), in_list)
    today = writing.today
    values = {
        "state": BookingState.ACCEPTED, "place_id": place_id, "starts_on": seat.starts_on, "ends_on": seat.ends_on,
    }  # fmt: skip
    if action_id is not None:
        # A claim on the list may have come from a step of the plan already.
        values["action_id"] = action_id
    if claim is not None:
        booking_id = claim.booking_id
        writing.connection.execute(update(Booking).where(Booking.id == booking_id), values)
    else:
        position = queries.last_position(writing.connection, ground.programme_id)
        values |= {"programme_id": ground.programme_id, "case_id": case_id, "asked_on": today, "position": position}
        booking_id = rows.insert(writing.connection, Booking, values)
    offer = {
        "booking_id": booking_id, "round_id": ground.id, "place_number": seat.number, "starts_on": seat.starts_on, "offered_on": today,
        "answer_by": today, "outcome": OfferOutcome.ACCEPTED, "settled_on": today,
    }  # fmt: skip
    offer_id = rows.insert(writing.connection, Offer, offer)
    keep_reasons(writing, reasons, booking_id, offer_id)
    writing.log("place_booked", "booking", booking_id, case=case_id, round=ground.id, extra=1 if seat.extra_reason else None)
    return booking_id


def _step(
    writing: Writing, case_id: int, ground: RoundGround, seat: Seat, with_step: bool, step_action_id: int | None
) -> int | None:
    """The step of the plan that the claim belongs to: one there is, a new one, or none."""
    if step_action_id is not None:
        step = existing(writing, Action, step_action_id, "action")
        refuse_if([] if step.case_id == case_id and step.state == ActionState.OPEN else [Problem("claim.step_of_another")])
        return step.id
    if not with_step:
        return None
    new = NewAction(ground.programme, for_participant=True, due_on=seat.starts_on)
    return plans.step_added(writing, case_id, new, plans.StepPlace(category=STEP_CATEGORY))


def _complete(writing: Writing, claim: Booking) -> None:
    claim.state, claim.closed_on = BookingState.COMPLETED, claim.ends_on
    writing.log("place_completed", "booking", claim.id, case=claim.case_id)


def _of_round(writing: Writing, round_id: int, state: BookingState) -> list[Booking]:
    query = select(Booking).join(Place, Place.id == Booking.place_id).where(Place.round_id == round_id, Booking.state == state)
    return list(writing.session.scalars(query.order_by(Place.number, Booking.id)))
