"""Notices that the machine has slept: the wall clock went on where the counter stood still, or no second was counted for long."""

from __future__ import annotations

from datetime import datetime

from rehabdesk.domain.clock import Clock

DRIFT = 20.0
"""Seconds by which the wall clock may run ahead of the counter; more is sleep (or a clock that was put right)."""
LONGEST_GAP = 60.0
"""Seconds without a look while the page is open; some machines count on in their sleep."""


class SleepWatch:
    """Looked at once a second while the page is open."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen = (clock.now(), clock.monotonic())

    def look(self) -> datetime | None:
        """When the machine fell asleep, if it has slept since the last look."""
        return self._look(gap_counts=True)

    def come_back(self) -> datetime | None:
        """The same, after a time in which nobody looked: then only the clocks' difference tells."""
        return self._look(gap_counts=False)

    def _look(self, gap_counts: bool) -> datetime | None:
        before, counted = self._seen
        now, counter = self._clock.now(), self._clock.monotonic()
        self._seen = (now, counter)
        passed, ticked = (now - before).total_seconds(), counter - counted
        if passed - ticked > DRIFT or (gap_counts and ticked > LONGEST_GAP):
            return before
        return None
