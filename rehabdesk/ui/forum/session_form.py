"""Day, time and place of a meeting: the fields that planning and moving share, and what speaks against the day."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from rehabdesk.domain.problems import Problem
from rehabdesk.domain.session_dates import why_avoid
from rehabdesk.services.forum.planning import holiday_weeks
from rehabdesk.services.forum.sessions import SessionPlan
from rehabdesk.store.queries.forum import sessions as queries
from rehabdesk.ui.parts.basics import Words
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.forms import DateField, Form, TimeField
from rehabdesk.ui.parts.layouts import column
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context


class SessionForm(QWidget):
    """The fields, and beneath them one amber line when the day is a bad one. The day is still the coordinator's to choose."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._series_id: int | None = None
        self._own_id: int | None = None
        texts = context.texts
        self.date = DateField(texts, ReadDay(context.clock, prefer_future=True), texts.say("Day"))
        self.start = TimeField(texts, texts.say("Begins"))
        self.end = TimeField(texts, texts.say("Ends"))
        self.place = QLineEdit()
        self.form = Form(texts)
        self.form.add("date", texts.say("Day"), self.date)
        self.form.add_line(("start", texts.say("Begins"), self.start), ("end", texts.say("Ends"), self.end))
        self.form.add("place", texts.say("Place"), self.place)
        self._against = Words()
        self._against.set_ink(Tone.AMBER)
        self._against.hide()
        self.date.changed.connect(self._on_day)
        self.setLayout(column(self.form, self._against))
        self.setFocusProxy(self.date)

    @property
    def plan(self) -> SessionPlan:
        """What the fields say."""
        return SessionPlan(self.date.day, self.start.time or "", self.end.time or "", self.place.text())

    @property
    def unreadable(self) -> tuple[Problem, ...]:
        """The fields in which something is written that cannot be read."""
        found = [] if self.date.readable else [Problem("date.not_understood", "date")]
        for name, field in (("start", self.start), ("end", self.end)):
            found += [] if field.readable else [Problem("time.not_understood", name)]
        return tuple(found)

    def fill(self, series_id: int, plan: SessionPlan, own_id: int | None = None) -> None:
        """Begin with these values; `own_id` is the meeting itself when it is being moved."""
        self._series_id, self._own_id = series_id, own_id
        for field in (self.date, self.start, self.end):
            field.line.setModified(False)
        self.date.set_day(plan.held_on)
        self.start.set_time(plan.start or None)
        self.end.set_time(plan.end or None)
        self.place.setText(plan.place)
        self.form.clear_problems()
        self._on_day(plan.held_on)

    def _on_day(self, day: date | None) -> None:
        told = []
        if day is not None:
            reason = why_avoid(day, holiday_weeks())
            told += [self._context.texts.problem(reason)] if reason is not None else []
            told += [self._context.texts.problem(self._past)] if day < self._context.clock.today() else []
            told += self._same_day(day)
        self._against.setText(" ".join(told))
        self._against.setVisible(bool(told))

    @property
    def _past(self) -> Problem:
        return Problem("date.in_the_past", "date", {"day": self.date.day})

    def _same_day(self, day: date) -> list[str]:
        rows = self._context.store.read(queries.sessions, series_id=self._series_id, year=day.year)
        taken = [row for row in rows if row.held_on == day and row.id != self._own_id]
        return [self._context.texts.say("The series already has a meeting that day.")] if taken else []
