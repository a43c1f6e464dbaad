"""A grid one walks in with the arrows: cells painted by the room it stands in, heads that stay, and nothing that looks selected."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView, QWidget


def hold_still(header: QHeaderView) -> None:
    """A head whose sections nobody sizes or chooses; the grid lays them out."""
    header.setMinimumSectionSize(1)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    header.setSectionsClickable(False)
    header.setHighlightSections(False)


class Grid(QTableView):
    """Framed, without lines of its own. Tab leaves it, arrows walk it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "framed")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)


class TallGrid(Grid):
    """As high as its rows: the page scrolls, not the grid."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            hold_still(header)

    @property
    def whole_height(self) -> int:
        """Its rows, its head, and the scroll bar beneath where there is one."""
        head = self.horizontalHeader()
        of_head = max(head.minimumHeight(), min(head.sizeHint().height(), head.maximumHeight()))
        needs_bar = head.length() > self.viewport().width()
        of_bar = self.horizontalScrollBar().sizeHint().height() if needs_bar else 0
        return self.verticalHeader().length() + of_head + of_bar + 2 * self.frameWidth()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as its rows."""
        return QSize(super().sizeHint().width(), self.whole_height)
