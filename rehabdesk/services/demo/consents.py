"""How the demo's consents come about: a form is sent, comes back and is registered by kinds; some are asked for just now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from rehabdesk.domain.consent import FormState, HowGiven, InformationKind, Terms
from rehabdesk.services import consent, consent_papers
from rehabdesk.services.demo.plan import CasePlan
from rehabdesk.services.demo.register import Register
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.store import Store

#: What an employer is not told, whatever the others are.
_NOT_TO_EMPLOYERS = frozenset({InformationKind.SOCIAL_SITUATION, InformationKind.ECONOMY})
_PURPOSE = "Samordnat stöd för att må bättre och för att kunna arbeta."
#: How long ago the forms that are still out were sent, in days.
_STILL_OUT = (18, 4)


def given(store: Store, register: Register, plan: CasePlan, parties: Sequence[str], until: date) -> None:
    """The consent of a case is registered today, as its form came back, or as it was said."""
    today, source = store.clock.today(), plan.story["consent"]
    wanted = frozenset(map(InformationKind, source["kinds"])) if source.get("kinds") else frozenset(
        {InformationKind.SICK_LEAVE, InformationKind.WORK_ABILITY, InformationKind.PLANNED_MEASURES}
    )
    kinds = {
        register.parties[key]: wanted - _NOT_TO_EMPLOYERS if key == plan.story.get("employer") else wanted for key in parties
    }
    terms = Terms(today, until, _PURPOSE, text_version=consent_papers.current_version())
    consent.register(store, plan.case_id, kinds, _as_given(store, plan, terms, today))
    if plan.index % 3 and not store.read(consent_queries.statistics, plan.case_id).is_given:
        consent.give_statistics(store, plan.case_id)


def asked_for(store: Store, series_id: int, today: date) -> None:
    """Forms of a forum that are out just now: the first for the consent that runs out soonest, one of them for too long."""
    running_out = [row.case_id for row in store.read(consent_queries.running_out, today, today + timedelta(days=60))]
    open_cases = {row.id: row for row in store.read(case_queries.cases, today, closed=False) if row.series_id == series_id}
    in_order = [case_id for case_id in dict.fromkeys([*running_out, *open_cases]) if case_id in open_cases]
    for case_id, days in zip(in_order, _STILL_OUT, strict=False):
        case = open_cases[case_id]
        form = consent.send_form(
            store, case_id, f"{case.given_name}, med posten", "sv", consent_papers.current_version(), today - timedelta(days=days)
        )
        if days > min(_STILL_OUT):
            consent.move_form(store, form, FormState.WAITING, today - timedelta(days=days - 3))


def _as_given(store: Store, plan: CasePlan, terms: Terms, today: date) -> Terms:
    """On paper as a rule; now and then with a digital signature, or aloud on the telephone."""
    how = {4: HowGiven.DIGITAL, 9: HowGiven.ORAL}.get(plan.index % 10, HowGiven.PAPER)
    note = "Per telefon till samordnaren, papperet undertecknas på mötet." if how is HowGiven.ORAL else ""
    form = None
    if how is HowGiven.PAPER:
        sent_on = today - timedelta(days=2 + plan.index % 6)
        form = consent.send_form(store, plan.case_id, f"{plan.person['given_name']}, i handen", "sv", terms.text_version, sent_on)
    return Terms(
        terms.valid_from, terms.valid_until, terms.purpose, how, terms.text_version, note,
        witness="Lena Borg" if how is HowGiven.ORAL else "", form_id=form,
    )  # fmt: skip
