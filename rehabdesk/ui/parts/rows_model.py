"""The model behind every table: frozen rows, shown through columns, changed by a keyed difference, never reset.

A refresh says which rows came, went, moved or changed, so that the selection, the scroll position and an open editor
stay where they were.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from rehabdesk.ui.parts.tokens import Tone

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
TONE_ROLE = Qt.ItemDataRole.UserRole + 2
SORT_ROLE = Qt.ItemDataRole.UserRole + 3
MUTED_ROLE = Qt.ItemDataRole.UserRole + 4
BOLD_ROLE = Qt.ItemDataRole.UserRole + 5
MOST_SINGLE_MOVES = 24
MOST_STRETCHES = 24
"""Rows that come or go in more places than this are brought together first: a view does work for every place."""

AnyIndex = QModelIndex | QPersistentModelIndex

# Qt asks some ten things about every cell it paints, by number; an enum's own comparison would cost more than the answer.
_DISPLAY, _EDIT, _ALIGNMENT = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.EditRole), int(Qt.ItemDataRole.TextAlignmentRole)
_TOOL_TIP, _ACCESSIBLE = int(Qt.ItemDataRole.ToolTipRole), int(Qt.ItemDataRole.AccessibleTextRole)
_CHECK_STATE = int(Qt.ItemDataRole.CheckStateRole)
_ANSWERED = frozenset((
    _DISPLAY, _EDIT, _ALIGNMENT, _TOOL_TIP, _ACCESSIBLE, _CHECK_STATE,
    int(ROW_ROLE), int(TONE_ROLE), int(SORT_ROLE), int(MUTED_ROLE), int(BOLD_ROLE),
))


class HasId(Protocol):
    """What a row must have: an id that stays the same while the row changes."""

    @property
    def id(self) -> Any:
        """The key of the difference."""


@dataclass(frozen=True, slots=True)
class Column:
    """How one property of a row is shown.

    `sort` gives what to order by (without it the text is used; `sortable=False` forbids it). `tone` makes a badge of
    the text (None for that row: plain text). `edit` makes the cell editable; it may raise `Refused`. `checked` shows a
    tick box, `check` lets it be changed.
    """

    key: str
    title: str
    text: Callable[[Any], str]
    sort: Callable[[Any], Any] | None = None
    tooltip: Callable[[Any], str] | None = None
    tone: Callable[[Any], Tone | None] | None = None
    accessible: Callable[[Any], str] | None = None
    muted: Callable[[Any], bool] | bool = False
    bold: Callable[[Any], bool] | bool = False
    align_right: bool = False
    stretch: bool = False
    sortable: bool = True
    edit: Callable[[Any, str], None] | None = None
    checked: Callable[[Any], bool] | None = None
    check: Callable[[Any, bool], None] | None = None

    def is_bold(self, row: Any) -> bool:
        """Whether this column shows `row` in bold."""
        return self.bold(row) if callable(self.bold) else self.bold

    def order(self, row: Any) -> Any:
        """What this column orders `row` by."""
        return self.sort(row) if self.sort is not None else self.text(row).casefold()


class RowsModel(QAbstractTableModel):
    """Frozen rows in a table; rows are known by their `id`."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._alignments = tuple(map(_alignment, self._columns))
        self._flags = tuple(map(_flags, self._columns))
        self._rows: list[Any] = []
        self._place: dict[Any, int] = {}
        self._given: tuple[Any, ...] = ()
        self._sort_column = -1
        self._sort_order = Qt.SortOrder.AscendingOrder

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in order."""
        return self._columns

    @property
    def rows(self) -> tuple[Any, ...]:
        """The rows as shown."""
        return tuple(self._rows)

    def row_at(self, index: AnyIndex) -> Any | None:
        """The row under an index, or None."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def index_of(self, row_id: Any, column: int = 0) -> QModelIndex:
        """Where the row with this id is; an invalid index when it is not here."""
        place = self._place.get(row_id)
        return QModelIndex() if place is None else self.index(place, column)

    def set_rows(self, rows: Sequence[HasId]) -> None:
        """Show these rows instead, telling views only what differs."""
        self._given = tuple(rows)
        wanted = self._sorted(self._given)
        keys = [row.id for row in wanted]
        if len(set(keys)) != len(keys):
            raise ValueError("two rows have the same id")
        self._remove_missing(set(keys))
        self._reorder(keys)
        self._insert_new(wanted)
        self._update(wanted)

    # --- what Qt asks ---

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802
        """Qt's question."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802
        """Qt's question."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802
        """Qt's question: the titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignments[section]
        return None

    def data(self, index: AnyIndex, role: int = 0) -> Any:
        """Qt's question: what a cell shows."""
        if role not in _ANSWERED:
            return None
        # Asked ten times for each cell: no call that can be spared. An invalid index has no row.
        at = index.row()
        if not 0 <= at < len(self._rows):
            return None
        row, place = self._rows[at], index.column()
        if role in (_DISPLAY, _EDIT):
            return self._columns[place].text(row)
        if role == _ALIGNMENT:
            return self._alignments[place]
        return self._extra(self._columns[place], row, role)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Qt's question: what may be done with a cell."""
        return self._flags[index.column()] if index.isValid() else Qt.ItemFlag.NoItemFlags

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Qt's request: hand an edit to the column. The row itself changes when the store has been asked again."""
        row = self.row_at(index)
        if row is None:
            return False
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.EditRole and column.edit is not None:
            if str(value) != column.text(row):
                column.edit(row, str(value))
            return True
        if role == Qt.ItemDataRole.CheckStateRole and column.check is not None:
            column.check(row, Qt.CheckState(value) is Qt.CheckState.Checked)
            return True
        return False

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; -1 gives back the order the rows came in."""
        if column >= len(self._columns) or (column >= 0 and not self._columns[column].sortable):
            return
        self._sort_column, self._sort_order = column, order
        self._reorder([row.id for row in self._sorted(self._given)])

    # --- internals ---

    @staticmethod
    def _extra(column: Column, row: Any, role: int) -> Any:
        if role == _TOOL_TIP:
            return column.tooltip(row) if column.tooltip is not None else None
        if role == _ACCESSIBLE:
            told = column.accessible(row) if column.accessible is not None else column.text(row)
            return f"{column.title}: {told}"
        if role == _CHECK_STATE:
            if column.checked is None:
                return None
            return Qt.CheckState.Checked if column.checked(row) else Qt.CheckState.Unchecked
        if role == TONE_ROLE:
            return column.tone(row) if column.tone is not None else None
        if role == MUTED_ROLE:
            return column.muted(row) if callable(column.muted) else column.muted
        if role == BOLD_ROLE:
            return column.is_bold(row)
        if role == SORT_ROLE:
            return column.order(row)
        return row if role == ROW_ROLE else None

    def _sorted(self, rows: Sequence[Any]) -> list[Any]:
        if self._sort_column < 0:
            return list(rows)
        backwards = self._sort_order is Qt.SortOrder.DescendingOrder
        return sorted(rows, key=self._columns[self._sort_column].order, reverse=backwards)

    def _remove_missing(self, wanted: set[Any]) -> None:
        doomed = [place for place, row in enumerate(self._rows) if row.id not in wanted]
        stretches = _runs(doomed)
        if len(stretches) > MOST_STRETCHES:
            kept = [row.id for row in self._rows if row.id in wanted]
            self._move_all([*kept, *(self._rows[place].id for place in doomed)])
            stretches = [(len(kept), len(self._rows) - 1)]
        for first, last in reversed(stretches):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._rows[first:last + 1]
            self.endRemoveRows()
        if doomed:
            self._index_places()

    def _reorder(self, keys: Sequence[Any]) -> None:
        """Bring the rows that are here into the order of `keys` (which may name rows that are not here yet)."""
        order = [key for key in keys if key in self._place]
        places = [self._place[key] for key in order]
        staying = _longest_rising(places)
        moved = [key for key, place in zip(order, places, strict=True) if place not in staying]
        if not moved:
            return
        if len(moved) <= MOST_SINGLE_MOVES:
            self._move_singly(order, set(moved))
        else:
            self._move_all(order)

    def _move_singly(self, order: Sequence[Any], moved: set[Any]) -> None:
        for target, key in enumerate(order):
            source = self._place[key]
            if key not in moved or source == target:
                continue
            # Rows still to be moved may lie in between, so each is put right behind the one before it in the order.
            after = self._place[order[target - 1]] + 1 if target else 0
            if after in (source, source + 1):
                continue
            self.beginMoveRows(QModelIndex(), source, source, QModelIndex(), after)
            row = self._rows.pop(source)
            self._rows.insert(after if after < source else after - 1, row)
            self._index_places()
            self.endMoveRows()

    def _move_all(self, order: Sequence[Any]) -> None:
        # With its arguments this signal crashes PySide6 6.11 (tried).
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self._rows[index.row()].id for index in before]
        self._rows = [self._rows[self._place[key]] for key in order]
        self._index_places()
        after = [self.index(self._place[key], index.column()) for key, index in zip(keys, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _insert_new(self, wanted: Sequence[Any]) -> None:
        new = [place for place, row in enumerate(wanted) if row.id not in self._place]
        stretches = _runs(new)
        if len(stretches) > MOST_STRETCHES:
            self._insert_at(len(self._rows), [wanted[place] for place in new])
            self._index_places()
            self._move_all([row.id for row in wanted])
            return
        for first, last in stretches:
            self._insert_at(first, wanted[first:last + 1])
        if new:
            self._index_places()

    def _insert_at(self, place: int, rows: Sequence[Any]) -> None:
        self.beginInsertRows(QModelIndex(), place, place + len(rows) - 1)
        self._rows[place:place] = rows
        self.endInsertRows()

    def _update(self, wanted: Sequence[Any]) -> None:
        changed = [place for place, row in enumerate(wanted) if row is not self._rows[place] and row != self._rows[place]]
        self._rows = list(wanted)
        for first, last in _runs(changed):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1), [])

    def _index_places(self) -> None:
        self._place = {row.id: place for place, row in enumerate(self._rows)}


def _alignment(column: Column) -> int:
    side = Qt.AlignmentFlag.AlignRight if column.align_right else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def _flags(column: Column) -> Qt.ItemFlag:
    flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
    if column.edit is not None:
        flags |= Qt.ItemFlag.ItemIsEditable
    if column.check is not None:
        flags |= Qt.ItemFlag.ItemIsUserCheckable
    return flags


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Rising places as unbroken stretches (first, last)."""
    if places and places[-1] - places[0] == len(places) - 1:
        # A table that is filled for the first time is one stretch of thousands.
        return [(places[0], places[-1])]
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def _longest_rising(places: Sequence[int]) -> set[int]:
    """The longest rising selection of `places`: what need not be moved to bring them into order."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for position, place in enumerate(places):
        length = bisect_left(tails, place)
        previous.append(ends[length - 1] if length else -1)
        tails[length:length + 1] = [place]
        ends[length:length + 1] = [position]
    chosen: set[int] = set()
    position = ends[-1] if ends else -1
    while position >= 0:
        chosen.add(places[position])
        position = previous[position]
    return chosen
