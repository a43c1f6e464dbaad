"""Times as a calendar file: read back by the library that others use, in Swedish time at any time of the year."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from rehabdesk.exchange.calendar_file import ZONE, CalendarTime, write_calendar

STOCKHOLM = ZoneInfo(ZONE)
MADE = date(2026, 11, 22)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=120)


def read(*times: CalendarTime, made_on: date = MADE):
    calendar = Calendar.from_ical(write_calendar(times, made_on))
    return calendar, calendar.walk("VEVENT")


@pytest.mark.parametrize(
    ("on", "hours_to_utc"),
    [
        (date(2027, 3, 27), 1), (date(2027, 3, 28), 2), (date(2027, 3, 29), 2),
        (date(2026, 10, 24), 2), (date(2026, 10, 25), 1), (date(2026, 12, 1), 1), (date(2027, 7, 1), 2),
    ],
)  # fmt: skip
def test_a_time_is_that_of_the_clock_on_the_wall_around_each_change(on: date, hours_to_utc: int) -> None:
    _, (event,) = read(CalendarTime("1@calendar", on, "09:00", "12:00", "Bokad tid"))
    assert event.decoded("dtstart").astimezone(UTC) == datetime.combine(on, time(9 - hours_to_utc), UTC)
    assert event["dtstart"].params["TZID"] == ZONE
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=3)


@given(st.dates(date(2020, 1, 1), date(2060, 12, 31)), st.integers(0, 23), st.sampled_from([0, 30]))
@settings(max_examples=60, deadline=None)
def test_the_zone_written_out_agrees_with_the_system_s(on: date, hour: int, minute: int) -> None:
    zone = write_calendar((), MADE)
    written = Calendar.from_ical(zone.replace(ZONE.encode(), b"Somewhere")).walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    naive = datetime.combine(on, time(hour, minute))
    ours, theirs = naive.replace(tzinfo=STOCKHOLM), naive.replace(tzinfo=written)
    is_doubtful = ours.replace(fold=0).utcoffset() != ours.replace(fold=1).utcoffset()
    assert is_doubtful or theirs.utcoffset() == ours.utcoffset()


@given(WORDS, WORDS)
@settings(max_examples=60, deadline=None)
def test_any_title_and_place_come_back(title: str, place: str) -> None:
    _, (event,) = read(CalendarTime("1@calendar", MADE, "09:00", "12:00", title, place))
    assert str(event["summary"]) == title and str(event.get("location", "")) == place


def test_a_later_file_is_the_later_version_of_the_same_times() -> None:
    one = CalendarTime("1@calendar", date(2027, 1, 12), "09:00", "12:00", "Bokad tid", "Lillgården, Vara")
    _, (first,) = read(one)
    _, (second,) = read(one, made_on=MADE + timedelta(days=1))
    assert first["uid"] == second["uid"] == "1@calendar"
    assert second.decoded("sequence") == first.decoded("sequence") + 1
    assert first["class"] == "PRIVATE" and first.decoded("dtstamp") == datetime(2026, 11, 22, tzinfo=UTC)


def test_nothing_in_it_tells_what_made_it() -> None:
    made = write_calendar([CalendarTime("1@calendar", MADE, "09:00", "12:00", "Bokad tid")], MADE)
    assert b"rehab" not in made.lower()
    assert made.count(b"BEGIN:VTIMEZONE") == 1 and made.endswith(b"\r\n")
