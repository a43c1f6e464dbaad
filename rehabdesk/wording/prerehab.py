"""Words for the states and reasons of pre-rehabilitation; sentences stand with the rooms' own modules beside this."""

from __future__ import annotations

from rehabdesk.domain.identity import LegalSex
from rehabdesk.domain.prerehab import (
    AttendanceMark,
    BookingState,
    BreakOffReason,
    Moment,
    OccasionState,
    OfferOutcome,
    PassOverReason,
    RemovalReason,
)
from rehabdesk.wording import message

TERMS = {
    BookingState: {
        BookingState.REGISTERED: message("on the list", "booking"),
        BookingState.OFFERED: message("offered", "booking"),
        BookingState.ACCEPTED: message("said yes", "booking"),
        BookingState.STARTED: message("started", "booking"),
        BookingState.COMPLETED: message("completed", "booking"),
        BookingState.BROKEN_OFF: message("broken off", "booking"),
        BookingState.DECLINED: message("said no", "booking"),
        BookingState.REMOVED: message("taken off the list", "booking"),
    },
    OfferOutcome: {
        OfferOutcome.OPEN: message("not answered yet", "offer"),
        OfferOutcome.ACCEPTED: message("said yes", "offer"),
        OfferOutcome.DECLINED: message("said no", "offer"),
        OfferOutcome.LAPSED: message("not answered in time", "offer"),
        OfferOutcome.TAKEN_BACK: message("taken back", "offer"),
    },
    PassOverReason: {
        PassOverReason.NOT_READY: message("suitable but not ready yet", "passed over"),
        PassOverReason.CLASH: message("is booked elsewhere on those days", "passed over"),
        PassOverReason.NO_ANSWER: message("did not answer an earlier offer in time", "passed over"),
        PassOverReason.OWN_WISH: message("wishes to wait", "passed over"),
        PassOverReason.GREATER_NEED: message("somebody else had the greater need", "passed over"),
        PassOverReason.LATE_START: message("a late start did not suit", "passed over"),
        PassOverReason.ASKED_BEFORE: message("the other had asked before", "passed over"),
        PassOverReason.OTHER: message("another reason", "passed over"),
    },
    BreakOffReason: {
        BreakOffReason.BACK_AT_WORK: message("back at work or in studies", "stopped"),
        BreakOffReason.OTHER_MEASURE: message("went on to another measure", "stopped"),
        BreakOffReason.OWN_WISH: message("own wish", "stopped"),
        BreakOffReason.DOES_NOT_FIT: message("the programme did not fit", "stopped"),
        BreakOffReason.TRAVEL: message("the way there", "stopped"),
        BreakOffReason.MOVED: message("moved away", "stopped"),
        BreakOffReason.OTHER: message("another reason", "stopped"),
    },
    RemovalReason: {
        RemovalReason.OWN_WISH: message("own wish", "taken off"),
        RemovalReason.NO_ANSWER: message("did not answer", "taken off"),
        RemovalReason.OTHER_MEASURE: message("went on to another measure", "taken off"),
        RemovalReason.CASE_CLOSED: message("the case is closed", "taken off"),
        RemovalReason.NOT_FOR_HER: message("the programme is not right for the participant", "taken off"),
        RemovalReason.OTHER: message("another reason", "taken off"),
    },
    OccasionState: {
        OccasionState.PLANNED: message("planned", "occasion"),
        OccasionState.HELD: message("held", "occasion"),
        OccasionState.CANCELLED: message("cancelled", "occasion"),
    },
    AttendanceMark: {
        AttendanceMark.ATTENDED: message("present", "attendance"),
        AttendanceMark.LATE: message("came late", "attendance"),
        AttendanceMark.VALID_ABSENCE: message("valid absence", "attendance"),
        AttendanceMark.INVALID_ABSENCE: message("invalid absence", "attendance"),
    },
    Moment: {
        Moment.BEFORE: message("before", "measured"),
        Moment.END: message("at the end", "measured"),
        Moment.MONTHS_6: message("6 months after", "measured"),
        Moment.MONTHS_12: message("12 months after", "measured"),
    },
    LegalSex: {
        LegalSex.WOMAN: message("woman", "legal sex"),
        LegalSex.MAN: message("man", "legal sex"),
    },
}
