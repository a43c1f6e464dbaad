"""What happens to claims when something else ends: a case is closed, or a round is not held."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from rehabdesk.domain.prerehab import ALIVE, BookingState, OfferOutcome, RemovalReason
from rehabdesk.domain.problems import Problem, refuse_if
from rehabdesk.services.prerehab.claiming import off_the_place, settle
from rehabdesk.services.prerehab.waiting_list import remove_claim
from rehabdesk.store.queries.prerehab import claims as queries
from rehabdesk.store.store import Writing
from rehabdesk.store.tables.prerehab import Booking, Place


def told_before_closing(connection: Connection, case_id: int, today: date) -> tuple[Problem, ...]:
    """What closing the case would do to its claims, or what has to be said first; nothing where it has none alive."""
    return tuple(_told(row) for row in queries.alive_of_case(connection, case_id, today))


def end_claims_of_case(writing: Writing, case_id: int) -> None:
    """A case is closed: whoever waits, is offered a place or has said yes is taken off the list, with that reason.

    Refused while she has begun somewhere: how it ended there is to be said first.
    """
    alive = writing.read(queries.alive_of_case, case_id, writing.today)
    refuse_if(_told(row) for row in alive if row.state is BookingState.STARTED)
    for row in alive:
        remove_claim(writing, writing.session.get(Booking, row.id), RemovalReason.CASE_CLOSED)


def give_back_places(writing: Writing, round_id: int, reason: str) -> int:
    """A round is not held: whoever is offered a place or has said yes is on the list again, at her old place; how many.

    Those who have begun are not touched: how it ended for them is said for each.
    """
    query = select(Booking).join(Place, Place.id == Booking.place_id).where(Place.round_id == round_id)
    claims = writing.session.scalars(query.where(Booking.state.in_(ALIVE - {BookingState.STARTED})).order_by(Booking.id)).all()
    for claim in claims:
        settle(writing, claim, OfferOutcome.TAKEN_BACK, reason)
        off_the_place(writing, claim, BookingState.REGISTERED)
        writing.log("offer_taken_back", "booking", claim.id, case=claim.case_id)
    return len(claims)


def _told(row: queries.ClaimRow) -> Problem:
    if row.state is BookingState.STARTED:
        return Problem("claim.closing_started", "closing_reason", {"round": row.round_title})
    return Problem("claim.closing_removes", None, {"programme": row.programme, "state": row.state})
