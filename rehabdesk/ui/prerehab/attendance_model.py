"""The grid of attendance as Qt asks for it: a person a row, an occasion a column, and in the heads who, when and which share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from rehabdesk.domain.prerehab import STARTED_ONCE, AttendanceMark, OccasionState
from rehabdesk.store.queries.prerehab.attendance import AttendanceGrid, PersonRow, is_hers
from rehabdesk.store.queries.prerehab.occasions import OccasionRow
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.rows_model import AnyIndex
from rehabdesk.ui.prerehab import attendance_words as words

CELL_ROLE = Qt.ItemDataRole.UserRole + 20
HEAD_ROLE = Qt.ItemDataRole.UserRole + 21

_NOTHING = AttendanceGrid((), (), MappingProxyType({}))
_DISPLAY, _ACCESSIBLE, _TOOL_TIP = (
    int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole), int(Qt.ItemDataRole.ToolTipRole),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """How it was with somebody at an occasion. `is_missing`: it was held, and nothing is marked."""

    mark: AttendanceMark | None
    is_hers: bool
    is_missing: bool


@dataclass(frozen=True, slots=True)
class PersonHead:
    """What stands before a row."""

    place: str
    name: str
    aside: str
    has_started: bool


@dataclass(frozen=True, slots=True)
class OccasionHead:
    """What stands above a column."""

    lines: tuple[str, ...]
    is_cancelled: bool


class AttendanceModel(QAbstractTableModel):
    """A round's grid. Nothing is edited in it: a mark goes through the service, and the grid is asked for again."""

    def __init__(self, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._grid = _NOTHING
        self._today = date.min
        self._heads: dict[Qt.Orientation, list[object]] = {Qt.Orientation.Horizontal: [], Qt.Orientation.Vertical: []}

    @property
    def grid(self) -> AttendanceGrid:
        """What is shown."""
        return self._grid

    def show_grid(self, grid: AttendanceGrid, today: date) -> None:
        """Show this grid: where the same people and occasions stand in it, only what differs is told."""
        before, self._today = self._grid, today
        if not (_ids(before.people) == _ids(grid.people) and _ids(before.occasions) == _ids(grid.occasions)):
            self.beginResetModel()
            self._grid = grid
            self._make_heads()
            self.endResetModel()
            return
        self._grid, heads = grid, dict(self._heads)
        self._make_heads()
        for orientation, known in heads.items():
            changed = [place for place, head in enumerate(self._heads[orientation]) if head != known[place]]
            if changed:
                self.headerDataChanged.emit(orientation, min(changed), max(changed))
        self._tell_changed(before)

    def person(self, index: AnyIndex) -> PersonRow | None:
        """Whose row an index is in."""
        return self._grid.people[index.row()] if 0 <= index.row() < len(self._grid.people) else None

    def occasion(self, index: AnyIndex) -> OccasionRow | None:
        """Which occasion an index is under."""
        return self._grid.occasions[index.column()] if 0 <= index.column() < len(self._grid.occasions) else None

    def index_of(self, booking_id: int | None, occasion_id: int | None) -> QModelIndex:
        """Where somebody's mark at an occasion stands; invalid when either is not here."""
        rows = [row for row, person in enumerate(self._grid.people) if person.id == booking_id]
        columns = [column for column, occasion in enumerate(self._grid.occasions) if occasion.id == occasion_id]
        return self.index(rows[0], columns[0]) if rows and columns else QModelIndex()

    def cell(self, index: AnyIndex) -> Cell | None:
        """How it was there."""
        person, occasion = self.person(index), self.occasion(index)
        return _cell(self._grid, person, occasion) if person is not None and occasion is not None else None

    # --- what Qt asks ---

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802
        """Qt's question."""
        return 0 if parent.isValid() else len(self._grid.people)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802
        """Qt's question."""
        return 0 if parent.isValid() else len(self._grid.occasions)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802
        """Qt's question: who stands before a row, and what above a column."""
        heads = self._heads[orientation]
        if not 0 <= section < len(heads):
            return None
        head = heads[section]
        if role == HEAD_ROLE:
            return head
        if role == _DISPLAY:
            return head.name if isinstance(head, PersonHead) else "\n".join(head.lines)
        if role in (_ACCESSIBLE, _TOOL_TIP):
            grid, texts = self._grid, self._texts
            if orientation is Qt.Orientation.Vertical:
                return words.person_told(texts, grid, grid.people[section])
            return words.occasion_told(texts, grid, grid.occasions[section], self._today)
        return None

    def data(self, index: AnyIndex, role: int = 0) -> Any:
        """Qt's question: the letter of a mark; the whole of it in words for whoever hears it or points at it."""
        if role not in (_DISPLAY, _ACCESSIBLE, _TOOL_TIP, CELL_ROLE):
            return None
        person, occasion = self.person(index), self.occasion(index)
        if person is None or occasion is None:
            return None
        if role == CELL_ROLE:
            return _cell(self._grid, person, occasion)
        if role == _DISPLAY:
            return self._sign(_cell(self._grid, person, occasion))
        return words.cell_told(self._texts, self._grid, person, occasion, self._today)

    # --- internals ---

    def _sign(self, cell: Cell) -> str:
        if cell.mark is not None:
            return words.letter(self._texts, cell.mark)
        return "" if cell.is_hers else words.NOT_HERS

    def _make_heads(self) -> None:
        texts, grid, today = self._texts, self._grid, self._today
        self._heads = {
            Qt.Orientation.Horizontal: [
                OccasionHead(words.head_lines(texts, grid, one, today), one.state is OccasionState.CANCELLED) for one in grid.occasions
            ],
            Qt.Orientation.Vertical: [self._person_head(person) for person in grid.people],
        }

    def _person_head(self, person: PersonRow) -> PersonHead:
        started = person.state in STARTED_ONCE
        aside = words.share_words(self._texts, self._grid.of_person(person)) if started else self._texts.say("not started")
        return PersonHead(str(person.place_number), words.called(person), aside, started)

    def _tell_changed(self, before: AttendanceGrid) -> None:
        grid = self._grid
        if (before.people, before.occasions) != (grid.people, grid.occasions):
            self._tell(0, len(grid.people) - 1, 0, len(grid.occasions) - 1)
            return
        changed = {key for key in before.marks.keys() | grid.marks.keys() if before.marks.get(key) != grid.marks.get(key)}
        rows = [row for row, person in enumerate(grid.people) if any(person.id == booking_id for booking_id, _ in changed)]
        columns = [place for place, one in enumerate(grid.occasions) if any(one.id == occasion_id for _, occasion_id in changed)]
        if rows and columns:
            self._tell(rows[0], rows[-1], columns[0], columns[-1])

    def _tell(self, top: int, bottom: int, left: int, right: int) -> None:
        if bottom >= top and right >= left:
            self.dataChanged.emit(self.index(top, left), self.index(bottom, right), [])


def _cell(grid: AttendanceGrid, person: PersonRow, occasion: OccasionRow) -> Cell:
    hers = is_hers(person, occasion)
    mark = grid.marks.get((person.id, occasion.id)) if hers else None
    return Cell(mark, hers, hers and mark is None and occasion.state is OccasionState.HELD)


def _ids(rows: tuple[Any, ...]) -> list[int]:
    return [row.id for row in rows]
