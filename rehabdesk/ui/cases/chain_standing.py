"""Where the participant stands on the chain: the drawing, what she is tested against and why, and who decides."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.chain_rules import Certainty, Rule, Situation
from rehabdesk.domain.plan_duty import PlanDuty
from rehabdesk.domain.rehab_chain import ChainStanding
from rehabdesk.services.chain_rules import chain_rules
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.ui.cases.chain_drawing import ChainDrawing
from rehabdesk.ui.cases.chain_words import capital, drawing_words, exception_words, head_words, source_words, state_words, test_words
from rehabdesk.ui.cases.faces import DETAILS
from rehabdesk.ui.parts.basics import Badge, Card, Label, Link, Muted, Words
from rehabdesk.ui.parts.layouts import clear, column, line
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context


class ChainStandingCard(Card):
    """`wanted(str)` when what decides the tests (her working life, her age) is to be changed."""

    wanted = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        texts = context.texts
        self.head = Words("", "label", wrap=False)
        super().__init__(texts.say("Rehabilitation chain"), self.head, parent)
        self._context = context
        self._shown: object = None
        self.drawing = ChainDrawing(context.theme, texts.say("Rehabilitation chain"))
        self.state = Words()
        self._why = column(gap=8)
        self.situation = Muted(wrap=False)
        self.change = Link(texts.name("button", "Change"), texts.say("Working life"))
        self.change.clicked.connect(self._on_change)
        self.rules = Words("", ink=Tone.AMBER)
        self.add(column(self.drawing, self.state, self._why, line(self.situation, self.change, None), self.rules, gap=10))

    def show_case(self, _row: CaseRow) -> None:
        """Which case it is; the face asks where she stands, once for all its cards."""

    def show_standing(self, standing: ChainStanding, duty: PlanDuty) -> None:
        """Show where she stands."""
        texts = self._context.texts
        in_force = chain_rules()
        if (standing, duty, in_force) == self._shown:
            return
        self._shown = standing, duty, in_force
        self.head.setText(head_words(texts, standing))
        self.drawing.show_standing(standing, drawing_words(texts, standing, duty))
        self.drawing.setVisible(standing.chain is not None)
        self.state.setText(state_words(texts, standing))
        self._tell_why(standing)
        self.situation.setText(texts.say("Working life: {situation}", situation=standing.situation))
        wrong = texts.problems(in_force.problems)
        if wrong:
            wrong = f"{wrong} {texts.say('The rules that came with the program are used.')}"
        elif in_force.own_files:
            wrong = texts.say("Rules of this computer are used too: {files}.", files=list(in_force.own_files))
        self.rules.setText(wrong)
        self.rules.setVisible(bool(wrong))

    # --- internals ---

    def _tell_why(self, standing: ChainStanding) -> None:
        clear(self._why)
        test = standing.test
        if test is None and standing.is_sick:
            self._why.addWidget(Words(test_words(self._context.texts, standing)))
        elif test is not None:
            self._why.addWidget(self._rule(test))
            exceptions = exception_words(self._context.texts, test)
            if exceptions:
                label = Label(self._context.texts.say("The earlier test is kept for one of these reasons:"))
                self._why.addLayout(column(label, *(Words(f"– {words}") for words in exceptions), gap=2))
        paid = [rule for rule in standing.steps if rule.to_day is not None]
        for rule in (*paid, *((standing.level,) if standing.level else ()), *standing.notes):
            self._why.addWidget(self._rule(rule, named=True))
        if standing.senior_until is not None:
            until = self._context.texts.long_date(standing.senior_until)
            self._why.addWidget(Words(self._context.texts.say("By the senior rule sickness benefit is paid to {day} at the longest.", day=until)))
        if standing.situation is Situation.SENIOR:
            self._why.addWidget(Muted(self._context.texts.say("The ages of the senior rule are not confirmed for every year of birth.")))

    def _rule(self, rule: Rule, named: bool = False) -> QWidget:
        texts = self._context.texts
        about = rule.about.written(texts.language)
        words = f"{capital(rule.name.written(texts.language))}: {about}" if named else about
        told = column(Words(words), Muted(source_words(texts, rule)), gap=2)
        holder = QWidget()
        holder.setProperty("part", "clear")
        if rule.certainty is Certainty.UNCERTAIN:
            told.addLayout(line(Badge(texts.term(rule.certainty), Tone.AMBER), None))
        holder.setLayout(told)
        return holder

    def _on_change(self) -> None:
        self.wanted.emit(DETAILS)
