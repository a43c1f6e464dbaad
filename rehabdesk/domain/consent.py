"""What may be shared with which party, from when until when. The test is made at every disclosure (`product.md` rule 1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rehabdesk.domain.problems import Problem


class InformationKind(StrEnum):
    """The kinds of structured information a consent can cover (`domain.md` 1.3). Diagnosis is not among them: it has no field."""

    SICK_LEAVE = "sick_leave"
    WORK_ABILITY = "work_ability"
    PLANNED_MEASURES = "planned_measures"
    SOCIAL_SITUATION = "social_situation"
    ECONOMY = "economy"


#: How many days before its last day a consent is said to run out.
RUNS_OUT_WITHIN = 30

#: Longest span of one consent, in years (`domain.md` 1.3: at most 12 months is usual practice).
LONGEST_YEARS = 1

#: What is said at the table while a case is dealt with: question, agreements, actions, next date.
HEARD_AT_THE_TABLE = frozenset({InformationKind.PLANNED_MEASURES})

#: Days after which a consent form that has not come back is asked about.
FORM_WAITS_LONG = 14


class HowGiven(StrEnum):
    """How a consent was given. What was said aloud needs a note of when and to whom."""

    PAPER = "paper"
    DIGITAL = "digital"
    ORAL = "oral"


class FormState(StrEnum):
    """Where a consent form is: sent, with its reader and waiting for a signature, back, answered with no, or lost."""

    SENT = "sent"
    WAITING = "waiting"
    BACK = "back"
    DECLINED = "declined"
    LOST = "lost"


#: States in which a form is done with.
FORM_ENDS = frozenset({FormState.BACK, FormState.DECLINED, FormState.LOST})

#: What may follow what.
NEXT_FORM_STATES = {
    FormState.SENT: FORM_ENDS | {FormState.WAITING},
    FormState.WAITING: FORM_ENDS,
    **dict.fromkeys(FORM_ENDS, frozenset()),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a consent is given, as its form says them. `text_version` names the wording that was signed or read out."""

    valid_from: date | None
    valid_until: date | None
    purpose: str = ""
    how_given: HowGiven = HowGiven.PAPER
    text_version: str = ""
    note: str = ""
    witness: str = ""
    interpreter: str = ""
    form_id: int | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """One consent for one party. `withdrawn_on` is the local day of withdrawal, which ends it at once, that day included."""

    case_id: int
    party_id: int
    valid_from: date
    valid_until: date
    kinds: frozenset[InformationKind]
    withdrawn_on: date | None = None

    def is_live(self, today: date) -> bool:
        """Whether it holds today: begun, not run out, not withdrawn."""
        return self.withdrawn_on is None and self.valid_from <= today <= self.valid_until


class ConsentStanding(StrEnum):
    """Where the consent of a whole case stands, for one word in a list."""

    MISSING = "missing"
    NOT_BEGUN = "not_begun"
    LIVE = "live"
    RUNNING_OUT = "running_out"
    RUN_OUT = "run_out"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class CaseConsent:
    """The standing of a case's consent, and the day that goes with it: the first to be lost, to begin or that was the last."""

    standing: ConsentStanding
    on: date | None = None


def case_consent(consents: Iterable[Consent], today: date) -> CaseConsent:
    """Where one case's consent stands today. While several things are covered, the day is the first on which one is lost."""
    mine = [consent for consent in consents if consent.kinds]
    until = covered_until(mine, today)
    if until:
        first = min(until.values())
        soon = first <= today + timedelta(days=RUNS_OUT_WITHIN)
        return CaseConsent(ConsentStanding.RUNNING_OUT if soon else ConsentStanding.LIVE, first)
    standing = [consent for consent in mine if consent.withdrawn_on is None]
    coming = [consent.valid_from for consent in standing if consent.valid_from > today]
    if coming:
        return CaseConsent(ConsentStanding.NOT_BEGUN, min(coming))
    withdrawn = max((consent.withdrawn_on for consent in mine if consent.withdrawn_on is not None), default=None)
    over = max((consent.valid_until for consent in standing), default=None)
    if withdrawn is not None and (over is None or withdrawn >= over):
        return CaseConsent(ConsentStanding.WITHDRAWN, withdrawn)
    if over is not None:
        return CaseConsent(ConsentStanding.RUN_OUT, over)
    return CaseConsent(ConsentStanding.MISSING)


def covered_until(consents: Iterable[Consent], today: date) -> dict[tuple[int, InformationKind], date]:
    """One case's grid: for each party and kind covered today the last day on which it is."""
    until: dict[tuple[int, InformationKind], date] = {}
    for consent in consents:
        if consent.is_live(today):
            for kind in consent.kinds:
                known = until.get((consent.party_id, kind), consent.valid_until)
                until[consent.party_id, kind] = max(known, consent.valid_until)
    return until


def proposed_end(valid_from: date) -> date:
    """The last day proposed for a consent: twelve months, the first day counted."""
    return _years_later(valid_from - timedelta(days=1), LONGEST_YEARS)


def kinds_covered(consents: Iterable[Consent], case_id: int, party_id: int, today: date) -> frozenset[InformationKind]:
    """Every kind of information the party may have about the case today."""
    covered: frozenset[InformationKind] = frozenset()
    for consent in consents:
        if consent.case_id == case_id and consent.party_id == party_id and consent.is_live(today):
            covered |= consent.kinds
    return covered


def parties_covered(consents: Iterable[Consent], case_id: int, today: date) -> frozenset[int]:
    """The parties that may hear the case by name today."""
    return frozenset(c.party_id for c in consents if c.case_id == case_id and c.kinds and c.is_live(today))


def parties_hearing(consents: Iterable[Consent], case_id: int, today: date) -> frozenset[int]:
    """The parties that may sit at the table while the case is dealt with: their consent covers what is said there."""
    known = tuple(consents)
    return frozenset(
        party_id
        for party_id in parties_covered(known, case_id, today)
        if kinds_covered(known, case_id, party_id, today) >= HEARD_AT_THE_TABLE
    )


def days_waiting(sent_on: date | None, today: date) -> int:
    """How long a form has been on its way."""
    return max(0, (today - sent_on).days) if sent_on is not None else 0


def problems_with_sending(sent_to: str, sent_on: date | None, today: date) -> tuple[Problem, ...]:
    """A form is sent to somebody, on a day that has come."""
    found = [] if sent_to.strip() else [Problem("consent.form_to_missing", "sent_to")]
    if sent_on is None:
        found.append(Problem("consent.form_day_missing", "sent_on"))
    elif sent_on > today:
        found.append(Problem("consent.form_day_ahead", "sent_on"))
    return tuple(found)


def problems_with_consent(kinds: Mapping[int, frozenset[InformationKind]], terms: Terms) -> tuple[Problem, ...]:
    """What stands in the way of registering a consent: at least one party and kind, at most a year, never backwards."""
    found: list[Problem] = []
    if not kinds:
        found.append(Problem("consent.party_missing", "parties"))
    elif not all(kinds.values()):
        found.append(Problem("consent.kind_missing", "parties"))
    if terms.how_given is HowGiven.ORAL and not terms.note.strip():
        found.append(Problem("consent.note_missing", "note"))
    return (*found, *_problems_with_span(terms.valid_from, terms.valid_until))


def _problems_with_span(valid_from: date | None, valid_until: date | None) -> tuple[Problem, ...]:
    found: list[Problem] = []
    if valid_from is None:
        found.append(Problem("consent.from_missing", "valid_from"))
    if valid_until is None:
        found.append(Problem("consent.until_missing", "valid_until"))
    if valid_from and valid_until:
        if valid_until < valid_from:
            found.append(Problem("consent.ends_before_it_starts", "valid_until"))
        elif valid_until > _years_later(valid_from, LONGEST_YEARS):
            found.append(Problem("consent.longer_than_a_year", "valid_until", {"latest": _years_later(valid_from, LONGEST_YEARS)}))
    return tuple(found)


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
