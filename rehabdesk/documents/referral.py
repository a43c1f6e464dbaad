"""Aktualisering: the form by which somebody's situation is brought to the forum, blank or as it was taken in."""

from __future__ import annotations

from datetime import date

from rehabdesk.documents.blocks import (
    Block,
    Bullets,
    CheckBoxes,
    Entry,
    Facts,
    Heading,
    Paragraph,
    RuledLines,
    SignatureLine,
    Style,
    Together,
)
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.phrases import questions_box
from rehabdesk.documents.strips import WORKING
from rehabdesk.domain.case_papers import ReferralDocument
from rehabdesk.texts import Texts


def render(document: ReferralDocument, texts: Texts) -> bytes:
    """The form as a PDF file."""
    title = " ".join(part for part in (texts.say("Referral to the forum"), document.case_number) if part)
    return rendered(Sheet(title, document.letterhead, document.imprint, WORKING), blocks(document, texts), texts)


def file_parts(document: ReferralDocument, texts: Texts) -> tuple[str | date, ...]:
    """What its file is called."""
    return (texts.name("file", "referral"), document.case_number, document.imprint.on)


def blocks(document: ReferralDocument, texts: Texts) -> tuple[Block, ...]:
    """The form in reading order."""
    return (Heading(1, texts.say("Referral to the forum")), *(_blank(texts) if document.is_blank else _filled(document, texts)),
            questions_box(texts, document.questions))  # fmt: skip


def _blank(texts: Texts) -> tuple[Block, ...]:
    return (
        Paragraph(texts.say(
            "With this form a workplace, an authority, a health centre, a union or the person herself asks the forum to take up her situation."
        )),
        Paragraph(texts.say("Write no diagnosis. Write only what the forum needs to know, and nothing that she would not want read to her.")),
        Heading(2, texts.say("Who it is about")),
        SignatureLine((texts.say("Name"), texts.say("Identity number, if it is needed"))),
        SignatureLine((texts.say("How she is reached safely"), texts.say("Workplace and unit"))),
        CheckBoxes((
            texts.say("She knows of this and wants it."),
            texts.say("The consent form is enclosed."),
            texts.say("She wants to be told more before she answers."),
            texts.say("She lives under protected identity. Do not write her name; ring the forum first."),
        )),
        Heading(2, texts.say("Who asks")),
        SignatureLine((texts.say("Name and function"), texts.say("Unit"))),
        SignatureLine((texts.say("Phone"), texts.say("Day"))),
        Together((RuledLines(texts.say("Why now"), 4),)),
        Together((RuledLines(texts.say("What has been done so far"), 4),)),
        Together((RuledLines(texts.say("Question to the forum"), 3),)),
        Together((RuledLines(texts.say("Interpreter, accessibility, somebody who stands by her"), 2),)),
        _signing(texts),
        Together((
            Heading(2, texts.say("For the forum to fill in")),
            SignatureLine((texts.say("Came in on"), texts.say("Case number"), texts.say("Taken in by"))),
        )),
    )  # fmt: skip


def _filled(document: ReferralDocument, texts: Texts) -> tuple[Block, ...]:
    brought_by = texts.say("The participant herself") if document.is_her_own else document.brought_by
    facts = (
        (texts.say("Case"), document.case_number),
        (texts.say("Alias") if document.is_protected else texts.say("Name"), document.participant_name),
        (texts.say("Workplace and unit"), "" if document.is_protected else document.workplace),
        (texts.say("Brought by"), brought_by),
        (texts.say("Came in on"), texts.long_date(document.arrived_on) if document.arrived_on else ""),
        (texts.name("case", "Opened"), texts.long_date(document.opened_on) if document.opened_on else ""),
    )
    found: list[Block] = [Facts(facts)]
    if document.is_protected:
        found.append(Paragraph(texts.say("Protected identity: this paper goes from hand to hand only.")))
    for heading, words in ((texts.say("Why now"), document.why_now), (texts.say("Question to the forum"), document.question)):
        found += [Heading(2, heading), Paragraph(words) if words.strip() else Paragraph(texts.say("Nothing written."), Style.MUTED)]
    if document.needs:
        told = tuple(Entry(need.detail, f"{texts.term(need.kind)}:" if need.detail else texts.term(need.kind)) for need in document.needs)
        found += [Heading(2, texts.say("To think of")), Bullets(told)]
    return (*found, _signing(texts))


def _signing(texts: Texts) -> Together:
    return Together((
        Heading(2, texts.say("Signatures")),
        SignatureLine((texts.say("The participant"), texts.say("Place and day"))),
        SignatureLine((texts.say("Who asks"), texts.say("Place and day"))),
    ))
