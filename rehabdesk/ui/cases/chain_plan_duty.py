"""The plan by its day: how much time there is, the three ways it is answered, and when it is asked for again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from rehabdesk.domain.plan_duty import SINCE_2018, GivenAnswer, PlanAnswer, PlanDuty, PlanRule, PlanState
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import sick_leave
from rehabdesk.store.queries import sick_leave as queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.ui.cases.chain_words import answer_hint, answer_words, capital, duty_words, left_tone, left_words
from rehabdesk.ui.parts.basics import Badge, Card, Heading, KeyButton, Link, Muted, Words
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.form_draft import FormDraft
from rehabdesk.ui.parts.forms import DateField, Form
from rehabdesk.ui.parts.layouts import FlowLayout, clear, column, holding, line
from rehabdesk.ui.shell.context import Context

#: How many earlier answers are listed.
MOST_EARLIER = 5


class PlanDutyCard(Card):
    """The duty of one case. `unfolded(QWidget)` when an answer is asked for."""

    unfolded = Signal(QWidget)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.left = Badge()
        super().__init__(context.texts.say("Plan for the return to work"), self.left, parent)
        self._context = context
        self._case_id: int | None = None
        self._shown: object = None
        self._given: GivenAnswer | None = None
        self._answering: PlanAnswer | None = None
        self._rule = SINCE_2018
        self._build()

    def show_case(self, row: CaseRow) -> None:
        """Show this case's duty."""
        if row.id != self._case_id:
            self._case_id = row.id
            self.step_back()

    def show_duty(self, duty: PlanDuty, rule: PlanRule) -> None:
        """Show where it stands."""
        texts = self._context.texts
        answers = self._context.store.read(queries.plan_answers, self._case_id)
        if (duty, rule, answers, self._case_id) == self._shown:
            return
        self._shown = duty, rule, answers, self._case_id
        self._given, self._rule = duty.answer, rule
        for answer, button in self.buttons.items():
            button.setToolTip(answer_hint(texts, answer, rule))
        self.heading.setText(texts.say("Plan for the return to work, by day {day}", day=rule.deadline_day))
        self.left.show_word(left_words(texts, duty), left_tone(duty))
        self.said.setText(duty_words(texts, duty, rule.deadline_day))
        is_answered = duty.state is PlanState.ANSWERED
        self.improved.setVisible(is_answered and duty.answer.answer is not PlanAnswer.PLAN)
        self._has_sick_leave = duty.state is not PlanState.NONE or bool(answers)
        if not self.asking.isVisibleTo(self):
            self.choices.setVisible(self._has_sick_leave)
        self._list_answers(answers)

    def step_back(self) -> bool:
        """Put the question away; False when it was not asked."""
        was_open = self.asking.isVisibleTo(self)
        self.asking.hide()
        self.choices.setVisible(self._has_sick_leave)
        if was_open:
            self.buttons[self._answering or PlanAnswer.PLAN].setFocus()
        return was_open

    # --- slots and internals ---

    def _build(self) -> None:
        texts = self._context.texts
        self._has_sick_leave = False
        self.said = Words()
        self.buttons = {answer: KeyButton(capital(texts.term(answer))) for answer in PlanAnswer}
        self.improved = KeyButton(texts.say("Health has improved"))
        flow = FlowLayout()
        for answer, button in self.buttons.items():
            button.clicked.connect(partial(self._on_answer, answer))
            flow.addWidget(button)
        flow.addWidget(self.improved)
        self.improved.clicked.connect(self._on_improved)
        self.choices = holding(flow)
        self._build_question()
        self._earlier = column(gap=4)
        about = Muted(texts.say("The forum's own note of what the employer has done. The plan itself is the employer's."))
        self.add(column(self.said, self.choices, self.asking, self._earlier, about, gap=12))

    def _build_question(self) -> None:
        texts = self._context.texts
        self.question, self.hint = Heading(), Muted()
        self.reason = QLineEdit()
        self.reason.setAccessibleName(texts.say("Reason"))
        self._draft = FormDraft(self._context.store, self._context.flushes, {"reason": self.reason}, self)
        self.day = DateField(texts, ReadDay(self._context.clock), texts.say("Day"))
        self.form = Form(texts)
        self.form.add("reason", texts.say("Reason"), self.reason)
        self.form.add("day", texts.say("Day"), self.day)
        self.confirm = KeyButton(texts.say("Keep the answer"), "Ctrl+Return", kind="primary")
        self.cancel = KeyButton(texts.name("button", "Cancel"), shows="Esc")
        self.asking = holding(column(self.question, self.hint, self.form, line(self.confirm, self.cancel, None), gap=12))
        self.asking.hide()
        self.reason.returnPressed.connect(self._on_confirmed)
        self.confirm.clicked.connect(self._on_confirmed)
        self.cancel.clicked.connect(self.step_back)

    def _on_answer(self, answer: PlanAnswer) -> None:
        texts = self._context.texts
        self._answering = answer
        self._ask(capital(texts.term(answer)), answer_hint(texts, answer, self._rule))
        self.form.frame("reason").label.setText(texts.say("Reason") if answer is not PlanAnswer.PLAN else texts.say("Note, if you want"))
        self.form.frame("reason").show()
        self.reason.setFocus()

    def _on_improved(self) -> None:
        texts = self._context.texts
        self._answering = None
        self._ask(texts.say("Health has improved"), texts.say("What was answered holds no longer, and a plan is to be made at once."))
        self.form.frame("reason").hide()
        self.day.setFocus()

    def _ask(self, question: str, hint: str) -> None:
        self.question.setText(question)
        self.hint.setText(hint)
        # What was half written the last time stands there again.
        self._draft.open(f"plan-duty:{self._case_id}:{self._answering or 'improved'}")
        self.day.set_day(self._context.clock.today())
        self.form.clear_problems()
        self.choices.hide()
        self.asking.show()
        self.unfolded.emit(self.asking)

    def _on_confirmed(self) -> None:
        store, day = self._context.store, self.day.day
        try:
            if self._answering is None:
                sick_leave.health_improved(store, self._given.id, day)
            else:
                sick_leave.answer_plan(store, self._case_id, self._answering, self.reason.text(), day)
        except Refused as refused:
            self.form.show_problems(_beside_day(refused.problems))
            return
        self._draft.forget()
        self.step_back()

    def _list_answers(self, answers: tuple[GivenAnswer, ...]) -> None:
        texts = self._context.texts
        clear(self._earlier)
        for given in answers[:MOST_EARLIER]:
            words = Muted(answer_words(texts, given))
            improved = given.health_improved_on
            if improved is not None:
                words.setText(f"{words.text()} {texts.say('Health improved {day}.', day=texts.long_date(improved))}")
            remove = Link(texts.name("button", "Remove"), answer_words(texts, given))
            remove.clicked.connect(partial(self._on_removed, given.id))
            row = line(words, remove)
            row.setStretch(0, 1)
            self._earlier.addLayout(row)

    def _on_removed(self, answer_id: int) -> None:
        try:
            sick_leave.remove_answer(self._context.store, answer_id)
        except Refused as refused:
            self._context.messages.info(self._context.texts.problems(refused.problems))


def _beside_day(problems: tuple[Problem, ...]) -> list[Problem]:
    """Whatever the day is of, it is written in one field."""
    return [problem._replace(field="day") if problem.field in ("answered_on", "improved_on") else problem for problem in problems]
