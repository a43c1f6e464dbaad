"""The calls of a meeting as lines: when, to what, who, where the letter is, and what was answered."""

from __future__ import annotations

from types import MappingProxyType

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.calling import CallState
from rehabdesk.domain.problems import Problem
from rehabdesk.store.queries.calls import CallRow
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.narrowing_table import NarrowingTable
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.parts.tokens import Tone

NEEDED_WIDTH = MappingProxyType({"participant": 760, "answered": 620})
TONES = MappingProxyType({
    CallState.NO_LETTER: Tone.NEUTRAL,
    CallState.ON_ITS_WAY: Tone.ACCENT,
    CallState.NO_ANSWER: Tone.AMBER,
    CallState.COMES: Tone.GREEN,
    CallState.OTHER_TIME: Tone.AMBER,
    CallState.CANNOT: Tone.RED,
})


class CallingTable(NarrowingTable):
    """The table, in the order of the agenda."""

    def __init__(self, theme: Theme, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(theme, _columns(texts), texts.say("Calls to the meeting"), NEEDED_WIDTH, parent)
        self.setSortingEnabled(False)
        self.horizontalHeader().setSectionsClickable(False)


def who_words(texts: Texts, row: CallRow) -> str:
    """Who is called: the party, or the participant."""
    return row.party if row.party_id is not None else texts.say("The participant")


def state_words(texts: Texts, row: CallRow) -> str:
    """Where the call stands, in one word or two."""
    if row.answer is None and row.obstacle:
        return texts.name("call", "no letter: tell her otherwise") if row.obstacle != "paper.no_consent" else texts.name("look", "consent")
    if row.has_moved:
        return texts.name("call", "the letter has another time")
    return texts.term(row.state)


def state_tone(row: CallRow) -> Tone:
    """The colour that goes with it."""
    if row.has_moved or (row.answer is None and row.obstacle):
        return Tone.RED
    return TONES[row.state]


def told_words(texts: Texts, row: CallRow) -> str:
    """What is known of the letter and the answer, in sentences."""
    told = []
    if row.obstacle:
        told.append(texts.problem(Problem(row.obstacle)))
    if row.told_on is not None:
        at = texts.say("{day} at {time}", day=texts.short_day(row.told_for), time=texts.time(row.told_start))
        told.append(texts.say("The letter of {day} says {time}.", day=texts.short_day(row.told_on), time=at))
    if row.has_moved:
        at = texts.say("{day} at {time}", day=texts.short_day(row.held_on), time=texts.time(row.starts))
        told.append(texts.say("The item is now {time}: print the letter again or ring.", time=at))
    if row.answered_on is not None:
        told.append(texts.say("Answered {day}: {answer}.", day=texts.short_day(row.answered_on), answer=answer_words(texts, row)))
    return " ".join(told)


def answer_words(texts: Texts, row: CallRow) -> str:
    """The answer with the times it named."""
    words = texts.term(row.answer) if row.answer is not None else ""
    if row.can_from and row.can_until:
        return f"{words} {texts.time_span(row.can_from, row.can_until)}"
    if row.can_from:
        return texts.say("{answer}, from {time}", answer=words, time=texts.time(row.can_from))
    if row.can_until:
        return texts.say("{answer}, until {time}", answer=words, time=texts.time(row.can_until))
    return words


def _columns(texts: Texts) -> tuple[Column, ...]:
    def starts(row: CallRow) -> str:
        return texts.time(row.starts)

    def case(row: CallRow) -> str:
        return row.case_number

    def participant(row: CallRow) -> str:
        return row.participant

    def who(row: CallRow) -> str:
        return who_words(texts, row)

    def is_participant(row: CallRow) -> bool:
        return row.party_id is None

    def state(row: CallRow) -> str:
        return state_words(texts, row)

    def answered(row: CallRow) -> str:
        return texts.short_day(row.answered_on) if row.answered_on is not None else ""

    return (
        Column("starts", texts.name("column", "Starts"), starts, sortable=False),
        Column("case", texts.name("column", "Case"), case, sortable=False, muted=True),
        Column("who", texts.name("column", "Called"), who, sortable=False, stretch=True, bold=is_participant, tooltip=who),
        Column("state", texts.name("call", "Answer"), state, sortable=False, tone=state_tone, tooltip=state),
        Column("answered", texts.name("column", "Day"), answered, sortable=False, muted=True),
        Column("participant", texts.say("Concerns"), participant, sortable=False, muted=True),
    )
