"""What follows when the days of a round change: its occasions, its last day, and the spans of who has a place in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select

from rehabdesk.domain.prerehab import ALIVE, OccasionState, OfferOutcome
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.services.checks import existing
from rehabdesk.store.store import Writing
from rehabdesk.store.tables.cases import Case
from rehabdesk.store.tables.prerehab import Attendance, Booking, Occasion, Offer, Place, Round


def not_cancelled(writing: Writing, round_id: int) -> Round:
    """The round to change; refused when it is gone or was cancelled."""
    row = existing(writing, Round, round_id, "round")
    refuse_if([Problem("round.is_cancelled")] if row.cancelled_on is not None else [])
    return row


def fit(writing: Writing, row: Round, days: Iterable[date]) -> None:
    """Give a round occasions on these days. What was held stays; what was changed by hand stays where its day still is one.

    One added after the last day stays too, unless the round is made to end earlier.
    """
    left = set(days)
    there = writing.session.scalars(select(Occasion).where(Occasion.round_id == row.id)).all()
    attended, latest = _attended(writing, row.id), _latest_added(there, max(left))
    kept: list[tuple[date, str]] = []
    for occasion in there:
        day = occasion.moved_from or occasion.on
        is_fact = occasion.state == OccasionState.HELD or occasion.id in attended
        by_hand = occasion.is_added or occasion.moved_from is not None or occasion.state == OccasionState.CANCELLED
        if not is_fact and not (row.starts_on <= day <= latest if occasion.is_added else day in left):
            writing.session.delete(occasion)
            continue
        kept.append((occasion.on, occasion.start if is_fact or by_hand else row.start))
        if not is_fact and not by_hand:
            occasion.start, occasion.end = row.start, row.end
        if not occasion.is_added:
            left.discard(day)
    refuse_twice((*kept, *((day, row.start) for day in left)))
    writing.flush()
    writing.session.add_all(Occasion(round_id=row.id, on=day, start=row.start, end=row.end) for day in sorted(left))
    end(writing, row)


def _latest_added(there: Iterable[Occasion], last: date) -> date:
    """Until when an added occasion stays, with this last day of the weekdays."""
    had = max((row.moved_from or row.on for row in there if not row.is_added), default=last)
    return max((row.on for row in there), default=last) if last >= had else last


def end(writing: Writing, row: Round) -> None:
    """The last day of a round is that of its last occasion, a cancelled one too."""
    writing.flush()
    row.ends_on = writing.session.scalar(select(func.max(Occasion.on)).where(Occasion.round_id == row.id))


def refuse_twice(times: Iterable[tuple[date, str]]) -> None:
    """Refuse two occasions of one round that begin at the same time of the same day."""
    twice = sorted(time for time, times_there in Counter(times).items() if times_there > 1)
    if twice:
        day, start = twice[0]
        raise Refused(Problem("occasion.taken", "on", {"day": day, "start": start}))


def follow(writing: Writing, row: Round, was_from: date, was_to: date) -> None:
    """Let the spans of those who have a place follow its first and its last day; refused where somebody would be left without a day."""
    if (was_from, was_to) == (row.starts_on, row.ends_on):
        return
    writing.flush()
    query = (
        select(Booking, Case.number)
        .join(Place, Place.id == Booking.place_id)
        .join(Case, Case.id == Booking.case_id)
        .where(Place.round_id == row.id, Booking.state.in_(ALIVE))
        .order_by(Booking.id)
    )
    for booking, number in writing.session.execute(query).all():
        starts_on = row.starts_on if booking.starts_on == was_from else max(booking.starts_on, row.starts_on)
        ends_on = row.ends_on if booking.ends_on == was_to else min(booking.ends_on, row.ends_on)
        if starts_on > ends_on:
            raise Refused(Problem("round.ends_before_somebody_starts", "weeks", {"case_number": number, "starts": booking.starts_on}))
        booking.starts_on, booking.ends_on = starts_on, ends_on
        for offer in writing.session.scalars(select(Offer).where(Offer.booking_id == booking.id, Offer.outcome == OfferOutcome.OPEN)):
            offer.starts_on = starts_on


def is_attended(writing: Writing, occasion_id: int) -> bool:
    """Whether somebody has been marked at an occasion."""
    return writing.session.scalar(select(Attendance.id).where(Attendance.occasion_id == occasion_id).limit(1)) is not None


def _attended(writing: Writing, round_id: int) -> frozenset[int]:
    """The occasions somebody has been marked at."""
    query = select(Attendance.occasion_id).join(Occasion, Occasion.id == Attendance.occasion_id).where(Occasion.round_id == round_id)
    return frozenset(writing.session.scalars(query))
