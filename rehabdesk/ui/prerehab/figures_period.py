"""Which period figures are of: a year, a half-year, a quarter, or days of its own; one key forward or back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.figures import Period, PeriodKind, period_with
from rehabdesk.domain.problems import Problem
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import KeyButton, Words
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.forms import ChoiceField, DateField, Form
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.shell.context import Context


class PeriodField(QWidget):
    """Chooses a period. `changed(Period)` when a person chose another."""

    changed = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context, texts = context, context.texts
        self.period = period_with(PeriodKind.YEAR, context.clock.today())
        self.kind = ChoiceField([(kind, texts.term(kind)) for kind in PeriodKind], texts.say("Figures by"))
        self.back = KeyButton(texts.say("Earlier"), "Ctrl+PgUp")
        self.forward = KeyButton(texts.say("Later"), "Ctrl+PgDown")
        self.name = Words("", wrap=False)
        self.name.set_bold(True)
        self.first = DateField(texts, ReadDay(context.clock, field="first"), texts.say("First day"))
        self.last = DateField(texts, ReadDay(context.clock, field="last"), texts.say("Last day"))
        self.form = Form(texts)
        self.form.add_line(("first", texts.say("First day"), self.first), ("last", texts.say("Last day"), self.last))
        self.setLayout(column(line(self.kind, self.back, self.name, self.forward, None), self.form, gap=12))
        self.kind.changed.connect(self._on_kind)
        self.back.clicked.connect(self._on_back)
        self.forward.clicked.connect(self._on_forward)
        for field in (self.first, self.last):
            field.line.editingFinished.connect(self._on_days)
        self._show()

    # --- slots and internals ---

    def _show(self) -> None:
        is_free = self.period.kind is PeriodKind.FREE
        self.kind.set_value(self.period.kind)
        self.name.setText(period_words(self._context.texts, self.period))
        for widget in (self.back, self.forward):
            widget.setVisible(not is_free)
        self.form.setVisible(is_free)
        self.first.set_day(self.period.first)
        self.last.set_day(self.period.last)

    def _choose(self, period: Period) -> None:
        if period != self.period:
            self.period = period
            self._show()
            self.changed.emit(period)

    def _on_kind(self, kind: PeriodKind) -> None:
        today = self._context.clock.today()
        day = today if self.period.holds(today) else self.period.first
        self._choose(Period(kind, self.period.first, self.period.last) if kind is PeriodKind.FREE else period_with(kind, day))

    def _on_back(self) -> None:
        self._choose(self.period.step(-1))

    def _on_forward(self) -> None:
        self._choose(self.period.step(1))

    def _on_days(self) -> None:
        if self.period.kind is not PeriodKind.FREE or not (self.first.readable and self.last.readable):
            return
        first, last = self.first.day, self.last.day
        if first is None or last is None:
            self.form.frame("first" if first is None else "last").tell(self._context.texts.problem(Problem("figures.day_missing")))
        elif last < first:
            self.form.frame("last").tell(self._context.texts.problem(Problem("figures.days_in_order")))
        else:
            self.form.clear_problems()
            self._choose(Period(PeriodKind.FREE, first, last))


def period_words(texts: Texts, period: Period) -> str:
    """ "2026", "halvår 2, 2026", "kvartal 3, 2026" or its days."""
    year = str(period.first.year)
    if period.kind is PeriodKind.YEAR:
        return year
    if period.kind is PeriodKind.HALF:
        return texts.say("half-year {part}, {year}", part=period.part, year=year)
    if period.kind is PeriodKind.QUARTER:
        return texts.say("quarter {part}, {year}", part=period.part, year=year)
    return f"{texts.date(period.first)}–{texts.date(period.last)}"
