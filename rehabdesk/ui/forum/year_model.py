"""A year as cells: twelve months side by side, each with its ISO weeks, and what is known of every day."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from rehabdesk.domain import swedish
from rehabdesk.domain.session_dates import HolidayWeeks
from rehabdesk.store.queries.forum.sessions import SessionRow

CELL_ROLE = Qt.ItemDataRole.UserRole + 20
#: Title, weekdays, and the six weeks a month can touch.
BLOCK_ROWS = 8
#: The week number, seven days, and a gap.
BLOCK_COLUMNS = 9

AnyIndex = QModelIndex | QPersistentModelIndex


class CellKind(StrEnum):
    """What stands in a cell."""

    MONTH = "month"
    WEEKDAY = "weekday"
    WEEK = "week"
    DAY = "day"


class DayKind(StrEnum):
    """Why a day is no ordinary day for a meeting."""

    ORDINARY = "ordinary"
    WEEKEND = "weekend"
    FREE = "free"
    SQUEEZE = "squeeze"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a day, or something that explains days."""

    kind: CellKind
    text: str
    day: date | None = None
    day_kind: DayKind = DayKind.ORDINARY
    in_holiday_week: bool = False
    sessions: tuple[SessionRow, ...] = ()


class YearModel(QAbstractTableModel):
    """The cells of one year, `across` months beside one another."""

    def __init__(self, weeks: HolidayWeeks, month_name: Callable[[date], str], weekdays: Sequence[str],
                 in_words: Callable[[date, Sequence[SessionRow]], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._weeks = weeks
        self._month_name = month_name
        self._weekdays = tuple(weekdays)
        self._in_words = in_words
        self._cells: dict[tuple[int, int], Cell] = {}
        self._places: dict[date, tuple[int, int]] = {}
        self._sessions: Mapping[date, tuple[SessionRow, ...]] = {}
        self.year = 0
        self.across = 4

    def show_year(self, year: int, across: int, sessions: Mapping[date, tuple[SessionRow, ...]]) -> None:
        """Lay out a year. Nothing is edited here, so a reset loses nothing that was typed."""
        self.beginResetModel()
        self.year, self.across, self._sessions = year, across, sessions
        self._cells, self._places = {}, {}
        for month in range(1, 13):
            self._lay_out(month, (month - 1) // across * BLOCK_ROWS, (month - 1) % across * BLOCK_COLUMNS)
        self.endResetModel()

    def cell(self, index: AnyIndex) -> Cell | None:
        """What stands there."""
        return self._cells.get((index.row(), index.column()))

    def index_of(self, day: date) -> QModelIndex:
        """Where a day stands; an invalid index for another year."""
        place = self._places.get(day)
        return self.index(*place) if place is not None else QModelIndex()

    # --- what Qt asks ---

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802
        """Qt's question."""
        return 0 if parent.isValid() or not self.year else -(-12 // self.across) * BLOCK_ROWS

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802
        """Qt's question."""
        return 0 if parent.isValid() or not self.year else self.across * BLOCK_COLUMNS - 1

    def data(self, index: AnyIndex, role: int = 0) -> Any:
        """Qt's question: the text of a cell, or a whole day in words for whoever hears it."""
        cell = self.cell(index)
        if cell is None:
            return None
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._in_words(cell.day, cell.sessions) if cell.kind is CellKind.DAY else cell.text
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Qt's question: one can stand on days only."""
        cell = self.cell(index)
        if cell is None or cell.kind is not CellKind.DAY:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    # --- internals ---

    def _lay_out(self, month: int, top: int, left: int) -> None:
        first = date(self.year, month, 1)
        self._cells[top, left] = Cell(CellKind.MONTH, self._month_name(first), first)
        for place, words in enumerate(self._weekdays):
            self._cells[top + 1, left + 1 + place] = Cell(CellKind.WEEKDAY, words)
        length = calendar.monthrange(self.year, month)[1]
        for number in range(length):
            day = first + timedelta(days=number)
            row = top + 2 + (number + first.weekday()) // 7
            place = (row, left + 1 + day.weekday())
            lies_in = self._weeks.period(day) is not None
            self._cells[place] = Cell(CellKind.DAY, str(day.day), day, _kind(day), lies_in, self._sessions.get(day, ()))
            self._places[day] = place
            self._cells[row, left] = Cell(CellKind.WEEK, str(swedish.week(day)), day, in_holiday_week=lies_in)


def _kind(day: date) -> DayKind:
    if swedish.free_day(day) is not None:
        return DayKind.FREE
    if day.weekday() >= swedish.SATURDAY:
        return DayKind.WEEKEND
    return DayKind.SQUEEZE if swedish.is_squeeze_day(day) else DayKind.ORDINARY
