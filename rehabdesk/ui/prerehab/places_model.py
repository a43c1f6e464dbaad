"""The grid of a round as Qt sees it: a row for each place, a column for each week; the weeks of one claim say the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from rehabdesk.texts import Texts
from rehabdesk.ui.parts.rows_model import AnyIndex
from rehabdesk.ui.prerehab.places_rows import DAY, PlaceLine, Stretch
from rehabdesk.ui.prerehab.places_words import place_words, stretch_told, stretch_words

STRETCH_ROLE = Qt.ItemDataRole.UserRole + 20

# Asked for every cell that is painted: numbers, as in `parts.rows_model`.
_DISPLAY, _STRETCH = int(Qt.ItemDataRole.DisplayRole), int(STRETCH_ROLE)
_TOLD = frozenset((int(Qt.ItemDataRole.AccessibleTextRole), int(Qt.ItemDataRole.ToolTipRole)))
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class PlacesModel(QAbstractTableModel):
    """Place lines over weeks. A refresh of the same places and weeks tells views only what differs."""

    def __init__(self, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._lines: tuple[PlaceLine, ...] = ()
        self._weeks: tuple[date, ...] = ()
        #: Weeks without an occasion, by their Mondays: a break, told at the head of the column.
        self._empty: frozenset[date] = frozenset()

    @property
    def lines(self) -> tuple[PlaceLine, ...]:
        """The places as shown."""
        return self._lines

    @property
    def weeks(self) -> tuple[date, ...]:
        """The Mondays of the weeks."""
        return self._weeks

    def show_lines(self, lines: Sequence[PlaceLine], weeks: Sequence[date], empty: frozenset[date]) -> bool:
        """Show these places over these weeks, and say whether anything differs.

        Nothing is edited here, so a reset for another round loses nothing typed.
        """
        before, shown = self._lines, tuple(lines)
        same = tuple(weeks) == self._weeks and [line.id for line in before] == [line.id for line in shown]
        if not same:
            self.beginResetModel()
            self._lines, self._weeks, self._empty = shown, tuple(weeks), empty
            self.endResetModel()
            return True
        if empty == self._empty and before == shown:
            return False
        self._lines = shown
        if empty != self._empty:
            self._empty = empty
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._weeks) - 1)
        for row, (old, new) in enumerate(zip(before, shown, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._weeks) - 1), [])
            if old.place.is_extra != new.place.is_extra:
                self.headerDataChanged.emit(Qt.Orientation.Vertical, row, row)
        return True

    def stretch(self, index: AnyIndex) -> Stretch | None:
        """What an index belongs to."""
        return self._lines[index.row()].at(index.column()) if index.isValid() and index.row() < len(self._lines) else None

    # --- what Qt asks ---

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802
        """Qt's question."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802
        """Qt's question."""
        return 0 if parent.isValid() else len(self._weeks)

    def data(self, index: AnyIndex, role: int = 0) -> Any:
        """Qt's question: what a week of a place shows, or all of its claim for whoever hears it."""
        if not index.isValid() or role not in _TOLD and role not in (_DISPLAY, _STRETCH):
            return None
        line = self._lines[index.row()]
        stretch = line.at(index.column())
        if role == _STRETCH:
            return stretch
        return stretch_words(self._texts, stretch) if role == _DISPLAY else stretch_told(self._texts, line.place, stretch)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802
        """Qt's question: the weeks, and the places by number."""
        along = self._weeks if orientation is Qt.Orientation.Horizontal else self._lines
        if not 0 <= section < len(along) or role != _DISPLAY and role not in _TOLD:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self._week(self._weeks[section], told=role != _DISPLAY)
        place = self._lines[section].place
        if role != _DISPLAY:
            told = place_words(self._texts, place)
            return f"{told}: {place.extra_reason}" if place.extra_reason else told
        return self._texts.say("{number} extra", number=place.number) if place.is_extra else str(place.number)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Qt's question."""
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def _week(self, monday: date, *, told: bool) -> str:
        texts, is_empty = self._texts, monday in self._empty
        if not told:
            week = texts.say("wk {week}", week=monday.isocalendar().week)
            return f"{week}*" if is_empty else week
        words = f"{texts.week(monday)}, {texts.short_day(monday)}–{texts.short_day(monday + 4 * DAY)}"
        return f"{words}: {texts.say('no occasion')}" if is_empty else words
