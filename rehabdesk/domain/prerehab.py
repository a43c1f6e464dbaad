"""Pre-rehabilitation: programmes run in rounds, a round has places, and a booking is one case's claim on one of them.

The words are those of `product.md` 2. What the store itself refuses stands beside the tables (`store/tables/prerehab.py`).
"""

from __future__ import annotations

from enum import StrEnum


class BookingState(StrEnum):
    """Where a claim stands: anmäld, erbjuden, tackat ja, startat, genomfört, avbrutit, tackat nej; or struken ur kön."""

    REGISTERED = "registered"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    STARTED = "started"
    COMPLETED = "completed"
    BROKEN_OFF = "broken_off"
    DECLINED = "declined"
    REMOVED = "removed"


#: States in which a claim has a place, for a span of days: the store refuses two of them on one place on one day.
ON_A_PLACE = frozenset(
    {BookingState.OFFERED, BookingState.ACCEPTED, BookingState.STARTED, BookingState.COMPLETED, BookingState.BROKEN_OFF}
)
#: States in which a claim is alive: a case has one such claim on a programme at a time.
ALIVE = frozenset({BookingState.REGISTERED, BookingState.OFFERED, BookingState.ACCEPTED, BookingState.STARTED})
#: States of a claim that has started, whether it is over or not: only such a one has attendance, and is measured after the start.
STARTED_ONCE = frozenset({BookingState.STARTED, BookingState.COMPLETED, BookingState.BROKEN_OFF})
#: States in which somebody has said yes to her place: it is booked, and not only held.
BOOKED = frozenset({BookingState.ACCEPTED, BookingState.STARTED, BookingState.COMPLETED})

#: What may follow what. An offer that nobody answered leads back to the list, as does a yes to a round that is cancelled;
#: after a no there is no further offer.
NEXT_STATES = {
    BookingState.REGISTERED: frozenset({BookingState.OFFERED, BookingState.REMOVED}),
    BookingState.OFFERED: frozenset({BookingState.ACCEPTED, BookingState.DECLINED, BookingState.REGISTERED, BookingState.REMOVED}),
    BookingState.ACCEPTED: frozenset(
        {BookingState.STARTED, BookingState.DECLINED, BookingState.REGISTERED, BookingState.REMOVED}
    ),
    BookingState.STARTED: frozenset({BookingState.COMPLETED, BookingState.BROKEN_OFF}),
    BookingState.COMPLETED: frozenset(),
    BookingState.BROKEN_OFF: frozenset(),
    BookingState.DECLINED: frozenset(),
    BookingState.REMOVED: frozenset(),
}
#: What was noted by mistake, and where it leads back to: said apart, so that nobody begins or says yes anew by the way.
MISTAKEN_STATES = {
    BookingState.STARTED: BookingState.ACCEPTED,
    BookingState.COMPLETED: BookingState.STARTED,
    BookingState.BROKEN_OFF: BookingState.STARTED,
}


class OfferOutcome(StrEnum):
    """What became of an offer: still open, answered, not answered in time, or taken back by the coordinator."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    TAKEN_BACK = "taken_back"


class PassOverReason(StrEnum):
    """Why somebody was passed over (`product.md` rule 3). Never a cause in her health: `NOT_READY` says no more than that."""

    NOT_READY = "not_ready"
    CLASH = "clash"
    NO_ANSWER = "no_answer"
    OWN_WISH = "own_wish"
    GREATER_NEED = "greater_need"
    LATE_START = "late_start"
    ASKED_BEFORE = "asked_before"
    OTHER = "other"


#: The reasons one chooses. The others are plain from what is on file, come by themselves, and would be untrue beside anybody else.
CHOSEN_REASONS = (PassOverReason.OWN_WISH, PassOverReason.GREATER_NEED, PassOverReason.LATE_START, PassOverReason.OTHER)


class BreakOffReason(StrEnum):
    """Why somebody stopped before the end. No cause in her health is held (`product.md` rule 5)."""

    BACK_AT_WORK = "back_at_work"
    OTHER_MEASURE = "other_measure"
    OWN_WISH = "own_wish"
    DOES_NOT_FIT = "does_not_fit"
    TRAVEL = "travel"
    MOVED = "moved"
    OTHER = "other"


class RemovalReason(StrEnum):
    """Why somebody was taken off the waiting list."""

    OWN_WISH = "own_wish"
    NO_ANSWER = "no_answer"
    OTHER_MEASURE = "other_measure"
    CASE_CLOSED = "case_closed"
    NOT_FOR_HER = "not_for_her"
    OTHER = "other"


class OccasionState(StrEnum):
    """Whether an occasion is to come, was held (a fact of its own, whoever came), or was cancelled."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class AttendanceMark(StrEnum):
    """How it was with one person at one occasion. An absence is giltig or ogiltig; no cause is held."""

    ATTENDED = "attended"
    LATE = "late"
    VALID_ABSENCE = "valid_absence"
    INVALID_ABSENCE = "invalid_absence"


class Moment(StrEnum):
    """When something is measured: before, at the end, and six and twelve months after it."""

    BEFORE = "before"
    END = "end"
    MONTHS_6 = "months_6"
    MONTHS_12 = "months_12"


#: Bounds of what a round may be.
MOST_PLACES = 60
MOST_WEEKS = 52
