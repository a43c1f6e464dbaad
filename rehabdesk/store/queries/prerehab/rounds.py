"""Rounds of programmes, with how full they are; the sum of the places is `places.sums`'s."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from rehabdesk.domain.claims import PlaceSum, RoundSpan
from rehabdesk.domain.rounds import Break, RoundState, state_on, title_of
from rehabdesk.store.queries.plain import day_of
from rehabdesk.store.queries.prerehab import places
from rehabdesk.store.tables.prerehab import Programme, Round, RoundBreak

# Plain SQL, in the order of `RoundRow`: a year of them is asked for again at every change.
_ROUNDS = """
    SELECT r.id, r.programme_id, p.name, p.slug, r.number, r.name, r.starts_on, r.ends_on, r.weeks, r.weekdays, r.start, r."end", r.place,
           r.min_places, r.max_places, r.last_late_start_on, r.cancelled_on, r.cancelled_reason,
           (SELECT count(*) FROM occasion AS o WHERE o.round_id = r.id AND o.state <> 'cancelled')
    FROM round AS r
    JOIN programme AS p ON p.id = r.programme_id
"""


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round as lists and page heads show it; `occasion_count` is without the cancelled ones, `weekdays` from Monday 0.

    `booked`, `held`, `free` and `extra` are those of `PlaceSum`, as of the day that was asked about.
    """

    id: int
    programme_id: int
    programme: str
    programme_slug: str
    number: int
    name: str
    starts_on: date
    ends_on: date
    weeks: int
    weekdays: tuple[int, ...]
    start: str
    end: str
    place: str
    min_places: int
    max_places: int
    last_late_start_on: date | None
    cancelled_on: date | None
    cancelled_reason: str
    occasion_count: int
    booked: int
    held: int
    free: int
    extra: int

    @property
    def title(self) -> str:
        """Its own name, or "Grön prerehab 3"."""
        return title_of(self.programme, self.number, self.name)

    @property
    def reference(self) -> str:
        """PROGRAMME/NUMBER, as the command line names it."""
        return f"{self.programme_slug}/{self.number}"

    def state(self, today: date) -> RoundState:
        """Where it stands today."""
        return state_on(today, self.starts_on, self.ends_on, self.cancelled_on)

    @property
    def places(self) -> int:
        """All its places, the extra ones too: always booked + held + free."""
        return self.booked + self.held + self.free

    @property
    def sum(self) -> PlaceSum:
        """Its places and what has become of them."""
        return PlaceSum(self.places, self.booked, self.held, self.free, self.extra)

    @property
    def span(self) -> RoundSpan:
        """Its days, as a claim on one of its places is judged by them."""
        return RoundSpan(self.starts_on, self.ends_on, self.last_late_start_on, self.cancelled_on)


def rounds(
    connection: Connection, today: date, *, programme_id: int | None = None, year: int | None = None, not_over: bool = False
) -> tuple[RoundRow, ...]:
    """Rounds by their first day; of one programme, with a day in one calendar year, or neither over nor cancelled, where asked."""
    wanted, values = [], {}
    if programme_id is not None:
        wanted.append("r.programme_id = :programme")
        values["programme"] = programme_id
    if year is not None:
        wanted.append("r.starts_on <= :last AND r.ends_on >= :first")
        values |= {"first": date(year, 1, 1).isoformat(), "last": date(year, 12, 31).isoformat()}
    if not_over:
        wanted.append("r.ends_on >= :today AND r.cancelled_on IS NULL")
        values["today"] = today.isoformat()
    where = f"WHERE {' AND '.join(wanted)}" if wanted else ""
    return _rows(connection, f"{_ROUNDS} {where} ORDER BY r.starts_on, p.name_sort, r.number", values, today)


def round_of(connection: Connection, round_id: int, today: date) -> RoundRow | None:
    """One round."""
    rows = _rows(connection, f"{_ROUNDS} WHERE r.id = :round", {"round": round_id}, today)
    return rows[0] if rows else None


def round_by_reference(connection: Connection, slug: str, number: int) -> int | None:
    """The id of PROGRAMME/NUMBER."""
    query = select(Round.id).join(Programme, Programme.id == Round.programme_id)
    return connection.execute(query.where(Programme.slug == slug, Round.number == number)).scalar()


def breaks(connection: Connection, round_id: int) -> tuple[Break, ...]:
    """The days on which a round rests, in order."""
    query = (
        select(RoundBreak.from_on, RoundBreak.to_on, RoundBreak.reason)
        .where(RoundBreak.round_id == round_id)
        .order_by(RoundBreak.from_on, RoundBreak.to_on)
    )
    return tuple(Break(row.from_on, row.to_on, row.reason) for row in connection.execute(query))


def _rows(connection: Connection, sql: str, values: Mapping[str, object], today: date) -> tuple[RoundRow, ...]:
    found = connection.exec_driver_sql(sql, values).fetchall()
    sums = places.sums(connection, [row[0] for row in found], today)
    return tuple(_row(row, sums[row[0]]) for row in found)


def _row(row: Sequence, counted: PlaceSum) -> RoundRow:
    return RoundRow(
        *row[:6], day_of(row[6]), day_of(row[7]), row[8], tuple(map(int, row[9])), *row[10:15], day_of(row[15]), day_of(row[16]), *row[17:],
        counted.booked, counted.held, counted.free, counted.extra,
    )  # fmt: skip
