"""Sentences and words about cases."""

from __future__ import annotations

from rehabdesk.domain.cases import (
    BroughtBy,
    ClosingReason,
    Employment,
    FollowUpOutcome,
    GoalsOutcome,
    ReadingReason,
    RepresentativeKind,
)
from rehabdesk.domain.circumstances import NeedKind
from rehabdesk.wording import message

PROBLEMS = {
    "case.gone": message("The case has been removed."),
    "case.name_missing": message("The participant needs a given name."),
    "case.protected_has_number": message("Under protected identity no identity number is kept here. Take the number away first."),
    "case.opening_day_missing": message("Write the day the case was opened."),
    "case.opened_in_future": message("The case cannot be opened on a day that has not come."),
    "case.opened_after_closed": message("The case was closed {closed}, before this day."),
    "case.same_identity_number": message("{number} is open and has the same identity number."),
    "case.same_name": message("{number} is open and has the same name. Check that it is not the same person."),
    "case.same_identity_number_closed": message("{number} was closed {closed} and has the same identity number."),
    "case.same_name_closed": message("{number} was closed {closed} and has the same name. Check whether it is the same person."),
    "case.birth_year_unlikely": message("Check the year of birth."),
    "case.referral_in_future": message("The referral cannot have come on a day that has not come."),
    "case.contact_of_another": message("That person belongs to another party."),
    "follow_up.gone": message("The follow-up is no longer there."),
    "follow_up.outcome_missing": message("Choose how it went."),
    "follow_up.day_missing": message("Write the day you asked."),
    "follow_up.in_future": message("That day has not come yet."),
    "follow_up.before_closing": message("The case was closed {closed}, after this day."),
    "representative.gone": message("The helper is no longer there."),
    "representative.name_missing": message("Write the name, or where it is not to be written, the function."),
    "reading.reason_missing": message("Choose why the page is opened."),
    "case.closing_reason_missing": message("Choose why the case is closed."),
    "case.closing_day_missing": message("Write the day the case is closed."),
    "case.closed_before_opened": message("The case was opened {opened}, after this day."),
    "case.closed_in_future": message("The case cannot be closed on a day that has not come."),
    "case.already_closed": message("The case is already closed."),
    "case.not_closed": message("The case is not closed."),
    "case.in_use": message("The case has been on an agenda, or has actions, consents or papers. It can be closed but not removed."),
    "case.series_has_no_cases": message("People's cases are opened in a rehab forum only."),
    "case.series_has_no_prefix": message("The series has no letters for its case numbers. Add them in the settings first."),
    "case.series_has_ended": message("The series ended {ended}."),
}

LABELS = {
    "case.opened": message("case opened"),
    "case.changed": message("case changed"),
    "case.closed": message("case closed"),
    "case.reopened": message("case opened again"),
    "case.removed": message("case removed"),
    "case.read": message("case read"),
    "case.needs_changed": message("what to think of changed"),
    "follow_up.answered": message("follow-up answered"),
}

TERMS = {
    ClosingReason: {
        ClosingReason.BACK_AT_WORK: message("back at work"),
        ClosingReason.OTHER_MEASURE: message("on to another measure"),
        ClosingReason.NOT_CURRENT: message("no longer current", "case"),
        ClosingReason.CONSENT_WITHDRAWN: message("consent withdrawn"),
        ClosingReason.MOVED: message("has moved away"),
        ClosingReason.OTHER: message("another reason"),
    },
    GoalsOutcome: {
        GoalsOutcome.MET: message("the goals were reached"),
        GoalsOutcome.PARTLY: message("the goals were partly reached"),
        GoalsOutcome.NOT: message("the goals were not reached"),
    },
    BroughtBy: {
        BroughtBy.PARTICIPANT: message("the participant herself"),
        BroughtBy.PARTY: message("a party"),
    },
    Employment: {
        Employment.EMPLOYED: message("employed"),
        Employment.SELF_EMPLOYED: message("self-employed"),
        Employment.UNEMPLOYED: message("without work"),
        Employment.ON_DEMAND: message("employed by the hour, called in when needed"),
    },
    FollowUpOutcome: {
        FollowUpOutcome.IN_WORK: message("in work"),
        FollowUpOutcome.PARTLY_IN_WORK: message("partly in work"),
        FollowUpOutcome.STUDYING: message("studying"),
        FollowUpOutcome.NOT_IN_WORK: message("not in work"),
        FollowUpOutcome.NOT_REACHED: message("not reached"),
    },
    RepresentativeKind: {
        RepresentativeKind.GUARDIAN: message("god man"),
        RepresentativeKind.ADMINISTRATOR: message("administrator (förvaltare)"),
        RepresentativeKind.AGENT: message("agent (ombud)"),
        RepresentativeKind.SUPPORT: message("support person"),
    },
    NeedKind: {
        NeedKind.DO_NOT_RING: message("Do not ring"),
        NeedKind.NO_PAPER_HOME: message("No paper home"),
        NeedKind.SAFE_CONTACT: message("Safe way to be reached"),
        NeedKind.INTERPRETER: message("Interpreter"),
        NeedKind.ACCESSIBILITY: message("Needs", "accessibility"),
        NeedKind.PRINT_SIZE: message("Size of print, in points"),
        NeedKind.GUARDIAN: message("God man"),
        NeedKind.ADMINISTRATOR: message("Administrator (förvaltare)"),
        NeedKind.AGENT: message("Agent (ombud)"),
        NeedKind.SUPPORT: message("Support person"),
    },
    ReadingReason: {
        ReadingReason.PREPARING: message("to prepare a meeting"),
        ReadingReason.MEETING: message("a meeting is held"),
        ReadingReason.CONTACT: message("contact with the participant or a party"),
        ReadingReason.PAPER: message("a paper is to be made or handed over"),
        ReadingReason.REGISTER: message("something is to be written down or corrected"),
        ReadingReason.ON_REQUEST: message("the participant, the registrar or the data protection officer asks"),
    },
}
