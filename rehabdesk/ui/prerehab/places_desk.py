"""What all parts of a round's places look at: the round, its places over its weeks, and who could be offered one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal

from rehabdesk.domain.claims import Waiter
from rehabdesk.domain.prerehab import OccasionState
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services.prerehab import proposals
from rehabdesk.services.prerehab.proposals import Proposal
from rehabdesk.store.queries.prerehab import claims as claim_queries
from rehabdesk.store.queries.prerehab import occasions as occasion_queries
from rehabdesk.store.queries.prerehab import places as place_queries
from rehabdesk.store.queries.prerehab import programmes as programme_queries
from rehabdesk.store.queries.prerehab import rounds as round_queries
from rehabdesk.store.queries.prerehab.claims import ClaimRow
from rehabdesk.store.queries.prerehab.occasions import OccasionRow
from rehabdesk.store.queries.prerehab.places import SpanRow
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.ui.prerehab.places_rows import (
    DAY,
    Kind,
    PlaceLine,
    Stretch,
    empty_weeks,
    first_start,
    place_lines,
    problems_with_filling,
)
from rehabdesk.ui.shell.context import Context

#: Every table whose rows the face shows.
TABLES = frozenset({"booking", "offer", "place", "round", "occasion", "programme", "case", "participant", "pass_over"})
#: Days to answer where the programme is not there to ask.
ANSWER_DAYS = 10


class PlacesDesk(QObject):
    """The rows behind the face. `changed` after they were read again."""

    changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.row: RoundRow | None = None
        self.lines: tuple[PlaceLine, ...] = ()
        self.empty: frozenset[date] = frozenset()
        self._answer_days = ANSWER_DAYS
        self._occasions: tuple[OccasionRow, ...] = ()
        self._proposal: Proposal | None = None
        self._claims: dict[int, ClaimRow] | None = None

    @property
    def today(self) -> date:
        """The day."""
        return self.context.clock.today()

    def answer_by(self, start: date) -> date:
        """The day by which an offer made today is to be answered: so many days as the programme gives, but before she begins."""
        return max(self.today, min(self.today + timedelta(days=self._answer_days), start - DAY))

    @property
    def free(self) -> tuple[tuple[int, Stretch], ...]:
        """What can be filled, by the number of its place: what lies free, and what an offer held that nobody answered in time."""
        return tuple((line.id, stretch) for line in self.lines for stretch in line.stretches if self._can_be_filled(line, stretch))

    def first_day(self, free_from: date) -> date:
        """The first day somebody could come to a place that is free from a day: that of the next occasion."""
        start = first_start(self.row, free_from, self.today)
        coming = (occasion.on for occasion in self._occasions if occasion.state is not OccasionState.CANCELLED and occasion.on >= start)
        return min(coming, default=start)

    @property
    def proposal(self) -> Proposal | None:
        """Who could be offered a place; worked out when somebody looks at a free one."""
        if self._proposal is None and self.row is not None:
            self._proposal = self.context.store.read(proposals.proposal, self.row.id, self.today)
        return self._proposal

    def waiting(self) -> tuple[ClaimRow, ...]:
        """Everybody on the list of the programme, in its order."""
        return self.context.store.read(claim_queries.waiting, self.row.programme_id, self.today)

    def waiters(self, start: date) -> tuple[Waiter, ...]:
        """The same people with what would pass them over by itself, for a place from a day."""
        return self.context.store.read(claim_queries.before, self.row.programme_id, self.row.id, start, self.today)

    def numbers_free_for(self, claim: SpanRow) -> tuple[int, ...]:
        """The places of the round that nobody has on any day of this claim."""
        return tuple(
            line.id for line in self.lines
            if not line.place.is_extra and not any(_meet(claim, other) for other in line.place.claims)
        )

    def row_of(self, booking_id: int) -> ClaimRow | None:
        """What more is known of a claim in the round, as lists across cases tell it."""
        if self._claims is None and self.row is not None:
            self._claims = {row.id: row for row in self.context.store.read(claim_queries.of_round, self.row.id, self.today)}
        return (self._claims or {}).get(booking_id)

    def show_round(self, row: RoundRow) -> None:
        """Look at this round."""
        self.row = row
        self.reload()

    def reload(self) -> None:
        """Read everything again."""
        if self.row is None:
            return
        with self.context.store.one_moment():
            self._read()
        self.changed.emit()

    def _can_be_filled(self, line: PlaceLine, stretch: Stretch) -> bool:
        is_expired = stretch.claim is not None and stretch.claim.is_expired and not line.place.is_extra
        return stretch.kind is Kind.FREE or is_expired and not problems_with_filling(self.row, stretch.from_on, self.today)

    def _read(self) -> None:
        store = self.context.store
        self.row = store.read(round_queries.round_of, self.row.id, self.today) or self.row
        programme = store.read(programme_queries.programme, self.row.programme_id)
        self._answer_days = programme.answer_days if programme is not None else ANSWER_DAYS
        self._proposal = self._claims = None
        self.lines = place_lines(self.row, store.read(place_queries.places_of, self.row.id, self.today), self.today)
        self._occasions = store.read(occasion_queries.of_round, self.row.id)
        self.empty = empty_weeks(self.row, self._occasions)

    def attempt(self, verb: Callable[..., object], sentence: str, *args: object, **kwargs: object) -> tuple[Problem, ...]:
        """Do a service's verb and say what was done; the reasons when it is refused."""
        try:
            verb(self.context.store, *args, **kwargs)
        except Refused as refused:
            return refused.problems
        self.context.say_done(sentence)
        return ()


def _meet(claim: SpanRow, other: SpanRow) -> bool:
    """Whether both are on a place on the same day; the place one is on already is no other place."""
    return claim.booking_id == other.booking_id or max(claim.starts_on, other.starts_on) <= min(claim.ends_on, other.ends_on)
