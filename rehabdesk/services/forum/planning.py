"""The proposal for a series' next meeting, with what was stepped over on the way and why."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache

from sqlalchemy import Connection

from rehabdesk.domain.forum import SessionState
from rehabdesk.domain.session_dates import EveryWeeks, HolidayWeeks, Proposal, propose
from rehabdesk.paths import resources
from rehabdesk.store.queries.forum import sessions as queries


# The rules come with the program and never change while it runs: remembering them is not state.
@lru_cache(maxsize=1)
def holiday_weeks() -> HolidayWeeks:
    """The weeks in which a table cannot be gathered, from resources/rules."""
    written = (resources() / "rules" / "holiday_weeks.json").read_text(encoding="utf-8")
    return HolidayWeeks.from_data(json.loads(written))


def propose_next(connection: Connection, series_id: int, today: date) -> Proposal:
    """The next good date after the latest meeting of the series, never one that has been."""
    series = queries.one_series(connection, series_id)
    if series is None:
        return Proposal(None, ())
    latest = queries.latest_of_series(connection, series_id)
    nearest = EveryWeeks(series.weekday)
    if latest is None:
        return propose(today, nearest, holiday_weeks())
    # After a meeting that was cancelled the table should not wait a whole interval more.
    weeks = 1 if latest.state is SessionState.CANCELLED else series.interval_weeks
    proposal = propose(latest.held_on, EveryWeeks(series.weekday, weeks), holiday_weeks())
    return proposal if proposal.day is None or proposal.day > today else propose(today, nearest, holiday_weeks())
