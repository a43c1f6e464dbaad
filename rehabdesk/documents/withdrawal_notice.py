"""The notice that a consent is withdrawn, for one earlier receiver."""

from __future__ import annotations

from rehabdesk.documents.blocks import Block, Column, Facts, Heading, Paragraph, Style, Table
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.phrases import questions_box, sentence
from rehabdesk.domain.papers import PaperKind, WithdrawalNoticeDocument
from rehabdesk.texts import Texts


def render(document: WithdrawalNoticeDocument, texts: Texts) -> bytes:
    """The notice as a PDF file."""
    title = f"{texts.say('Consent withdrawn')} {document.case_number}"
    return rendered(Sheet(title, document.letterhead, document.imprint), blocks(document, texts), texts)


def blocks(document: WithdrawalNoticeDocument, texts: Texts) -> tuple[Block, ...]:
    """The notice's content in reading order."""
    day = texts.long_date(document.withdrawn_on)
    found: list[Block] = [
        Heading(1, texts.say("Consent withdrawn")),
        Paragraph(texts.say("to {party}", party=document.party), Style.MUTED),
        Facts(((texts.say("Case"), document.case_number), (texts.say("Withdrawn on"), day))),
        Paragraph(texts.say("The participant has withdrawn the consent that let us share the case with you.")),
        Paragraph(texts.say("You get no more papers about the case and do not take part when it is dealt with.")),
    ]
    if document.received:
        found += [Heading(2, texts.say("What you have been given")), _received(document, texts)]
    kept = texts.say(
        "What has been given out we cannot take back. Your own authority's rules say what may be kept and used."
    )
    return (*found, Paragraph(kept), questions_box(texts, document.questions))


def _received(document: WithdrawalNoticeDocument, texts: Texts) -> Table:
    columns = (
        Column(texts.name("column", "Paper"), 3),
        Column(texts.name("column", "Given on"), 2),
        Column(texts.name("column", "From the meeting on"), 2),
    )
    rows = tuple(
        (paper_name(texts, line.paper), texts.date(line.on), texts.date(line.session_on) if line.session_on else "")
        for line in document.received
    )
    return Table(columns, rows)


def paper_name(texts: Texts, paper: str) -> str:
    """The paper in words, from its kind; any other text as it is."""
    words = {
        PaperKind.SUMMARY: texts.say("Your summary"),
        PaperKind.EXTRACT: texts.say("Extract"),
        PaperKind.AGENDA: texts.say("Agenda"),
        PaperKind.ACTION_SLIP: texts.say("Action slip"),
        PaperKind.MINUTES: texts.name("paper", "Minutes"),
        PaperKind.WITHDRAWAL_NOTICE: texts.say("Consent withdrawn"),
    }
    if paper in words or paper not in set(PaperKind):
        return words.get(paper, paper)
    return sentence(texts.term(PaperKind(paper)))
