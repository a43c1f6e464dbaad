"""The rehabilitation chain of a case: where she stands, the periods, what comes and why, the plan by its day, work trials."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.services import sick_leave
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.ui.cases.card_face import CardFace
from rehabdesk.ui.cases.chain_dates import ChainDatesCard
from rehabdesk.ui.cases.chain_periods import PeriodsCard
from rehabdesk.ui.cases.chain_plan_duty import PlanDutyCard
from rehabdesk.ui.cases.chain_standing import ChainStandingCard
from rehabdesk.ui.cases.chain_trials import TrialsCard
from rehabdesk.ui.live import watch, watch_day
from rehabdesk.ui.shell.context import Context

TABLES = frozenset({"sick_leave_period", "plan_answer", "work_trial", "case", "participant"})


class ChainFace(CardFace):
    """What the periods make of the chain. `wanted(str)` when one of its links leads to another face."""

    wanted = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.standing, self.periods, self.trials = ChainStandingCard(context), PeriodsCard(context), TrialsCard(context)
        self.duty, self.dates = PlanDutyCard(context), ChainDatesCard(context)
        self._row: CaseRow | None = None
        super().__init__(context, (self.standing, self.periods, self.trials), (self.duty, self.dates), parent)
        self.standing.wanted.connect(self.wanted)
        watch(self, context.store, TABLES, self._refresh)
        watch_day(self, context.clock, self._refresh)

    def show_case(self, row: CaseRow) -> None:
        """Show this case."""
        self._row = row
        super().show_case(row)
        self._tell()

    def focus_first(self) -> None:
        """Where a period is added."""
        self.periods.focus_first()

    # --- internals ---

    def _refresh(self) -> None:
        if self._row is None:
            return
        self.periods.refresh()
        self.trials.refresh()
        self._tell()

    def _tell(self) -> None:
        store, today = self._context.store, self._context.clock.today()
        standing = store.read(sick_leave.standing, self._row.id, today)
        duty = store.read(sick_leave.plan_duty, self._row.id, today)
        self.standing.show_standing(standing, duty)
        self.dates.show_standing(standing)
        self.duty.show_duty(duty, sick_leave.plan_rule(today))
