"""Sentences, undo labels and words about organisations, parties and contacts."""

from __future__ import annotations

from rehabdesk.domain.parties import OrganisationKind, PartyKind, Use
from rehabdesk.wording import message

PROBLEMS = {
    "organisation.gone": message("The organisation has been removed meanwhile."),
    "organisation.name_missing": message("Write what the organisation is called."),
    "organisation.exists": message("{name} is there already."),
    "organisation.in_use": message("{name} cannot be removed: it is used in {where}."),
    "party.gone": message("The party has been removed meanwhile."),
    "party.organisation_missing": message("Write which organisation the party belongs to."),
    "party.exists": message("{party} is there already. Name the unit so that the two can be told apart."),
    "party.alias_taken": message("“{alias}” already means {party}."),
    "party.in_use": message("{party} cannot be removed: it is used in {where}. End it instead, then it is not called any more."),
    "contact.gone": message("The contact has been removed meanwhile."),
    "contact.name_missing": message("Write a name or a function."),
    "contact.function_missing": message("Write the function, since it is all that is shown."),
    "contact.email_shape": message("An e-mail address is written name@example.se."),
    "contact.in_use": message("{contact} cannot be removed: the contact is used in {where}. End it instead, then it is not called any more."),
    "logo.not_readable": message("The file cannot be opened. Choose another one."),
    "logo.not_a_picture": message("The file cannot be read as a picture. Choose a PNG or JPEG file."),
    "logo.too_heavy": message("The picture is too large: at most {most} kB. The logo is in every paper."),
    "logo.too_large": message("The picture is too large: at most {most} pixels on the longest side."),
}

LABELS = {
    "parties.organisation_added": message("organisation added: {name}"),
    "parties.organisation_changed": message("organisation changed"),
    "parties.organisation_removed": message("organisation removed"),
    "parties.logo_changed": message("logo changed"),
    "parties.party_added": message("party added"),
    "parties.party_changed": message("party changed"),
    "parties.party_ended": message("party ended"),
    "parties.party_reopened": message("party taken up again"),
    "parties.party_removed": message("party removed"),
    "parties.contact_added": message("contact added"),
    "parties.contact_changed": message("contact changed"),
    "parties.contact_ended": message("contact ended"),
    "parties.contact_reopened": message("contact taken up again"),
    "parties.contact_removed": message("contact removed"),
    "parties.seats_changed": message("forums of a contact changed"),
}

TERMS = {
    OrganisationKind: {
        OrganisationKind.MUNICIPALITY: message("municipality"),
        OrganisationKind.REGION: message("region"),
        OrganisationKind.STATE_AGENCY: message("government agency"),
        OrganisationKind.COORDINATION_ASSOCIATION: message("coordination association"),
        OrganisationKind.COMPANY: message("company"),
        OrganisationKind.UNION: message("trade union"),
        OrganisationKind.OTHER: message("other", "kind of organisation"),
    },
    PartyKind: {
        PartyKind.EMPLOYER: message("employer"),
        PartyKind.SOCIAL_INSURANCE: message("social insurance"),
        PartyKind.HEALTH_CARE: message("health care"),
        PartyKind.EMPLOYMENT_SERVICE: message("employment service"),
        PartyKind.SOCIAL_SERVICES: message("social services"),
        PartyKind.LABOUR_MARKET_UNIT: message("labour market unit"),
        PartyKind.OCCUPATIONAL_HEALTH: message("occupational health"),
        PartyKind.UNION: message("trade union"),
        PartyKind.COORDINATION: message("coordination"),
        PartyKind.OTHER: message("other", "kind of party"),
    },
    Use: {
        Use.PARTIES: message("parties"),
        Use.SERIES: message("series"),
        Use.CONTACTS: message("contacts"),
        Use.ITEMS: message("agenda items"),
        Use.CONSENTS: message("consents"),
        Use.ACTIONS: message("actions"),
        Use.ATTENDANCE: message("lists of those present"),
        Use.CASES: message("cases"),
        Use.HAND_OUTS: message("papers handed out"),
        Use.NOTES: message("notes"),
        Use.PLANS: message("action plans"),
        Use.PROGRAMMES: message("programmes", "used in"),
        Use.CLAIMS: message("waiting lists and places", "used in"),
    },
}
