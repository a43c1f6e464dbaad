"""Calling people to an item: where each letter is, what was answered, and what an answer does to the times one can come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rehabdesk.domain.problems import Problem

#: How many days before the meeting an answer is asked for.
ANSWER_BEFORE = 5


class Answer(StrEnum):
    """What somebody who is called has answered. Until she has, there is none."""

    COMES = "comes"
    OTHER_TIME = "other_time"
    CANNOT = "cannot"


class CallState(StrEnum):
    """Where one call stands, for a badge."""

    NO_LETTER = "no_letter"
    ON_ITS_WAY = "on_its_way"
    NO_ANSWER = "no_answer"
    COMES = "comes"
    OTHER_TIME = "other_time"
    CANNOT = "cannot"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as it is noted: the day it came, and between which times she can come where she named others ("HH:MM")."""

    answer: Answer
    on: date
    can_from: str | None = None
    can_until: str | None = None


def call_state(answer: Answer | None, is_printed: bool, is_given: bool) -> CallState:
    """Where a call stands: the answer, however it came, else how far the letter has come."""
    if answer is not None:
        return CallState(answer.value)
    if is_given:
        return CallState.NO_ANSWER
    return CallState.ON_ITS_WAY if is_printed else CallState.NO_LETTER


def obstacle(*, is_protected: bool, no_paper_home: bool, is_covered: bool) -> str:
    """The problem that forbids a letter, or nothing. Whoever lives protected or wants no paper home is told in another way."""
    if is_protected:
        return "call.protected"
    if no_paper_home:
        return "call.no_paper_home"
    return "" if is_covered else "paper.no_consent"


def answer_by(held_on: date, today: date) -> date | None:
    """The last day to answer; None when it is so near that one answers at once."""
    day = held_on - timedelta(ANSWER_BEFORE)
    return day if day > today else None


def problems_with_answer(answered: Answered, today: date) -> tuple[Problem, ...]:
    """Another time says which, a window is not backwards, and no answer comes from the future."""
    found: list[Problem] = []
    if answered.answer is Answer.OTHER_TIME and not (answered.can_from or answered.can_until):
        found.append(Problem("call.time_missing", "can_from"))
    if answered.can_from and answered.can_until and answered.can_until <= answered.can_from:
        found.append(Problem("item.window_backwards", "can_until"))
    if answered.on > today:
        found.append(Problem("call.answered_in_future", "on"))
    return tuple(found)
