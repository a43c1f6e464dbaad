"""A file somebody chose, as a table: what it is, is told by what is in it and never by its name."""

from __future__ import annotations

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.domain.sheet_cells import Sheet
from rehabdesk.exchange import text_table, workbook
from rehabdesk.exchange.limits import MOST_BYTES

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS_OF_OTHERS = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"MZ", b"\x7fELF")


def read_table(content: bytes) -> Sheet:
    """The table in a workbook (XLSX) or a text file (CSV, tab); raises `Refused` with one sentence when there is none."""
    if len(content) > MOST_BYTES:
        raise Refused(Problem("import.too_large", None, {"most": MOST_BYTES // 1_000_000}))
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Refused(Problem("import.empty"))
    if content.startswith(_ZIP):
        return workbook.read(content)
    if content.startswith(_COMPOUND):
        raise Refused(Problem(_compound_problem(content)))
    if content.startswith(_BEGINNINGS_OF_OTHERS):
        raise Refused(Problem("import.not_a_table"))
    beginning = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if beginning.startswith(b"<?xml") and b"schemas-microsoft-com:office" in beginning:
        raise Refused(Problem("import.old_excel"))
    if beginning.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta")):
        raise Refused(Problem("import.web_page"))
    return text_table.read(content)


def _compound_problem(content: bytes) -> str:
    """The names in a compound file are in UTF-16: an encrypted workbook, one of the old kind, or another thing."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "import.password"
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return "import.old_excel"
    return "import.not_a_table"
