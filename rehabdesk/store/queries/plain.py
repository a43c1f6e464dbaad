"""What plain SQL gives back, made what rows hold: a day is text in the vault."""

from __future__ import annotations

from datetime import date


def day_of(text: str | None) -> date | None:
    """A day, or none where none stands."""
    return date.fromisoformat(text) if text is not None else None
