"""What must hold of places in any order of events, asked in plain SQL that shares nothing with the queries of the program."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from rehabdesk.domain.claims import PlaceSum
from rehabdesk.store.queries.prerehab import places
from rehabdesk.store.store import Store

#: Everything a verb about claims may touch and a step back must bring back.
TABLES = ("booking", "offer", "pass_over", "place", "round", "round_break", "action", "action_event", "action_plan", "case", "follow_up", "occasion")

Dump = dict[str, tuple]


def dump(store: Store) -> Dump:
    """Every row of those tables, in order."""
    return store.read(_dump)


def check(store: Store) -> None:
    """Raise AssertionError for whatever does not hold."""
    store.read(_check, store.clock.today())


def raw_sums(connection: Connection, today: date) -> dict[int, PlaceSum]:
    """The sums of all rounds, counted row by row."""
    limits = dict(connection.exec_driver_sql("SELECT id, max_places FROM round").fetchall())
    counted = {round_id: {"booked": set(), "held": set(), "extra": set()} for round_id in limits}
    rows = connection.exec_driver_sql(
        "SELECT p.round_id, p.id, p.is_extra, b.state, "
        "(SELECT answer_by FROM offer WHERE booking_id = b.id AND outcome = 'open') FROM booking AS b JOIN place AS p ON p.id = b.place_id"
    ).fetchall()
    for round_id, place_id, is_extra, state, answer_by in rows:
        kind = "booked" if state in ("accepted", "started", "completed") else "held" if state == "offered" and answer_by >= str(today) else None
        if kind is not None:
            counted[round_id][kind].add(place_id)
            if is_extra:
                counted[round_id]["extra"].add(place_id)
    found = {}
    for round_id, limit in limits.items():
        booked, held, extra = (len(counted[round_id][kind]) for kind in ("booked", "held", "extra"))
        found[round_id] = PlaceSum(limit + extra, booked, held, limit + extra - booked - held, extra)
    return found


def _dump(connection: Connection) -> Dump:
    return {table: tuple(map(tuple, connection.exec_driver_sql(f'SELECT * FROM "{table}" ORDER BY id'))) for table in TABLES}


def _check(connection: Connection, today: date) -> None:
    _check_places(connection)
    _check_offers(connection)
    sums = raw_sums(connection, today)
    assert places.sums(connection, sums, today) == sums
    assert all(each.free >= 0 for each in sums.values())


def _none(connection: Connection, query: str) -> None:
    found = connection.exec_driver_sql(query).fetchall()
    assert not found, (query, found)


def _check_places(connection: Connection) -> None:
    # On the first day of any claim: as many people as there are places that day, the extra ones with a reason counted.
    _none(connection, """
        SELECT r.id, day.starts_on, count(*) FROM round AS r
        JOIN place AS own ON own.round_id = r.id JOIN booking AS day ON day.place_id = own.id
        JOIN place AS p ON p.round_id = r.id JOIN booking AS b ON b.place_id = p.id AND b.starts_on <= b.ends_on
            AND day.starts_on BETWEEN b.starts_on AND b.ends_on
        GROUP BY r.id, day.id
        HAVING count(*) > r.max_places + (SELECT count(*) FROM place AS x WHERE x.round_id = r.id AND x.is_extra AND trim(x.extra_reason) <> '')
    """)
    _none(connection, """
        SELECT a.id, b.id FROM booking AS a JOIN booking AS b ON a.id < b.id AND a.place_id = b.place_id
        WHERE a.starts_on <= b.ends_on AND b.starts_on <= a.ends_on AND a.starts_on <= a.ends_on AND b.starts_on <= b.ends_on
    """)
    _none(connection, """
        SELECT r.id FROM round AS r LEFT JOIN place AS p ON p.round_id = r.id AND NOT p.is_extra
        GROUP BY r.id HAVING count(p.id) <> r.max_places OR max(p.number) <> r.max_places OR min(p.number) <> 1
    """)
    # An extra place is there for a claim, and past the limit.
    _none(connection, "SELECT id FROM place WHERE is_extra AND NOT EXISTS (SELECT 1 FROM booking WHERE place_id = place.id)")
    _none(connection, "SELECT p.id FROM place AS p JOIN round AS r ON r.id = p.round_id WHERE p.is_extra AND p.number <= r.max_places")
    _none(connection, """
        SELECT b.id FROM booking AS b JOIN place AS p ON p.id = b.place_id JOIN round AS r ON r.id = p.round_id
        WHERE r.programme_id <> b.programme_id OR b.starts_on < r.starts_on
            OR (b.ends_on > r.ends_on AND b.state IN ('offered', 'accepted', 'started'))
    """)


def _check_offers(connection: Connection) -> None:
    _none(connection, """
        SELECT b.id FROM booking AS b
        WHERE (b.state = 'offered') <> EXISTS (SELECT 1 FROM offer WHERE booking_id = b.id AND outcome = 'open')
    """)
    # After a no there is no further offer on that claim.
    _none(connection, """
        SELECT o.id FROM offer AS no JOIN offer AS o ON o.booking_id = no.booking_id AND o.id > no.id WHERE no.outcome = 'declined'
    """)
    _none(connection, "SELECT b.id FROM booking AS b JOIN offer AS o ON o.booking_id = b.id WHERE o.outcome = 'declined' AND b.state <> 'declined'")
    # Nobody has a place who was never offered one.
    _none(connection, "SELECT id FROM booking WHERE place_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM offer WHERE booking_id = booking.id)")
    # A closed case waits for nothing.
    _none(connection, """
        SELECT b.id FROM booking AS b JOIN "case" AS c ON c.id = b.case_id
        WHERE c.closed_on IS NOT NULL AND b.state IN ('registered', 'offered', 'accepted', 'started')
    """)
