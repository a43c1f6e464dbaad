"""Din sammanfattning: the participant's own page, in plain words, said to "du"."""

from __future__ import annotations

from rehabdesk.documents.blocks import Block, Bullets, Heading, PageBreak, Paragraph, Style
from rehabdesk.documents.item import own_item_blocks
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.phrases import action_entry, corrections, entries, next_time_text, questions_box, quoted
from rehabdesk.documents.strips import PARTICIPANT
from rehabdesk.domain.papers import SummaryDocument
from rehabdesk.texts import Texts


def render(document: SummaryDocument, texts: Texts) -> bytes:
    """The page as a PDF file."""
    scale = PARTICIPANT[document.print_size]
    title = f"{texts.say('Your summary')} {document.case_number}"
    return rendered(Sheet(title, document.letterhead, document.imprint, scale), blocks(document, texts), texts)


def blocks(document: SummaryDocument, texts: Texts) -> tuple[Block, ...]:
    """The page's content in reading order."""
    day = texts.weekday_date(document.session_on)
    found: list[Block] = [
        Heading(1, texts.say("Your summary")),
        Paragraph(texts.say("of the meeting on {day}", day=day), Style.MUTED),
    ]
    if any(line.strip() for line in document.agreements):
        found += [Heading(2, texts.say("This is what we agreed")), entries(document.agreements)]
    found += _actions(document, texts)
    if document.own_view.strip():
        found += [Heading(2, texts.say("This is what you think")), quoted(texts, document.own_view)]
    found += [Heading(2, texts.say("Next time")), Paragraph(next_time_text(texts, document.next_time))]
    found += corrections(texts, document.corrections, 2)
    found += [questions_box(texts, document.questions), *_good_to_know(document, texts)]
    return (*found, *_whole_item(document, texts))


def _actions(document: SummaryDocument, texts: Texts) -> list[Block]:
    since = document.session_on
    own = [action_entry(texts, each, since, with_who=False) for each in document.actions if each.is_participant]
    others = [action_entry(texts, each, since, with_who=True) for each in document.actions if not each.is_participant]
    found: list[Block] = [Heading(2, texts.say("This is what you are to do"))]
    nothing = texts.say("You do not need to do anything before next time.")
    found.append(Bullets(tuple(own)) if own else Paragraph(nothing))
    if others:
        found += [Heading(2, texts.say("This is what others do")), Bullets(tuple(others))]
    return found


def _good_to_know(document: SummaryDocument, texts: Texts) -> list[Block]:
    lines = [
        texts.say("The forum does not decide about your benefits."),
        texts.say("You may read everything that is written about you."),
        texts.say("You can withdraw your consent whenever you like."),
        texts.say("What we have already given out we cannot take back."),
    ]
    if document.also_given_to:
        given = texts.say(
            "The question, what we agreed and the actions that concern them we have also given to: {receivers}.",
            receivers=document.also_given_to,
        )
        lines.append(given)
    else:
        lines.append(texts.say("Nobody but you has been given a paper about this."))
    return [Heading(2, texts.say("Good to know")), Paragraph(" ".join(lines))]


def _whole_item(document: SummaryDocument, texts: Texts) -> tuple[Block, ...]:
    if document.whole_item is None:
        return ()
    heading = Heading(2, texts.say("Everything written at the meeting about you"))
    return (PageBreak(), heading, *own_item_blocks(document.whole_item, texts, document.session_on, 3))
