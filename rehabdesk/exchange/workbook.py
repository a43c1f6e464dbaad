"""Workbooks (XLSX): looked over as an archive before anything is unpacked, then read without formulas, links or code."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.domain.sheet_cells import SERIAL_ZERO, Cell, Sheet, SheetRow, is_blank
from rehabdesk.exchange.limits import LAST_ROW, MOST_COLUMNS, MOST_PARTS, MOST_ROWS, MOST_UNPACKED

_CONTENT_TYPES = "[Content_Types].xml"
#: Beginnings of the names of parts, and what a workbook with such a part is refused with.
_UNWANTED = (
    ("xl/vbaproject.bin", "import.macros"),
    ("xl/macrosheets/", "import.macros"),
    ("xl/externallinks/", "import.external_links"),
    ("xl/connections.xml", "import.external_links"),
    ("xl/workbook.bin", "import.binary_excel"),
)


def read(content: bytes) -> Sheet:
    """The first sheet with something in it; raises `Refused` with one sentence when the file is no sound workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _look_over(archive)
        with warnings.catch_warnings():
            # The library warns of styles and rules in a workbook that nobody here asks for.
            warnings.simplefilter("ignore")
            return _read(content)
    except Refused:
        raise
    except MemoryError as error:
        raise Refused(Problem("import.unpacks_too_large", None, {"most": MOST_UNPACKED // 1_000_000})) from error
    except Exception as error:
        # A broken workbook breaks the library in any of a dozen ways; they all mean the same to whoever chose the file.
        raise Refused(Problem("import.damaged")) from error


def _look_over(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused(Problem("import.unpacks_too_large", None, {"most": MOST_UNPACKED // 1_000_000}))
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(Problem("import.password"))
    # Only this way of packing stops at the size it names; others unpack all they hold.
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise Refused(Problem("import.damaged"))
    names = [part.filename.lower().lstrip("/") for part in parts]
    for beginning, code in _UNWANTED:
        if any(name.startswith(beginning) for name in names):
            raise Refused(Problem(code))
    if "content.xml" in names:
        raise Refused(Problem("import.open_document"))
    if _CONTENT_TYPES.lower() not in names or not any(name.startswith("xl/") for name in names):
        raise Refused(Problem("import.not_a_table"))
    types = archive.read(_CONTENT_TYPES)
    if b"macroEnabled" in types:
        raise Refused(Problem("import.macros"))
    if any(b"<!DOCTYPE" in archive.open(part).read(500).upper() for part in parts if part.filename.endswith((".xml", ".rels"))):
        # No program writes one into a workbook; it is there to swell, or to reach out.
        raise Refused(Problem("import.damaged"))


def _read(content: bytes) -> Sheet:
    # Imported here: it costs a third of a second, and only somebody who chooses a workbook waits for it.
    from openpyxl import load_workbook
    from openpyxl.utils.datetime import MAC_EPOCH

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        zero = MAC_EPOCH.date() if book.epoch == MAC_EPOCH else SERIAL_ZERO
        # Hidden sheets hold what lists and choices are made of.
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
        first: Sheet | None = None
        others = 0
        for sheet in sheets:
            if first is None:
                first = _table(sheet, zero)
            elif next(_rows(sheet), None) is not None:
                others += 1
    finally:
        book.close()
    if first is None:
        raise Refused(Problem("import.empty"))
    return Sheet(first.rows, first.width, first.title, others, zero)


def _table(sheet: object, zero: date) -> Sheet | None:
    rows: list[SheetRow] = []
    for row in _rows(sheet):
        if len(rows) > MOST_ROWS:
            raise Refused(Problem("import.too_many_rows", None, {"most": MOST_ROWS}))
        rows.append(row)
    if not rows:
        return None
    return Sheet(tuple(rows), max(len(row.cells) for row in rows), str(sheet.title), 0, zero)


def _rows(sheet: object) -> Iterator[SheetRow]:
    """The rows that hold something, each as long as what it holds."""
    # What the file says of its own size may be wrong, and then rows would be missing, or empty ones without end.
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), start=1):
        if number > LAST_ROW:
            raise Refused(Problem("import.damaged"))
        length = max((place + 1 for place, cell in enumerate(cells) if not is_blank(cell)), default=0)
        if length > MOST_COLUMNS:
            raise Refused(Problem("import.too_many_columns", None, {"most": MOST_COLUMNS}))
        if length:
            kept: tuple[Cell, ...] = tuple(cells[:length])
            yield SheetRow(number, kept)
