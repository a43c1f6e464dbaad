"""The letters about a place, in plain words to "du": it is offered, reminded of, or there is none this time."""

from __future__ import annotations

from datetime import date

from rehabdesk.documents.blocks import Block, Bullets, Callout, Entry, Facts, Heading, Paragraph
from rehabdesk.documents.fonts import NO_BREAK_SPACE
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.phrases import near_date, questions_box, quoted, sentence
from rehabdesk.documents.strips import PARTICIPANT
from rehabdesk.domain.offer_papers import OfferedDays, OfferLetterDocument, RefusalDocument
from rehabdesk.domain.papers import Questions
from rehabdesk.domain.prerehab import PassOverReason, RemovalReason
from rehabdesk.texts import Texts


def render(document: OfferLetterDocument | RefusalDocument, texts: Texts) -> bytes:
    """The letter as a PDF file."""
    is_offer = isinstance(document, OfferLetterDocument)
    sheet = Sheet(_title(document, texts), document.letterhead, document.imprint, PARTICIPANT[document.print_size])
    return rendered(sheet, offer_blocks(document, texts) if is_offer else refusal_blocks(document, texts), texts)


def file_parts(document: OfferLetterDocument | RefusalDocument, texts: Texts) -> tuple[str | date, ...]:
    """What its file is called: a letter, the case's number and the day. What it is about stands in the letter alone."""
    return (texts.name("file", "letter"), document.case_number, document.imprint.on)


def offer_blocks(document: OfferLetterDocument, texts: Texts) -> tuple[Block, ...]:
    """An offer in reading order: what is offered, when and where, by when to answer and how, and that a no is all right."""
    by = near_date(texts, document.answer_by, document.imprint.on)
    heading = texts.say("You have a place waiting") if document.is_reminder else texts.say("You are offered a place")
    found: list[Block] = [Heading(1, heading)]
    if document.is_reminder:
        sent = near_date(texts, document.offered_on, document.offered_on)
        found.append(Paragraph(texts.say("We offered you a place on {day}. We have not had your answer yet.", day=sent)))
    found += [
        Callout((
            Paragraph("", lead=document.programme),
            Paragraph(texts.say("Answer by {day}.", day=by)),
        )),
        Heading(2, texts.say("When and where")),
        *_when(document.days, texts),
    ]
    if document.place_is_late:
        found.append(Paragraph(texts.say("The group has already begun. You come in from your first day.")))
    found += [Heading(2, texts.say("How you answer")), *_answer(document, by, texts)]
    found += [Heading(2, texts.say("You choose yourself")), Paragraph(" ".join(_your_choice(document, texts)))]
    return (*found, questions_box(texts, document.questions))


def refusal_blocks(document: RefusalDocument, texts: Texts) -> tuple[Block, ...]:
    """That there is no place, why, and what happens now."""
    removed = document.removal is not None
    found: list[Block] = [Heading(1, texts.say("You are not on the list any more") if removed else texts.say("No place this time"))]
    found.append(Paragraph(_about(document, texts)))
    found += [Heading(2, texts.name("letter", "Why")), *_why(document, texts), Heading(2, texts.say("What happens now"))]
    found.append(Paragraph(" ".join(_what_now(document, texts))))
    return (*found, questions_box(texts, document.questions))


def _about(document: RefusalDocument, texts: Texts) -> str:
    programme, starts_on = document.programme, document.starts_on
    if document.removal is not None:
        return texts.say("It is about {programme}.", programme=programme)
    if starts_on is None:
        return texts.say("It is about {programme}. We cannot offer you a place just now.", programme=programme)
    if starts_on < document.imprint.on:
        day = near_date(texts, starts_on, starts_on)
        return texts.say("It is about {programme}. We cannot offer you a place in the group that began on {day}.", programme=programme, day=day)
    day = near_date(texts, starts_on, document.imprint.on)
    return texts.say("It is about {programme}. We cannot offer you a place in the group that starts on {day}.", programme=programme, day=day)


def _title(document: OfferLetterDocument | RefusalDocument, texts: Texts) -> str:
    """What a reader's window is called: nothing of what the letter is about."""
    return f"{texts.say('Letter')} {document.case_number}"


def _when(days: OfferedDays, texts: Texts) -> list[Block]:
    names = tuple(_weekday(texts, day) for day in days.weekdays)
    facts = [
        (texts.say("Your first day"), sentence(texts.weekday_date(days.first))),
        (texts.say("Your last day"), sentence(texts.weekday_date(days.last))),
        (texts.say("Weekdays"), sentence(texts.listing(names))),
        (texts.say("Time"), texts.time_span(days.start, days.end)),
        (texts.say("Place"), days.place),
    ]
    found: list[Block] = [Facts(tuple((label, value) for label, value in facts if value))]
    if days.count:
        found.append(Paragraph(texts.count("You come once.", "You come {n} times in all.", days.count)))
    if days.breaks:
        spans = tuple(_span(texts, *span) for span in days.breaks)
        found.append(Paragraph(texts.say("No meetings on {days}.", days=spans)))
    return [*found, Paragraph(texts.say("When you have said yes you get a list of all the days."))]


def _span(texts: Texts, first: date, last: date) -> str:
    start, end = near_date(texts, first, first), near_date(texts, last, last)
    return start if first == last else texts.say("{first} to {last}", first=start, last=end)


def _answer(document: OfferLetterDocument, by: str, texts: Texts) -> list[Block]:
    lines = (
        Entry(_ring(document.questions, texts)),
        Entry(texts.say("Say yes or no by {day}.", day=by)),
        Entry(texts.say("We keep the place for you until then. After that it may go to somebody else.")),
    )
    return [Bullets(lines)]


def _your_choice(document: OfferLetterDocument, texts: Texts) -> list[str]:
    found = [
        texts.say("It is all right to say no. You do not need to say why."),
        texts.say("It does not affect your benefits."),
        texts.say("If you say yes you may stop whenever you like."),
    ]
    if document.interpreter.strip():
        found.append(texts.say("Tell us if you need an interpreter there too: {language}.", language=document.interpreter.strip()))
    else:
        found.append(texts.say("Tell us if you want an interpreter."))
    return found


def _why(document: RefusalDocument, texts: Texts) -> list[Block]:
    reasons = [_passed(texts, reason) for reason in document.reasons if reason is not PassOverReason.OTHER]
    if document.removal is not None:
        reasons = [_removed(texts, document.removal)]
    found: list[Block] = [Paragraph(reason) for reason in reasons if reason]
    found += [quoted(texts, words) for words in document.words]
    return found or [Paragraph(texts.say("All the places are taken."))]


def _what_now(document: RefusalDocument, texts: Texts) -> list[str]:
    if document.removal is not None:
        return [
            texts.say("You do not wait for a place any more."),
            texts.say("You may ask to be put on the list again."),
            texts.say("It does not affect your benefits."),
        ]
    return [
        texts.say("You keep your place on the list."),
        texts.say("You do not need to do anything."),
        texts.say("We get in touch when there is a place for you."),
        texts.say("Call us if something has changed, or if you do not want to wait any more."),
        texts.say("It does not affect your benefits."),
    ]


def _ring(questions: Questions, texts: Texts) -> str:
    if not questions.phone:
        return texts.say("Tell {who}.", who=questions.who)
    phone = questions.phone.replace(" ", NO_BREAK_SPACE)
    return texts.say("Call {who} on {phone}.", who=questions.who, phone=phone)


def _passed(texts: Texts, reason: PassOverReason) -> str:
    return {
        PassOverReason.NOT_READY: texts.say("You have told us that you cannot start yet. Call us when you can."),
        PassOverReason.CLASH: texts.say("You are booked on something else on the same days."),
        PassOverReason.NO_ANSWER: texts.say("We did not get your answer in time when we offered you a place before."),
        PassOverReason.OWN_WISH: texts.say("You have told us that you want to wait."),
        PassOverReason.GREATER_NEED: texts.say("There were fewer places than people waiting. We judged that the place was needed more elsewhere this time."),
        PassOverReason.LATE_START: texts.say("The group had already begun, and starting late did not suit."),
        PassOverReason.ASKED_BEFORE: texts.say("Somebody else had asked before you."),
    }[reason]


def _removed(texts: Texts, reason: RemovalReason) -> str:
    return {
        RemovalReason.OWN_WISH: texts.say("You have told us that you do not want to wait any more."),
        RemovalReason.NO_ANSWER: texts.say("We have not been able to get an answer from you."),
        RemovalReason.OTHER_MEASURE: texts.say("You are getting other support instead."),
        RemovalReason.CASE_CLOSED: texts.say("Your case with us is closed."),
        RemovalReason.NOT_FOR_HER: texts.say("We judged that this is not the right support for you now."),
        RemovalReason.OTHER: "",
    }[reason]


def _weekday(texts: Texts, day: int) -> str:
    return (
        texts.say("Mondays"), texts.say("Tuesdays"), texts.say("Wednesdays"), texts.say("Thursdays"), texts.say("Fridays"),
        texts.say("Saturdays"), texts.say("Sundays"),
    )[day]  # fmt: skip
