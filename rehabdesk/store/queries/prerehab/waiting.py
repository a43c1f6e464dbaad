"""What has been tried for those who wait: offers that came to nothing, and how often they were passed over, for a whole list at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select, tuple_

from rehabdesk.domain.prerehab import BookingState, OfferOutcome
from rehabdesk.store.tables.prerehab import Booking, Offer, PassOver


@dataclass(frozen=True, slots=True)
class Tried:
    """How many offers a claim has had, what became of the last of them and when, and how often it was passed over."""

    offers: int = 0
    last_outcome: OfferOutcome | None = None
    last_on: date | None = None
    passed_over: int = 0


NOTHING = Tried()


def cases_beside(connection: Connection, booking_id: int) -> frozenset[int]:
    """The cases that have, or had, a claim on the same programme as this claim: whom words about a place may be about."""
    programme = select(Booking.programme_id).where(Booking.id == booking_id).scalar_subquery()
    return frozenset(connection.execute(select(Booking.case_id).where(Booking.programme_id == programme)).scalars())


def overtaken(connection: Connection, programme_id: int, now: tuple[int, date, int], was: tuple[int, date, int]) -> tuple[int, ...]:
    """Those on a list who stood before a claim where it was, and stand after it where it is now: position, day asked, id."""
    order = tuple_(Booking.position, Booking.asked_on, Booking.id)
    on_list = select(Booking.id).where(Booking.programme_id == programme_id, Booking.state == BookingState.REGISTERED, Booking.id != now[2])
    between = on_list.where(order > tuple_(*now), order < tuple_(*was)).order_by(Booking.position, Booking.asked_on, Booking.id)
    return tuple(connection.execute(between).scalars())


def tried(connection: Connection, programme_id: int) -> dict[int, Tried]:
    """By claim, for those on the list of a programme of whom there is anything to tell."""
    on_list = select(Booking.id).where(Booking.programme_id == programme_id, Booking.state == BookingState.REGISTERED)
    offers = select(Offer.booking_id, Offer.outcome, Offer.settled_on).where(Offer.booking_id.in_(on_list)).order_by(Offer.id)
    passed = select(PassOver.booking_id, func.count()).where(PassOver.booking_id.in_(on_list)).group_by(PassOver.booking_id)
    times = {booking_id: count for booking_id, count in connection.execute(passed)}
    found = {booking_id: Tried(passed_over=count) for booking_id, count in times.items()}
    for booking_id, outcome, settled_on in connection.execute(offers):
        before = found.get(booking_id, NOTHING)
        found[booking_id] = Tried(before.offers + 1, OfferOutcome(outcome), settled_on, times.get(booking_id, 0))
    return found
