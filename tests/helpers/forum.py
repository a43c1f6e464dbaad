"""A small forum for tests, made through the services as a coordinator would make it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from rehabdesk.domain.forum import Presence, SeriesKind
from rehabdesk.domain.parties import OrganisationKind, PartyKind
from rehabdesk.domain.series import SeriesDetails
from rehabdesk.services import cases, consent, parties, settings
from rehabdesk.services.forum import agenda, meeting, presence, series, sessions
from rehabdesk.services.forum.sessions import SessionPlan
from rehabdesk.store.queries.forum import presence as presence_queries
from rehabdesk.store.store import Store

#: Test participants: given name, surname. No name is a word of the others' texts.
PEOPLE = (
    ("Maria", "Strömbäck"),
    ("Johan", "Ekegren"),
    ("Wioletta", "Kołodziej"),
    ("Peter", "Nyqvist"),
    ("Zeynep", "Yıldırımoğlu"),
    ("Женя", "Жукова"),
)


@dataclass(slots=True)
class Forum:
    """The ids of what was made."""

    store: Store
    series_id: int
    session_id: int
    party_ids: dict[str, int]
    contact_ids: dict[str, int]
    case_ids: list[int] = field(default_factory=list)
    item_ids: list[int] = field(default_factory=list)

    def attendee_of(self, party: str) -> int:
        """The attendee who comes for a party."""
        rows = self.store.read(presence_queries.attendees, self.session_id)
        return next(row.id for row in rows if row.party_id == self.party_ids[party])

    def start(self) -> None:
        """Start the meeting and mark everybody as here."""
        meeting.start_session(self.store, self.session_id)
        for row in self.store.read(presence_queries.attendees, self.session_id):
            presence.mark(self.store, row.id, Presence.HERE)


def small_forum(store: Store, *, cases_count: int = 2, consent_for: tuple[str, ...] = ("FK", "VC", "HR")) -> Forum:
    """A municipality's forum with four parties, a planned session today and some consented cases on it."""
    today = store.clock.today()
    municipality = parties.add_organisation(store, "Vara kommun", OrganisationKind.MUNICIPALITY)
    agency = parties.add_organisation(store, "Försäkringskassan", OrganisationKind.STATE_AGENCY)
    region = parties.add_organisation(store, "Västra Götalandsregionen", OrganisationKind.REGION)
    employment = parties.add_organisation(store, "Arbetsförmedlingen", OrganisationKind.STATE_AGENCY)
    party_ids = {
        "HR": parties.add_party(store, municipality, "HR", PartyKind.EMPLOYER, aliases="HR"),
        "FK": parties.add_party(store, agency, "", PartyKind.SOCIAL_INSURANCE, aliases="FK"),
        "VC": parties.add_party(store, region, "Vårdcentralen Vara", PartyKind.HEALTH_CARE, aliases="VC"),
        "AF": parties.add_party(store, employment, "", PartyKind.EMPLOYMENT_SERVICE, aliases="AF"),
    }
    people = {"HR": ("Lena", "Borg"), "FK": ("Eva", "Holm"), "VC": ("Per", "Ahl"), "AF": ("Sara", "Nyström")}
    contact_ids = {
        key: parties.add_contact(store, party_ids[key], given_name=given, surname=surname, function="handläggare")
        for key, (given, surname) in people.items()
    }
    details = SeriesDetails("Rehabforum", SeriesKind.REHAB_FORUM, municipality, "kommunstyrelsen", "RF", place="Stora Lundsal, Vara")
    series_id = series.create_series(store, details, member_ids=contact_ids.values())
    series.add_standing_item(store, series_id, title="Mötet öppnas", minutes=5)
    settings.set_coordinator(store, title="Samordnare", name="Karin Lindgren", phone="031-390 06 10", hours="Vardagar kl. 9–15")
    session_id = sessions.plan_session(store, series_id, SessionPlan(today, "13:00", "15:30", "Stora Lundsal, Vara"))
    forum = Forum(store, series_id, session_id, party_ids, contact_ids)
    for given_name, surname in PEOPLE[:cases_count]:
        add_case(forum, given_name, surname, consent_for, today)
    return forum


def add_case(forum: Forum, given_name: str, surname: str, consent_for: tuple[str, ...], today: date) -> int:
    """Open a case, give its consent, call all four parties to it; returns the item's id."""
    case_id = cases.open_case(forum.store, forum.series_id, given_name, surname)
    if consent_for:
        consent.give(forum.store, case_id, [forum.party_ids[key] for key in consent_for], today, today + timedelta(days=200))
    item_id = agenda.add_case_item(forum.store, forum.session_id, case_id, forum.party_ids.values())
    forum.case_ids.append(case_id)
    forum.item_ids.append(item_id)
    return item_id
