"""The sign-in sheet: those expected at the table and empty lines for guests; never the participants."""

from __future__ import annotations

from rehabdesk.documents.blocks import Block, Column, Facts, Heading, Paragraph, Style, Table
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.phrases import sentence, time_and_place
from rehabdesk.domain.papers import SignInDocument
from rehabdesk.texts import Texts

ROW_HEIGHT = 30.0


def render(document: SignInDocument, texts: Texts) -> bytes:
    """The sheet as a PDF file."""
    title = f"{texts.say('Sign-in sheet')} {document.series} {texts.date(document.session_on)}"
    return rendered(Sheet(title, document.letterhead, document.imprint), blocks(document, texts), texts)


def blocks(document: SignInDocument, texts: Texts) -> tuple[Block, ...]:
    """The sheet's content in reading order."""
    day = texts.weekday_date(document.session_on)
    rows = tuple((line.name, line.function, line.party, "") for line in document.lines)
    empty = (("", "", "", ""),) * document.empty_lines
    return (
        Heading(1, texts.say("Sign-in sheet")),
        Paragraph(sentence(", ".join(part for part in (document.series, day) if part)), Style.MUTED),
        Facts(time_and_place(texts, document.start, document.end, document.place)),
        sign_in_table(texts, rows + empty),
    )


def sign_in_table(texts: Texts, rows: tuple[tuple[str, ...], ...]) -> Table:
    """The table people sign in."""
    columns = (
        Column(texts.name("column", "Name"), 2.2),
        Column(texts.name("column", "Function"), 2.7),
        Column(texts.name("column", "Party"), 2.4),
        Column(texts.name("column", "Signature"), 2.6),
    )
    return Table(columns, rows, row_height=ROW_HEIGHT, is_ruled=True)
