"""Sentences about the papers of a round and of a claim on a place in it."""

from __future__ import annotations

from rehabdesk.wording import message, message_count

PROBLEMS = {
    "cli.no_claim": message("{number} has no claim on a place there."),
    "cli.no_round_begun": message("No round has begun yet. Name one with --round PROGRAMME/NUMBER."),
    "cli.no_such_round": message("There is no round {round}. The programme goes by its short name, as in gron-prerehab/3."),
    "paper.not_the_supplier": message("The list is made for the file, and for the party that supplies the programme."),
    "letter.not_offered": message("No place is offered to the participant just now, so there is nothing to write about."),
    "letter.offer_expired": message("The offer was to be answered by {day} and holds no place any more. Extend it first, or offer a place anew."),
    "letter.place_is_free": message_count("{n} place is free, and there is no reason on file for passing the participant over. Offer the place, or write the reason.", "{n} places are free, and there is no reason on file for passing the participant over. Offer a place, or write the reason."),
    "letter.not_waiting": message("The participant does not wait for a place, so there is none to refuse."),
}
