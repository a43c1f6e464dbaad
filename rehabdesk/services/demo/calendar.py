"""When the demo forum meets: two years back and a few months on, with a session due soon."""

from __future__ import annotations

import json
from datetime import date, timedelta

from rehabdesk.domain.session_dates import HolidayWeeks, why_avoid
from rehabdesk.paths import resources

#: How far back the demo forum's sessions reach, in days.
SPAN = 730


def forum_days(today: date, weekday: int, every_weeks: int) -> list[date]:
    """The days of a rehab forum: the coming one within a week of today, the rest in its rhythm, none on a day to avoid."""
    weeks = HolidayWeeks.from_data(json.loads((resources() / "rules" / "holiday_weeks.json").read_text("utf-8")))
    coming = today + timedelta(days=1)
    while coming.weekday() != weekday:
        coming += timedelta(days=1)
    days = {coming}
    step = timedelta(weeks=every_weeks)
    for direction, limit in ((-1, today - timedelta(days=SPAN)), (1, today + timedelta(days=150))):
        day = coming + direction * step
        while (limit - day).days * direction > 0:
            # A week later where the day will not do, but never into the next meeting.
            moved = next((day + timedelta(weeks=w) for w in range(every_weeks - 1) if not why_avoid(day + timedelta(weeks=w), weeks)), None)
            if moved is not None:
                days.add(moved)
            day += direction * step
    return sorted(days)


def month_days(today: date, weekday: int, months: list[int], week_of_month: int = 2) -> list[date]:
    """One day in each of the named months, the nth such weekday, over the same span."""
    days = []
    for year in range(today.year - 2, today.year + 2):
        for month in months:
            first = date(year, month, 1)
            day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (week_of_month - 1))
            if today - timedelta(days=SPAN) < day < today + timedelta(days=200):
                days.append(day)
    return days
