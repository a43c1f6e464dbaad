"""Who sits at the table: organisations, the units that answer for their own secrecy, and people. `domain.md` 1.2."""

from __future__ import annotations

from enum import StrEnum


class OrganisationKind(StrEnum):
    """What sort of body it is; decides whether it may be controller for people's cases (`product.md` rule 10)."""

    MUNICIPALITY = "municipality"
    REGION = "region"
    STATE_AGENCY = "state_agency"
    COORDINATION_ASSOCIATION = "coordination_association"
    COMPANY = "company"
    UNION = "union"
    OTHER = "other"


class PartyKind(StrEnum):
    """The role of a unit at the table, after `domain.md` 1.2."""

    EMPLOYER = "employer"
    SOCIAL_INSURANCE = "social_insurance"
    HEALTH_CARE = "health_care"
    EMPLOYMENT_SERVICE = "employment_service"
    SOCIAL_SERVICES = "social_services"
    LABOUR_MARKET_UNIT = "labour_market_unit"
    OCCUPATIONAL_HEALTH = "occupational_health"
    UNION = "union"
    COORDINATION = "coordination"
    OTHER = "other"


def written_party(organisation: str, unit: str) -> str:
    """A party always written out: "Vara kommun, HR"; the organisation alone when it has one unit, or the unit's own name."""
    if not unit or unit == organisation:
        return organisation
    if unit.startswith(organisation):
        return unit
    return f"{organisation}, {unit}"


def written_contact(given_name: str, surname: str) -> str:
    """A contact's name in reading order."""
    return " ".join(part for part in (given_name, surname) if part)
