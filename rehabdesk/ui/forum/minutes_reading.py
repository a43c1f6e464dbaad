"""A sheet put into words for the eye: what it holds, part by part, frozen or as it stands now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rehabdesk.domain.forum import ActionEventKind, ActionState, ItemKind
from rehabdesk.domain.minutes import FrozenItem
from rehabdesk.domain.sheets import SheetAction, SheetPresent
from rehabdesk.store.queries.forum.actions import ActionRow
from rehabdesk.store.queries.forum.agenda import AgreementRow, ItemRow
from rehabdesk.texts import Texts


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines."""

    title: str
    lines: tuple[str, ...]
    is_correction: bool = False


def item_name(texts: Texts, item: ItemRow) -> str:
    """ "§ 44 RF-2026-014 Maria S.": an item in a list, for the coordinator's own eyes."""
    number = f"§ {item.paragraph}" if item.paragraph else ""
    return " ".join(part for part in (number, item_title(texts, item)) if part)


def item_title(texts: Texts, item: ItemRow) -> str:
    """What an item is called: the case with its short name, a consultation, or its title."""
    if item.kind is ItemKind.CASE:
        return " ".join(part for part in (item.case_number, item.short_name) if part)
    return item.title or texts.term(item.kind)


def sections_of_sheet(texts: Texts, frozen: FrozenItem) -> tuple[Section, ...]:
    """A frozen sheet with its corrections, which stand first: they are what holds."""
    sheet = frozen.sheet
    corrections = tuple(
        Section(
            texts.say("Correction {day}: {part}", day=one.on, part=one.block or texts.name("part of a sheet", "other")),
            (one.text,),
            is_correction=True,
        )
        for one in frozen.corrections
    )
    agreements = tuple(line for one in sheet.agreements for line in _agreement(texts, one.text, one.participant_text))
    next_day = texts.weekday_date(sheet.next_on) if sheet.next_on else ""
    parts = (
        *_texts_of(texts, sheet.question, sheet.background, sheet.discussion),
        Section(texts.say("Earlier actions"), tuple(_frozen_actions(texts, sheet.earlier_actions))),
        Section(texts.say("What we agreed"), agreements),
        Section(texts.say("Actions"), tuple(_frozen_actions(texts, sheet.actions))),
        Section(texts.say("The participant's own view"), _lines(sheet.participant_view)),
        Section(texts.say("How the item ended"), (texts.term(sheet.outcome),)),
        Section(texts.say("Next time"), _lines(next_day)),
        Section(texts.say("Present for this item"), tuple(_present(sheet.present))),
    )
    return corrections + tuple(part for part in parts if part.lines)


def sections_of_item(
    texts: Texts, item: ItemRow, agreements: Iterable[AgreementRow], actions: Iterable[ActionRow], earlier: Iterable[ActionRow]
) -> tuple[Section, ...]:
    """An item that is not finished, as it stands now."""
    agreed = tuple(line for one in agreements for line in _agreement(texts, one.text, one.participant_text))
    parts = (
        *_texts_of(texts, item.question, item.background, item.discussion),
        Section(texts.say("Earlier actions"), tuple(_live_actions(texts, earlier))),
        Section(texts.say("What we agreed"), agreed),
        Section(texts.say("Actions"), tuple(_live_actions(texts, actions))),
        Section(texts.say("The participant's own view"), _lines(item.participant_view)),
    )
    return tuple(part for part in parts if part.lines)


def _texts_of(texts: Texts, question: str, background: str, discussion: str) -> tuple[Section, ...]:
    return (
        Section(texts.say("Question"), _lines(question)),
        Section(texts.say("Background"), _lines(background)),
        Section(texts.say("Discussion"), _lines(discussion)),
    )


def _lines(text: str) -> tuple[str, ...]:
    return (text,) if text.strip() else ()


def _agreement(texts: Texts, text: str, participant_text: str) -> Iterator[str]:
    if text.strip():
        yield text
    if participant_text.strip():
        yield texts.say("To the participant: {words}", words=participant_text)


def _frozen_actions(texts: Texts, actions: Iterable[SheetAction]) -> Iterator[str]:
    for action in actions:
        who = texts.say("The participant") if action.for_participant else ", ".join(filter(None, (action.contact, action.party)))
        state = ActionEventKind(action.answered) if action.answered else ActionState(action.state)
        due = texts.date(action.due_on) if action.due_on else ""
        yield " · ".join(part for part in (action.what, who, due, texts.term(state)) if part)


def _live_actions(texts: Texts, actions: Iterable[ActionRow]) -> Iterator[str]:
    for action in actions:
        who = texts.say("The participant") if action.for_participant else ", ".join(filter(None, (action.contact, action.party)))
        due = texts.date(action.due_on) if action.due_on else ""
        yield " · ".join(part for part in (action.what, who, due, texts.term(ActionState(action.state))) if part)


def _present(people: Iterable[SheetPresent]) -> Iterator[str]:
    for person in people:
        yield ", ".join(part for part in (person.name, person.function, person.party) if part)
