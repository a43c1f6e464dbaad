"""A session series: what it needs before it can be kept, and how it is named on the command line and in case numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rehabdesk.domain.forum import SeriesKind, minutes_between, problems_with_controller
from rehabdesk.domain.parties import OrganisationKind
from rehabdesk.domain.problems import Problem

#: As `domain.cases.NUMBER` reads it back.
_PREFIX = re.compile(r"[A-ZÅÄÖ]{1,6}")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
# Letters that do not come apart into a letter and an accent.
_SPELT_OUT = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ß": "ss", "þ": "th", "ð": "d", "œ": "oe"})

MOST_MINUTES = 600
MOST_WEEKS = 53
MOST_EVERY = 52


@dataclass(frozen=True, slots=True)
class SeriesDetails:
    """Everything that is chosen about a series. `weekday` counts from Monday 0; `case_prefix` is empty where no cases are."""

    name: str
    kind: SeriesKind
    controller_id: int
    controller_board: str = ""
    case_prefix: str = ""
    weekday: int = 1
    interval_weeks: int = 4
    start: str = "13:00"
    end: str = "15:30"
    place: str = ""


@dataclass(frozen=True, slots=True)
class KnownSeries:
    """What the rules about one series need to know of another."""

    id: int
    name: str
    case_prefix: str


def slug_of(name: str, taken: Iterable[str] = ()) -> str:
    """The name for the command line: "Rehabforum Öst" is rehabforum-ost, numbered where that is taken."""
    plain = unicodedata.normalize("NFD", name.casefold().translate(_SPELT_OUT))
    base = _NOT_SLUG.sub("-", plain.encode("ascii", "ignore").decode()).strip("-") or "forum"
    used = set(taken)
    slug, number = base, 2
    while slug in used:
        slug, number = f"{base}-{number}", number + 1
    return slug


def problems_with_series(
    details: SeriesDetails, controller_kind: OrganisationKind | None, others: Iterable[KnownSeries]
) -> tuple[Problem, ...]:
    """A name, a controller that may be one, times in order, and for a rehab forum a prefix nobody else numbers cases with."""
    found: list[Problem] = []
    if not details.name:
        found.append(Problem("series.name_missing", "name"))
    if controller_kind is None:
        found.append(Problem("series.controller_missing", "controller"))
    found.extend(problems_with_controller(details.kind, controller_kind is OrganisationKind.COORDINATION_ASSOCIATION))
    for other in others:
        if details.name and other.name.casefold() == details.name.casefold():
            found.append(Problem("series.exists", "name", {"name": other.name}))
        if details.case_prefix and other.case_prefix == details.case_prefix:
            found.append(Problem("series.prefix_taken", "case_prefix", {"prefix": details.case_prefix, "series": other.name}))
    if details.case_prefix and not _PREFIX.fullmatch(details.case_prefix):
        found.append(Problem("series.prefix_shape", "case_prefix"))
    elif details.kind is SeriesKind.REHAB_FORUM and not details.case_prefix:
        found.append(Problem("series.prefix_missing", "case_prefix"))
    return (*found, *_problems_with_rhythm(details))


def problems_with_standing_item(title: str, minutes: int, every: int) -> tuple[Problem, ...]:
    """A line of the standing agenda has a title, a box within the day and comes at least once a year."""
    found: list[Problem] = []
    if not title:
        found.append(Problem("standing.title_missing", "title"))
    if not 0 <= minutes <= MOST_MINUTES:
        found.append(Problem("standing.minutes_range", "minutes", {"most": MOST_MINUTES}))
    if not 1 <= every <= MOST_EVERY:
        found.append(Problem("standing.every_range", "every", {"most": MOST_EVERY}))
    return tuple(found)


def _problems_with_rhythm(details: SeriesDetails) -> tuple[Problem, ...]:
    found = [
        Problem("series.time_shape", name) for name, value in (("start", details.start), ("end", details.end)) if not _TIME.fullmatch(value)
    ]
    if not found and minutes_between(details.start, details.end) <= 0:
        found.append(Problem("series.ends_before_it_starts", "end"))
    if not 0 <= details.weekday <= 6:
        found.append(Problem("series.weekday_range", "weekday"))
    if not 1 <= details.interval_weeks <= MOST_WEEKS:
        found.append(Problem("series.interval_range", "interval_weeks", {"most": MOST_WEEKS}))
    return tuple(found)
