"""The chain at a glance on a case's overview: the drawing, the day, and the plan when it presses."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.services import sick_leave
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.ui.cases.chain_drawing import ChainDrawing
from rehabdesk.ui.cases.chain_words import drawing_words, head_words, left_tone, left_words, state_words, test_words
from rehabdesk.ui.cases.faces import CHAIN
from rehabdesk.ui.live import watch, watch_day
from rehabdesk.ui.parts.basics import Badge, Card, Link, Muted, Words
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.shell.context import Context

TABLES = frozenset({"sick_leave_period", "plan_answer", "case", "participant"})


class ChainCard(Card):
    """`wanted(str)` with the chain's own face when more is to be seen or written."""

    wanted = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        texts = context.texts
        self.head = Words("", "label", wrap=False)
        super().__init__(texts.say("Rehabilitation chain"), self.head, parent)
        self._context = context
        self._case_id: int | None = None
        self._shown: object = None
        self.drawing = ChainDrawing(context.theme, texts.say("Rehabilitation chain"))
        self.state = Muted()
        self.plan, self.left = Words(texts.say("Plan for the return to work"), wrap=False), Badge()
        self.more = Link(texts.name("button", "Open"), texts.say("Rehabilitation chain"))
        self.more.clicked.connect(self._on_more)
        self.add(column(self.drawing, self.state, line(self.plan, self.left, None, self.more), gap=8))
        watch(self, context.store, TABLES, self._refresh)
        watch_day(self, context.clock, self._refresh)

    def show_case(self, row: CaseRow) -> None:
        """Show this case's chain."""
        self._case_id = row.id
        self._refresh()

    # --- internals ---

    def _refresh(self) -> None:
        if self._case_id is None:
            return
        store, texts, today = self._context.store, self._context.texts, self._context.clock.today()
        standing, duty = store.read(sick_leave.at_a_glance, self._case_id, today)
        if (standing, duty) == self._shown:
            return
        self._shown = standing, duty
        self.head.setText(head_words(texts, standing))
        self.drawing.show_standing(standing, drawing_words(texts, standing, duty))
        self.drawing.setVisible(standing.chain is not None)
        self.state.setText(f"{state_words(texts, standing)} {test_words(texts, standing)}".strip())
        self.plan.setVisible(duty.is_open)
        self.left.setVisible(duty.is_open)
        self.left.show_word(left_words(texts, duty), left_tone(duty))

    def _on_more(self) -> None:
        self.wanted.emit(CHAIN)
