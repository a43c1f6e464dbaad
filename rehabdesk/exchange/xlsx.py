"""Tables as workbooks (XLSX): one sheet with its headings, and nothing in it that a sheet program would reckon with."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from rehabdesk.exchange.defusing import defused

__all__ = ["defused", "write_sheet"]

_NARROWEST, _WIDEST = 8, 60
#: The longest name of a sheet that programs take, and the signs that may not be in it.
_LONGEST_TITLE = 31
_NOT_IN_TITLE = str.maketrans("", "", r"[]:*?/\'")


def write_sheet(headings: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> bytes:
    """A workbook of one sheet: the headings in bold above the rows. Every text is defused; numbers and days stay what they are."""
    # Imported here: it costs a third of a second, and only somebody who asks for a sheet waits for it.
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    kept = [[_cell(value) for value in row] for row in rows]
    head = [_cell(heading) for heading in headings]
    book = Workbook(write_only=True)
    # Who made it and when is told by the log in the vault, not by the file.
    book.properties.creator = "rehabdesk"
    sheet = book.create_sheet(title.translate(_NOT_IN_TITLE)[:_LONGEST_TITLE] or None)
    sheet.freeze_panes = "A2"
    for place in range(len(head)):
        sheet.column_dimensions[get_column_letter(place + 1)].width = _width(place, head, kept)
    sheet.append([_bold(sheet, value) for value in head])
    for row in kept:
        sheet.append([_written(sheet, value) for value in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _cell(value: object) -> object:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return defused(ILLEGAL_CHARACTERS_RE.sub("", value)) if isinstance(value, str) else value


def _bold(sheet: object, value: object) -> object:
    from openpyxl.styles import Font

    cell = _written(sheet, value)
    cell.font = Font(bold=True)
    return cell


def _written(sheet: object, value: object) -> object:
    from datetime import date

    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        # The library would itself take an error code such as #N/A for one.
        cell.data_type = "s"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    return cell


def _width(place: int, head: Sequence[object], rows: Sequence[Sequence[object]]) -> int:
    longest = max((len(str(row[place])) for row in [head, *rows] if place < len(row) and row[place] is not None), default=0)
    return min(max(longest + 2, _NARROWEST), _WIDEST)
