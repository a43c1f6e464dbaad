"""The agenda: for one receiver, with only her own items by name, or nameless for anybody."""

from __future__ import annotations

from rehabdesk.documents.blocks import Block, Column, Facts, Heading, Paragraph, Style, Table
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.phrases import sentence, time_and_place
from rehabdesk.domain.forum import ItemKind
from rehabdesk.domain.papers import AgendaDocument, AgendaLine
from rehabdesk.texts import Texts


def render(document: AgendaDocument, texts: Texts) -> bytes:
    """The agenda as a PDF file."""
    title = f"{texts.say('Agenda')} {document.series} {texts.date(document.session_on)}"
    return rendered(Sheet(title, document.letterhead, document.imprint), blocks(document, texts), texts)


def blocks(document: AgendaDocument, texts: Texts) -> tuple[Block, ...]:
    """The agenda's content in reading order."""
    day = texts.weekday_date(document.session_on)
    found: list[Block] = [
        Heading(1, texts.say("Agenda")),
        Paragraph(sentence(", ".join(part for part in (document.series, day) if part)), Style.MUTED),
        Facts((
            *time_and_place(texts, document.start, document.end, document.place),
            (texts.name("agenda", "For"), document.reader),
        )),
    ]
    if not document.lines:
        return (*found, Paragraph(texts.say("The agenda has no items yet.")))
    columns = (
        Column(texts.name("column", "No."), 0.7),
        Column(texts.name("column", "Starts"), 1),
        Column(texts.name("column", "Item"), 5),
        Column(texts.name("column", "Presenter"), 2.2),
        Column(texts.name("column", "Min"), 0.8),
    )
    rows = tuple(
        (str(line.number), texts.time(line.starts), _what(line, texts), line.presenter, str(line.minutes))
        for line in document.lines
    )
    found.append(Table(columns, rows))
    if document.reader:
        found.append(Paragraph(texts.say("Only the cases you are called to are shown by name."), Style.MUTED))
    return tuple(found)


def _what(line: AgendaLine, texts: Texts) -> str:
    """An item in the table. A case that is not the reader's own is a case and nothing more."""
    if line.kind == ItemKind.CASE:
        if not line.is_own:
            return texts.say("Case")
        heading = ", ".join(part for part in (line.case_number, line.participant_name) if part)
        return "\n".join(part for part in (heading, line.question) if part.strip())
    title = line.title
    if line.kind == ItemKind.CONSULTATION:
        title = ": ".join(part for part in (texts.say("De-identified consultation"), line.title) if part)
    return "\n".join(part for part in (title, line.question) if part.strip())
