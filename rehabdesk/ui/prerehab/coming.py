"""The rounds that are to come for somebody who gets a place today, and the sum of their places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rehabdesk.domain.claims import PlaceSum, RoundSpan, problems_with_first_day, problems_with_round
from rehabdesk.store.queries.prerehab.rounds import RoundRow


def takes_people(row: RoundRow, today: date) -> bool:
    """Whether somebody who is given a place today can still begin in this round."""
    days = RoundSpan(row.starts_on, row.ends_on, row.last_late_start_on, row.cancelled_on)
    return not (problems_with_round(days, today) or problems_with_first_day(days, days.first_day(today)))


def sum_of(rows: Iterable[RoundRow]) -> PlaceSum:
    """The sum over several rounds."""
    rows = tuple(rows)
    booked, held, free = (sum(getattr(row, name) for row in rows) for name in ("booked", "held", "free"))
    return PlaceSum(booked + held + free, booked, held, free, sum(row.extra for row in rows))
