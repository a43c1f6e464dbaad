"""A small timeline: what is due next happens next, at its own moment, until now is reached."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import date, datetime, time

from rehabdesk.domain.clock import Clock

Happening = Callable[[], None]


class Timeline:
    """Events in order of time. An event may add later ones; what lies after `now` does not happen."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._moment = now
        self._events: list[tuple[datetime, int, Happening]] = []
        self._count = 0

    @property
    def clock(self) -> Clock:
        """The clock that the store is dated by while the demo is made."""
        return Clock(now=lambda: self._moment, monotonic=lambda: self._moment.timestamp())

    @property
    def today(self) -> date:
        """The day the timeline has come to."""
        return self._moment.date()

    def at(self, day: date, hour: int, minute: int, happening: Happening) -> None:
        """Let something happen then; never before what is happening now."""
        heapq.heappush(self._events, (datetime.combine(day, time(hour, minute)), self._count, happening))
        self._count += 1

    def run(self, progress: Callable[[date], None]) -> None:
        """Let everything happen that has happened by now."""
        first = True
        while self._events and self._events[0][0] <= self._now:
            moment, _, happening = heapq.heappop(self._events)
            if first or moment > self._moment:
                if first or moment.date() != self._moment.date():
                    progress(moment.date())
                self._moment, first = moment, False
            happening()
        self._moment = self._now
