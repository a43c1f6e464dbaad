"""Mätt den: the day that values are dated while they are typed. Today unless another is written, which then holds for a whole stack of forms."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.ui.parts.basics import Label
from rehabdesk.ui.parts.days import ReadPastDay
from rehabdesk.ui.parts.forms import DateField
from rehabdesk.ui.parts.layouts import line
from rehabdesk.ui.prerehab.measures_desk import MeasuresDesk

WIDEST = 520


class MeasuredOn(QWidget):
    """The field of the grid, and the one of the form: both show the desk's day. `left` for Enter."""

    left = Signal()

    def __init__(self, desk: MeasuresDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        context = desk.context
        self.setProperty("part", "clear")
        self._desk = desk
        name = context.texts.say("Measured on")
        self.field = DateField(context.texts, ReadPastDay(context.clock, "measured_on", in_future="measure.in_future"), name)
        self.field.line.setMinimumWidth(context.theme.px(130))
        row = line(Label(name), self.field)
        row.setStretch(1, 1)
        self.setLayout(row)
        self.setMaximumWidth(context.theme.px(WIDEST))
        self.setFocusProxy(self.field)
        # Not at each key: on the way to 12/11 there is 12/1.
        self.field.line.editingFinished.connect(self._on_finished)
        self.field.line.returnPressed.connect(self.left)
        desk.changed.connect(self._show)
        self._show()

    def _on_finished(self) -> None:
        written, problems = self.field.line.text().strip(), ()
        if written:
            problems = self._problems()
        self.field.line.setModified(False)
        self._desk.date_from(self.field.day, written, problems)

    def _problems(self) -> tuple[Problem, ...]:
        try:
            self.field.the_day()
        except Refused as refused:
            return refused.problems
        return ()

    def _show(self) -> None:
        desk = self._desk
        if not desk.day_problems:
            self.field.set_day(desk.day)
        elif self.field.line.text().strip() != desk.day_written:
            self.field.write(desk.day_written)
