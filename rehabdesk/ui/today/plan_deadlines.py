"""Plans for the return to work that are due within a fortnight, are late, or are asked for again."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.plan_duty import PlanState
from rehabdesk.services import sick_leave
from rehabdesk.store.queries.sick_leave import PlanDutyRow
from rehabdesk.ui.cases.chain_words import left_tone, left_words
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.today.lines import Line, LinesCard


class PlanDeadlinesCard(LinesCard):
    """A line a case, by number alone; the most pressing first."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, context.texts.say("Plans for the return to work"), parent)

    def refresh(self) -> None:
        """Ask again."""
        today = self._context.clock.today()
        rows = self._context.store.read(sick_leave.plan_duties, today)
        self.show_lines([self._line(row) for row in rows if row.duty.is_pressing()])

    def _line(self, row: PlanDutyRow) -> Line:
        texts, duty = self._context.texts, row.duty
        if duty.state is PlanState.REOPENED:
            words = texts.say("{number}: a plan is asked for again.", number=row.case_number)
        elif duty.is_certain or duty.state is PlanState.LATE:
            words = texts.say("{number}: the plan has no answer.", number=row.case_number)
        else:
            words = texts.say("{number}: the plan has no answer, if the sick leave goes on.", number=row.case_number)
        return Line(
            words, Target("cases", "case", row.case_id, "chain"), day=texts.short_day(duty.due_on), aside=left_words(texts, duty),
            aside_tone=left_tone(duty),
        )  # fmt: skip
