"""Words of the figures and of the round report."""

from __future__ import annotations

from rehabdesk.domain.figures import PeriodKind, PersonOutcome, Wait
from rehabdesk.wording import message

PROBLEMS = {
    "figures.day_missing": message("Write the first day and the last."),
    "figures.days_in_order": message("The last day lies before the first."),
}

TERMS = {
    PeriodKind: {
        PeriodKind.YEAR: message("year", "period"),
        PeriodKind.HALF: message("half-year", "period"),
        PeriodKind.QUARTER: message("quarter", "period"),
        PeriodKind.FREE: message("days of its own", "period"),
    },
    PersonOutcome: {
        PersonOutcome.COMPLETED: message("completed", "people"),
        PersonOutcome.STOPPED: message("stopped before the end", "people"),
        PersonOutcome.GOING_ON: message("going on", "people"),
    },
    Wait: {
        Wait.TO_OFFER: message("from asking to the first offer", "waiting"),
        Wait.OFFER_TO_START: message("from the offer to the first day", "waiting"),
        Wait.TO_START: message("from asking to the first day", "waiting"),
    },
}
