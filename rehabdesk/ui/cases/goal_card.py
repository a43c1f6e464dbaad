"""Her own goal in her own words, on the overview of the case: hers and the coordinator's."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.store.queries import plans as queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.plans import OwnGoalRow
from rehabdesk.ui.parts.basics import Card, Link, Muted, Words
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.shell.context import Context


class GoalCard(Card):
    """ "Mål, med egna ord", and when the plan is evaluated. `wanted("plan")` when its link is pressed."""

    wanted = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts.say("Goal, in own words"), parent=parent)
        self._context = context
        self.goal, self.when = Words(), Muted()
        self.open = Link(context.texts.say("The action plan"))
        self.open.clicked.connect(self._on_open)
        self.add(column(self.goal, self.when, line(self.open, None), gap=4))

    def show_case(self, row: CaseRow) -> None:
        """Show this case's goal. The page reads its tables and asks again."""
        texts = self._context.texts
        plan = self._context.store.read(queries.own_goal, row.id)
        own_goal = plan.own_goal.strip() if plan is not None else ""
        self.goal.setText(texts.say("“{words}”", words=own_goal.strip("”“\"")) if own_goal else texts.say("Not written yet."))
        self.when.setText(self._when(plan))
        self.when.setVisible(bool(self.when.text()))

    def _when(self, plan: OwnGoalRow | None) -> str:
        texts, today = self._context.texts, self._context.clock.today()
        if plan is None:
            return ""
        if plan.ended_on is not None:
            return texts.say("Evaluated {day}", day=plan.ended_on)
        if plan.evaluate_on is None:
            return texts.say("No day for the evaluation is set.")
        if plan.evaluate_on <= today:
            return texts.say("To be evaluated since {day}", day=plan.evaluate_on)
        return texts.say("To be evaluated {day}", day=plan.evaluate_on)

    def _on_open(self) -> None:
        self.wanted.emit("plan")
