"""Clashes: what else somebody is booked for at the hours of a round. They are told before she is given the place, and refuse nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rehabdesk.domain.problems import Problem


class ClashKind(StrEnum):
    """What else there is: another round, an item of a forum session, or a work trial."""

    ROUND = "round"
    SESSION = "session"
    WORK_TRIAL = "work_trial"


@dataclass(frozen=True, slots=True)
class Hours:
    """One half-day: its day and times ("09:00"). A whole day is from "" to "~", which lie outside all times."""

    on: date
    start: str
    end: str

    def meets(self, other: Hours) -> bool:
        """Whether somebody would have to be at both."""
        return self.on == other.on and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Engagement:
    """Something else she is booked for: what it is called, and its hours."""

    kind: ClashKind
    name: str
    hours: tuple[Hours, ...]


def clashes(wanted: Iterable[Hours], engagements: Iterable[Engagement]) -> tuple[Problem, ...]:
    """One warning for each engagement that takes hours of the round: how many of the occasions, and the first of the days."""
    by_day: Mapping[date, list[Hours]] = _by_day(wanted)
    found: list[Problem] = []
    for engagement in engagements:
        days = [hours.on for hours in engagement.hours if any(hours.meets(other) for other in by_day.get(hours.on, ()))]
        if days:
            params = {"n": len(days), "first": min(days), "name": engagement.name}
            found.append(Problem(f"claim.clash_{engagement.kind}", None, params))
    return tuple(found)


def _by_day(wanted: Iterable[Hours]) -> dict[date, list[Hours]]:
    found: dict[date, list[Hours]] = {}
    for hours in wanted:
        found.setdefault(hours.on, []).append(hours)
    return found
