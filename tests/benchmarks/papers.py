"""A summary and the complete minutes of six cases, tagged and archive-ready, against bare ReportLab laying the same blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from io import BytesIO
from xml.sax.saxutils import escape

import pypdfium2
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, ListFlowable, PageTemplate
from reportlab.platypus import Paragraph as Laid
from reportlab.platypus import Table as LaidTable

from rehabdesk.documents import blocks as ours
from rehabdesk.documents import catalogue, minutes, summary
from rehabdesk.documents.page import COLUMN, LEFT, PAGE_HEIGHT, PAGE_WIDTH, TOP
from rehabdesk.documents.strips import PARTICIPANT, WORKING, Scale
from rehabdesk.domain.papers import Letterhead
from rehabdesk.paths import resources
from rehabdesk.texts import texts_for
from tests.benchmarks.measure import Figure, as_ratio, taking_turns
from tests.documents import samples

ROUNDS = 15
MOST = 1.6
MOST_BYTES = 60_000

_REGULAR, _BOLD, _ITALIC = "Floor-Regular", "Floor-Bold", "Floor-Italic"


def figures() -> list[Figure]:
    """Both papers: the time against the floor, and the size of the file."""
    for name in (_REGULAR, _BOLD, _ITALIC):
        registerFont(TTFont(name, str(resources() / "fonts" / f"NotoSans-{name.removeprefix('Floor-')}.ttf")))
    texts = texts_for("sv")
    papers = (("summary", samples.summary(), summary, PARTICIPANT[12]), ("minutes, 6 cases", samples.minutes(6), minutes, WORKING))
    found = []
    for name, document, module, scale in papers:
        bare = Bare(module.blocks(document, texts), document.letterhead, scale)
        pair = taking_turns(partial(catalogue.render, document, texts), bare.render, ROUNDS)
        made, floor = catalogue.render(document, texts), bare.render()
        size = f"{_pages(made)} pages (floor {_pages(floor)})"
        found.append(as_ratio(f"{name}, tagged", size, pair, MOST))
        found.append(Figure(
            f"{name}, file", size, f"{len(made) / 1000:.0f} KB", f"{len(floor) / 1000:.0f} KB", f"{len(made) / 1000:.0f} KB",
            f"≤ {MOST_BYTES // 1000} KB", len(made) <= MOST_BYTES,
        ))
    return found


class Bare:
    """The same blocks as ReportLab's own flowables: neither tags, nor archive, nor bookmarks."""

    def __init__(self, blocks: Sequence[ours.Block], letterhead: Letterhead, scale: Scale) -> None:
        self._blocks, self._letterhead, self._scale = blocks, letterhead, scale
        size = scale.size
        self._body = ParagraphStyle("body", fontName=_REGULAR, fontSize=size, leading=scale.line, spaceAfter=size * 0.5)
        self._quote = ParagraphStyle("quote", self._body, fontName=_ITALIC)
        self._bold = ParagraphStyle("bold", self._body, fontName=_BOLD)
        self._headings = {
            level: ParagraphStyle(f"h{level}", fontName=_BOLD, fontSize=size * by, leading=size * by * 1.3, spaceBefore=size, keepWithNext=1)
            for level, by in ((1, 1.75), (2, 1.17), (3, 1.0))
        }

    def render(self) -> bytes:
        """The file."""
        made = BytesIO()
        document = BaseDocTemplate(made, pagesize=(PAGE_WIDTH, PAGE_HEIGHT))
        frame = Frame(LEFT, 64, COLUMN, PAGE_HEIGHT - TOP - 60 - 64, leftPadding=0, rightPadding=0)
        document.addPageTemplates(PageTemplate(frames=[frame], onPage=self._paint_frame))
        document.build(list(self._flowables(self._blocks)))
        return made.getvalue()

    def _paint_frame(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        head, top = self._letterhead, PAGE_HEIGHT - TOP
        canvas.setFont(_BOLD, 9)
        canvas.drawString(LEFT, top - 9, head.organisation)
        canvas.setFont(_REGULAR, 9)
        canvas.drawString(LEFT, top - 23, head.forum)
        canvas.drawRightString(LEFT + COLUMN, top - 9, "Personuppgiftsansvarig:")
        canvas.drawRightString(LEFT + COLUMN, top - 23, head.controller)
        canvas.line(LEFT, top - 32, LEFT + COLUMN, top - 32)
        canvas.line(LEFT, 49, LEFT + COLUMN, 49)
        canvas.drawString(LEFT, 36, "RF-2026-014, 24 november 2026, version 1")
        canvas.drawRightString(LEFT + COLUMN, 36, f"Sida {document.page}")

    def _flowables(self, blocks: Iterable[ours.Block]) -> Iterator[Flowable]:
        for block in blocks:
            match block:
                case ours.Heading():
                    yield self._laid(block.text, self._headings[block.level])
                case ours.Paragraph():
                    yield self._laid(block.text, self._quote if block.style is ours.Style.QUOTE else self._body, block.lead)
                case ours.Bullets() | ours.Numbered():
                    kind = "bullet" if isinstance(block, ours.Bullets) else "1"
                    entries = [self._laid(entry.text, self._body, entry.lead) for entry in block.entries]
                    yield ListFlowable(entries, bulletType=kind, bulletFontName=_REGULAR, leftIndent=14)
                case ours.Facts():
                    rows = [[self._laid(label, self._bold), self._laid(value, self._body)] for label, value in block.rows]
                    yield LaidTable(rows, colWidths=[COLUMN * 0.25, COLUMN * 0.75])
                case ours.Table():
                    yield self._table(block)
                case ours.Callout():
                    inside = [[list(self._flowables(block.paragraphs))]]
                    yield LaidTable(inside, colWidths=[COLUMN], style=[("BOX", (0, 0), (-1, -1), 1, "black")])
                case ours.Together():
                    yield from self._flowables(block.blocks)
                case _:
                    raise ValueError(f"the floor cannot lay {block}")

    def _table(self, block: ours.Table) -> LaidTable:
        shares = sum(column.share for column in block.columns)
        widths = [COLUMN * column.share / shares for column in block.columns]
        rows = [[self._laid(column.header, self._bold) for column in block.columns]]
        rows += [[self._laid(cell, self._body) for cell in row] for row in block.rows]
        return LaidTable(rows, colWidths=widths, repeatRows=1, style=[("LINEBELOW", (0, 0), (-1, -1), 0.5, "grey")])

    @staticmethod
    def _laid(text: str, style: ParagraphStyle, lead: str = "") -> Laid:
        words = escape(text).replace("\n", "<br/>")
        return Laid(f'<font name="{_BOLD}">{escape(lead)}</font> {words}' if lead else words, style)


def _pages(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()
