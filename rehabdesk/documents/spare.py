"""The spare booklet: nameless ruled forms for the day the laptop dies."""

from __future__ import annotations

from rehabdesk.documents.blocks import (
    Block,
    CheckBoxes,
    Column,
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
)
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.phrases import sentence, time_and_place
from rehabdesk.documents.sign_in import ROW_HEIGHT, sign_in_table
from rehabdesk.domain.papers import SpareDocument
from rehabdesk.texts import Texts

_PRESENCE_ROWS = 15
_ACTION_ROWS = 4
_LOG_ROWS = 10


def render(document: SpareDocument, texts: Texts) -> bytes:
    """The booklet as a PDF file."""
    title = f"{texts.say('Spare booklet')} {document.series} {texts.date(document.session_on)}"
    return rendered(Sheet(title, document.letterhead, document.imprint), blocks(document, texts), texts)


def blocks(document: SpareDocument, texts: Texts) -> tuple[Block, ...]:
    """The booklet: front, presence, a page an item, what was handed out, general notes."""
    found: list[Block] = [*_front(document, texts), PageBreak(), Heading(2, texts.say("Present"))]
    found.append(sign_in_table(texts, (("", "", "", ""),) * _PRESENCE_ROWS))
    for number in range(1, document.item_count + 1):
        found += [PageBreak(), *_item(number, texts)]
    return (*found, PageBreak(), *_handed_out(texts), PageBreak(), *_general(texts))


def _front(document: SpareDocument, texts: Texts) -> tuple[Block, ...]:
    day = texts.weekday_date(document.session_on)
    steps = (
        texts.say("Write one page for each item. Use the case number, not the name."),
        texts.say("Check on the agenda which parties may hear the item before it starts."),
        texts.say("Read the agreements aloud and let the participant answer before the item ends."),
        texts.say("Hand out nothing from this booklet. Each reader gets a paper of her own later."),
        texts.say("If a consent is withdrawn, write the time and let the party leave the item."),
        texts.say("Write everything into the program when it works again, then destroy the booklet."),
    )
    return (
        Heading(1, texts.say("Spare booklet")),
        Paragraph(sentence(", ".join(part for part in (document.series, day) if part)), Style.MUTED),
        Facts(time_and_place(texts, document.start, document.end, document.place)),
        Heading(2, texts.say("When the computer does not work")),
        Numbered(tuple(Entry(step) for step in steps)),
        Heading(2, texts.say("Notes")),
        RuledLines("", 9),
        SignatureLine((texts.say("Notes taken by"), texts.say("Copied into the program, date"))),
    )


def _item(number: int, texts: Texts) -> tuple[Block, ...]:
    actions = (
        Column(texts.name("column", "Action"), 5),
        Column(texts.name("column", "Answers for it"), 3),
        Column(texts.name("column", "By"), 1.5),
    )
    return (
        Heading(2, texts.say("Item {number}", number=number)),
        SignatureLine((texts.say("Case number"), texts.say("Started and ended at"), texts.say("Parties present"))),
        RuledLines(texts.say("Question"), 2),
        RuledLines(texts.say("Background and discussion"), 5),
        RuledLines(texts.say("What we agreed"), 3),
        Table(actions, (("", "", ""),) * _ACTION_ROWS, row_height=ROW_HEIGHT - 4, is_ruled=True),
        CheckBoxes((texts.say("The participant says yes"), texts.say("The participant has a view of her own:"))),
        RuledLines("", 1),
        SignatureLine((texts.say("Comes back on, or how the item ended"),)),
    )


def _handed_out(texts: Texts) -> tuple[Block, ...]:
    columns = (
        Column(texts.say("Case number"), 2),
        Column(texts.name("column", "Party"), 3),
        Column(texts.name("column", "What happened"), 4),
        Column(texts.name("column", "Time"), 1.2),
    )
    return (
        Heading(2, texts.say("Withdrawn consents and papers handed out")),
        Paragraph(texts.say("One line each: who withdrew what, or who was given which paper.")),
        Table(columns, (("", "", "", ""),) * (_LOG_ROWS + 5), row_height=ROW_HEIGHT + 4, is_ruled=True),
    )


def _general(texts: Texts) -> tuple[Block, ...]:
    return (
        Heading(2, texts.say("General items")),
        RuledLines(texts.say("Notes"), 14),
        SignatureLine((texts.say("Next meeting, date and time"), texts.say("Place"))),
    )
