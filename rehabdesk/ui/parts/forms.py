"""Forms: a name above each field, one sentence beside it when something is wrong; fields for days, times, choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import restyle
from rehabdesk.ui.parts.field_frame import FieldFrame, FieldProblem
from rehabdesk.ui.parts.layouts import column, line

ParseDate = Callable[[str], date]
"""Reads a day as it is written or said; raises `Refused` with the reason."""

__all__ = ["ChoiceField", "DateField", "FieldFrame", "FieldProblem", "Form", "ParseDate", "TimeField", "read_time"]


class Form(QWidget):
    """Fields under one another, known by the name their problems carry."""

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._texts = texts
        self._frames: dict[str, FieldFrame] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._rest = FieldProblem()
        self._column.addWidget(self._rest)

    def add(self, key: str, label: str, field: QWidget, hint: str = "") -> FieldFrame:
        """One field on its own line."""
        frame = self._framed(key, label, field, hint)
        self._column.insertWidget(self._column.count() - 1, frame)
        return frame

    def add_line(self, *fields: tuple[str, str, QWidget]) -> None:
        """Several fields (key, label, field) beside one another."""
        frames = [self._framed(key, label, field, "") for key, label, field in fields]
        row = line(*frames, gap=16)
        for frame in frames:
            row.setAlignment(frame, QtCore.Qt.AlignmentFlag.AlignTop)
        self._column.insertLayout(self._column.count() - 1, row)

    def frame(self, key: str) -> FieldFrame:
        """The frame of a field."""
        return self._frames[key]

    def show_problems(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Put each problem beside its field and go to the first; what belongs to no field stands below and is returned."""
        by_field: dict[str, list[Problem]] = {}
        rest: list[Problem] = []
        for problem in problems:
            by_field.setdefault(problem.field, []).append(problem) if problem.field in self._frames else rest.append(problem)
        for key, frame in self._frames.items():
            frame.tell(self._texts.problems(by_field.get(key, ())))
        self._rest.tell(self._texts.problems(rest))
        first = next((key for key in self._frames if key in by_field), None)
        if first is not None:
            target = self._frames[first].field
            getattr(target, "line", target).setFocus()
        return tuple(rest)

    def clear_problems(self) -> None:
        """Nothing is wrong."""
        self.show_problems(())

    def _framed(self, key: str, label: str, field: QWidget, hint: str) -> FieldFrame:
        frame = FieldFrame(self._texts, label, field, hint)
        self._frames[key] = frame
        return frame


class _ReadBackField(QWidget):
    """A line in which something is written freely, and beside it (or beneath) how it was understood."""

    def __init__(self, name: str, beside: bool, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._beside = beside
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self._read_back = QLabel()
        self._read_back.setProperty("part", "muted")
        self._read_back.setTextFormat(QtCore.Qt.TextFormat.PlainText)
        row = line(self.line, self._read_back, gap=12) if beside else column(self.line, self._read_back, gap=4)
        if beside:
            row.setStretch(0, 2)
            row.setStretch(1, 3)
        else:
            self._read_back.hide()
        self.setLayout(row)
        self.setFocusProxy(self.line)

    def _tell(self, words: str, wrong: bool) -> None:
        # How a day is read is a word or two; why it cannot be read is a sentence, which must not widen the form.
        self._read_back.setWordWrap(wrong)
        self._read_back.setText(words)
        self._read_back.setVisible(self._beside or bool(words))
        restyle(self._read_back, "ink", "red" if wrong else None)
        self.line.setAccessibleDescription(words)


class DateField(_ReadBackField):
    """A day: 2026-12-15, 15/12 or "på fredag"; read back with weekday and week. `changed(date | None)`."""

    changed = Signal(object)

    def __init__(self, texts: Texts, parse: ParseDate, name: str = "", parent: QWidget | None = None) -> None:
        """`parse` reads what is written and raises `Refused` with the reason when it cannot."""
        super().__init__(name, True, parent)
        self._texts = texts
        self._parse = parse
        self._day: date | None = None
        self.line.textEdited.connect(self._on_edited)
        self.line.editingFinished.connect(self._on_finished)

    @property
    def day(self) -> date | None:
        """The day, or None when there is none or it cannot be read."""
        return self._day

    @property
    def readable(self) -> bool:
        """Whether what is written is a day, or empty."""
        return self._day is not None or not self.line.text().strip()

    def set_day(self, day: date | None) -> None:
        """Show this day, unless somebody is writing another."""
        if self.line.hasFocus() and self.line.isModified():
            return
        self._day = day
        self.line.setText(self._texts.date(day) if day is not None else "")
        self._read_back_day()

    def the_day(self) -> date:
        """The day; refused, with the reason, where none is written."""
        return self._day if self._day is not None else self._parse(self.line.text().strip())

    def write(self, text: str) -> None:
        """Show what somebody wrote earlier, a day or not; nothing is emitted."""
        # As when it is typed: who listens to the line finds it read.
        self._read(text)
        self.line.setText(text)

    def _on_edited(self, text: str) -> None:
        before = self._day
        self._read(text)
        if self._day != before:
            self.changed.emit(self._day)

    def _read(self, text: str) -> None:
        self._day = None
        if not text.strip():
            self._tell("", wrong=False)
            return
        try:
            self._day = self._parse(text.strip())
        except Refused as refused:
            self._tell(self._texts.problems(refused.problems), wrong=True)
        else:
            self._read_back_day()

    def _on_finished(self) -> None:
        if self._day is not None:
            self.line.setText(self._texts.date(self._day))
            self.line.setModified(False)

    def _read_back_day(self) -> None:
        day = self._day
        self._tell("" if day is None else f"{self._texts.weekday(day)} {self._texts.week(day)}", wrong=False)


class TimeField(_ReadBackField):
    """A time of day: 13.00, 13:00, 1300 or 13. Its value is "13:00". `changed(str | None)`."""

    changed = Signal(object)

    def __init__(self, texts: Texts, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, False, parent)
        self._texts = texts
        self._time: str | None = None
        self.line.textEdited.connect(self._on_edited)
        self.line.editingFinished.connect(self._on_finished)

    @property
    def time(self) -> str | None:
        """The time as "HH:MM", or None."""
        return self._time

    @property
    def readable(self) -> bool:
        """Whether what is written is a time, or empty."""
        return self._time is not None or not self.line.text().strip()

    def set_time(self, time: str | None) -> None:
        """Show this time, unless somebody is writing another."""
        if self.line.hasFocus() and self.line.isModified():
            return
        self._time = time
        self.line.setText(self._texts.time(time) if time is not None else "")
        self._tell("", wrong=False)

    def write(self, text: str) -> None:
        """Show what somebody wrote earlier, a time or not; nothing is emitted."""
        self._read(text)
        self.line.setText(text)

    def _on_edited(self, text: str) -> None:
        before = self._time
        self._read(text)
        if self._time != before:
            self.changed.emit(self._time)

    def _read(self, text: str) -> None:
        self._time = read_time(text)
        wrong = self._time is None and bool(text.strip())
        self._tell(self._texts.say("Write the time like 13.00.") if wrong else "", wrong)

    def _on_finished(self) -> None:
        if self._time is not None:
            self.line.setText(self._texts.time(self._time))
            self.line.setModified(False)


def read_time(text: str) -> str | None:
    """13.00, 13:00, 1300, 900 or 13 as "HH:MM"; None when it is no time of day."""
    written = text.strip().lower().removeprefix("kl").lstrip(". ").replace(".", ":").replace(",", ":")
    hours, colon, minutes = written.partition(":")
    if not colon and written.isascii() and written.isdigit() and len(written) in (3, 4):
        hours, minutes = written[:-2], written[-2:]
    elif not colon:
        minutes = "00"
    whole = f"{hours}{minutes}"
    if not (whole.isascii() and whole.isdigit() and 1 <= len(hours) <= 2 and len(minutes) == 2):
        return None
    return f"{int(hours):02}:{minutes}" if int(hours) < 24 and int(minutes) < 60 else None


class ChoiceField(QComboBox):
    """One of a few. `changed(value)` when a person chose; values are whatever the choices carry."""

    changed = Signal(object)

    def __init__(self, choices: Sequence[tuple[Any, str]], name: str = "", parent: QWidget | None = None) -> None:
        """`choices` are (value, words)."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(QtCore.Qt.FocusPolicy.StrongFocus)
        self._values: list[Any] = []
        self.set_choices(choices)
        self.activated.connect(self._on_activated)

    @property
    def value(self) -> Any | None:
        """What is chosen."""
        place = self.currentIndex()
        return self._values[place] if 0 <= place < len(self._values) else None

    @property
    def written(self) -> str:
        """What is chosen, as a text to keep."""
        return "" if self.value is None else str(self.value)

    def set_written(self, written: str) -> None:
        """Choose what was kept so; what is no choice any more is passed over."""
        kept = [value for value in self._values if ("" if value is None else str(value)) == written]
        if kept:
            self.set_value(kept[0])

    def set_choices(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Other choices; what was chosen stays chosen where it still exists."""
        wanted = [(value, words) for value, words in choices]
        if [value for value, _ in wanted] == self._values and [self.itemText(i) for i in range(self.count())] == [
            words for _, words in wanted
        ]:
            return
        chosen = self.value
        self.clear()
        self._values = [value for value, _ in wanted]
        self.addItems([words for _, words in wanted])
        if chosen in self._values:
            self.setCurrentIndex(self._values.index(chosen))

    def set_value(self, value: Any | None) -> None:
        """Choose this; an unknown value leaves nothing chosen."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """A page scrolled past a choice must not change it."""
        event.ignore()

    def _on_activated(self, place: int) -> None:
        self.changed.emit(self._values[place])
