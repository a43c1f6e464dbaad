"""What one party prepares from: the cases it is called to at a meeting, each on a page of its own."""

from __future__ import annotations

from datetime import date

from rehabdesk.documents.blocks import Block, Bullets, Column, Entry, Facts, Heading, PageBreak, Paragraph, RuledLines, Style, Table
from rehabdesk.documents.chain import chain_drawing
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.phrases import action_table, entries, questions_box, sentence, time_and_place
from rehabdesk.domain import calling_papers
from rehabdesk.domain.calling_papers import PreparationCase, PreparationDocument
from rehabdesk.texts import Texts

_LINES_TO_WRITE_ON = 5


def render(document: PreparationDocument, texts: Texts) -> bytes:
    """The sheet as a PDF file."""
    # Viewers show the title of a file, and folders may: nothing of a sensitive party there, as in the file's name.
    title = " ".join(part for part in (texts.say("Preparation"), document.reader_in_file, texts.date(document.session_on)) if part)
    return rendered(Sheet(title, document.letterhead, document.imprint), blocks(document, texts), texts)


def file_parts(document: PreparationDocument, texts: Texts) -> tuple[str | date, ...]:
    """What its file is called: the party unless it is sensitive; never a case of several."""
    return (texts.name("file", "preparation"), document.reader_in_file, document.session_on)


def blocks(document: PreparationDocument, texts: Texts) -> tuple[Block, ...]:
    """The sheet in reading order: what it is for and when each case is on, then a page for each."""
    day = texts.weekday_date(document.session_on)
    columns = (Column(texts.say("Time"), 2), Column(texts.say("Case"), 2), Column(texts.say("Concerns"), 5))
    rows = tuple((texts.time_span(case.starts, case.ends), case.case_number, case.participant_name) for case in document.cases)
    found: list[Block] = [
        Heading(1, texts.say("To prepare before the meeting")),
        Paragraph(sentence(f"{document.party}, {document.series} {day}"), Style.MUTED),
        Facts(time_and_place(texts, document.start, document.end, document.place)),
        Table(columns, rows),
        Paragraph(texts.say("Look in your own files before the meeting. What you may not tell, you need not bring.")),
        Paragraph(texts.say(
            "You are given this with each participant's consent, for your own part of the work. Do not pass it on. "
            "What is not on the page is not covered by the consent to you."
        )),
        questions_box(texts, document.questions),
    ]
    for case in document.cases:
        found += [PageBreak(), *_case(case, texts)]
    return tuple(found)


def _case(case: PreparationCase, texts: Texts) -> tuple[Block, ...]:
    found: list[Block] = [
        Heading(1, case.case_number),
        Facts((
            (texts.say("Concerns"), case.participant_name),
            (texts.say("Time"), texts.time_span(case.starts, case.ends)),
        )),
    ]
    if case.question.strip():
        found += [Heading(2, texts.say("Question")), Paragraph(case.question)]
    if case.last_on is not None and any(text.strip() for text in case.agreements):
        found += [Heading(2, texts.say("What we agreed {day}", day=texts.long_date(case.last_on))), entries(case.agreements)]
    if case.own_goal.strip() or case.goals:
        found += [Heading(2, texts.name("preparation", "Goals")), _goals(case, texts)]
    if case.actions:
        found += [Heading(2, texts.say("What you have taken on")), action_table(texts, case.actions)]
    found += [*_sick_leave(case, texts), *_work(case, texts)]
    if calling_papers.Block.QUESTION in case.left_out:
        found.append(Paragraph(texts.say("The consent to you does not cover what is planned, so the question is not here."), Style.MUTED))
    return (*found, RuledLines(texts.say("Your own notes for the meeting"), _LINES_TO_WRITE_ON))


def _goals(case: PreparationCase, texts: Texts) -> Bullets:
    own = [Entry(case.own_goal, texts.say("The participant's own:"))] if case.own_goal.strip() else []
    return Bullets((*own, *(Entry(goal) for goal in case.goals)))


def _sick_leave(case: PreparationCase, texts: Texts) -> list[Block]:
    if not case.sick_leave:
        return []
    columns = (Column(texts.name("preparation", "From"), 2), Column(texts.name("preparation", "Until"), 2), Column(texts.name("preparation", "Degree"), 1))
    rows = tuple(
        (texts.date(line.start), texts.date(line.end) if line.end else texts.name("preparation", "goes on"), texts.percent(line.degree / 100))
        for line in case.sick_leave
    )
    found: list[Block] = [Heading(2, texts.name("preparation", "Sick leave")), Table(columns, rows)]
    drawing = chain_drawing(texts, case.standing) if case.standing is not None else None
    if drawing is not None:
        found.append(drawing)
    days = [texts.say("day {number} is {day}", number=line.day, day=texts.long_date(line.on)) for line in case.chain]
    if days:
        told = texts.say("{days}. A forecast: Försäkringskassan decides.", days=sentence(", ".join(days)))
        found.append(Paragraph(told))
    return found


def _work(case: PreparationCase, texts: Texts) -> list[Block]:
    parts = ((texts.say("Can do at work"), case.can_do), (texts.say("Cannot do at work"), case.cannot_do))
    found: list[Block] = []
    for heading, text in parts:
        if text.strip():
            found += [Heading(2, heading), Paragraph(text)]
    return found
