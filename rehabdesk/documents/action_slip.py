"""The action slip: what one party has taken on at a session."""

from __future__ import annotations

from rehabdesk.documents.blocks import Block, Heading, Paragraph, Style
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.phrases import action_table, questions_box
from rehabdesk.domain.papers import ActionSlipDocument
from rehabdesk.texts import Texts


def render(document: ActionSlipDocument, texts: Texts) -> bytes:
    """The slip as a PDF file."""
    # Viewers show the title of a file, and folders may: nothing of a sensitive party there, as in the file's name.
    title = " ".join(part for part in (texts.say("Actions"), document.reader_in_file, texts.date(document.session_on)) if part)
    return rendered(Sheet(title, document.letterhead, document.imprint), blocks(document, texts), texts)


def blocks(document: ActionSlipDocument, texts: Texts) -> tuple[Block, ...]:
    """The slip's content in reading order."""
    day = texts.weekday_date(document.session_on)
    found: list[Block] = [
        Heading(1, texts.say("Actions for {party}", party=document.party)),
        Paragraph(texts.say("from the meeting on {day}", day=day), Style.MUTED),
    ]
    if document.general:
        found += [Heading(2, texts.say("General")), action_table(texts, document.general)]
    for case in document.cases:
        heading = ", ".join(part for part in (case.case_number, case.participant_name) if part)
        found += [Heading(2, heading), action_table(texts, case.actions)]
    if not document.general and not document.cases:
        found.append(Paragraph(texts.say("You have no actions from this meeting.")))
    return (*found, questions_box(texts, document.questions))
