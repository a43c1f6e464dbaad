"""The one way to ask what time it is; made in `app.py` and passed in, so that tests and the demo decide the day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """Naive local wall time and a monotonic counter in seconds."""

    now: Callable[[], datetime]
    monotonic: Callable[[], float]

    def today(self) -> date:
        """The local date."""
        return self.now().date()
