"""A party's list: what it answers for and by when, by case number, on paper and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rehabdesk.documents.blocks import Block, Column, Heading, Paragraph, Style, Table
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.phrases import questions_box
from rehabdesk.domain.action_list_papers import ActionListDocument, ListedAction
from rehabdesk.texts import Texts


def render(document: ActionListDocument, texts: Texts) -> bytes:
    """The list as a PDF file."""
    # Viewers show the title of a file, and folders may: nothing of a sensitive party there, as in the file's name.
    title = " ".join(part for part in (texts.say("List of actions"), document.reader_in_file, texts.date(document.on)) if part)
    return rendered(Sheet(title, document.letterhead, document.imprint), blocks(document, texts), texts)


def file_parts(document: ActionListDocument, texts: Texts) -> tuple[str | date, ...]:
    """What its file is called."""
    return (texts.say("List of actions"), document.reader_in_file, document.on)


def blocks(document: ActionListDocument, texts: Texts) -> tuple[Block, ...]:
    """The list in reading order."""
    day = texts.long_date(document.on)
    found: list[Block] = [
        Heading(1, texts.say("Actions for {party}", party=document.party)),
        Paragraph(texts.say("Open actions as of {day}. Cases are told by their number alone.", day=day), Style.MUTED),
    ]
    for section in document.sections:
        if len(document.sections) > 1:
            found.append(Heading(2, section.forum))
            found.append(Paragraph(texts.say("Controller: {controller}", controller=section.controller), Style.MUTED))
        found.append(_table(texts, section.actions))
    return (*found, questions_box(texts, document.questions))


def headings(texts: Texts) -> tuple[str, ...]:
    """What the columns of the workbook are called."""
    return (
        texts.name("column", "Case"),
        texts.name("column", "Action"),
        texts.name("column", "By"),
        texts.say("Days late"),
        texts.name("column", "Forum"),
        texts.name("column", "Controller"),
    )


def cells(document: ActionListDocument, texts: Texts) -> tuple[tuple[object, ...], ...]:
    """The rows of the workbook: days as days, numbers as numbers, and the forum with its controller in every row."""
    return tuple(
        (_number(texts, action), _what(texts, action), action.due, action.days_late or None, section.forum, section.controller)
        for section in document.sections
        for action in section.actions
    )


def _table(texts: Texts, actions: Sequence[ListedAction]) -> Table:
    columns = (
        Column(texts.name("column", "Case"), 2),
        Column(texts.name("column", "Action"), 5.4),
        Column(texts.name("column", "By"), 1.7),
        Column(texts.name("column", "Status"), 1.9),
    )
    return Table(columns, tuple(_row(texts, action) for action in actions))


def _row(texts: Texts, action: ListedAction) -> tuple[str, ...]:
    late = texts.count("{n} day late", "{n} days late", action.days_late) if action.days_late else ""
    return (_number(texts, action), _what(texts, action), texts.date(action.due) if action.due else "", late)


def _number(texts: Texts, action: ListedAction) -> str:
    return action.case_number or texts.name("action", "general")


def _what(texts: Texts, action: ListedAction) -> str:
    return action.what or texts.say("See the papers of the case")
