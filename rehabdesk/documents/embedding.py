"""A ReportLab font that embeds its subset so that PDF/A and PDF/UA accept it."""

from __future__ import annotations

import struct

from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

_ENTRIES_IN_A_BLOCK = 100  # more are refused by the CMap format
_SPACE = 32


class PaperFont(TTFont):
    """A TrueType font with only the glyphs used, and a ToUnicode map without entries for U+0000.

    ReportLab's own map says that code 0 means U+0000, which both standards refuse.
    """

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path, asciiReadable=False, shapable=False)

    def bounds(self, character: str) -> tuple[int, int, int, int] | None:
        """The box around a character's outline (left, foot, right, head), or nothing when it has no outline."""
        face = self.face
        glyph = face.charToGlyph.get(ord(character), 0)
        start, end = face.glyphPos[glyph], face.glyphPos[glyph + 1]
        if start == end:
            return None
        at = face.get_table_pos("glyf")[0] + start + 2
        return struct.unpack(">4h", face.get_chunk(at, 8))

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 - ReportLab's name
        """Add the subsets to the document, then put our own maps in place of its."""
        subsets = list(self.state[doc].subsets)
        super().addObjects(doc)
        for number, codes in enumerate(subsets):
            name = (SUBSETN(number) + b"+" + self.face.name + self.face.subfontNameX).decode("ascii")
            doc.idToObject[f"toUnicodeCMap:{name}"].content = _to_unicode(name, codes)


def _to_unicode(name: str, codes: list[int]) -> str:
    """A CMap from the subset's byte codes to Unicode."""
    entries = [f"<{byte:02X}> <{code:04X}>" for byte, code in enumerate(codes) if code and _is_used(byte, code)]
    blocks = [entries[at : at + _ENTRIES_IN_A_BLOCK] for at in range(0, len(entries), _ENTRIES_IN_A_BLOCK)]
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        f"/CMapName /{name} def /CMapType 2 def",
        "1 begincodespacerange <00> <FF> endcodespacerange",
    ]
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join([*lines, "endcmap CMapName currentdict /CMap defineresource pop end end"])


def _is_used(byte: int, code: int) -> bool:
    # ReportLab fills places not yet taken with spaces; only byte 32 is the space that is written.
    return code != _SPACE or byte == _SPACE
