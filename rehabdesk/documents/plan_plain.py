"""Din plan: the plan said to "du". Short sentences, her size of print, a symbol beside each heading."""

from __future__ import annotations

from datetime import date

from rehabdesk.documents.blocks import Block, Bullets, Entry, Heading, Paragraph, Style
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.phrases import action_entry, entries, questions_box, quoted
from rehabdesk.documents.strips import PARTICIPANT
from rehabdesk.documents.symbols import Symbol
from rehabdesk.domain.forum import ActionState
from rehabdesk.domain.papers import ActionLine
from rehabdesk.domain.plan_papers import PlanPlainDocument
from rehabdesk.domain.plans import GoalResult
from rehabdesk.texts import Texts


def render(document: PlanPlainDocument, texts: Texts) -> bytes:
    """The sheet as a PDF file."""
    title = f"{texts.say('Your plan')} {document.case_number}"
    scale = PARTICIPANT[document.print_size]
    return rendered(Sheet(title, document.letterhead, document.imprint, scale), blocks(document, texts), texts)


def file_parts(document: PlanPlainDocument, texts: Texts) -> tuple[str | date, ...]:
    """What its file is called."""
    return (texts.name("file", "your plan"), document.case_number, document.imprint.on)


def blocks(document: PlanPlainDocument, texts: Texts) -> tuple[Block, ...]:
    """The sheet in reading order."""
    found: list[Block] = [
        Heading(1, texts.say("Your plan")),
        Paragraph(texts.weekday_date(document.imprint.on), Style.MUTED),
    ]
    if document.own_goal.strip():
        found += [Heading(2, texts.say("Your goal"), Symbol.STAR), quoted(texts, document.own_goal)]
    if document.goals:
        found += [Heading(2, texts.say("This is what we work towards"), Symbol.FLAG), _goals(document, texts)]
    found += _abilities(document, texts)
    found += _steps(document, texts)
    found += [*_evaluation(document, texts), questions_box(texts, document.questions), *_good_to_know(document, texts)]
    return tuple(found)


def _goals(document: PlanPlainDocument, texts: Texts) -> Bullets:
    results = {
        GoalResult.MET: texts.say("That goal is reached."),
        GoalResult.PARTLY: texts.say("We have come a part of the way."),
        GoalResult.NOT: texts.say("We have not come there yet."),
    }
    return Bullets(tuple(Entry(f"{_ended(text)} {results[result]}" if result else _ended(text)) for text, result in document.goals))


def _abilities(document: PlanPlainDocument, texts: Texts) -> list[Block]:
    told = (
        (texts.say("This works for you"), Symbol.CAN, document.can_do),
        (texts.say("This does not work right now"), Symbol.CANNOT, document.cannot_do),
    )
    return [
        block
        for heading, symbol, text in told
        if text.strip()
        for block in (Heading(2, heading, symbol), entries(text.splitlines()) if "\n" in text.strip() else Paragraph(text))
    ]


def _steps(document: PlanPlainDocument, texts: Texts) -> list[Block]:
    is_open = [action for action in document.actions if action.status == ActionState.OPEN]
    done = [action for action in document.actions if action.status == ActionState.DONE]
    own = [action for action in is_open if action.is_participant]
    others = [action for action in is_open if not action.is_participant]
    found: list[Block] = [Heading(2, texts.say("This is what you are to do"), Symbol.YOU)]
    if own:
        found.append(_told(own, document, texts, with_who=False))
    else:
        found.append(Paragraph(texts.say("You do not need to do anything right now.")))
    if others:
        found += [Heading(2, texts.say("This is what others do"), Symbol.OTHERS), _told(others, document, texts, with_who=True)]
    if done:
        found += [Heading(2, texts.say("This is done"), Symbol.DONE), entries([_ended(action.what) for action in done])]
    return found


def _told(actions: list[ActionLine], document: PlanPlainDocument, texts: Texts, *, with_who: bool) -> Bullets:
    return Bullets(tuple(action_entry(texts, action, document.imprint.on, with_who) for action in actions))


def _evaluation(document: PlanPlainDocument, texts: Texts) -> list[Block]:
    if document.ended_on is not None:
        told = texts.say("We looked at how it went on {day}. This plan is finished.", day=texts.long_date(document.ended_on))
    elif document.evaluate_on is not None:
        told = texts.say("On {day} we look at how it has gone. You are with us.", day=texts.weekday_date(document.evaluate_on))
    else:
        return []
    return [Heading(2, texts.say("How has it gone?"), Symbol.CALENDAR), Paragraph(told)]


def _good_to_know(document: PlanPlainDocument, texts: Texts) -> list[Block]:
    lines = [
        texts.say("You may say no to a step."),
        texts.say("Tell us if something in the plan does not suit you. Then we change it."),
        texts.say("The forum does not decide about your benefits."),
    ]
    if document.own_goal.strip() and not document.is_goal_for_table:
        lines.append(texts.say("Your own goal is read only by you and the coordinator. You decide whether others may read it."))
    return [Heading(2, texts.say("Good to know")), entries(lines)]


def _ended(text: str) -> str:
    """One sentence, with its capital and its stop."""
    told = " ".join(text.split())
    told = told[:1].upper() + told[1:]
    return told if told.endswith((".", "?", "!", ":")) else f"{told}."
