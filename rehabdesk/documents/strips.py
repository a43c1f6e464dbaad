"""Blocks become strips: slices of the column that are never broken, each knowing its text, lines and tags.

A page is a pile of strips. A paragraph is one strip a line, a table row one strip a line across all its cells; so
anything can be broken over pages, and no block is ever too high for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from rehabdesk.documents.blocks import (
    Block,
    Bullets,
    Callout,
    CheckBoxes,
    Drawing,
    Entry,
    Facts,
    Heading,
    Numbered,
    PageBreak,
    Paragraph,
    RuledLines,
    SignatureLine,
    Style,
    Table,
    Together,
)
from rehabdesk.documents.fonts import NO_BREAK_SPACE, Face, Typeface, printable
from rehabdesk.documents.lines import Line, Measure, Run, broken
from rehabdesk.documents.symbols import Symbol, drawn
from rehabdesk.documents.tags import Tag, Tree

SIGNS_A_LINE = 70
_CELL_GAP = 8.0
_KEPT_LINES = 14  # a row, a box or a list of facts of so many lines stays whole
_UNPARTED = re.compile(r"(?<!\S)(?:(\d{1,2}) (?=[^\W\d])|(kl\.|§|nr|v\.|vecka|week) (?=\d))")
_BULLET = "\N{BULLET}"
_ASCENT = 0.34  # of the leading's extra, plus the size: where the baseline lies in a line

Colour = tuple[float, float, float]
TEXT: Colour = (0.07, 0.07, 0.07)
MUTED: Colour = (0.27, 0.27, 0.27)
HAIRLINE: Colour = (0.6, 0.6, 0.6)
ACCENT: Colour = (0x1B / 255, 0x6A / 255, 0x5A / 255)

_STYLES = {
    Style.BODY: (1.0, TEXT),
    Style.MUTED: (1.0, MUTED),
    Style.QUOTE: (1.0, TEXT),
    Style.SMALL: (0.92, TEXT),
}
_HEADING_SIZES = {1: 1.75, 2: 1.17, 3: 1.0}
_HEADING_BEFORE = {1: 0.0, 2: 1.5, 3: 1.1}
_HEADING_AFTER = {1: 0.15, 2: 0.3, 3: 0.15}


class Ink(NamedTuple):
    """Text to paint: from the column's left edge and the strip's top. Without a tag it is decoration."""

    tag: Tag | None
    x: float
    baseline: float
    face: Face
    size: float
    colour: Colour
    text: str


class Stroke(NamedTuple):
    """A line to draw, always decoration."""

    x: float
    y: float
    to_x: float
    to_y: float
    width: float = 0.5
    colour: Colour = HAIRLINE


class Outlined:
    """Strips that share one of these get one border around them on each page."""


@dataclass(slots=True, eq=False)
class Strip:
    """A slice of the column. `keep` ties it to the next; `repeat` stands above it when it opens a page.

    The lines of a `figure` belong to its tag; all others are decoration.
    """

    height: float
    inks: tuple[Ink, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    before: float = 0.0
    keep: bool = False
    outlined: Outlined | None = None
    repeat: tuple[Strip, ...] = ()
    bookmark: tuple[int, str] | None = None
    figure: Tag | None = None
    opens_page: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """The size of a paper's text in points, and the height of a line as a multiple of it."""

    size: float
    leading: float

    @property
    def line(self) -> float:
        """The height of a line of body text."""
        return self.size * self.leading


#: A participant's own paper, by the size in points she asked for.
PARTICIPANT = {12: Scale(12, 1.5), 14: Scale(14, 1.48), 18: Scale(18, 1.45)}
WORKING = Scale(10.5, 1.4)


class Setter:
    """Turns the blocks of one paper into strips and grows its tree of tags."""

    def __init__(self, typeface: Typeface, scale: Scale, width: float, tree: Tree) -> None:
        self._face = typeface
        self._scale = scale
        self._width = width
        self._tree = tree

    def strips(self, blocks: Sequence[Block]) -> list[Strip]:
        """The strips of all blocks."""
        found: list[Strip] = []
        opens_page = False
        for block in blocks:
            if isinstance(block, PageBreak):
                opens_page = True
                continue
            for strip in self._block(block):
                strip.opens_page = strip.opens_page or opens_page
                opens_page = False
                found.append(strip)
        return found

    # Internals

    def _block(self, block: Block) -> list[Strip]:
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                return self._paragraph(block)
            case Bullets():
                return self._list(block.entries, [_BULLET] * len(block.entries), "Disc")
            case Numbered():
                labels = [f"{block.start + number}." for number in range(len(block.entries))]
                return self._list(block.entries, labels, "Decimal")
            case Facts():
                return self._facts(block)
            case Table():
                return self._table(block)
            case Callout():
                return self._callout(block)
            case RuledLines():
                return self._ruled(block)
            case SignatureLine():
                return self._signatures(block)
            case CheckBoxes():
                return self._check_boxes(block)
            case Drawing():
                return [self._drawing(block)]
            case Together():
                return _kept(self.strips(block.blocks))
        raise TypeError(f"no way to set {type(block).__name__}")

    def _heading(self, heading: Heading) -> list[Strip]:
        text = printable(heading.text).replace("\n", " ").strip()
        if not text:
            return []
        size = self._scale.size * _HEADING_SIZES[heading.level]
        tag = self._tree.add(f"H{heading.level}")
        indent = size * 1.5 if heading.symbol else 0.0
        lines = broken((Run(self._face.bold, text),), Measure(self._width - indent, size, SIGNS_A_LINE))
        strips = [self._strip(line, tag, size, 1.3, indent) for line in lines]
        if heading.symbol:
            strips[0].strokes = tuple(_drawn(heading.symbol, size))
        for strip in strips:
            strip.keep = True
        strips[0].before = self._scale.size * _HEADING_BEFORE[heading.level]
        strips[0].bookmark = (heading.level, text)
        strips[-1].height += self._scale.size * _HEADING_AFTER[heading.level]
        return strips

    def _paragraph(self, paragraph: Paragraph, x: float = 0.0, parent: Tag | None = None) -> list[Strip]:
        """One strip a line, one tag for each stretch of text between line breaks."""
        share, colour = _STYLES[paragraph.style]
        size = self._scale.size * share
        plain = self._face.italic if paragraph.style is Style.QUOTE else self._face.regular
        lead = printable(paragraph.lead).replace("\n", " ").strip()
        strips: list[Strip] = []
        for part in (f"{lead}\0{_flowing(paragraph.text)}" if lead else _flowing(paragraph.text)).split("\n"):
            bold, _, text = part.rpartition("\0")
            runs = ((Run(self._face.bold, bold),) if bold else ()) + (Run(plain, text),)
            if not (bold.strip() or text.strip()):
                continue
            tag = self._tree.add("P", parent)
            lines = broken(runs, Measure(self._width - 2 * x, size, SIGNS_A_LINE))
            made = _guarded([self._strip(line, tag, size, self._scale.leading, x, colour) for line in lines])
            made[0].before = self._scale.size * 0.35 if strips else 0.0
            strips += made
        if strips:
            strips[-1].height += self._scale.size * 0.3
        return strips

    def _list(self, entries: Sequence[Entry], labels: list[str], numbering: str) -> list[Strip]:
        if not entries:
            return []
        size = self._scale.size
        indent = size * (1.25 if numbering == "Disc" else 0.6) + size * 0.55 * (max(map(len, labels)) - 1)
        tag = self._tree.add("L", None, {"ListNumbering": numbering})
        strips: list[Strip] = []
        for entry, label in zip(entries, labels, strict=True):
            item = self._tree.add("LI", tag)
            label_tag, body_tag = self._tree.add("Lbl", item), self._tree.add("LBody", item)
            lead, text = printable(entry.lead).strip(), _flowing(entry.text)
            runs = ((Run(self._face.bold, lead),) if lead else ()) + (Run(self._face.regular, text),)
            lines = broken(runs, Measure(self._width - indent, size, SIGNS_A_LINE))
            made = _guarded([self._strip(line, body_tag, size, self._scale.leading, indent) for line in lines])
            first = made[0]
            first.inks = (self._label(label, label_tag, indent), *first.inks)
            made[-1].height += size * 0.3
            strips += made
        return strips

    def _label(self, label: str, tag: Tag, indent: float) -> Ink:
        """A list label; a bullet stands a little in from the margin, a number against it."""
        size, baseline = self._scale.size, _baseline(self._scale.size, self._scale.leading)
        if label == _BULLET:
            return Ink(tag, 0.0, baseline + size * 0.18, self._face.regular, size * 1.5, TEXT, label + " ")
        return Ink(tag, 0.0, baseline, self._face.regular, size, TEXT, label + " ")

    def _facts(self, facts: Facts) -> list[Strip]:
        rows = [row for row in facts.rows if row[1].strip()]
        if not rows:
            return []
        size = self._scale.size
        longest = max(self._face.bold.width(printable(label).replace("\n", " ")) for label, _ in rows) * size + 14
        label_width = min(max(longest, self._width * 0.2), self._width * 0.38)
        tag = self._tree.add("Table")
        strips: list[Strip] = []
        for label, value in rows:
            row = self._tree.add("TR", tag)
            head, cell = self._tree.add("TH", row, {"Scope": "Row"}), self._tree.add("TD", row)
            head_lines = self._cell(self._face.bold, label, label_width - 14)
            value_lines = self._cell(self._face.regular, value, self._width - label_width)
            made = self._row([(head, 0.0, head_lines), (cell, label_width, value_lines)])
            made[-1].height += size * 0.2
            strips += made
        strips[0].before = size * 0.6
        strips[-1].height += size * 0.3
        return _kept(strips) if len(strips) <= _KEPT_LINES else strips

    def _table(self, table: Table) -> list[Strip]:
        edges = self._edges(table)
        tag = self._tree.add("Table")
        header_row = self._tree.add("TR", self._tree.add("THead", tag))
        heads = [self._tree.add("TH", header_row, {"Scope": "Column"}) for _ in table.columns]
        cells = [
            (head, x, self._cell(self._face.bold, column.header, to_x - x))
            for head, column, (x, to_x) in zip(heads, table.columns, edges, strict=True)
        ]
        header = self._padded(self._row(cells), 0.9, TEXT)
        header[0].before = self._scale.size * 0.4
        for strip in header:
            strip.keep = True
        if table.is_ruled:
            _rule_columns(header, edges)
        repeat = tuple(replace(strip, inks=tuple(ink._replace(tag=None) for ink in strip.inks)) for strip in header)
        body = self._tree.add("TBody", tag) if table.rows else tag
        rows: list[Strip] = []
        for texts in table.rows:
            rows += self._table_row(table, texts, edges, body)
        for strip in rows:
            strip.repeat = repeat
        if table.is_ruled:
            _rule_columns(rows, edges)
        strips = header + rows
        strips[-1].height += self._scale.size * 0.9
        return strips

    def _table_row(
        self, table: Table, texts: tuple[str, ...], edges: list[tuple[float, float]], body: Tag
    ) -> list[Strip]:
        if len(texts) != len(table.columns):
            raise ValueError(f"a row of {len(texts)} cells in a table of {len(table.columns)} columns")
        row = self._tree.add("TR", body)
        cells = [
            (self._tree.add("TD", row), x, self._cell(self._face.regular, text, to_x - x))
            for text, (x, to_x) in zip(texts, edges, strict=True)
        ]
        return self._padded(self._row(cells), 0.5, HAIRLINE, table.row_height)

    def _edges(self, table: Table) -> list[tuple[float, float]]:
        """Where the text of each column begins and ends. It lines up with the text above, unless lines divide it."""
        total = sum(column.share for column in table.columns)
        edges, x = [], 0.0
        for column in table.columns:
            to_x = x + self._width * column.share / total
            edges.append((x + (_CELL_GAP / 2 if table.is_ruled and x else 0.0), to_x - _CELL_GAP))
            x = to_x
        return edges

    def _cell(self, face: Face, text: str, width: float) -> list[Line]:
        return broken((Run(face, printable(text)),), Measure(width, self._scale.size))

    def _row(self, cells: list[tuple[Tag, float, list[Line]]]) -> list[Strip]:
        """The cells of a row beside one another: one strip for each line of the highest."""
        strips = []
        for number in range(max(len(lines) for _, _, lines in cells)):
            inks: tuple[Ink, ...] = ()
            for tag, x, lines in cells:
                if number < len(lines):
                    inks += self._inks(lines[number], tag, self._scale.size, 1.35, x, TEXT)
            strips.append(Strip(self._scale.size * 1.35, inks))
        # A row of ordinary height stays whole; a higher one may be broken anywhere.
        return _kept(strips) if len(strips) <= _KEPT_LINES else _guarded(strips)

    def _padded(self, strips: list[Strip], rule: float, colour: Colour, least: float = 0.0) -> list[Strip]:
        """A table row with air above and below and a line under it."""
        padding = self._scale.size * 0.3
        first, last = strips[0], strips[-1]
        first.height += padding
        first.inks = tuple(ink._replace(baseline=ink.baseline + padding) for ink in first.inks)
        last.height += padding
        last.height += max(0.0, least - sum(strip.height for strip in strips))
        last.strokes = (Stroke(0, last.height, self._width, last.height, rule, colour),)
        return strips

    def _callout(self, callout: Callout) -> list[Strip]:
        inset = self._scale.size * 0.95
        tag = self._tree.add("Div")
        inner: list[Strip] = []
        for each in callout.paragraphs:
            inner += self._paragraph(each, inset, tag)
            if inner:
                inner[-1].height -= self._scale.size * 0.3
        if not inner:
            return []
        outlined = Outlined()
        padding = self._scale.size * 0.7
        top = Strip(padding, before=self._scale.size * 0.9, keep=True)
        inner[-1].keep = True
        strips = [top, *inner, Strip(padding)]
        if len(strips) <= _KEPT_LINES:
            _kept(strips)
        for strip in strips:
            strip.outlined = outlined
        return [*strips, Strip(self._scale.size * 0.6)]

    def _ruled(self, ruled: RuledLines) -> list[Strip]:
        strips: list[Strip] = []
        if ruled.label:
            strips += self._paragraph(Paragraph("", lead=ruled.label))
        for strip in strips:
            strip.keep = True
        if strips:
            strips[0].before = self._scale.size * 0.6
        for number in range(ruled.count):
            strips.append(Strip(26, strokes=(Stroke(0, 22, self._width, 22, 0.5),), keep=number == 0 < ruled.count - 1))
        strips.append(Strip(4))
        return strips

    def _signatures(self, signature: SignatureLine) -> list[Strip]:
        gap = 24.0
        width = (self._width - gap * (len(signature.labels) - 1)) / len(signature.labels)
        inks: tuple[Ink, ...] = ()
        strokes: tuple[Stroke, ...] = ()
        size, most = self._scale.size * 0.9, 1
        for number, label in enumerate(signature.labels):
            x = number * (width + gap)
            tag = self._tree.add("P")
            lines = broken((Run(self._face.regular, printable(label)),), Measure(width, size))
            most = max(most, len(lines))
            strokes += (Stroke(x, 34, x + width, 34, 0.6, TEXT),)
            for place, line in enumerate(lines, start=1):
                inks += tuple(ink._replace(baseline=34 + size * 1.3 * place) for ink in self._inks(line, tag, size, 1, x, MUTED))
        return [Strip(34 + size * (0.7 + 1.3 * most), inks, strokes)]

    def _check_boxes(self, boxes: CheckBoxes) -> list[Strip]:
        size, side = self._scale.size, self._scale.size * 0.95
        strips: list[Strip] = []
        for label in boxes.labels:
            tag = self._tree.add("P")
            lines = broken((Run(self._face.regular, printable(label)),), Measure(self._width - side * 2, size))
            made = _guarded([self._strip(line, tag, size, self._scale.leading, side * 1.8) for line in lines])
            foot = _baseline(size, self._scale.leading) + side * 0.1
            made[0].strokes = tuple(_square(0, foot - side, side))
            made[-1].height += size * 0.35
            strips += made
        if strips:
            strips[0].before = size * 0.4
        return strips

    def _drawing(self, drawing: Drawing) -> Strip:
        # A drawing is made of strips' own lines and inks, so it is asked for here and not above.
        from rehabdesk.documents.drawing import drawn_scene

        inks, strokes, height = drawn_scene(drawing.scene, self._face, self._width)
        tag = self._tree.add("Figure") if drawing.is_figure else None
        if tag is not None:
            tag.alt = printable(drawing.scene.told)
            inks = tuple(ink._replace(tag=tag) for ink in inks)
        return Strip(height + self._scale.line * 0.4, inks, strokes, before=self._scale.line * 0.6, figure=tag)

    def _strip(
        self, line: Line, tag: Tag, size: float, leading: float, x: float = 0.0, colour: Colour = TEXT
    ) -> Strip:
        return Strip(size * leading, self._inks(line, tag, size, leading, x, colour))

    def _inks(
        self, line: Line, tag: Tag, size: float, leading: float, x: float, colour: Colour
    ) -> tuple[Ink, ...]:
        baseline = _baseline(size, leading)
        return tuple(Ink(tag, x + piece.x, baseline, piece.face, size, colour, piece.text) for piece in line)


def _flowing(text: str) -> str:
    """Text for lines: a short number stays with its word ("15 december"), as do "kl." and "§" with theirs."""
    return _UNPARTED.sub(_with_firm_space, printable(text))


def _with_firm_space(found: re.Match[str]) -> str:
    return found.group(0)[:-1] + NO_BREAK_SPACE


def _baseline(size: float, leading: float) -> float:
    """Where the baseline lies below the top of a line."""
    return size * (leading / 2 + _ASCENT)


def _kept(strips: list[Strip]) -> list[Strip]:
    """All strips tied together."""
    for strip in strips[:-1]:
        strip.keep = True
    return strips


def _guarded(strips: list[Strip]) -> list[Strip]:
    """The lines of a paragraph, tied so that no line stands alone at a page's foot or head."""
    if len(strips) > 1:
        strips[0].keep = True
        strips[-2].keep = True
    return strips


def _rule_columns(strips: list[Strip], edges: list[tuple[float, float]]) -> None:
    """Draw the lines between columns, for tables to write in."""
    for strip in strips:
        height = strip.height
        strip.strokes += tuple(Stroke(x - _CELL_GAP / 2, 0, x - _CELL_GAP / 2, height) for x, _ in edges[1:])


def _drawn(symbol: Symbol, size: float) -> Iterator[Stroke]:
    """A symbol as high as the capitals and a little more, in the margin of its heading."""
    side, top = size * 1.05, size * 0.14
    for points in drawn(symbol):
        for (x, y), (to_x, to_y) in zip(points, points[1:], strict=False):
            yield Stroke(x * side, top + y * side, to_x * side, top + to_y * side, size * 0.085, ACCENT)


def _square(x: float, y: float, side: float) -> Iterator[Stroke]:
    corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]
    for (from_x, from_y), (to_x, to_y) in zip(corners, corners[1:], strict=False):
        yield Stroke(from_x, from_y, to_x, to_y, 0.8, TEXT)
