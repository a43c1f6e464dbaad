"""The complete minutes of a session: for the file only, never handed out."""

from __future__ import annotations

from rehabdesk.documents.blocks import Block, Callout, Facts, Heading, Paragraph, Style
from rehabdesk.documents.item import item_blocks, item_title
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.phrases import corrections, next_time_text, present_table, time_and_place
from rehabdesk.domain.papers import MinutesDocument
from rehabdesk.texts import Texts

_DIGEST_GROUP = 8


def render(document: MinutesDocument, texts: Texts) -> bytes:
    """The minutes as a PDF file."""
    title = f"{texts.name('paper', 'Minutes')} {document.series} {texts.date(document.session_on)}"
    return rendered(Sheet(title, document.letterhead, document.imprint), blocks(document, texts), texts)


def blocks(document: MinutesDocument, texts: Texts) -> tuple[Block, ...]:
    """The minutes' content in reading order."""
    day = texts.weekday_date(document.session_on)
    subtitle = texts.say(
        "{series}, meeting {number}, {day}", series=document.series, number=document.session_number, day=day
    )
    found: list[Block] = [
        Heading(1, texts.name("paper", "Minutes")),
        Paragraph(subtitle, Style.MUTED),
        Facts((
            *time_and_place(texts, document.start, document.end, document.place),
            (texts.say("Chair"), document.chair),
            (texts.say("Notes taken by"), document.secretary),
        )),
        Callout((Paragraph(texts.say("For the file only. Each reader gets an extract of her own."), lead=""),)),
        Heading(2, texts.say("Present")),
    ]
    nobody = Paragraph(texts.say("Nobody is marked as present."))
    found.append(present_table(texts, document.present) if document.present else nobody)
    if document.absent:
        found += [Heading(2, texts.say("Absent")), present_table(texts, document.absent)]
    found += corrections(texts, document.corrections, 2)
    if not document.items:
        found.append(Paragraph(texts.say("No item was dealt with.")))
    for item in document.items:
        found += [Heading(2, item_title(texts, item)), *item_blocks(item, texts, 3)]
    found += [Heading(2, texts.say("Next meeting")), Paragraph(next_time_text(texts, document.next_session))]
    return (*found, *_seal(document, texts))


def _seal(document: MinutesDocument, texts: Texts) -> tuple[Block, ...]:
    """What shows that the minutes are as they were locked."""
    lines = []
    if document.locked_on is not None:
        lines.append(texts.say("Locked on {day}.", day=texts.long_date(document.locked_on)))
    if document.digest:
        starts = range(0, len(document.digest), _DIGEST_GROUP)
        groups = " ".join(document.digest[start : start + _DIGEST_GROUP] for start in starts)
        lines.append(texts.say("Check sum: {digest}", digest=groups))
    return (Paragraph("\n".join(lines), Style.SMALL),) if lines else ()
