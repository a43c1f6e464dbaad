"""The paper's typeface: Noto Sans in three faces, what it can write, and text made ready for it.

Importing this module is cheap; ReportLab is imported when the faces are first asked for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.paths import resources

if TYPE_CHECKING:
    from rehabdesk.documents.embedding import PaperFont

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_KEPT_SPACES = frozenset({"\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{FIGURE SPACE}"})


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One face: the font that is embedded, and the advance of every character in thousandths of the size."""

    font: PaperFont
    advance: dict[str, float]

    @property
    def name(self) -> str:
        """The name ReportLab knows it by."""
        return self.font.fontName

    def width(self, text: str) -> float:
        """How wide the text is at size 1."""
        return sum(map(self.advance.__getitem__, text)) / 1000


@dataclass(frozen=True, slots=True, eq=False)
class Typeface:
    """The three faces, loaded and registered once a process.

    `lock` is held while a paper is made: ReportLab's fonts remember where they read last, so two threads cannot share them.
    """

    regular: Face
    bold: Face
    italic: Face
    lock: Lock = field(default_factory=Lock)


@cache
def typeface() -> Typeface:
    """The typeface of every paper. The first call imports ReportLab and reads the files."""
    from reportlab.pdfbase.pdfmetrics import registerFont

    from rehabdesk.documents.embedding import PaperFont

    faces = []
    for weight in ("Regular", "Bold", "Italic"):
        font = PaperFont(f"RehabdeskSans-{weight}", str(resources() / "fonts" / f"NotoSans-{weight}.ttf"))
        registerFont(font)
        faces.append(Face(font, {chr(code): width for code, width in font.face.charWidths.items()}))
    return Typeface(*faces)


def printable(text: str) -> str:
    """The text as paper can carry it: composed (NFC), line breaks as "\\n", one kind of space, nothing invisible.

    Unassigned characters stay, so that they are refused and not dropped.
    """
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(map(_printable_character, composed))


@cache
def _coverage() -> frozenset[str]:
    faces = typeface()
    shared = faces.regular.advance.keys() & faces.bold.advance.keys() & faces.italic.advance.keys()
    return frozenset(shared) | {"\n"}


def missing_characters(text: str) -> str:
    """The characters of the text that the typeface cannot write, each once, in order; empty when all is well."""
    covered = _coverage()
    return "".join(dict.fromkeys(character for character in printable(text) if character not in covered))


def refuse_missing(texts: Iterable[str]) -> None:
    """Raise `Refused` naming the characters that cannot be written and the word they stand in."""
    problems = []
    for text in texts:
        missing = missing_characters(text)
        if missing:
            word = next(word for word in printable(text).split() if missing[0] in word)
            problems.append(Problem("paper.script_missing", params={"characters": missing[:20], "word": word[:40]}))
    if problems:
        raise Refused(problems[:3])


@cache
def _printable_character(character: str) -> str:
    if character in "\n\u2028\u2029\u0085\v\f":
        return "\n"
    if character == "\t":
        return " "
    category = unicodedata.category(character)
    if category == "Zs":
        return NO_BREAK_SPACE if character in _KEPT_SPACES else " "
    if category in ("Co", "Cn"):
        return character
    is_variation = "\ufe00" <= character <= "\ufe0f"
    return "" if category in _INVISIBLE_CATEGORIES or is_variation else character
