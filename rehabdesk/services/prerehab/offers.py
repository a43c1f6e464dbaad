"""Offers: a place is held for somebody until the day she is to answer by; and the answers.

An offer whose day has passed holds nothing any more: its place can be given to another, which takes the first one back to
the list in the same write. After a no there is no further offer on that claim: a new one needs a new registration.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from sqlalchemy import update

from rehabdesk.domain.claims import is_ready_on
from rehabdesk.domain.prerehab import BookingState, OfferOutcome
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.services.checks import prose
from rehabdesk.services.prerehab.claiming import (
    Passed,
    Seat,
    case_number,
    claim_of,
    cleaned,
    extra_seat,
    ground_of,
    keep_reasons,
    lapse_claim,
    off_the_place,
    open_offer,
    reasons_before,
    seat_in,
    settle,
    sit_down,
)
from rehabdesk.store import rows
from rehabdesk.store.history import Label
from rehabdesk.store.queries.prerehab.places import RoundGround
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.prerehab import Booking, Offer

__all__ = ["Passed", "accept", "decline", "extend", "lapse", "offer", "offer_extra", "remind", "take_back"]

_NOBODY: Mapping[int, Passed] = MappingProxyType({})
_ONE_DAY = timedelta(days=1)


def offer(
    store: Store,
    booking_id: int,
    round_id: int,
    *,
    place_number: int | None = None,
    starts_on: date | None = None,
    answer_by: date | None = None,
    passed: Mapping[int, Passed] = _NOBODY,
) -> int:
    """Offer somebody on the list a place, which is held for her until the day to answer by; returns the offer's id.

    Without a number it is the place that is free first; without a day to answer by, so many days from now as the programme
    gives, but before she begins. Whoever waits before her is passed over with a reason: the plain one, or that in `passed`,
    by the id of the claim that is passed over.
    """
    with store.write(Label("claim.offered")) as writing:
        claim, ground = _to_offer(writing, booking_id, round_id)
        seat = seat_in(writing, ground, place_number, starts_on)
        return _offer(writing, claim, ground, seat, answer_by, passed)


def offer_extra(
    store: Store,
    booking_id: int,
    round_id: int,
    reason: str,
    *,
    starts_on: date | None = None,
    answer_by: date | None = None,
    passed: Mapping[int, Passed] = _NOBODY,
) -> int:
    """Offer somebody an extra place, past the limit of a round that is full. The reason shows in the report (`product.md` rule 2)."""
    with store.write(Label("claim.extra_offered")) as writing:
        claim, ground = _to_offer(writing, booking_id, round_id)
        seat = extra_seat(writing, ground, reason, starts_on)
        return _offer(writing, claim, ground, seat, answer_by, passed)


def remind(store: Store, booking_id: int) -> None:
    """She is reminded of the offer today."""
    with store.write(Label("claim.reminded")) as writing:
        claim = claim_of(writing, booking_id)
        open_offer(writing, claim).reminded_on = writing.today
        writing.log("offer_reminded", "booking", booking_id, case=claim.case_id)


def extend(store: Store, booking_id: int, answer_by: date) -> None:
    """Give her until another day to answer; an offer that had run out holds the place again, while it is still hers."""
    with store.write(Label("claim.extended")) as writing:
        claim = claim_of(writing, booking_id)
        latest = open_offer(writing, claim)
        refuse_if(_problems_with_answer_by(answer_by, writing.today))
        latest.answer_by = answer_by
        writing.log("offer_extended", "booking", booking_id, case=claim.case_id)


def accept(store: Store, booking_id: int) -> None:
    """She says yes: the place is booked. Also after the day to answer by, while nobody else has been offered it."""
    with store.write(Label("claim.accepted")) as writing:
        claim = claim_of(writing, booking_id, BookingState.ACCEPTED)
        open_offer(writing, claim)
        settle(writing, claim, OfferOutcome.ACCEPTED)
        claim.state = BookingState.ACCEPTED
        writing.log("offer_accepted", "booking", booking_id, case=claim.case_id)


def decline(store: Store, booking_id: int, text: str = "") -> None:
    """She says no, to an offer or to the place she had said yes to. That is the end of the claim: a new one needs a new registration."""
    text = prose(text, "text")
    with store.write(Label("claim.declined")) as writing:
        claim = claim_of(writing, booking_id, BookingState.DECLINED)
        settle(writing, claim, OfferOutcome.DECLINED, text)
        off_the_place(writing, claim, BookingState.DECLINED, closed_on=writing.today, reason_text=text)
        writing.log("offer_declined", "booking", booking_id, case=claim.case_id)


def lapse(store: Store, booking_id: int) -> None:
    """She did not answer in time: back to the list, at her old place. Refused while there is still time to answer."""
    with store.write(Label("claim.lapsed")) as writing:
        claim = claim_of(writing, booking_id)
        latest = open_offer(writing, claim)
        if latest.answer_by >= writing.today:
            params = {"answer_by": latest.answer_by, "case_number": case_number(writing, claim.case_id)}
            raise Refused(Problem("claim.still_time", None, params))
        lapse_claim(writing, claim)


def take_back(store: Store, booking_id: int, text: str) -> None:
    """Take back an offer, or the place of one who said yes and has not begun: she is on the list again, at her old place. With the reason."""
    text = prose(text, "text")
    refuse_if([] if text else [Problem("claim.take_back_reason_missing", "text")])
    with store.write(Label("claim.taken_back")) as writing:
        claim = claim_of(writing, booking_id, BookingState.REGISTERED)
        settle(writing, claim, OfferOutcome.TAKEN_BACK, text)
        off_the_place(writing, claim, BookingState.REGISTERED)
        writing.log("offer_taken_back", "booking", booking_id, case=claim.case_id)


# --- internals ---


def _to_offer(writing: Writing, booking_id: int, round_id: int) -> tuple[Booking, RoundGround]:
    claim = claim_of(writing, booking_id, BookingState.OFFERED)
    ground = ground_of(writing, round_id)
    if ground.programme_id != claim.programme_id:
        raise Refused(Problem("claim.other_programme", "round", {"case_number": case_number(writing, claim.case_id)}))
    return claim, ground


def _offer(writing: Writing, claim: Booking, ground: RoundGround, seat: Seat, answer_by: date | None, passed: Mapping[int, Passed]) -> int:
    if not is_ready_on(claim.is_ready, claim.ready_from, seat.starts_on):
        raise Refused(Problem("claim.not_ready", None, {"case_number": case_number(writing, claim.case_id)}))
    if answer_by is None:
        answer_by = max(writing.today, min(writing.today + timedelta(days=ground.answer_days), seat.starts_on - _ONE_DAY))
    refuse_if(_problems_with_answer_by(answer_by, writing.today))
    place_id = sit_down(writing, ground, seat)
    place_in_list = (claim.position, claim.asked_on, claim.id)
    reasons = reasons_before(writing, ground, seat.starts_on, cleaned(passed), place_in_list)
    writing.connection.execute(
        update(Booking).where(Booking.id == claim.id),
        {"state": BookingState.OFFERED, "place_id": place_id, "starts_on": seat.starts_on, "ends_on": seat.ends_on},
    )
    made = {
        "booking_id": claim.id, "round_id": ground.id, "place_number": seat.number, "starts_on": seat.starts_on,
        "offered_on": writing.today, "answer_by": answer_by,
    }  # fmt: skip
    offer_id = rows.insert(writing.connection, Offer, made)
    keep_reasons(writing, reasons, claim.id, offer_id)
    writing.log("place_offered", "booking", claim.id, case=claim.case_id, round=ground.id, extra=1 if seat.extra_reason else None)
    return offer_id


def _problems_with_answer_by(answer_by: date | None, today: date) -> list[Problem]:
    if answer_by is None:
        return [Problem("claim.answer_by_missing", "answer_by")]
    return [Problem("claim.answer_by_passed", "answer_by")] if answer_by < today else []
