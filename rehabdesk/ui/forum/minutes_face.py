"""Minnesanteckningar: the overview, the sheets read one by one, and the papers; then the lock."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from rehabdesk.ui.forum.minutes_overview import MinutesOverview
from rehabdesk.ui.forum.minutes_reader import SheetReader
from rehabdesk.ui.forum.paper_panel import PaperPanel
from rehabdesk.ui.parts.basics import KeyButton
from rehabdesk.ui.parts.layouts import column, holding, line
from rehabdesk.ui.parts.tokens import EDGE, PAD
from rehabdesk.ui.shell.context import Context


class MinutesFace(QWidget):
    """One face of a session's page. `step_back` answers whether Esc was used in here."""

    def __init__(self, context: Context, session_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._session_id = session_id
        self._papers: PaperPanel | None = None
        self.overview = MinutesOverview(context, session_id)
        self.reader = SheetReader(context, session_id)
        self._stack = QStackedWidget()
        self._build()

    @property
    def papers(self) -> PaperPanel:
        """The papers; made when they are first looked at."""
        if self._papers is None:
            self._papers = PaperPanel(self._context, self._session_id)
            bar = line(self._back_from_papers, None)
            bar.setContentsMargins(EDGE, PAD, EDGE, 0)
            whole = column(bar, self._papers)
            whole.setStretch(1, 1)
            self._papers_page = holding(whole)
            self._stack.addWidget(self._papers_page)
        return self._papers

    def focus_first(self) -> None:
        """What one begins with in the part that is shown."""
        if self._stack.currentWidget() is self._front:
            self.overview.focus_first()
        elif self._stack.currentWidget() is self.reader:
            self.reader.next.setFocus()
        else:
            self.papers.focus_first()

    def step_back(self) -> bool:
        """Esc: out of the correction, the reading, the papers, or the question about locking."""
        shown = self._stack.currentWidget()
        if shown is self._front:
            return self.overview.step_back()
        if shown is self.reader:
            return self.reader.step_back()
        self._show_overview()
        return True

    # --- internals ---

    def _build(self) -> None:
        texts = self._context.texts
        self.go_through = KeyButton(texts.say("Go through"), "Ctrl+Return", kind="primary")
        self.show_papers = KeyButton(texts.say("Papers and copies"), "Ctrl+Shift+Return")
        self._back_from_papers = KeyButton(texts.say("To the overview"), shows="Esc")
        self.go_through.clicked.connect(self._on_go_through)
        self.show_papers.clicked.connect(self._on_papers)
        self._back_from_papers.clicked.connect(self._show_overview)
        self.overview.read_wanted.connect(self._on_read)
        self.overview.locked.connect(self.focus_first)
        self.reader.left.connect(self._show_overview)
        self.reader.finished.connect(self._on_finished)
        bar = line(self.go_through, self.show_papers, None, gap=12)
        bar.setContentsMargins(EDGE, PAD, EDGE, PAD)
        front = column(bar, self.overview)
        front.setStretch(1, 1)
        self._front = holding(front)
        self._stack.addWidget(self._front)
        self._stack.addWidget(self.reader)
        self.setLayout(column(self._stack))

    def _show_overview(self) -> None:
        self._stack.setCurrentWidget(self._front)
        self.overview.focus_first()

    def _on_go_through(self) -> None:
        self._stack.setCurrentWidget(self.reader)
        self.reader.read_item()

    def _on_read(self, item_id: int) -> None:
        self._stack.setCurrentWidget(self.reader)
        self.reader.read_item(item_id)

    def _on_finished(self) -> None:
        """All has been read: what comes next is to lock."""
        self._stack.setCurrentWidget(self._front)
        lock = self.overview.lock_card.lock
        lock.setFocus() if lock.isVisible() else self.overview.focus_first()

    def _on_papers(self) -> None:
        papers = self.papers
        self._stack.setCurrentWidget(self._papers_page)
        papers.focus_first()
