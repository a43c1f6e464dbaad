"""What may be shared with which party, from when until when. The test is made at every disclosure (`product.md` rule 1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rehabdesk.domain.problems import Problem


class InformationKind(StrEnum):
    """The kinds of structured information a consent can cover (`domain.md` 1.3). Diagnosis is not among them: it has no field."""

    SICK_LEAVE = "sick_leave"
    WORK_ABILITY = "work_ability"
    PLANNED_MEASURES = "planned_measures"
    SOCIAL_SITUATION = "social_situation"
    ECONOMY = "economy"


#: Longest span of one consent, in years (`domain.md` 1.3: at most 12 months is usual practice).
LONGEST_YEARS = 1


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


def problems_with_consent(valid_from: date | None, valid_until: date | None, party_ids: Iterable[int]) -> tuple[Problem, ...]:
    """What stands in the way of registering a consent; at most a year, never backwards, at least one party."""
    found: list[Problem] = []
    if not tuple(party_ids):
        found.append(Problem("consent.party_missing", "parties"))
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
