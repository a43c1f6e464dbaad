"""The rules of claims on places: what a sum is, when somebody may begin, who stands before whom, and how places are kept together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from rehabdesk.domain.prerehab import MISTAKEN_STATES, MOST_PLACES, NEXT_STATES, BookingState, PassOverReason, RemovalReason
from rehabdesk.domain.problems import Problem

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PlaceSum:
    """The places of a round, and what has become of them: always `places` = `booked` + `held` + `free`.

    Booked is somebody who said yes, started or completed; held is an offer whose last day to answer has not passed. `extra`
    tells how many of the places lie past the round's limit and are in use.
    """

    places: int
    booked: int
    held: int
    free: int
    extra: int = 0

    def __post_init__(self) -> None:
        if self.places != self.booked + self.held + self.free:
            raise ValueError(f"{self.places} places are not {self.booked} + {self.held} + {self.free}")

    def __add__(self, other: PlaceSum) -> PlaceSum:
        """Two rounds taken together."""
        return PlaceSum(
            self.places + other.places, self.booked + other.booked, self.held + other.held, self.free + other.free, self.extra + other.extra
        )


@dataclass(frozen=True, slots=True)
class RoundSpan:
    """The days of a round that a claim is judged by."""

    starts_on: date
    ends_on: date
    last_late_start_on: date | None
    cancelled_on: date | None = None

    def first_day(self, today: date) -> date:
        """The first day somebody can begin who is given a place today."""
        return max(self.starts_on, today)

    def takes_people(self, today: date) -> bool:
        """Whether somebody who is given a place today can still begin."""
        return not (problems_with_round(self, today) or problems_with_first_day(self, self.first_day(today)))


@dataclass(frozen=True, slots=True)
class Stay:
    """One claim's days on a place, both counted; empty where somebody stopped before her first day."""

    booking_id: int
    number: int
    starts_on: date
    ends_on: date

    def meets(self, other: Stay) -> bool:
        """Whether the two have a day in common."""
        return self.starts_on <= min(self.ends_on, other.ends_on) and other.starts_on <= min(self.ends_on, other.ends_on)


@dataclass(frozen=True, slots=True)
class Waiter:
    """One who stands before another in the list, with what would pass her over by itself."""

    booking_id: int
    case_id: int
    case_number: str
    is_ready: bool
    ready_from: date | None
    is_booked_elsewhere: bool
    did_not_answer: bool

    def reason(self, starts_on: date) -> PassOverReason | None:
        """Why a place from this day is not hers, where that is plain; None where the coordinator has to say."""
        if not is_ready_on(self.is_ready, self.ready_from, starts_on):
            return PassOverReason.NOT_READY
        if self.is_booked_elsewhere:
            return PassOverReason.CLASH
        return PassOverReason.NO_ANSWER if self.did_not_answer else None


@dataclass(frozen=True, slots=True)
class LiveClaim:
    """The claim a case has on a programme, and its place in the list's order."""

    booking_id: int
    state: BookingState
    position: int
    asked_on: date
    is_ready: bool
    ready_from: date | None


@dataclass(frozen=True, slots=True)
class Claimant:
    """Whose claim a new one would be: the case's number, the day it was closed, and the live claim it has, if any."""

    case_number: str
    closed_on: date | None
    claim: LiveClaim | None = None


def is_ready_on(is_ready: bool, ready_from: date | None, day: date) -> bool:
    """Whether somebody is ready on a day: she is so already, or will be by then."""
    return is_ready or (ready_from is not None and ready_from <= day)


def problems_with_step(state: BookingState, following: BookingState, case_number: str) -> tuple[Problem, ...]:
    """A claim goes from state to state as `NEXT_STATES` says; after a no or an end there is nothing more."""
    if following in NEXT_STATES[state]:
        return ()
    return (Problem("claim.not_from_here", None, {"state": state, "case_number": case_number}),)


def problems_with_way_back(state: BookingState, back_to: BookingState, case_number: str) -> tuple[Problem, ...]:
    """What was noted by mistake leads back as `MISTAKEN_STATES` says; nothing else does."""
    if MISTAKEN_STATES.get(state) is back_to:
        return ()
    return (Problem("claim.not_from_here", None, {"state": state, "case_number": case_number}),)


def problems_with_claimant(claimant: Claimant, *, at_once: bool = False) -> tuple[Problem, ...]:
    """A closed case makes no new claim, nor one that has a claim; `at_once` a place is given also to one who is on the list."""
    params = {"case_number": claimant.case_number}
    if claimant.closed_on is not None:
        return (Problem("claim.case_closed", None, params | {"closed": claimant.closed_on}),)
    if claimant.claim is None:
        return ()
    if at_once and claimant.claim.state is BookingState.REGISTERED:
        return ()
    return (Problem("claim.has_one", None, params | {"state": claimant.claim.state}),)


def problems_with_round(days: RoundSpan, today: date) -> tuple[Problem, ...]:
    """Nobody is given a place in a round that was cancelled or is over."""
    if days.cancelled_on is not None:
        return (Problem("claim.round_cancelled", "round", {"on": days.cancelled_on}),)
    return (Problem("claim.round_over", "round", {"ends": days.ends_on}),) if days.ends_on < today else ()


def problems_with_first_day(days: RoundSpan, day: date) -> tuple[Problem, ...]:
    """Nobody begins before the round, after it, or after the last day on which one may begin late."""
    if day < days.starts_on:
        return (Problem("claim.starts_before_round", "starts_on", {"starts": days.starts_on}),)
    if day > days.ends_on:
        return (Problem("claim.starts_after_round", "starts_on", {"ends": days.ends_on}),)
    if day == days.starts_on or (days.last_late_start_on is not None and day <= days.last_late_start_on):
        return ()
    if days.last_late_start_on is None or days.last_late_start_on <= days.starts_on:
        return (Problem("claim.no_late_start", "starts_on", {"starts": days.starts_on}),)
    return (Problem("claim.too_late_to_start", "starts_on", {"last": days.last_late_start_on}),)


def problems_with_last_day(last_day: date | None, starts_on: date, ends_on: date, today: date) -> tuple[Problem, ...]:
    """The last day of one who stops: within her time, or the day before it where she never came; and not to come."""
    if last_day is None:
        return (Problem("claim.last_day_missing", "last_day"),)
    if last_day < starts_on - _ONE_DAY:
        return (Problem("claim.stopped_before_start", "last_day", {"starts": starts_on}),)
    if last_day > ends_on:
        return (Problem("claim.stopped_after_end", "last_day", {"ends": ends_on}),)
    return (Problem("claim.stops_in_future", "last_day"),) if last_day > today else ()


def problems_with_registration(asked_on: date, is_ready: bool, ready_from: date | None, today: date) -> tuple[Problem, ...]:
    """Nobody has asked on a day to come; and who is ready has no day from which she will be."""
    found: list[Problem] = []
    if asked_on > today:
        found.append(Problem("claim.asked_in_future", "asked_on"))
    if is_ready and ready_from is not None and ready_from > today:
        found.append(Problem("claim.ready_and_not", "ready_from"))
    return tuple(found)


def problems_with_removal(reason: RemovalReason, text: str) -> tuple[Problem, ...]:
    """Another reason has words."""
    return (Problem("claim.reason_needs_words", "text"),) if reason is RemovalReason.OTHER and not text.strip() else ()


def problems_with_capacity(min_places: int, max_places: int) -> tuple[Problem, ...]:
    """A round has at least one place and not more than can be; and it runs from a number within that."""
    if not 1 <= max_places <= MOST_PLACES:
        return (Problem("claim.places_range", "max_places", {"most": MOST_PLACES}),)
    return () if 0 <= min_places <= max_places else (Problem("claim.least_places_range", "min_places", {"most": max_places}),)


def passed_over(before: Iterable[Waiter], starts_on: date, given: Mapping[int, PassOverReason]) -> tuple[dict[int, PassOverReason], tuple[Problem, ...]]:
    """The reason for each who is passed over: the one given, or the one that is plain; and a problem for each who has neither."""
    reasons: dict[int, PassOverReason] = {}
    problems: list[Problem] = []
    for waiter in before:
        reason = given.get(waiter.booking_id) or waiter.reason(starts_on)
        if reason is None:
            params = {"booking_id": waiter.booking_id, "case_number": waiter.case_number}
            problems.append(Problem("claim.passed_without_reason", "passed", params))
        else:
            reasons[waiter.booking_id] = reason
    return reasons, tuple(problems)


def kept_together(stays: Collection[Stay], numbers: Collection[int]) -> tuple[dict[int, int], tuple[Stay, ...]]:
    """Places with these numbers for all the stays: booking to number, and the stays that find none.

    As few as possible move: those on a place that stays keep it, and the others take the lowest that is free on their days.
    Where that leaves somebody without, all are laid out anew, which takes as few places as there can be.
    """
    staying = [stay for stay in stays if stay.number in numbers]
    moving = [stay for stay in stays if stay.number not in numbers]
    gently, left = _laid_out(moving, numbers, staying)
    if not left:
        return gently | {stay.booking_id: stay.number for stay in staying}, ()
    return _laid_out(stays, numbers, ())


def _laid_out(stays: Iterable[Stay], numbers: Collection[int], standing: Iterable[Stay]) -> tuple[dict[int, int], tuple[Stay, ...]]:
    """By their first day, each on her own place where it is free then, otherwise on the lowest that is."""
    on_place: dict[int, list[Stay]] = {number: [] for number in sorted(numbers)}
    for stay in standing:
        on_place[stay.number].append(stay)
    placed: dict[int, int] = {}
    left: list[Stay] = []
    for stay in sorted(stays, key=_by_first_day):
        own_first = [stay.number, *on_place] if stay.number in on_place else list(on_place)
        number = next((number for number in own_first if not any(stay.meets(other) for other in on_place[number])), None)
        if number is None:
            left.append(stay)
        else:
            on_place[number].append(stay)
            placed[stay.booking_id] = number
    return placed, tuple(left)


def _by_first_day(stay: Stay) -> tuple[date, int, int]:
    return stay.starts_on, stay.number, stay.booking_id
