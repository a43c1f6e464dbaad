"""The places of a round with the claims on them, and their sum: how many are booked, held by an offer, and free."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from rehabdesk.domain.cases import short_name
from rehabdesk.domain.claims import PlaceSum, RoundSpan, Stay
from rehabdesk.domain.prerehab import BookingState
from rehabdesk.store.queries.plain import day_of

# Plain SQL: it is asked for five hundred rounds at a time, and for each place that is given.
_SUMS = """
    SELECT round_id, sum(is_extra = 0 OR stands > 0), sum(stands = 2), sum(stands = 1), sum(is_extra = 0 AND stands = 0),
           sum(is_extra = 1 AND stands > 0)
    FROM (
        SELECT p.round_id, p.is_extra,
               max(CASE WHEN b.state IN ('accepted', 'started', 'completed') THEN 2
                        WHEN b.state = 'offered' AND o.answer_by >= :today THEN 1 ELSE 0 END) AS stands
        FROM place AS p
        LEFT JOIN booking AS b ON b.place_id = p.id AND b.state <> 'broken_off'
        LEFT JOIN offer AS o ON o.booking_id = b.id AND o.outcome = 'open'
        WHERE p.round_id IN (SELECT value FROM json_each(:rounds))
        GROUP BY p.id)
    GROUP BY round_id
"""
_SPANS = """
    SELECT p.number, p.is_extra, p.extra_reason, b.id, b.case_id, c.number, m.given_name, m.surname, m.is_protected, b.state,
           b.starts_on, b.ends_on, o.answer_by
    FROM place AS p
    LEFT JOIN booking AS b ON b.place_id = p.id
    LEFT JOIN "case" AS c ON c.id = b.case_id
    LEFT JOIN participant AS m ON m.id = c.participant_id
    LEFT JOIN offer AS o ON o.booking_id = b.id AND o.outcome = 'open'
    WHERE p.round_id = :round ORDER BY p.number, b.starts_on, b.ends_on, b.id
"""
_STAYS = """
    SELECT p.number, p.is_extra, b.id, c.number, b.state, b.starts_on, b.ends_on, o.answer_by
    FROM place AS p
    LEFT JOIN booking AS b ON b.place_id = p.id
    LEFT JOIN "case" AS c ON c.id = b.case_id
    LEFT JOIN offer AS o ON o.booking_id = b.id AND o.outcome = 'open'
    WHERE p.round_id = :round ORDER BY p.number, b.starts_on, b.id
"""
#: The lowest place nobody has ever been on, or been offered.
_UNTOUCHED = """
    SELECT p.number FROM place AS p
    WHERE p.round_id = ? AND p.is_extra = 0 AND NOT EXISTS (SELECT 1 FROM booking WHERE place_id = p.id) ORDER BY p.number LIMIT 1
"""
_GROUND = """
    SELECT r.id, r.programme_id, g.name, g.answer_days, g.ended_on, r.min_places, r.max_places,
           r.starts_on, r.ends_on, r.last_late_start_on, r.cancelled_on
    FROM round AS r JOIN programme AS g ON g.id = r.programme_id WHERE r.id = ?
"""


@dataclass(frozen=True, slots=True)
class RoundGround:
    """What a claim on a place of a round is judged by."""

    id: int
    programme_id: int
    programme: str
    answer_days: int
    programme_ended_on: date | None
    min_places: int
    max_places: int
    span: RoundSpan


@dataclass(frozen=True, slots=True)
class SpanRow:
    """One claim's days on a place. Under protected identity the name is an alias."""

    booking_id: int
    case_id: int
    case_number: str
    name: str
    is_protected: bool
    state: BookingState
    starts_on: date
    ends_on: date
    answer_by: date | None
    is_expired: bool


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place and the claims on it over time, the earliest first; a free one has none, or only such as ended."""

    number: int
    is_extra: bool
    extra_reason: str
    claims: tuple[SpanRow, ...]


@dataclass(frozen=True, slots=True)
class TakenPlace:
    """A place as it is looked at before it is given to somebody: whose it is, if anybody's, and which days are gone.

    `case_number` is that of whoever is booked on it or holds it; `expired` the claims whose offer nobody answered in time.
    """

    number: int
    is_extra: bool
    case_number: str
    expired: tuple[int, ...]
    stays: tuple[Stay, ...]


def sums(connection: Connection, round_ids: Iterable[int], today: date) -> dict[int, PlaceSum]:
    """The sum of the places of each of these rounds."""
    wanted = list(round_ids)
    values = {"rounds": json.dumps(wanted), "today": today.isoformat()}
    found = {
        row[0]: PlaceSum(places=row[1], booked=row[2], held=row[3], free=row[4], extra=row[5])
        for row in connection.exec_driver_sql(_SUMS, values)
    }
    return {round_id: found.get(round_id, PlaceSum(0, 0, 0, 0)) for round_id in wanted}


def places_of(connection: Connection, round_id: int, today: date) -> tuple[PlaceRow, ...]:
    """The places of a round by number, each with the claims on it over time."""
    found: dict[int, PlaceRow] = {}
    spans: dict[int, list[SpanRow]] = {}
    for row in connection.exec_driver_sql(_SPANS, {"round": round_id}):
        number, is_extra, extra_reason, booking_id, *_ = row
        found.setdefault(number, PlaceRow(number, bool(is_extra), extra_reason, ()))
        if booking_id is not None:
            spans.setdefault(number, []).append(_span(row, today))
    return tuple(PlaceRow(place.number, place.is_extra, place.extra_reason, tuple(spans.get(place.number, ()))) for place in found.values())


def ground(connection: Connection, round_id: int) -> RoundGround | None:
    """What a claim on a place of this round is judged by."""
    row = connection.connection.driver_connection.execute(_GROUND, (round_id,)).fetchone()
    if row is None:
        return None
    *_, starts_on, ends_on, last_late_start_on, cancelled_on = row
    span = RoundSpan(date.fromisoformat(starts_on), date.fromisoformat(ends_on), day_of(last_late_start_on), day_of(cancelled_on))
    return RoundGround(row[0], row[1], row[2], row[3], day_of(row[4]), row[5], row[6], span)


def untouched_place(connection: Connection, round_id: int) -> int | None:
    """The number of the lowest place that nobody has had or been offered."""
    row = connection.connection.driver_connection.execute(_UNTOUCHED, (round_id,)).fetchone()
    return row[0] if row is not None else None


def place_id(connection: Connection, round_id: int, number: int) -> int:
    """The id of a place by its number."""
    bare = connection.connection.driver_connection
    return bare.execute("SELECT id FROM place WHERE round_id = ? AND number = ?", (round_id, number)).fetchone()[0]


def taken_places(connection: Connection, round_id: int, today: date) -> tuple[TakenPlace, ...]:
    """The places of a round by number, as one who gives a place away has to see them."""
    rows: dict[int, list] = {}
    for row in connection.exec_driver_sql(_STAYS, {"round": round_id}):
        rows.setdefault(row[0], []).append(row)
    return tuple(_taken(number, of_place, today.isoformat()) for number, of_place in rows.items())


def _taken(number: int, rows: list, today: str) -> TakenPlace:
    claims = [row for row in rows if row[2] is not None]
    expired = tuple(row[2] for row in claims if row[4] == BookingState.OFFERED and (row[7] is None or row[7] < today))
    held = [row for row in claims if row[4] != BookingState.BROKEN_OFF and row[2] not in expired]
    stays = tuple(Stay(row[2], number, date.fromisoformat(row[5]), date.fromisoformat(row[6])) for row in claims)
    return TakenPlace(number, bool(rows[0][1]), held[0][3] if held else "", expired, stays)



def _span(row: tuple, today: date) -> SpanRow:
    _, _, _, booking_id, case_id, case_number, given_name, surname, is_protected, state, starts_on, ends_on, answer_by = row
    last_day = day_of(answer_by)
    return SpanRow(
        booking_id=booking_id, case_id=case_id, case_number=case_number, name=short_name(given_name, surname),
        is_protected=bool(is_protected), state=BookingState(state), starts_on=date.fromisoformat(starts_on),
        ends_on=date.fromisoformat(ends_on), answer_by=last_day,
        is_expired=state == BookingState.OFFERED and (last_day is None or last_day < today),
    )  # fmt: skip
