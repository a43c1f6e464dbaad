"""The fields of a round, which planning and changing share: when, how often, where, how many places, and when it rests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.domain.rounds import HolidayWeek, RoundDetails, read_breaks, written_breaks
from rehabdesk.domain.spoken_dates import parse_date
from rehabdesk.domain.swedish import week
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import Label, Muted
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.forms import DateField, Form, TimeField
from rehabdesk.ui.parts.layouts import FlowLayout, clear, column, holding
from rehabdesk.ui.parts.tokens import GAP
from rehabdesk.ui.prerehab.number_line import NumberLine
from rehabdesk.ui.shell.context import Context

#: Lines in which a number is written.
NUMBERS = ("weeks", "max_places", "min_places", "late_weeks")


class RoundForm(QWidget):
    """`changed` whenever anything in it is another."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._told: RoundDetails | None = None
        self._worked: set[date] = set()
        self._offered: tuple[HolidayWeek, ...] = ()
        texts = context.texts
        self.name, self.place, self.breaks = QLineEdit(), QLineEdit(), QLineEdit()
        self.starts_on = DateField(texts, ReadDay(context.clock, prefer_future=True), texts.say("First day"))
        self.start, self.end = TimeField(texts, texts.say("Begins")), TimeField(texts, texts.say("Ends"))
        self.numbers = {key: NumberLine() for key in NUMBERS}
        self.weekdays = tuple(_weekday(texts, _A_MONDAY + timedelta(days=place)) for place in range(7))
        self.form = Form(texts)
        self._lay_out()
        self._listen()

    @property
    def fields(self) -> dict[str, QWidget]:
        """What is kept as a draft, by name."""
        named = {"name": self.name, "place": self.place, "breaks": self.breaks, "starts_on": self.starts_on, "start": self.start, "end": self.end}
        ticks = {f"weekday:{place}": tick for place, tick in enumerate(self.weekdays)}
        return {**named, **self.numbers, **ticks}

    @property
    def worked(self) -> frozenset[date]:
        """The Mondays of the holiday weeks that are worked in."""
        return frozenset(self._worked)

    def proposed(self, details: RoundDetails) -> dict[str, str]:
        """What stands in the lines while nobody has written anything else."""
        late = _late_weeks(details)
        return {
            "name": details.name, "place": details.place, "breaks": written_breaks(details.breaks), "weeks": str(details.weeks),
            "max_places": str(details.max_places), "min_places": str(details.min_places), "late_weeks": "" if late is None else str(late),
            **{f"weekday:{weekday}": "1" for weekday in details.weekdays},
        }  # fmt: skip

    def fill_days(self, details: RoundDetails, worked: frozenset[date] = frozenset()) -> None:
        """The days and times of these details; lines and ticks are the draft's to fill. It works in the holiday weeks of `worked`."""
        self._told = details
        self._worked = set(worked)
        self._offered = ()
        for field in (self.starts_on, self.start, self.end):
            field.line.setModified(False)
        self.starts_on.set_day(details.starts_on)
        self.start.set_time(details.start or None)
        self.end.set_time(details.end or None)
        self.form.clear_problems()

    def details(self, programme_id: int) -> RoundDetails:
        """What the fields say; refused where a break cannot be read."""
        starts_on = self.starts_on.day
        numbers = {key: line.number for key, line in self.numbers.items()}
        return RoundDetails(
            programme_id=programme_id,
            name=self.name.text(),
            starts_on=starts_on,
            weeks=numbers["weeks"] or 0,
            weekdays=tuple(place for place, tick in enumerate(self.weekdays) if tick.isChecked()),
            start=self.start.time or "",
            end=self.end.time or "",
            place=self.place.text(),
            min_places=numbers["min_places"] or 0,
            max_places=numbers["max_places"] or 0,
            last_late_start_on=self._late_start(starts_on, numbers["late_weeks"]),
            breaks=read_breaks(self.breaks.text(), starts_on or self._context.clock.today(), _next_day),
        )

    def unreadable(self) -> tuple[Problem, ...]:
        """The fields in which something is written that cannot be read."""
        found = [Problem("number.not_understood", key) for key, line in self.numbers.items() if not line.readable]
        if not self.starts_on.readable:
            found.append(Problem("date.not_understood", "starts_on"))
        found += [Problem("time.not_understood", key) for key, field in (("start", self.start), ("end", self.end)) if not field.readable]
        return tuple(found)

    def leave_out(self, *keys: str) -> None:
        """Fields that are not asked here."""
        for key in keys:
            self.form.frame(key).hide()

    def offer_holidays(self, weeks: Sequence[HolidayWeek]) -> None:
        """The holiday weeks that are met, each with a tick for resting in it."""
        if tuple(weeks) == self._offered:
            return
        self._offered = tuple(weeks)
        clear(self._holidays)
        texts = self._context.texts
        for offered in weeks:
            words = texts.say("week {week} {year}, {period}", week=week(offered.monday), year=offered.monday.year, period=offered.period)
            tick = _tick(words)
            tick.setChecked(offered.monday not in self._worked)
            tick.toggled.connect(_Working(self, offered.monday))
            self._holidays.addWidget(tick)
        self._holidays_frame.setVisible(bool(weeks))

    def work_in(self, monday: date, works: bool) -> None:
        """Work in a holiday week, or rest in it."""
        (self._worked.add if works else self._worked.discard)(monday)
        self.changed.emit()

    # --- building ---

    def _lay_out(self) -> None:
        texts, form, numbers = self._context.texts, self.form, self.numbers
        form.add("starts_on", texts.say("First day"), self.starts_on)
        weekdays = FlowLayout(gap=GAP + 4)
        for tick in self.weekdays:
            weekdays.addWidget(tick)
        form.add("weekdays", texts.say("Weekdays"), holding(weekdays))
        form.add_line(
            ("weeks", texts.say("Weeks"), numbers["weeks"]), ("start", texts.say("Begins"), self.start), ("end", texts.say("Ends"), self.end)
        )
        form.add_line(
            ("max_places", texts.say("Places"), numbers["max_places"]),
            ("min_places", texts.say("Fewest"), numbers["min_places"]),
            ("late_weeks", texts.say("Late start through week"), numbers["late_weeks"]),
        )
        form.add("breaks", texts.say("Breaks"), self.breaks, texts.say("For example: week 7 winter break, 15/4–16/4 training day"))
        self._holidays = FlowLayout(gap=GAP + 4)
        self._holidays_frame = holding(
            column(Label(texts.say("Holiday weeks it rests in")), holding(self._holidays), Muted(texts.say("It ends as much later.")), gap=4)
        )
        self._holidays_frame.hide()
        form.add("place", texts.say("Place"), self.place)
        form.add("name", texts.say("A name of its own"), self.name, texts.say("Without one it is called by its programme and number."))
        self.setLayout(column(form, self._holidays_frame, gap=16))
        self.setFocusProxy(self.starts_on)

    def _listen(self) -> None:
        for line in (*self.numbers.values(), self.name, self.place, self.breaks, self.start.line, self.end.line, self.starts_on.line):
            line.textChanged.connect(self._on_changed)
        for tick in self.weekdays:
            tick.toggled.connect(self._on_changed)

    # --- internals ---

    def _on_changed(self, _changed: object = None) -> None:
        self.changed.emit()

    def _late_start(self, starts_on: date | None, weeks: int | None) -> date | None:
        """The Sunday of the week it is written as; the day it was, where that is the same week."""
        if starts_on is None or not weeks:
            return None
        told = self._told
        if told is not None and told.last_late_start_on is not None and told.starts_on == starts_on and _late_weeks(told) == weeks:
            return told.last_late_start_on
        return starts_on + timedelta(days=7 * min(weeks, 200) - 1 - starts_on.weekday())


class _Working:
    """A tick that is taken away means that one works."""

    def __init__(self, form: RoundForm, monday: date) -> None:
        self._form, self._monday = form, monday

    def __call__(self, rests: bool) -> None:
        self._form.work_in(self._monday, not rests)


_A_MONDAY = date(2024, 1, 1)


def in_form(problem: Problem) -> Problem:
    """The last late start is written as a week here."""
    return problem._replace(field="late_weeks") if problem.field == "last_late_start_on" else problem


def _tick(words: str) -> QCheckBox:
    tick = QCheckBox(words)
    tick.setAccessibleName(words)
    return tick


def _weekday(texts: Texts, day: date) -> QCheckBox:
    """Short, so that the week stands on one line; read aloud whole."""
    tick = _tick(texts.short_weekday(day))
    tick.setAccessibleName(texts.weekday(day))
    return tick


def _late_weeks(details: RoundDetails) -> int | None:
    """In which calendar week of the round one may begin at the latest."""
    if details.last_late_start_on is None or details.starts_on is None:
        return None
    monday = details.starts_on - timedelta(days=details.starts_on.weekday())
    return (details.last_late_start_on - monday).days // 7 + 1


def _next_day(text: str, after: date) -> date | None:
    """A day in words, the next from another day."""
    try:
        reading = parse_date(text, after, prefer_future=True)
    except Refused:
        return None
    return reading.day if reading is not None else None
