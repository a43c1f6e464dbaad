"""Finding one of many in place: a line to type in, and the likeliest beneath. No dialog, no popup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from rehabdesk.ui.parts.layouts import column

MOST_SHOWN = 5


class InlinePicker(QWidget):
    """`picked(value)` with Enter or a click. What was typed and matches nothing gives `unknown(text)`."""

    picked = Signal(object)
    unknown = Signal(str)

    def __init__(self, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._choices: tuple[tuple[Any, str], ...] = ()
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(placeholder or name)
        self.list = QListWidget()
        self.list.setProperty("part", "framed")
        self.list.setAccessibleName(name)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.hide()
        self.setFocusProxy(self.line)
        self.setLayout(column(self.line, self.list, gap=4))
        self.line.textEdited.connect(self._on_edited)
        self.line.installEventFilter(self)
        self.list.itemClicked.connect(self._on_clicked)

    def set_choices(self, choices: Sequence[tuple[Any, str]]) -> None:
        """What can be found: (value, words)."""
        self._choices = tuple(choices)

    def clear(self) -> None:
        """Begin anew."""
        self.line.clear()
        self._on_edited("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The arrows walk the list while the keyboard stays in the line."""
        if watched is self.line and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.list.count():
                step = -1 if event.key() == Qt.Key.Key_Up else 1
                self._go_to(max(0, min(self.list.currentRow() + step, self.list.count() - 1)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
        return super().eventFilter(watched, event)

    def _on_edited(self, text: str) -> None:
        typed = text.strip().casefold()
        found = [choice for choice in self._choices if typed and all(word in choice[1].casefold() for word in typed.split())]
        self.list.clear()
        for value, words in found[:MOST_SHOWN]:
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, value)
            self.list.addItem(item)
        self.list.setVisible(bool(found))
        if found:
            self.list.setFixedHeight(self.list.sizeHintForRow(0) * self.list.count() + 6)
            self._go_to(0)
        else:
            self.line.setAccessibleDescription("")

    def _go_to(self, place: int) -> None:
        self.list.setCurrentRow(place)
        self.line.setAccessibleDescription(self.list.currentItem().text())

    def _take(self) -> None:
        item = self.list.currentItem() if self.list.count() else None
        if item is not None:
            self.picked.emit(item.data(Qt.ItemDataRole.UserRole))
        elif self.line.text().strip():
            self.unknown.emit(self.line.text().strip())

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.picked.emit(item.data(Qt.ItemDataRole.UserRole))
