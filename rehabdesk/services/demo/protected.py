"""One participant of the demo lives under protected identity: an alias, no number, no workplace, and the social services hold the key."""

from __future__ import annotations

from datetime import date, timedelta

from rehabdesk.domain.cases import CaseText, Opening
from rehabdesk.domain.consent import InformationKind, Terms
from rehabdesk.services import cases, circumstances, consent, consent_papers
from rehabdesk.services.demo.register import Register
from rehabdesk.store.store import Store

_ALIAS = "Almen"


def opened(store: Store, series_id: int, register: Register, today: date) -> int:
    """The case, opened lately and not yet at a meeting; returns its id."""
    key = register.parties["vara_soc"]
    opening = Opening(
        party_id=key, why_now="Läkaren ser att det går att börja arbeta i liten omfattning.", question="Vad kan prövas de närmaste tre månaderna?"
    )
    case_id = cases.open_case(store, series_id, _ALIAS, opened_on=today - timedelta(days=9), is_protected=True, opening=opening)
    cases.change_text(store, case_id, CaseText.SAFE_CONTACT, "Genom socialtjänsten, vardagar före kl. 15.")
    circumstances.set_do_not_ring(store, case_id, True)
    circumstances.set_no_paper_home(store, case_id, True)
    kinds = frozenset({InformationKind.WORK_ABILITY, InformationKind.PLANNED_MEASURES})
    terms = Terms(today - timedelta(days=6), today + timedelta(days=170), text_version=consent_papers.current_version())
    consent.register(store, case_id, dict.fromkeys((key, register.parties["fk"]), kinds), terms)
    return case_id
