"""A table out of a file, as cells; and what a cell says: a text, a day, yes or no. The same whether it was a workbook or text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rehabdesk.domain.problems import Problem
from rehabdesk.domain.spoken_dates import parse_date
from rehabdesk.domain.text_cleaning import MOST_ON_A_LINE, clean, length_problem

Cell = str | int | float | bool | date | None

#: Day 0 of the serial numbers that sheet programs keep days as; workbooks from old Macs begin in 1904 instead.
SERIAL_ZERO = date(1899, 12, 30)
#: What a sheet program writes where a formula went wrong, in English and Swedish.
_ERRORS = frozenset(
    "#REF! #N/A #VALUE! #NAME? #DIV/0! #NULL! #NUM! #SPILL! #CALC! #GETTING_DATA "
    "#REFERENS! #SAKNAS! #VÄRDEFEL! #NAMN? #DIVISION/0! #SKÄRNING! #OGILTIGT!".split()
)
_YES = frozenset("ja j yes y x 1 sant true skyddad skyddade sekretessmarkering sekretessmarkerad fingerade".split()) | {
    "skyddad identitet", "skyddade personuppgifter", "skyddad folkbokföring", "fingerade personuppgifter", "protected",
}  # fmt: skip
_NO = frozenset({"", "nej", "n", "no", "0", "-", "–", "falskt", "false", "inte", "ej"})
_CLOCK_AT_END = re.compile(r"[T ]+[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?Z?$")
_SERIAL = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-.]([0-9]{1,2})[-.]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})")
_YEAR_NAMED = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9]{1,3}(?![0-9]))")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number as the sheet program shows it, and its cells."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """The cell in a column; None past the row's end."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file's table, without its blank rows. `others` counts the sheets with something in them that were not read."""

    rows: tuple[SheetRow, ...]
    width: int
    title: str = ""
    others: int = 0
    serial_zero: date = SERIAL_ZERO


def is_blank(cell: Cell) -> bool:
    """Whether nothing is in the cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def as_text(cell: Cell) -> str:
    """What is written in the cell, on one line; a whole number without decimals, a day as 2026-11-22."""
    match cell:
        case None:
            return ""
        case bool():
            return "ja" if cell else "nej"
        case float():
            return f"{cell:.0f}" if cell.is_integer() else str(cell).replace(".", ",")
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
    return clean(str(cell))


def as_lines(cell: Cell) -> str:
    """What is written in the cell, with its line breaks."""
    return clean(cell, multiline=True) if isinstance(cell, str) else as_text(cell)


def problem_with_text(cell: Cell, most: int = MOST_ON_A_LINE) -> Problem | None:
    """A cell whose formula went wrong, with letters that got lost on the way, or longer than fits."""
    text = as_lines(cell)
    if text.strip().upper() in _ERRORS:
        return Problem("import.error_in_cell", None, {"written": text.strip()})
    if "\ufffd" in text:
        return Problem("import.letters_lost")
    return length_problem(text, most=most)


def as_day(cell: Cell, today: date, serial_zero: date = SERIAL_ZERO) -> date | Problem | None:
    """The day in a cell: a real date, a serial number, 2026-11-22, 22/11 2026, 22-11-2026, 22 november 2026; None when empty.

    A day without its year, or one that is said ("på fredag"), is no day in a list: the list may be old.
    """
    match cell:
        case datetime():
            return cell.date()
        case date():
            return cell
        case bool():
            return Problem("import.no_day", None, {"written": as_text(cell)})
        case int() | float():
            return _serial(float(cell), serial_zero) or _written_day(as_text(cell), today)
    text = _CLOCK_AT_END.sub("", as_text(cell)).strip()
    if not text:
        return None
    if _SERIAL.fullmatch(text):
        return _serial(float(text.replace(",", ".")), serial_zero) or Problem("import.no_day", None, {"written": text})
    return _written_day(text, today)


def as_yes_or_no(cell: Cell) -> bool | Problem:
    """Yes or no, in either language or as a tick; an empty cell is no."""
    text = as_text(cell).casefold().rstrip(".")
    if text in _YES:
        return True
    return False if text in _NO else Problem("import.not_yes_or_no", None, {"written": _shortened(as_text(cell))})


def _serial(number: float, zero: date) -> date | None:
    # Five digits only (1927–2173): a year by itself, or a day written as eight digits, is no serial number.
    return zero + timedelta(days=int(number)) if 10_000 <= number < 100_000 else None


def _written_day(text: str, today: date) -> date | Problem:
    unreadable = Problem("import.no_day", None, {"written": _shortened(text)})
    plain = _DAY_FIRST.sub(r"\1/\2 \3", text) if _DAY_FIRST.fullmatch(text) else text
    plain = _YEAR_FIRST.sub(r"\3/\2 \1", plain) if _YEAR_FIRST.fullmatch(plain) else plain
    if not (_YEAR_NAMED.search(plain) or re.fullmatch(r"(?:19|20)[0-9]{6}", plain)):
        return unreadable
    reading = parse_date(plain, today, prefer_future=False)
    if reading is None:
        return unreadable
    return reading.day if reading.day is not None else reading.problem or unreadable


def _shortened(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
