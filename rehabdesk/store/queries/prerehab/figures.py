"""What figures of pre-rehabilitation are reckoned from: rounds with their places and days, and claims without anybody's name."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection

from rehabdesk.domain.figures import ClaimFacts, RoundFacts
from rehabdesk.domain.identity import LegalSex
from rehabdesk.domain.prerehab import BookingState, BreakOffReason
from rehabdesk.domain.rounds import title_of
from rehabdesk.store.queries.plain import day_of

# Plain SQL: all rounds and claims of years are asked for at a time.
_OF_PROGRAMME = "(:programme IS NULL OR {}.programme_id = :programme)"
_ROUNDS = f"""
    SELECT r.id, r.programme_id, g.name, r.number, r.name, g.fill_target, r.starts_on, r.last_late_start_on, r.cancelled_on IS NOT NULL
    FROM round AS r JOIN programme AS g ON g.id = r.programme_id WHERE {_OF_PROGRAMME.format("r")}
    ORDER BY r.starts_on, g.name_sort, r.number
"""
_PLACES = f"""
    SELECT p.round_id, p.id FROM place AS p JOIN round AS r ON r.id = p.round_id
    WHERE p.is_extra = 0 AND {_OF_PROGRAMME.format("r")} ORDER BY p.number
"""
_DAYS = f"""
    SELECT o.round_id, o."on" FROM occasion AS o JOIN round AS r ON r.id = o.round_id
    WHERE o.state <> 'cancelled' AND {_OF_PROGRAMME.format("r")} ORDER BY o."on"
"""
_CLAIMS = f"""
    SELECT b.id, b.programme_id, c.participant_id, m.legal_sex, b.state, b.asked_on, p.round_id, b.place_id, coalesce(p.is_extra, 0),
           b.starts_on, b.ends_on, (SELECT min(offered_on) FROM offer WHERE booking_id = b.id), b.break_off_reason,
           EXISTS (SELECT 1 FROM offer WHERE booking_id = b.id AND outcome = 'open' AND answer_by >= :today), b.is_ready, b.ready_from
    FROM booking AS b
    JOIN "case" AS c ON c.id = b.case_id
    JOIN participant AS m ON m.id = c.participant_id
    LEFT JOIN place AS p ON p.id = b.place_id
    WHERE {_OF_PROGRAMME.format("b")}
    ORDER BY b.position, b.asked_on, b.id
"""
_EXTRAS = """
    SELECT p.round_id, p.extra_reason FROM place AS p
    WHERE p.is_extra = 1 AND p.round_id IN (SELECT value FROM json_each(:rounds)) AND EXISTS (
        SELECT 1 FROM booking WHERE place_id = p.id AND state IN ('accepted', 'started', 'completed', 'broken_off'))
    ORDER BY p.round_id, p.number
"""
_ASKED = """
    SELECT o.round_id, c.participant_id FROM offer AS o JOIN booking AS b ON b.id = o.booking_id JOIN "case" AS c ON c.id = b.case_id
    WHERE o.round_id IN (SELECT value FROM json_each(:rounds))
    UNION
    SELECT p.round_id, c.participant_id FROM booking AS b JOIN place AS p ON p.id = b.place_id JOIN "case" AS c ON c.id = b.case_id
    WHERE p.round_id IN (SELECT value FROM json_each(:rounds))
"""


def rounds(connection: Connection, programme_id: int | None = None) -> tuple[RoundFacts, ...]:
    """All rounds by their first day, of one programme or of all, the cancelled ones too."""
    of = {"programme": programme_id}
    places: dict[int, list[int]] = {}
    days: dict[int, list[date]] = {}
    for round_id, place_id in connection.exec_driver_sql(_PLACES, of):
        places.setdefault(round_id, []).append(place_id)
    for round_id, day in connection.exec_driver_sql(_DAYS, of):
        days.setdefault(round_id, []).append(date.fromisoformat(day))
    return tuple(
        RoundFacts(
            id=round_id, programme_id=its_programme, programme=programme, title=title_of(programme, number, name), fill_target=target,
            starts_on=date.fromisoformat(starts_on), last_late_start_on=day_of(last_late_start_on), is_cancelled=bool(is_cancelled),
            place_ids=tuple(places.get(round_id, ())), occasions=tuple(days.get(round_id, ())),
        )
        for round_id, its_programme, programme, number, name, target, starts_on, last_late_start_on, is_cancelled in (
            connection.exec_driver_sql(_ROUNDS, of)
        )
    )  # fmt: skip


def claims(connection: Connection, today: date, programme_id: int | None = None) -> tuple[ClaimFacts, ...]:
    """All claims on one programme or on all; in the order of the waiting list."""
    return tuple(_claim(row) for row in connection.exec_driver_sql(_CLAIMS, {"programme": programme_id, "today": today.isoformat()}))


def extras(connection: Connection, round_ids: Iterable[int]) -> tuple[tuple[int, str], ...]:
    """The extra places of these rounds that somebody has or had said yes to: round, and the reason stated."""
    rows = connection.exec_driver_sql(_EXTRAS, {"rounds": json.dumps(sorted(round_ids))})
    return tuple((round_id, reason) for round_id, reason in rows)


def asked(connection: Connection, round_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """The participants who were offered a place in each of these rounds, or said yes to one without an offer; in one question."""
    found: dict[int, set[int]] = {round_id: set() for round_id in round_ids}
    for round_id, participant_id in connection.exec_driver_sql(_ASKED, {"rounds": json.dumps(sorted(found))}):
        found[round_id].add(participant_id)
    return {round_id: frozenset(participants) for round_id, participants in found.items()}


def _claim(row: tuple) -> ClaimFacts:
    (
        booking_id, programme_id, participant_id, sex, state, asked_on, round_id, place_id, is_extra, starts_on, ends_on, offered_on,
        reason, is_held, is_ready, ready_from,
    ) = row  # fmt: skip
    return ClaimFacts(
        id=booking_id,
        programme_id=programme_id,
        participant_id=participant_id,
        sex=LegalSex(sex) if sex else None,
        state=BookingState(state),
        asked_on=date.fromisoformat(asked_on),
        round_id=round_id,
        place_id=place_id,
        is_extra=bool(is_extra),
        starts_on=day_of(starts_on),
        ends_on=day_of(ends_on),
        first_offered_on=day_of(offered_on),
        reason=BreakOffReason(reason) if reason else None,
        is_held=bool(is_held) and state == BookingState.OFFERED,
        is_ready=bool(is_ready),
        ready_from=day_of(ready_from),
    )
