"""The round list: who has which place, for the file or for the party that supplies the programme."""

from __future__ import annotations

from datetime import date

from rehabdesk.documents.blocks import Block, Column, Facts, Heading, Paragraph, Style, Table
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.phrases import questions_box, time_and_place
from rehabdesk.domain.attendance_papers import RoundHead, RoundListDocument, RoundListLine
from rehabdesk.texts import Texts


def render(document: RoundListDocument, texts: Texts) -> bytes:
    """The list as a PDF file."""
    title = f"{texts.say('Round list')} {document.imprint.reference}"
    return rendered(Sheet(title, document.letterhead, document.imprint), blocks(document, texts), texts)


def file_parts(document: RoundListDocument, texts: Texts) -> tuple[str | date, ...]:
    """What its file is called: the round, and the party unless it is sensitive."""
    return (texts.say("Round list"), document.imprint.reference, document.reader_in_file, document.imprint.on)


def blocks(document: RoundListDocument, texts: Texts) -> tuple[Block, ...]:
    """The list in reading order."""
    columns = (
        Column(texts.name("column", "Place"), 0.8),
        Column(texts.name("column", "Name"), 3.2),
        Column(texts.name("column", "Case"), 1.8),
        Column(texts.name("column", "Days"), 2.4),
        Column(texts.name("column", "State"), 1.6),
    )
    table = Table(columns, tuple(_row(texts, line) for line in document.lines))
    notes = (nameless_lines(texts), given_for_own_work(texts) if document.party else "")
    return (
        Heading(1, texts.say("Round list")),
        Paragraph(for_whom(texts, document.round, document.party), Style.MUTED),
        Facts(round_facts(texts, document.round)),
        table,
        *(Paragraph(note, Style.SMALL) for note in notes),
        questions_box(texts, document.questions),
    )


def for_whom(texts: Texts, head: RoundHead, party: str) -> str:
    """The round, and the party that the paper is for."""
    return texts.say("{round}, for {party}", round=head.title, party=party) if party else head.title


def round_facts(texts: Texts, head: RoundHead) -> tuple[tuple[str, str], ...]:
    """The days, the time and the place of a round."""
    days = texts.say("{first} to {last}", first=texts.long_date(head.starts_on), last=texts.long_date(head.ends_on))
    return ((texts.name("round list", "Days"), days), *time_and_place(texts, head.start, head.end, head.place))


def nameless_lines(texts: Texts) -> str:
    """Why a line may have no name: it is not told which it is."""
    return texts.say("A line without a name is a free place, or one that is taken by somebody who is not named in lists.")


def given_for_own_work(texts: Texts) -> str:
    """What a party may do with names it is given."""
    return texts.say("You are given this with the participants' consent, for your own part of the work. Do not pass it on.")


def _row(texts: Texts, line: RoundListLine) -> tuple[str, ...]:
    days = ""
    if line.starts_on is not None and line.ends_on is not None:
        days = f"{texts.short_day(line.starts_on)}–{texts.short_day(line.ends_on)}"
    return (str(line.place_number), line.name, line.case_number, days, texts.term(line.state) if line.state is not None else "")
