"""One item as a sheet holds it: for the complete minutes, and for the participant who asked for her whole item."""

from __future__ import annotations

from rehabdesk.documents.blocks import Block, Heading, Paragraph
from rehabdesk.documents.phrases import action_table, corrections, entries, next_time_text, present_table
from rehabdesk.domain.forum import ItemKind, Outcome
from rehabdesk.domain.papers import ItemBody
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
    """What was said and agreed, under headings of the level; a part with nothing in it is left out."""
    blocks: list[Block] = []
    for heading, text in (
        (texts.say("Question"), body.question),
        (texts.say("Background"), body.background),
        (texts.say("Discussion"), body.discussion),
    ):
        if text.strip():
            blocks += [Heading(level, heading), Paragraph(text)]
    if body.earlier_actions:
        blocks += [Heading(level, texts.say("Earlier actions")), action_table(texts, body.earlier_actions, True)]
    if body.agreements:
        blocks += [Heading(level, texts.say("What we agreed")), entries(body.agreements)]
    if body.actions:
        blocks += [Heading(level, texts.say("Actions")), action_table(texts, body.actions)]
    blocks += _participants_view(body, texts, level)
    blocks += _ending(body, texts, level)
    if body.present:
        blocks += [Heading(level, texts.say("Present for this item")), present_table(texts, body.present)]
    return (*blocks, *corrections(texts, body.corrections, level))


def _participants_view(body: ItemBody, texts: Texts, level: int) -> list[Block]:
    lines: list[Block] = []
    if body.participant_agrees is not None:
        agrees = texts.say("The participant said yes to what was agreed.")
        differs = texts.say("The participant did not say yes to what was agreed.")
        lines.append(Paragraph(agrees if body.participant_agrees else differs))
    if body.participant_view.strip():
        lines.append(Paragraph(texts.say("“{words}”", words=body.participant_view.strip("”“\""))))
    return [Heading(level, texts.say("The participant's own view")), *lines] if lines else []


def _ending(body: ItemBody, texts: Texts, level: int) -> list[Block]:
    outcomes = {
        Outcome.AGREED: texts.say("The item ended with what was agreed."),
        Outcome.RETURNS: texts.say("The item comes back."),
        Outcome.BROKEN_OFF: texts.say("The item was broken off."),
        Outcome.DROPPED: texts.say("The item was dropped."),
    }
    lines = [outcomes.get(body.outcome, body.outcome)] if body.outcome else []
    if body.next_time is not None:
        lines.append(next_time_text(texts, body.next_time))
    return [Heading(level, texts.say("How the item ended")), Paragraph(" ".join(lines))] if lines else []
