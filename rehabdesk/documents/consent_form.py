"""Samtycke till att vi delar uppgifter om dig: filled in for one participant, or blank. She ticks the boxes herself."""

from __future__ import annotations

from datetime import date

from rehabdesk.documents import wording
from rehabdesk.documents.blocks import (
    Block,
    Bullets,
    CheckBoxes,
    Column,
    Entry,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    SignatureLine,
    Style,
    Table,
    Together,
)
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.strips import PARTICIPANT
from rehabdesk.documents.wording import Filled
from rehabdesk.domain.consent_papers import ConsentFormDocument
from rehabdesk.texts import Texts

PAPER = "consent"
_LARGEST_WITH_GRID = 12
_EMPTY_ROWS = 2
_BLANK_ROWS = 7
_ROW_HEIGHT = 27
_PARTY_SHARE = 125


def render(document: ConsentFormDocument, texts: Texts) -> bytes:
    """The form as a PDF file."""
    text = _text(document, texts)
    title = " ".join(part for part in (text["title"], document.case_number) if part)
    return rendered(
        Sheet(title, document.letterhead, document.imprint, PARTICIPANT[document.print_size]), blocks(document, texts), texts
    )


def file_parts(document: ConsentFormDocument, texts: Texts) -> tuple[str | date, ...]:
    """What its file is called."""
    return (texts.name("file", "consent form"), document.case_number, document.imprint.on)


def blocks(document: ConsentFormDocument, texts: Texts) -> tuple[Block, ...]:
    """The form in reading order; the question about statistics has a page of its own."""
    text = _text(document, texts)
    return (
        Heading(1, text["title"]),
        *(Paragraph(text.fill(line)) for line in text["intro"]),
        *who(document.participant_name, document.case_number, text, asks_number=document.asks_identity_number),
        *_section(text, "purpose"),
        Heading(2, text["kinds"]["heading"]),
        Bullets(tuple(Entry(kind["explained"], f"{kind['name']}:") for kind in text["kinds"]["entries"])),
        *_who_knows_what(document, text),
        *_listed(text, "not_shared"),
        *_section(text, "time"),
        SignatureLine((text.label("valid_from"), text.label("valid_until"))),
        *_listed(text, "rights"),
        *_section(text, "controller"),
        *_signing(text),
        version_line(document.text_version, text),
        PageBreak(),
        *_statistics(document, text),
    )


def who(name: str, case_number: str, text: Filled, *, asks_number: bool = False) -> tuple[Block, ...]:
    """Whom the form is about: her name and case where they are known, else lines to write on."""
    number = (text.label("identity_number"),) if asks_number else ()
    if not name:
        return (SignatureLine((text.label("name"), *number)),)
    facts = Facts(((text.label("name"), name), (text.label("case_number"), case_number)))
    return (facts, SignatureLine(number)) if number else (facts,)


def version_line(version: str, text: Filled) -> Paragraph:
    """Which wording this is, so that the signed paper can be told from later ones."""
    return Paragraph(f"{text.label('text_version')}: {version}", Style.MUTED)


def _text(document: ConsentFormDocument, texts: Texts) -> Filled:
    return Filled(wording.read(PAPER, document.text_version, texts.language), document.letterhead, document.questions)


def _section(text: Filled, key: str) -> tuple[Block, ...]:
    return (Heading(2, text[key]["heading"]), Paragraph(text.fill(text[key]["text"])))


def _listed(text: Filled, key: str) -> tuple[Block, ...]:
    return (Heading(2, text[key]["heading"]), Bullets(tuple(Entry(text.fill(entry)) for entry in text[key]["entries"])))


def _who_knows_what(document: ConsentFormDocument, text: Filled) -> tuple[Block, ...]:
    """A grid to tick in; in large type, where a grid has no room, a list of boxes for each party."""
    kinds = text["kinds"]["entries"]
    if document.print_size > _LARGEST_WITH_GRID:
        boxes = CheckBoxes(tuple(kind["name"] for kind in kinds))
        known = [Together((Heading(3, party), boxes)) for party in document.parties]
        other = [Together((SignatureLine((text.label("other_party"),)), boxes))] * _EMPTY_ROWS
        return (*_section(text, "parties"), *known, *other)
    columns = (Column(text.label("party"), _PARTY_SHARE), *(Column(kind["column"], kind["share"]) for kind in kinds))
    empty = _EMPTY_ROWS if document.parties else _BLANK_ROWS
    rows = tuple((party, *[""] * len(kinds)) for party in (*document.parties, *[""] * empty))
    return (Together((*_section(text, "parties"), Table(columns, rows, row_height=_ROW_HEIGHT, is_ruled=True))),)


def _signing(text: Filled) -> tuple[Block, ...]:
    return (
        Together((
            Heading(2, text["signing"]["heading"]),
            SignatureLine((text.label("signature"), text.label("name_in_print"))),
            SignatureLine((text.label("place_and_day"),)),
        )),
        Together((
            Heading(2, text["helpers"]["heading"]),
            SignatureLine((text.label("interpreter"), text.label("witness"))),
        )),
        Together((
            Heading(2, text["office"]["heading"]),
            SignatureLine((text.label("back_on"), text.label("registered_by"))),
        )),
    )


def _statistics(document: ConsentFormDocument, text: Filled) -> tuple[Block, ...]:
    asked = text["statistics"]
    about = ", ".join(part for part in (document.participant_name, document.case_number) if part)
    return (
        Heading(2, asked["heading"]),
        Paragraph(about, Style.MUTED),
        *(Paragraph(text.fill(line)) for line in asked["text"]),
        CheckBoxes((asked["yes"], asked["no"])),
        SignatureLine((text.label("signature"), text.label("name_in_print"))),
        SignatureLine((text.label("place_and_day"),)),
        version_line(document.text_version, text),
    )
