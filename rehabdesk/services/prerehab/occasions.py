"""The occasions of a round: one can be moved, cancelled with a reason, taken up again, or added."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import select

from rehabdesk.domain.prerehab import OccasionState
from rehabdesk.domain.problems import Problem, refuse_if
from rehabdesk.domain.rounds import problems_with_occasion
from rehabdesk.services.checks import existing, required
from rehabdesk.services.prerehab import round_days
from rehabdesk.store.history import Label
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.prerehab import Occasion, Round


def move_occasion(store: Store, occasion_id: int, on: date | None, start: str | None = None, end: str | None = None) -> None:
    """Another day or another time. The day it was made for is remembered; the round's last day follows."""
    with store.write(Label("occasion.moved", {"on": on})) as writing:
        occasion = _planned(writing, occasion_id)
        start, end = start or occasion.start, end or occasion.end
        with _changing(writing, occasion.round_id) as row:
            _refuse(writing, row, on, start, end, occasion.id)
            if on != occasion.on:
                made_for = occasion.moved_from or occasion.on
                occasion.moved_from = None if made_for == on or occasion.is_added else made_for
            occasion.on, occasion.start, occasion.end = on, start, end


def cancel_occasion(store: Store, occasion_id: int, reason: str) -> None:
    """It is not held, and why. It stays on its day: the round does not end later for it."""
    reason = required(reason, "occasion.reason_missing", "reason")
    with store.write(Label("occasion.cancelled")) as writing:
        occasion = _planned(writing, occasion_id)
        round_days.not_cancelled(writing, occasion.round_id)
        occasion.state, occasion.cancelled_reason = OccasionState.CANCELLED, reason


def restore_occasion(store: Store, occasion_id: int) -> None:
    """A cancelled occasion is to be held after all."""
    with store.write(Label("occasion.restored")) as writing:
        occasion = existing(writing, Occasion, occasion_id, "occasion")
        round_days.not_cancelled(writing, occasion.round_id)
        if occasion.state == OccasionState.CANCELLED:
            occasion.state, occasion.cancelled_reason = OccasionState.PLANNED, ""


def add_occasion(store: Store, round_id: int, on: date | None, start: str, end: str) -> int:
    """One more, on top of the round's weekdays; returns its id."""
    with store.write(Label("occasion.added", {"on": on})) as writing:
        with _changing(writing, round_id) as row:
            _refuse(writing, row, on, start, end)
            occasion = Occasion(round_id=row.id, on=on, start=start, end=end, is_added=True)
            writing.session.add(occasion)
        return occasion.id


@contextmanager
def _changing(writing: Writing, round_id: int) -> Iterator[Round]:
    """A round whose occasions change; its last day and the spans of who is booked follow."""
    row = round_days.not_cancelled(writing, round_id)
    was_from, was_to = row.starts_on, row.ends_on
    yield row
    round_days.end(writing, row)
    round_days.follow(writing, row, was_from, was_to)


def _planned(writing: Writing, occasion_id: int) -> Occasion:
    occasion = existing(writing, Occasion, occasion_id, "occasion")
    if occasion.state != OccasionState.PLANNED:
        refuse_if([Problem("occasion.was_held" if occasion.state == OccasionState.HELD else "occasion.is_cancelled")])
    refuse_if([Problem("occasion.has_attendance")] if round_days.is_attended(writing, occasion.id) else [])
    return occasion


def _refuse(writing: Writing, row: Round, on: date | None, start: str, end: str, occasion_id: int | None = None) -> None:
    refuse_if(problems_with_occasion(on, start, end))
    refuse_if([Problem("occasion.before_round", "on", {"starts": row.starts_on})] if on < row.starts_on else [])
    others = select(Occasion.on, Occasion.start).where(Occasion.round_id == row.id, Occasion.id != (occasion_id or 0))
    round_days.refuse_twice([(on, start), *((other.on, other.start) for other in writing.session.execute(others))])
