"""A forum with a meeting due on 24 November 2026, made through the services alone, as on the sketch of the page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from rehabdesk.domain.forum import Outcome, Return, SeriesKind
from rehabdesk.domain.parties import OrganisationKind, PartyKind
from rehabdesk.domain.series import SeriesDetails
from rehabdesk.services import cases, consent, parties
from rehabdesk.services.forum import actions, agenda, meeting, sheets
from rehabdesk.services.forum.actions import NewAction
from rehabdesk.services.forum.series import add_standing_item, create_series
from rehabdesk.services.forum.sessions import SessionPlan, plan_session
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.store import Store
from tests.helpers.clock import FakeClock

MEETING_DAY = date(2026, 11, 24)
#: (given name, surname) of the participants whose names no screen for the room may hold.
PEOPLE = (("Anna", "Lind"), ("Maria", "Sandberg"), ("Johan", "Ek"), ("Peter", "Norén"))


@dataclass(slots=True)
class Forum:
    """The ids of what was made."""

    series: int = 0
    session: int = 0
    party: dict[str, int] = field(default_factory=dict)
    contact: dict[str, int] = field(default_factory=dict)
    case: dict[str, int] = field(default_factory=dict)
    item: dict[str, int] = field(default_factory=dict)


def make_forum(store: Store, clock: FakeClock) -> Forum:
    """Parties, people, four cases, a session in October that is held and one in November with everything on it."""
    forum = Forum()
    clock.set(datetime(2026, 10, 27, 9, 0))
    _parties(store, forum)
    forum.series = create_series(
        store,
        SeriesDetails("Rehabforum", SeriesKind.REHAB_FORUM, forum.party["controller"], "kommunstyrelsen", "RF", place="Stora Lundsal, Vara"),
        member_ids=forum.contact.values(),
    )
    add_standing_item(store, forum.series, title="Mötet öppnas, dagordning", minutes=5)
    add_standing_item(store, forum.series, title="Nästa möte", minutes=5, is_last=True)
    for given, surname in PEOPLE:
        forum.case[given] = cases.open_case(store, forum.series, given, surname)
        covered = [forum.party[name] for name in ("hr", "fk", "vc")]
        consent.give(store, forum.case[given], covered, clock.today(), date(2027, 3, 31))
    _october(store, clock, forum)
    _november(store, forum)
    clock.set(datetime(2026, 11, 24, 13, 0))
    return forum


def _parties(store: Store, forum: Forum) -> None:
    forum.party["controller"] = parties.add_organisation(store, "Vara kommun", OrganisationKind.MUNICIPALITY)
    named = (
        ("hr", "Vara kommun", "HR", PartyKind.EMPLOYER, "HR", "Lena", "Borg", "enhetschef kost"),
        ("fk", "Försäkringskassan", "", PartyKind.SOCIAL_INSURANCE, "FK", "Eva", "Holm", "handläggare"),
        ("vc", "Vårdcentralen Vara", "", PartyKind.HEALTH_CARE, "VC", "Per", "Ahl", "rehabkoordinator"),
        ("af", "Arbetsförmedlingen", "", PartyKind.EMPLOYMENT_SERVICE, "AF", "Sara", "Nyström", "handläggare"),
        ("union", "Kommunal", "", PartyKind.UNION, "facket", "Ola", "Frid", "ombud"),
    )
    for key, organisation, unit, kind, alias, given, surname, function in named:
        forum.party[key] = parties.add_party_named(store, organisation, unit, kind, aliases=alias, is_sensitive=key == "union")
        forum.contact[key] = parties.add_contact(store, forum.party[key], given_name=given, surname=surname, function=function)


def _october(store: Store, clock: FakeClock, forum: Forum) -> None:
    session = plan_session(store, forum.series, SessionPlan(clock.today(), "13:00", "15:30", "Stora Lundsal, Vara"))
    item = agenda.add_case_item(store, session, forum.case["Maria"])
    meeting.start_session(store, session)
    for row in store.read(agenda_queries.agenda, session, clock.today()):
        meeting.open_item(store, row.id)
        if row.id == item:
            meeting.add_agreement(store, item, "Chefen ser över schemat, vårdcentralen bedömer funktion.")
            actions.add_action(store, item, NewAction("Skicka underlag om arbetsuppgifter", forum.party["hr"], due_on=date(2026, 11, 10)))
            actions.add_action(store, item, NewAction("Boka läkartid för funktionsbedömning", forum.party["vc"], due_on=date(2026, 11, 25)))
        sheets.freeze(store, row.id, sheets.Ending(Outcome.AGREED, Return.NOT_AT_ALL))
    meeting.end_session(store, session)


def _november(store: Store, forum: Forum) -> None:
    session = plan_session(store, forum.series, SessionPlan(MEETING_DAY, "13:00", "15:30", "Stora Lundsal, Vara"))
    forum.session = session
    for given in ("Anna", "Maria", "Johan"):
        forum.item[given] = agenda.add_case_item(store, session, forum.case[given])
        agenda.call_parties(store, forum.item[given], [forum.party[name] for name in ("hr", "fk", "vc", "af")])
    agenda.change_item(store, forum.item["Maria"], question="Vad krävs för att Maria ska kunna pröva två halvdagar i köket från januari?")
    forum.item["consultation"] = agenda.add_consultation(store, session, "vård, lång frånvaro")
    forum.item["parked"] = agenda.park_topic(store, forum.series, "Rutin för förstadagsintyg")
    plan_session(store, forum.series, SessionPlan(date(2026, 12, 15), "13:00", "15:30", "Stora Lundsal, Vara"))
