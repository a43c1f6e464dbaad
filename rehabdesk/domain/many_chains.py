"""Where many people stand at once, quickly: the same answers as `rehab_chain` gives one by one, for ranking thousands of cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from rehabdesk.domain.cases import Employment
from rehabdesk.domain.chain_rules import Rule, RuleBook
from rehabdesk.domain.rehab_chain import Chain, Period, Person, changes_of_test, senior_on

#: A sick leave without an end, as an ordinal past every other.
GOES_ON = date.max.toordinal()


NextChange = tuple[date | None, int | None, Rule | None]
"""The date of the next change of test, the day of the chain it is, and the test."""


class PersonChain(NamedTuple):
    """One case's periods as ordinals (first day, last day or `GOES_ON`), in order, and who she is."""

    case_id: int
    case_number: str
    periods: list[tuple[int, int]]
    employment: str
    birth_year: int | None
    born_on: date | None


class BriefStanding(NamedTuple):
    """The day of the chain today, whether she is on sick leave today, and the next change of test."""

    case_id: int
    day: int
    is_sick: bool
    started_on: date
    next_on: date | None
    next_day: int | None
    next_rule: Rule | None


class ManyChains:
    """Answers for one book and one day; what it has worked out for one person serves the next who stands at the same day."""

    def __init__(self, book: RuleBook, today: date) -> None:
        self._book = book
        self._today = today
        self._ordinal = today.toordinal()
        self._join_now = book.join_under(today)
        self._next: dict[tuple[str, bool, int], NextChange] = {}
        self._seniors: dict[tuple[str, date | int | None], date | None] = {}
        # Chains from before the rule of joining changed are joined one by one, by the rule of their day.
        self._one_way = len({rule.number("join_under_days") for rule in book.rules if "join_under_days" in rule.numbers}) == 1

    def briefs(self, people: Iterable[PersonChain]) -> Iterator[BriefStanding]:
        """One for everybody whose chain runs or is paused today; others have no standing."""
        for one in people:
            joined = self.joined(one.periods)
            if joined:
                yield self._brief(one, joined)

    def joined(self, periods: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
        """The periods of the chain that runs or is paused today; none when it has not begun or is broken."""
        if periods[-1][1] + self._join_now < self._ordinal:
            # Most cases' sick leave ended long ago.
            return ()
        today, first, last = self._ordinal, 0, 0
        for place, (start, _) in enumerate(periods):
            if place and start - periods[place - 1][1] - 1 >= self._join_under(start):
                if start > today:
                    break
                first = place
            last = place + 1
        if periods[first][0] > today or periods[last - 1][1] + self._join_now < today:
            return ()
        return periods[first:last]

    def _join_under(self, start: int) -> int:
        return self._join_now if self._one_way else self._book.join_under(date.fromordinal(start))

    def _brief(self, one: PersonChain, joined: Sequence[tuple[int, int]]) -> BriefStanding:
        today = self._ordinal
        day, is_sick = 0, False
        for start, end in joined:
            if start <= today:
                day += min(end, today) - start + 1
                is_sick = start <= today <= end
        started_on = date.fromordinal(joined[0][0])
        if joined[-1][1] < today:
            return BriefStanding(one.case_id, day, is_sick, started_on, None, None, None)
        # Once nothing but the last period is left, what comes depends on the day and on who she is alone.
        next_on, next_day, rule = self._ahead(one, day) if joined[-1][0] <= today else self._through_gaps(one, joined)
        return BriefStanding(one.case_id, day, is_sick, started_on, next_on, next_day, rule)

    def _ahead(self, one: PersonChain, day: int) -> NextChange:
        senior = self._senior(one)
        # All who have reached the age stand alike, and until she does so does she.
        has_reached = senior is not None and senior <= self._today
        key = (one.employment, has_reached, day)
        found = self._next.get(key)
        if found is None:
            alike = one if has_reached else one._replace(birth_year=None, born_on=None)
            found = self._next[key] = self._first(alike, self._unbroken(day))
        comes_first = senior is not None and not has_reached and (found[0] is None or senior <= found[0])
        return self._first(one, self._unbroken(day)) if comes_first else found

    def _unbroken(self, day: int) -> Chain:
        """A chain that stands at this day today, and goes on."""
        return Chain((Period(self._today - timedelta(days=day - 1), None),))

    def _through_gaps(self, one: PersonChain, joined: Sequence[tuple[int, int]]) -> NextChange:
        periods = (Period(date.fromordinal(start), None if end == GOES_ON else date.fromordinal(end)) for start, end in joined)
        return self._first(one, Chain(tuple(periods)))

    def _first(self, one: PersonChain, chain: Chain) -> NextChange:
        person = Person(Employment(one.employment), one.birth_year, one.born_on)
        first = next(changes_of_test(chain.forecast_day_on, chain.date_of, person, self._book, self._today), None)
        return (first.on, first.day, first.rule) if first is not None else (None, None, None)

    def _senior(self, one: PersonChain) -> date | None:
        key = (one.employment, one.born_on or one.birth_year)
        if key[1] is None:
            return None
        if key not in self._seniors:
            self._seniors[key] = senior_on(Person(Employment(one.employment), one.birth_year, one.born_on), self._book)
        return self._seniors[key]
