"""Dina tillfällen: her days and times, where, and whom to ring. Short sentences, her size of print."""

from __future__ import annotations

from datetime import date

from rehabdesk.documents.blocks import Block, Bullets, Callout, Entry, Heading, Paragraph, Style
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.phrases import entries, near_date, questions_box, sentence
from rehabdesk.documents.strips import PARTICIPANT
from rehabdesk.documents.symbols import Symbol
from rehabdesk.domain.attendance_papers import OccasionsDocument, OwnOccasion
from rehabdesk.texts import Texts


def render(document: OccasionsDocument, texts: Texts) -> bytes:
    """The paper as a PDF file."""
    title = f"{texts.say('Your occasions')} {document.case_number}"
    scale = PARTICIPANT[document.print_size]
    return rendered(Sheet(title, document.letterhead, document.imprint, scale), blocks(document, texts), texts)


def file_parts(document: OccasionsDocument, texts: Texts) -> tuple[str | date, ...]:
    """What its file is called."""
    return (texts.name("file", "your occasions"), document.case_number, document.imprint.on)


def blocks(document: OccasionsDocument, texts: Texts) -> tuple[Block, ...]:
    """The paper in reading order: the next time first, then all of them."""
    coming = [one for one in document.occasions if not one.is_cancelled]
    cancelled = [one for one in document.occasions if one.is_cancelled]
    usual = _usual(coming)
    found: list[Block] = [
        Heading(1, texts.say("Your occasions")),
        Paragraph(document.round_title, Style.MUTED),
        Callout((
            Paragraph("", lead=texts.say("Next time: {day} at {time}", day=texts.weekday_date(coming[0].on), time=texts.time(coming[0].start))),
            Paragraph(coming[0].place),
        )),
        Heading(2, texts.say("You come on these days"), Symbol.CALENDAR),
    ]
    if usual is not None:
        found.append(Paragraph(_always(texts, usual)))
    found.append(Bullets(tuple(Entry(_told(texts, one, usual, document.imprint.on)) for one in coming)))
    if cancelled:
        days = [_day(texts, one, document.imprint.on) for one in cancelled]
        found += [Heading(2, texts.name("your occasions", "Cancelled")), entries(days)]
    found += [
        Heading(2, texts.say("If you cannot come")),
        entries([texts.say("Tell us, before if you can."), texts.say("You do not need to say why.")]),
        questions_box(texts, document.questions),
    ]
    return tuple(found)


def _usual(occasions: list[OwnOccasion]) -> OwnOccasion | None:
    """An occasion whose time and place most of them have; None where each has its own."""
    alike: dict[tuple[str, str, str], list[OwnOccasion]] = {}
    for one in occasions:
        alike.setdefault((one.start, one.end, one.place), []).append(one)
    most = max(alike.values(), key=len)
    return most[0] if len(most) > 1 else None


def _always(texts: Texts, usual: OwnOccasion) -> str:
    span = texts.time_span(usual.start, usual.end)
    if usual.place:
        return texts.say("The time is {span} and the place is {place}, where nothing else is said.", span=span, place=usual.place)
    return texts.say("The time is {span}, where nothing else is said.", span=span)


def _day(texts: Texts, one: OwnOccasion, since: date) -> str:
    return sentence(f"{texts.weekday(one.on)} {near_date(texts, one.on, since)}")


def _told(texts: Texts, one: OwnOccasion, usual: OwnOccasion | None, since: date) -> str:
    parts = [_day(texts, one, since)]
    if usual is None or (one.start, one.end) != (usual.start, usual.end):
        parts.append(texts.time_span(one.start, one.end))
    if usual is None or one.place != usual.place:
        parts.append(one.place)
    return ", ".join(part for part in parts if part)
