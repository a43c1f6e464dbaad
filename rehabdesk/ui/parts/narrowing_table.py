"""A table that lets go of what matters least when there is little room for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.table import Table
from rehabdesk.ui.parts.theme import Theme


class NarrowingTable(Table):
    """`needed` says how wide the table must be, at 14 px text, for a column to be shown; others are always shown."""

    def __init__(self, theme: Theme, columns: Sequence[Column], name: str, needed: Mapping[str, int], parent: QWidget | None = None) -> None:
        super().__init__(theme, columns, name, parent)
        self._needed = needed

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """What does not fit is told elsewhere on the page."""
        width = event.size().width()
        for place, column in enumerate(self.rows_model.columns):
            self.setColumnHidden(place, width < self._theme.px(self._needed.get(column.key, 0)))
        super().resizeEvent(event)
