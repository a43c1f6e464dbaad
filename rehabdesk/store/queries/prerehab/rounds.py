"""Rounds of programmes, with how full they are; the sum of the places is `places.sums`'s."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Select, func, select

from rehabdesk.domain.claims import PlaceSum
from rehabdesk.domain.rounds import Break, RoundState, state_on, title_of
from rehabdesk.store.queries.prerehab import places
from rehabdesk.store.tables.prerehab import Occasion, Programme, Round, RoundBreak

_NAMES = (
    "id", "programme_id", "number", "name", "starts_on", "ends_on", "weeks", "start", "end", "place", "min_places", "max_places",
    "last_late_start_on", "cancelled_on", "cancelled_reason",
)  # fmt: skip


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


def rounds(connection: Connection, today: date, *, programme_id: int | None = None, year: int | None = None) -> tuple[RoundRow, ...]:
    """Rounds by their first day; of one programme, or those with a day in one calendar year, where asked."""
    query = _rounds().order_by(Round.starts_on, Programme.name_sort, Round.number)
    if programme_id is not None:
        query = query.where(Round.programme_id == programme_id)
    if year is not None:
        query = query.where(Round.starts_on <= date(year, 12, 31), Round.ends_on >= date(year, 1, 1))
    return _rows(connection, query, today)


def round_of(connection: Connection, round_id: int, today: date) -> RoundRow | None:
    """One round."""
    rows = _rows(connection, _rounds().where(Round.id == round_id), today)
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


def _rounds() -> Select:
    counted = (
        select(func.count())
        .where(Occasion.round_id == Round.id, Occasion.state != "cancelled")
        .correlate(Round)
        .scalar_subquery()
    )
    return select(
        *(getattr(Round, name) for name in _NAMES),
        Round.weekdays.label("digits"),
        Programme.name.label("programme"),
        Programme.slug.label("programme_slug"),
        counted.label("occasion_count"),
    ).join(Programme, Programme.id == Round.programme_id)


def _rows(connection: Connection, query: Select, today: date) -> tuple[RoundRow, ...]:
    found = connection.execute(query).all()
    sums = places.sums(connection, [row.id for row in found], today)
    return tuple(_row(row, sums[row.id]) for row in found)


def _row(row: object, places_sum: PlaceSum) -> RoundRow:
    values = row._asdict()
    weekdays = tuple(int(digit) for digit in values.pop("digits"))
    counts = {"booked": places_sum.booked, "held": places_sum.held, "free": places_sum.free, "extra": places_sum.extra}
    return RoundRow(**values, weekdays=weekdays, **counts)
