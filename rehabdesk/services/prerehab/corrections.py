"""What was noted by mistake about a claim and is found later: that somebody was done, had stopped or had begun, and how she stopped.

A step back in the history takes only the latest back; these put the one thing right, whatever has been done since.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from rehabdesk.domain.claims import Stay, problems_with_last_day, problems_with_way_back
from rehabdesk.domain.prerehab import BookingState, BreakOffReason
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.services.checks import existing, prose
from rehabdesk.services.prerehab.claiming import case_number, lapse_claim, refuse_if_taken, round_of_claim
from rehabdesk.services.prerehab.waiting_list import claimant_of
from rehabdesk.store.history import Label
from rehabdesk.store.queries.prerehab import places
from rehabdesk.store.queries.prerehab.places import RoundGround
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.prerehab import Attendance, Booking, Place


def resume(store: Store, booking_id: int) -> None:
    """She was neither done nor had stopped: she takes part as before, on her place until the round's last day.

    Refused with who has the place on those days, where she stands in the programme anew, and where her case is closed.
    """
    with store.write(Label("claim.resumed")) as writing:
        claim = _mistaken(writing, booking_id, BookingState.STARTED)
        ground = round_of_claim(writing, claim)
        claimant_of(writing, claim.programme_id, claim.case_id)
        refuse_if(_problems_with_days(writing, claim, ground))
        _make_free(writing, claim, ground, ground.span.ends_on)
        claim.state, claim.ends_on, claim.closed_on = BookingState.STARTED, ground.span.ends_on, None
        claim.break_off_reason, claim.reason_text = None, ""
        writing.log("place_resumed", "booking", booking_id, case=claim.case_id)


def take_back_start(store: Store, booking_id: int) -> None:
    """She had not begun: she has said yes, as before, and no more. Refused once she is marked at an occasion."""
    with store.write(Label("claim.start_taken_back")) as writing:
        claim = _mistaken(writing, booking_id, BookingState.ACCEPTED)
        ground = round_of_claim(writing, claim)
        refuse_if([Problem("claim.round_cancelled", "round", {"on": ground.span.cancelled_on})] if ground.span.cancelled_on else [])
        marks = writing.session.scalar(select(func.count(Attendance.id)).where(Attendance.booking_id == booking_id))
        if marks:
            raise Refused(Problem("claim.has_marks", None, {"n": marks, "case_number": case_number(writing, claim.case_id)}))
        claim.state = BookingState.ACCEPTED
        writing.log("place_start_taken_back", "booking", booking_id, case=claim.case_id)


def change_break_off(store: Store, booking_id: int, last_day: date | None, reason: BreakOffReason, text: str = "") -> None:
    """She stopped on another day than was noted, or for another reason. Later days are hers only where nobody else has the place then."""
    text = prose(text, "text")
    with store.write(Label("claim.break_off_changed")) as writing:
        claim = existing(writing, Booking, booking_id, "claim")
        if claim.state != BookingState.BROKEN_OFF:
            params = {"state": BookingState(claim.state), "case_number": case_number(writing, claim.case_id)}
            raise Refused(Problem("claim.not_from_here", None, params))
        ground = round_of_claim(writing, claim)
        refuse_if(problems_with_last_day(last_day, claim.starts_on, ground.span.ends_on, writing.today))
        if reason is BreakOffReason.OTHER and not text:
            raise Refused(Problem("claim.reason_needs_words", "text"))
        if (claim.ends_on, claim.break_off_reason, claim.reason_text) == (last_day, reason, text):
            return
        _make_free(writing, claim, ground, last_day)
        claim.ends_on, claim.closed_on, claim.break_off_reason, claim.reason_text = last_day, last_day, reason, text
        writing.log("place_break_off_changed", "booking", booking_id, case=claim.case_id)


# --- internals ---


def _mistaken(writing: Writing, booking_id: int, back_to: BookingState) -> Booking:
    """The claim, which is in a state that leads back to this one."""
    claim = existing(writing, Booking, booking_id, "claim")
    refuse_if(problems_with_way_back(BookingState(claim.state), back_to, case_number(writing, claim.case_id)))
    return claim


def _problems_with_days(writing: Writing, claim: Booking, ground: RoundGround) -> tuple[Problem, ...]:
    """The round may have been moved since: the day she began is to be one of its days still."""
    if ground.span.starts_on <= claim.starts_on <= ground.span.ends_on:
        return ()
    params = {
        "case_number": case_number(writing, claim.case_id), "starts": ground.span.starts_on, "ends": ground.span.ends_on,
        "began": claim.starts_on,
    }  # fmt: skip
    return (Problem("claim.round_moved", None, params),)


def _make_free(writing: Writing, claim: Booking, ground: RoundGround, last_day: date) -> None:
    """Her place until this day: refused with who has it. An offer of it that nobody answered in time holds nothing, and lapses."""
    number = existing(writing, Place, claim.place_id, "claim.place").number
    stay = Stay(claim.id, number, claim.starts_on, last_day)
    known = [place for place in writing.read(places.taken_places, ground.id, writing.today) if place.number == number]
    for place in known:
        met = (other for other in place.stays if other.booking_id in place.expired and other.meets(stay))
        for other in met:
            lapse_claim(writing, existing(writing, Booking, other.booking_id, "claim"))
    refuse_if_taken(writing, ground, stay)
