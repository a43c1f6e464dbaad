"""Whether the case is open: closing it with a reason, opening it again, and taking away one that was never used."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.cases import ClosingReason, GoalsOutcome, goals_together
from rehabdesk.domain.problems import Refused
from rehabdesk.services import cases, closing
from rehabdesk.services.prerehab.endings import told_before_closing
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import plans as plan_queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.ui.parts.basics import Card, KeyButton, Words
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.forms import ChoiceField, DateField, FieldProblem, Form
from rehabdesk.ui.parts.layouts import column, holding, line
from rehabdesk.ui.shell.context import Context


class ClosingCard(Card):
    """Says where the case stands."""

    unfolded = Signal(QWidget)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts.say("Opened and closed"), parent=parent)
        self._context = context
        self._case: CaseRow | None = None
        self._is_unused = False
        self._build()

    @property
    def is_asking(self) -> bool:
        """Whether the form for closing stands open."""
        return self.asking.isVisibleTo(self)

    def show_case(self, row: CaseRow) -> None:
        """Show this case."""
        texts = self._context.texts
        if self._case is None or self._case.id != row.id or row.closed_on is not None:
            self.stop_asking()
        self._case = row
        self._problem.tell("")
        is_open = row.closed_on is None
        if is_open:
            self.said.setText(texts.say("Open since {day}.", day=texts.long_date(row.opened_on)))
        else:
            self.said.setText(
                texts.say("Closed {day}: {reason}.", day=texts.long_date(row.closed_on), reason=row.closing_reason or "")
            )
        self.close_it.setVisible(is_open and not self.is_asking)
        self._is_unused = is_open and not self._context.store.read(case_queries.is_used, row.id)
        self.remove.setVisible(self._is_unused and not self.is_asking)
        self.reopen.setVisible(not is_open)

    def step_back(self) -> bool:
        """Put the form for closing away; False when it was not open."""
        return self.stop_asking()

    def stop_asking(self) -> bool:
        """Put the form for closing away; False when it was not open."""
        was_open = self.is_asking
        self.asking.hide()
        if was_open:
            self.close_it.show()
            self.remove.setVisible(self._is_unused)
            self.close_it.setFocus()
        return was_open

    # --- slots and internals ---

    def _build(self) -> None:
        texts, clock = self._context.texts, self._context.clock
        self.said = Words()
        self.close_it = KeyButton(texts.say("Close the case"))
        self.reopen = KeyButton(texts.say("Open the case again"))
        self.remove = KeyButton(texts.say("Remove the case"), kind="link")
        self.reason = ChoiceField([(reason, texts.term(reason)) for reason in ClosingReason], texts.say("Why"))
        goals = [(None, texts.name("goals", "no goals were set")), *((goal, texts.term(goal)) for goal in GoalsOutcome)]
        self.goals = ChoiceField(goals, texts.say("The goals"))
        self.closed_on = DateField(texts, ReadDay(clock), texts.say("Day of closing"))
        self.form = Form(texts)
        self.form.add("closing_reason", texts.say("Why"), self.reason)
        self.form.add("goals_outcome", texts.say("The goals"), self.goals)
        self.form.add("closed_on", texts.say("Day of closing"), self.closed_on)
        self.confirm = KeyButton(texts.say("Close the case now"), kind="primary")
        self.cancel = KeyButton(texts.name("button", "Cancel"), shows="Esc")
        self.open_claims = Words()
        self.asking = holding(column(self.open_claims, self.form, line(self.confirm, self.cancel, None), gap=16))
        self.asking.hide()
        self._problem = FieldProblem()
        self.add(column(self.said, self.asking, line(self.close_it, self.reopen, self.remove, None), self._problem, gap=12))
        self.close_it.clicked.connect(self._on_close)
        self.confirm.clicked.connect(self._on_confirmed)
        self.cancel.clicked.connect(self.stop_asking)
        self.reopen.clicked.connect(self._on_reopen)
        self.remove.clicked.connect(self._on_remove)

    def _on_close(self) -> None:
        self.reason.set_value(None)
        plan = self._context.store.read(plan_queries.current, self._case.id)
        self.goals.set_value(goals_together(goal.result for goal in plan.goals) if plan is not None else None)
        self.closed_on.set_day(self._context.clock.today())
        told = self._context.store.read(told_before_closing, self._case.id, self._context.clock.today())
        self.open_claims.setText(self._context.texts.problems(told))
        self.open_claims.setVisible(bool(told))
        self.form.clear_problems()
        self.asking.show()
        self.close_it.hide()
        self.remove.hide()
        self.reason.setFocus()
        self.unfolded.emit(self.asking)

    def _on_confirmed(self) -> None:
        try:
            closing.close_case(self._context.store, self._case.id, self.reason.value, self.closed_on.day, self.goals.value)
        except Refused as refused:
            self.form.show_problems(refused.problems)
            return
        self.asking.hide()
        self.reopen.show()
        self.reopen.setFocus()

    def _on_reopen(self) -> None:
        try:
            closing.reopen_case(self._context.store, self._case.id)
        except Refused as refused:
            self._problem.tell(self._context.texts.problems(refused.problems))

    def _on_remove(self) -> None:
        try:
            cases.remove_case(self._context.store, self._case.id)
        except Refused as refused:
            self._problem.tell(self._context.texts.problems(refused.problems))
