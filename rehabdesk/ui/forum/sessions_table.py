"""Every meeting as a line: when, of which series, how full its agenda is, and how far it has come."""

from __future__ import annotations

from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.forum import SessionState
from rehabdesk.store.queries.forum import sessions as queries
from rehabdesk.store.queries.forum.sessions import SessionRow
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.narrowing_table import NarrowingTable
from rehabdesk.ui.forum.words import STATE_TONES, is_too_long, time_planned
from rehabdesk.ui.parts.layouts import column
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context


#: How wide the table must be for a column to be shown.
NEEDED_WIDTH = MappingProxyType({"place": 900, "planned": 820, "cases": 720, "time": 600})


class SessionsTable(QWidget):
    """The table; `opened(session_id)` when a line is opened."""

    opened = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._series_id: int | None = None
        self.table = NarrowingTable(context.theme, columns(context.texts), context.texts.say("Meetings"), NEEDED_WIDTH)
        self.table.opened.connect(self._on_opened)
        self.setLayout(column(self.table))
        self.setFocusProxy(self.table)

    def show_series(self, series_id: int | None) -> None:
        """Only the meetings of this series, or all."""
        self._series_id = series_id
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""
        rows = self._context.store.read(queries.sessions, series_id=self._series_id)
        self.table.set_rows(rows)

    def choose_nearest(self) -> None:
        """Put the keyboard's line on the meeting under way or next, the one most often wanted."""
        today = self._context.clock.today()
        rows = [
            row for row in self.table.rows_model.rows
            if row.state is SessionState.UNDER_WAY or (row.state is SessionState.PLANNED and row.held_on >= today)
        ]
        if rows:
            self.table.choose(min(rows, key=_by_nearness).id)

    def _on_opened(self, row: SessionRow) -> None:
        self.opened.emit(row.id)


def columns(texts: Texts) -> tuple[Column, ...]:
    """What is shown of a meeting."""
    return (
        Column("date", texts.name("column", "Date"), _Day(texts), sort=_by_date, accessible=_LongDay(texts)),
        Column("series", texts.name("column", "Series"), _series, bold=_is_next, stretch=True),
        Column("number", texts.name("column", "No."), _number, sort=_by_number, align_right=True),
        Column("place", texts.name("column", "Place"), _place, stretch=True),
        Column("time", texts.name("column", "Time"), _Times(texts), sort=_by_start),
        Column("cases", texts.name("column", "Cases"), _cases, sort=_by_cases, align_right=True),
        Column("planned", texts.name("column", "Planned"), _Planned(texts), sort=_by_minutes, tone=_planned_tone),
        Column("state", texts.name("column", "State"), _State(texts), tone=_state_tone, tooltip=_reason),
    )


class _InWords:
    def __init__(self, texts: Texts) -> None:
        self._texts = texts


class _Day(_InWords):
    def __call__(self, row: SessionRow) -> str:
        texts = self._texts
        return f"{texts.date(row.held_on)} {texts.short_weekday(row.held_on)} {texts.week(row.held_on)}"


class _LongDay(_InWords):
    def __call__(self, row: SessionRow) -> str:
        return f"{self._texts.weekday_date(row.held_on)}, {self._texts.week(row.held_on)}"


class _Times(_InWords):
    def __call__(self, row: SessionRow) -> str:
        return self._texts.time_span(row.start, row.end)


class _Planned(_InWords):
    def __call__(self, row: SessionRow) -> str:
        words = time_planned(self._texts, row)
        return self._texts.say("{time}, too long", time=words) if is_too_long(row) else words


class _State(_InWords):
    def __call__(self, row: SessionRow) -> str:
        return self._texts.term(row.state)


def _by_date(row: SessionRow) -> tuple[object, ...]:
    return row.held_on, row.start, row.id


def _by_nearness(row: SessionRow) -> tuple[object, ...]:
    return row.state is not SessionState.UNDER_WAY, row.held_on, row.start


def _by_number(row: SessionRow) -> int:
    return row.number


def _by_start(row: SessionRow) -> str:
    return row.start


def _by_cases(row: SessionRow) -> int:
    return row.case_count


def _by_minutes(row: SessionRow) -> int:
    return row.minutes_planned


def _series(row: SessionRow) -> str:
    return row.series_name


def _is_next(row: SessionRow) -> bool:
    return row.state in (SessionState.PLANNED, SessionState.UNDER_WAY)


def _number(row: SessionRow) -> str:
    return str(row.number)


def _place(row: SessionRow) -> str:
    return row.place


def _cases(row: SessionRow) -> str:
    return str(row.case_count) if row.case_count else ""


def _planned_tone(row: SessionRow) -> Tone | None:
    return Tone.AMBER if is_too_long(row) and row.state is SessionState.PLANNED else None


def _state_tone(row: SessionRow) -> Tone:
    return STATE_TONES[row.state]


def _reason(row: SessionRow) -> str:
    return row.cancelled_reason
