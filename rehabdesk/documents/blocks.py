"""What a paper consists of, before it has lines and pages: frozen blocks of text, in reading order.

Text in a block is plain: nothing in it is markup. A line break in it is a line break on paper.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Literal

from rehabdesk.documents.symbols import Symbol
from rehabdesk.domain.scene import Scene


class Style(StrEnum):
    """How a paragraph is set."""

    BODY = "body"
    MUTED = "muted"
    QUOTE = "quote"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the paper's title. It stays with what follows it. A symbol beside it is decoration."""

    level: Literal[1, 2, 3]
    text: str
    symbol: Symbol | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text, opened by a bold lead if there is one."""

    text: str
    style: Style = Style.BODY
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list with bullets."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A list numbered from `start`."""

    entries: tuple[Entry, ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and their values, side by side."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its header and its share of the width."""

    header: str
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header is repeated after a page break. `row_height` is the least height of a row, to write in."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    row_height: float = 0.0
    is_ruled: bool = False


@dataclass(frozen=True, slots=True)
class Callout:
    """A box with a border: what the reader should find at a glance."""

    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class RuledLines:
    """Empty lines to write on by hand, under a label."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """Lines to sign on, side by side, each with what is to be written under it."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckBoxes:
    """Boxes to tick by hand, one a line."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing across the column. It is decoration where the text beside it says the same; a figure has the scene's words as its own."""

    scene: Scene
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that stay on one page if a page can hold them."""

    blocks: tuple[Block, ...]


Block = (
    Heading
    | Paragraph
    | Bullets
    | Numbered
    | Facts
    | Table
    | Callout
    | RuledLines
    | SignatureLine
    | CheckBoxes
    | Drawing
    | PageBreak
    | Together
)


def texts_in(part: object) -> list[str]:
    """Every text in a block, a tuple of blocks, or any frozen part of a paper."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, tuple):
        return [text for each in part for text in texts_in(each)]
    if is_dataclass(part):
        return [text for field in fields(part) for text in texts_in(getattr(part, field.name))]
    return []
