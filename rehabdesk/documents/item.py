"""One item as a sheet holds it: for the complete minutes, and for the participant who asked for her whole item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rehabdesk.documents.blocks import Block, Bullets, Entry, Heading, Paragraph
from rehabdesk.documents.phrases import (
    action_entry,
    action_table,
    corrections,
    entries,
    next_time_text,
    quoted,
    status_word,
)
from rehabdesk.domain.forum import ItemKind, Outcome
from rehabdesk.domain.papers import ActionLine, ItemBody
from rehabdesk.texts import Texts


def item_title(texts: Texts, body: ItemBody) -> str:
    """The item's heading in the file's own minutes."""
    if body.kind == ItemKind.CASE:
        parts = [texts.say("Case {number}", number=body.case_number), body.participant_name]
    elif body.kind == ItemKind.CONSULTATION:
        parts = [texts.say("De-identified consultation"), body.title]
    else:
        parts = [body.title]
    title = ", ".join(part for part in parts if part)
    return f"§ {body.paragraph} {title}" if body.paragraph is not None else title


def item_blocks(body: ItemBody, texts: Texts, level: int) -> tuple[Block, ...]:
    """What was said and agreed, for the file, under headings of the level; a part with nothing in it is left out."""
    blocks = _talk(body, texts, level)
    if body.earlier_actions:
        blocks += [Heading(level, texts.say("Earlier actions")), action_table(texts, body.earlier_actions, True)]
    if body.agreements:
        blocks += [Heading(level, texts.say("What we agreed")), entries(body.agreements)]
    if body.actions:
        blocks += [Heading(level, texts.say("Actions")), action_table(texts, body.actions)]
    if body.participant_agrees is not None or body.participant_view.strip():
        yes = texts.say("The participant said yes to what was agreed.")
        no = texts.say("The participant did not say yes to what was agreed.")
        blocks += [Heading(level, texts.say("The participant's own view")), *_view(body, texts, yes, no)]
    return (*blocks, *_ending(body, texts, level))


def own_item_blocks(body: ItemBody, texts: Texts, on: date, level: int) -> tuple[Block, ...]:
    """The same said to the participant herself: actions as sentences, no tables."""
    blocks = _talk(body, texts, level)
    if body.earlier_actions:
        lines = tuple(
            replace(line, text=f"{line.text.removesuffix('.')} ({status_word(texts, action.status)}).")
            for action, line in zip(body.earlier_actions, _lines(body.earlier_actions, texts, on), strict=True)
        )
        blocks += [Heading(level, texts.say("Earlier actions")), Bullets(lines)]
    if body.agreements:
        blocks += [Heading(level, texts.say("What we agreed")), entries(body.agreements)]
    if body.actions:
        blocks += [Heading(level, texts.say("Actions")), Bullets(_lines(body.actions, texts, on))]
    if body.participant_agrees is not None or body.participant_view.strip():
        yes = texts.say("You said yes to what was agreed.")
        no = texts.say("You did not say yes to what was agreed.")
        blocks += [Heading(level, texts.say("This is what you think")), *_view(body, texts, yes, no)]
    return (*blocks, *_ending(body, texts, level))


def _talk(body: ItemBody, texts: Texts, level: int) -> list[Block]:
    parts = (
        (texts.say("Question"), body.question),
        (texts.say("Background"), body.background),
        (texts.say("Discussion"), body.discussion),
    )
    return [block for heading, text in parts if text.strip() for block in (Heading(level, heading), Paragraph(text))]


def _lines(actions: Sequence[ActionLine], texts: Texts, on: date) -> tuple[Entry, ...]:
    return tuple(action_entry(texts, action, on, with_who=True) for action in actions)


def _view(body: ItemBody, texts: Texts, yes: str, no: str) -> list[Block]:
    lines: list[Block] = []
    if body.participant_agrees is not None:
        lines.append(Paragraph(yes if body.participant_agrees else no))
    if body.participant_view.strip():
        lines.append(quoted(texts, body.participant_view))
    return lines


def _ending(body: ItemBody, texts: Texts, level: int) -> list[Block]:
    outcomes = {
        Outcome.AGREED: texts.say("The item ended with what was agreed."),
        Outcome.RETURNS: texts.say("The item comes back."),
        Outcome.BROKEN_OFF: texts.say("The item was broken off."),
        Outcome.DROPPED: texts.say("The item was dropped."),
    }
    # That a general item ended as items do needs no saying.
    is_plain = body.kind == ItemKind.GENERAL and body.outcome == Outcome.AGREED
    lines = [outcomes.get(body.outcome, body.outcome)] if body.outcome and not is_plain else []
    if body.next_time is not None:
        lines.append(next_time_text(texts, body.next_time))
    blocks: list[Block] = []
    if lines:
        blocks += [Heading(level, texts.say("How the item ended")), Paragraph(" ".join(lines))]
    if body.present:
        blocks += [Heading(level, texts.say("Present for this item")), Paragraph(_names(body))]
    return [*blocks, *corrections(texts, body.corrections, level)]


def _names(body: ItemBody) -> str:
    """Those at the table for the item, in one paragraph."""
    people = [", ".join(part for part in (line.name, line.function, line.party) if part) for line in body.present]
    return "; ".join(people) + "."
