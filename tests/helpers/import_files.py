"""Files as people choose them for import: sound ones in every form, and hundreds that are not."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Iterator, Sequence

from rehabdesk.exchange.xlsx import write_sheet

HEADINGS = ("Förnamn", "Efternamn", "Personnummer", "Kontaktperson", "Öppnat", "Dnr", "Var akten finns", "Fråga", "Varför nu")
ROWS = (
    ("Åsa", "Öberg", "900602-2397", "", "2026-11-02", "KS 2026/114", "Rum 12", "Vad behövs för att komma åter?", "Ny läkare"),
    ("Björn", "Ärlig", "19640823-3234", "", "22/10 2026", "", "", "", ""),
    ("Zeynep", "von Sydow", "", "", "", "", "Pärm 3; hylla B", 'Går det att "prova" en vecka?', ""),
)
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def workbook(headings: Sequence[object] = HEADINGS, rows: Sequence[Sequence[object]] = ROWS) -> bytes:
    """A sound workbook."""
    return write_sheet([str(heading) for heading in headings], rows)


def text_file(delimiter: str = ";", encoding: str = "utf-8-sig", headings: Sequence[object] = HEADINGS, rows: Sequence[Sequence[object]] = ROWS) -> bytes:
    """A sound text file."""
    lines = [delimiter.join(_quoted(str(cell), delimiter) for cell in row) for row in (headings, *rows)]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def with_part(content: bytes, name: str, part: bytes = b"x", compress_type: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A workbook with one part more."""
    return _rewritten(content, {name: part}, compress_type)


def without_part(content: bytes, name: str) -> bytes:
    """A workbook that lacks a part."""
    return _rewritten(content, {}, leave_out=name)


def with_sheet_xml(old: bytes, new: bytes, content: bytes | None = None, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook whose sheet says something else."""
    whole = content or workbook()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        part = archive.read(name)
    return _rewritten(whole, {name: part.replace(old, new)})


def bomb() -> bytes:
    """A workbook of few bytes that would unpack to very many."""
    return with_part(workbook(), "xl/media/image1.bin", bytes(120_000_000))


def lying_bomb() -> bytes:
    """A workbook one part of which is larger than it says."""
    content = bytearray(with_part(workbook(), "xl/sharedStrings.xml", b"<a>" + b"x" * 2_000_000))
    place = content.rfind(b"PK\x01\x02", 0, content.rfind(b"xl/sharedStrings.xml"))
    struct.pack_into("<I", content, place + 24, 10)
    return bytes(content)


def refused_files() -> dict[str, tuple[bytes, str]]:
    """Files that hold no table, by name: the bytes, and the code of the one sentence."""
    good = workbook()
    types = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    bom16 = "ÅÄ;\udcff".encode("utf-16", "surrogatepass")
    return {
        "empty": (b"", "import.empty"),
        "blank lines": (b"\r\n \r\n\t\r\n", "import.empty"),
        "only a mark": (b"\xef\xbb\xbf", "import.empty"),
        "only separators": (b";;;\r\n;;;\r\n", "import.empty"),
        "empty workbook": (workbook([], []), "import.empty"),
        "old Excel": (COMPOUND + "Workbook".encode("utf-16-le"), "import.old_excel"),
        "old Excel as XML": (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "import.old_excel"),
        "password": (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "import.password"),
        "old Word": (COMPOUND + "WordDocument".encode("utf-16-le"), "import.not_a_table"),
        "macros": (with_part(good, "xl/vbaProject.bin"), "import.macros"),
        "old macros": (with_part(good, "xl/macrosheets/sheet1.xml"), "import.macros"),
        "macro type": (with_sheet_xml(plain, types, good, "[Content_Types].xml"), "import.macros"),
        "external links": (with_part(good, "xl/externalLinks/externalLink1.xml"), "import.external_links"),
        "connections": (with_part(good, "xl/connections.xml"), "import.external_links"),
        "binary workbook": (with_part(good, "xl/workbook.bin"), "import.binary_excel"),
        "OpenDocument": (with_part(good, "content.xml"), "import.open_document"),
        "Word document": (_archive({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "import.not_a_table"),
        "other archive": (_archive({"hej.txt": b"hej"}), "import.not_a_table"),
        "bomb": (bomb(), "import.unpacks_too_large"),
        "lying bomb": (lying_bomb(), "import.damaged"),
        "many parts": (_archive({f"xl/{number}": b"" for number in range(2_001)}), "import.unpacks_too_large"),
        "packed otherwise": (with_part(good, "xl/a.xml", b"a" * 99, zipfile.ZIP_LZMA), "import.damaged"),
        "swelling entities": (with_sheet_xml(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "cc">]><worksheet'), "import.damaged"),
        "cut in the middle": (good[: len(good) // 2], "import.damaged"),
        "no sheet": (without_part(good, "xl/worksheets/sheet1.xml"), "import.empty"),
        "no workbook part": (without_part(good, "xl/workbook.xml"), "import.damaged"),
        "no types": (without_part(good, "[Content_Types].xml"), "import.not_a_table"),
        "torn XML": (with_sheet_xml(b"</sheetData>", b"</sheetDat"), "import.damaged"),
        "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "import.not_a_table"),
        "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "import.not_a_table"),
        "web page": (b"<html><table><tr><td>Anna</td></tr></table></html>", "import.web_page"),
        "web page with a mark": (b"\xef\xbb\xbf<!DOCTYPE html><table>", "import.web_page"),
        "zeros within": (b"Anna;Ek\r\nBo\x00;Ek\r\n" + b"x" * 99, "import.not_a_table"),
        "controls": (b"Anna;Ek\x01\x02\x03\r\n", "import.not_a_table"),
        "torn UTF-16": (bom16[:-1], "import.damaged"),
        "open quotation mark": (b'F\xc3\xb6rnamn;Efternamn\r\n"Anna;Ek\r\nBo;Ek\r\n', "import.open_quote"),
        "endless cell": (b'F;E\r\n"' + b"a" * 300_000 + b'";b\r\n', "import.open_quote"),
        "too many rows": (b"Namn;Dnr\r\n" + b"Anna Ek;1\r\n" * 5_001, "import.too_many_rows"),
        "a million rows": (b"Namn;Dnr\r\n" + b"Anna Ek;1\r\n" * 1_000_000, "import.too_many_rows"),
        "too many columns": (b"Namn" + b";x" * 201 + b"\r\n", "import.too_many_columns"),
        "too many rows in a workbook": (workbook(("Namn",), [("Anna Ek",)] * 5_001), "import.too_many_rows"),
        "too many columns in a workbook": (workbook(("x",) * 202, []), "import.too_many_columns"),
        "row past the end": (with_sheet_xml(b'r="2"', b'r="99999999"'), "import.damaged"),
        "too large": (b"Namn;Dnr\r\n" + b"x" * 20_000_000, "import.too_large"),
    }


#: What may be wrong in one cell, with the field it is put in and the code of the sentence.
BAD_CELLS = (
    ("Förnamn", "", "case.name_missing"),
    ("Förnamn", "   ", "case.name_missing"),
    ("Förnamn", "12345", "import.no_letters_in_name"),
    ("Förnamn", "Anna 900602-2397", "import.number_in_name"),
    ("Förnamn", "x" * 501, "text.too_long"),
    ("Förnamn", "#REF!", "import.error_in_cell"),
    ("Förnamn", "#SAKNAS!", "import.error_in_cell"),
    ("Förnamn", "\ufffdsa", "import.letters_lost"),
    ("Efternamn", "y" * 600, "text.too_long"),
    ("Efternamn", "#VÄRDEFEL!", "import.error_in_cell"),
    ("Personnummer", "900602-2398", "identity.check_digit"),
    ("Personnummer", "900631-2397", "identity.no_such_day"),
    ("Personnummer", "20900602-2397", "identity.not_born_yet"),
    ("Personnummer", "saknas", "identity.wrong_shape"),
    ("Personnummer", "900602", "identity.wrong_shape"),
    ("Personnummer", "4059937", "import.zeros_lost"),
    ("Personnummer", "1,99006E+11", "import.number_shortened"),
    ("Kontaktperson", "Ingen Alls", "import.no_such_contact"),
    ("Öppnat", "igår", "import.no_day"),
    ("Öppnat", "31/2 2026", "date.no_such_day"),
    ("Öppnat", "2027-01-01", "case.opened_in_future"),
    ("Öppnat", "1901-01-01", "import.opened_long_ago"),
    ("Öppnat", "22/11", "import.no_day"),
    ("Öppnat", "2026", "import.no_day"),
    ("Öppnat", "ja", "import.no_day"),
    ("Dnr", "d" * 501, "text.too_long"),
    ("Var akten finns", "#N/A", "import.error_in_cell"),
    ("Fråga", "f" * 100_001, "text.too_long"),
    ("Varför nu", "\ufffd", "import.letters_lost"),
)


def mutations(count: int, seed: int) -> Iterator[bytes]:
    """Sound files with bytes changed, cut, doubled, or another's bytes put in: the same for the same seed."""
    chance = random.Random(seed)
    sound = [workbook(), text_file(), text_file("\t", "utf-16"), text_file(",", "cp1252"), text_file(";", "mac_roman")]
    for _ in range(count):
        content = bytearray(chance.choice(sound))
        for _ in range(chance.randint(1, 8)):
            if not content:
                break
            place = chance.randrange(len(content))
            match chance.randrange(5):
                case 0:
                    content[place] = chance.randrange(256)
                case 1:
                    del content[place : place + chance.randint(1, 40)]
                case 2:
                    content[place:place] = content[place : place + chance.randint(1, 60)]
                case 3:
                    content[place:place] = chance.choice(BITS)
                case 4:
                    del content[max(place, 1) :]
        yield bytes(content)


BITS = (
    b'"', b"\x00", b"\r", b"\n", b";;;;", b"=cmd|'/C calc'!A0", b"\xff\xfe", b"PK\x03\x04", b"\x1a", b"</row>", b"&lol;",
    "\u202e".encode(), "\U0001f600".encode(), b"9" * 400, b"900602-2398", b"\xc3\x28", b"2026-13-45", b"1E400", b"NaN",
)  # fmt: skip


def _quoted(cell: str, delimiter: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if set(cell) & {delimiter, '"', "\n"} else cell


def _archive(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def _rewritten(content: bytes, changed: dict[str, bytes], compress_type: int = zipfile.ZIP_DEFLATED, leave_out: str = "") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in before.namelist():
            if name not in changed and name != leave_out:
                archive.writestr(name, before.read(name))
        for name, part in changed.items():
            archive.writestr(name, part, compress_type)
    return made.getvalue()
