"""Session series: who is controller, when they meet, who usually sits there, and the agenda every session starts from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TypedDict, Unpack

from sqlalchemy import select

from rehabdesk.domain.forum import SeriesKind
from rehabdesk.domain.problems import Problem, refuse_if
from rehabdesk.domain.series import KnownSeries, SeriesDetails, problems_with_series, problems_with_standing_item, slug_of
from rehabdesk.services.checks import existing, line
from rehabdesk.store.history import Label
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.forum import sessions as queries
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.cases import Case
from rehabdesk.store.tables.forum import SeriesMember, SessionSeries, StandingItem
from rehabdesk.store.tables.parties import Contact

_DETAILS = tuple(SeriesDetails.__dataclass_fields__)


class SeriesChanges(TypedDict, total=False):
    """What can be changed of a series; what is left out stays."""

    name: str
    kind: SeriesKind
    controller_id: int
    controller_board: str
    case_prefix: str
    weekday: int
    interval_weeks: int
    start: str
    end: str
    place: str


class StandingChanges(TypedDict, total=False):
    """What can be changed of a line of the standing agenda."""

    title: str
    minutes: int
    presenter: str
    every: int
    is_last: bool


def create_series(store: Store, details: SeriesDetails, *, slug: str | None = None, member_ids: Iterable[int] = ()) -> int:
    """Begin a series; returns its id. Its name on the command line is made of its name, unless `slug` gives one."""
    details = _cleaned(details)
    with store.write(Label("series.created", {"name": details.name})) as writing:
        _refuse_series(writing, None, details)
        taken = writing.session.scalars(select(SessionSeries.slug)).all()
        series = SessionSeries(**{name: getattr(details, name) for name in _DETAILS}, slug=slug_of(slug or details.name, taken))
        writing.session.add(series)
        writing.flush()
        _set_members(writing, series.id, set(member_ids))
        return series.id


def change_series(store: Store, series_id: int, **changes: Unpack[SeriesChanges]) -> None:
    """Change a series. Its name on the command line stays: papers and scripts refer to it."""
    with store.write(Label("series.changed"), merge_key=("series", series_id, tuple(changes))) as writing:
        series = existing(writing, SessionSeries, series_id, "series")
        before = _details_of(series)
        details = _cleaned(replace(before, **changes))
        _refuse_series(writing, series_id, details)
        if before.kind is SeriesKind.REHAB_FORUM and details.kind is not before.kind:
            has_cases = writing.session.scalar(select(Case.id).where(Case.series_id == series_id).limit(1)) is not None
            refuse_if([Problem("series.has_cases", "kind")] if has_cases else [])
        for name in changes:
            setattr(series, name, getattr(details, name))


def end_series(store: Store, series_id: int, on: date | None = None) -> None:
    """A series is held no more, from today or another day; its sessions stay."""
    with store.write(Label("series.ended")) as writing:
        existing(writing, SessionSeries, series_id, "series").ended_on = on or writing.today


def reopen_series(store: Store, series_id: int) -> None:
    """An ended series is held again."""
    with store.write(Label("series.reopened")) as writing:
        existing(writing, SessionSeries, series_id, "series").ended_on = None


def set_members(store: Store, series_id: int, contact_ids: Iterable[int]) -> None:
    """Those who usually sit at the table: these, and nobody else."""
    with store.write(Label("series.members_changed")) as writing:
        existing(writing, SessionSeries, series_id, "series")
        _set_members(writing, series_id, set(contact_ids))


def add_standing_item(store: Store, series_id: int, *, after_id: int | None = None, **values: Unpack[StandingChanges]) -> int:
    """Put a line on the standing agenda, after another or at the end of its part; returns its id."""
    with store.write(Label("series.standing_added")) as writing:
        existing(writing, SessionSeries, series_id, "series")
        item = StandingItem(series_id=series_id, position=0, title="", minutes=5, presenter="", every=1, is_last=False)
        _fill_standing(item, values)
        part = _standing_part(writing, series_id, item.is_last)
        place = next((place for place, other in enumerate(part, start=1) if other.id == after_id), len(part))
        writing.session.add(item)
        _number([*part[:place], item, *part[place:]])
        writing.flush()
        return item.id


def change_standing_item(store: Store, item_id: int, **changes: Unpack[StandingChanges]) -> None:
    """Change a line of the standing agenda."""
    with store.write(Label("series.standing_changed"), merge_key=("standing", item_id, tuple(changes))) as writing:
        _fill_standing(existing(writing, StandingItem, item_id, "standing"), changes)


def remove_standing_item(store: Store, item_id: int) -> None:
    """Take a line off the standing agenda; sessions that were planned with it keep theirs."""
    with store.write(Label("series.standing_removed")) as writing:
        writing.session.delete(existing(writing, StandingItem, item_id, "standing"))


def move_standing_item(store: Store, item_id: int, place: int, *, is_last: bool) -> None:
    """Give a line its place (0 first) in the part before the cases, or with `is_last` in the part after them."""
    with store.write(Label("series.standing_moved")) as writing:
        item = existing(writing, StandingItem, item_id, "standing")
        part = [other for other in _standing_part(writing, item.series_id, is_last) if other is not item]
        part.insert(max(0, min(place, len(part))), item)
        item.is_last = is_last
        _number(part)


def _standing_part(writing: Writing, series_id: int, is_last: bool) -> list[StandingItem]:
    rows = writing.read(queries.standing_items, series_id)
    return [existing(writing, StandingItem, row.id, "standing") for row in rows if row.is_last == is_last]


def _number(part: Iterable[StandingItem]) -> None:
    for position, item in enumerate(part):
        item.position = position


def _fill_standing(item: StandingItem, values: StandingChanges) -> None:
    for name in ("title", "presenter"):
        if name in values:
            setattr(item, name, line(values[name], name))
    for name in ("minutes", "every", "is_last"):
        if name in values:
            setattr(item, name, values[name])
    refuse_if(problems_with_standing_item(item.title, item.minutes, item.every))


def _set_members(writing: Writing, series_id: int, wanted: set[int]) -> None:
    known = set(writing.session.scalars(select(SeriesMember.contact_id).where(SeriesMember.series_id == series_id)))
    for contact_id in known - wanted:
        writing.session.delete(existing(writing, SeriesMember, (series_id, contact_id), "contact"))
    for contact_id in wanted - known:
        existing(writing, Contact, contact_id, "contact")
        writing.session.add(SeriesMember(series_id=series_id, contact_id=contact_id))


def _cleaned(details: SeriesDetails) -> SeriesDetails:
    return replace(
        details,
        name=line(details.name, "name"),
        controller_board=line(details.controller_board, "controller_board"),
        case_prefix=line(details.case_prefix, "case_prefix").upper(),
        place=line(details.place, "place"),
    )


def _details_of(series: SessionSeries) -> SeriesDetails:
    values = {name: getattr(series, name) for name in _DETAILS}
    return SeriesDetails(**{**values, "kind": SeriesKind(series.kind)})


def _refuse_series(writing: Writing, series_id: int | None, details: SeriesDetails) -> None:
    controller = writing.read(party_queries.organisation, details.controller_id)
    others = [
        KnownSeries(row.id, row.name, row.case_prefix) for row in writing.read(queries.series, ended=True) if row.id != series_id
    ]
    refuse_if(problems_with_series(details, controller.kind if controller else None, others))
    if details.case_prefix and (used_by := _who_numbers_with(writing, series_id, details.case_prefix)):
        refuse_if([Problem("series.prefix_taken", "case_prefix", {"prefix": details.case_prefix, "series": used_by})])


def _who_numbers_with(writing: Writing, series_id: int | None, prefix: str) -> str | None:
    """Another series whose cases carry the prefix, though it may number new ones otherwise by now."""
    query = (
        select(SessionSeries.name)
        .join(Case, Case.series_id == SessionSeries.id)
        .where(Case.number.startswith(f"{prefix}-", autoescape=True), SessionSeries.id != (series_id or 0))
    )
    return writing.session.scalar(query.limit(1))
