"""Attendance: the grid of a round, and the share of what was held that was come to.

A mark counts only where its occasion was held on a day within the claim's time; what lies outside, because an occasion was
moved or somebody stopped earlier, is kept and passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from sqlalchemy import Connection, func, select

from rehabdesk.domain.attendance import ClaimDays, Tally, tally
from rehabdesk.domain.prerehab import STARTED_ONCE, AttendanceMark, BookingState, OccasionState
from rehabdesk.domain.rounds import title_of
from rehabdesk.store.queries.prerehab import occasions
from rehabdesk.store.queries.prerehab.occasions import OccasionRow
from rehabdesk.store.tables.cases import Case, Participant
from rehabdesk.store.tables.prerehab import Attendance, Booking, Occasion, Place, Programme, Round

#: States of somebody who stands in the grid: she has started, or has said yes and has still to be started.
_IN_THE_GRID = (BookingState.ACCEPTED, *sorted(STARTED_ONCE))


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One claim on a place, with whose it is. Under protected identity the name is an alias."""

    id: int
    case_id: int
    case_number: str
    given_name: str
    surname: str
    is_protected: bool
    place_number: int
    state: BookingState
    starts_on: date
    ends_on: date

    @property
    def full_name(self) -> str:
        """Given name and surname."""
        return f"{self.given_name} {self.surname}".strip()

    @property
    def facts(self) -> ClaimDays:
        """What decides whether she has attendance on a day."""
        return ClaimDays(self.state, self.starts_on, self.ends_on)


@dataclass(frozen=True, slots=True)
class AttendanceGrid:
    """Everybody with a place in a round by place, its occasions in order, and what is marked by (claim, occasion)."""

    people: tuple[PersonRow, ...]
    occasions: tuple[OccasionRow, ...]
    marks: Mapping[tuple[int, int], AttendanceMark]

    def mark(self, person: PersonRow, occasion: OccasionRow) -> AttendanceMark | None:
        """How it was with somebody at an occasion; None where that is not marked, or there is nothing to mark."""
        return self.marks.get((person.id, occasion.id)) if is_hers(person, occasion) else None

    def of_person(self, person: PersonRow) -> Tally:
        """How it was with somebody at all that was held in her time."""
        return tally(self.mark(person, one) for one in self.occasions if one.state is OccasionState.HELD and is_hers(person, one))

    def of_occasion(self, occasion: OccasionRow) -> Tally:
        """How it was with everybody at one occasion, if it was held."""
        if occasion.state is not OccasionState.HELD:
            return Tally()
        return tally(self.mark(person, occasion) for person in self.people if is_hers(person, occasion))


@dataclass(frozen=True, slots=True)
class PersonShare:
    """How it was with one claim over all that was held in its time."""

    round_id: int
    booking_id: int
    case_id: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class RoundShares:
    """How it was over a round: each who has started, all of them together, and how many occasions were held and cancelled."""

    people: tuple[PersonShare, ...]
    held: int
    cancelled: int
    planned: int

    @property
    def whole(self) -> Tally:
        """Everybody together."""
        return sum((person.tally for person in self.people), Tally())


@dataclass(frozen=True, slots=True)
class NotSettled:
    """How many occasions of a round are past and neither held nor cancelled, and the day of the first."""

    round_id: int
    title: str
    count: int
    first_on: date

    @property
    def id(self) -> int:
        """What it is known by in a list."""
        return self.round_id


def is_hers(person: PersonRow, occasion: OccasionRow) -> bool:
    """Whether somebody has attendance at an occasion: she has started, and the day lies within her time. A cancelled one has none."""
    return occasion.state is not OccasionState.CANCELLED and person.facts.is_there_on(occasion.on)


def grid(connection: Connection, round_id: int) -> AttendanceGrid:
    """The whole grid of a round."""
    query = (
        select(Attendance.booking_id, Attendance.occasion_id, Attendance.mark)
        .join(Occasion, Occasion.id == Attendance.occasion_id)
        .where(Occasion.round_id == round_id)
    )
    marks = {(row.booking_id, row.occasion_id): AttendanceMark(row.mark) for row in connection.execute(query)}
    return AttendanceGrid(people(connection, round_id), occasions.of_round(connection, round_id), MappingProxyType(marks))


def people(connection: Connection, round_id: int) -> tuple[PersonRow, ...]:
    """Everybody who has said yes to a place in a round or has started there, by place and then by her first day."""
    query = _people().where(Place.round_id == round_id, Booking.state.in_(_IN_THE_GRID))
    return tuple(_person(row) for row in connection.execute(query))


def person(connection: Connection, booking_id: int) -> PersonRow | None:
    """One claim that has a place, with whose it is."""
    row = connection.execute(_people().where(Booking.id == booking_id)).first()
    return _person(row) if row else None


def round_of_claim(connection: Connection, booking_id: int) -> int | None:
    """The round in which a claim has its place."""
    return connection.execute(select(Place.round_id).join(Booking, Booking.place_id == Place.id).where(Booking.id == booking_id)).scalar()


def shares_of_round(connection: Connection, round_id: int) -> RoundShares:
    """The shares of one round."""
    return shares_of_rounds(connection, (round_id,))[round_id]


def shares_of_rounds(connection: Connection, round_ids: Iterable[int]) -> dict[int, RoundShares]:
    """The shares of several rounds, in two questions however many they are."""
    wanted = list(round_ids)
    among = select(func.json_each(json.dumps(wanted)).table_valued("value").c.value)
    states: dict[int, dict[str, int]] = {round_id: {} for round_id in wanted}
    query = select(Occasion.round_id, Occasion.state, func.count()).where(Occasion.round_id.in_(among))
    for round_id, state, count in connection.execute(query.group_by(Occasion.round_id, Occasion.state)):
        states[round_id][state] = count
    people_of: dict[int, list[PersonShare]] = {round_id: [] for round_id in wanted}
    for row in connection.execute(_shares().where(Place.round_id.in_(among))):
        people_of[row.round_id].append(_share(row))
    return {
        round_id: RoundShares(
            tuple(people_of[round_id]), *(found.get(state, 0) for state in (OccasionState.HELD, OccasionState.CANCELLED, OccasionState.PLANNED))
        )
        for round_id, found in states.items()
    }


def shares_of_case(connection: Connection, case_id: int) -> dict[int, Tally]:
    """How it was with one case in each of its stays that has begun, by claim."""
    return {row.booking_id: _share(row).tally for row in connection.execute(_shares().where(Booking.case_id == case_id))}


def not_settled(connection: Connection, today: date) -> tuple[NotSettled, ...]:
    """Rounds with occasions that are past and neither held nor cancelled, the one that has waited longest first."""
    first = func.min(Occasion.on).label("first_on")
    query = (
        select(Round.id, Round.number, Round.name, Programme.name.label("programme"), func.count().label("count"), first)
        .join(Occasion, Occasion.round_id == Round.id)
        .join(Programme, Programme.id == Round.programme_id)
        .where(Occasion.state == OccasionState.PLANNED, Occasion.on < today, Round.cancelled_on.is_(None))
        .group_by(Round.id)
        .order_by(first, Round.id)
    )
    return tuple(
        NotSettled(row.id, title_of(row.programme, row.number, row.name), row.count, row.first_on) for row in connection.execute(query)
    )


def _people() -> object:
    names = ("id", "case_id", "state", "starts_on", "ends_on")
    return (
        select(
            *(getattr(Booking, name) for name in names), Case.number.label("case_number"), Place.number.label("place_number"),
            Participant.given_name, Participant.surname, Participant.is_protected,
        )
        .join(Place, Place.id == Booking.place_id)
        .join(Case, Case.id == Booking.case_id)
        .join(Participant, Participant.id == Case.participant_id)
        .order_by(Place.number, Booking.starts_on, Booking.id)
    )  # fmt: skip


def _person(row: object) -> PersonRow:
    return PersonRow(**{**row._asdict(), "state": BookingState(row.state)})


def _share(row: object) -> PersonShare:
    counts = Tally(row.attended, row.late, row.valid, row.invalid, row.held - row.attended - row.late - row.valid - row.invalid)
    return PersonShare(row.round_id, row.booking_id, row.case_id, counts)


def _shares() -> object:
    def counted(mark: AttendanceMark) -> object:
        return func.count(Attendance.id).filter(Attendance.mark == mark)

    return (
        select(
            Place.round_id, Booking.id.label("booking_id"), Booking.case_id, func.count(Occasion.id).label("held"),
            counted(AttendanceMark.ATTENDED).label("attended"), counted(AttendanceMark.LATE).label("late"),
            counted(AttendanceMark.VALID_ABSENCE).label("valid"), counted(AttendanceMark.INVALID_ABSENCE).label("invalid"),
        )
        .join(Place, Place.id == Booking.place_id)
        .outerjoin(
            Occasion,
            (Occasion.round_id == Place.round_id)
            & (Occasion.state == OccasionState.HELD)
            & Occasion.on.between(Booking.starts_on, Booking.ends_on),
        )
        .outerjoin(Attendance, (Attendance.occasion_id == Occasion.id) & (Attendance.booking_id == Booking.id))
        .where(Booking.state.in_(STARTED_ONCE))
        .group_by(Booking.id)
        .order_by(Place.round_id, Place.number, Booking.starts_on, Booking.id)
    )  # fmt: skip
