"""A line for a secret: hidden unless asked for, remembered by no input method, and it notices Caps Lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import KeyButton, Words
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.parts.tokens import GAP, Tone

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

_DISCREET = "ImhSensitiveData|ImhNoPredictiveText|ImhNoAutoUppercase"


class SecretLine(QLineEdit):
    """The line itself. `caps_lock(bool)` comes with each letter typed."""

    caps_lock = Signal(bool)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("inputMethodHints", _DISCREET)
        self.hide_secret(True)

    def hide_secret(self, hidden: bool) -> None:
        """Show dots, or what is typed."""
        self.setEchoMode(QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """No system tells whether Caps Lock is on, but a letter that does not fit the Shift key does."""
        letter = event.text()
        if len(letter) == 1 and letter.upper() != letter.lower():
            shift = bool(event.modifiers() & QtCore.Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(letter.isupper() != shift)
        elif event.key() == QtCore.Qt.Key.Key_CapsLock:
            self.caps_lock.emit(False)
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Where nobody types there is nothing to warn of."""
        self.caps_lock.emit(False)
        super().focusOutEvent(event)


class SecretField(QWidget):
    """The line with its "show" beside it and the hint about Caps Lock beneath."""

    def __init__(self, texts: Texts, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._texts = texts
        self.line = SecretLine(name)
        self.show_button = KeyButton(texts.name("button", "Show"))
        self.show_button.setCheckable(True)
        self.show_button.setAccessibleName(texts.say("Show what is typed"))
        self.show_button.toggled.connect(self._on_show)
        self._caps = Words(texts.say("Caps Lock is on."), "small", ink=Tone.AMBER)
        self._caps.hide()
        row = line(self.line, self.show_button, gap=GAP)
        row.setStretch(0, 1)
        self.setLayout(column(row, self._caps, gap=4))
        self.setFocusProxy(self.line)
        self.line.caps_lock.connect(self._caps.setVisible)

    @property
    def secret(self) -> str:
        """What is typed."""
        return self.line.text()

    def _on_show(self, shown: bool) -> None:
        self.line.hide_secret(not shown)
        # set_words renames the button for screen readers too, so the longer name is set again.
        self.show_button.set_words(self._texts.name("button", "Hide") if shown else self._texts.name("button", "Show"))
        self.show_button.setAccessibleName(self._texts.say("Hide what is typed") if shown else self._texts.say("Show what is typed"))
        self.line.setFocus()
