"""Actions across all cases: how long they have lain, party by party.

Two things are never told across cases (`product.md` rule 5): which actions a sensitive party answers for, and anything by which
those could be picked out. Outside its case such an action is one of those that "the participant or another party" answers for,
together with the participants' own and those that nobody answers for, so that no filter, order or picture sets it apart.

The figures here are not masked: they count actions, not people, and stand beside the rows they count, on the coordinator's own
page. Nothing of them goes into a report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rehabdesk.domain.forum import days_late

#: Moved so many times, an action is looked at again.
MOVED_OFTEN = 2
#: The last day of each span of lateness, in days.
TWO_WEEKS, A_MONTH = 14, 30


class Age(StrEnum):
    """How an open action stands to its date, the best first."""

    IN_TIME = "in_time"
    NO_DATE = "no_date"
    LATE = "late"
    LATE_WEEKS = "late_weeks"
    LATE_LONG = "late_long"


#: The ages that are late.
LATE_AGES = frozenset({Age.LATE, Age.LATE_WEEKS, Age.LATE_LONG})


@dataclass(frozen=True, slots=True)
class OpenAction:
    """What the ageing needs of one open action: whose it is, and by when."""

    party_id: int
    party: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class PartyAgeing:
    """One party's open actions by age, in the order of `Age`."""

    party_id: int
    party: str
    counts: tuple[int, ...]

    @property
    def id(self) -> int:
        """The party's id."""
        return self.party_id

    @property
    def total(self) -> int:
        """How many are open."""
        return sum(self.counts)

    @property
    def late(self) -> int:
        """How many are past their date."""
        return sum(count for age, count in zip(Age, self.counts, strict=True) if age in LATE_AGES)

    def of(self, age: Age) -> int:
        """How many are of this age."""
        return self.counts[tuple(Age).index(age)]


def age_of(due_on: date | None, today: date) -> Age:
    """How an open action stands to its date."""
    if due_on is None:
        return Age.NO_DATE
    late = days_late(due_on, today)
    if late == 0:
        return Age.IN_TIME
    if late <= TWO_WEEKS:
        return Age.LATE
    return Age.LATE_WEEKS if late <= A_MONTH else Age.LATE_LONG


def ageing(actions: Iterable[OpenAction], today: date) -> tuple[PartyAgeing, ...]:
    """Each party's open actions by age: the party with most late ones first, then the one with most, then by name as given."""
    counts: dict[int, dict[Age, int]] = {}
    names: dict[int, str] = {}
    for action in actions:
        names.setdefault(action.party_id, action.party)
        of_party = counts.setdefault(action.party_id, dict.fromkeys(Age, 0))
        of_party[age_of(action.due_on, today)] += 1
    found = [PartyAgeing(party_id, names[party_id], tuple(of_party.values())) for party_id, of_party in counts.items()]
    return tuple(sorted(found, key=_most_late_first))


def _most_late_first(party: PartyAgeing) -> tuple[int, int]:
    return -party.late, -party.total
