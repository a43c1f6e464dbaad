"""The page of every paper: letterhead, marks of draft and demo, column, foot; and `render`, which makes the file.

Nothing here knows which paper it is. ReportLab draws; `accessible` turns what it drew into PDF/UA-1 and PDF/A-2a.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import groupby

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from rehabdesk.documents.accents import has_accents, stretches
from rehabdesk.documents.accessible import Identity, accessible
from rehabdesk.documents.blocks import Block, texts_in
from rehabdesk.documents.fonts import Face, Typeface, printable, refuse_missing, typeface
from rehabdesk.documents.lines import Measure, Run, broken
from rehabdesk.documents.logo import prepared, printed_size
from rehabdesk.documents.pages import Placed, paged
from rehabdesk.documents.strips import ACCENT, HAIRLINE, MUTED, TEXT, WORKING, Colour, Ink, Scale, Setter, Strip, Stroke
from rehabdesk.documents.tags import Tag, Tree
from rehabdesk.domain.papers import Imprint, Letterhead
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.texts import Texts

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
LEFT, RIGHT = 57.0, 72.0
COLUMN = PAGE_WIDTH - LEFT - RIGHT
TOP = 48.0
FOOT_LINE = 49.0  # from the page's lower edge
_COLUMN_END = 64.0
_HIGHEST_HEAD = 260.0
_GAP_UNDER_HEAD = 18.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one paper consists of beside its blocks."""

    title: str
    letterhead: Letterhead
    imprint: Imprint
    scale: Scale = WORKING
    is_landscape: bool = False

    @property
    def size(self) -> tuple[float, float]:
        """The width and height of its pages."""
        return (PAGE_HEIGHT, PAGE_WIDTH) if self.is_landscape else (PAGE_WIDTH, PAGE_HEIGHT)


def render(sheet: Sheet, blocks: Sequence[Block], texts: Texts) -> bytes:
    """The paper as a PDF file: A4, PDF/UA-1 and PDF/A-2a, the same bytes for the same content.

    Raises `Refused` before anything is made when the typeface lacks a script, or the logo cannot be read.
    """
    frame = _Frame(sheet, texts)
    refuse_missing((*texts_in(tuple(blocks)), *frame.words))
    with frame.typeface.lock:
        return frame.rendered(blocks)


class _Frame:
    """Lays out and paints one paper."""

    def __init__(self, sheet: Sheet, texts: Texts) -> None:
        self._sheet = sheet
        self._texts = texts
        self._face = typeface()
        self._small = max(9.0, sheet.scale.size * 0.8)
        width, self._height = sheet.size
        self._column = width - LEFT - RIGHT
        self._tree = Tree()
        logo = sheet.letterhead.logo
        self._logo = prepared(logo) if logo else None

    @property
    def typeface(self) -> Typeface:
        """The faces it sets with."""
        return self._face

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every text that the frame itself prints."""
        head = self._sheet.letterhead
        return (self._sheet.title, head.organisation, head.forum, head.controller, self._foot_text, *self._marks)

    def rendered(self, blocks: Sequence[Block]) -> bytes:
        """The finished file."""
        head = self._head(self._tree)
        if head.height > _HIGHEST_HEAD:
            raise Refused(Problem("paper.letterhead_too_long"))
        strips = Setter(self._face, self._sheet.scale, self._column, self._tree).strips(blocks)
        foot_tag = self._tree.add("P")
        start = TOP + head.height + _GAP_UNDER_HEAD
        pages = paged(strips, self._height - start - _COLUMN_END)
        painter = _Painter(self._sheet)
        for number, placed in enumerate(pages, 1):
            painter.open_page()
            self._paint_head(painter, head, is_first=number == 1)
            painter.column(placed, start)
            self._paint_foot(painter, number, len(pages), foot_tag)
            painter.close_page()
        identity = Identity(printable(self._sheet.title), self._texts.html_language)
        return accessible(painter.finished(), self._tree, identity)

    # Internals

    @cached_property
    def _foot_text(self) -> str:
        imprint = self._sheet.imprint
        version = self._texts.say("version {version}", version=imprint.version)
        return ", ".join(part for part in (imprint.reference, self._texts.long_date(imprint.on), version) if part)

    @cached_property
    def _marks(self) -> tuple[str, ...]:
        """The words that say that a paper is no final or no real one."""
        marks = []
        draft_at = self._sheet.imprint.draft_at
        if draft_at is not None:
            made = self._texts.time(draft_at.time())
            marks.append(self._texts.say("DRAFT {day} {time}", day=draft_at.date(), time=made))
        if self._sheet.letterhead.is_demo:
            marks.append(self._texts.say("DEMO – the people and events are made up"))
        return tuple(marks)

    def _head(self, tree: Tree) -> _Head:
        head = self._sheet.letterhead
        logo_tag = None
        indent = 0.0
        if self._logo is not None:
            logo_tag = tree.add("Figure")
            logo_tag.alt = self._texts.say("Logo of {organisation}", organisation=printable(head.organisation))
            indent = printed_size(self._logo)[0] + 10
        builder = _HeadBuilder(self._small, tree, self._column)
        half = self._column / 2 - 8
        left = builder.lines([(self._face.bold, head.organisation, TEXT), (self._face.regular, head.forum, MUTED)], half, indent)
        answers = [self._texts.say("Data controller:"), head.controller]
        right = builder.lines([(self._face.regular, text, MUTED) for text in answers], half, None)
        rule = max(left[1], right[1], printed_size(self._logo)[1] if self._logo else 0.0) + self._small * 0.75
        marks: list[Ink] = []
        height = rule
        if self._marks:
            marks, height = builder.marks(self._face.bold, self._marks, rule)
        return _Head(tuple(left[0] + right[0]), tuple(marks), rule, height, logo_tag)

    def _paint_head(self, painter: _Painter, head: _Head, is_first: bool) -> None:
        top = self._height - TOP
        if self._logo is not None:
            painter.picture(self._logo, LEFT, top, head.logo_tag if is_first else None)
        strokes = [Stroke(0, head.rule, self._column, head.rule, 1.5, ACCENT)]
        if head.marks:
            strokes.append(Stroke(0, head.height, self._column, head.height, 1.0, TEXT))
        painter.strokes(strokes, TOP)
        inks = (*head.inks, *head.marks)
        painter.inks(inks if is_first else tuple(ink._replace(tag=None) for ink in inks), TOP, "Header")

    def _paint_foot(self, painter: _Painter, number: int, count: int, tag: Tag) -> None:
        """The reference belongs to the text once, on the last page; page numbers never do."""
        size = self._small * 0.94
        line = self._height - FOOT_LINE
        painter.strokes([Stroke(0, 0, self._column, 0, 0.75, HAIRLINE)], line)
        page_text = self._texts.say("Page {number} of {count}", number=number, count=count)
        page_width = self._face.regular.width(page_text) * size
        pieces = broken((Run(self._face.regular, printable(self._foot_text)),), Measure(self._column - page_width - 20, size))
        foot_tag = tag if number == count else None
        inks = [
            Ink(foot_tag, piece.x, size * (1.5 + 1.2 * row), piece.face, size, MUTED, piece.text)
            for row, pieces_of_line in enumerate(pieces[:2])
            for piece in pieces_of_line
        ]
        inks.append(Ink(None, self._column - page_width, size * 1.5, self._face.regular, size, MUTED, page_text))
        painter.inks(tuple(inks), line, "Footer")


@dataclass(frozen=True, slots=True)
class _Head:
    """The laid-out letterhead; heights are from its top."""

    inks: tuple[Ink, ...]
    marks: tuple[Ink, ...]
    rule: float
    height: float
    logo_tag: Tag | None


class _HeadBuilder:
    """Sets the two corners of the letterhead and the line of marks."""

    def __init__(self, size: float, tree: Tree, column: float) -> None:
        self._size = size
        self._tree = tree
        self._column = column

    def lines(
        self, wanted: Iterable[tuple[Face, str, Colour]], width: float, indent: float | None
    ) -> tuple[list[Ink], float]:
        """Inks and height of one corner: at the left with an indent, at the right edge without."""
        inks: list[Ink] = []
        y = 0.0
        for face, text, colour in wanted:
            text = printable(text).replace("\n", " ").strip()
            if not text:
                continue
            tag = self._tree.add("P")
            for line in broken((Run(face, text),), Measure(width - (indent or 0.0), self._size)):
                x = indent
                if x is None:
                    x = self._column - sum(piece.face.width(piece.text.rstrip(" ")) for piece in line) * self._size
                inks += [Ink(tag, x + piece.x, y + self._size, face, self._size, colour, piece.text) for piece in line]
                y += self._size * 1.5
        return inks, y - self._size * 0.2

    def marks(self, face: Face, texts: Iterable[str], rule: float) -> tuple[list[Ink], float]:
        """The marks under the rule, beside one another where they fit, and where they end."""
        inks: list[Ink] = []
        size = self._size * 1.1
        x, y = 0.0, rule + size * 1.55
        for text in texts:
            width = face.width(text) * size
            if x and x + width > self._column:
                x, y = 0.0, y + size * 1.5
            inks.append(Ink(self._tree.add("P"), x, y, face, size, TEXT, text))
            x += width + size * 2.5
        return inks, y + size * 0.75


class _Painter:
    """Draws on ReportLab's canvas: text inside its tag's marks, everything else as artifact."""

    def __init__(self, sheet: Sheet) -> None:
        self._buffer = BytesIO()
        width, self._height = sheet.size
        self._column = width - LEFT - RIGHT
        self._canvas = Canvas(
            self._buffer,
            pagesize=sheet.size,
            invariant=1,
            pageCompression=0,
            initialFontName=typeface().regular.name,
        )
        self._page = -1
        self._next_mark = 0
        self._bookmarks = 0
        self._level = -1

    def open_page(self) -> None:
        """Begin a page."""
        self._page += 1
        self._next_mark = 0

    def close_page(self) -> None:
        """End the page."""
        self._canvas.showPage()

    def finished(self) -> bytes:
        """What ReportLab made of it."""
        self._canvas.save()
        return self._buffer.getvalue()

    def column(self, placed: list[Placed], start: float) -> None:
        """The strips of one page; text in reading order, each tag's in one piece."""
        inks: list[Ink] = []
        strokes: list[Stroke] = []
        for strip, top in placed:
            if strip.bookmark:
                self._bookmark(*strip.bookmark, start + top)
            inks += [ink._replace(baseline=ink.baseline + top) for ink in strip.inks]
            lines = [stroke._replace(y=stroke.y + top, to_y=stroke.to_y + top) for stroke in strip.strokes]
            if strip.figure is not None:
                self._figure(strip, lines, start, top)
            else:
                strokes += lines
        self._outlines(placed, start)
        self.strokes(strokes, start)
        inks.sort(key=_reading_order)
        self.inks(inks, start)

    def inks(self, inks: Sequence[Ink], start: float, artifact: str = "") -> None:
        """Text, each stretch of one tag as one marked content."""
        for tag, group in groupby(inks, key=_tag_of):
            self._open(tag, artifact)
            self._write(group, start)
            self._canvas.addLiteral("EMC")

    def strokes(self, strokes: Sequence[Stroke], start: float) -> None:
        """Lines, as one artifact."""
        if not strokes:
            return
        self._canvas.addLiteral("/Artifact <</Type /Layout>> BDC")
        self._lines(strokes, start)
        self._canvas.addLiteral("EMC")

    def picture(self, picture: Image.Image, x: float, top: float, tag: Tag | None) -> None:
        """A picture with its upper left corner at x and top."""
        width, height = printed_size(picture)
        self._open(tag, "Header")
        self._canvas.drawImage(ImageReader(picture), x, top - height, width, height)
        self._canvas.addLiteral("EMC")
        if tag is not None:
            tag.box = (x, top - height, x + width, top)

    # Internals

    def _figure(self, strip: Strip, strokes: Sequence[Stroke], start: float, top: float) -> None:
        """The lines of a figure inside its tag, and where it lies; its words follow with all text."""
        self._open(strip.figure, "")
        self._lines(strokes, start)
        self._canvas.addLiteral("EMC")
        upper = self._height - start - top
        strip.figure.box = (LEFT, upper - strip.height, LEFT + self._column, upper)

    def _lines(self, strokes: Sequence[Stroke], start: float) -> None:
        for stroke in strokes:
            self._canvas.setStrokeColorRGB(*stroke.colour)
            self._canvas.setLineWidth(stroke.width)
            y, to_y = self._height - start - stroke.y, self._height - start - stroke.to_y
            self._canvas.line(LEFT + stroke.x, y, LEFT + stroke.to_x, to_y)

    def _open(self, tag: Tag | None, artifact: str) -> None:
        if tag is None:
            kind = f"/Type /Pagination /Subtype /{artifact}" if artifact else "/Type /Pagination"
            self._canvas.addLiteral(f"/Artifact <<{kind}>> BDC")
            return
        tag.marks.append((self._page, self._next_mark))
        self._canvas.addLiteral(f"/{tag.kind} <</MCID {self._next_mark}>> BDC")
        self._next_mark += 1

    def _write(self, inks: Iterable[Ink], start: float) -> None:
        """Text operators, written here: ReportLab's text object costs as much as all the rest of a page."""
        document = self._canvas._doc  # noqa: SLF001 - a subset belongs to a document, which only the canvas knows
        parts = ["BT"]
        name, size, colour = "", 0.0, None
        for ink in inks:
            if ink.colour != colour:
                colour = ink.colour
                parts.append("%.3f %.3f %.3f rg" % colour)
            font = ink.face.font
            for text, x, y in stretches(ink.face, ink.text) if has_accents(ink.text) else ((ink.text, 0.0, 0.0),):
                at_x, at_y = LEFT + ink.x + x * ink.size / 1000, self._height - start - ink.baseline + y * ink.size / 1000
                parts.append(f"1 0 0 1 {at_x:.2f} {at_y:.2f} Tm")
                for subset, codes in font.splitString(text, document):
                    subset_name = font.getSubsetInternalName(subset, document)
                    if (subset_name, ink.size) != (name, size):
                        name, size = subset_name, ink.size
                        parts.append(f"{name} {size:.2f} Tf")
                    parts.append(f"<{codes.hex()}> Tj")
        parts.append("ET")
        self._canvas.addLiteral(" ".join(parts))

    def _outlines(self, placed: list[Placed], start: float) -> None:
        """A border around each run of strips that share one."""
        for outlined, group in groupby(placed, key=_outlined_of):
            if outlined is None:
                continue
            strips = list(group)
            top, end = strips[0].top, strips[-1].top + strips[-1].strip.height
            self._canvas.addLiteral("/Artifact <</Type /Layout>> BDC")
            self._canvas.setStrokeColorRGB(*HAIRLINE)
            self._canvas.setLineWidth(0.75)
            self._canvas.roundRect(LEFT, self._height - start - end, self._column, end - top, 5)
            self._canvas.addLiteral("EMC")

    def _bookmark(self, level: int, text: str, top: float) -> None:
        self._bookmarks += 1
        self._level = min(level - 1, self._level + 1)
        key = f"h{self._bookmarks}"
        self._canvas.bookmarkHorizontalAbsolute(key, self._height - top)
        self._canvas.addOutlineEntry(text, key, self._level)


def _reading_order(ink: Ink) -> int:
    return ink.tag.place if ink.tag else 0


def _tag_of(ink: Ink) -> Tag | None:
    return ink.tag


def _outlined_of(placed: Placed) -> object:
    return placed.strip.outlined
