"""What has been handed out about a case: to whom, when, and how; for the participant who asks, or for the file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rehabdesk.documents.blocks import Block, Bullets, Column, Entry, Facts, Heading, Paragraph, Style, Table
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.phrases import questions_box, sentence
from rehabdesk.documents.strips import PARTICIPANT
from rehabdesk.domain.consent_papers import HandedOutLine, HandOutsDocument
from rehabdesk.domain.hand_outs import Medium, ReaderKind
from rehabdesk.domain.papers import PaperKind
from rehabdesk.texts import Texts

_LARGEST_WITH_TABLE = 12


def render(document: HandOutsDocument, texts: Texts) -> bytes:
    """The list as a PDF file."""
    title = f"{texts.say('What has been handed out')} {document.case_number}"
    return rendered(
        Sheet(title, document.letterhead, document.imprint, PARTICIPANT[document.print_size]), blocks(document, texts), texts
    )


def file_parts(document: HandOutsDocument, texts: Texts) -> tuple[str | date, ...]:
    """What its file is called."""
    return (texts.name("file", "handed out"), document.case_number, document.imprint.on)


def blocks(document: HandOutsDocument, texts: Texts) -> tuple[Block, ...]:
    """The list in reading order, the oldest first."""
    found: list[Block] = [
        Heading(1, texts.say("What has been handed out")),
        Facts((
            (texts.say("Case"), document.case_number),
            (texts.say("Concerns"), document.participant_name),
            (texts.say("As of"), texts.long_date(document.imprint.on)),
        )),
    ]
    if document.lines:
        found.append(Paragraph(texts.say("These papers about you have been handed out.")))
        found += _lines(document, texts)
    else:
        found.append(Paragraph(texts.say("No papers about you have been handed out.")))
    if document.withdrawn:
        found += [Heading(2, texts.say("Consents you have withdrawn")), Bullets(_withdrawn(document, texts))]
    kept = texts.say("What has been given out we cannot take back. You may ask each party to read what it has about you.")
    return (*found, Paragraph(kept), questions_box(texts, document.questions))


def _lines(document: HandOutsDocument, texts: Texts) -> Sequence[Block]:
    rows = _rows(document, texts)
    if document.print_size > _LARGEST_WITH_TABLE:
        entries = tuple(Entry("\n".join((f"{paper}, {how}", whom)), f"{texts.long_date(on)}:") for (on, paper, how), whom in rows)
        return (Bullets(entries), *_notes(document, texts))
    columns = (
        Column(texts.name("column", "Day"), 1.6),
        Column(texts.name("column", "Paper"), 3),
        Column(texts.name("column", "To"), 3.6),
        Column(texts.name("column", "How"), 1.5),
    )
    table = Table(columns, tuple((texts.date(on), paper, whom, how) for (on, paper, how), whom in rows))
    return (table, *_notes(document, texts))


def _rows(document: HandOutsDocument, texts: Texts) -> list[tuple[tuple[date, str, str], str]]:
    """What went out on one day, of one kind and in one way, with all who got it."""
    groups: dict[tuple[date, str, str], list[str]] = {}
    for line in document.lines:
        groups.setdefault((line.on, _paper(line, texts), _how(line, texts)), []).append(_to(line, texts))
    return [(what, "\n".join(whom)) for what, whom in groups.items()]


def _paper(line: HandedOutLine, texts: Texts) -> str:
    words = {PaperKind.SUMMARY: texts.say("Your summary"), PaperKind.EXTRACT: texts.say("Extract")}
    paper = words.get(line.paper) or sentence(texts.term(line.paper))
    if line.version > 1:
        paper = texts.say("{paper}, version {version}", paper=paper, version=line.version)
    if line.session_on is not None and line.session_on != line.on:
        paper = texts.say("{paper}, from the meeting on {day}", paper=paper, day=line.session_on)
    return f"{paper} *" if line.is_named_in else paper


def _how(line: HandedOutLine, texts: Texts) -> str:
    if line.is_printed_only:
        return texts.name("medium", "printed")
    return texts.name("medium", "as a file") if line.medium is Medium.FILE else texts.name("medium", "on paper")


def _to(line: HandedOutLine, texts: Texts) -> str:
    words = {ReaderKind.PARTY: line.party, ReaderKind.PARTICIPANT: texts.say("you")}
    return words.get(line.reader, texts.name("reader", "the file"))


def _notes(document: HandOutsDocument, texts: Texts) -> list[Block]:
    notes = []
    if any(line.is_named_in for line in document.lines):
        notes.append(texts.say("* A paper about several cases, in which you were named."))
    if any(line.is_printed_only for line in document.lines):
        notes.append(texts.say("Printed: it has been printed, and nobody has noted yet that it was handed over."))
    return [Paragraph(note, Style.SMALL) for note in notes]


def _withdrawn(document: HandOutsDocument, texts: Texts) -> tuple[Entry, ...]:
    return tuple(Entry(texts.long_date(line.on), f"{line.party}:") for line in document.withdrawn)
