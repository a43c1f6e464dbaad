"""The days of a round: over red days and breaks, and several rounds one after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rehabdesk.domain import swedish
from rehabdesk.domain.problems import Refused
from rehabdesk.domain.rounds import (
    Break,
    RoundDetails,
    RoundState,
    Year,
    day_conflict,
    days_of,
    from_its_first_weekday,
    holiday_weeks_met,
    planned_year,
    problems_with_round,
    read_breaks,
    state_on,
    written_breaks,
)
from rehabdesk.domain.session_dates import HolidayPeriod, HolidayWeeks
from rehabdesk.domain.spoken_dates import parse_date

WEEKS = HolidayWeeks.from_data({
    "periods": [{"reason": "summer", "weeks": [27, 28, 29, 30, 31]}, {"reason": "autumn_break", "weeks": [44]},
                {"reason": "christmas", "weeks": [52, 53, 1]}]
})  # fmt: skip
NONE = HolidayWeeks({})
PLAIN = RoundDetails(1, "", date(2027, 1, 12), 8, (1, 3), "09:00", "12:00", "", 4, 8)

breaks = st.builds(
    lambda first, length: Break(first, first + timedelta(days=length)), st.dates(date(2026, 1, 1), date(2029, 1, 1)), st.integers(0, 20)
)
rounds = st.builds(
    lambda starts_on, weeks, weekdays, resting: replace(PLAIN, starts_on=starts_on, weeks=weeks, weekdays=tuple(weekdays), breaks=resting),
    st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.integers(1, 20), st.sets(st.integers(0, 6), min_size=1), st.tuples(breaks, breaks),
)  # fmt: skip


def next_day(text: str, after: date) -> date | None:
    """A day in words, the next from another."""
    reading = parse_date(text, after)
    return reading.day if reading is not None else None


@given(rounds)
def test_a_round_has_its_weeks_on_its_weekdays_but_for_red_days(details):
    span = days_of(details)
    assert span.is_whole
    assert list(span.days) == sorted(set(span.days))
    for day in span.days:
        assert day >= details.starts_on and day.weekday() in details.weekdays
        assert swedish.free_day(day) is None and not any(rest.covers(day) for rest in details.breaks)
    red = [over for over in span.stepped_over if over.reason.code == "round.free_day"]
    assert len(span.days) + len(red) == details.weeks * len(details.weekdays)


@given(rounds)
def test_every_weekday_up_to_the_last_is_taken_or_told_about(details):
    span = days_of(details)
    told = {*span.days, *(over.day for over in span.stepped_over)}
    day = details.starts_on
    while span.ends_on is not None and day <= span.ends_on:
        assert (day in told) == (day.weekday() in details.weekdays)
        day += timedelta(days=1)


@given(rounds)
def test_a_break_never_makes_a_round_shorter_in_days_or_end_earlier(details):
    without, with_them = days_of(replace(details, breaks=())), days_of(details)
    assert with_them.ends_on is None or without.ends_on is None or with_them.ends_on >= without.ends_on


@given(rounds)
def test_resting_in_the_holiday_weeks_met_leaves_no_day_in_one(details):
    resting = tuple(week.as_break for week in holiday_weeks_met(details, WEEKS))
    span = days_of(replace(details, breaks=(*details.breaks, *resting)))
    assert all(WEEKS.period(day) is None for day in span.days)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@given(rounds, st.integers(1, 7), st.integers(1, 12))
def test_the_rounds_of_a_year_begin_so_many_weeks_apart(details, count, every):
    # A week whose only day is red is no round.
    assume(planned_year(Year(details, 1, every, WEEKS)).rounds)
    planned = planned_year(Year(details, count, every, WEEKS)).rounds
    assert len(planned) == count
    for earlier, later in zip(planned, planned[1:], strict=False):
        assert monday_of(later.starts_on) - monday_of(earlier.starts_on) >= timedelta(weeks=every)
        if every > details.weeks and not details.breaks:
            assert later.starts_on > days_of(earlier).ends_on
    for one in planned:
        # Each stands by itself: what is kept of it gives the same days again.
        assert days_of(one).is_whole and not [problem for problem in problems_with_round(one) if problem.code != "round.no_days"]
        assert all(WEEKS.period(day) is None for day in days_of(one).days)


@given(rounds)
def test_a_round_from_its_first_weekday_has_the_same_days(details):
    first = from_its_first_weekday(details)
    assert first.starts_on.weekday() in details.weekdays and 0 <= (first.starts_on - details.starts_on).days < 7
    assert days_of(first).days == days_of(details).days and from_its_first_weekday(first) == first


def test_a_red_day_is_stepped_over_and_not_replaced():
    span = days_of(replace(PLAIN, starts_on=date(2027, 5, 4), weeks=1))
    assert span.days == (date(2027, 5, 4),)
    assert [(over.day, over.reason.params["name"].value) for over in span.stepped_over] == [(date(2027, 5, 6), "ascension_day")]


def test_a_holiday_week_is_made_up_for_at_the_end():
    rest = Break(date(2027, 2, 15), date(2027, 2, 21), "winter_break")
    assert days_of(PLAIN).ends_on == date(2027, 3, 4)
    assert days_of(replace(PLAIN, breaks=(rest,))).ends_on == date(2027, 3, 11)
    assert rest.holiday is HolidayPeriod.WINTER_BREAK and Break(rest.from_on, rest.to_on, "egna ord").holiday is None


def test_a_week_that_is_rested_in_is_not_counted_between_two_starts():
    """Six rounds of eight weeks go into a year that has nine weeks of rest, where they may run beside one another."""
    winter = Break(date(2027, 2, 15), date(2027, 2, 21), "sportlov")
    first = replace(PLAIN, starts_on=date(2027, 1, 12), weeks=8, breaks=(winter,))
    _, second = planned_year(Year(first, 2, 8, NONE)).rounds
    assert second.starts_on == date(2027, 3, 16)
    assert [one.starts_on.year for one in planned_year(Year(first, 6, 7, WEEKS)).rounds] == [2027] * 6


def test_a_holiday_week_can_be_worked_in():
    autumn = replace(PLAIN, starts_on=date(2027, 10, 26))
    assert [week.monday for week in planned_year(Year(autumn, 1, 1, WEEKS)).holidays] == [date(2027, 11, 1)]
    worked = planned_year(Year(autumn, 1, 1, WEEKS, frozenset({date(2027, 11, 1)})))
    assert worked.rounds[0].breaks == () and [week.monday for week in worked.holidays] == [date(2027, 11, 1)]


def test_the_late_start_of_later_rounds_is_as_far_in():
    first = replace(PLAIN, last_late_start_on=date(2027, 1, 31), name="Vintern")
    one, two = planned_year(Year(first, 2, 1, NONE)).rounds
    assert (one.name, two.name) == ("Vintern", "")
    assert two.last_late_start_on - two.starts_on == first.last_late_start_on - first.starts_on


@pytest.mark.parametrize(("text", "expected"), [
    ("v. 7 sportlov", [Break(date(2027, 2, 15), date(2027, 2, 21), "sportlov")]),
    ("vecka 2", [Break(date(2027, 1, 11), date(2027, 1, 17))]),
    ("15/2–19/2 studieresa, 2027-03-01", [Break(date(2027, 2, 15), date(2027, 2, 19), "studieresa"), Break(date(2027, 3, 1), date(2027, 3, 1))]),
    ("", []), (" , ", []),
])  # fmt: skip
def test_breaks_are_read_as_they_are_written(text, expected):
    assert list(read_breaks(text, PLAIN.starts_on, next_day)) == expected


@pytest.mark.parametrize("text", ["sportlov", "v. 77", "31/2", "15/2–hej", "v. 7, kanske"])
def test_what_is_no_break_is_told(text):
    with pytest.raises(Refused) as refused:
        read_breaks(text, PLAIN.starts_on, next_day)
    assert [problem.code for problem in refused.value.problems] == ["round.break_not_understood"]


@given(st.lists(breaks.filter(lambda rest: rest.from_on >= PLAIN.starts_on), max_size=3))
def test_written_breaks_are_read_back(some):
    assert list(read_breaks(written_breaks(some), PLAIN.starts_on, next_day)) == some


def test_what_speaks_against_a_day_is_told():
    rest = Break(date(2027, 2, 15), date(2027, 2, 21))
    codes = [day_conflict(day, (rest,)) for day in (date(2027, 5, 6), date(2027, 2, 16), date(2027, 2, 27), date(2027, 2, 23))]
    assert [problem.code if problem else None for problem in codes] == ["occasion.free_day", "occasion.in_break", "occasion.weekend", None]


def test_where_a_round_stands_follows_from_its_days():
    days = (date(2027, 1, 12), date(2027, 3, 4))
    assert [state_on(day, *days, None) for day in (date(2027, 1, 11), date(2027, 1, 12), date(2027, 3, 5))] == [
        RoundState.TO_COME, RoundState.UNDER_WAY, RoundState.OVER
    ]  # fmt: skip
    assert state_on(date(2027, 1, 11), *days, date(2026, 12, 1)) is RoundState.CANCELLED


def test_a_mistyped_year_ends_with_a_sentence():
    assert not days_of(replace(PLAIN, starts_on=date(9999, 12, 20))).is_whole
    assert planned_year(Year(replace(PLAIN, starts_on=date(9999, 12, 20)), 3, 1, WEEKS)).rounds == ()
    forever = replace(PLAIN, breaks=(Break(date(2026, 1, 1), date(2036, 1, 1)),))
    assert [problem.code for problem in problems_with_round(forever)] == ["round.breaks_too_long"]
