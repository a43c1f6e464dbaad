"""How it went: each goal met, partly or not, with a comment; then the plan ends, and the next can begin."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from rehabdesk.domain.plans import GoalResult, PlanState
from rehabdesk.services import plans as services
from rehabdesk.store.queries.plans import GoalRow
from rehabdesk.ui.cases.notes_names import NameTold
from rehabdesk.ui.cases.plan_desk import PlanDesk, keep
from rehabdesk.ui.forum.meeting.named_text import NameGuard
from rehabdesk.ui.parts.basics import Card, KeyButton, Muted, Words
from rehabdesk.ui.parts.fields import AutosaveLine
from rehabdesk.ui.parts.forms import ChoiceField, FieldProblem
from rehabdesk.ui.parts.layouts import clear, column, line


class _GoalResult(QFrame):
    """One goal, how it went, and a comment."""

    def __init__(self, desk: PlanDesk, row: GoalRow) -> None:
        super().__init__()
        self.setProperty("part", "clear")
        texts = desk.context.texts
        self._desk, self._goal_id = desk, row.id
        self._words = Words()
        choices = [(None, texts.name("goal", "not evaluated")), *((result, texts.term(result)) for result in GoalResult)]
        self.result = ChoiceField(choices, texts.say("How the goal went"))
        self.comment = AutosaveLine(texts.say("Comment"), desk.context.flushes, self._save, row.comment, texts.say("Comment"))
        self.names_told = NameTold()
        self._guard = NameGuard(desk, self.comment, self.names_told)
        self.setLayout(column(self._words, line(self.result, self.comment, gap=8), self.names_told, gap=4))
        self.layout().itemAt(1).layout().setStretch(1, 1)
        self.result.changed.connect(self._on_result)

    def show_goal(self, row: GoalRow, number: int) -> None:
        """What the store has."""
        texts = self._desk.context.texts
        self._words.setText(texts.say("Goal {number}: {text}", number=number, text=row.text))
        self.result.setAccessibleName(texts.say("How goal {number} went", number=number))
        self.comment.setAccessibleName(texts.say("Comment on goal {number}", number=number))
        self.result.set_value(row.result)
        self.comment.refresh(row.comment)
        self._guard.look()

    def _save(self, text: str) -> None:
        keep(services.change_comment, self._desk.context.store, self._goal_id, text)

    def _on_result(self, result: GoalResult | None) -> None:
        self._desk.attempt(services.set_result, self._goal_id, result)


class EvaluationCard(Card):
    """The evaluation of the plan; gone until there is a goal."""

    def __init__(self, desk: PlanDesk, parent: QWidget | None = None) -> None:
        texts = desk.context.texts
        super().__init__(texts.say("Evaluation"), parent=parent)
        self._desk = desk
        self.rows: dict[int, _GoalResult] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self._said = Muted()
        self.end = KeyButton(texts.say("End the plan"))
        self.begin = KeyButton(texts.say("Begin the next plan"), kind="primary")
        self.problem = FieldProblem()
        self.add(column(self._said, self._list, line(self.end, self.begin, None), self.problem, gap=12))
        self.end.clicked.connect(self._on_end)
        self.begin.clicked.connect(partial(self._do, services.begin_next))
        desk.changed.connect(self._refresh)

    def flush(self) -> bool:
        """Keep what is typed in any comment."""
        return all([row.comment.flush() for row in self.rows.values()])

    def _refresh(self) -> None:
        desk, texts = self._desk, self._desk.context.texts
        plan = desk.plan
        goals = tuple(goal for goal in plan.goals if goal.text.strip()) if plan is not None else ()
        self.setVisible(bool(goals) or not desk.can_write)
        if tuple(goal.id for goal in goals) != tuple(self.rows):
            self._make_rows(goals)
        for number, goal in enumerate(goals, start=1):
            self.rows[goal.id].show_goal(goal, number)
            self.rows[goal.id].setEnabled(desk.can_write)
        ended = plan is not None and plan.state is PlanState.ENDED
        self._said.setText(
            texts.say("The plan ended {day}. It stays as it was.", day=texts.long_date(plan.ended_on)) if ended
            else texts.say("Say how each goal went, together with the participant.")
        )  # fmt: skip
        self.end.setVisible(not ended)
        self.begin.setVisible(ended)
        if ended:
            self.problem.tell("")

    def _make_rows(self, goals: tuple[GoalRow, ...]) -> None:
        self.flush()
        clear(self._list)
        self.rows = {goal.id: _GoalResult(self._desk, goal) for goal in goals}
        for row in self.rows.values():
            self._list.addWidget(row)

    def _on_end(self) -> None:
        # What is typed anywhere in the plan belongs to it as it ends.
        if self._desk.context.flushes.flush_all():
            self._do(services.end)

    def _do(self, verb: object) -> None:
        told: list[str] = []
        self._desk.told.connect(told.append)
        try:
            self._desk.attempt(verb, self._desk.case.id)
        finally:
            self._desk.told.disconnect(told.append)
        self.problem.tell(" ".join(told))
