"""Work trials (arbetsprövning): stretches of trying to work with the benefit kept, and what a rule says about them.

The rule is not confirmed in force text, so what it says is a warning and refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rehabdesk.domain.chain_rules import Rule, RuleBook, RuleKind
from rehabdesk.domain.problems import Problem
from rehabdesk.domain.rehab_chain import Period

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Trial:
    """One trial, both days counted; `notified_on` is when Försäkringskassan was told."""

    start: date
    end: date
    notified_on: date | None = None

    @property
    def days(self) -> int:
        """Calendar days, the first and the last among them."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class TrialCount:
    """How many of a year's trials are used."""

    year: int
    used: int
    most: int
    most_days: int

    @property
    def left(self) -> int:
        """How many more there can be."""
        return max(0, self.most - self.used)


def trial_rule(book: RuleBook, on: date) -> Rule | None:
    """What holds for a trial that begins on this date."""
    return book.one(RuleKind.TRIAL, on)


def count_of_year(trials: Iterable[Trial], book: RuleBook, today: date) -> TrialCount | None:
    """This year's trials, counted in the year they begin; None when no rule about them is in force."""
    rule = trial_rule(book, today)
    if rule is None:
        return None
    used = sum(trial.start.year == today.year for trial in trials)
    return TrialCount(today.year, used, rule.number("most_per_year"), rule.number("most_days"))


def proposed_end(start: date, book: RuleBook) -> date:
    """The last day of the longest trial that begins on a day."""
    rule = trial_rule(book, start)
    return start + timedelta(days=rule.number("most_days") - 1) if rule is not None else start


def problems_with_trial(start: date | None, end: date | None, notified_on: date | None, others: Iterable[Trial], today: date) -> tuple[Problem, ...]:
    """What cannot be: no days, an end before the start, a notice that has not been given yet, two trials over one another."""
    if start is None:
        return (Problem("work_trial.start_missing", "start"),)
    if end is None:
        return (Problem("work_trial.end_missing", "end"),)
    if end < start:
        return (Problem("work_trial.ends_before_start", "end", {"start": start}),)
    found: list[Problem] = []
    if notified_on is not None and notified_on > today:
        found.append(Problem("work_trial.notified_in_future", "notified_on"))
    met = next((other for other in others if other.start <= end and start <= other.end), None)
    if met is not None:
        found.append(Problem("work_trial.overlaps", "start", {"start": met.start, "end": met.end}))
    return tuple(found)


def warnings_about(trial: Trial, others: Iterable[Trial], periods: Iterable[Period], book: RuleBook) -> tuple[Problem, ...]:
    """What the rule says against it."""
    rule = trial_rule(book, trial.start)
    if rule is None:
        return (Problem("work_trial.no_rule", "start", {"day": trial.start}),)
    found: list[Problem] = []
    most, per_year = rule.number("most_days"), rule.number("most_per_year")
    if trial.days > most:
        found.append(Problem("work_trial.too_long", "end", {"n": trial.days, "most": most}))
    same_year = sum(other.start.year == trial.start.year and other.start < trial.start for other in others)
    if same_year >= per_year:
        found.append(Problem("work_trial.too_many", "start", {"most": per_year, "year": str(trial.start.year)}))
    if trial.notified_on is None:
        found.append(Problem("work_trial.not_notified", "notified_on", {"start": trial.start}))
    elif trial.notified_on >= trial.start:
        found.append(Problem("work_trial.notified_late", "notified_on", {"start": trial.start}))
    if not _is_covered(trial, periods, rule.number("needs_degree")):
        found.append(Problem("work_trial.not_whole", "start", {"degree": rule.number("needs_degree")}))
    return tuple(found)


def _is_covered(trial: Trial, periods: Iterable[Period], degree: int) -> bool:
    """Whether sick leave of that degree covers every day of it."""
    next_day = trial.start
    for period in sorted(periods, key=_by_start):
        if period.degree >= degree and period.covers(next_day):
            if period.last >= trial.end:
                return True
            next_day = period.last + _ONE_DAY
    return False


def _by_start(period: Period) -> date:
    return period.start
