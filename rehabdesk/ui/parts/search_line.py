"""The line above a list that narrows it while one types."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from rehabdesk.ui.parts.basics import key_text


class SearchLine(QLineEdit):
    """`narrowed(str)` at every keystroke; Down or Enter goes into the list (`into_list`). `key` comes here from anywhere."""

    narrowed = Signal(str)
    into_list = Signal()

    def __init__(self, name: str, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(f"{name}  {key_text(key)}" if key else name)
        self.setClearButtonEnabled(True)
        self.textChanged.connect(self.narrowed)
        if key:
            self.setAccessibleDescription(key_text(key))
            shortcut = QShortcut(key, self)
            shortcut.activated.connect(self._on_key)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Down and Enter lead into what was found."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.into_list.emit()
        else:
            super().keyPressEvent(event)

    def _on_key(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()


def found_in(text: str, *where: str) -> bool:
    """Whether every word of `text` occurs somewhere in these, whatever its capitals."""
    heap = "\n".join(where).casefold()
    return all(word in heap for word in text.casefold().split())
