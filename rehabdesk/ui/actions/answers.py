"""The keys that answer actions, as buttons: done, move, keep, no longer current."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import KeyButton, Muted
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding


class AnswerBar(QWidget):
    """What can be done with the chosen actions; `pressed(letter)` takes what was typed in the table."""

    done = Signal()
    moved = Signal()
    kept = Signal()
    dropped = Signal()

    def __init__(self, texts: Texts, *more: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self.said = Muted(wrap=False)
        self.said.hide()
        self.letters: dict[str, Callable[[], None]] = {}
        self.buttons: list[KeyButton] = []
        answers = [
            (texts.name("key of an action", "D"), texts.name("button", "done"), self.done),
            (texts.name("key of an action", "M"), texts.name("button", "move"), self.moved),
            (texts.name("key of an action", "K"), texts.name("button", "keep"), self.kept),
            (texts.name("key of an action", "N"), texts.name("button", "no longer current"), self.dropped),
        ]
        flow = FlowLayout()
        flow.addWidget(self.said)
        for letter, words, signal in answers:
            button = KeyButton(words, kind="link", shows=letter)
            button.clicked.connect(signal)
            self.letters[letter] = signal.emit
            self.buttons.append(button)
            flow.addWidget(button)
        for widget in more:
            flow.addWidget(widget)
        self.setLayout(column(holding(flow)))

    def pressed(self, letter: str) -> bool:
        """Do what a letter stands for; False when it stands for nothing."""
        act = self.letters.get(letter)
        if act is not None:
            act()
        return act is not None

    def allow(self, allowed: bool) -> None:
        """Whether there is anything to answer."""
        for button in self.buttons:
            button.setEnabled(allowed)
