"""What a change of a round would mean for those who have a place in it; told before it is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from rehabdesk.domain import clashes as rules
from rehabdesk.domain.clashes import Hours
from rehabdesk.domain.prerehab import BookingState, OccasionState
from rehabdesk.domain.problems import Problem
from rehabdesk.domain.rounds import RoundDetails, days_of
from rehabdesk.store.queries.prerehab import claims as claim_queries
from rehabdesk.store.queries.prerehab import engagements as engagement_queries
from rehabdesk.store.queries.prerehab import occasions as occasion_queries

_ALIVE_ON_A_PLACE = (BookingState.OFFERED, BookingState.ACCEPTED, BookingState.STARTED)


@dataclass(frozen=True, slots=True)
class Hindered:
    """Somebody with a place who has something else at that time."""

    case_id: int
    case_number: str
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Booked:
    """How many have a place in a round, by how far they have come, and whether it has run: somebody was there."""

    offered: int
    accepted: int
    started: int
    has_run: bool


@dataclass(frozen=True, slots=True)
class DayChanges:
    """The days that a change takes from a round, and those it gives it; cancelled ones count as days it has."""

    taken: tuple[date, ...]
    given: tuple[date, ...]


def booked(connection: Connection, round_id: int, today: date) -> Booked:
    """Who would be without a place if the round were cancelled."""
    states = [row.state for row in claim_queries.of_round(connection, round_id, today)]
    held = any(row.state is OccasionState.HELD for row in occasion_queries.of_round(connection, round_id))
    return Booked(*(states.count(state) for state in _ALIVE_ON_A_PLACE), held or BookingState.COMPLETED in states)


def hindered(connection: Connection, round_id: int, hours: Sequence[Hours], today: date) -> tuple[Hindered, ...]:
    """Who of those with a place has something else at these hours."""
    found: list[Hindered] = []
    for claim in claim_queries.of_round(connection, round_id, today):
        if claim.state not in _ALIVE_ON_A_PLACE or not hours:
            continue
        warnings = rules.clashes(hours, engagement_queries.engagements(connection, claim.case_id, round_id, hours, today))
        if warnings:
            found.append(Hindered(claim.case_id, claim.case_number, warnings))
    return tuple(found)


def day_changes(connection: Connection, round_id: int, details: RoundDetails) -> DayChanges:
    """What changing a round to these details does to its days; those moved or added by hand are not counted."""
    had = {row.moved_from or row.on for row in occasion_queries.of_round(connection, round_id) if not row.is_added}
    wanted = set(days_of(details).days)
    return DayChanges(tuple(sorted(had - wanted)), tuple(sorted(wanted - had)))
