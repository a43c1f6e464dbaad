"""Times as a calendar file (iCalendar), in Swedish time with its change of the clock written out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

ZONE = "Europe/Stockholm"
#: Who made the file. The library asks for one, and programs may show it: it says no more than the times do.
_MAKER = "-//Calendar//EN"
#: A file made later is the later version of its times: calendars that have them take the new day and hour.
_FIRST_DAY = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class CalendarTime:
    """One time in somebody's calendar. `start` and `end` are "HH:MM" by the clock on the wall."""

    uid: str
    on: date
    start: str
    end: str
    title: str
    place: str = ""


def write_calendar(times: Iterable[CalendarTime], made_on: date) -> bytes:
    """A calendar file with one event a time, each private."""
    # Imported here: only somebody who asks for a calendar waits for it.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_zone())
    for one in times:
        calendar.add_component(_event(one, made_on))
    return calendar.to_ical()


def _zone() -> object:
    """The rule itself: the library's own list of changes has those to summer time an hour late."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = Timezone()
    zone.add("tzid", ZONE)
    for part, name, month, began, before, after in (
        (TimezoneDaylight(), "CEST", 3, datetime(1996, 3, 31, 2), 1, 2),
        (TimezoneStandard(), "CET", 10, datetime(1996, 10, 27, 3), 2, 1),
    ):
        part.add("dtstart", began)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
        part.add("tzname", name)
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        zone.add_component(part)
    return zone


def _event(one: CalendarTime, made_on: date) -> object:
    from icalendar import Event

    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", datetime.combine(made_on, time(), UTC))
    event.add("sequence", (made_on - _FIRST_DAY).days)
    event.add("dtstart", _moment(one.on, one.start))
    event.add("dtend", _moment(one.on, one.end))
    event.add("summary", one.title)
    event.add("class", "PRIVATE")
    if one.place:
        event.add("location", one.place)
    return event


def _moment(on: date, clock: str) -> datetime:
    from zoneinfo import ZoneInfo

    return datetime.combine(on, time.fromisoformat(clock), ZoneInfo(ZONE))
