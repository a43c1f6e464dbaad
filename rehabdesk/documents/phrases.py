"""Parts that several papers share: actions, next time, whom to ring, corrections, who was present."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rehabdesk.documents.blocks import Block, Bullets, Callout, Column, Entry, Heading, Paragraph, Table
from rehabdesk.documents.fonts import NO_BREAK_SPACE
from rehabdesk.domain.forum import ActionEventKind, ActionState
from rehabdesk.domain.papers import ActionLine, CorrectionLine, NextTime, PresentLine, Questions
from rehabdesk.texts import Texts

_NEAR = 300  # days: within them a date is plain without its year


def near_date(texts: Texts, day: date, since: date) -> str:
    """The date in words, without the year when there can be no doubt of it."""
    written = texts.long_date(day)
    return written.removesuffix(f" {day.year}") if 0 <= (day - since).days < _NEAR else written


def sentence(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def action_entry(texts: Texts, action: ActionLine, since: date, with_who: bool) -> Entry:
    """An action as an entry for the participant: who in bold, what, and by when."""
    what = action.what.strip().rstrip(".")
    if action.due is not None:
        what = texts.say("{what}, by {day}", what=what, day=near_date(texts, action.due, since))
    who = texts.say("You") if action.is_participant else action.who
    lead = texts.say("{who}:", who=who) if with_who and who else ""
    return Entry(f"{what if lead else sentence(what)}.", lead)


def action_table(texts: Texts, actions: Sequence[ActionLine], with_status: bool = False) -> Table:
    """Actions as a table for working papers."""
    columns = [
        Column(texts.name("column", "Action"), 5),
        Column(texts.name("column", "Answers for it"), 3),
        Column(texts.name("column", "By"), 1.5),
    ]
    if with_status:
        columns.append(Column(texts.name("column", "Status"), 1.5))
    rows = []
    for action in actions:
        who = texts.say("The participant") if action.is_participant else action.who
        row = (action.what, who, texts.date(action.due) if action.due else "")
        rows.append((*row, status_word(texts, action.status)) if with_status else row)
    return Table(tuple(columns), tuple(rows))


def status_word(texts: Texts, status: str) -> str:
    """The word for an action's state, or for what was answered about it at the item."""
    words = {
        ActionState.OPEN: texts.name("action", "open"),
        ActionEventKind.KEPT: texts.name("action", "remains"),
        ActionEventKind.MOVED: texts.name("action", "moved"),
        ActionState.DONE: texts.name("action", "done"),
        ActionState.DROPPED: texts.name("action", "no longer current"),
    }
    return words.get(status, status)


def quoted(texts: Texts, words: str) -> Paragraph:
    """Somebody's own words."""
    return Paragraph(texts.say("“{words}”", words=words.strip().strip("”“\"")))


def next_time_text(texts: Texts, next_time: NextTime | None) -> str:
    """When it is on again, as a sentence."""
    if next_time is None or next_time.on is None:
        return texts.say("No new time is set.")
    day = texts.weekday_date(next_time.on)
    if next_time.start:
        day = texts.say("{day} at {time}", day=day, time=texts.time(next_time.start))
    return f"{sentence(', '.join(part for part in (day, next_time.place) if part))}."


def questions_box(texts: Texts, questions: Questions) -> Callout:
    """The box that says whom to ring."""
    if questions.phone:
        phone = questions.phone.replace(" ", NO_BREAK_SPACE)
        ask = texts.say("Questions? Call {who} on {phone}", who=questions.who, phone=phone)
    else:
        ask = texts.say("Questions? Ask {who}", who=questions.who)
    return Callout((Paragraph("", lead=ask), Paragraph(questions.hours)))


def corrections(texts: Texts, lines: Sequence[CorrectionLine], level: int) -> tuple[Block, ...]:
    """The dated corrections of a sheet, under their heading."""
    if not lines:
        return ()
    entries = tuple(Entry(line.text, texts.say("{day}:", day=texts.long_date(line.on))) for line in lines)
    return (Heading(level, texts.say("Corrections")), Bullets(entries))


def entries(lines: Sequence[str]) -> Bullets:
    """Lines of text as a list."""
    return Bullets(tuple(Entry(line) for line in lines if line.strip()))


def present_table(texts: Texts, lines: Sequence[PresentLine]) -> Table:
    """Who was at the table; the part of the meeting is a column only when somebody was there for a part."""
    columns = [
        Column(texts.name("column", "Name"), 2.5),
        Column(texts.name("column", "Function"), 2.5),
        Column(texts.name("column", "Party"), 3),
    ]
    rows = [(line.name, line.function, line.party) for line in lines]
    if any(line.part for line in lines):
        columns.append(Column(texts.name("column", "Present for"), 2.2))
        rows = [(*row, line.part) for row, line in zip(rows, lines, strict=True)]
    return Table(tuple(columns), tuple(rows))


def time_and_place(texts: Texts, start: str, end: str, place: str) -> tuple[tuple[str, str], ...]:
    """The facts every paper about a session opens with."""
    span = texts.time_span(start, end) if start and end else texts.time(start or end)
    return ((texts.say("Time"), span), (texts.say("Place"), place))
