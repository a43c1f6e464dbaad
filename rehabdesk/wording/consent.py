"""Sentences and words about consent."""

from __future__ import annotations

from rehabdesk.domain.consent import InformationKind
from rehabdesk.wording import message

PROBLEMS = {
    "consent.party_missing": message("Choose at least one party."),
    "consent.kind_missing": message("Choose what may be shared."),
    "consent.from_missing": message("Write the day the consent begins."),
    "consent.until_missing": message("Write the last day of the consent."),
    "consent.ends_before_it_starts": message("The consent ends before it begins."),
    "consent.longer_than_a_year": message("A consent holds for a year at most, here to {latest}."),
    "consent.none_to_withdraw": message("There is no consent to withdraw."),
}

LABELS = {
    "consent.given": message("consent registered"),
    "consent.withdrawn": message("consent withdrawn", "step"),
}

TERMS = {
    InformationKind: {
        InformationKind.SICK_LEAVE: message("sick leave"),
        InformationKind.WORK_ABILITY: message("work ability"),
        InformationKind.PLANNED_MEASURES: message("planned measures"),
        InformationKind.SOCIAL_SITUATION: message("social situation"),
        InformationKind.ECONOMY: message("economy"),
    },
}
