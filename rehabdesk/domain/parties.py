"""Who sits at the table: organisations, the units that answer for their own secrecy, and people. `domain.md` 1.2."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from rehabdesk.domain.problems import Problem

# Only what is plainly not an address is caught: the true test is that a letter arrives.
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")


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


class Use(StrEnum):
    """Where a party, a contact or an organisation is already used, so that removing it would tear a hole."""

    PARTIES = "parties"
    SERIES = "series"
    CONTACTS = "contacts"
    ITEMS = "items"
    CONSENTS = "consents"
    ACTIONS = "actions"
    ATTENDANCE = "attendance"
    CASES = "cases"
    HAND_OUTS = "hand_outs"
    NOTES = "notes"
    PLANS = "plans"
    PROGRAMMES = "programmes"
    CLAIMS = "claims"


MOST_LOGO_BYTES = 500_000
"""The logo is in every paper that is made; past this the papers grow heavy."""
MOST_LOGO_PIXELS = 4000
"""The longest side of a logo."""

#: The short forms of the field, said the same in every language; proposed, never forced.
USUAL_ALIASES: Mapping[PartyKind, tuple[str, ...]] = MappingProxyType(
    {
        PartyKind.EMPLOYER: ("HR",),
        PartyKind.SOCIAL_INSURANCE: ("FK", "kassan"),
        PartyKind.HEALTH_CARE: ("VC",),
        PartyKind.EMPLOYMENT_SERVICE: ("AF",),
        PartyKind.SOCIAL_SERVICES: ("soc",),
        PartyKind.LABOUR_MARKET_UNIT: ("AME",),
        PartyKind.OCCUPATIONAL_HEALTH: ("FHV",),
        PartyKind.UNION: ("facket",),
        PartyKind.COORDINATION: ("SAM",),
    }
)

#: What an organisation most often is when its first party is of this kind.
USUAL_ORGANISATION: Mapping[PartyKind, OrganisationKind] = MappingProxyType(
    {
        PartyKind.EMPLOYER: OrganisationKind.MUNICIPALITY,
        PartyKind.SOCIAL_INSURANCE: OrganisationKind.STATE_AGENCY,
        PartyKind.HEALTH_CARE: OrganisationKind.REGION,
        PartyKind.EMPLOYMENT_SERVICE: OrganisationKind.STATE_AGENCY,
        PartyKind.SOCIAL_SERVICES: OrganisationKind.MUNICIPALITY,
        PartyKind.LABOUR_MARKET_UNIT: OrganisationKind.MUNICIPALITY,
        PartyKind.OCCUPATIONAL_HEALTH: OrganisationKind.COMPANY,
        PartyKind.UNION: OrganisationKind.UNION,
        PartyKind.COORDINATION: OrganisationKind.MUNICIPALITY,
        PartyKind.OTHER: OrganisationKind.OTHER,
    }
)

#: Parts of Swedish names that give the kind away, the narrower first.
_TELLING_NAMES: tuple[tuple[str, PartyKind], ...] = (
    ("försäkringskassan", PartyKind.SOCIAL_INSURANCE),
    ("arbetsförmedling", PartyKind.EMPLOYMENT_SERVICE),
    ("arbetsmarknad", PartyKind.LABOUR_MARKET_UNIT),
    ("socialtjänst", PartyKind.SOCIAL_SERVICES),
    ("individ- och familjeomsorg", PartyKind.SOCIAL_SERVICES),
    ("företagshäls", PartyKind.OCCUPATIONAL_HEALTH),
    ("vårdcentral", PartyKind.HEALTH_CARE),
    ("psykiatri", PartyKind.HEALTH_CARE),
    ("sjukhus", PartyKind.HEALTH_CARE),
    ("fackförbund", PartyKind.UNION),
)


@dataclass(frozen=True, slots=True)
class KnownParty:
    """What the rules about one party need to know of another that is in use."""

    id: int
    written: str
    aliases: tuple[str, ...]


def party_sort_text(organisation: str, unit: str) -> str:
    """What parties are ordered by: an organisation's own units together, the one without a unit first."""
    return f"{organisation} {unit}".strip()


def read_aliases(text: str) -> tuple[str, ...]:
    """The short forms in "FK, kassan", each once, in the order they were written."""
    found: dict[str, str] = {}
    for part in text.replace(";", ",").split(","):
        alias = " ".join(part.split())
        if alias:
            found.setdefault(alias.casefold(), alias)
    return tuple(found.values())


def write_aliases(aliases: Iterable[str]) -> str:
    """The short forms as they are kept and shown: "FK, kassan"."""
    return ", ".join(aliases)


def proposed_kind(organisation: str, unit: str) -> PartyKind | None:
    """What the name says about the kind; a proposal, and nothing where it says nothing."""
    words = f"{unit} {organisation}".casefold()
    return next((kind for part, kind in _TELLING_NAMES if part in words), None)


def proposed_aliases(kind: PartyKind, others: Iterable[KnownParty]) -> tuple[str, ...]:
    """The usual short forms of a kind that no other party has taken."""
    taken = {alias.casefold() for other in others for alias in other.aliases}
    return tuple(alias for alias in USUAL_ALIASES.get(kind, ()) if alias.casefold() not in taken)


def problems_with_organisation(name: str, others: Iterable[str]) -> tuple[Problem, ...]:
    """An organisation has a name, and no other has the same."""
    if not name:
        return (Problem("organisation.name_missing", "name"),)
    if name.casefold() in {other.casefold() for other in others}:
        return (Problem("organisation.exists", "name", {"name": name}),)
    return ()


def problems_with_party(written: str, aliases: tuple[str, ...], others: Iterable[KnownParty]) -> tuple[Problem, ...]:
    """A party is written like no other, and no short form of it means another party too."""
    found: list[Problem] = []
    for other in others:
        if other.written.casefold() == written.casefold():
            found.append(Problem("party.exists", "unit", {"party": other.written}))
        meanings = {alias.casefold() for alias in other.aliases} | {other.written.casefold()}
        found.extend(
            Problem("party.alias_taken", "aliases", {"alias": alias, "party": other.written})
            for alias in aliases
            if alias.casefold() in meanings
        )
    return tuple(found)


def problems_with_contact(given_name: str, surname: str, function: str, email: str, by_function_only: bool) -> tuple[Problem, ...]:
    """Something to call the contact by: a name or a function; the function where only that is shown."""
    found: list[Problem] = []
    if by_function_only and not function:
        found.append(Problem("contact.function_missing", "function"))
    elif not written_contact(given_name, surname) and not function:
        found.append(Problem("contact.name_missing", "given_name"))
    if email and not _EMAIL.fullmatch(email):
        found.append(Problem("contact.email_shape", "email"))
    return tuple(found)


def problems_with_logo(size: int, picture_format: str | None, width: int, height: int) -> tuple[Problem, ...]:
    """A logo is a PNG or JPEG that can be read, not too heavy and not too large. `picture_format` is None when unreadable."""
    if size > MOST_LOGO_BYTES:
        return (Problem("logo.too_heavy", "logo", {"most": MOST_LOGO_BYTES // 1000}),)
    if picture_format not in ("PNG", "JPEG"):
        return (Problem("logo.not_a_picture", "logo"),)
    if max(width, height) > MOST_LOGO_PIXELS:
        return (Problem("logo.too_large", "logo", {"most": MOST_LOGO_PIXELS}),)
    return ()
