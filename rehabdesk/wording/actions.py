"""Sentences and words of the room of actions, the call list and the notes between meetings."""

from __future__ import annotations

from rehabdesk.domain.actions import Age
from rehabdesk.wording import message, message_count

PROBLEMS = {
    "note.gone": message("The note has been removed meanwhile."),
    "note.text_missing": message("Write what happened."),
    "note.day_missing": message("Write which day it was, for example 3/12 or yesterday."),
    "note.in_future": message("{day} has not come yet. A note tells what has happened."),
    "note.moved_without_day": message("Write the new date of what is moved, for example 15/12."),
    "note.action_of_another_case": message("The action belongs to another case. Nothing was changed."),
    "actions.nothing_chosen": message("Choose one or more open actions first."),
    "actions.nothing_to_list": message("There is nothing that {party} may be told of its actions today."),
    "actions.sensitive_party": message("A list across cases is not made for this party. Open the case and print its own papers there."),
}

LABELS = {
    "note.written": message("note written"),
    "note.actions_answered": message("note and what it says of actions"),
    "note.changed": message("note changed"),
    "note.removed": message("note removed"),
    "note.draft_kept": message("note begun"),
    "action.many_closed": message_count("{n} action closed", "{n} actions closed"),
    "action.many_moved": message_count("{n} action moved", "{n} actions moved"),
    "action.many_kept": message_count("{n} action kept", "{n} actions kept"),
    "action.categorised": message_count("category of {n} action", "category of {n} actions"),
}

TERMS = {
    Age: {
        Age.IN_TIME: message("in time"),
        Age.NO_DATE: message("no date", "age of an action"),
        Age.LATE: message("1–14 days late"),
        Age.LATE_WEEKS: message("15–30 days late"),
        Age.LATE_LONG: message("more than 30 days late"),
    },
}
