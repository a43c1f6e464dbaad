"""Sentences about the papers of a round and of a claim on a place in it."""

from __future__ import annotations

from rehabdesk.wording import message

PROBLEMS = {
    "paper.not_the_supplier": message("The list is made for the file, and for the party that supplies the programme."),
}
