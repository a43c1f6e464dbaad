"""A case: one person's path through the forum, known by its number."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from rehabdesk.domain.problems import Problem

NUMBER = re.compile(r"^(?P<prefix>[A-ZÅÄÖ]{1,6})-(?P<year>\d{4})-(?P<sequence>\d{3,})$")


class ClosingReason(StrEnum):
    """Why a case was closed (`domain.md` 1.2)."""

    BACK_AT_WORK = "back_at_work"
    OTHER_MEASURE = "other_measure"
    NOT_CURRENT = "not_current"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    MOVED = "moved"
    OTHER = "other"


def case_number(prefix: str, year: int, sequence: int) -> str:
    """The number people see: RF-2026-014."""
    return f"{prefix}-{year}-{sequence:03d}"


def short_name(given_name: str, surname: str) -> str:
    """The name as it stands on the coordinator's agenda: given name and initial ("Maria S.")."""
    return f"{given_name} {surname[:1]}.".strip() if surname else given_name


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
