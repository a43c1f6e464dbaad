"""Reading a day as it is written or said, for a `DateField`."""

from __future__ import annotations

from datetime import date

from rehabdesk.domain.clock import Clock
from rehabdesk.domain.notes import read_day
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.domain.spoken_dates import parse_date


class ReadDay:
    """Gives the day, or refuses with the reason. A day without a year is this year's, or with `prefer_future` the next."""

    def __init__(self, clock: Clock, *, prefer_future: bool = False, field: str | None = None) -> None:
        self._clock = clock
        self._prefer_future = prefer_future
        self._field = field

    def __call__(self, text: str) -> date:
        reading = parse_date(text, self._clock.today(), prefer_future=self._prefer_future, field=self._field)
        if reading is None:
            raise Refused(Problem("date.not_understood", self._field))
        if reading.day is None:
            raise Refused(reading.problem or Problem("date.not_understood", self._field))
        return reading.day


class ReadPastDay:
    """Gives a day that has been: 3/12, "i går", "i måndags"; one that has not come is refused, by the problem `in_future`."""

    def __init__(self, clock: Clock, field: str | None = None, *, in_future: str = "note.in_future") -> None:
        self._clock = clock
        self._field = field
        self._in_future = in_future

    def __call__(self, text: str) -> date:
        found = read_day(text, self._clock.today(), self._field)
        if isinstance(found, Problem):
            raise Refused(Problem(self._in_future, found.field, found.params) if found.code == "note.in_future" else found)
        return found
