"""Work trials as a table one types into, with how many of the year's are used and what the rule says against each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.chain_rules import Certainty
from rehabdesk.domain.work_trial import count_of_year, proposed_end, trial_rule, warnings_about
from rehabdesk.services import sick_leave
from rehabdesk.services.chain_rules import rule_book
from rehabdesk.store.queries import sick_leave as queries
from rehabdesk.store.queries.sick_leave import TrialRow
from rehabdesk.ui.cases.chain_fields import DayLine
from rehabdesk.ui.cases.chain_table import EditTable, Fields, Told, Values
from rehabdesk.ui.cases.chain_words import source_words
from rehabdesk.ui.parts.basics import Badge, Muted, Words
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context


class TrialsCard(EditTable):
    """Every trial of the case, and a row that adds one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        texts = context.texts
        self.count = Badge()
        names = (texts.say("First day"), texts.say("Last day"), texts.say("FK was told"))
        super().__init__(context, texts.say("Work trials"), self.count, names, (texts.say("new trial"), texts.say("Add a work trial")))
        if parent is not None:
            self.setParent(parent)
        self.rule, self.source, self.sure = Words(), Muted(wrap=False), Badge()
        self.add(column(self.rule, line(self.source, self.sure, None), gap=4))

    def refresh(self) -> None:
        """Ask again, and count."""
        super().refresh()
        if self._case_id is not None:
            self._tell_rule()

    def read_rows(self, case_id: int) -> Sequence[TrialRow]:
        """The case's trials."""
        return self._context.store.read(queries.trials, case_id)

    def make_fields(self, about: str) -> Fields:
        """First day, last day, and when Försäkringskassan was told."""
        context, texts = self._context, self._context.texts
        names = {"start": texts.say("First day"), "end": texts.say("Last day"), "notified_on": texts.say("FK was told")}
        return {key: DayLine(context.theme, texts, ReadDay(context.clock), f"{name}, {about}") for key, name in names.items()}

    def values_of(self, row: TrialRow) -> Values:
        """What a trial holds."""
        return row.start, row.end, row.notified_on

    def about(self, row: TrialRow) -> str:
        """ "arbetsprövning från 2026-11-23"."""
        return self._context.texts.say("work trial from {day}", day=row.start)

    def told(self, row: TrialRow, rows: Sequence[TrialRow]) -> Told:
        """How long it is, and what the rule says against it."""
        texts, trial = self._context.texts, row.as_trial()
        periods = [period.as_period() for period in self._context.store.read(queries.periods, row.case_id)]
        others = [other.as_trial() for other in rows if other.id != row.id]
        warnings = tuple(texts.problem(problem) for problem in warnings_about(trial, others, periods, rule_book()))
        return Told(texts.count("{n} day", "{n} days", trial.days), warnings=warnings)

    def add_row(self, values: Values) -> None:
        """Write down a trial."""
        sick_leave.add_trial(self._context.store, self._case_id, *values)

    def change_row(self, row_id: int, values: Values) -> None:
        """Correct a trial."""
        sick_leave.change_trial(self._context.store, row_id, *values)

    def remove_row(self, row_id: int) -> None:
        """Take a trial away."""
        sick_leave.remove_trial(self._context.store, row_id)

    def new_settled(self) -> None:
        """The longest there is, is proposed; a shorter one is written over it."""
        start, end = self.new["start"], self.new["end"]
        if start.day is not None and not end.text().strip():
            end.setText(self._context.texts.date(proposed_end(start.day, rule_book())))

    def _tell_rule(self) -> None:
        texts, today = self._context.texts, self._context.clock.today()
        rule = trial_rule(rule_book(), today)
        used = count_of_year([row.as_trial() for row in self.read_rows(self._case_id)], rule_book(), today)
        self.rule.setText(rule.about.written(texts.language) if rule is not None else texts.say("No rule about work trials is in force."))
        self.source.setText(source_words(texts, rule) if rule is not None else "")
        self.sure.setVisible(rule is not None and rule.certainty is Certainty.UNCERTAIN)
        self.sure.show_word(texts.term(Certainty.UNCERTAIN), Tone.AMBER)
        self.count.setVisible(used is not None)
        if used is not None:
            words = texts.say("{used} of {most} used in {year}", used=used.used, most=used.most, year=str(used.year))
            self.count.show_word(words, Tone.AMBER if not used.left else Tone.NEUTRAL)
