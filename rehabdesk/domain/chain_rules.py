"""The rules of the rehabilitation chain as dated data: which test, step, level or duty holds on which day of a chain, and when.

A law is a file of rows (`resources/rules/README.md`), each with the days of the chain it is about and the dates it is in
force. Older and newer rows stand beside one another, and a later file can end an earlier row: a new law is a new file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from rehabdesk.domain.cases import Employment

#: The format of rule files that this program reads.
FORMAT = 1


class RuleKind(StrEnum):
    """What a row is about."""

    TEST = "test"
    STEP = "step"
    LEVEL = "level"
    PLAN = "plan"
    TRIAL = "trial"
    COUNTING = "counting"
    NOTE = "note"


class Certainty(StrEnum):
    """How sure a row is: read at its source, common knowledge, concluded from the law, or not yet confirmed."""

    FOUND = "found"
    KNOWN = "known"
    DERIVED = "derived"
    UNCERTAIN = "uncertain"


class Situation(StrEnum):
    """How the chain looks at somebody: her employment, or that she has reached the age of the senior rule."""

    EMPLOYED = "employed"
    SELF_EMPLOYED = "self_employed"
    UNEMPLOYED = "unemployed"
    ON_DEMAND = "on_demand"
    SENIOR = "senior"


@dataclass(frozen=True, slots=True)
class Words:
    """What a row says, in both languages."""

    sv: str
    en: str

    def written(self, language: str) -> str:
        """In "sv" or "en"."""
        return self.en if language == "en" else self.sv


@dataclass(frozen=True, slots=True)
class Exemption:
    """A reason for which the earlier test is kept; `before_day` where it ends with a day of the chain."""

    words: Words
    before_day: int | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One row. `numbers` holds what only its kind has: `join_under_days`, `deadline_day`, `most_days` …"""

    id: str
    kind: RuleKind
    name: Words
    about: Words
    source: str
    certainty: Certainty
    valid_from: date | None = None
    valid_to: date | None = None
    applies_to: frozenset[Situation] = frozenset()
    from_day: int = 0
    to_day: int | None = None
    exceptions: tuple[Exemption, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict, hash=False)

    def in_force(self, on: date) -> bool:
        """Whether it holds on this date."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)

    def covers(self, day: int) -> bool:
        """Whether it is about this day of a chain."""
        return self.from_day <= day and (self.to_day is None or day <= self.to_day)

    def number(self, name: str) -> int:
        """A number of its kind."""
        return self.numbers[name]


@dataclass(frozen=True, slots=True)
class AgeRow:
    """For those born in these years: the age of the senior rule, and the age until which it can be used."""

    born_from: int | None
    born_to: int | None
    senior_age: int
    guarantee_age: int
    source: str
    certainty: Certainty

    def is_about(self, year: int) -> bool:
        """Whether somebody born in this year belongs here."""
        return (self.born_from is None or self.born_from <= year) and (self.born_to is None or year <= self.born_to)


@dataclass(frozen=True)
class RuleBook:
    """Every row there is, older and newer, whatever file it came from."""

    rules: tuple[Rule, ...]
    ages: tuple[AgeRow, ...] = ()
    ages_valid_from: date | None = None
    ages_apply_to: frozenset[Situation] = frozenset()

    def test_on(self, situation: Situation, day: int, on: date) -> Rule | None:
        """What ability to work is tested against, on this day of the chain, which is this date."""
        return next((rule for rule in self.tests(situation) if rule.covers(day) and rule.in_force(on)), None)

    def tests(self, situation: Situation) -> tuple[Rule, ...]:
        """The tests for a situation, of whatever time, in the order of the chain's days."""
        return self._tests.get(situation, ())

    def of_kind(self, kind: RuleKind, on: date, situation: Situation | None = None) -> tuple[Rule, ...]:
        """The rows of a kind in force on a date; only those about a situation, where one is given."""
        return tuple(
            rule for rule in self._by_kind.get(kind, ()) if rule.in_force(on) and (situation is None or situation in rule.applies_to)
        )

    def one(self, kind: RuleKind, on: date, situation: Situation | None = None) -> Rule | None:
        """The row of a kind in force on a date, if there is any."""
        return next(iter(self.of_kind(kind, on, situation)), None)

    def join_under(self, on: date) -> int:
        """Periods are joined when fewer days than this lie between them, the later one beginning on a date."""
        rule = self.one(RuleKind.COUNTING, on)
        return rule.number("join_under_days") if rule is not None else 0

    def dates_of_change(self, after: date) -> tuple[date, ...]:
        """The dates to come on which a row begins to hold, in order. (Where one ends and none begins, nothing new is said.)"""
        found = {rule.valid_from for rule in self.rules if rule.valid_from is not None and rule.valid_from > after}
        return tuple(sorted(found))

    def ages_of(self, year: int) -> AgeRow | None:
        """The ages that hold for somebody born in a year."""
        return next((row for row in self.ages if row.is_about(year)), None)

    @cached_property
    def _tests(self) -> Mapping[Situation, tuple[Rule, ...]]:
        ordered = sorted((rule for rule in self.rules if rule.kind is RuleKind.TEST), key=_by_day)
        return {each: tuple(rule for rule in ordered if each in rule.applies_to) for each in Situation}

    @cached_property
    def _by_kind(self) -> Mapping[RuleKind, tuple[Rule, ...]]:
        return {kind: tuple(rule for rule in self.rules if rule.kind is kind) for kind in RuleKind}


def situation_of(employment: Employment) -> Situation:
    """How the chain looks at an employment, before any age."""
    return Situation(employment.value)


def overlapping(rules: Iterable[Rule]) -> Iterator[tuple[Rule, Rule]]:
    """Pairs of tests that both answer for some day and date of somebody: such a book gives two answers."""
    tests = [rule for rule in rules if rule.kind is RuleKind.TEST]
    for place, one in enumerate(tests):
        for other in tests[place + 1:]:
            if one.applies_to & other.applies_to and _days_meet(one, other) and _dates_meet(one, other):
                yield one, other


def _days_meet(one: Rule, other: Rule) -> bool:
    return (one.to_day is None or other.from_day <= one.to_day) and (other.to_day is None or one.from_day <= other.to_day)


def _dates_meet(one: Rule, other: Rule) -> bool:
    return _begins_by(one.valid_from, other.valid_to) and _begins_by(other.valid_from, one.valid_to)


def _begins_by(start: date | None, end: date | None) -> bool:
    return start is None or end is None or start <= end


def _by_day(rule: Rule) -> tuple[int, date]:
    return rule.from_day, rule.valid_from or date.min
