"""F1: the keys that work here, as a list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QWidget

from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import KeyButton, KeyCap, Words
from rehabdesk.ui.parts.layouts import clear, holding, scrolling
from rehabdesk.ui.parts.tokens import GAP
from rehabdesk.ui.shell.overlay import Overlay

KeyList = list[tuple[str, str]]


class KeyOverview(Overlay):
    """What each key does: those of the window, and those of the page that is shown."""

    def __init__(self, texts: Texts, window_keys: Callable[[], KeyList], parent: QWidget) -> None:
        super().__init__(texts.say("Keys"), parent)
        self._window_keys = window_keys
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP * 2)
        self._grid.setColumnStretch(1, 1)
        self._content = holding(self._grid)
        self._area = scrolling(self._content)
        self.rows.addWidget(self._area, 1)

    def open(self) -> None:
        """List the keys as they are now."""
        clear(self._grid)
        rows: dict[str, str] = {}
        for button in self.window().findChildren(KeyButton):
            if button.isVisible() and button.accessibleDescription():
                rows[button.accessibleDescription()] = button.words
        for key, words in self._window_keys():
            rows.setdefault(key, words)
        for place, (key, words) in enumerate(rows.items()):
            cap = KeyCap("")
            cap.setText(key)
            self._grid.addWidget(cap, place, 0)
            self._grid.addWidget(Words(words), place, 1)
        self._grid.setRowStretch(len(rows), 1)
        super().open()
        self._area.setFocus()
