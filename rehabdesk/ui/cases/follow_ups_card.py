"""How it went half a year and a year after a case was closed: asked when it is due, answered here."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.cases import FollowUpOutcome
from rehabdesk.domain.problems import Refused
from rehabdesk.services import closing
from rehabdesk.store.queries import follow_ups as queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.follow_ups import FollowUpRow
from rehabdesk.ui.parts.basics import Badge, Card, KeyButton, Link, Muted, Row, Words
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.forms import ChoiceField, DateField, Form
from rehabdesk.ui.parts.layouts import clear, column, line
from rehabdesk.ui.parts.tokens import PAD, Tone
from rehabdesk.ui.shell.context import Context


class FollowUpForm(QWidget):
    """Asks how it went, for one follow-up at a time. `ended` when it has been answered or put away."""

    ended = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._follow_up_id: int | None = None
        texts = context.texts
        self.outcome = ChoiceField([(outcome, texts.term(outcome)) for outcome in FollowUpOutcome], texts.say("How it went"))
        self.done_on = DateField(texts, ReadDay(context.clock), texts.say("Asked on"))
        self.form = Form(texts)
        self.form.add("outcome", texts.say("How it went"), self.outcome)
        self.form.add("done_on", texts.say("Asked on"), self.done_on)
        self.confirm = KeyButton(texts.say("Keep the answer"), "Ctrl+Return", kind="primary")
        self.cancel = KeyButton(texts.name("button", "Cancel"), shows="Esc")
        inside = column(self.form, line(self.confirm, self.cancel, None), gap=16)
        inside.setContentsMargins(PAD, 12, PAD, 12)
        self.setLayout(inside)
        self.hide()
        self.confirm.clicked.connect(self._on_confirmed)
        self.cancel.clicked.connect(self.put_away)

    def ask(self, follow_up_id: int) -> None:
        """Ask about this one, answered or not."""
        self._follow_up_id = follow_up_id
        self.outcome.set_value(None)
        self.done_on.set_day(self._context.clock.today())
        self.form.clear_problems()
        self.show()
        self.outcome.setFocus()

    def put_away(self) -> bool:
        """Ask no more; False when nothing was asked."""
        was_open = not self.isHidden()
        self.hide()
        if was_open:
            self.ended.emit()
        return was_open

    def _on_confirmed(self) -> None:
        if not self.done_on.readable:
            self.done_on.line.setFocus()
            return
        try:
            closing.answer_follow_up(self._context.store, self._follow_up_id, self.outcome.value, self.done_on.day)
        except Refused as refused:
            self.form.show_problems(refused.problems)
            return
        self.put_away()


class FollowUpsCard(Card):
    """The follow-ups of a closed case; gone while it is open. `unfolded(QWidget)` when an answer is asked for."""

    unfolded = Signal(QWidget)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts.say("Follow-up"), parent=parent)
        self._context = context
        self._case_id: int | None = None
        self._shown: object = None
        self._build()

    def show_case(self, row: CaseRow) -> None:
        """Show this case's follow-ups."""
        found = self._context.store.read(queries.of_case, row.id)
        if row.id != self._case_id:
            self._case_id = row.id
            self.step_back()
        self.setVisible(bool(found))
        today = self._context.clock.today()
        if (found, today) != self._shown:
            self._shown = found, today
            clear(self._list)
            for place, one in enumerate(found):
                self._list.addWidget(self._row(one, place == 0))

    def ask(self, follow_up_id: int) -> None:
        """Ask how it went."""
        self.asking.ask(follow_up_id)
        self.unfolded.emit(self.asking)

    def step_back(self) -> bool:
        """Put the question away; False when it was not asked."""
        return self.asking.put_away()

    # --- slots and internals ---

    def _build(self) -> None:
        self.asking = FollowUpForm(self._context)
        self._list = column(gap=0)
        self.add(column(self._list, self.asking, gap=0), padded=False)

    def _row(self, one: FollowUpRow, first: bool) -> Row:
        texts = self._context.texts
        head = texts.say("After {months} months", months=one.months)
        if one.outcome is not None:
            said, tone, about = texts.term(one.outcome), Tone.GREEN, texts.long_date(one.done_on)
        else:
            is_due = one.due_on <= self._context.clock.today()
            said, tone = (texts.name("follow-up", "ask now"), Tone.AMBER) if is_due else (texts.name("follow-up", "later"), Tone.NEUTRAL)
            about = texts.long_date(one.due_on)
        answer = Link(texts.name("button", "Answer") if one.outcome is None else texts.name("button", "Change"), head)
        answer.clicked.connect(partial(self.ask, one.id))
        row = Row(column(Words(head), Muted(about), gap=2), Badge(said, tone), answer, first=first, name=f"{head}, {said}, {about}")
        row.layout().setStretch(0, 1)
        return row
