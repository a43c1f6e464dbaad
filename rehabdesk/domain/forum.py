"""The forum: series, sessions, items, and the rules that decide what may happen when. Pure functions over plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from rehabdesk.domain.problems import Problem


class SeriesKind(StrEnum):
    """What a session series is for. Only a rehab forum handles people's cases."""

    REHAB_FORUM = "rehab_forum"
    STEERING_GROUP = "steering_group"
    SEMINAR_SERIES = "seminar_series"
    OTHER = "other"


class SessionState(StrEnum):
    """Where a forum session stands. Cancelled only with a reason; locked never opens again."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    HELD = "held"
    LOCKED = "locked"
    CANCELLED = "cancelled"


class ItemKind(StrEnum):
    """A general item, a consented case, or a de-identified consultation."""

    GENERAL = "general"
    CASE = "case"
    CONSULTATION = "consultation"


class ItemState(StrEnum):
    """Waiting for its turn, open at the table, or finished (its sheet is frozen)."""

    WAITING = "waiting"
    OPEN = "open"
    FINISHED = "finished"


class Outcome(StrEnum):
    """How an item ended; none needs a reason (`product.md` §3)."""

    AGREED = "agreed"
    RETURNS = "returns"
    BROKEN_OFF = "broken_off"
    DROPPED = "dropped"


class Return(StrEnum):
    """When an item comes back."""

    NEXT_SESSION = "next_session"
    DATE = "date"
    ACTION_DONE = "action_done"
    NOT_AT_ALL = "not_at_all"


class Due(StrEnum):
    """Why a case ought to be taken up, the strongest reason first."""

    RETURNS = "returns"
    CHAIN = "chain"
    PLAN = "plan"
    LATE_ACTION = "late_action"
    EVALUATION = "evaluation"
    NEW_CONSENT = "new_consent"
    NEVER = "never"
    LONG_AGO = "long_ago"
    LATER = "later"
    NO_DATE = "no_date"


class ActionState(StrEnum):
    """An action lives across sessions until it is done or no longer current."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class ActionEventKind(StrEnum):
    """What happened to an action, and at which item."""

    CREATED = "created"
    DONE = "done"
    MOVED = "moved"
    KEPT = "kept"
    DROPPED = "dropped"
    REOPENED = "reopened"


class Presence(StrEnum):
    """Where an attendee is. `STEPPED_OUT` also covers jäv: no reason is asked. `EXCUSED` is anmält förhinder."""

    EXPECTED = "expected"
    HERE = "here"
    LATE = "late"
    STEPPED_OUT = "stepped_out"
    LEFT = "left"
    EXCUSED = "excused"
    ABSENT = "absent"


#: States in which somebody sits at the table.
AT_THE_TABLE = frozenset({Presence.HERE})

#: Which state may follow which. A locked or cancelled session stays so.
NEXT_STATES: Mapping[SessionState, frozenset[SessionState]] = {
    SessionState.PLANNED: frozenset({SessionState.UNDER_WAY, SessionState.CANCELLED}),
    SessionState.UNDER_WAY: frozenset({SessionState.HELD}),
    SessionState.HELD: frozenset({SessionState.LOCKED, SessionState.UNDER_WAY}),
    SessionState.LOCKED: frozenset(),
    SessionState.CANCELLED: frozenset(),
}


def may_hear(
    item_kind: ItemKind, party_id: int | None, covered_party_ids: frozenset[int], host_party_ids: frozenset[int] = frozenset()
) -> bool:
    """Whether a party may hear an item: general items and consultations always, a case by name only under a live consent.

    The hosts, the coordinator's own party, keep the file for the controller and hold the pen: they stay.
    """
    return item_kind is not ItemKind.CASE or (party_id is not None and party_id in covered_party_ids | host_party_ids)


def effective_kind(kind: ItemKind, called_party_ids: Iterable[int], covered_party_ids: frozenset[int]) -> ItemKind:
    """A case is by name only while a live consent covers at least one called party; else it is a consultation (rule 1)."""
    if kind is ItemKind.CASE and not covered_party_ids.intersection(called_party_ids):
        return ItemKind.CONSULTATION
    return kind


def minutes_between(start: str, end: str) -> int:
    """Whole minutes from "HH:MM" to "HH:MM" of the same day."""
    return _minute_of_day(end) - _minute_of_day(start)


def add_minutes(start: str, minutes: int) -> str:
    """The time of day `minutes` after `start`, wrapping at midnight."""
    total = (_minute_of_day(start) + minutes) % (24 * 60)
    return f"{total // 60:02d}:{total % 60:02d}"


class Boxed(Protocol):
    """What has a time box, and air in front of it, in minutes."""

    @property
    def minutes(self) -> int: ...

    @property
    def minutes_before(self) -> int: ...


def box_times(start: str, items: Iterable[Boxed]) -> tuple[tuple[str, str], ...]:
    """When each item begins and ends if the time boxes and the air between them hold."""
    times: list[tuple[str, str]] = []
    now = start
    for item in items:
        begins = add_minutes(now, item.minutes_before)
        now = add_minutes(begins, item.minutes)
        times.append((begins, now))
    return tuple(times)


@dataclass(frozen=True, slots=True)
class TimedItem:
    """What the clock needs of an item: its box and the air before it in minutes, its state, and how long it has taken, in seconds."""

    minutes: int
    state: ItemState
    seconds_spent: int = 0
    minutes_before: int = 0


def estimated_end(now: datetime, items: Sequence[TimedItem]) -> datetime:
    """When the meeting ends if what remains takes its boxes: an open item past its box takes no more than it has."""
    remaining = timedelta()
    for item in items:
        if item.state is ItemState.WAITING:
            remaining += timedelta(minutes=item.minutes_before + item.minutes)
        elif item.state is ItemState.OPEN:
            remaining += max(timedelta(), timedelta(minutes=item.minutes, seconds=-item.seconds_spent))
    return now + remaining


def proposed_return(
    due_dates: Iterable[date | None], next_session: date | None, held_on: date
) -> tuple[Return, date | None]:
    """When an item is proposed to come back: the latest action's date after this session, else the next one, else not at all."""
    latest = max((due for due in due_dates if due is not None and due > held_on), default=None)
    if latest is not None:
        return Return.DATE, latest
    if next_session is not None:
        return Return.NEXT_SESSION, next_session
    return Return.NOT_AT_ALL, None


def days_late(due: date | None, today: date) -> int:
    """How many days past its date an action is; 0 when not late or without date."""
    return max(0, (today - due).days) if due else 0


@dataclass(frozen=True, slots=True)
class EarlierSession:
    """What starting a session needs to know of another in its series."""

    on: date
    start: str
    state: SessionState


def problems_before_start(state: SessionState, on: date, start: str, others: Iterable[EarlierSession], item_count: int) -> tuple[Problem, ...]:
    """Starting numbers the items; refused while an earlier session of the series is neither held nor cancelled."""
    found: list[Problem] = []
    if state is not SessionState.PLANNED:
        found.append(Problem("session.not_planned"))
    if item_count == 0:
        found.append(Problem("session.no_items"))
    waiting = [other for other in others if (other.on, other.start) < (on, start) and other.state in (SessionState.PLANNED, SessionState.UNDER_WAY)]
    if waiting:
        found.append(Problem("session.earlier_not_held", None, {"on": min(other.on for other in waiting)}))
    return tuple(found)


def problems_before_cancelling(state: SessionState, reason: str) -> tuple[Problem, ...]:
    """A planned session is cancelled only with a reason."""
    if state is not SessionState.PLANNED:
        return (Problem("session.not_planned"),)
    return () if reason.strip() else (Problem("session.cancel_reason_missing", "reason"),)


def problems_before_locking(state: SessionState, open_items: int, present: int, told_twice: bool) -> tuple[Problem, ...]:
    """Locking is refused while an item is open or nobody is marked present, unless told twice (`product.md` §3)."""
    if state is SessionState.LOCKED:
        return (Problem("session.already_locked"),)
    if state not in (SessionState.UNDER_WAY, SessionState.HELD):
        return (Problem("session.not_held"),)
    found: list[Problem] = []
    if open_items and not told_twice:
        found.append(Problem("session.items_open", None, {"count": open_items}))
    if not present and not told_twice:
        found.append(Problem("session.nobody_present"))
    return tuple(found)


def problems_before_freezing(state: ItemState, unsettled_names: int) -> tuple[Problem, ...]:
    """An item is finished once, while open, and with every underlined name settled."""
    found: list[Problem] = []
    if state is ItemState.FINISHED:
        found.append(Problem("item.already_finished"))
    elif state is not ItemState.OPEN:
        found.append(Problem("item.not_open"))
    if unsettled_names:
        found.append(Problem("item.names_unsettled", None, {"count": unsettled_names}))
    return tuple(found)


def problems_with_times(start: str, end: str) -> tuple[Problem, ...]:
    """A meeting ends after it starts; times are "HH:MM"."""
    found = [Problem("session.time_missing", name) for name, value in (("start", start), ("end", end)) if not value]
    if not found and minutes_between(start, end) <= 0:
        found.append(Problem("session.ends_before_it_starts", "end"))
    return tuple(found)


def problems_with_controller(kind: SeriesKind, controller_is_coordination_association: bool) -> tuple[Problem, ...]:
    """A samordningsförbund may not be controller for people's cases (`domain.md` 1.1, Finsam; `product.md` rule 10)."""
    if kind is SeriesKind.REHAB_FORUM and controller_is_coordination_association:
        return (Problem("series.controller_is_association", "controller"),)
    return ()


def _minute_of_day(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)
