"""Personnummer, samordningsnummer and interim numbers: read in any written form, kept as twelve characters.

The library does the check digit. It asks the machine's clock for the century, so the century is decided here, from
`today`; and it knows interim numbers only with a check digit, which those that are given out by hand do not have. An
interim number is kept with its letter, ÅÅÅÅMMDDT123, and written as the others are: ÅÅMMDD-T123.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from personnummer.personnummer import Personnummer, PersonnummerException

from rehabdesk.domain.problems import Problem

_FORM = re.compile(
    r"(?P<century>[0-9]{2})?(?P<year>[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    r"(?P<sign>[-+]?)(?P<last>[0-9]{4}|[JKLMNRSTUWX][0-9]{3}|T[FKM][0-9]{2})"
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_COORDINATION = 60
_OLDEST = 130


class IdentityKind(StrEnum):
    """What sort of number it is."""

    PERSONAL = "personal"
    COORDINATION = "coordination"
    INTERIM = "interim"


class LegalSex(StrEnum):
    """The sex that the population register knows, by which figures are told apart."""

    WOMAN = "woman"
    MAN = "man"


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A valid number as it is kept: twelve characters, ÅÅÅÅMMDDNNNK; an interim number has a letter as its ninth."""

    twelve: str
    kind: IdentityKind


def parse(text: str, today: date, *, field: str | None = "identity_number") -> IdentityNumber | Problem:
    """The number in a text, in any written form, or what is wrong with it."""
    # A space within is no written form: it is refused, as the public test list of such numbers has it.
    form = _FORM.fullmatch(text.strip().translate(_DASHES).upper())
    if form is None:
        return Problem("identity.wrong_shape", field)
    year = int(form["century"] + form["year"]) if form["century"] else _full_year(form["year"], form["sign"], today)
    day = int(form["day"])
    is_coordination = day > _COORDINATION
    try:
        born = date(year, int(form["month"]), day - _COORDINATION if is_coordination else day)
    except ValueError:
        return Problem("identity.no_such_day", field)
    if born > today:
        return Problem("identity.not_born_yet", field, {"day": born})
    if born.year < today.year - _OLDEST:
        return Problem("identity.no_such_day", field)
    twelve = f"{year:04}{form['month']}{form['day']}{form['last']}"
    if not form["last"].isdecimal():
        return IdentityNumber(twelve, IdentityKind.INTERIM)
    try:
        Personnummer(twelve)
    except PersonnummerException:
        return Problem("identity.check_digit", field)
    return IdentityNumber(twelve, IdentityKind.COORDINATION if is_coordination else IdentityKind.PERSONAL)


def written(twelve: str, today: date) -> str:
    """The ten-character form, 900602-2397; with + from the year the person turns 100."""
    sign = "+" if today.year - int(twelve[:4]) >= 100 else "-"
    return f"{twelve[2:8]}{sign}{twelve[8:]}"


def legal_sex(number: str) -> LegalSex | None:
    """By the ninth digit of the ten, odd for men (`domain.md` 10); by the letter of an interim number where it says so.

    The last four tell as much as the whole number.
    """
    first, second, third = number[-4:-1]
    if first == "T" and second in "FKM":
        return LegalSex.MAN if second == "M" else LegalSex.WOMAN
    if not third.isdecimal():
        return None
    return LegalSex.MAN if int(third) % 2 else LegalSex.WOMAN


def _full_year(two_digits: str, sign: str, today: date) -> int:
    latest = today.year - 100 if sign == "+" else today.year
    return latest - (latest - int(two_digits)) % 100
