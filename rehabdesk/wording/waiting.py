"""Sentences of the waiting list."""

from __future__ import annotations

from rehabdesk.wording import message

PROBLEMS = {
    "waiting.case_missing": message("Choose whose case it is: by number or name, then Enter."),
    "waiting.programme_missing": message("Choose the programme."),
    "waiting.place_missing": message("Choose the new place on the list."),
    "waiting.reason_missing": message("Choose why."),
    "waiting.no_round_free": message("No coming round has a free place."),
}
