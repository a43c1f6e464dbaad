"""Work trials as a table one types into, with how many of the year's are used and what the rule says against each."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.chain_rules import Certainty
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.domain.work_trial import count_of_year, proposed_end, trial_rule, warnings_about
from rehabdesk.services import sick_leave
from rehabdesk.services.chain_rules import rule_book
from rehabdesk.store.queries import sick_leave as queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.sick_leave import TrialRow
from rehabdesk.ui.cases.chain_fields import DayLine, EditRow, headings
from rehabdesk.ui.cases.chain_words import source_words
from rehabdesk.ui.parts.basics import Badge, Card, KeyButton, Link, Muted, Words
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context


class TrialFields:
    """First day, last day, and when Försäkringskassan was told."""

    def __init__(self, context: Context, about: str) -> None:
        texts, theme, read = context.texts, context.theme, ReadDay(context.clock)
        self.start = DayLine(theme, texts, read, f"{texts.say('First day')}, {about}")
        self.end = DayLine(theme, texts, read, f"{texts.say('Last day')}, {about}")
        self.notified_on = DayLine(theme, texts, read, f"{texts.say('FK was told')}, {about}")

    def by_name(self) -> dict[str, QWidget]:
        """Known by the names their problems carry."""
        return {"start": self.start, "end": self.end, "notified_on": self.notified_on}


class TrialsCard(Card):
    """Every trial of the case, and a row that adds one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.count = Badge()
        super().__init__(context.texts.say("Work trials"), self.count, parent)
        self._context = context
        self._case_id: int | None = None
        self._rows: dict[int, tuple[EditRow, TrialFields, Muted]] = {}
        self._kept: dict[int, TrialRow] = {}
        self._build()
        context.flushes.register(self)

    def show_case(self, row: CaseRow) -> None:
        """Show this case's trials."""
        if row.id != self._case_id:
            self._case_id = row.id
            self._clear_new()
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""
        if self._case_id is None:
            return
        found = self._context.store.read(queries.trials, self._case_id)
        self._kept = {row.id: row for row in found}
        for gone in self._rows.keys() - self._kept.keys():
            self._forget(gone)
        for place, row in enumerate(found):
            if row.id not in self._rows:
                self._rows[row.id] = self._made(row)
            self._list.insertWidget(place, self._rows[row.id][0])
        self._show_rows(found)
        self._tell_rule(found)
        self._order_tabs(found)

    def flush(self) -> bool:
        """Keep what is typed in every row; all are tried."""
        done = [self._keep(trial_id) for trial_id in tuple(self._rows)]
        return all(done) and (not self._is_new_typed() or self._add())

    # --- slots and internals ---

    def _build(self) -> None:
        context, texts = self._context, self._context.texts
        self.add(headings(context.theme, (texts.say("First day"), texts.say("Last day"), texts.say("FK was told"))), padded=False)
        self._list = column(gap=0)
        self.add(self._list, padded=False)
        self.new = TrialFields(context, texts.say("new trial"))
        self.add_it = KeyButton(texts.name("button", "Add"))
        self.add_it.setAccessibleName(texts.say("Add a work trial"))
        self.new_row = EditRow(texts, self.new.by_name(), self.add_it)
        self.add(self.new_row, padded=False)
        self.rule, self.source, self.sure = Words(), Muted(), Badge()
        self.add(column(self.rule, line(self.source, self.sure, None), gap=4))
        self.add_it.clicked.connect(self._add)
        for field in self.new.by_name().values():
            field.returnPressed.connect(self._add)
            field.settled.connect(self._on_new_settled)

    def _made(self, row: TrialRow) -> tuple[EditRow, TrialFields, Muted]:
        texts = self._context.texts
        fields, length = TrialFields(self._context, texts.date(row.start)), Muted(wrap=False)
        remove = Link(texts.name("button", "Remove"), texts.say("work trial from {day}", day=row.start))
        made = EditRow(texts, fields.by_name(), length, remove)
        for field in fields.by_name().values():
            field.settled.connect(partial(self._keep, row.id))
        made.removed.connect(partial(self._on_removed, row.id))
        return made, fields, length

    def _show_rows(self, found: tuple[TrialRow, ...]) -> None:
        texts = self._context.texts
        periods = [row.as_period() for row in self._context.store.read(queries.periods, self._case_id)]
        for row in found:
            edit, fields, length = self._rows[row.id]
            for key, field in fields.by_name().items():
                field.set_day(getattr(row, key))
            length.setText(texts.count("{n} day", "{n} days", row.as_trial().days))
            others = [other.as_trial() for other in found if other.id != row.id]
            edit.warn(texts.problem(problem) for problem in warnings_about(row.as_trial(), others, periods, rule_book()))

    def _tell_rule(self, found: tuple[TrialRow, ...]) -> None:
        texts, today = self._context.texts, self._context.clock.today()
        rule = trial_rule(rule_book(), today)
        used = count_of_year([row.as_trial() for row in found], rule_book(), today)
        self.count.setVisible(used is not None)
        self.rule.setText(rule.about.written(texts.language) if rule is not None else texts.say("No rule about work trials is in force."))
        self.source.setText(source_words(texts, rule) if rule is not None else "")
        self.sure.setVisible(rule is not None and rule.certainty is Certainty.UNCERTAIN)
        self.sure.show_word(texts.term(Certainty.UNCERTAIN), Tone.AMBER)
        if used is not None:
            words = texts.say("{used} of {most} used in {year}", used=used.used, most=used.most, year=str(used.year))
            self.count.show_word(words, Tone.AMBER if not used.left else Tone.NEUTRAL)

    def _keep(self, trial_id: int) -> bool:
        """Keep what stands in a row. False when it could not be kept, and the row says why."""
        edit, fields, _ = self._rows[trial_id]
        kept = self._kept.get(trial_id)
        problems: tuple[Problem, ...] = edit.unreadable()
        wanted = (fields.start.day, fields.end.day, fields.notified_on.day)
        if kept is not None and not problems and wanted != (kept.start, kept.end, kept.notified_on):
            try:
                sick_leave.change_trial(self._context.store, trial_id, *wanted)
            except Refused as refused:
                problems = refused.problems
        edit.tell(problems)
        return not problems or kept is None

    def _on_removed(self, trial_id: int) -> None:
        try:
            sick_leave.remove_trial(self._context.store, trial_id)
        except Refused as refused:
            self._rows[trial_id][0].tell(refused.problems)
            return
        self.new.start.setFocus()
        self.refresh()

    def _on_new_settled(self) -> None:
        self.new_row.tell(self.new_row.unreadable())
        start = self.new.start.day
        if start is not None and not self.new.end.text().strip():
            # The longest there is; a shorter one is written over it.
            self.new.end.setText(self._context.texts.date(proposed_end(start, rule_book())))

    def _add(self) -> bool:
        problems: tuple[Problem, ...] = self.new_row.unreadable()
        if not problems:
            fields = self.new
            try:
                sick_leave.add_trial(self._context.store, self._case_id, fields.start.day, fields.end.day, fields.notified_on.day)
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
        return any(field.text().strip() for field in self.new.by_name().values())

    def _clear_new(self) -> None:
        for field in self.new.by_name().values():
            field.clear()
        self.new_row.tell(())

    def _forget(self, trial_id: int) -> None:
        edit = self._rows.pop(trial_id)[0]
        self._list.removeWidget(edit)
        edit.hide()
        edit.deleteLater()

    def _order_tabs(self, found: tuple[TrialRow, ...]) -> None:
        rows = [self._rows[row.id] for row in found]
        chain = [one for edit, fields, _ in rows for one in (*fields.by_name().values(), *edit.findChildren(Link))]
        chain += [*self.new.by_name().values(), self.add_it]
        for before, after in zip(chain, chain[1:], strict=False):
            QWidget.setTabOrder(before, after)
