"""The one way to ask what time it is; made in `app.py` and passed in, so that tests and the demo decide the day."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


class Clock:
    """Naive local wall time and a monotonic counter in seconds."""

    # A plain class: this is imported before the first paint, where making a dataclass would be felt.
    def __init__(self, now: Callable[[], datetime], monotonic: Callable[[], float]) -> None:
        self.now = now
        self.monotonic = monotonic

    def today(self) -> date:
        """The local date."""
        return self.now().date()
