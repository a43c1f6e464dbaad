"""The plan that an employer has ready by a day of the chain, or the standpoint or exception that stands in its place.

It is the forum's own reminder, never a form of Försäkringskassan's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rehabdesk.domain.cases import Employment
from rehabdesk.domain.problems import Problem
from rehabdesk.domain.rehab_chain import Chain

#: Plans due within so many days stand on Idag.
DUE_WITHIN = 14
#: Those who have an employer to plan with.
WITH_EMPLOYER = frozenset({Employment.EMPLOYED, Employment.ON_DEMAND})


class PlanAnswer(StrEnum):
    """How the duty was met: a plan, a written standpoint that none is needed, or a clear exception."""

    PLAN = "plan"
    STANDPOINT = "standpoint"
    EXCEPTION = "exception"


class PlanState(StrEnum):
    """Where the duty stands."""

    NONE = "none"
    WAITING = "waiting"
    LATE = "late"
    ANSWERED = "answered"
    REOPENED = "reopened"
    PASSED = "passed"


class WhyNoPlan(StrEnum):
    """Why nothing is due."""

    NO_SICK_LEAVE = "no_sick_leave"
    NO_EMPLOYER = "no_employer"
    TOO_SHORT = "too_short"
    ENDED = "ended"
    CLOSED = "closed"


class WhyReopened(StrEnum):
    """What made an answer hold no longer."""

    ABSENCE_GREW = "absence_grew"
    HEALTH_IMPROVED = "health_improved"


@dataclass(frozen=True, slots=True)
class PlanRule:
    """By which day of the chain, and the length of absence from which a plan is needed."""

    deadline_day: int
    expected_days: int


#: As the law has had it since 2018-07-01; whoever has the rule book asks that instead.
SINCE_2018 = PlanRule(30, 60)


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer as it was given. `known_days` is how long the absence was known to be then."""

    id: int
    answer: PlanAnswer
    answered_on: date
    reason: str = ""
    known_days: int = 0
    health_improved_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlanDuty:
    """Where the duty stands today. `is_certain` is False when the written periods do not reach the day it is due."""

    state: PlanState
    due_on: date | None = None
    days_left: int | None = None
    answer: GivenAnswer | None = None
    why_none: WhyNoPlan | None = None
    why_reopened: WhyReopened | None = None
    is_certain: bool = True

    @property
    def is_open(self) -> bool:
        """Whether somebody has to do something."""
        return self.state in (PlanState.WAITING, PlanState.LATE, PlanState.REOPENED)

    def is_pressing(self, within: int = DUE_WITHIN) -> bool:
        """Whether it belongs on Idag: open, and due soon or late."""
        return self.is_open and self.days_left is not None and self.days_left <= within


def duty_of(
    chain: Chain | None, employment: Employment, answers: Iterable[GivenAnswer], today: date, rule: PlanRule = SINCE_2018
) -> PlanDuty:
    """The duty in the present chain; the latest answer given since it began counts."""
    if chain is None:
        return PlanDuty(PlanState.NONE, why_none=WhyNoPlan.NO_SICK_LEAVE)
    if employment not in WITH_EMPLOYER:
        return PlanDuty(PlanState.NONE, why_none=WhyNoPlan.NO_EMPLOYER)
    due_on = chain.date_of(rule.deadline_day)
    given = max((answer for answer in answers if answer.answered_on >= chain.start), key=_by_day, default=None)
    has_ended = chain.end is not None and chain.end < today
    if given is not None:
        return _answered(chain, given, due_on, today, rule, has_ended)
    reaches = chain.end is None or chain.end >= due_on
    if has_ended:
        why = WhyNoPlan.ENDED if reaches else WhyNoPlan.TOO_SHORT
        return PlanDuty(PlanState.PASSED if reaches else PlanState.NONE, due_on, why_none=why)
    left = (due_on - today).days
    return PlanDuty(PlanState.WAITING if left >= 0 else PlanState.LATE, due_on, left, is_certain=reaches)


def known_days(chain: Chain, today: date) -> int:
    """How long the absence is known to be: as far as it is written down, and to today while it goes on."""
    return chain.day_on(max(today, chain.end) if chain.end is not None else today)


def problems_with_answer(
    answer: PlanAnswer | None, reason: str, answered_on: date | None, chain: Chain | None, today: date
) -> tuple[Problem, ...]:
    """An answer is one of three, on a day that has come and since the sick leave began; without a plan it has a reason."""
    found: list[Problem] = []
    if chain is None:
        return (Problem("plan_duty.no_sick_leave", "answer"),)
    if answer is None:
        found.append(Problem("plan_duty.answer_missing", "answer"))
    elif answer is not PlanAnswer.PLAN and not reason.strip():
        found.append(Problem("plan_duty.reason_missing", "reason"))
    if answered_on is None:
        found.append(Problem("plan_duty.day_missing", "answered_on"))
    elif answered_on > today:
        found.append(Problem("plan_duty.in_future", "answered_on"))
    elif answered_on < chain.start:
        found.append(Problem("plan_duty.before_sick_leave", "answered_on", {"start": chain.start}))
    return tuple(found)


def problems_with_improvement(given: GivenAnswer, improved_on: date | None, today: date) -> tuple[Problem, ...]:
    """Health improved on a day that has come, and not before the answer it reopens."""
    if improved_on is None:
        return (Problem("plan_duty.day_missing", "improved_on"),)
    if improved_on > today:
        return (Problem("plan_duty.in_future", "improved_on"),)
    if improved_on < given.answered_on:
        return (Problem("plan_duty.improved_before", "improved_on", {"day": given.answered_on}),)
    return ()


def _answered(chain: Chain, given: GivenAnswer, due_on: date, today: date, rule: PlanRule, has_ended: bool) -> PlanDuty:
    why, since = _reopened(chain, given, today, rule)
    if why is None or has_ended:
        return PlanDuty(PlanState.ANSWERED, due_on, answer=given)
    return PlanDuty(PlanState.REOPENED, since, (since - today).days, given, why_reopened=why)


def _reopened(chain: Chain, given: GivenAnswer, today: date, rule: PlanRule) -> tuple[WhyReopened | None, date]:
    """Whether the answer holds no longer, and since when: then a plan is due at once."""
    if given.answer is not PlanAnswer.PLAN and given.health_improved_on is not None:
        return WhyReopened.HEALTH_IMPROVED, given.health_improved_on
    grew = given.known_days <= rule.expected_days < known_days(chain, today)
    if given.answer is PlanAnswer.STANDPOINT and grew:
        return WhyReopened.ABSENCE_GREW, min(today, chain.date_of(rule.expected_days + 1))
    return None, today


def _by_day(given: GivenAnswer) -> tuple[date, int]:
    return given.answered_on, given.id
