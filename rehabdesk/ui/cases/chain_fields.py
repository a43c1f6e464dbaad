"""Rows that are typed into like a table: short fields for days beside one another, one sentence beneath when something is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import Link, Muted, Words, restyle
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.field_frame import FieldProblem
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.parts.tokens import PAD, Tone

#: As wide as a date, at 14 px text.
DAY_WIDTH = 118


class DayLine(QLineEdit):
    """A short field for a day. `settled` when a readable day, or none, has been left in it or Enter pressed."""

    settled = Signal()

    def __init__(self, theme: Theme, texts: Texts, parse: ReadDay, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._parse = parse
        self._shown: date | None = None
        self._problems: tuple[Problem, ...] = ()
        self.setAccessibleName(name)
        self.setFixedWidth(theme.px(DAY_WIDTH))
        self.editingFinished.connect(self._on_finished)

    @property
    def day(self) -> date | None:
        """The day that is written, or None when there is none or it cannot be read."""
        try:
            return self._read()
        except Refused:
            return None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why what is written is no day."""
        try:
            self._read()
        except Refused as refused:
            return refused.problems
        return ()

    @property
    def is_typed(self) -> bool:
        """Whether something else is written than what was shown."""
        return self.text().strip() != self._written(self._shown)

    def set_day(self, day: date | None) -> None:
        """Show this day, unless somebody is writing another."""
        if self.is_typed and self.hasFocus():
            return
        self._shown = day
        self.setText(self._written(day))
        self.setToolTip(f"{self._texts.weekday(day)}, {self._texts.week(day)}" if day is not None else "")

    def put_back(self, day: date | None) -> None:
        """Show this day, whatever somebody has written."""
        self._shown = day
        self.setText(self._written(day))

    def _read(self) -> date | None:
        written = self.text().strip()
        # What it showed itself needs no reading: that costs more than the rest of a row.
        if not written or written == self._written(self._shown):
            return self._shown if written else None
        return self._parse(written)

    def _written(self, day: date | None) -> str:
        return self._texts.date(day) if day is not None else ""

    def _on_finished(self) -> None:
        day = self.day
        if day is not None and self.is_typed:
            self.setText(self._written(day))
        self.settled.emit()


class EditRow(QFrame):
    """Fields on a line, known by the name their problems carry. `removed` when its link is pressed."""

    removed = Signal()

    def __init__(self, texts: Texts, fields: Mapping[str, QWidget], tail: QWidget, remove: Link | None = None,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "row")
        self._texts = texts
        self._fields = dict(fields)
        self.gap = Muted()
        self.gap.hide()
        self.problem = FieldProblem()
        self.warning = Words("", ink=Tone.AMBER)
        self.warning.hide()
        self._line = line(*fields.values(), tail, None, gap=12)
        if remove is not None:
            self._line.addWidget(remove)
            remove.clicked.connect(self.removed)
        rows = column(self.gap, self._line, self.problem, self.warning, gap=4)
        rows.setContentsMargins(PAD, 6, PAD, 6)
        self.setLayout(rows)

    @property
    def is_wrong(self) -> bool:
        """Whether something stands in it that was not kept."""
        return bool(self.problem.text())

    def tell(self, problems: Iterable[Problem]) -> None:
        """Say what is wrong and mark the fields; with nothing wrong fall silent."""
        told = tuple(problems)
        sentence = self._texts.problems(told)
        self.problem.tell(sentence)
        wrong = {problem.field for problem in told}
        for key, field in self._fields.items():
            restyle(field, "wrong", "true" if key in wrong else "false")
            field.setAccessibleDescription(sentence if key in wrong else "")

    def focus_problem(self, problems: Iterable[Problem]) -> None:
        """Put the keyboard in the first field that is wrong."""
        for problem in problems:
            if problem.field in self._fields:
                self._fields[problem.field].setFocus()
                return

    def warn(self, sentences: Iterable[str]) -> None:
        """Say what speaks against it, beneath."""
        told = " ".join(sentences)
        self.warning.setText(told)
        self.warning.setVisible(bool(told))

    def say_before(self, words: str) -> None:
        """What stands between this row and the one before."""
        self.gap.setText(words)
        self.gap.setVisible(bool(words))

    def unreadable(self) -> tuple[Problem, ...]:
        """What is written in a field for a day and is none."""
        return tuple(
            problem._replace(field=key)
            for key, field in self._fields.items() if isinstance(field, DayLine)
            for problem in field.problems
        )  # fmt: skip


def headings(theme: Theme, words: Iterable[str], width: int = DAY_WIDTH) -> QWidget:
    """The names of the columns, over the fields."""
    row = line(gap=12)
    row.setContentsMargins(PAD, 8, PAD, 0)
    for one in words:
        name = Words(one, "label")
        name.setFixedWidth(theme.px(width))
        row.addWidget(name)
    row.addStretch(1)
    holder = QWidget()
    holder.setProperty("part", "clear")
    holder.setLayout(row)
    return holder
