"""Reading series and sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Select, and_, case, func, select

from rehabdesk.domain.forum import SeriesKind, SessionState
from rehabdesk.store.tables.forum import AgendaItem, ForumSession, SessionSeries, StandingItem
from rehabdesk.store.tables.parties import Organisation


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series and its controller."""

    id: int
    name: str
    slug: str
    kind: SeriesKind
    controller_id: int
    controller_name: str
    controller_board: str
    case_prefix: str
    weekday: int
    interval_weeks: int
    start: str
    end: str
    place: str
    ended_on: date | None

    @property
    def controller(self) -> str:
        """The controller as printed: "Vara kommun, kommunstyrelsen"."""
        return f"{self.controller_name}, {self.controller_board}" if self.controller_board else self.controller_name

    @property
    def has_cases(self) -> bool:
        """Whether people's cases may be on its agenda."""
        return self.kind is SeriesKind.REHAB_FORUM


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A line of a series' standing agenda."""

    id: int
    series_id: int
    position: int
    title: str
    minutes: int
    presenter: str
    every: int
    is_last: bool


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as lists and page heads show it."""

    id: int
    series_id: int
    series_name: str
    series_slug: str
    series_kind: SeriesKind
    number: int
    held_on: date
    start: str
    end: str
    place: str
    state: SessionState
    chair: str
    secretary: str
    cancelled_reason: str
    started_at: str | None
    ended_at: str | None
    paused_at: str | None
    item_count: int
    case_count: int
    minutes_planned: int

    @property
    def reference(self) -> str:
        """SERIES/NUMBER, as the command line names it."""
        return f"{self.series_slug}/{self.number}"


def series(connection: Connection, *, ended: bool = False) -> tuple[SeriesRow, ...]:
    """All series, rehab forums first."""
    query = _series().order_by(case((SessionSeries.kind == SeriesKind.REHAB_FORUM, 0), else_=1), SessionSeries.name)
    if not ended:
        query = query.where(SessionSeries.ended_on.is_(None))
    return tuple(_series_row(row) for row in connection.execute(query))


def one_series(connection: Connection, series_id: int) -> SeriesRow | None:
    """One series."""
    row = connection.execute(_series().where(SessionSeries.id == series_id)).first()
    return _series_row(row) if row else None


def standing_items(connection: Connection, series_id: int) -> tuple[StandingRow, ...]:
    """The standing agenda of a series, in order."""
    query = (
        select(*(getattr(StandingItem, name) for name in StandingRow.__slots__))
        .where(StandingItem.series_id == series_id)
        .order_by(StandingItem.is_last, StandingItem.position, StandingItem.id)
    )
    return tuple(StandingRow(**row._asdict()) for row in connection.execute(query))


def sessions(connection: Connection, *, series_id: int | None = None, year: int | None = None) -> tuple[SessionRow, ...]:
    """Sessions, latest first; of one series or one calendar year where asked."""
    query = _sessions().order_by(ForumSession.held_on.desc(), ForumSession.start.desc(), ForumSession.id.desc())
    if series_id is not None:
        query = query.where(ForumSession.series_id == series_id)
    if year is not None:
        query = query.where(ForumSession.held_on.between(date(year, 1, 1), date(year, 12, 31)))
    return tuple(_session_row(row) for row in connection.execute(query))


def session(connection: Connection, session_id: int) -> SessionRow | None:
    """One session."""
    return _first(connection, _sessions().where(ForumSession.id == session_id))


def session_by_reference(connection: Connection, slug: str, number: int) -> int | None:
    """The id of SERIES/NUMBER."""
    query = select(ForumSession.id).join(SessionSeries, SessionSeries.id == ForumSession.series_id)
    return connection.execute(query.where(SessionSeries.slug == slug, ForumSession.number == number)).scalar()


def next_session(connection: Connection, today: date, series_id: int | None = None) -> SessionRow | None:
    """The session under way, else the next planned one from today on."""
    query = _sessions().where(
        (ForumSession.state == SessionState.UNDER_WAY)
        | and_(ForumSession.state == SessionState.PLANNED, ForumSession.held_on >= today)
    )
    if series_id is not None:
        query = query.where(ForumSession.series_id == series_id)
    query = query.order_by(case((ForumSession.state == SessionState.UNDER_WAY, 0), else_=1), ForumSession.held_on, ForumSession.start)
    return _first(connection, query)


def following_session(connection: Connection, session_id: int) -> SessionRow | None:
    """The next planned session of the same series after this one."""
    this = session(connection, session_id)
    if this is None:
        return None
    query = (
        _sessions()
        .where(
            ForumSession.series_id == this.series_id,
            ForumSession.id != this.id,
            ForumSession.state == SessionState.PLANNED,
            ForumSession.held_on >= this.held_on,
        )
        .order_by(ForumSession.held_on, ForumSession.start)
    )
    return _first(connection, query)


def latest_of_series(connection: Connection, series_id: int) -> SessionRow | None:
    """The last meeting of a series by date, whatever became of it."""
    query = _sessions().where(ForumSession.series_id == series_id).order_by(ForumSession.held_on.desc(), ForumSession.start.desc())
    return _first(connection, query)


def held_not_locked(connection: Connection) -> tuple[SessionRow, ...]:
    """Meetings that have been held and whose minutes are not locked, oldest first."""
    query = _sessions().where(ForumSession.state == SessionState.HELD).order_by(ForumSession.held_on, ForumSession.start)
    return tuple(_session_row(row) for row in connection.execute(query))


def planned_but_past(connection: Connection, today: date) -> tuple[SessionRow, ...]:
    """Meetings whose day has been and that nobody has started or cancelled, oldest first."""
    query = (
        _sessions()
        .where(ForumSession.state == SessionState.PLANNED, ForumSession.held_on < today)
        .order_by(ForumSession.held_on, ForumSession.start)
    )
    return tuple(_session_row(row) for row in connection.execute(query))


def latest_held(connection: Connection, today: date) -> SessionRow | None:
    """The latest session that has been held (or locked), rehab forums before others on the same day."""
    query = (
        _sessions()
        .where(ForumSession.state.in_((SessionState.HELD, SessionState.LOCKED)), ForumSession.held_on <= today)
        .order_by(
            case((SessionSeries.kind == SeriesKind.REHAB_FORUM, 0), else_=1), ForumSession.held_on.desc(), ForumSession.start.desc()
        )
    )
    return _first(connection, query)


def _series() -> Select:
    return select(
        SessionSeries.id,
        SessionSeries.name,
        SessionSeries.slug,
        SessionSeries.kind,
        SessionSeries.controller_id,
        Organisation.name.label("controller_name"),
        SessionSeries.controller_board,
        SessionSeries.case_prefix,
        SessionSeries.weekday,
        SessionSeries.interval_weeks,
        SessionSeries.start,
        SessionSeries.end,
        SessionSeries.place,
        SessionSeries.ended_on,
    ).join(Organisation, Organisation.id == SessionSeries.controller_id)


def _series_row(row: object) -> SeriesRow:
    values = row._asdict()
    values["kind"] = SeriesKind(values["kind"])
    return SeriesRow(**values)


def _sessions() -> Select:
    counts = (
        select(
            AgendaItem.session_id,
            func.count(AgendaItem.id).label("item_count"),
            func.sum(case((AgendaItem.kind == "case", 1), else_=0)).label("case_count"),
            func.sum(AgendaItem.minutes + AgendaItem.minutes_before).label("minutes_planned"),
        )
        .group_by(AgendaItem.session_id)
        .subquery()
    )
    return (
        select(
            ForumSession.id,
            ForumSession.series_id,
            SessionSeries.name.label("series_name"),
            SessionSeries.slug.label("series_slug"),
            SessionSeries.kind.label("series_kind"),
            ForumSession.number,
            ForumSession.held_on,
            ForumSession.start,
            ForumSession.end,
            ForumSession.place,
            ForumSession.state,
            ForumSession.chair,
            ForumSession.secretary,
            ForumSession.cancelled_reason,
            ForumSession.started_at,
            ForumSession.ended_at,
            ForumSession.paused_at,
            func.coalesce(counts.c.item_count, 0).label("item_count"),
            func.coalesce(counts.c.case_count, 0).label("case_count"),
            func.coalesce(counts.c.minutes_planned, 0).label("minutes_planned"),
        )
        .join(SessionSeries, SessionSeries.id == ForumSession.series_id)
        .outerjoin(counts, counts.c.session_id == ForumSession.id)
    )


def _first(connection: Connection, query: Select) -> SessionRow | None:
    row = connection.execute(query.limit(1)).first()
    return _session_row(row) if row else None


def _session_row(row: object) -> SessionRow:
    # In the order of the query: a table of every session makes a thousand of these at once.
    identity, (kind, *schedule), (state, *rest) = row[:4], row[4:10], row[10:]
    return SessionRow(*identity, SeriesKind(kind), *schedule, SessionState(state), *rest)
