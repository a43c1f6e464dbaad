"""Storbild: a second window for the projector with ticked lines alone, and the question whether a projector shows this one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.services.forum.big_screen import ScreenLine, ShownLine, visible_lines
from rehabdesk.ui.forum.meeting.state import MeetingState
from rehabdesk.ui.parts.basics import Words
from rehabdesk.ui.parts.layouts import clear


LINES_HIGH = 22
"""How many lines of text the room's screen would hold from top to bottom: large enough to be read from the last chair."""


class Screens(QObject):
    """The screens of the machine. `changed` when one comes, goes or is moved."""

    changed = Signal()

    def __init__(self, listed: Callable[[], Sequence[QScreen]] = QGuiApplication.screens, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listed = listed
        app = QGuiApplication.instance()
        app.screenAdded.connect(self._on_screen)
        app.screenRemoved.connect(self._on_screen)
        app.primaryScreenChanged.connect(self._on_screen)
        for screen in QGuiApplication.screens():
            screen.geometryChanged.connect(self._on_screen)

    def other_than(self, window: QWidget) -> QScreen | None:
        """A screen on which nothing of this window is seen, or None."""
        here = self._of(window)
        return next((screen for screen in self._listed() if not screen.geometry().intersects(here)), None)

    def may_be_projected(self, window: QWidget) -> bool:
        """Whether a projector may show this window: it is the only screen, or another one shows the same."""
        here = self._of(window)
        overlapping = sum(1 for screen in self._listed() if screen.geometry().intersects(here))
        return overlapping > 1 or self.other_than(window) is None

    def _of(self, window: QWidget) -> QRect:
        return window.screen().geometry()

    def _on_screen(self, *_args: object) -> None:
        self.changed.emit()


class BigScreen(QWidget):
    """The window itself. It is given lines that hold no name, and asks for nothing else."""

    closed = Signal()

    def __init__(self, state: MeetingState, page: QWidget) -> None:
        # A window of its own that goes when the page goes.
        super().__init__(page, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self._state = state
        self._lines: tuple[ScreenLine, ...] = ()
        self._words: list[Words] = []
        self.setProperty("part", "room-screen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        # It must never take the keyboard from whoever types.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWindowTitle("rehabdesk")
        self.setAccessibleName(state.context.texts.say("Big screen"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(96, 72, 96, 72)
        self._column.setSpacing(20)
        state.changed.connect(self.refresh)

    @property
    def is_on(self) -> bool:
        """Whether the room sees it."""
        return self.isVisible()

    @property
    def line_count(self) -> int:
        """How many lines the room sees."""
        return len(self._lines) if self.is_on else 0

    def shown_texts(self) -> tuple[str, ...]:
        """Every word the room can read."""
        return tuple(label.text() for label in self._words)

    def turn_on(self, screen: QScreen) -> None:
        """Show the ticked lines of the open item on that screen."""
        self._show_lines(self._read())
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        # Not showFullScreen: that would also ask for the keyboard.
        self.setWindowState(Qt.WindowState.WindowFullScreen)
        self.show()

    def turn_off(self) -> None:
        """Nothing is shown, and nothing is kept."""
        was_on = self.isVisible()
        self.hide()
        self._show_lines(())
        if was_on:
            self.closed.emit()

    def refresh(self) -> None:
        """Ask again which lines may be seen."""
        if self.isVisible():
            lines = self._read()
            if lines != self._lines:
                self._show_lines(lines)

    def _read(self) -> tuple[ScreenLine, ...]:
        state = self._state
        if state.current is None or state.paused:
            return ()
        return state.context.store.read(visible_lines, state.current.row.id, state.today, state.screen_names)

    def _show_lines(self, lines: tuple[ScreenLine, ...]) -> None:
        texts = self._state.context.texts
        clear(self._column)
        self._lines, self._words = lines, []
        heads = {
            ShownLine.QUESTION: texts.say("The question now"), ShownLine.AGREEMENT: texts.say("What we agreed"),
            ShownLine.ACTION: texts.say("Actions"),
        }  # fmt: skip
        for kind, head in heads.items():
            mine = [line for line in lines if line.kind is kind]
            if mine:
                self._add(Words(head, "room-label"))
            for line in mine:
                self._add(Words(self._written(line), "room-line"))
        self._column.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """As large as the wall allows."""
        super().resizeEvent(event)
        for words in self._words:
            self._size(words)

    def _size(self, words: Words) -> None:
        font = self._state.context.theme.font()
        lines_high = LINES_HIGH if words.property("part") == "room-line" else LINES_HIGH * 3 // 2
        font.setPixelSize(max(self._state.context.theme.px(20), self.height() // lines_high))
        words.setFont(font)

    def _add(self, words: Words) -> None:
        self._words.append(words)
        self._size(words)
        self._column.addWidget(words)
        words.show()

    def _written(self, line: ScreenLine) -> str:
        texts = self._state.context.texts
        who = texts.say("the participant") if line.for_participant else line.party
        due = texts.say("done by {day}", day=line.due_on) if line.due_on else ""
        return " · ".join(part for part in (line.text, who, due) if part)
