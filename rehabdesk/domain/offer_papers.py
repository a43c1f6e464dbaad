"""The letters about a place: it is offered, the offer is reminded of, or there is none this time. All speak to "du".

They hold nothing about anybody else: not who else waits, nor who got the place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rehabdesk.domain.papers import Document, Imprint, Letterhead, Questions
from rehabdesk.domain.prerehab import BookingState, PassOverReason, RemovalReason
from rehabdesk.domain.problems import Problem


@dataclass(frozen=True, slots=True)
class OfferedDays:
    """When and where one would come: from her first day to the last, on which weekdays (Monday 0), and the breaks between.

    `count` is how many times, `breaks` first and last days; times are "HH:MM".
    """

    first: date
    last: date
    weekdays: tuple[int, ...]
    start: str
    end: str
    place: str
    count: int
    breaks: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True)
class OfferLetterDocument(Document):
    """A place is offered her; `is_reminder` where she has had the offer before. `place_is_late`: the round has begun already."""

    letterhead: Letterhead
    imprint: Imprint
    case_number: str
    programme: str
    days: OfferedDays
    offered_on: date
    answer_by: date
    interpreter: str
    questions: Questions
    is_reminder: bool = False
    place_is_late: bool = False
    print_size: int = 12


@dataclass(frozen=True, slots=True)
class RefusalDocument(Document):
    """There is no place for her this time, and why; `starts_on` where it was a certain round.

    `reasons` are those on file for why she was passed over, `words` what was written beside one; none where every place was
    taken. `removal` is why she stands on the list no more; while it is empty she keeps her place there.
    """

    letterhead: Letterhead
    imprint: Imprint
    case_number: str
    programme: str
    starts_on: date | None
    reasons: tuple[PassOverReason, ...]
    words: tuple[str, ...]
    removal: RemovalReason | None
    questions: Questions
    print_size: int = 12


def problems_with_offer_letter(state: BookingState, answer_by: date | None, today: date) -> tuple[Problem, ...]:
    """A letter offers what is offered still: an offer that nobody answered in time holds no place."""
    if state is not BookingState.OFFERED or answer_by is None:
        return (Problem("letter.not_offered"),)
    return (Problem("letter.offer_expired", None, {"day": answer_by}),) if answer_by < today else ()


def problems_with_refusal(state: BookingState) -> tuple[Problem, ...]:
    """Only to one who waits, or was taken off the list, is it told that there is no place."""
    return () if state in (BookingState.REGISTERED, BookingState.REMOVED) else (Problem("letter.not_waiting"),)


def problems_with_free_places(free: int) -> tuple[Problem, ...]:
    """Nobody who was not passed over is told that every place is taken while one is free."""
    return (Problem("letter.place_is_free", None, {"n": free}),) if free else ()
