"""What every verb about claims shares: finding a place that is free, giving it away, and telling who is passed over and why.

All of it refuses before the store's triggers would. Each step is sent to the database before the next: a step back runs them
in reverse, with the triggers on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from rehabdesk.domain.claims import Stay, passed_over, problems_with_first_day, problems_with_round, problems_with_step
from rehabdesk.domain.prerehab import BookingState, OfferOutcome, PassOverReason
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.services.checks import existing, prose
from rehabdesk.store import rows
from rehabdesk.store.queries.prerehab import claims as queries
from rehabdesk.store.queries.prerehab import places
from rehabdesk.store.queries.prerehab.places import RoundGround, TakenPlace
from rehabdesk.store.store import Writing
from rehabdesk.store.tables.cases import Case
from rehabdesk.store.tables.prerehab import Booking, Offer, PassOver, Place

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Passed:
    """Why somebody is passed over, as the coordinator says it; another reason has words."""

    reason: PassOverReason
    text: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """A place somebody can have, and her days on it. `expired` are the claims whose offer of it nobody answered in time."""

    number: int
    starts_on: date
    ends_on: date
    expired: tuple[int, ...] = ()
    extra_reason: str = ""


# --- The claim ---


def claim_of(writing: Writing, booking_id: int, following: BookingState | None = None) -> Booking:
    """The claim to act on; refused where it cannot go on to the state that is asked for."""
    claim = existing(writing, Booking, booking_id, "claim")
    if following is not None and following != claim.state:
        refuse_if(problems_with_step(BookingState(claim.state), following, case_number(writing, claim.case_id)))
    elif following is not None:
        raise Refused(Problem("claim.is_so_already", None, {"state": following, "case_number": case_number(writing, claim.case_id)}))
    return claim


def case_number(writing: Writing, case_id: int) -> str:
    """The number of a case."""
    return existing(writing, Case, case_id, "case").number


def open_offer(writing: Writing, claim: Booking) -> Offer:
    """The offer of a claim that is not answered yet."""
    query = select(Offer).where(Offer.booking_id == claim.id, Offer.outcome == OfferOutcome.OPEN)
    offer = writing.session.scalars(query).first()
    if offer is None:
        raise Refused(Problem("claim.no_open_offer", None, {"case_number": case_number(writing, claim.case_id)}))
    return offer


def round_of_claim(writing: Writing, claim: Booking) -> RoundGround:
    """The round a claim has a place in."""
    return ground_of(writing, existing(writing, Place, claim.place_id, "claim.place").round_id)


def settle(writing: Writing, claim: Booking, outcome: OfferOutcome, text: str = "") -> None:
    """What became of the latest offer of a claim."""
    offer = writing.session.scalars(select(Offer).where(Offer.booking_id == claim.id).order_by(Offer.id.desc()).limit(1)).first()
    if offer is not None:
        offer.outcome, offer.settled_on, offer.reason_text = outcome, writing.today, text
        writing.flush()


def off_the_place(writing: Writing, claim: Booking, state: BookingState, **ending: object) -> None:
    """Take a claim off its place, into a state without one. An extra place that nobody has been on is gone with it."""
    place = writing.session.get(Place, claim.place_id) if claim.place_id is not None else None
    # All in one statement: a claim half changed is what the table refuses.
    claim.state, claim.place_id, claim.starts_on, claim.ends_on = state, None, None, None
    for name, value in ending.items():
        setattr(claim, name, value)
    writing.flush()
    if place is not None:
        forget_extra(writing, place)


def forget_extra(writing: Writing, place: Place) -> None:
    """An extra place is there for a claim: without one it is gone."""
    if place.is_extra and writing.session.scalar(select(func.count(Booking.id)).where(Booking.place_id == place.id)) == 0:
        writing.session.delete(place)
        writing.flush()


def lapse_claim(writing: Writing, claim: Booking) -> None:
    """Nobody answered in time: back to the list, at her old place."""
    settle(writing, claim, OfferOutcome.LAPSED)
    off_the_place(writing, claim, BookingState.REGISTERED)
    writing.log("offer_lapsed", "booking", claim.id, case=claim.case_id)


# --- The place ---


def ground_of(writing: Writing, round_id: int) -> RoundGround:
    """What is true of a round; refused when it is gone."""
    ground = writing.read(places.ground, round_id)
    if ground is None:
        raise Refused(Problem("claim.round.gone"))
    return ground


def seat_in(writing: Writing, ground: RoundGround, number: int | None, starts_on: date | None) -> Seat:
    """A free place of a round, inside a write."""
    return writing.read(seat_for, ground, number, starts_on, writing.today)


def seat_for(connection: Connection, ground: RoundGround, number: int | None, starts_on: date | None, today: date) -> Seat:
    """A free place of a round: the one asked for, or the one that is free first. Refused with who has it, or where nobody can begin."""
    wanted = _first_day(ground, starts_on, today)
    if number is None and (untouched := places.untouched_place(connection, ground.id)) is not None:
        # Nobody's is as good as free, and is told without looking at them all.
        return Seat(untouched, wanted, ground.span.ends_on)
    known = places.taken_places(connection, ground.id, today)
    if number is not None:
        known = tuple(place for place in known if place.number == number)
        refuse_if(_problems_with_place(known, number))
    seats = _free_seats(known, ground, wanted, fixed=starts_on is not None)
    if not seats:
        raise Refused(Problem("claim.no_free_place", "place_number", {"n": ground.max_places, "day": wanted}))
    seat = min(seats, key=_soonest)
    refuse_if(problems_with_first_day(ground.span, seat.starts_on))
    return seat


def extra_seat(writing: Writing, ground: RoundGround, reason: str, starts_on: date | None) -> Seat:
    """A place past the limit, with its reason. Refused while an ordinary one is free."""
    reason = prose(reason, "reason")
    refuse_if([] if reason else [Problem("claim.extra_without_reason", "reason")])
    wanted = _first_day(ground, starts_on, writing.today)
    known = writing.read(places.taken_places, ground.id, writing.today)
    free = _free_seats(known, ground, wanted, fixed=True)
    refuse_if([Problem("claim.extra_not_needed", "reason", {"number": free[0].number})] if free else [])
    number = max(ground.max_places, max((place.number for place in known), default=0)) + 1
    return Seat(number, wanted, ground.span.ends_on, extra_reason=reason)


def sit_down(writing: Writing, ground: RoundGround, seat: Seat) -> int:
    """Make the place ready: whoever let her offer of it lapse is back on the list, and an extra one is made. The place's id."""
    for booking_id in seat.expired:
        lapse_claim(writing, existing(writing, Booking, booking_id, "claim"))
    if seat.extra_reason:
        extra = {"round_id": ground.id, "number": seat.number, "is_extra": True, "extra_reason": seat.extra_reason}
        return rows.insert(writing.connection, Place, extra)
    return places.place_id(writing.connection, ground.id, seat.number)


def refuse_if_taken(writing: Writing, ground: RoundGround, stay: Stay) -> None:
    """Refuse days on a place that somebody else has had or has, with who that is."""
    for place in writing.read(places.taken_places, ground.id, writing.today):
        for other in place.stays if place.number == stay.number else ():
            if other.booking_id != stay.booking_id and other.meets(stay):
                other_claim = existing(writing, Booking, other.booking_id, "claim")
                params = {"number": stay.number, "case_number": case_number(writing, other_claim.case_id)}
                raise Refused(Problem("claim.place_taken", "place_number", params))


# --- Who is passed over ---


def cleaned(passed: Mapping[int, Passed]) -> dict[int, Passed]:
    """The reasons as they are kept; refused where another reason has no words."""
    found = {booking_id: Passed(each.reason, prose(each.text, "passed")) for booking_id, each in passed.items()}
    for booking_id, each in found.items():
        if each.reason is PassOverReason.OTHER and not each.text:
            raise Refused(Problem("claim.passed_needs_words", "passed", {"booking_id": booking_id}))
    return found


def reasons_before(
    writing: Writing, ground: RoundGround, starts_on: date, passed: Mapping[int, Passed], place: tuple[int, date, int] | None
) -> list[tuple[int, Passed]]:
    """Why each who waits before this place of the list is passed over; refused for whoever has no reason."""
    waiters = writing.read(queries.before, ground.programme_id, ground.id, starts_on, writing.today, place)
    if not waiters:
        return []
    reasons, problems = passed_over(waiters, starts_on, {booking_id: each.reason for booking_id, each in passed.items()})
    refuse_if(problems)
    return [(booking_id, passed.get(booking_id) or Passed(reason)) for booking_id, reason in reasons.items()]


def keep_reasons(writing: Writing, reasons: Iterable[tuple[int, Passed]], for_booking_id: int, offer_id: int | None) -> None:
    """Put on file why each of them was passed over, and for whom."""
    for booking_id, each in reasons:
        values = {
            "booking_id": booking_id, "for_booking_id": for_booking_id, "offer_id": offer_id, "on": writing.today,
            "reason": each.reason, "text": each.text,
        }  # fmt: skip
        rows.insert(writing.connection, PassOver, values)


# --- internals ---


def _first_day(ground: RoundGround, starts_on: date | None, today: date) -> date:
    """The day that is wanted, which somebody can begin on."""
    refuse_if(problems_with_round(ground.span, today))
    wanted = starts_on or ground.span.first_day(today)
    refuse_if(problems_with_first_day(ground.span, wanted))
    return wanted


def _free_seats(known: Iterable[TakenPlace], ground: RoundGround, wanted: date, *, fixed: bool) -> list[Seat]:
    free = (place for place in known if not place.case_number and not place.is_extra)
    return [seat for place in free if (seat := _seat_on(place, ground, wanted, fixed=fixed)) is not None]


def _problems_with_place(known: tuple[TakenPlace, ...], number: int) -> list[Problem]:
    if not known:
        return [Problem("claim.no_such_place", "place_number", {"number": number})]
    if known[0].case_number:
        return [Problem("claim.place_taken", "place_number", {"number": number, "case_number": known[0].case_number})]
    return [Problem("claim.place_is_extra", "place_number", {"number": number})] if known[0].is_extra else []


def _seat_on(place: TakenPlace, ground: RoundGround, wanted: date, *, fixed: bool) -> Seat | None:
    """This place from the day that is wanted; or, where that is not said, from the day after the last who stopped on it."""
    stays = [stay for stay in place.stays if stay.booking_id not in place.expired and stay.starts_on <= stay.ends_on]
    seat = Seat(place.number, wanted, ground.span.ends_on, place.expired)
    if not any(stay.meets(Stay(0, place.number, wanted, ground.span.ends_on)) for stay in stays):
        return seat
    day = max(stay.ends_on for stay in stays) + _ONE_DAY
    if fixed or day < wanted or day > ground.span.ends_on:
        return None
    return Seat(place.number, day, ground.span.ends_on, place.expired)


def _soonest(seat: Seat) -> tuple[date, int, int]:
    """A place that nobody has been offered comes before one whose offer ran out."""
    return seat.starts_on, len(seat.expired), seat.number
