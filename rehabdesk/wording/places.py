"""Sentences of the face where the places of a round are given."""

from __future__ import annotations

from rehabdesk.wording import message

PROBLEMS = {
    "places.reason_missing": message("Choose a reason."),
    "places.number_missing": message("No other place is free on those days."),
    "places.not_a_number": message("Write a number, for example 8."),
    "places.none_free": message("No place of the round is free to fill."),
    "places.nobody_chosen": message("Choose who is to have the place."),
}
