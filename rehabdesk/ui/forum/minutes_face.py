"""Minnesanteckningar: the overview, and the sheets read one by one; then the lock. The papers are the session's next face."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from rehabdesk.ui.forum.minutes_overview import MinutesOverview
from rehabdesk.ui.forum.minutes_reader import SheetReader
from rehabdesk.ui.parts.basics import KeyButton
from rehabdesk.ui.parts.layouts import column, holding, line
from rehabdesk.ui.parts.tokens import EDGE, PAD
from rehabdesk.ui.shell.context import Context


class MinutesFace(QWidget):
    """One face of a session's page. `step_back` answers whether Esc was used in here."""

    def __init__(self, context: Context, session_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self.overview = MinutesOverview(context, session_id)
        self.reader = SheetReader(context, session_id)
        self.go_through = KeyButton(context.texts.say("Go through"), "Ctrl+G", kind="primary")
        bar = line(self.go_through, None)
        bar.setContentsMargins(EDGE, PAD, EDGE, PAD)
        front = column(bar, self.overview)
        front.setStretch(1, 1)
        self._front = holding(front)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._front)
        self._stack.addWidget(self.reader)
        self.setLayout(column(self._stack))
        self.go_through.clicked.connect(self._on_go_through)
        self.overview.read_wanted.connect(self.read_item)
        self.overview.locked.connect(self.focus_first)
        self.reader.left.connect(self._show_overview)
        self.reader.finished.connect(self._on_finished)

    def focus_first(self) -> None:
        """What one begins with in the part that is shown."""
        if self._stack.currentWidget() is self.reader:
            self.reader.next.setFocus()
        else:
            self.overview.focus_first()

    def step_back(self) -> bool:
        """Esc: out of the correction, the reading, or the question about locking."""
        shown = self._stack.currentWidget()
        return self.reader.step_back() if shown is self.reader else self.overview.step_back()

    def read_item(self, item_id: int | None = None) -> None:
        """Read one sheet, or all from the first."""
        self._stack.setCurrentWidget(self.reader)
        self.reader.read_item(item_id)

    # --- internals ---

    def _show_overview(self) -> None:
        self._stack.setCurrentWidget(self._front)
        self.overview.focus_first()

    def _on_go_through(self) -> None:
        self.read_item()

    def _on_finished(self) -> None:
        """All has been read: what comes next is to lock."""
        self._stack.setCurrentWidget(self._front)
        lock = self.overview.lock_card.lock
        lock.setFocus() if lock.isVisible() else self.overview.focus_first()
