"""Handlingsplan: her own goal, the goals and the steps at the left; work, days and versions at the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.ui.cases.card_face import CardFace
from rehabdesk.ui.cases.plan_about import AbilityCard, AboutCard
from rehabdesk.ui.cases.plan_desk import TABLES, PlanDesk
from rehabdesk.ui.cases.plan_evaluation import EvaluationCard
from rehabdesk.ui.cases.plan_goals import GoalsCard, OwnGoalCard
from rehabdesk.ui.cases.plan_places import PlanPlacesCard
from rehabdesk.ui.cases.plan_steps import StepsCard
from rehabdesk.ui.cases.plan_versions import VersionsCard
from rehabdesk.ui.forum.meeting.tab_order import follow_layout
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.layouts import column
from rehabdesk.ui.shell.context import Context


class PlanFace(QWidget):
    """The face of the case page where the plan is written. `wanted(str)` when one of its links leads to another face."""

    wanted = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self.desk = PlanDesk(context, self)
        self.own_goal, self.goals, self.steps = OwnGoalCard(self.desk), GoalsCard(self.desk), StepsCard(self.desk)
        self.evaluation, self.ability = EvaluationCard(self.desk), AbilityCard(self.desk)
        self.about, self.versions = AboutCard(self.desk), VersionsCard(self.desk)
        self.versions.wanted.connect(self.wanted)
        self.places = PlanPlacesCard(self.desk)
        left = (self.own_goal, self.goals, self.steps, self.places, self.evaluation)
        self._cards = _Cards(context, left, (self.about, self.ability, self.versions))
        self.setLayout(column(self._cards))
        self._tab_order: list[QWidget] = []
        # After the cards, which listen to the same: what they made has its place in the order by then.
        self.desk.changed.connect(self._fix_tab_order)
        watch(self, context.store, TABLES, self.desk.reload)

    def show_case(self, row: CaseRow) -> None:
        """Show this case's plan; it stays with the other one when what was typed there could not be kept."""
        if self.desk.case is not None and self.desk.case.id != row.id and not self.flush():
            return
        self.desk.show_case(row)

    def focus_first(self) -> None:
        """Put the keyboard in her own goal."""
        self.own_goal.focus_first()

    def step_back(self) -> bool:
        """Put away what stands open; False when nothing does."""
        return self._cards.step_back()

    def flush(self) -> bool:
        """Keep what is typed in any card."""
        return self._cards.flush()

    def _fix_tab_order(self) -> None:
        self._tab_order = follow_layout(self, self._tab_order)


class _Cards(CardFace):
    """The cards, which ask the desk for themselves."""

    def show_case(self, row: CaseRow) -> None:
        """The desk tells them."""
