"""The occasions of a round, and those one case is to come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Select, select

from rehabdesk.domain.prerehab import ON_A_PLACE, OccasionState
from rehabdesk.store.tables.prerehab import Booking, Occasion, Place

_NAMES = ("id", "round_id", "on", "start", "end", "place", "state", "cancelled_reason", "moved_from", "is_added")


@dataclass(frozen=True, slots=True)
class OccasionRow:
    """One half-day. `place` is empty where it is the round's; `moved_from` is the day it was made for, if it was moved."""

    id: int
    round_id: int
    on: date
    start: str
    end: str
    place: str
    state: OccasionState
    cancelled_reason: str
    moved_from: date | None
    is_added: bool


def of_round(connection: Connection, round_id: int) -> tuple[OccasionRow, ...]:
    """All occasions of a round in order, the cancelled ones too."""
    return _rows(connection, _occasions().where(Occasion.round_id == round_id))


def occasion(connection: Connection, occasion_id: int) -> OccasionRow | None:
    """One occasion."""
    rows = _rows(connection, _occasions().where(Occasion.id == occasion_id))
    return rows[0] if rows else None


def of_case(connection: Connection, case_id: int, from_on: date, to_on: date) -> tuple[OccasionRow, ...]:
    """What a case has or is offered a place for between two days, cancelled ones too: only days within the span of its place."""
    query = (
        _occasions()
        .join(Place, Place.round_id == Occasion.round_id)
        .join(Booking, Booking.place_id == Place.id)
        .where(
            Booking.case_id == case_id,
            Booking.state.in_(ON_A_PLACE),
            Occasion.on.between(Booking.starts_on, Booking.ends_on),
            Occasion.on.between(from_on, to_on),
        )
        .distinct()
    )
    return _rows(connection, query)


def _occasions() -> Select:
    return select(*(getattr(Occasion, name) for name in _NAMES)).order_by(Occasion.on, Occasion.start, Occasion.id)


def _rows(connection: Connection, query: Select) -> tuple[OccasionRow, ...]:
    return tuple(OccasionRow(**{**row._asdict(), "state": OccasionState(row.state)}) for row in connection.execute(query))
