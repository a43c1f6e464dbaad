"""The action plan: a participant's goals and steps, in versions, with an evaluation date.

One plan of a case is worked on at a time. A **version** is what has been agreed, handed out or evaluated: it gets its number
then, and is kept as it was. What is agreed or handed out again unchanged is the same version; the slightest difference in
what the plan says gives the next number. So two papers with one number always say the same of the plan; its head, the names
to sign under and whom to ring are as of the day it is printed.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from rehabdesk.domain.problems import Problem

#: Version of the shape of the JSON; a reader of old versions looks at it first.
SHAPE = 1


class PlanState(StrEnum):
    """A plan is a draft until it is agreed or handed out, current after that, ended when it has been evaluated."""

    DRAFT = "draft"
    CURRENT = "current"
    ENDED = "ended"


class GoalResult(StrEnum):
    """How a goal turned out."""

    MET = "met"
    PARTLY = "partly"
    NOT = "not"


class FreezingReason(StrEnum):
    """Why a version was kept."""

    AGREED = "agreed"
    HANDED_OUT = "handed_out"
    EVALUATED = "evaluated"


class PlanText(StrEnum):
    """The texts of a plan that are typed into a field."""

    OWN_GOAL = "own_goal"
    PRESENT_WORK = "present_work"
    CAN_DO = "can_do"
    CANNOT_DO = "cannot_do"
    WHY_NOT = "why_not"


class PlanDay(StrEnum):
    """The days of a plan."""

    DONE_BY = "done_by"
    EVALUATE_ON = "evaluate_on"


class PlanFlag(StrEnum):
    """What is ticked in a plan."""

    GOAL_FOR_TABLE = "goal_for_table"
    UNION_SIGNS = "union_signs"


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A step as a version holds it: the action's id, and everything of it in words. `goal` is a place among the goals, -1 for none."""

    action_id: int
    goal: int
    what: str
    category: str
    party_id: int | None
    party: str
    contact: str
    for_participant: bool
    due_on: date | None
    state: str

    @property
    def who(self) -> str:
        """Who answers for it, written out: party and contact."""
        return ", ".join(part for part in (self.party, self.contact) if part)


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as a version holds it, with its evaluation."""

    text: str
    result: GoalResult | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class PlanContent:
    """Everything a plan says, as it stands or as a version keeps it."""

    own_goal: str
    goal_for_table: bool
    present_work: str
    can_do: str
    cannot_do: str
    responsible: str
    done_by: date | None
    evaluate_on: date | None
    participant_took_part: bool | None
    why_not: str
    union_signs: bool
    ended_on: date | None
    goals: tuple[Goal, ...]
    steps: tuple[PlanStep, ...]

    @property
    def goal_for_the_table(self) -> str:
        """Her own goal as anybody but she and the coordinator may read it: empty until she has ticked it."""
        return self.own_goal if self.goal_for_table else ""

    def steps_of(self, goal: int) -> tuple[PlanStep, ...]:
        """The steps towards one goal, by its place; -1 for those without."""
        return tuple(step for step in self.steps if step.goal == goal)


def canonical(content: PlanContent) -> str:
    """The plan as canonical JSON: equal plans give equal text."""
    return json.dumps({"shape": SHAPE, **_plain(content)}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_content(text: str) -> PlanContent:
    """A plan from its canonical JSON."""
    values = json.loads(text)
    if values.pop("shape") != SHAPE:
        raise ValueError(f"not a plan of shape {SHAPE}")
    values |= {name: _day(values[name]) for name in ("done_by", "evaluate_on", "ended_on")}
    values["goals"] = tuple(
        Goal(row["text"], GoalResult(row["result"]) if row["result"] else None, row["comment"]) for row in values["goals"]
    )
    values["steps"] = tuple(PlanStep(**{**row, "due_on": _day(row["due_on"])}) for row in values["steps"])
    return PlanContent(**values)


def next_version(content: PlanContent, latest: tuple[int, str] | None) -> int:
    """The number this plan carries when it is agreed or handed out now; `latest` is the number and the text of the last version."""
    if latest is None:
        return 1
    number, text = latest
    return number if text == canonical(content) else number + 1


def problems_with_days(done_by: date | None, evaluate_on: date | None, made_on: date) -> tuple[Problem, ...]:
    """A plan is neither done nor evaluated before it was made."""
    found: list[Problem] = []
    if done_by is not None and done_by < made_on:
        found.append(Problem("plan.done_before_made", PlanDay.DONE_BY, {"made": made_on}))
    if evaluate_on is not None and evaluate_on < made_on:
        found.append(Problem("plan.evaluated_before_made", PlanDay.EVALUATE_ON, {"made": made_on}))
    return tuple(found)


def problems_before_agreeing(content: PlanContent) -> tuple[Problem, ...]:
    """What is agreed says something, has a day to be evaluated on, and tells whether the person took part, and if not why."""
    found: list[Problem] = []
    if not any(goal.text.strip() for goal in content.goals) and not content.steps:
        found.append(Problem("plan.nothing_in_it"))
    if content.evaluate_on is None:
        found.append(Problem("plan.evaluation_day_missing", PlanDay.EVALUATE_ON))
    if content.participant_took_part is None:
        found.append(Problem("plan.took_part_missing", "participant_took_part"))
    elif not content.participant_took_part and not content.why_not.strip():
        found.append(Problem("plan.why_not_missing", PlanText.WHY_NOT))
    return tuple(found)


def problems_before_ending(goals: Iterable[Goal]) -> tuple[Problem, ...]:
    """A plan is evaluated when each of its goals has been."""
    left = sum(1 for goal in goals if goal.result is None)
    return (Problem("plan.goals_not_evaluated", None, {"n": left}),) if left else ()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
