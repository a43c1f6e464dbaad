"""Text files with one row a line, as Swedish sheet programs and older systems write them: their letters, and what parts the cells."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.domain.sheet_cells import Sheet, SheetRow, is_blank
from rehabdesk.exchange.limits import MOST_COLUMNS, MOST_ROWS

#: In the order that settles a tie: Swedish Excel parts with semicolons, since the comma is the decimal sign.
_DELIMITERS = (";", "\t", ",", "|")
_SAMPLE_LINES = 50
_LONGEST_CELL = 200_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: The bytes of å ä ö Å Ä Ö é É ü Ü in the sets of letters that Swedish machines have written in.
_LETTERS = "åäöÅÄÖéÉüÜ"
_OLD_SETS = ("cp1252", "mac_roman", "cp850")
_CONTROLS = frozenset(map(chr, [*range(9), *range(14, 32)])) - {"\x1a", "\x1c", "\x1d", "\x1e", "\x1f"}


def read(content: bytes) -> Sheet:
    """The table in a text file; raises `Refused` with one sentence when there is none."""
    text = decoded(content).replace("\r\n", "\n").replace("\r", "\n").rstrip("\x1a")
    if not text.strip():
        raise Refused(Problem("import.empty"))
    if any(sign in _CONTROLS for sign in text[:10_000]):
        raise Refused(Problem("import.not_a_table"))
    text, delimiter = _parted(text)
    rows: list[SheetRow] = []
    for number, cells in enumerate(_records(text, delimiter), start=1):
        if len(cells) > MOST_COLUMNS and any(map(str.strip, cells[MOST_COLUMNS:])):
            raise Refused(Problem("import.too_many_columns", None, {"most": MOST_COLUMNS}))
        if all(map(is_blank, cells)):
            continue
        if len(rows) > MOST_ROWS:
            raise Refused(Problem("import.too_many_rows", None, {"most": MOST_ROWS}))
        rows.append(SheetRow(number, tuple(cells[:MOST_COLUMNS])))
    if not rows:
        raise Refused(Problem("import.empty"))
    return Sheet(tuple(rows), max(len(row.cells) for row in rows))


def decoded(content: bytes) -> str:
    """The text: by its mark, as UTF-8, as UTF-16 without a mark, or in the old set in which most Swedish letters make sense."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _decoded_as(content, name)
    zeros = content[:4000].count(0)
    if zeros > len(content[:4000]) // 4:
        # Half of the bytes of Swedish text in UTF-16 are zeros: the odd ones, or the even.
        return _decoded_as(content, "utf-16-le" if content[1:4000:2].count(0) > zeros // 2 else "utf-16-be")
    if zeros:
        raise Refused(Problem("import.not_a_table"))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode(max(_OLD_SETS, key=_Sense(content)), errors="replace")


class _Sense:
    """How much sense a text makes in an old set: letters within words first, since one set's ö is another's quotation mark."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._counted = Counter(content)

    def __call__(self, name: str) -> tuple[int, int]:
        letters = _LETTERS.encode(name)
        within = re.compile(b"(?<=[A-Za-z])[" + re.escape(letters) + b"]+(?=[a-z])")
        return len(within.findall(self._content)), sum(self._counted[letter] for letter in letters)


def _decoded_as(content: bytes, name: str) -> str:
    try:
        return content.decode(name)
    except UnicodeDecodeError as error:
        raise Refused(Problem("import.damaged")) from error


def _parted(text: str) -> tuple[str, str]:
    """The text without Excel's own "sep=;" line, and the sign that parts its cells."""
    first, _, rest = text.partition("\n")
    said = first.strip().strip('"').lower()
    if said.startswith("sep=") and said[4:] in _DELIMITERS:
        return rest, said[4]
    if said == "sep=":
        return rest, "\t"
    lines = [line for line in text.split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES] if line.strip()]
    scores = {delimiter: _evenness(lines, delimiter) for delimiter in _DELIMITERS}
    return text, max(_DELIMITERS, key=scores.__getitem__)


def _evenness(lines: list[str], delimiter: str) -> float:
    """How alike the rows come out: the share that has the commonest number of cells, where that is more than one.

    Not how many they are: 1,5;2,5;3,5 has more commas than semicolons.
    """
    try:
        widths = [len(cells) for cells in csv.reader(lines, delimiter=delimiter)]
    except csv.Error:
        # A cell without end; it is told when the whole is read.
        return 0.0
    width, times = Counter(widths).most_common(1)[0]
    return times / len(widths) if width > 1 else 0.0


def _records(text: str, delimiter: str) -> list[list[str]]:
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        # A file whose last quotation mark is missing would come out as one endless cell.
        strict = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        try:
            return list(strict)
        except csv.Error as error:
            if "unexpected end" in str(error) or "field larger" in str(error):
                raise Refused(Problem("import.open_quote", None, {"row": strict.line_num})) from error
        try:
            return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        except csv.Error as error:
            raise Refused(Problem("import.damaged")) from error
    finally:
        csv.field_size_limit(before)
