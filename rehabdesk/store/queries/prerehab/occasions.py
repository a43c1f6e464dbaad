"""The occasions of a round, and those one case is to come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from rehabdesk.domain.prerehab import ON_A_PLACE, OccasionState
from rehabdesk.store.queries.plain import day_of

_OCCASIONS = 'SELECT o.id, o.round_id, o."on", o.start, o."end", o.place, o.state, o.cancelled_reason, o.moved_from, o.is_added FROM occasion AS o'
_OF_CASE = f"""
    WHERE EXISTS (
        SELECT 1 FROM place AS p JOIN booking AS b ON b.place_id = p.id
        WHERE p.round_id = o.round_id AND b.case_id = ? AND b.state IN ({", ".join(f"'{state}'" for state in sorted(ON_A_PLACE))})
            AND o."on" BETWEEN b.starts_on AND b.ends_on)
    AND o."on" BETWEEN ? AND ?
"""


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
    return _rows(connection, "WHERE o.round_id = ?", (round_id,))


def occasion(connection: Connection, occasion_id: int) -> OccasionRow | None:
    """One occasion."""
    rows = _rows(connection, "WHERE o.id = ?", (occasion_id,))
    return rows[0] if rows else None


def of_case(connection: Connection, case_id: int, from_on: date, to_on: date) -> tuple[OccasionRow, ...]:
    """What a case has or is offered a place for between two days, cancelled ones too: only days within the span of its place."""
    return _rows(connection, _OF_CASE, (case_id, from_on.isoformat(), to_on.isoformat()))


def _rows(connection: Connection, where: str, values: tuple[object, ...]) -> tuple[OccasionRow, ...]:
    found = connection.exec_driver_sql(f'{_OCCASIONS} {where} ORDER BY o."on", o.start, o.id', values)
    return tuple(_row(row) for row in found)


def _row(row: Sequence) -> OccasionRow:
    return OccasionRow(row[0], row[1], day_of(row[2]), *row[3:6], OccasionState(row[6]), row[7], day_of(row[8]), bool(row[9]))
