"""Quiet messages: one line at the foot of the window that moves nothing else, with at most one thing to do about it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent
from PySide6.QtWidgets import QFrame, QWidget

from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import KeyButton, Words, restyle
from rehabdesk.ui.parts.layouts import line
from rehabdesk.ui.parts.tokens import EDGE, PAD, Tone

REMEMBERED = 50
READING_TIME = 8000


class Level(StrEnum):
    """How loud."""

    INFO = "info"
    WARN = "warn"
    ERROR = "error"


TONES = {Level.INFO: Tone.ACCENT, Level.WARN: Tone.AMBER, Level.ERROR: Tone.RED}


@dataclass(frozen=True, slots=True)
class Action:
    """What can be done about a message."""

    words: str
    do: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Told:
    """One message, as it was said."""

    level: Level
    sentence: str
    action: Action | None = None


class Messages(QObject):
    """Where anybody says something to the person: `told(Told)` for whoever shows it, `said` for what was said lately.

    `settled(str)` when what a sentence asked for has been done.
    """

    told = Signal(object)
    settled = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._said: deque[Told] = deque(maxlen=REMEMBERED)

    @property
    def said(self) -> tuple[Told, ...]:
        """The latest messages, oldest first."""
        return tuple(self._said)

    def info(self, sentence: str, action: Action | None = None) -> None:
        """Good to know; goes away by itself."""
        self._say(Told(Level.INFO, sentence, action))

    def warn(self, sentence: str, action: Action | None = None) -> None:
        """Look at this; stays until it is put away or something else is said."""
        self._say(Told(Level.WARN, sentence, action))

    def error(self, sentence: str, action: Action | None = None) -> None:
        """Something did not go well; stays until it is put away."""
        self._say(Told(Level.ERROR, sentence, action))

    def settle(self, sentence: str) -> None:
        """What this sentence asked for has been done: whoever still says it may stop."""
        self.settled.emit(sentence)

    def _say(self, told: Told) -> None:
        self._said.append(told)
        self.told.emit(told)


class MessageLine(QFrame):
    """The line itself, laid over the foot of its parent."""

    def __init__(self, texts: Texts, messages: Messages, parent: QWidget) -> None:
        super().__init__(parent)
        self._action: Action | None = None
        self.setProperty("part", "message")
        self.setProperty("tone", Tone.ACCENT.value)
        self._words = Words()
        self._button = KeyButton("", kind="link")
        self._button.clicked.connect(self._on_action)
        self._close = KeyButton(texts.name("button", "Close"), kind="link")
        self._close.clicked.connect(self.hide)
        row = line(self._words, self._button, self._close, gap=12)
        row.setContentsMargins(EDGE, PAD // 2, PAD, PAD // 2)
        row.setStretch(0, 1)
        self.setLayout(row)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(READING_TIME)
        self._timer.timeout.connect(self.hide)
        messages.told.connect(self.show_told)
        messages.settled.connect(self._on_settled)
        parent.installEventFilter(self)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is said now."""
        return self._words.text() if self.isVisible() else ""

    def show_told(self, told: Told) -> None:
        """Say this now; the focus stays where it is."""
        self._action = told.action
        self._words.setText(told.sentence)
        self._button.setVisible(told.action is not None)
        if told.action is not None:
            self._button.set_words(told.action.words)
        restyle(self, "tone", TONES[told.level].value)
        # A rule that looks at the parent is judged anew only for widgets that are polished themselves.
        self._words.style().unpolish(self._words)
        self._words.style().polish(self._words)
        self.setAccessibleName(told.sentence)
        self._timer.start() if told.level is Level.INFO else self._timer.stop()
        self.show()
        self._place()
        self.raise_()
        announcement = QAccessibleAnnouncementEvent(self, told.sentence)
        QAccessible.updateAccessibility(announcement)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stay at the foot of the parent."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Whoever points at it is reading."""
        super().enterEvent(event)
        self._timer.stop()

    def _place(self) -> None:
        parent = self.parentWidget()
        height = max(self.sizeHint().height(), self.heightForWidth(parent.width()))
        self.setGeometry(0, parent.height() - height, parent.width(), height)

    def _on_settled(self, sentence: str) -> None:
        if sentence == self.sentence:
            self.hide()

    def _on_action(self) -> None:
        action = self._action
        self.hide()
        if action is not None:
            action.do()
