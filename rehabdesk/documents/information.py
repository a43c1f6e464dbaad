"""Information om dina uppgifter: what article 13 says a person is told, filled in for one participant, or blank."""

from __future__ import annotations

from datetime import date

from rehabdesk.documents import wording
from rehabdesk.documents.blocks import Block, Bullets, Entry, Heading, Paragraph, SignatureLine, Together
from rehabdesk.documents.consent_form import version_line, who
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.strips import PARTICIPANT
from rehabdesk.documents.wording import Filled, Json
from rehabdesk.domain.consent_papers import InformationDocument
from rehabdesk.texts import Texts

PAPER = "information"


def render(document: InformationDocument, texts: Texts) -> bytes:
    """The information as a PDF file."""
    text = _text(document, texts)
    title = " ".join(part for part in (text["title"], document.case_number) if part)
    return rendered(
        Sheet(title, document.letterhead, document.imprint, PARTICIPANT[document.print_size]), blocks(document, texts), texts
    )


def file_parts(document: InformationDocument, texts: Texts) -> tuple[str | date, ...]:
    """What its file is called."""
    return (texts.name("file", "information"), document.case_number, document.imprint.on)


def blocks(document: InformationDocument, texts: Texts) -> tuple[Block, ...]:
    """The information in reading order."""
    text = _text(document, texts)
    found: list[Block] = [
        Heading(1, text["title"]),
        *(Paragraph(text.fill(line)) for line in text["intro"]),
        *who(document.participant_name, document.case_number, text),
    ]
    for section in text["sections"]:
        found += _section(section, text)
    signing = (
        Heading(2, text["signing"]["heading"]),
        SignatureLine((text.label("signature"), text.label("name_in_print"))),
        SignatureLine((text.label("place_and_day"),)),
    )
    return (*found, Together(signing), version_line(document.text_version, text))


def _section(section: Json, text: Filled) -> list[Block]:
    found: list[Block] = [Heading(2, section["heading"])]
    found += [Paragraph(text.fill(line)) for line in section.get("paragraphs", ())]
    if "entries" in section:
        found.append(Bullets(tuple(Entry(text.fill(entry)) for entry in section["entries"])))
    if "write" in section:
        found.append(SignatureLine((text.label(section["write"]),)))
    return found


def _text(document: InformationDocument, texts: Texts) -> Filled:
    return Filled(wording.read(PAPER, document.text_version, texts.language), document.letterhead, document.questions)
