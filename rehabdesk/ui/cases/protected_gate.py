"""Protected identity on the case page: a reason is asked before it opens, and a red banner stands over it while it is open."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QRadioButton, QWidget

from rehabdesk.domain.cases import ReadingReason
from rehabdesk.domain.problems import Refused
from rehabdesk.services import readings
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.ui.parts.basics import Card, Heading, KeyButton, Link, Words
from rehabdesk.ui.parts.forms import FieldProblem
from rehabdesk.ui.parts.layouts import column, line, no_wider_than, page_body, scrolling
from rehabdesk.ui.parts.tokens import EDGE, Tone
from rehabdesk.ui.shell.context import Context


class ProtectedGate(QWidget):
    """Stands where the page would be until a reason is chosen; none is chosen beforehand. `passed` when the page may open."""

    passed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._case_id: int | None = None
        texts = context.texts
        self.reasons = {reason: QRadioButton(texts.term(reason)) for reason in ReadingReason}
        for reason, button in self.reasons.items():
            button.setAccessibleName(texts.term(reason))
        self.confirm = KeyButton(texts.say("Open the page"), "Ctrl+Return", kind="primary")
        self._problem = FieldProblem()
        card = Card(texts.say("Protected identity"))
        card.add(column(
            Words(texts.say("Why is the page opened? The reason is logged, with the time.")),
            column(*self.reasons.values(), gap=10), self._problem, line(self.confirm, None), gap=16,
        ))  # fmt: skip
        body = QWidget()
        body.setLayout(page_body(no_wider_than(context.theme.px(640), card), None))
        self.setLayout(column(scrolling(body)))
        self.confirm.clicked.connect(self._on_confirmed)

    def ask(self, case_id: int) -> None:
        """Ask for the reason to open this case; nothing is chosen."""
        self._case_id = case_id
        self._problem.tell("")
        for button in self.reasons.values():
            button.setAutoExclusive(False)
            button.setChecked(False)
            button.setAutoExclusive(True)

    def focus_first(self) -> None:
        """Put the keyboard on the first reason; that chooses none."""
        next(iter(self.reasons.values())).setFocus()

    def _on_confirmed(self) -> None:
        chosen = next((reason for reason, button in self.reasons.items() if button.isChecked()), None)
        try:
            readings.note_protected_case(self._context.store, self._case_id, chosen)
        except Refused as refused:
            self._problem.tell(self._context.texts.problems(refused.problems))
            self.focus_first()
            return
        self.passed.emit()


class ProtectedBanner(QFrame):
    """Says in words that the identity is protected, what that forbids, and what still shows."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "message")
        self.setProperty("tone", Tone.RED.value)
        texts = context.texts
        self._context = context
        self._head = Heading(texts.say("Protected identity: the name here is an alias."))
        self.words = Words()
        self.more = Link(texts.say("What still shows"), texts.say("Protected identity"))
        head = line(self._head, self.more)
        head.setStretch(0, 1)
        inside = column(head, self.words, gap=6)
        inside.setContentsMargins(EDGE, 8, EDGE, 8)
        self.setLayout(inside)
        self.more.clicked.connect(self._on_more)

    def show_case(self, row: CaseRow) -> None:
        """Stand over this case, or be gone where its participant is not protected."""
        self.setVisible(row.is_protected)
        if not row.is_protected:
            return
        texts = self._context.texts
        series = self._context.store.read(session_queries.one_series, row.series_id)
        place = series.place if series is not None else ""
        shown = [
            texts.say("Neither the real name nor the number is ever written here, nor a workplace or a municipality."),
            texts.say("No letter is sent and no list holds the case; paper goes from hand to hand only."),
            texts.say("The letterhead of the papers still shows {controller}.", controller=series.controller if series else ""),
            texts.say("The place of the meeting still shows: {place}.", place=place) if place else "",
            texts.say("The program cannot know the real name when it stands in a text: read every paper through before it is given."),
        ]
        self.words.setText(" ".join(sentence for sentence in shown if sentence))
        self.setAccessibleName(f"{self._head.text()} {self.words.text()}")

    def unfold(self, whole: bool) -> None:
        """All of it, or the first line only."""
        self.words.setVisible(whole)
        self.more.setVisible(not whole)

    def _on_more(self) -> None:
        self.unfold(whole=True)
