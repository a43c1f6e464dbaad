"""The attendance sheet: a box for each person and half-day, to fill in by hand; across the page, and over as many as it takes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil

from rehabdesk.documents.blocks import Block, Column, Heading, PageBreak, Paragraph, Style, Table
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.phrases import questions_box
from rehabdesk.documents.round_list import for_whom, given_for_own_work, nameless_lines, round_facts
from rehabdesk.domain.attendance_papers import AttendanceSheetDocument, SheetDay, SheetLine
from rehabdesk.domain.prerehab import AttendanceMark
from rehabdesk.texts import Texts
from rehabdesk.wording.attendance import SIGNS

#: So many half-days stand beside one another; more are shared evenly over several tables.
MOST_ACROSS = 12
ROW_HEIGHT = 20.0
#: So many lines have room on a page: empty ones for those who come besides never begin another.
LINES_A_PAGE = 10
_PLACE, _NAME, _DAY = 0.7, 3.2, 1.0
_NOT_HERS = "–"


def render(document: AttendanceSheetDocument, texts: Texts) -> bytes:
    """The sheet as a PDF file."""
    title = f"{texts.say('Attendance sheet')} {document.imprint.reference}"
    sheet = Sheet(title, document.letterhead, document.imprint, is_landscape=True)
    return rendered(sheet, blocks(document, texts), texts)


def file_parts(document: AttendanceSheetDocument, texts: Texts) -> tuple[str | date, ...]:
    """What its file is called: the round, and the party unless it is sensitive."""
    return (texts.say("Attendance sheet"), document.imprint.reference, document.reader_in_file, document.imprint.on)


def blocks(document: AttendanceSheetDocument, texts: Texts) -> tuple[Block, ...]:
    """The sheet in reading order: the legend, then the boxes, a page for each stretch of days."""
    found: list[Block] = [
        Heading(1, texts.say("Attendance sheet")),
        Paragraph(for_whom(texts, document.round, document.party), Style.MUTED),
        Paragraph(", ".join(value for _, value in round_facts(texts, document.round) if value), Style.MUTED),
        Paragraph(legend(texts), Style.SMALL),
    ]
    for number, (first, days) in enumerate(_stretches(document.days)):
        if number:
            found += [PageBreak(), Paragraph(legend(texts), Style.SMALL)]
        found.append(_table(document, texts, first, days))
    notes = (nameless_lines(texts), given_for_own_work(texts) if document.party else "")
    return (*found, Paragraph(" ".join(note for note in notes if note), Style.SMALL), questions_box(texts, document.questions))


def legend(texts: Texts) -> str:
    """What is written in the boxes; and that no cause is."""
    marks = ", ".join(f"{texts.say(SIGNS[mark])} {texts.term(mark)}" for mark in AttendanceMark)
    return texts.say("Write in the boxes: {marks}. Write no cause. Tick at the top which half-days were held.", marks=marks)


def _stretches(days: tuple[SheetDay, ...]) -> list[tuple[int, tuple[SheetDay, ...]]]:
    """The days in as few stretches as they fit in, each as long as the next, with the place of its first day."""
    size = ceil(len(days) / max(1, ceil(len(days) / MOST_ACROSS))) if days else 1
    return [(first, days[first : first + size]) for first in range(0, len(days), size)]


def _table(document: AttendanceSheetDocument, texts: Texts, first: int, days: Sequence[SheetDay]) -> Table:
    # Few days leave their room to the names, so that a box is never wider than one writes in.
    spare = (MOST_ACROSS - len(days)) * _DAY
    columns = (
        Column(texts.name("attendance column", "No."), _PLACE),
        Column(texts.name("column", "Name"), _NAME + spare),
        *(Column(_day(document, texts, day), _DAY) for day in days),
    )
    boxes = ("",) * len(days)
    held = ("", texts.name("attendance sheet", "Held"), *boxes)
    people = (_row(line, first, len(days)) for line in document.lines)
    empty = (("", "", *boxes),) * min(document.empty_lines, max(0, LINES_A_PAGE - len(document.lines)))
    return Table(columns, (held, *people, *empty), row_height=ROW_HEIGHT, is_ruled=True)


def _row(line: SheetLine, first: int, count: int) -> tuple[str, ...]:
    boxes = (_NOT_HERS if place in line.away else "" for place in range(first, first + count))
    return (str(line.place_number), line.name, *boxes)


def _day(document: AttendanceSheetDocument, texts: Texts, day: SheetDay) -> str:
    """Weekday over date; and the time where it is another than the round's."""
    written = f"{texts.short_weekday(day.on)}\n{day.on.day}/{day.on.month}"
    if (day.start, day.end) == (document.round.start, document.round.end):
        return written
    return f"{written}\n{texts.time(day.start)}–\n{texts.time(day.end)}"
