"""Dates and times as they are said and typed: "på fredag", "v. 49", "om två veckor", "15/12", "9.30".

Swedish and English are both read whatever the window's language is: people mix. A day without a year is the next such
day; a week is its Friday. What looks like a date but is none (31/2) is a problem, not an exception.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from rehabdesk.domain import swedish
from rehabdesk.domain.problems import Problem

FRIDAY = 4
# No date is longer than this, so that a long line costs no more than a short one.
_LONGEST = 80

_WEEKDAYS = (
    ("måndag", "monday"), ("tisdag", "tuesday"), ("onsdag", "wednesday"), ("torsdag", "thursday"),
    ("fredag", "friday"), ("lördag", "saturday"), ("söndag", "sunday"),
)  # fmt: skip
_SHORT_WEEKDAYS = (
    ("mån", "mon"), ("tis", "tue"), ("ons", "wed"), ("tors", "tor", "thu"), ("fre", "fri"), ("lör", "sat"),
    ("sön", "sun"),
)  # fmt: skip
_MONTHS = (
    ("januari", "january", "jan"), ("februari", "february", "feb"), ("mars", "march", "mar"), ("april", "apr"),
    ("maj", "may"), ("juni", "june", "jun"), ("juli", "july", "jul"), ("augusti", "august", "aug"),
    ("september", "sept", "sep"), ("oktober", "october", "okt", "oct"), ("november", "nov"), ("december", "dec"),
)  # fmt: skip
_NUMBERS = {
    "en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10,
    "elva": 11, "tolv": 12, "fjorton": 14, "ett par": 2, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "a couple of": 2,
}  # fmt: skip
_UNITS = {
    "dag": "day", "dagar": "day", "day": "day", "days": "day",
    "vecka": "week", "veckor": "week", "week": "week", "weeks": "week",
    "månad": "month", "månader": "month", "mån": "month", "month": "month", "months": "month",
    "halvår": "half", "år": "year", "year": "year", "years": "year",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateReading:
    """How a piece of text was read as a day: where it stands, the day, or what is wrong with it."""

    start: int
    end: int
    day: date | None
    problem: Problem | None = None


def parse_date(text: str, today: date, *, prefer_future: bool = True, field: str | None = None) -> DateReading | None:
    """The date a whole text says, or None. With `prefer_future` off, 1/3 is this year's, gone by or not."""
    if len(text) > _LONGEST:
        return None
    return _read(_compiled(strict=True), text, 0, _Asked(today, prefer_future, field))


def find_date_at_end(text: str, today: date, *, field: str | None = None) -> DateReading | None:
    """The date a line ends with, with its "på", "senast" and the like."""
    return _read(_compiled(strict=False), text, max(0, len(text) - _LONGEST), _Asked(today, True, field))


def parse_time(text: str) -> str | None:
    """A time of day as "HH:MM", from 9, 9.30, 09:30, 930 or kl. 9; None if it is none."""
    found = re.fullmatch(r"\s*(?:kl\.?\s*)?([0-9]{1,2})(?:[.:]?([0-9]{2}))?\s*", text, re.IGNORECASE)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last; ValueError past the calendar's end."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    return first.replace(day=min(day.day, calendar.monthrange(first.year, first.month)[1]))


# --- The forms a date comes in ---


@dataclass(frozen=True, slots=True)
class _Asked:
    today: date
    prefer_future: bool
    field: str | None


class _Bad(Exception):
    """What was read is no day; carries the code of the problem and its parameters."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


_Handler = Callable[[Mapping[str, str | None], _Asked], date]
_Forms = tuple[tuple[re.Pattern[str], _Handler], ...]


def _numeric(parts: Mapping[str, str | None], asked: _Asked) -> date:
    year = int(parts["year"]) if parts["year"] else None
    if year is not None and year < 100:
        year += 2000
    return _checked_weekday(parts, _day(year, int(parts["month"] or 0), int(parts["day"] or 0), asked), asked)


def _named_month(parts: Mapping[str, str | None], asked: _Asked) -> date:
    month = _index(_MONTHS, parts["month"]) + 1
    year = int(parts["year"]) if parts["year"] else None
    return _checked_weekday(parts, _day(year, month, int(parts["day"] or 0), asked), asked)


def _weekday(parts: Mapping[str, str | None], asked: _Asked) -> date:
    weekday = _weekday_index(parts["weekday"])
    monday = asked.today - timedelta(days=asked.today.weekday())
    if parts.get("next"):
        return monday + timedelta(days=7 + weekday)
    # Said on a Friday, "fredag" is the coming one.
    return asked.today + timedelta(days=(weekday - asked.today.weekday() - 1) % 7 + 1)


def _week(parts: Mapping[str, str | None], asked: _Asked) -> date:
    number, weekday = int(parts["week"] or 0), _weekday_index(parts["weekday"]) if parts["weekday"] else FRIDAY
    this_year = asked.today.isocalendar().year
    for year in [int(parts["year"])] if parts["year"] else [this_year, this_year + 1]:
        if swedish.has_week(year, number):
            day = swedish.monday_of(year, number) + timedelta(days=weekday)
            if parts["year"] or day >= asked.today or not asked.prefer_future:
                return day
    raise _Bad("date.no_such_week", week=number)


def _near_week(parts: Mapping[str, str | None], asked: _Asked) -> date:
    weekday = _weekday_index(parts["weekday"]) if parts["weekday"] else FRIDAY
    monday = asked.today - timedelta(days=asked.today.weekday())
    weeks = 1 if parts.get("next") else 0
    if parts.get("amount"):
        weeks = _amount(parts["amount"])
    return max(monday + timedelta(weeks=weeks, days=weekday), asked.today)


def _relative(parts: Mapping[str, str | None], asked: _Asked) -> date:
    amount = _amount(parts["amount"])
    match _UNITS[(parts["unit"] or "").casefold()]:
        case "day":
            return asked.today + timedelta(days=amount)
        case "week":
            return asked.today + timedelta(weeks=amount)
        case "half":
            return add_months(asked.today, 6 * amount)
        case "month":
            return add_months(asked.today, amount)
    return add_months(asked.today, 12 * amount)


def _near_day(parts: Mapping[str, str | None], asked: _Asked) -> date:
    days = 0 if parts["today"] else 1 if parts["tomorrow"] else 2
    return asked.today + timedelta(days=days)


def _day(year: int | None, month: int, day: int, asked: _Asked) -> date:
    years = [year] if year is not None else [asked.today.year, asked.today.year + 1]
    found = None
    for candidate in years:
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year is not None or found >= asked.today or not asked.prefer_future:
            return found
    raise _Bad("date.no_such_day", day=day, month=month)


def _checked_weekday(parts: Mapping[str, str | None], day: date, asked: _Asked) -> date:
    if parts.get("weekday") and _weekday_index(parts["weekday"]) != day.weekday():
        raise _Bad("date.weekday_differs", day=day)
    return day


def _amount(written: str | None) -> int:
    number = (written or "").casefold()
    return _NUMBERS[number] if number in _NUMBERS else int(number)


def _weekday_index(written: str | None) -> int:
    stem = (written or "").casefold().removesuffix("en")
    return _index(_WEEKDAYS, stem) if any(stem in names for names in _WEEKDAYS) else _index(_SHORT_WEEKDAYS, stem)


def _index(table: tuple[tuple[str, ...], ...], written: str | None) -> int:
    wanted = (written or "").casefold()
    return next(index for index, names in enumerate(table) if wanted in names)


# --- Patterns ---


@lru_cache(maxsize=2)
def _compiled(*, strict: bool) -> _Forms:
    """The forms as patterns for a whole text, or for the end of a line, where short words could be something else."""
    lead = (
        r"(?:(?P<before>före|innan|before)\s+|(?:senast|till|klart?|by|no\s+later\s+than)\s+)?"
        r"(?:(?:den|the|på|on)\s+)*"
    )
    tail = r"\s*\.?\s*\Z"
    # Not in the middle of a word, a number, or a case number.
    head = r"\A\s*" if strict else r"(?<![\w/.:+-])"
    return tuple((re.compile(head + lead + form + tail, re.IGNORECASE), handler) for form, handler in _forms(strict))


def _forms(strict: bool) -> list[tuple[str, _Handler]]:
    full = _any(name for names in _WEEKDAYS for name in names) + "(?:en)?"
    short = _any(name for names in _SHORT_WEEKDAYS for name in names) + r"\.?"
    weekday = f"(?P<weekday>{full})"
    weekday_first = rf"(?:{weekday}\s+(?:den\s+|the\s+)?)?"
    month = f"(?P<month>{_any(name for names in _MONTHS for name in names)})"
    amount = rf"(?P<amount>[0-9]{{1,6}}|{_any(_NUMBERS)})"
    week = r"(?:v\.?|vecka|w\.?|wk\.?|week)\s?(?P<week>[0-9]{1,2})(?:[\s,]+(?P<year>[0-9]{4}))?"
    next_word = r"(?P<next>nästa|nästkommande|next)\s+"
    weeks_word = r"(?:veckor|vecka|weeks|week)"
    day, year = r"(?P<day>[0-9]{1,2})", r"(?P<year>[0-9]{4})"
    two_or_four = r"(?P<year>[0-9]{4}|[0-9]{2})"
    near = rf"{next_word}{weeks_word}|(?:denna|den\s+här|this)\s+(?:veckan?|week)"
    forms: list[tuple[str, _Handler]] = [
        (weekday_first + rf"{year}-(?P<month>[0-9]{{1,2}})-{day}", _numeric),
        (weekday_first + rf"{day}/(?P<month>[0-9]{{1,2}})(?:[\s/-]{two_or_four})?", _numeric),
        (weekday_first + rf"{day}\.(?P<month>[0-9]{{1,2}})\.{year}", _numeric),
        (weekday_first + rf"{day}(?::?e|:?a|st|nd|rd|th)?\s+(?:of\s+)?{month}\.?(?:,?\s+{year})?", _named_month),
        (weekday_first + rf"{month}\.?\s+{day}(?:st|nd|rd|th)?(?:,?\s+{year})?", _named_month),
        (rf"(?:{next_word}|(?:kommande|nu\s+på|this|coming)\s+)?{weekday}", _weekday),
        (rf"(?:i\s+|in\s+)?(?:{weekday}\s+(?:i\s+|in\s+)?)?{week}", _week),
        (rf"(?:{weekday}\s+)?(?:under\s+|i\s+)?(?:{near})", _near_week),
        (rf"{weekday}\s+(?:om|in)\s+{amount}\s+{weeks_word}", _near_week),
        (rf"(?:om|inom|in|within)\s+{amount}\s+(?P<unit>{_any(_UNITS)})", _relative),
        (r"(?:(?P<today>i\s?dag|today)|(?P<tomorrow>i\s?morgon|tomorrow)|i?\s?övermorgon)", _near_day),
    ]
    if strict:
        forms.append((r"(?P<year>(?:20)?[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})", _numeric))
        forms.append((rf"(?:{next_word})?(?P<weekday>{short})", _weekday))
    else:
        forms.append((rf"(?:{next_word}|(?<=på\s)|(?<=on\s))(?P<weekday>{short})", _weekday))
    return forms


def _any(words: Iterable[str]) -> str:
    # The longest first: "mar" must not be taken out of "mars".
    longest_first = sorted(map(re.escape, words), key=len, reverse=True)
    return "(?:" + "|".join(longest_first).replace(r"\ ", r"\s+") + ")"


def _read(forms: _Forms, text: str, position: int, asked: _Asked) -> DateReading | None:
    """The longest reading; a date that is none is told."""
    best: tuple[re.Match[str], _Handler] | None = None
    for pattern, handler in forms:
        found = pattern.search(text, position)
        if found and (best is None or found.start() < best[0].start()):
            best = found, handler
    if best is None:
        return None
    match, handler = best
    start, end = match.start(), len(text.rstrip())
    start += len(text[start:]) - len(text[start:].lstrip())
    parts = match.groupdict()
    try:
        day = handler(parts, asked)
        if parts["before"]:
            day -= timedelta(days=1)
    except _Bad as bad:
        return DateReading(start, end, None, Problem(bad.code, asked.field, {"written": text[start:end], **bad.params}))
    except (ValueError, OverflowError):
        return DateReading(start, end, None, Problem("date.too_far", asked.field, {"written": text[start:end]}))
    return DateReading(start, end, day)
