"""What is shown before a place is given: who is next and why, what else she is booked for, and which rounds one could book."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from rehabdesk.domain import clashes as rules
from rehabdesk.domain.claims import PlaceSum, problems_with_claimant
from rehabdesk.domain.prerehab import PassOverReason
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services.prerehab.claiming import seat_for
from rehabdesk.store.queries.prerehab import claims as claim_queries
from rehabdesk.store.queries.prerehab import engagements as engagement_queries
from rehabdesk.store.queries.prerehab import places, rounds
from rehabdesk.store.queries.prerehab.claims import ClaimRow

#: So many who are passed over are told by number in the sentence; of more it says how many.
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class ProposedPass:
    """One who stands before the one proposed, and why the place is not hers."""

    booking_id: int
    case_id: int
    case_number: str
    reason: PassOverReason


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who is next for a free place of a round, and why; for each who waits before her, the reason she would be passed over.

    `why` is a sentence in any case: also where nobody is next, or no place is free. `clashes` are warnings about her.
    """

    round_id: int
    place_number: int | None
    starts_on: date | None
    next: ClaimRow | None
    why: Problem
    passed: tuple[ProposedPass, ...] = ()
    clashes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round that has not ended, as seen from one case: the day she could begin, what stands in the way, and what is only told.

    `problems` refuse a booking; `warnings` are clashes. `waiting` counts those on the list who would be passed over.
    """

    round_id: int
    programme_id: int
    programme: str
    title: str
    starts_on: date | None
    ends_on: date
    sum: PlaceSum
    waiting: int
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    @property
    def is_open(self) -> bool:
        """Whether a place can be booked in it without an extra one."""
        return not self.problems


def clashes(connection: Connection, case_id: int, round_id: int, from_on: date, today: date | None = None) -> tuple[Problem, ...]:
    """What else the participant is booked for at the hours of a round's occasions from a day on; warnings, told before."""
    wanted = engagement_queries.hours_of_round(connection, round_id, from_on)
    return rules.clashes(wanted, engagement_queries.engagements(connection, case_id, round_id, wanted, today or from_on)) if wanted else ()


def proposal(connection: Connection, round_id: int, today: date) -> Proposal:
    """Who is next for a place that is free in a round, and why."""
    ground = places.ground(connection, round_id)
    if ground is None:
        return Proposal(round_id, None, None, None, Problem("claim.round.gone"))
    try:
        seat = seat_for(connection, ground, None, None, today)
    except Refused as refused:
        return Proposal(round_id, None, None, None, refused.problems[0])
    passed: list[ProposedPass] = []
    for waiter in claim_queries.before(connection, ground.programme_id, round_id, seat.starts_on, today):
        reason = waiter.reason(seat.starts_on)
        if reason is None:
            row = claim_queries.claim(connection, waiter.booking_id, today)
            warnings = clashes(connection, waiter.case_id, round_id, seat.starts_on, today)
            return Proposal(round_id, seat.number, seat.starts_on, row, _why(row, passed), tuple(passed), warnings)
        passed.append(ProposedPass(waiter.booking_id, waiter.case_id, waiter.case_number, reason))
    why = Problem("claim.nobody_next", None, {"n": len(passed)}) if passed else Problem("claim.nobody_waits")
    return Proposal(round_id, seat.number, seat.starts_on, None, why, tuple(passed))


def open_places(connection: Connection, case_id: int, today: date) -> tuple[OpenRound, ...]:
    """The rounds that have not ended, each with what a booking of this case would meet; those that are open first."""
    found = [_open_round(connection, case_id, row, today) for row in rounds.rounds(connection, today, not_over=True)]
    return tuple(sorted(found, key=_open_first))


# --- internals ---


def _open_round(connection: Connection, case_id: int, row: rounds.RoundRow, today: date) -> OpenRound:
    ground = places.ground(connection, row.id)
    starts_on, problems = None, list(_problems_with_claimant(connection, case_id, ground))
    try:
        starts_on = seat_for(connection, ground, None, None, today).starts_on
    except Refused as refused:
        problems.extend(refused.problems)
    day = starts_on or ground.span.first_day(today)
    return OpenRound(
        round_id=row.id, programme_id=row.programme_id, programme=row.programme, title=row.title, starts_on=starts_on,
        ends_on=row.ends_on, sum=row.sum,
        waiting=len(claim_queries.before(connection, row.programme_id, row.id, day, today)), problems=tuple(problems),
        warnings=clashes(connection, case_id, row.id, day, today),
    )  # fmt: skip


def _problems_with_claimant(connection: Connection, case_id: int, ground: places.RoundGround) -> Iterable[Problem]:
    claimant = claim_queries.claimant(connection, ground.programme_id, case_id)
    if claimant is None:
        return (Problem("case.gone"),)
    return problems_with_claimant(claimant, at_once=True)


def _why(row: ClaimRow, passed: list[ProposedPass]) -> Problem:
    params = {"case_number": row.case_number, "asked": row.asked_on}
    if not passed:
        return Problem("claim.next_is_first", None, params)
    params |= {"n": len(passed), "passed": tuple(one.case_number for one in passed)}
    return Problem("claim.next_after" if len(passed) <= MOST_NAMED else "claim.next_after_many", None, params)


def _open_first(row: OpenRound) -> tuple[bool, date, str]:
    return bool(row.problems), row.starts_on or row.ends_on, row.title
