"""Reading a paper back: what the standards say of it, its text, its structure."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pypdfium2
from page import validate_pdf_bytes

PROFILES = ("ua1", "2a")


def failures(pdf: bytes) -> list[str]:
    """Everything PDF/UA-1 and PDF/A-2a have against the file."""
    return [
        f"{profile} {failure.rule_id}: {failure.message}"
        for profile in PROFILES
        for failure in validate_pdf_bytes(pdf, profile=profile).failures
    ]


def pages(pdf: bytes) -> list[str]:
    """The text of each page as a reader of PDF finds it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        # PDFium marks a hyphen at a line's end with U+FFFE or U+0002.
        found = [page.get_textpage().get_text_range() for page in document]
        return [text.replace("\ufffe", "-").replace("\x02", "-") for text in found]
    finally:
        document.close()


def text(pdf: bytes) -> str:
    """All text, in order."""
    return "\n".join(pages(pdf))


def squeezed(words: str) -> str:
    """Text without any white space: lines break where they must."""
    return "".join(words.split())


def structure(pdf: bytes) -> list[tuple[str, str]]:
    """Every structure element in reading order, with the text marked as its own."""
    with pikepdf.Pdf.open(BytesIO(pdf)) as opened:
        marks = [_marked_text(page) for page in opened.pages]
        numbers = {page.obj.objgen: number for number, page in enumerate(opened.pages)}
        return list(_walk(opened.Root.StructTreeRoot.K, marks, numbers))


def kinds(pdf: bytes) -> list[str]:
    """The kinds of all structure elements, in reading order."""
    return [kind for kind, _ in structure(pdf)]


def _walk(element: pikepdf.Object, marks: list[dict[int, str]], numbers: dict) -> Iterator[tuple[str, str]]:
    kids = element.get("/K", pikepdf.Array())
    kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    own = ""
    for kid in kids:
        if isinstance(kid, int):
            own += marks[numbers[element.Pg.objgen]][kid]
        elif kid.get("/Type") == "/MCR":
            own += marks[numbers[kid.Pg.objgen]][int(kid.MCID)]
    yield str(element.S)[1:], own
    for kid in kids:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            yield from _walk(kid, marks, numbers)


def _marked_text(page: pikepdf.Page) -> dict[int, str]:
    """The text inside each marked content of a page, by its number."""
    maps = {str(name): _unicode(font) for name, font in page.resources.Font.items()}
    found: dict[int, str] = {}
    mark, font = None, ""
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC":
                properties = operands[1]
                mark = int(properties.MCID) if "/MCID" in properties else None
                if mark is not None:
                    found[mark] = ""
            case "EMC":
                mark = None
            case "Tf":
                font = str(operands[0])
            case "Tj" if mark is not None:
                found[mark] += "".join(maps[font][byte] for byte in bytes(operands[0]))
    return found


def _unicode(font: pikepdf.Object) -> dict[int, str]:
    """A font's way from codes to characters, as its ToUnicode map tells it."""
    cmap = font.ToUnicode.read_bytes().decode()
    entries = [line.split() for line in cmap.splitlines() if line.startswith("<") and len(line.split()) == 2]
    return {int(code[1:-1], 16): chr(int(character[1:-1], 16)) for code, character in entries}
