"""Sentences for what every room shares: dates, identity numbers, the action line, text."""

from __future__ import annotations

from rehabdesk.wording import message

PROBLEMS = {
    "text.too_long": message("The text is too long: {length} characters, and {most} fit."),
}
