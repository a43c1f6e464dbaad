"""Which case is on at which session of the demo forum: stories dealt out so that no meeting is too long."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date

from rehabdesk.services.demo.content import Content, Json

#: Minutes of cases that fit a session beside its standing items.
ROOM = 110
#: Cases of a demo of scale 1.
CASES = 40


@dataclass(slots=True)
class CasePlan:
    """One case of the demo: its person, its story, and the session (by index) of each of its meetings."""

    index: int
    person: Json
    story: Json
    sessions: list[int]
    case_id: int = 0
    actions: list[ActionPlan] = field(default_factory=list)

    def meeting_at(self, session: int) -> int | None:
        """Which of its meetings is at this session."""
        return self.sessions.index(session) if session in self.sessions else None


@dataclass(slots=True)
class ActionPlan:
    """An action that was made, and how its story says it went."""

    action_id: int
    made_on: date
    went: Json
    is_answered: bool = False


def deal(content: Content, days: list[date], today: date, chance: random.Random, first_person: int) -> list[CasePlan]:
    """Deal the stories to sessions, spread evenly, so that the coming session has cases and none is overfull."""
    coming = next(index for index, day in enumerate(days) if day > today)
    stories = list(content.stories)
    chance.shuffle(stories)
    load = [0] * (len(days) + 12)
    plans: list[CasePlan] = []
    for number in range(CASES):
        story = stories[number % len(stories)]
        wanted = 1 + round(number * (coming - 1) / (CASES - 1))
        start = _first_fit(story, wanted, load)
        sessions = _sessions_of(story, start)
        for session, meeting in zip(sessions, story["meetings"], strict=True):
            load[session] += meeting["minutes"]
        plans.append(CasePlan(first_person + number, content.person(first_person + number), story, sessions))
    return sorted(plans, key=lambda plan: (plan.sessions[0], plan.index))


def _sessions_of(story: Json, start: int) -> list[int]:
    sessions = []
    for meeting in story["meetings"]:
        start += meeting.get("gap", 0) if sessions else 0
        sessions.append(start)
    return sessions


def _first_fit(story: Json, wanted: int, load: list[int]) -> int:
    for start in (*range(wanted, max(0, wanted - 6), -1), *range(wanted + 1, len(load) - 8)):
        sessions = _sessions_of(story, start)
        if sessions[-1] < len(load) and all(
            load[session] + meeting["minutes"] <= ROOM for session, meeting in zip(sessions, story["meetings"], strict=True)
        ):
            return start
    return wanted
