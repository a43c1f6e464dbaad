"""Notes between meetings (tjänsteanteckningar): what happened, on which day that has been, with whom."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rehabdesk.domain.forum import ActionEventKind
from rehabdesk.domain.problems import Problem
from rehabdesk.domain.spoken_dates import DateReading, find_date_at_end, parse_date

#: How far back a day without a year is looked for: "29/12", written on the fourth of January, is last year's.
_LAST_YEARS = timedelta(days=183)

_NEAR = {
    "i går": 1, "igår": 1, "yesterday": 1, "i förrgår": 2, "iförrgår": 2, "the day before yesterday": 2,
}  # fmt: skip
_WEEKDAYS = {
    "måndags": 0, "tisdags": 1, "onsdags": 2, "torsdags": 3, "fredags": 4, "lördags": 5, "söndags": 6,
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
_LAST_WEEKDAY = re.compile(r"(?:i|last)\s+(" + "|".join(_WEEKDAYS) + r")\Z", re.IGNORECASE)
_NEAR_AT_END = re.compile(
    r"(?<!\w)(" + "|".join(map(re.escape, sorted(_NEAR, key=len, reverse=True))) + r"|(?:i|last) (?:" + "|".join(_WEEKDAYS) + r"))\s*\.?\s*\Z",
    re.IGNORECASE,
)
_YEAR = re.compile(r"[0-9]{4}")

#: What a note can say of an action.
ANSWERS = frozenset({ActionEventKind.DONE, ActionEventKind.MOVED, ActionEventKind.DROPPED, ActionEventKind.KEPT})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a note says of one action: done, no longer current, as it was, or moved to another day."""

    action_id: int
    kind: ActionEventKind
    due_on: date | None = None


def written_answers(answers: Iterable[Answer]) -> str:
    """Answers as one text, for a note that is not written yet: "12 done,13 moved 2026-12-03"."""
    return ",".join(
        " ".join([str(one.action_id), one.kind.value, *([one.due_on.isoformat()] if one.due_on is not None else [])]) for one in answers
    )


def read_answers(written: str) -> tuple[Answer, ...]:
    """The answers that `written_answers` wrote."""
    parts = [one.split(" ") for one in written.split(",") if one]
    return tuple(
        Answer(int(action_id), ActionEventKind(kind), date.fromisoformat(due[0]) if due else None) for action_id, kind, *due in parts
    )


def read_day(text: str, today: date, field: str | None = None) -> date | Problem:
    """A day that has been, as it is written or said: 3/12, "i går", "i måndags"; the latest such day, never one to come."""
    said = " ".join(text.casefold().split())
    if said in _NEAR:
        return today - timedelta(days=_NEAR[said])
    if weekday := _LAST_WEEKDAY.fullmatch(said):
        return today - timedelta(days=(today.weekday() - _WEEKDAYS[weekday[1].casefold()] - 1) % 7 + 1)
    reading = parse_date(text, today, prefer_future=False, field=field)
    if reading is None or (reading.day is None and reading.problem is None):
        return Problem("date.not_understood", field)
    return reading.problem or _that_has_been(reading, text, today, field)


def day_in(text: str, today: date) -> date | None:
    """The day that the end of a note tells: "klart enligt telefon 3/12"; None where it tells none that has been."""
    near = _NEAR_AT_END.search(text)
    if near is not None:
        day = read_day(near[1], today)
        return day if isinstance(day, date) else None
    reading = find_date_at_end(text, today)
    if reading is None:
        return None
    day = read_day(text[reading.start : reading.end], today)
    return day if isinstance(day, date) else None


def problems_with_note(text: str, on: date | None, today: date) -> tuple[Problem, ...]:
    """A note says something, of a day that has come."""
    found: list[Problem] = []
    if not text.strip():
        found.append(Problem("note.text_missing", "text"))
    if on is None:
        found.append(Problem("note.day_missing", "day"))
    elif on > today:
        found.append(Problem("note.in_future", "day", {"day": on}))
    return tuple(found)


def problems_with_answer(answer: Answer, reason: str) -> tuple[Problem, ...]:
    """An action is moved to a day, and for a reason."""
    if answer.kind is not ActionEventKind.MOVED:
        return ()
    if answer.due_on is None:
        return (Problem("note.moved_without_day", "due_on"),)
    return () if reason.strip() else (Problem("action.move_reason_missing", "reason"),)


def _that_has_been(reading: DateReading, text: str, today: date, field: str | None) -> date | Problem:
    day = reading.day
    if day is None or day <= today:
        return day or Problem("date.not_understood", field)
    if not _YEAR.search(text):
        try:
            before = day.replace(year=day.year - 1)
        except ValueError:  # 29 February
            before = day.replace(year=day.year - 1, day=28)
        if before >= today - _LAST_YEARS:
            return before
    return Problem("note.in_future", field, {"day": day})
