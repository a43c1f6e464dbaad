"""A case: one person's path through the forum, known by its number; how it came, and how it ended."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rehabdesk.domain.problems import Problem

#: The sizes a participant's own papers are set in, in points; the first unless she asks for another (`product.md` §3).
PRINT_SIZES = (12, 14, 18)

#: So many months after a case was closed it is asked how it went.
FOLLOW_UP_MONTHS = (6, 12)

#: Between these ages, in years, somebody can be a participant; a birth year outside them is a slip of the fingers.
YOUNGEST, OLDEST = 15, 100

NUMBER = re.compile(r"^(?P<prefix>[A-ZÅÄÖ]{1,6})-(?P<year>\d{4})-(?P<sequence>\d{3,})$")


class ClosingReason(StrEnum):
    """Why a case was closed (`domain.md` 1.2)."""

    BACK_AT_WORK = "back_at_work"
    OTHER_MEASURE = "other_measure"
    NOT_CURRENT = "not_current"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    MOVED = "moved"
    OTHER = "other"


#: After these nobody is asked how it went: she has taken her consent back, or is somebody else's to follow.
NOT_FOLLOWED_UP = frozenset({ClosingReason.CONSENT_WITHDRAWN, ClosingReason.MOVED})


class GoalsOutcome(StrEnum):
    """How far the participant's goals were reached when her case was closed."""

    MET = "met"
    PARTLY = "partly"
    NOT = "not"


class BroughtBy(StrEnum):
    """Who brought a case to the forum: the participant herself, or a party (one of its contacts, where that is known)."""

    PARTICIPANT = "participant"
    PARTY = "party"


class Employment(StrEnum):
    """What the participant's working life is, as far as the rehabilitation chain asks."""

    EMPLOYED = "employed"
    SELF_EMPLOYED = "self_employed"
    UNEMPLOYED = "unemployed"
    ON_DEMAND = "on_demand"


class FollowUpOutcome(StrEnum):
    """How it went, half a year or a year after a case was closed. A cause is never asked for."""

    IN_WORK = "in_work"
    PARTLY_IN_WORK = "partly_in_work"
    STUDYING = "studying"
    NOT_IN_WORK = "not_in_work"
    NOT_REACHED = "not_reached"


class RepresentativeKind(StrEnum):
    """In what capacity somebody stands by a participant."""

    GUARDIAN = "guardian"
    ADMINISTRATOR = "administrator"
    AGENT = "agent"
    SUPPORT = "support"


class ReadingReason(StrEnum):
    """Why the page of somebody under protected identity is opened. Asked each time, and logged as a code."""

    PREPARING = "preparing"
    MEETING = "meeting"
    CONTACT = "contact"
    PAPER = "paper"
    REGISTER = "register"
    ON_REQUEST = "on_request"


class CaseText(StrEnum):
    """The lines of text that a case and its participant carry."""

    GIVEN_NAME = "given_name"
    SURNAME = "surname"
    REGISTRATION_NUMBER = "registration_number"
    KEPT_WHERE = "kept_where"
    WHY_NOW = "why_now"
    QUESTION = "question"
    INTERPRETER_LANGUAGE = "interpreter_language"
    ACCESSIBILITY_NEEDS = "accessibility_needs"
    SAFE_CONTACT = "safe_contact"


@dataclass(frozen=True, slots=True)
class Opening:
    """How a case came: who brought it, why now, and what is asked of the forum.

    `referral_arrived_on` is the day its referral form (aktualisering) came, where it came on one.
    """

    brought_by: BroughtBy | None = None
    party_id: int | None = None
    contact_id: int | None = None
    why_now: str = ""
    question: str = ""
    referral_arrived_on: date | None = None
    employment: Employment = Employment.EMPLOYED


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Whom a case is about, as far as it takes to see that it is the same person again."""

    case_id: int
    case_number: str
    given_name: str
    surname: str
    identity_number: str | None
    participant_id: int = 0
    closed_on: date | None = None


def case_number(prefix: str, year: int, sequence: int) -> str:
    """The number people see: RF-2026-014."""
    return f"{prefix}-{year}-{sequence:03d}"


def short_name(given_name: str, surname: str) -> str:
    """The name as it stands on the coordinator's agenda: given name and initial ("Maria S."; von Sydow gives S)."""
    initial = next((word[0] for word in surname.split() if word[0].isupper()), surname[:1])
    return f"{given_name} {initial}.".strip() if initial else given_name


def problems_with_name(given_name: str, is_protected: bool, identity_number: str | None) -> tuple[Problem, ...]:
    """A participant has at least a given name; under protected identity it is an alias, and no number is kept (`product.md` rule 7)."""
    found: list[Problem] = []
    if not given_name.strip():
        found.append(Problem("case.name_missing", CaseText.GIVEN_NAME))
    if is_protected and identity_number:
        found.append(Problem("case.protected_has_number", "identity_number"))
    return tuple(found)


def problems_with_opening(opened_on: date | None, closed_on: date | None, today: date) -> tuple[Problem, ...]:
    """A case was opened on a day that has come, and not after it was closed."""
    if opened_on is None:
        return (Problem("case.opening_day_missing", "opened_on"),)
    if opened_on > today:
        return (Problem("case.opened_in_future", "opened_on"),)
    if closed_on is not None and closed_on < opened_on:
        return (Problem("case.opened_after_closed", "opened_on", {"closed": closed_on}),)
    return ()


def same_person_again(given_name: str, surname: str, identity_number: str | None, known: Iterable[KnownPerson]) -> tuple[Problem, ...]:
    """Cases, open or closed, that may be about the same person. They warn and refuse nothing: two people may share a name.

    Closed ones, too: somebody who comes back has her earlier papers, and goes on under her own name.
    """
    found: list[Problem] = []
    name = _comparable(given_name, surname)
    for person in known:
        params: dict[str, object] = {"number": person.case_number, "case_id": person.case_id, "participant_id": person.participant_id}
        if person.closed_on is not None:
            params["closed"] = person.closed_on
        over = "_closed" if person.closed_on is not None else ""
        if identity_number and person.identity_number == identity_number:
            found.append(Problem(f"case.same_identity_number{over}", "identity_number", params))
        # Two numbers that differ tell two people apart, whatever they are called.
        elif name and _comparable(person.given_name, person.surname) == name and not (identity_number and person.identity_number):
            found.append(Problem(f"case.same_name{over}", CaseText.SURNAME, params))
    return tuple(found)


def problems_with_referral(arrived_on: date | None, today: date) -> tuple[Problem, ...]:
    """A referral form came on a day that has been."""
    return (Problem("case.referral_in_future", "referral_arrived_on"),) if arrived_on is not None and arrived_on > today else ()


def problems_with_birth_year(year: int | None, today: date) -> tuple[Problem, ...]:
    """A year in which somebody of working age can be born."""
    likely = year is None or YOUNGEST <= today.year - year <= OLDEST
    return () if likely else (Problem("case.birth_year_unlikely", "birth_year"),)


def months_after(day: date, months: int) -> date:
    """The same day some months later; the last of the month where it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


def follow_up_days(closed_on: date, reason: ClosingReason) -> tuple[tuple[int, date], ...]:
    """On which days it is asked how it went: (months, day), or none where nobody is to be asked."""
    if reason in NOT_FOLLOWED_UP:
        return ()
    return tuple((months, months_after(closed_on, months)) for months in FOLLOW_UP_MONTHS)


def goals_together(results: Iterable[str | None]) -> GoalsOutcome | None:
    """How far the goals of a plan were reached, all taken together; None where none was set or one is not evaluated."""
    told = list(results)
    if not told or None in told:
        return None
    alike = set(told)
    return GoalsOutcome(alike.pop()) if len(alike) == 1 else GoalsOutcome.PARTLY


def problems_with_follow_up(outcome: FollowUpOutcome | None, done_on: date | None, closed_on: date | None, today: date) -> tuple[Problem, ...]:
    """A follow-up is answered by an outcome, on a day that has been and lies after the closing."""
    found: list[Problem] = []
    if outcome is None:
        found.append(Problem("follow_up.outcome_missing", "outcome"))
    if done_on is None:
        found.append(Problem("follow_up.day_missing", "done_on"))
    elif done_on > today:
        found.append(Problem("follow_up.in_future", "done_on"))
    elif closed_on is not None and done_on < closed_on:
        found.append(Problem("follow_up.before_closing", "done_on", {"closed": closed_on}))
    return tuple(found)


def problems_with_closing(closed_on: date | None, opened_on: date, reason: ClosingReason | None, today: date) -> tuple[Problem, ...]:
    """A case is closed on a day, not before it was opened and not in the future, and with a reason."""
    found: list[Problem] = []
    if reason is None:
        found.append(Problem("case.closing_reason_missing", "closing_reason"))
    if closed_on is None:
        found.append(Problem("case.closing_day_missing", "closed_on"))
    elif closed_on < opened_on:
        found.append(Problem("case.closed_before_opened", "closed_on", {"opened": opened_on}))
    elif closed_on > today:
        found.append(Problem("case.closed_in_future", "closed_on"))
    return tuple(found)


def _comparable(given_name: str, surname: str) -> str:
    return " ".join(f"{given_name} {surname}".casefold().split())
