"""Fitting items into the time of a meeting: boxes that do not overlap, times people can come, air between participants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rehabdesk.domain.forum import add_minutes, minutes_between

#: Minutes between two participants, so that they need not meet in the door.
BETWEEN_PARTICIPANTS = 5


class Part(StrEnum):
    """Where in the meeting an item belongs: the lines that open it, those that close it, or between them."""

    OPENING = "opening"
    BETWEEN = "between"
    CLOSING = "closing"


class NotFitting(StrEnum):
    """Why something is not in a proposal."""

    WINDOWS_APART = "windows_apart"
    WINDOW_SHORT = "window_short"
    WINDOW_TAKEN = "window_taken"
    NO_TIME = "no_time"
    NO_CONSENT = "no_consent"
    NOT_DUE = "not_due"


@dataclass(frozen=True, slots=True)
class Window:
    """When somebody who is called can come, "HH:MM" or None for any time."""

    can_from: str | None = None
    can_until: str | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """Something to fit in. `has_participant` asks for air around it."""

    key: int
    minutes: int
    has_participant: bool = False
    windows: tuple[Window, ...] = ()
    part: Part = Part.BETWEEN


@dataclass(frozen=True, slots=True)
class Placed:
    """A wish that has its time; `before` is the air in front of it, in minutes."""

    key: int
    starts: str
    ends: str
    before: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A wish that found no time, and why."""

    key: int
    why: NotFitting


@dataclass(frozen=True, slots=True)
class Fit:
    """Every wish is in one of the two."""

    placed: tuple[Placed, ...]
    left_out: tuple[LeftOut, ...]


def fit(wishes: Iterable[Wish], start: str, end: str, between: int = BETWEEN_PARTICIPANTS) -> Fit:
    """Place the wishes, the most wanted first: each where it makes the meeting end earliest, without moving any out of its window.

    What opens and closes the meeting comes first and keeps its order; times are whole minutes of the same day.
    """
    wanted = sorted(wishes, key=_opening_and_closing_first)
    sought = [_Sought.of(wish, minutes_between(start, end), start) for wish in wanted]
    line: list[_Sought] = []
    left: list[LeftOut] = []
    for one in sought:
        better = _with(line, one, minutes_between(start, end), between)
        if better is None:
            left.append(LeftOut(one.wish.key, _why_not(line, one, minutes_between(start, end), between)))
        else:
            line = better
    placed, until = [], 0
    for one, begins in zip(line, _begins(line, minutes_between(start, end), between) or (), strict=True):
        ends = begins + one.wish.minutes
        placed.append(Placed(one.wish.key, add_minutes(start, begins), add_minutes(start, ends), begins - until))
        until = ends
    return Fit(tuple(placed), tuple(left))


@dataclass(frozen=True, slots=True)
class _Sought:
    """A wish in minutes after the meeting's start: not before `earliest`, done by `latest`."""

    wish: Wish
    earliest: int
    latest: int

    @classmethod
    def of(cls, wish: Wish, length: int, start: str) -> _Sought:
        from_times = [minutes_between(start, window.can_from) for window in wish.windows if window.can_from]
        until_times = [minutes_between(start, window.can_until) for window in wish.windows if window.can_until]
        return cls(wish, max([0, *from_times]), min([length, *until_times]))


def _opening_and_closing_first(wish: Wish) -> int:
    return 1 if wish.part is Part.BETWEEN else 0


def _with(line: Sequence[_Sought], one: _Sought, length: int, between: int) -> list[_Sought] | None:
    """The line with one more at its best place, or None. Among equals the latest place: what is more wanted stays before."""
    if one.wish.minutes + sum(other.wish.minutes for other in line) > length:
        return None
    best: tuple[int, list[_Sought]] | None = None
    for place in _places(line, one.wish.part):
        tried = [*line[:place], one, *line[place:]]
        begins = _begins(tried, length, between)
        if begins is None:
            continue
        ends = begins[-1] + tried[-1].wish.minutes
        if best is None or ends <= best[0]:
            best = ends, tried
    return best[1] if best is not None else None


def _places(line: Sequence[_Sought], part: Part) -> Iterable[int]:
    opening = sum(one.wish.part is Part.OPENING for one in line)
    closing = len(line) - sum(one.wish.part is Part.CLOSING for one in line)
    if part is Part.OPENING:
        return (opening,)
    return (len(line),) if part is Part.CLOSING else range(opening, closing + 1)


def _begins(line: Sequence[_Sought], length: int, between: int) -> list[int] | None:
    """When each begins if every one begins as early as it can; None when one of them cannot be held."""
    begins: list[int] = []
    now, participant_left = 0, -between
    for one in line:
        begin = max(now, one.earliest)
        if one.wish.has_participant:
            begin = max(begin, participant_left + between)
        now = begin + one.wish.minutes
        if now > min(one.latest, length):
            return None
        if one.wish.has_participant:
            participant_left = now
        begins.append(begin)
    return begins


def _why_not(line: Sequence[_Sought], one: _Sought, length: int, between: int) -> NotFitting:
    has_window = one.earliest > 0 or one.latest < length
    if has_window and one.latest <= one.earliest:
        return NotFitting.WINDOWS_APART
    if has_window and one.latest - one.earliest < one.wish.minutes:
        return NotFitting.WINDOW_SHORT
    free = _Sought(one.wish, 0, length)
    return NotFitting.WINDOW_TAKEN if has_window and _with(line, free, length, between) is not None else NotFitting.NO_TIME
