"""Intyg om deltagande: between which days, and how many half-days. Nothing in it tells why she came."""

from __future__ import annotations

from datetime import date

from rehabdesk.documents.blocks import Block, Callout, Facts, Heading, Paragraph, SignatureLine, Style
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.strips import PARTICIPANT
from rehabdesk.domain.attendance_papers import CertificateDocument
from rehabdesk.texts import Texts


def render(document: CertificateDocument, texts: Texts) -> bytes:
    """The certificate as a PDF file."""
    title = f"{texts.say('Certificate of attendance')} {document.case_number}"
    scale = PARTICIPANT[document.print_size]
    return rendered(Sheet(title, document.letterhead, document.imprint, scale), blocks(document, texts), texts)


def file_parts(document: CertificateDocument, texts: Texts) -> tuple[str | date, ...]:
    """What its file is called."""
    return (texts.name("file", "certificate"), document.case_number, document.imprint.on)


def blocks(document: CertificateDocument, texts: Texts) -> tuple[Block, ...]:
    """The certificate in reading order."""
    name, days = document.participant_name, {"first": texts.long_date(document.from_on), "last": texts.long_date(document.to_on)}
    if document.is_over:
        told = texts.say("{name} has taken part from {first} to {last}.", name=name, **days)
    else:
        told = texts.say("{name} has taken part since {first}. This is as of {last}.", name=name, **days)
    came = texts.count(
        "Came to {came} of {n} half-day that was held.", "Came to {came} of {n} half-days that were held.", document.held,
        came=document.came,
    )
    signer = ", ".join(part for part in (document.questions.name, document.questions.title) if part)
    return (
        Heading(1, texts.say("Certificate of attendance")),
        Facts(((texts.name("certificate", "Activity"), document.programme), (texts.name("certificate", "Round"), document.round_title))),
        Callout((Paragraph(told), Paragraph("", lead=came))),
        Paragraph(texts.say("Half-days that were cancelled are not counted."), Style.SMALL),
        SignatureLine((texts.say("Place and day"), texts.say("Signature: {name}", name=signer) if signer else texts.name("column", "Signature"))),
    )
