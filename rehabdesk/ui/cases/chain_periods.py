"""The periods of sick leave as a table one types into: each row is kept as it is left, the last one adds."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.domain.rehab_chain import DEGREES, days_between
from rehabdesk.services import sick_leave
from rehabdesk.services.chain_rules import rule_book
from rehabdesk.store.queries import sick_leave as queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.sick_leave import PeriodRow
from rehabdesk.ui.cases.chain_fields import DAY_WIDTH, DayLine, EditRow, headings
from rehabdesk.ui.parts.basics import Card, KeyButton, Link, Muted
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.forms import ChoiceField
from rehabdesk.ui.parts.layouts import column
from rehabdesk.ui.shell.context import Context


class PeriodFields:
    """First day, last day and degree, side by side."""

    def __init__(self, context: Context, about: str) -> None:
        texts, theme, read = context.texts, context.theme, ReadDay(context.clock)
        self.start = DayLine(theme, texts, read, f"{texts.say('First day')}, {about}")
        self.end = DayLine(theme, texts, read, f"{texts.say('Last day')}, {about}")
        self.degree = ChoiceField([(degree, texts.percent(degree / 100)) for degree in DEGREES], f"{texts.say('Extent')}, {about}")
        self.degree.setFixedWidth(theme.px(DAY_WIDTH))
        self.end.setPlaceholderText(texts.say("goes on"))

    def by_name(self) -> dict[str, QWidget]:
        """Known by the names their problems carry."""
        return {"start": self.start, "end": self.end, "degree": self.degree}


class PeriodsCard(Card):
    """Every period of the case, the earliest first, and a row that adds one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts.say("Sick leave"), parent=parent)
        self._context = context
        self._case_id: int | None = None
        self._rows: dict[int, tuple[EditRow, PeriodFields, Muted]] = {}
        self._kept: dict[int, PeriodRow] = {}
        self._build()
        context.flushes.register(self)

    def show_case(self, row: CaseRow) -> None:
        """Show this case's periods."""
        if row.id != self._case_id:
            self._case_id = row.id
            self._clear_new()
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""
        if self._case_id is None:
            return
        found = self._context.store.read(queries.periods, self._case_id)
        self._kept = {row.id: row for row in found}
        for gone in self._rows.keys() - self._kept.keys():
            self._forget(gone)
        for place, row in enumerate(found):
            if row.id not in self._rows:
                self._rows[row.id] = self._made(row)
            self._list.insertWidget(place, self._rows[row.id][0])
            self._show(row, found[place - 1] if place else None)
        self._order_tabs(found)

    def focus_first(self) -> None:
        """Where one adds a period."""
        self.new.start.setFocus()

    def flush(self) -> bool:
        """Keep what is typed in every row; all are tried."""
        done = [self._keep(period_id) for period_id in tuple(self._rows)]
        return all(done) and (not self._is_new_typed() or self._add())

    # --- slots and internals ---

    def _build(self) -> None:
        context, texts = self._context, self._context.texts
        self.add(headings(context.theme, (texts.say("First day"), texts.say("Last day"), texts.say("Extent"))), padded=False)
        self._list = column(gap=0)
        self.add(self._list, padded=False)
        self.new = PeriodFields(context, texts.say("new period"))
        self.new.degree.set_value(DEGREES[0])
        self.add_it = KeyButton(texts.name("button", "Add"))
        self.add_it.setAccessibleName(texts.say("Add a period"))
        self.new_row = EditRow(texts, self.new.by_name(), self.add_it)
        self.add(self.new_row, padded=False)
        hint = texts.say("Write for example 3/8 or 2026-08-03. Without a last day the sick leave goes on. Days between periods are not counted.")
        self.add(Muted(hint))
        self.add_it.clicked.connect(self._add)
        for field in (self.new.start, self.new.end):
            field.returnPressed.connect(self._add)
            field.settled.connect(self._on_new_settled)

    def _made(self, row: PeriodRow) -> tuple[EditRow, PeriodFields, Muted]:
        texts = self._context.texts
        fields, length = PeriodFields(self._context, texts.date(row.start)), Muted(wrap=False)
        remove = Link(texts.name("button", "Remove"), texts.say("period from {day}", day=row.start))
        made = EditRow(texts, fields.by_name(), length, remove)
        for field in (fields.start, fields.end):
            field.settled.connect(partial(self._keep, row.id))
        fields.degree.changed.connect(partial(self._on_degree, row.id))
        made.removed.connect(partial(self._on_removed, row.id))
        return made, fields, length

    def _show(self, row: PeriodRow, before: PeriodRow | None) -> None:
        texts, today = self._context.texts, self._context.clock.today()
        edit, fields, length = self._rows[row.id]
        fields.start.set_day(row.start)
        fields.end.set_day(row.end)
        fields.degree.set_value(row.degree)
        days = max(0, ((row.end or max(today, row.start)) - row.start).days + 1)
        words = texts.count("{n} day", "{n} days", days)
        length.setText(words if row.end is not None else texts.say("{days} so far", days=words))
        edit.say_before(self._between(before, row) if before is not None else "")

    def _between(self, before: PeriodRow, row: PeriodRow) -> str:
        texts, gap = self._context.texts, days_between(before.as_period(), row.as_period())
        if gap <= 0:
            return ""
        if gap < rule_book().join_under(row.start):
            return texts.count("{n} day between: the periods are joined, and the day is not counted.",
                               "{n} days between: the periods are joined, and those days are not counted.", gap)
        return texts.count("{n} day between: a new chain begins.", "{n} days between: a new chain begins.", gap)

    def _keep(self, period_id: int, degree: int | None = None) -> bool:
        """Keep what stands in a row. False when it could not be kept, and the row says why."""
        edit, fields, _ = self._rows[period_id]
        kept = self._kept.get(period_id)
        unreadable = edit.unreadable()
        if kept is None or unreadable:
            edit.tell(unreadable)
            return kept is None
        wanted = (fields.start.day, fields.end.day, degree or fields.degree.value)
        if wanted == (kept.start, kept.end, kept.degree):
            edit.tell(())
            return True
        try:
            sick_leave.change_period(self._context.store, period_id, *wanted)
        except Refused as refused:
            edit.tell(refused.problems)
            return False
        edit.tell(())
        return True

    def _on_degree(self, period_id: int, degree: int) -> None:
        self._keep(period_id, degree)

    def _on_removed(self, period_id: int) -> None:
        try:
            sick_leave.remove_period(self._context.store, period_id)
        except Refused as refused:
            self._rows[period_id][0].tell(refused.problems)
            return
        self.new.start.setFocus()
        self.refresh()

    def _on_new_settled(self) -> None:
        # Something that is no day is said at once; the rest when it is added.
        self.new_row.tell(self.new_row.unreadable())

    def _add(self) -> bool:
        unreadable = self.new_row.unreadable()
        problems: tuple[Problem, ...] = unreadable
        if not unreadable:
            try:
                sick_leave.add_period(self._context.store, self._case_id, self.new.start.day, self.new.end.day, self.new.degree.value)
            except Refused as refused:
                problems = refused.problems
        self.new_row.tell(problems)
        if problems:
            self.new_row.focus_problem(problems)
            return False
        self._clear_new()
        self.refresh()
        self.new.start.setFocus()
        return True

    def _is_new_typed(self) -> bool:
        return bool(self.new.start.text().strip() or self.new.end.text().strip())

    def _clear_new(self) -> None:
        for field in (self.new.start, self.new.end):
            field.clear()
        self.new.degree.set_value(DEGREES[0])
        self.new_row.tell(())

    def _forget(self, period_id: int) -> None:
        edit = self._rows.pop(period_id)[0]
        self._list.removeWidget(edit)
        edit.hide()
        edit.deleteLater()

    def _order_tabs(self, found: tuple[PeriodRow, ...]) -> None:
        rows = [self._rows[row.id] for row in found]
        chain = [one for edit, fields, _ in rows for one in (*fields.by_name().values(), *edit.findChildren(Link))]
        chain += [*self.new.by_name().values(), self.add_it]
        for before, after in zip(chain, chain[1:], strict=False):
            QWidget.setTabOrder(before, after)
