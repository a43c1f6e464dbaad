"""A table of actions in which letters answer: done, move, keep, no longer current."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from rehabdesk.ui.parts.narrowing_table import NarrowingTable
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.theme import Theme

#: How wide the table must be, at 14 px text, for these columns.
NEEDED_WIDTH = MappingProxyType({"moved": 800, "category": 1040})


class ActionTable(NarrowingTable):
    """`typed(letter)` for a letter pressed alone; several rows can be chosen with Shift, or one by one with Ctrl."""

    typed = Signal(str)

    def __init__(
        self, theme: Theme, columns: Sequence[Column], name: str, needed: Mapping[str, int] = NEEDED_WIDTH, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, columns, name, needed, parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    @property
    def chosen_rows(self) -> tuple[Any, ...]:
        """The chosen rows; where none is, the one that has the keyboard."""
        return self.selected_rows or ((self.current_row,) if self.current_row is not None else ())

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows; when those chosen are gone, the row that has the keyboard now is the chosen one, and seen to be."""
        super().set_rows(rows)
        if not self.selectionModel().hasSelection():
            self._choose_only(self.currentIndex())

    def choose(self, row_id: Any) -> bool:
        """Go to the row with this id, and to none besides, whatever keys are held."""
        index = self.rows_model.index_of(row_id)
        if index.isValid():
            self._choose_only(index)
            self.scrollTo(index)
        return index.isValid()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """A letter answers; a view's own search by letters would jump somewhere instead."""
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if event.text().isalpha() and held == Qt.KeyboardModifier.NoModifier:
            self.typed.emit(event.text().upper())
        else:
            super().keyPressEvent(event)

    def _choose_only(self, index: QModelIndex) -> None:
        # The view's own way looks at the keys held down just now: with Ctrl it would add to what is chosen.
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
