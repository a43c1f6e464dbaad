"""The next date of a series: what it steps over, and that it always comes to an end."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain import swedish
from rehabdesk.domain.session_dates import EveryWeeks, HolidayPeriod, HolidayWeeks, NthWeekday, propose, why_avoid
from rehabdesk.paths import resources

TUESDAY, THURSDAY, FRIDAY, SATURDAY = 1, 3, 4, 5


@pytest.fixture(scope="module")
def weeks() -> HolidayWeeks:
    return HolidayWeeks.from_data(json.loads((resources() / "rules" / "holiday_weeks.json").read_text("utf-8")))


def test_the_plain_next_date(weeks: HolidayWeeks) -> None:
    proposal = propose(date(2026, 11, 24), EveryWeeks(TUESDAY, 2), weeks)
    assert (proposal.day, proposal.stepped_over) == (date(2026, 12, 8), ())


def test_christmas_is_stepped_over_and_told(weeks: HolidayWeeks) -> None:
    proposal = propose(date(2026, 12, 10), EveryWeeks(THURSDAY, 2), weeks)
    assert proposal.day == date(2027, 1, 14)
    assert [(stepped.day, stepped.reason.code) for stepped in proposal.stepped_over] == [
        (date(2026, 12, 24), "session_date.free_day"),
        (date(2026, 12, 31), "session_date.free_day"),
        (date(2027, 1, 7), "session_date.holiday_week"),
    ]
    assert proposal.stepped_over[0].reason.params["name"] is swedish.FreeDay.CHRISTMAS_EVE
    assert proposal.stepped_over[2].reason.params["period"] is HolidayPeriod.CHRISTMAS


def test_a_squeeze_day_is_stepped_over(weeks: HolidayWeeks) -> None:
    proposal = propose(date(2026, 5, 8), EveryWeeks(FRIDAY, 1), weeks)
    assert proposal.day == date(2026, 5, 22)
    assert proposal.stepped_over[0].reason.code == "session_date.squeeze_day"


def test_a_moved_session_does_not_shift_the_series(weeks: HolidayWeeks) -> None:
    wednesday_instead = date(2026, 9, 9)
    assert propose(wednesday_instead, EveryWeeks(TUESDAY, 4), weeks).day == date(2026, 10, 6)


@pytest.mark.parametrize(
    ("after", "nth", "day"),
    [
        (date(2026, 11, 22), 1, date(2026, 12, 1)),
        (date(2026, 11, 22), 4, date(2026, 11, 24)),
        (date(2026, 11, 24), 4, date(2027, 1, 26)),  # 22 December lies in week 52
        (date(2026, 9, 1), 5, date(2026, 9, 29)),
        (date(2026, 9, 1), -1, date(2026, 9, 29)),
    ],
)
def test_the_nth_weekday_of_a_month(weeks: HolidayWeeks, after: date, nth: int, day: date) -> None:
    assert propose(after, NthWeekday(TUESDAY, nth), weeks).day == day


def test_a_saturday_series_may_meet_on_saturdays(weeks: HolidayWeeks) -> None:
    assert propose(date(2026, 11, 22), EveryWeeks(SATURDAY, 1), weeks).day == date(2026, 11, 28)


def test_rules_that_forbid_every_week_end() -> None:
    never = HolidayWeeks(dict.fromkeys(range(1, 54), HolidayPeriod.OTHER))
    proposal = propose(date(2026, 11, 22), EveryWeeks(TUESDAY, 1), never)
    assert proposal.day is None
    assert proposal.stepped_over


@given(
    st.dates(),
    st.one_of(
        st.builds(EveryWeeks, st.integers(0, 6), st.integers(1, 53)),
        st.builds(NthWeekday, st.integers(0, 6), st.sampled_from([1, 2, 3, 4, 5, -1])),
    ),
)
def test_a_proposal_is_later_on_the_weekday_and_good(after: date, rhythm: EveryWeeks | NthWeekday) -> None:
    rules = HolidayWeeks({week: HolidayPeriod.SUMMER for week in range(27, 32)})
    proposal = propose(after, rhythm, rules)
    if proposal.day is None:
        assert after > date(9995, 1, 1)
        return
    assert proposal.day > after
    assert proposal.day.weekday() == rhythm.weekday
    reason = why_avoid(proposal.day, rules)
    assert reason is None or (rhythm.weekday >= SATURDAY and reason.code == "session_date.weekend")
    days = [stepped.day for stepped in proposal.stepped_over] + [proposal.day]
    assert days == sorted(days)
    assert all(later - earlier >= timedelta(days=7) for earlier, later in zip(days, days[1:], strict=False))
