"""What else somebody is booked for, in any of her cases: other rounds, items of forum sessions, and work trials."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection

from rehabdesk.domain.clashes import ClashKind, Engagement, Hours
from rehabdesk.domain.forum import box_times
from rehabdesk.domain.rounds import title_of
from rehabdesk.store.queries import cases as case_queries

_HOURS = """
    SELECT "on", start, "end" FROM occasion WHERE round_id = ? AND "on" >= ? AND state <> 'cancelled' ORDER BY "on", start
"""
# Of her cases, given as JSON; an offer that ran out is no engagement.
_ROUNDS = """
    SELECT r.id, g.name, r.number, r.name, o."on", o.start, o."end"
    FROM booking AS b
    JOIN place AS p ON p.id = b.place_id
    JOIN round AS r ON r.id = p.round_id
    JOIN programme AS g ON g.id = r.programme_id
    JOIN occasion AS o ON o.round_id = r.id AND o.state <> 'cancelled' AND o."on" BETWEEN b.starts_on AND b.ends_on
    WHERE b.case_id IN (SELECT value FROM json_each(:cases)) AND r.id <> :round AND b.state IN ('offered', 'accepted', 'started')
        AND o."on" BETWEEN :from_on AND :to_on
        AND (b.state <> 'offered' OR EXISTS (
            SELECT 1 FROM offer WHERE booking_id = b.id AND outcome = 'open' AND answer_by >= :today))
    ORDER BY r.id, o."on", o.start
"""
_SESSIONS = """
    SELECT s.id, v.name, s.held_on, s.start, i.id, i.minutes, i.minutes_before, i.case_id IN (SELECT value FROM json_each(:cases))
    FROM forum_session AS s
    JOIN session_series AS v ON v.id = s.series_id
    JOIN agenda_item AS i ON i.session_id = s.id
    WHERE s.state <> 'cancelled' AND s.held_on BETWEEN :from_on AND :to_on AND EXISTS (
        SELECT 1 FROM agenda_item AS hers WHERE hers.session_id = s.id AND hers.case_id IN (SELECT value FROM json_each(:cases)))
    ORDER BY s.held_on, s.id, i.position, i.id
"""
_TRIALS = """
    SELECT start, "end" FROM work_trial
    WHERE case_id IN (SELECT value FROM json_each(:cases)) AND start <= :to_on AND "end" >= :from_on ORDER BY start, id
"""
#: Before and after all times of a day.
_ALL_DAY = ("", "~")


def hours_of_round(connection: Connection, round_id: int, from_on: date) -> tuple[Hours, ...]:
    """When the occasions of a round are, from a day on."""
    rows = connection.exec_driver_sql(_HOURS, (round_id, from_on.isoformat()))
    return tuple(Hours(date.fromisoformat(row[0]), row[1], row[2]) for row in rows)


def engagements(
    connection: Connection, case_id: int, round_id: int, wanted: Collection[Hours], today: date
) -> tuple[Engagement, ...]:
    """What else the participant is booked for on the days of those hours, other than this round."""
    days = [hours.on for hours in wanted]
    mine = sorted(case_queries.cases_of_same_participant(connection, case_id))
    values = {
        "cases": str(mine), "round": round_id, "from_on": min(days).isoformat(), "to_on": max(days).isoformat(),
        "today": today.isoformat(),
    }  # fmt: skip
    return (*_rounds(connection, values), *_sessions(connection, values), *_trials(connection, values, frozenset(days)))


def _rounds(connection: Connection, values: dict[str, object]) -> list[Engagement]:
    found: dict[str, list[Hours]] = {}
    for _, programme, number, name, on, start, end in connection.exec_driver_sql(_ROUNDS, values):
        found.setdefault(title_of(programme, number, name), []).append(Hours(date.fromisoformat(on), start, end))
    return [Engagement(ClashKind.ROUND, title, tuple(hours)) for title, hours in found.items()]


def _sessions(connection: Connection, values: dict[str, object]) -> list[Engagement]:
    """Her own items, at the time their boxes give."""
    sessions: dict[int, list] = {}
    for row in connection.exec_driver_sql(_SESSIONS, values):
        sessions.setdefault(row[0], []).append(row)
    found: list[Engagement] = []
    for rows in sessions.values():
        _, name, held_on, start, *_ = rows[0]
        times = box_times(start, [_Box(row[5], row[6]) for row in rows])
        hers = tuple(Hours(date.fromisoformat(held_on), *time) for row, time in zip(rows, times, strict=True) if row[7])
        found.append(Engagement(ClashKind.SESSION, name, hers))
    return found


def _trials(connection: Connection, values: dict[str, object], days: frozenset[date]) -> list[Engagement]:
    found: list[Engagement] = []
    for start, end in connection.exec_driver_sql(_TRIALS, values):
        first, last = date.fromisoformat(start), date.fromisoformat(end)
        hours = tuple(Hours(day, *_ALL_DAY) for day in sorted(days) if first <= day <= last)
        found.append(Engagement(ClashKind.WORK_TRIAL, "", hours))
    return found


class _Box:
    """An item's time box."""

    def __init__(self, minutes: int, minutes_before: int) -> None:
        self.minutes = minutes
        self.minutes_before = minutes_before
