"""Call letters to one item of a meeting: a party's, and the participant's own in plain words."""

from __future__ import annotations

from datetime import date

from rehabdesk.documents.blocks import Block, Bullets, Callout, Entry, Facts, Heading, Paragraph, Style
from rehabdesk.documents.fonts import NO_BREAK_SPACE
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.phrases import near_date, questions_box, quoted, sentence
from rehabdesk.documents.strips import PARTICIPANT, WORKING
from rehabdesk.domain.calling_papers import CallLetterDocument, OwnCallLetterDocument
from rehabdesk.domain.papers import PresentLine, Questions
from rehabdesk.texts import Texts


def render(document: CallLetterDocument | OwnCallLetterDocument, texts: Texts) -> bytes:
    """The letter as a PDF file."""
    is_own = isinstance(document, OwnCallLetterDocument)
    title = f"{texts.say('Call to a meeting')} {document.case_number}"
    sheet = Sheet(title, document.letterhead, document.imprint, PARTICIPANT[document.print_size] if is_own else WORKING)
    return rendered(sheet, own_blocks(document, texts) if is_own else blocks(document, texts), texts)


def file_parts(document: CallLetterDocument | OwnCallLetterDocument, texts: Texts) -> tuple[str | date, ...]:
    """What its file is called: the case's number, and the party unless it is sensitive."""
    to = document.reader_in_file if isinstance(document, CallLetterDocument) else ""
    return (texts.name("file", "call letter"), document.case_number, to, document.appointment.on)


def blocks(document: CallLetterDocument, texts: Texts) -> tuple[Block, ...]:
    """A party's letter in reading order."""
    when = document.appointment
    found: list[Block] = [
        Heading(1, texts.say("Call to a meeting")),
        Paragraph(texts.say("to {party}", party=document.party), Style.MUTED),
        Facts((
            (texts.say("Case"), document.case_number),
            (texts.say("Concerns"), document.participant_name),
            (texts.say("Day"), sentence(texts.weekday_date(when.on))),
            (texts.say("Your time"), texts.time_span(when.starts, when.ends)),
            (texts.say("Place"), when.place),
        )),
    ]
    if document.question.strip():
        found += [Heading(2, texts.say("Question")), Paragraph(document.question)]
    if document.table or document.unnamed:
        found += [Heading(2, texts.say("Who will sit at the table")), _table(document.table, texts)]
    if document.unnamed:
        found.append(Paragraph(texts.count("One more party comes.", "{n} more parties come.", document.unnamed)))
    found.append(Paragraph(texts.say("The participant is always offered a seat at the table.")))
    found += [Heading(2, texts.name("call", "Answer")), *_answer(document, texts)]
    given = texts.say(
        "You are given this with the participant's consent, for your own part of the work. Do not pass it on."
    )
    return (*found, questions_box(texts, document.questions), Paragraph(given, Style.MUTED))


def own_blocks(document: OwnCallLetterDocument, texts: Texts) -> tuple[Block, ...]:
    """The participant's letter in reading order: short sentences, the time first."""
    when = document.appointment
    day = texts.weekday_date(when.on)
    found: list[Block] = [
        Heading(1, texts.say("Welcome to a meeting about you")),
        Callout((
            Paragraph("", lead=sentence(texts.say("{day} at {time}", day=day, time=texts.time(when.starts)))),
            Paragraph(when.place),
            Paragraph(texts.say("Your part ends at {time}.", time=texts.time(when.ends))),
        )),
        Heading(2, texts.say("This is what we will talk about")),
    ]
    nothing = Paragraph(texts.say("How you are and what could help you at work."))
    found.append(quoted(texts, document.question) if document.question.strip() else nothing)
    found += [Heading(2, texts.say("These will sit there")), _table(document.table, texts)]
    lines = [texts.say("You may bring somebody you trust.")]
    if document.interpreter.strip():
        lines.append(texts.say("An interpreter comes: {language}.", language=document.interpreter.strip()))
    else:
        lines.append(texts.say("Tell us if you want an interpreter."))
    lines.append(texts.say("The forum does not decide about your benefits."))
    found += [Heading(2, texts.say("Good to know")), Paragraph(" ".join(lines)), Heading(2, texts.say("If you cannot or do not want to come"))]
    found.append(Paragraph(" ".join(_how_to_say_no(document, texts))))
    return (*found, questions_box(texts, document.questions))


def _table(lines: tuple[PresentLine, ...], texts: Texts) -> Block:
    """Who sits there, one a line: name, function and party as far as they are known."""
    if not lines:
        return Paragraph(texts.say("It is not settled yet."))
    return Bullets(tuple(_seat(line) for line in lines))


def _seat(line: PresentLine) -> Entry:
    lead = line.name or line.function
    rest = ", ".join(part for part in (line.function if line.name else "", line.party) if part)
    return Entry(rest, f"{lead}," if lead and rest else lead)


def _answer(document: CallLetterDocument, texts: Texts) -> tuple[Block, ...]:
    ring = _ring(document.questions, texts)
    by = document.answer_by
    until = texts.say("Answer by {day}.", day=near_date(texts, by, document.imprint.on)) if by else texts.say("Answer as soon as you can.")
    lines = (
        Entry(texts.say("You come at the time above.")),
        Entry(texts.say("You can come at another time that day: say between which times.")),
        Entry(texts.say("You cannot come: say who comes in your place, or that nobody does.")),
    )
    return (Paragraph(f"{until} {ring}"), Bullets(lines))


def _how_to_say_no(document: OwnCallLetterDocument, texts: Texts) -> list[str]:
    by = document.answer_by
    found = [texts.say("You choose yourself whether you come."), _ring(document.questions, texts)]
    if by is not None:
        found.append(texts.say("Please do it by {day}.", day=near_date(texts, by, document.imprint.on)))
    found.append(texts.say("You do not need to say why."))
    found.append(texts.say("You may have another time, or have it told to you afterwards."))
    return found


def _ring(questions: Questions, texts: Texts) -> str:
    if not questions.phone:
        return texts.say("Tell {who}.", who=questions.who)
    phone = questions.phone.replace(" ", NO_BREAK_SPACE)
    return texts.say("Call {who} on {phone}.", who=questions.who, phone=phone)
