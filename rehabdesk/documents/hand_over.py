"""What the deputy takes over with: three weeks of meetings, deadlines, who is waited for, and where the consents are."""

from __future__ import annotations

from datetime import date

from rehabdesk.documents.blocks import Block, Column, Heading, Paragraph, Style, Table
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.phrases import sentence
from rehabdesk.documents.strips import WORKING
from rehabdesk.domain.case_papers import ComingSession, ConsentPlace, DeadlineKind, HandOverDocument
from rehabdesk.domain.consent import ConsentStanding
from rehabdesk.texts import Texts


def render(document: HandOverDocument, texts: Texts) -> bytes:
    """The sheet as a PDF file."""
    return rendered(
        Sheet(texts.say("Hand-over to the deputy"), document.letterhead, document.imprint, WORKING), blocks(document, texts), texts
    )


def file_parts(document: HandOverDocument, texts: Texts) -> tuple[str | date, ...]:
    """What its file is called."""
    return (texts.name("file", "hand-over"), document.imprint.on)


def blocks(document: HandOverDocument, texts: Texts) -> tuple[Block, ...]:
    """The sheet in reading order."""
    span = texts.say("From {start} to {end}.", start=texts.long_date(document.imprint.on), end=texts.long_date(document.until))
    found: list[Block] = [
        Heading(1, texts.say("Hand-over to the deputy")),
        Paragraph(span),
        Paragraph(texts.say("Cases stand here by their number. Open a case before you ring or write: there it says if somebody must not be rung.")),
    ]
    if document.protected:
        found.append(Paragraph(texts.count(
            "{n} open case under protected identity is left out. Look for it in the program.",
            "{n} open cases under protected identity are left out. Look for them in the program.", document.protected,
        )))  # fmt: skip
    found += _meetings(document, texts)
    found += _deadlines(document, texts)
    found += _waiting(document, texts)
    found += _consents(document, texts)
    found += _papers(document, texts)
    return tuple(found)


def _section(heading: str, table: Table, empty: str) -> list[Block]:
    return [Heading(2, heading), table if table.rows else Paragraph(empty, Style.MUTED)]


def _meetings(document: HandOverDocument, texts: Texts) -> list[Block]:
    columns = (
        Column(texts.name("column", "Day"), 1.7), Column(texts.name("column", "Time"), 2.1), Column(texts.name("column", "Meeting"), 3.2),
        Column(texts.name("column", "Cases"), 3),
    )  # fmt: skip
    rows = tuple(
        (
            texts.date(one.on),
            texts.time_span(one.start, one.end),
            ", ".join(part for part in (one.name, one.place) if part),
            _cases_on(one, texts),
        )
        for one in document.sessions
    )
    found = _section(texts.say("Meetings"), Table(columns, rows), texts.say("No meeting in these weeks."))
    if document.calls_unanswered:
        found.append(Paragraph(texts.count(
            "{n} call to the next meeting is not answered.", "{n} calls to the next meeting are not answered.", document.calls_unanswered
        )))  # fmt: skip
    return found


def _cases_on(one: ComingSession, texts: Texts) -> str:
    more = texts.count("{n} more", "{n} more of them", one.other_cases) if one.other_cases else ""
    return ", ".join((*one.case_numbers, more) if more else one.case_numbers)


def _deadlines(document: HandOverDocument, texts: Texts) -> list[Block]:
    words = {
        DeadlineKind.PLAN: texts.say("plan for the return, or a written standpoint"),
        DeadlineKind.EVALUATION: texts.say("the action plan is to be evaluated"),
        DeadlineKind.CONSENT_ENDS: texts.say("a consent runs out"),
        DeadlineKind.FOLLOW_UP: texts.say("ask how it went after the case was closed"),
        DeadlineKind.OFFER: texts.say("a place is offered, and an answer is due"),
    }
    columns = (Column(texts.name("column", "Day"), 1.7), Column(texts.name("column", "Case"), 2), Column(texts.name("column", "What"), 6.3))
    rows = tuple((_day(texts, one.on, one.is_late), one.case_number, sentence(words[one.kind])) for one in document.deadlines)
    return _section(texts.say("Deadlines"), Table(columns, rows), texts.say("Nothing is due in these weeks."))


def _waiting(document: HandOverDocument, texts: Texts) -> list[Block]:
    columns = (
        Column(texts.name("column", "By"), 1.7), Column(texts.name("column", "Case"), 2), Column(texts.name("column", "Who"), 2.6),
        Column(texts.name("column", "What"), 3.7),
    )  # fmt: skip
    rows = tuple(
        (
            _day(texts, one.due, one.is_late) if one.due else texts.say("no date"),
            one.case_number,
            one.who or texts.say("The participant or another party"),
            one.what or texts.say("See the papers of the case"),
        )
        for one in document.waiting
    )
    return _section(texts.say("Who waits for what"), Table(columns, rows), texts.say("Nobody is waited for."))


def _consents(document: HandOverDocument, texts: Texts) -> list[Block]:
    columns = (Column(texts.name("column", "Case"), 2), Column(texts.name("column", "Consent"), 4), Column(texts.name("column", "Form"), 4))
    rows = tuple((one.case_number, _standing(one, texts), _form(one, texts)) for one in document.consents)
    return _section(texts.say("Where the consents are"), Table(columns, rows), texts.say("No open cases."))


def _standing(one: ConsentPlace, texts: Texts) -> str:
    words = {
        ConsentStanding.LIVE: texts.name("consent", "holds"),
        ConsentStanding.RUNNING_OUT: texts.name("consent", "runs out"),
        ConsentStanding.NOT_BEGUN: texts.name("consent", "begins"),
        ConsentStanding.RUN_OUT: texts.name("consent", "has run out"),
        ConsentStanding.WITHDRAWN: texts.name("consent", "is withdrawn"),
        ConsentStanding.MISSING: texts.name("consent", "missing"),
    }
    until = texts.say("until {day}", day=one.on) if one.standing is ConsentStanding.LIVE and one.on else ""
    day = until or (texts.date(one.on) if one.on else "")
    return sentence(" ".join(part for part in (words[one.standing], day) if part))


def _form(one: ConsentPlace, texts: Texts) -> str:
    if one.form is None:
        return ""
    since = texts.say("since {day}", day=one.form_since) if one.form_since else ""
    return sentence(" ".join(part for part in (texts.term(one.form), since) if part))


def _papers(document: HandOverDocument, texts: Texts) -> list[Block]:
    if not document.papers:
        return []
    columns = (Column(texts.name("column", "Case"), 2), Column(texts.name("column", "Paper"), 5), Column(texts.name("column", "Meeting"), 3))
    rows = tuple(
        (one.case_number, sentence(texts.term(one.paper)), texts.date(one.session_on) if one.session_on else "") for one in document.papers
    )
    return _section(texts.say("Papers still to be given"), Table(columns, rows), "")


def _day(texts: Texts, day: date, is_late: bool) -> str:
    return f"{texts.date(day)}, {texts.name('action', 'late')}" if is_late else texts.date(day)
