"""One call, and the answer to it: set with one key, with the day it came and the times that were named."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.calling import Answer, Answered
from rehabdesk.domain.problems import Problem
from rehabdesk.store.queries.calls import CallRow
from rehabdesk.ui.cases.circumstances_card import NeedsLine
from rehabdesk.ui.forum.calling_table import state_tone, state_words, told_words, who_words
from rehabdesk.ui.parts.basics import Badge, Card, KeyButton, Muted, Words
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.forms import DateField, Form, TimeField
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.parts.tokens import GAP, PAD
from rehabdesk.ui.shell.context import Context

NO_ANSWER_KEY = "0"
KEYS = ((Answer.COMES, "1"), (Answer.OTHER_TIME, "2"), (Answer.CANNOT, "3"))


class CallingAnswer(Card):
    """`answered(Answered | None)` when an answer has been chosen; the keys are the table's, the buttons show them."""

    answered = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        texts = context.texts
        self._badge = Badge()
        super().__init__(texts.say("No call is chosen"), aside=self._badge, parent=parent)
        self._context = context
        self._row: CallRow | None = None
        self._about = Muted()
        self._told = Words()
        self.needs = NeedsLine(context)
        self.buttons = {answer: KeyButton(_with_capital(texts.term(answer)), shows=key) for answer, key in KEYS}
        self.no_answer = KeyButton(texts.say("No answer yet"), shows=NO_ANSWER_KEY, kind="link")
        self.day = DateField(texts, ReadDay(context.clock), texts.say("Day the answer came"))
        self.can_from = TimeField(texts, texts.say("Can come from"))
        self.can_until = TimeField(texts, texts.say("Can stay until"))
        self.form = Form(texts)
        self.form.add("on", texts.say("Day the answer came"), self.day)
        self.form.add_line(
            ("can_from", texts.say("Can come from"), self.can_from), ("can_until", texts.say("Can stay until"), self.can_until)
        )
        self._hint = Muted(texts.say("Another time: write from or until when, then Enter. It becomes the time the party can come to the item."))
        rows = [line(button, None) for button in self.buttons.values()]
        self.add(column(self._about, self._told, self.needs, *rows, self.form, self._hint, line(self.no_answer, None), None, gap=PAD - GAP), stretch=1)
        self._listen()
        self.show_call(None)

    def show_call(self, row: CallRow | None) -> None:
        """Show a call; what is being written for the same one stays."""
        texts = self._context.texts
        is_other = row is None or self._row is None or row.id != self._row.id
        self._row = row
        self.setEnabled(row is not None)
        self._badge.setVisible(row is not None)
        if row is None:
            self.heading.setText(texts.say("No call is chosen"))
            self._about.setText("")
            self._told.setText("")
            self.needs.show_needs(None)
            return
        self.heading.setText(who_words(texts, row))
        self._badge.show_word(state_words(texts, row), state_tone(row))
        self._about.setText(f"{row.case_number} {row.participant}, {texts.time_span(row.starts, row.ends)}")
        self._told.setText(told_words(texts, row))
        self._told.setVisible(bool(self._told.text()))
        # How she is reached, an interpreter, whoever stands by her: for whoever rings the participant herself.
        self.needs.show_needs(row.case_id if row.party_id is None else None)
        if is_other:
            self.form.clear_problems()
            self.day.set_day(row.answered_on or self._context.clock.today())
            self.can_from.set_time(row.can_from)
            self.can_until.set_time(row.can_until)

    def choose(self, answer: Answer | None) -> None:
        """Note an answer. Another time waits until it is written."""
        if self._row is None:
            return
        if answer is Answer.OTHER_TIME and not (self.can_from.time or self.can_until.time):
            self.form.clear_problems()
            self.can_from.line.setFocus()
            return
        if answer is None:
            self.answered.emit(None)
        elif self.day.readable and self.can_from.readable and self.can_until.readable:
            self.answered.emit(Answered(answer, self._day(), self.can_from.time, self.can_until.time))

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """What was refused, beside its field; nothing typed is lost."""
        self.form.show_problems(problems)

    # --- slots and internals ---

    def _listen(self) -> None:
        for slot, answer in ((self._on_comes, Answer.COMES), (self._on_other_time, Answer.OTHER_TIME), (self._on_cannot, Answer.CANNOT)):
            self.buttons[answer].clicked.connect(slot)
        self.no_answer.clicked.connect(self._on_no_answer)
        for field in (self.can_from, self.can_until):
            field.line.returnPressed.connect(self._on_other_time)

    def _on_comes(self) -> None:
        self.choose(Answer.COMES)

    def _on_other_time(self) -> None:
        self.choose(Answer.OTHER_TIME)

    def _on_cannot(self) -> None:
        self.choose(Answer.CANNOT)

    def _on_no_answer(self) -> None:
        self.choose(None)

    def _day(self) -> date:
        return self.day.day or self._context.clock.today()


def _with_capital(words: str) -> str:
    return words[:1].upper() + words[1:]
