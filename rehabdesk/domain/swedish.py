"""Swedish customs that are arithmetic: ISO weeks, free and squeezed days, and the order of the alphabet."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType


class FreeDay(StrEnum):
    """A named day on which nobody meets: red by law (1989:253), or an eve that is free by custom."""

    NEW_YEARS_DAY = "new_years_day"
    EPIPHANY = "epiphany"
    GOOD_FRIDAY = "good_friday"
    EASTER_EVE = "easter_eve"
    EASTER_SUNDAY = "easter_sunday"
    EASTER_MONDAY = "easter_monday"
    MAY_DAY = "may_day"
    ASCENSION_DAY = "ascension_day"
    PENTECOST = "pentecost"
    WHIT_MONDAY = "whit_monday"
    NATIONAL_DAY = "national_day"
    MIDSUMMER_EVE = "midsummer_eve"
    MIDSUMMER_DAY = "midsummer_day"
    ALL_SAINTS_DAY = "all_saints_day"
    CHRISTMAS_EVE = "christmas_eve"
    CHRISTMAS_DAY = "christmas_day"
    BOXING_DAY = "boxing_day"
    NEW_YEARS_EVE = "new_years_eve"
    OTHER = "other"


# The library's own words, which need no translation files. A red day it may learn later becomes OTHER.
_BY_NAME = {
    "Nyårsdagen": FreeDay.NEW_YEARS_DAY,
    "Trettondedag jul": FreeDay.EPIPHANY,
    "Långfredagen": FreeDay.GOOD_FRIDAY,
    "Påskdagen": FreeDay.EASTER_SUNDAY,
    "Annandag påsk": FreeDay.EASTER_MONDAY,
    "Första maj": FreeDay.MAY_DAY,
    "Kristi himmelsfärdsdag": FreeDay.ASCENSION_DAY,
    "Pingstdagen": FreeDay.PENTECOST,
    "Annandag pingst": FreeDay.WHIT_MONDAY,
    "Nationaldagen": FreeDay.NATIONAL_DAY,
    "Midsommardagen": FreeDay.MIDSUMMER_DAY,
    "Alla helgons dag": FreeDay.ALL_SAINTS_DAY,
    "Juldagen": FreeDay.CHRISTMAS_DAY,
    "Annandag jul": FreeDay.BOXING_DAY,
}
_EVES = {
    FreeDay.EASTER_SUNDAY: FreeDay.EASTER_EVE,
    FreeDay.MIDSUMMER_DAY: FreeDay.MIDSUMMER_EVE,
    FreeDay.CHRISTMAS_DAY: FreeDay.CHRISTMAS_EVE,
}

SATURDAY = 5
# The rule for Easter holds no longer than this; a mistyped year 9999 must not raise.
_COMPUTED_YEARS = (1900, 4099)


def week(day: date) -> int:
    """The ISO week number."""
    return day.isocalendar().week


def monday_of(year: int, week_number: int) -> date:
    """The Monday of an ISO week; ValueError where the year has no such week."""
    return date.fromisocalendar(year, week_number, 1)


def has_week(year: int, week_number: int) -> bool:
    """Whether the ISO year has this week; 28 December is always in the last one."""
    return 1 <= week_number <= date(year, 12, 28).isocalendar().week


def free_day(day: date) -> FreeDay | None:
    """Which named free day this is, if any."""
    return _free_days(day.year).get(day)


def is_free(day: date) -> bool:
    """Whether a day is a Saturday, a Sunday, red, or free by custom."""
    return day.weekday() >= SATURDAY or free_day(day) is not None


def is_squeeze_day(day: date) -> bool:
    """Whether a workday has both neighbours free (klämdag)."""
    if is_free(day) or not date.min < day < date.max:
        return False
    return is_free(day - timedelta(days=1)) and is_free(day + timedelta(days=1))


# A year's free days never change: remembering them is not state.
@lru_cache(maxsize=64)
def _free_days(year: int) -> Mapping[date, FreeDay]:
    if not _COMPUTED_YEARS[0] <= year <= _COMPUTED_YEARS[1]:
        return MappingProxyType({})
    # Imported here because the lock screen paints before anybody asks for a day.
    from holidays import country_holidays

    found: dict[date, FreeDay] = {}
    red = country_holidays("SE", years=year, language="sv")
    for day, names in sorted(red.items()):
        found[day] = _BY_NAME.get(names.split("; ")[0], FreeDay.OTHER)
    for day, red_day in tuple(found.items()):
        if red_day in _EVES:
            found.setdefault(day - timedelta(days=1), _EVES[red_day])
    found[date(year, 12, 31)] = FreeDay.NEW_YEARS_EVE
    return MappingProxyType(dict(sorted(found.items())))


# --- The alphabet (domain.md 11): å ä ö last, w after v, é as e, ü as y, ø and œ with ö, æ with ä, space first ---

_TIE = "\x1f"  # below the space, so that "Ek" comes before "Ek Anna"; not U+0000, which SQLite's quote() cuts at
_PUNCTUATION = "!"
_LETTERS = {
    "å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "œ": "}", "ő": "}",
    "ü": "y", "ű": "y", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n",
}  # fmt: skip


def sort_key(text: str) -> str:
    """A key that plain comparison puts in Swedish order, in Python and in SQLite; digits count as numbers."""
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    primary: list[str] = []
    digits = ""
    for character in composed.casefold():
        if character.isdecimal():
            digits += str(unicodedata.decimal(character))
            continue
        if digits:
            primary.append(_number_key(digits))
            digits = ""
        primary.append(_letter_key(character))
    if digits:
        primary.append(_number_key(digits))
    return "".join(primary) + _TIE + composed


def _number_key(digits: str) -> str:
    """The number of digits first, prefix-free (9 means "nine and more to come"), then the digits."""
    significant = digits.lstrip("0")
    nines, rest = divmod(len(significant), 9)
    return "9" * nines + str(rest) + significant


def _letter_key(character: str) -> str:
    decomposed = unicodedata.normalize("NFD", character)
    head = unicodedata.normalize("NFC", decomposed[:2])
    if head in _LETTERS:
        return _LETTERS[head]
    base = decomposed[0]
    if base.isascii():
        if base.isalpha():
            return base
        # A double name sorts as two words.
        return " " if base in " -" else _PUNCTUATION
    if unicodedata.combining(base):
        return ""
    return character if character.isalnum() else _PUNCTUATION
