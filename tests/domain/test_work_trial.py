"""Work trials: two a year of fourteen calendar days, told to Försäkringskassan before; what is not confirmed only warns."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.rehab_chain import Period
from rehabdesk.domain.work_trial import Trial, count_of_year, problems_with_trial, proposed_end, warnings_about
from tests.helpers.chain import shipped_book

BOOK = shipped_book()
TODAY = date(2026, 11, 22)
START = date(2026, 11, 23)
WHOLE = [Period(date(2026, 8, 3), None, 100)]
TOLD = date(2026, 11, 20)


def trial(start: date = START, days: int = 14, notified_on: date | None = TOLD) -> Trial:
    return Trial(start, start + timedelta(days=days - 1), notified_on)


@pytest.mark.parametrize(
    ("one", "others", "periods", "expected"),
    [
        (trial(), [], WHOLE, []),
        (trial(days=15), [], WHOLE, ["work_trial.too_long"]),
        (trial(notified_on=None), [], WHOLE, ["work_trial.not_notified"]),
        (trial(notified_on=START), [], WHOLE, ["work_trial.notified_late"]),
        (trial(notified_on=START - timedelta(days=1)), [], WHOLE, []),
        (trial(), [trial(date(2026, 4, 1))], WHOLE, []),
        (trial(), [trial(date(2026, 4, 1)), trial(date(2026, 6, 1))], WHOLE, ["work_trial.too_many"]),
        (trial(), [trial(date(2025, 12, 30)), trial(date(2026, 6, 1))], WHOLE, []),
        (trial(), [], [Period(date(2026, 8, 3), None, 75)], ["work_trial.not_whole"]),
        (trial(), [], [Period(date(2026, 8, 3), date(2026, 12, 5), 100)], ["work_trial.not_whole"]),
        (trial(), [], [Period(date(2026, 8, 3), date(2026, 11, 30)), Period(date(2026, 12, 1), None)], []),
        (trial(date(2026, 2, 20), notified_on=date(2026, 2, 1)), [], WHOLE, ["work_trial.no_rule"]),
    ],
)
def test_what_the_rule_says_against_a_trial(one, others, periods, expected):
    assert [problem.code for problem in warnings_about(one, others, periods, BOOK)] == expected


@pytest.mark.parametrize(
    ("start", "end", "notified_on", "expected"),
    [
        (None, None, None, ("work_trial.start_missing", "start")), (START, None, None, ("work_trial.end_missing", "end")),
        (START, START - timedelta(days=1), None, ("work_trial.ends_before_start", "end")),
        (START, START, TODAY + timedelta(days=1), ("work_trial.notified_in_future", "notified_on")),
        (date(2026, 6, 10), date(2026, 6, 12), None, ("work_trial.overlaps", "start")),
    ],
)  # fmt: skip
def test_what_cannot_be(start, end, notified_on, expected):
    found = problems_with_trial(start, end, notified_on, [trial(date(2026, 6, 1))], TODAY)
    assert [(problem.code, problem.field) for problem in found] == [expected]


def test_the_year_is_counted():
    trials = [trial(date(2026, 4, 1)), trial(date(2026, 12, 25)), trial(date(2027, 1, 20))]
    count = count_of_year(trials, BOOK, TODAY)
    assert (count.used, count.most, count.left, count.year) == (2, 2, 0, 2026)
    assert count_of_year(trials, BOOK, date(2027, 5, 1)).left == 1
    assert count_of_year(trials, BOOK, date(2026, 2, 28)) is None


@given(st.dates(date(2026, 3, 1), date(2032, 12, 31)))
def test_the_longest_trial_is_fourteen_days_and_is_never_too_long(start):
    end = proposed_end(start, BOOK)
    assert (end - start).days + 1 == 14
    codes = [problem.code for problem in warnings_about(Trial(start, end, start - timedelta(days=1)), [], [Period(start, None)], BOOK)]
    assert codes == []


@given(st.lists(st.dates(date(2026, 3, 1), date(2028, 12, 1)), min_size=1, max_size=8, unique=True))
def test_the_third_of_a_year_is_warned_about_and_no_other(starts):
    trials = [trial(start, days=1, notified_on=start - timedelta(days=1)) for start in sorted(starts)]
    for place, one in enumerate(trials):
        others = trials[:place] + trials[place + 1:]
        earlier = sum(other.start.year == one.start.year for other in trials[:place])
        found = [problem.code for problem in warnings_about(one, others, [Period(date(2026, 1, 1), None)], BOOK)]
        assert ("work_trial.too_many" in found) is (earlier >= 2)
