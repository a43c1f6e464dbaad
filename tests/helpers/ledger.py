"""A small forum with actions across its cases: in time, late, moved, a sensitive party's, the participant's own, a general one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from rehabdesk.domain.parties import OrganisationKind, PartyKind
from rehabdesk.services import parties
from rehabdesk.store.history import Label
from rehabdesk.store.store import Store
from rehabdesk.store.tables.forum import Action
from tests.helpers.forum import Forum, small_forum


@dataclass(slots=True)
class Ledger:
    """The forum and the ids of its actions, by what they are."""

    store: Store
    forum: Forum
    clinic_id: int
    clinic_contact: int
    ids: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, case: int | None, what: str, due: date | None, **columns: object) -> int:
        """One more open action; `case` is a place among the forum's cases."""
        today = self.store.clock.today()
        case_id = None if case is None else self.forum.case_ids[case]
        with self.store.write(Label("test"), undoable=False) as writing:
            row = Action(series_id=self.forum.series_id, case_id=case_id, what=what, due_on=due, created_on=today - timedelta(days=90), **columns)
            writing.session.add(row)
            writing.flush()
            self.ids[name] = row.id
        return self.ids[name]


def ledger(store: Store, *, cases_count: int = 3) -> Ledger:
    """Three consented cases with seven open actions, one of them answered for by a psychiatric clinic that is marked sensitive."""
    forum = small_forum(store, cases_count=cases_count)
    region = parties.add_organisation(store, "Regionens specialistvård", OrganisationKind.REGION)
    clinic = parties.add_party(store, region, "Psykiatriska mottagningen", PartyKind.HEALTH_CARE, is_sensitive=True)
    contact = parties.add_contact(store, clinic, given_name="Ylva", surname="Dahlqvist", function="kurator", phone="010-111 22 33")
    parties.change_contact(store, forum.contact_ids["FK"], phone="010-116 70 01")
    today, fk, hr = store.clock.today(), forum.party_ids["FK"], forum.party_ids["HR"]
    made = Ledger(store, forum, clinic, contact)
    made.add("late", 0, "boka avstämningsmöte", today - timedelta(days=5), party_id=fk, contact_id=forum.contact_ids["FK"])
    made.add("later", 1, "lämna besked om perioden", today - timedelta(days=40), party_id=fk, move_count=2)
    made.add("in_time", 0, "skicka underlag om arbetsuppgifterna", today + timedelta(days=9), party_id=hr, category="adaptation")
    made.add("no_date", 2, "se över schemat", None, party_id=hr)
    made.add("sensitive", 1, "boka ett samtal", today - timedelta(days=20), party_id=clinic, contact_id=contact)
    made.add("own", 1, "ringa vårdcentralen", today - timedelta(days=2), for_participant=True)
    made.add("general", None, "skicka de nya blanketterna", today + timedelta(days=3), party_id=fk)
    store.forget_history()
    return made
