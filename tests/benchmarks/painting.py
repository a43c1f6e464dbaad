"""Windows that are timed to their first whole paint, and the floor's table: the same cells, known beforehand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QEventLoop, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QHeaderView, QTableView
from sqlalchemy import event

from rehabdesk.store.store import Store
from rehabdesk.ui.parts.rows_model import TONE_ROLE
from rehabdesk.ui.parts.table import SAMPLE_ROWS, RowDelegate, Table
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.parts.tokens import ROW

AnyIndex = QModelIndex | QPersistentModelIndex
Statement = tuple[str, Any]
Cells = Sequence[Sequence[tuple[str, Any]]]
_DISPLAY, _TONE = int(Qt.ItemDataRole.DisplayRole), int(TONE_ROLE)


class ConstantModel(QAbstractTableModel):
    """Texts and tones that were made beforehand, and nothing else."""

    def __init__(self, titles: Sequence[str], cells: Cells) -> None:
        super().__init__()
        self._titles, self._cells = titles, cells

    def show(self, cells: Cells) -> None:
        """Other texts in their place."""
        self.beginResetModel()
        self._cells = cells
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._cells)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802
        shown = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._titles[section] if shown else None

    def data(self, index: AnyIndex, role: int = 0) -> Any:
        if role == _DISPLAY:
            return self._cells[index.row()][index.column()][0]
        return self._cells[index.row()][index.column()][1] if role == _TONE else None


def constant_table(theme: Theme, titles: Sequence[str], cells: Cells) -> QTableView:
    """Qt's own table over them. What a cell looks like is part of the same work: it is painted as ours is."""
    view = QTableView()
    view.setItemDelegate(RowDelegate(theme, view))
    model = ConstantModel(titles, cells)
    model.setParent(view)
    view.setModel(model)
    view.setShowGrid(False)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(theme.px(ROW))
    view.horizontalHeader().setResizeContentsPrecision(SAMPLE_ROWS)
    view.resizeColumnsToContents()
    return view


def cells_of(table: Table) -> tuple[list[str], Cells]:
    """Titles, texts and tones of what one of our tables shows."""
    columns = [column for place, column in enumerate(table.rows_model.columns) if not table.isColumnHidden(place)]
    cells = [[(column.text(row), column.tone(row) if column.tone else None) for column in columns] for row in table.rows_model.rows]
    return [column.title for column in columns], cells


def shown_and_painted(area: QAbstractScrollArea, show: Callable[[], object]) -> None:
    """Show something and return when the area's content has been painted."""
    wait = _PaintWait(area)
    show()
    wait.run()


def repainted(area: QAbstractScrollArea) -> None:
    """Let Qt lay out what has changed, and paint it."""
    wait = _PaintWait(area)
    area.viewport().update()
    wait.run()


def statements_of(store: Store, work: Callable[[], object]) -> list[Statement]:
    """What the reader is asked while some work is done."""
    reader = store._connections.reader  # noqa: SLF001
    heard: list[Statement] = []

    def hear(_connection: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        heard.append((statement, parameters))

    event.listen(reader, "before_cursor_execute", hear)
    try:
        work()
    finally:
        event.remove(reader, "before_cursor_execute", hear)
    return [each for each in heard if each[0].lstrip().upper().startswith(("SELECT", "WITH"))]


class _PaintWait(QObject):
    """Runs the event loop until an area has been painted."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__()
        self._area, self._loop, self._painted = area, QEventLoop(), False
        area.viewport().installEventFilter(self)

    def run(self) -> None:
        """Wait."""
        if not self._painted:
            self._loop.exec()
        self._area.viewport().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event_: QEvent) -> bool:  # noqa: N802
        """The turn of the loop after the paint ends the wait."""
        if event_.type() is QEvent.Type.Paint and not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._loop.quit)
        return super().eventFilter(watched, event_)
