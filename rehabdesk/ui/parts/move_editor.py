"""A new day and why, on a line of its own: wherever an action is moved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit

from rehabdesk.domain.clock import Clock
from rehabdesk.domain.problems import Problem
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import KeyButton
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.forms import DateField, FieldProblem
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.parts.theme import Theme


class MoveEditor(QFrame):
    """`moved(day, reason)` when both are there; it stays open until it is put away. Without `asks_why` the reason is somebody else's."""

    moved = Signal(object, str)

    def __init__(self, texts: Texts, clock: Clock, theme: Theme, *, asks_why: bool = True) -> None:
        super().__init__()
        self._texts, self._asks_why = texts, asks_why
        self.setProperty("form_in_sight", True)
        self.day = DateField(texts, ReadDay(clock, prefer_future=True, field="due_on"), texts.say("New date"))
        self.day.line.setMinimumWidth(theme.px(250))
        self.day.line.setPlaceholderText(texts.say("New date: 15/12, on Friday, week 49"))
        self.reason = QLineEdit()
        self.reason.setAccessibleName(texts.say("Why it is moved"))
        self.reason.setPlaceholderText(texts.say("Why it is moved"))
        if not asks_why:
            self.reason.hide()
        self.problem = FieldProblem()
        self.button = KeyButton(texts.name("button", "Move"), kind="primary", shows="Return")
        self.button.clicked.connect(self.submit)
        row = line(self.day, self.reason, self.button, gap=12)
        row.setStretch(0, 3)
        row.setStretch(1, 3)
        whole = column(row, self.problem, gap=4)
        whole.setContentsMargins(12, 8, 12, 8)
        self.setLayout(whole)

    def begin(self) -> None:
        """Empty, with the keyboard on the day."""
        self.day.set_day(None)
        self.day.line.clear()
        self.reason.clear()
        self.problem.tell("")
        self.show()
        self.day.line.setFocus()

    def submit(self) -> None:
        """Move it, if there are a day and a reason."""
        if self.day.day is None:
            self.problem.tell(self._texts.problem(Problem("date.not_understood", "due_on")))
            self.day.line.setFocus()
        elif self._asks_why and not self.reason.text().strip():
            self.problem.tell(self._texts.problem(Problem("action.move_reason_missing", "reason")))
            self.reason.setFocus()
        else:
            self.moved.emit(self.day.day, self.reason.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter goes on to the reason, and then moves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._asks_why and self.day.line.hasFocus() and self.day.day is not None and not self.reason.text().strip():
                self.reason.setFocus()
            else:
                self.submit()
        else:
            super().keyPressEvent(event)
