"""Mätformulär: large boxes to tick, one question at a time; of licensed forms a line for the total alone, for staff to write."""

from __future__ import annotations

from datetime import date

from rehabdesk.documents.blocks import (
    Block,
    CheckBoxes,
    Column,
    Facts,
    Heading,
    Paragraph,
    SignatureLine,
    Style,
    Table,
    Together,
)
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.phrases import questions_box
from rehabdesk.documents.strips import PARTICIPANT
from rehabdesk.domain.instruments import Instrument
from rehabdesk.domain.measure_papers import MeasurementFormDocument
from rehabdesk.domain.prerehab import Moment
from rehabdesk.texts import Texts

#: A box to tick in: as high as it is wide, for an unsteady hand.
_BOX = 34


def render(document: MeasurementFormDocument, texts: Texts) -> bytes:
    """The form as a PDF file."""
    title = " ".join(part for part in (texts.name("paper", "Measurement form"), document.case_number) if part)
    scale = PARTICIPANT[document.print_size]
    return rendered(Sheet(title, document.letterhead, document.imprint, scale), blocks(document, texts), texts)


def file_parts(document: MeasurementFormDocument, texts: Texts) -> tuple[str | date, ...]:
    """What its file is called: by the case, or by the round where it is blank."""
    return (texts.name("file", "measurement form"), document.case_number or document.round_title, document.imprint.on)


def blocks(document: MeasurementFormDocument, texts: Texts) -> tuple[Block, ...]:
    """The form in reading order."""
    asked = [one for one in document.instruments if not one.is_totals_only]
    licensed = [one for one in document.instruments if one.is_totals_only]
    found: list[Block] = [Heading(1, texts.say("How are you?")), Paragraph(document.round_title, Style.MUTED), *_about(document, texts)]
    if asked:
        found.append(Paragraph(texts.say("Put a cross in one box for each question. There are no right or wrong answers.")))
    for number, instrument in enumerate(asked, 1):
        found += _question(instrument, number, texts)
    found += _after(document, texts)
    if licensed:
        found.append(_for_staff(licensed, texts))
    return tuple(found)


def _about(document: MeasurementFormDocument, texts: Texts) -> list[Block]:
    """Whose it is and when: what is known is printed, the rest is written by hand."""
    known = [(texts.say("Case"), document.case_number)] if document.case_number else []
    if document.moment is not None:
        known.append((texts.name("measurement form", "When"), _capital(texts.term(document.moment))))
    found: list[Block] = [Facts(tuple(known))] if known else []
    lines = ((texts.say("Case number"),) if not document.case_number else ()) + (texts.say("Day"),)
    found.append(SignatureLine(lines))
    if document.moment is None:
        boxes = CheckBoxes(tuple(_capital(texts.term(moment)) for moment in Moment))
        found.append(Together((Paragraph("", lead=texts.say("When is this filled in?")), boxes)))
    return found


def _question(instrument: Instrument, number: int, texts: Texts) -> list[Block]:
    text, language = instrument.text, texts.language
    heading = Heading(2, f"{number}. {text.question.written(language)}")
    if text.choices:
        return [Together((heading, CheckBoxes(tuple(_capital(choice.words.written(language)) for choice in text.choices))))]
    values = [texts.number(value, instrument.decimals) for value in instrument.values]
    ends = texts.say(
        "{least} is {least_words}. {most} is {most_words}.",
        least=values[0], most=values[-1], least_words=text.least.written(language), most_words=text.most.written(language),
    )  # fmt: skip
    boxes = Table(tuple(Column(value) for value in values), (("",) * len(values),), row_height=_BOX, is_ruled=True)
    return [Together((heading, Paragraph(ends), boxes))]


def _after(document: MeasurementFormDocument, texts: Texts) -> list[Block]:
    told = texts.say("You may leave out what you do not wish to answer. It changes nothing about your place.")
    return [Paragraph(told), questions_box(texts, document.questions)]


def _for_staff(instruments: list[Instrument], texts: Texts) -> Block:
    """No word of a licensed form: its name, its range, and room for the total."""
    columns = (Column(texts.name("measurement form", "Form"), 3), Column(texts.say("Range"), 2), Column(texts.say("Total"), 2))
    rows = tuple(
        (
            one.name.written(texts.language),
            texts.say("{low} to {high}", low=texts.number(one.least, one.end_decimals), high=texts.number(one.most, one.end_decimals)),
            "",
        )
        for one in instruments
    )
    told = texts.say("These forms are licensed and are not printed here. Only the total is written.")
    return Together((
        Heading(2, texts.say("To be filled in by staff")),
        Paragraph(told, Style.MUTED),
        Table(columns, rows, row_height=_BOX, is_ruled=True),
    ))  # fmt: skip


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
