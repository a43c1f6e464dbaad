"""Rounds: planned with their places and occasions, several at once, changed, and cancelled with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Select, func, select

from rehabdesk.domain.prerehab import BookingState, OccasionState
from rehabdesk.domain.problems import Problem, refuse_if
from rehabdesk.domain.rounds import Break, RoundDetails, days_of, from_its_first_weekday, problems_with_round
from rehabdesk.services.checks import existing, line, required
from rehabdesk.services.prerehab import round_days
from rehabdesk.services.prerehab.endings import give_back_places
from rehabdesk.store.history import Label
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.cases import Case
from rehabdesk.store.tables.prerehab import Booking, Occasion, Place, Programme, Round, RoundBreak

__all__ = ["Break", "RoundDetails", "cancel_round", "change_round", "plan_round", "plan_rounds"]


def plan_round(store: Store, details: RoundDetails) -> int:
    """Make a round with its places and occasions; returns its id."""
    return plan_rounds(store, (details,))[0]


def plan_rounds(store: Store, several: Sequence[RoundDetails]) -> tuple[int, ...]:
    """Make several rounds, as a year's, in one step; returns their ids in order."""
    cleaned = [_cleaned(details) for details in several]
    for details in cleaned:
        refuse_if(problems_with_round(details))
    with store.write(Label("round.planned" if len(cleaned) == 1 else "round.several_planned", {"n": len(cleaned)})) as writing:
        return tuple(_plan(writing, details) for details in cleaned)


def change_round(store: Store, round_id: int, details: RoundDetails) -> None:
    """Change the days, times, place and name of a round; the spans of who is booked follow. Its places are `capacity`'s.

    Occasions that were held stay. Those moved, cancelled or added by hand stay where their day is still one of the round.
    """
    details = _cleaned(details)
    refuse_if(problems_with_round(details))
    with store.write(Label("round.changed")) as writing:
        row = round_days.not_cancelled(writing, round_id)
        was_from, was_to = row.starts_on, row.ends_on
        refuse_if(_problems_with_change(writing, row, details))
        for name in ("name", "starts_on", "weeks", "start", "end", "place", "last_late_start_on"):
            setattr(row, name, getattr(details, name))
        row.weekdays = _digits(details)
        _rest(writing, row.id, details.breaks)
        round_days.fit(writing, row, days_of(details).days)
        round_days.follow(writing, row, was_from, was_to)


def cancel_round(store: Store, round_id: int, reason: str) -> None:
    """Cancel a round with a reason, and what is left of its occasions.

    Who was offered a place or said yes goes back to the list, at her old place. Refused while somebody has started, and when it has run.
    """
    reason = required(reason, "round.reason_missing", "reason")
    with store.write(Label("round.cancelled")) as writing:
        row = round_days.not_cancelled(writing, round_id)
        refuse_if(_who_has_started(writing, round_id) or _has_run(writing, round_id))
        give_back_places(writing, round_id, reason)
        row.cancelled_on, row.cancelled_reason = writing.today, reason
        planned = select(Occasion).where(Occasion.round_id == round_id, Occasion.state == OccasionState.PLANNED)
        for occasion in writing.session.scalars(planned):
            occasion.state, occasion.cancelled_reason = OccasionState.CANCELLED, reason


# --- internals ---


def _plan(writing: Writing, details: RoundDetails) -> int:
    programme = existing(writing, Programme, details.programme_id, "programme")
    refuse_if([Problem("programme.has_ended", None, {"name": programme.name})] if programme.ended_on is not None else [])
    highest = writing.session.scalar(select(func.max(Round.number)).where(Round.programme_id == programme.id))
    days = days_of(details).days
    chosen = ("name", "starts_on", "weeks", "start", "end", "place", "min_places", "max_places", "last_late_start_on")
    row = Round(
        **{name: getattr(details, name) for name in chosen},
        programme_id=programme.id,
        number=(highest or 0) + 1,
        weekdays=_digits(details),
        ends_on=days[-1],
    )
    writing.session.add(row)
    writing.flush()
    _rest(writing, row.id, details.breaks)
    writing.session.add_all(Place(round_id=row.id, number=number) for number in range(1, details.max_places + 1))
    writing.session.add_all(Occasion(round_id=row.id, on=day, start=row.start, end=row.end) for day in days)
    return row.id


def _digits(details: RoundDetails) -> str:
    return "".join(str(weekday) for weekday in sorted(set(details.weekdays)))


def _rest(writing: Writing, round_id: int, breaks: Iterable[Break]) -> None:
    """Exactly these breaks."""
    wanted = {(rest.from_on, rest.to_on): rest.reason for rest in breaks}
    for known in writing.session.scalars(select(RoundBreak).where(RoundBreak.round_id == round_id)):
        span = (known.from_on, known.to_on)
        if span in wanted:
            known.reason = wanted.pop(span)
        else:
            writing.session.delete(known)
    writing.session.add_all(
        RoundBreak(round_id=round_id, from_on=from_on, to_on=to_on, reason=reason) for (from_on, to_on), reason in wanted.items()
    )


def _problems_with_change(writing: Writing, row: Round, details: RoundDetails) -> list[Problem]:
    """Once it has begun, a round does not begin on another day."""
    if details.starts_on == row.starts_on:
        return []
    # Also where whoever had begun has stopped: the days she came are behind her.
    begun = _claims(row.id, (BookingState.STARTED, BookingState.BROKEN_OFF)).limit(1)
    has_begun = bool(_has_run(writing, row.id)) or writing.session.scalar(begun) is not None
    return [Problem("round.has_begun", "starts_on", {"starts_on": row.starts_on})] if has_begun else []


def _who_has_started(writing: Writing, round_id: int) -> list[Problem]:
    started = _claims(round_id, (BookingState.STARTED,))
    query = select(Case.number).join(Booking, Booking.case_id == Case.id).where(Booking.id.in_(started)).order_by(Case.number)
    numbers = writing.session.scalars(query).all()
    return [Problem("round.has_started", "reason", {"n": len(numbers), "cases": list(numbers)})] if numbers else []


def _has_run(writing: Writing, round_id: int) -> list[Problem]:
    """What people came to is not cancelled afterwards."""
    held = select(Occasion.id).where(Occasion.round_id == round_id, Occasion.state == OccasionState.HELD).limit(1)
    came = _claims(round_id, (BookingState.COMPLETED,)).limit(1)
    has_run = any(writing.session.scalar(query) is not None for query in (held, came))
    return [Problem("round.has_run", "reason")] if has_run else []


def _claims(round_id: int, states: Iterable[BookingState]) -> Select:
    on_places = select(Booking.id).join(Place, Place.id == Booking.place_id)
    return on_places.where(Place.round_id == round_id, Booking.state.in_(list(states)))


def _cleaned(details: RoundDetails) -> RoundDetails:
    breaks = tuple(replace(rest, reason=line(rest.reason, "breaks")) for rest in details.breaks)
    details = replace(details, name=line(details.name, "name"), place=line(details.place, "place"), breaks=breaks)
    return from_its_first_weekday(details)
