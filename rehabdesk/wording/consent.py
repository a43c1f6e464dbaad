"""Sentences and words about consent."""

from __future__ import annotations

from rehabdesk.domain.consent import FormState, HowGiven, InformationKind
from rehabdesk.wording import message

PROBLEMS = {
    "consent.party_missing": message("Choose at least one party."),
    "consent.kind_missing": message("Choose what may be shared."),
    "consent.from_missing": message("Write the day the consent begins."),
    "consent.until_missing": message("Write the last day of the consent."),
    "consent.ends_before_it_starts": message("The consent ends before it begins."),
    "consent.longer_than_a_year": message("A consent holds for a year at most, here to {latest}."),
    "consent.note_missing": message("Write when it was said, and to whom."),
    "consent.form_to_missing": message("Write whom the form was sent to."),
    "consent.form_day_missing": message("Write the day it was sent."),
    "consent.form_day_ahead": message("That day has not come yet."),
    "consent.form_back_before_sent": message("It cannot come back before it was sent."),
    "consent.form_done": message("That form is already done with."),
    "consent.form.gone": message("The form is no longer there."),
    "consent.statistics_given_already": message("The participant has already said yes to statistics."),
    "consent.none_to_withdraw": message("There is no consent to withdraw."),
}

LABELS = {
    "consent.given": message("consent registered"),
    "consent.withdrawn": message("consent withdrawn", "step"),
    "consent.form_sent": message("consent form sent"),
    "consent.form_moved": message("consent form followed up"),
    "consent.statistics_given": message("consent to statistics registered"),
    "consent.statistics_withdrawn": message("consent to statistics withdrawn"),
}

TERMS = {
    InformationKind: {
        InformationKind.SICK_LEAVE: message("sick leave"),
        InformationKind.WORK_ABILITY: message("work ability"),
        InformationKind.PLANNED_MEASURES: message("planned measures"),
        InformationKind.SOCIAL_SITUATION: message("social situation"),
        InformationKind.ECONOMY: message("economy"),
    },
    HowGiven: {
        HowGiven.PAPER: message("on paper", "given"),
        HowGiven.DIGITAL: message("with a digital signature", "given"),
        HowGiven.ORAL: message("orally, with a note", "given"),
    },
    FormState: {
        FormState.SENT: message("sent", "form"),
        FormState.WAITING: message("waiting", "form"),
        FormState.BACK: message("back", "form"),
        FormState.DECLINED: message("answered with no", "form"),
        FormState.LOST: message("lost", "form"),
    },
}
