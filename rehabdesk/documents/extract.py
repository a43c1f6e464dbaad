"""The extract for one party: the question, the agreements, the actions that concern it and the next date."""

from __future__ import annotations

from rehabdesk.documents.blocks import Block, Facts, Heading, Paragraph, Style
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.phrases import action_table, corrections, entries, next_time_text, questions_box
from rehabdesk.domain.papers import ExtractDocument
from rehabdesk.texts import Texts


def render(document: ExtractDocument, texts: Texts) -> bytes:
    """The extract as a PDF file."""
    title = f"{texts.say('Extract')} {document.case_number}"
    return rendered(Sheet(title, document.letterhead, document.imprint), blocks(document, texts), texts)


def blocks(document: ExtractDocument, texts: Texts) -> tuple[Block, ...]:
    """The extract's content in reading order."""
    day = texts.weekday_date(document.session_on)
    paragraph = f"§ {document.paragraph}" if document.paragraph is not None else ""
    found: list[Block] = [
        Heading(1, texts.say("Extract for {party}", party=document.party)),
        Paragraph(texts.say("from the notes of the meeting on {day}", day=day), Style.MUTED),
        Facts((
            (texts.say("Case"), document.case_number),
            (texts.say("Concerns"), document.participant_name),
            (texts.say("Item"), paragraph),
        )),
    ]
    if document.question.strip():
        found += [Heading(2, texts.say("Question")), Paragraph(document.question)]
    found.append(Heading(2, texts.say("What we agreed")))
    nothing = Paragraph(texts.say("Nothing was agreed at this meeting."))
    found.append(entries(document.agreements) if any(document.agreements) else nothing)
    found.append(Heading(2, texts.say("Actions that concern you")))
    nothing = Paragraph(texts.say("No action concerns you."))
    found.append(action_table(texts, document.actions) if document.actions else nothing)
    found += [Heading(2, texts.say("Next time")), Paragraph(next_time_text(texts, document.next_time))]
    found += corrections(texts, document.corrections, 2)
    given = texts.say(
        "You are given this with the participant's consent, for your own part of the work. Do not pass it on."
    )
    return (*found, questions_box(texts, document.questions), Paragraph(given, Style.MUTED))
