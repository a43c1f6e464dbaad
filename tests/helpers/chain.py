"""The chain counted in the slowest and plainest way, day by day; and random sick leaves to count."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import strategies as st

from rehabdesk.domain.chain_rule_files import read_book
from rehabdesk.domain.chain_rules import RuleBook
from rehabdesk.domain.rehab_chain import Period
from rehabdesk.paths import resources

ONE = timedelta(days=1)


def shipped() -> list[tuple[str, dict]]:
    """The rule files that come with the program."""
    folder = resources() / "rules" / "rehab_chain"
    return [(path.name, json.loads(path.read_text("utf-8"))) for path in sorted(folder.glob("*.json"))]


def shipped_book() -> RuleBook:
    """The book they make."""
    return read_book(shipped())


def sick_days(periods: Iterable[Period], until: date) -> set[date]:
    """Every single day on sick leave, up to and with a date."""
    days: set[date] = set()
    for period in periods:
        day = period.start
        while day <= min(period.last, until):
            days.add(day)
            day += ONE
    return days


def day_of_chain(periods: Iterable[Period], today: date) -> tuple[int, date | None]:
    """Backwards from today: count sick days until ninety days in a row are none. The day, and the first day of the chain."""
    days = sick_days(periods, today)
    counted, first, free, day = 0, None, 0, today
    started = False
    while free < 90 or not started:
        if day in days:
            counted, first, free, started = counted + 1, day, 0, True
        else:
            free += 1
            if not started and not any(other <= day for other in days):
                break
        day -= ONE
        if not days or day < min(days):
            break
    return counted, first


@st.composite
def sick_leaves(draw, first: date = date(2019, 1, 1), last: date = date(2027, 6, 1), most: int = 6) -> list[Period]:
    """Periods that never lie over one another; the last may go on."""
    day = draw(st.dates(first, last))
    found: list[Period] = []
    count = draw(st.integers(1, most))
    for place in range(count):
        length = draw(st.sampled_from([1, 2, 7, 13, 14, 15, 30, 60, 90, 91, 180, 365, 366]) | st.integers(1, 500))
        goes_on = place == count - 1 and draw(st.booleans())
        end = None if goes_on else day + timedelta(days=length - 1)
        found.append(Period(day, end, draw(st.sampled_from([25, 50, 75, 100]))))
        if end is None:
            break
        gap = draw(st.sampled_from([0, 0, 1, 5, 88, 89, 90, 91]) | st.integers(0, 200))
        day = end + timedelta(days=gap + 1)
    return found
