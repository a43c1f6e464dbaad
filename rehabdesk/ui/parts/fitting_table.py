"""A table as high as its rows: the page around it scrolls, and nothing within it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.table import Table
from rehabdesk.ui.parts.theme import Theme


class FittingTable(Table):
    """A table in a card. Painted and not built of widgets, it costs nothing however often the card is shown."""

    def __init__(self, theme: Theme, columns: Sequence[Column], name: str, *, headed: bool, parent: QWidget | None = None) -> None:
        """Without `headed` the columns have no titles above them."""
        super().__init__(theme, columns, name, parent)
        self.setProperty("part", "fitting")
        self.setSortingEnabled(False)
        self.horizontalHeader().setVisible(headed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows, and be as high as they are."""
        super().set_rows(rows)
        if not self.hasFocus():
            self._choose_none()
        self._fit_height()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Only the keyboard needs to see where it is: the first row, or where it was."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows_model.rowCount():
            self.setCurrentIndex(self.rows_model.index(0, 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Elsewhere no row of it is chosen."""
        super().focusOutEvent(event)
        self._choose_none()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Also when the size of the text has changed."""
        super().resizeEvent(event)
        self._fit_height()

    def _choose_none(self) -> None:
        self.setCurrentIndex(QModelIndex())
        self.clearSelection()

    def _fit_height(self) -> None:
        header = self.horizontalHeader()
        head = 0 if header.isHidden() else header.sizeHint().height()
        self.setFixedHeight(self.verticalHeader().length() + head + 2 * self.frameWidth())
