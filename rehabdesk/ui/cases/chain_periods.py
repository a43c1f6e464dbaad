"""The periods of sick leave as a table one types into, with what lies between them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.rehab_chain import DEGREES, days_between
from rehabdesk.services import sick_leave
from rehabdesk.services.chain_rules import rule_book
from rehabdesk.store.queries import sick_leave as queries
from rehabdesk.store.queries.sick_leave import PeriodRow
from rehabdesk.ui.cases.chain_fields import DAY_WIDTH, DayLine
from rehabdesk.ui.cases.chain_table import EditTable, Fields, Told, Values
from rehabdesk.ui.parts.basics import Muted
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.forms import ChoiceField
from rehabdesk.ui.shell.context import Context


class PeriodsCard(EditTable):
    """Every period of the case, the earliest first, and a row that adds one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        texts = context.texts
        names = (texts.say("First day"), texts.say("Last day"), texts.say("Extent"))
        super().__init__(context, texts.say("Sick leave"), None, names, (texts.say("new period"), texts.say("Add a period")))
        if parent is not None:
            self.setParent(parent)
        hint = texts.say(
            "Write for example 3/8 or 2026-08-03. Without a last day the sick leave goes on. Every calendar day counts, whatever the degree, "
            "weekends too; days between periods do not."
        )
        self.add(Muted(hint))

    def read_rows(self, case_id: int) -> Sequence[PeriodRow]:
        """The case's periods."""
        return self._context.store.read(queries.periods, case_id)

    def make_fields(self, about: str) -> Fields:
        """First day, last day and degree."""
        context, texts = self._context, self._context.texts
        start, end = (
            DayLine(context.theme, texts, ReadDay(context.clock), f"{name}, {about}") for name in (texts.say("First day"), texts.say("Last day"))
        )
        end.setPlaceholderText(texts.say("goes on"))
        degree = ChoiceField([(degree, texts.percent(degree / 100)) for degree in DEGREES], f"{texts.say('Extent')}, {about}")
        degree.setFixedWidth(context.theme.px(DAY_WIDTH))
        return {"start": start, "end": end, "degree": degree}

    def values_of(self, row: PeriodRow) -> Values:
        """What a period holds."""
        return row.start, row.end, row.degree

    def about(self, row: PeriodRow) -> str:
        """ "period från 2026-08-03"."""
        return self._context.texts.say("period from {day}", day=row.start)

    def told(self, row: PeriodRow, rows: Sequence[PeriodRow]) -> Told:
        """How long it is, and what lies between it and the one before."""
        texts, today = self._context.texts, self._context.clock.today()
        days = ((row.end or max(today, row.start)) - row.start).days + 1
        words = texts.count("{n} day", "{n} days", days)
        place = rows.index(row)
        before = self._between(rows[place - 1], row) if place else ""
        if row.end is None:
            words = texts.say("{days} so far", days=words) if row.start <= today else ""
        return Told(words, before)

    def add_row(self, values: Values) -> None:
        """Write down a period."""
        sick_leave.add_period(self._context.store, self._case_id, *values)

    def change_row(self, row_id: int, values: Values) -> None:
        """Correct a period."""
        sick_leave.change_period(self._context.store, row_id, *values)

    def remove_row(self, row_id: int) -> None:
        """Take a period away."""
        sick_leave.remove_period(self._context.store, row_id)

    def _between(self, before: PeriodRow, row: PeriodRow) -> str:
        texts, gap = self._context.texts, days_between(before.as_period(), row.as_period())
        if gap <= 0:
            return ""
        if gap < rule_book().join_under(row.start):
            return texts.count("{n} day between: the periods are joined, and the day is not counted.",
                               "{n} days between: the periods are joined, and those days are not counted.", gap)
        return texts.count("{n} day between: a new chain begins.", "{n} days between: a new chain begins.", gap)
