"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import datetime, timedelta

from rehabdesk.domain.clock import Clock

START = datetime(2026, 11, 22, 9, 0)


class FakeClock(Clock):
    """A `Clock` at a fixed moment; `move` lets time pass, `set` jumps like a clock that is put right."""

    def __init__(self, start: datetime = START) -> None:
        super().__init__(now=self._read_now, monotonic=self._read_monotonic)
        self._moment = start
        self._passed = 0.0

    def move(self, **by: float) -> None:
        """Let time pass: `clock.move(minutes=5)`. Both the wall clock and the counter go on."""
        step = timedelta(**by)
        self._moment += step
        self._passed += max(0.0, step.total_seconds())

    def set(self, moment: datetime) -> None:
        """Put the wall clock to a moment, forward or back; the counter does not notice."""
        self._moment = moment

    def _read_now(self) -> datetime:
        return self._moment

    def _read_monotonic(self) -> float:
        return self._passed
