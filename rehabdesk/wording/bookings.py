"""Sentences about claims on places: the waiting list, offers, bookings and how many places a round has."""

from __future__ import annotations

from rehabdesk.wording import message, message_count

PROBLEMS = {
    "claim.gone": message("The claim is no longer there."),
    "claim.round.gone": message("The round is no longer there."),
    "claim.programme.gone": message("The programme is no longer there."),
    "claim.place.gone": message("The place is no longer there."),
    "claim.programme_ended": message("{name} ended {ended}."),
    "claim.round_cancelled": message("The round was cancelled {on}."),
    "claim.round_over": message("The round was over {ends}."),
    "claim.case_closed": message("{case_number} was closed {closed}. Open the case again first."),
    "claim.has_one": message("{case_number} already stands in this programme: {state}."),
    "claim.not_from_here": message("That cannot be done now. {case_number}: {state}."),
    "claim.is_so_already": message("That is done already. {case_number}: {state}."),
    "claim.no_open_offer": message("{case_number} has no offer that waits for an answer."),
    "claim.other_programme": message("{case_number} waits for a place in another programme."),
    "claim.not_ready": message("{case_number} is suitable but not ready yet. Change that in the list first."),
    "claim.not_on_the_list": message("Only those who are on the list can be moved in it."),
    "claim.asked_in_future": message("Nobody has asked on a day to come. Write today or earlier."),
    "claim.ready_and_not": message("Either ready now, or ready from a day to come: not both."),
    "claim.employer_referred": message("Under protected identity it is not kept that an employer referred to a programme. Write another referrer."),
    "claim.reason_needs_words": message("Write what the other reason is."),
    "claim.passed_without_reason": message("{case_number} waits before. Say why this one is passed over."),
    "claim.passed_needs_words": message("Write what the other reason is."),
    "claim.answer_by_missing": message("Write the day to answer by."),
    "claim.answer_by_passed": message("The day to answer by has passed. Write today or later."),
    "claim.still_time": message("{case_number} can answer until {answer_by}."),
    "claim.take_back_reason_missing": message("Write why the place is taken back."),
    "claim.starts_before_round": message("The round starts {starts}."),
    "claim.starts_after_round": message("The round ends {ends}."),
    "claim.no_late_start": message("The round started {starts}, and nobody begins late in it."),
    "claim.too_late_to_start": message("The last day to begin late was {last}."),
    "claim.starts_in_future": message("The first day is {starts}. It has not come yet."),
    "claim.nobody_to_start": message("Nobody who said yes is to begin by today."),
    "claim.nobody_to_complete": message("Nobody in the round has begun and not been completed."),
    "claim.round_goes_on": message("The round goes on until {ends}."),
    "claim.last_day_missing": message("Write the last day."),
    "claim.stopped_before_start": message("The first day was {starts}. For somebody who never came, write the day before."),
    "claim.stopped_after_end": message("The last day cannot be after {ends}."),
    "claim.stops_in_future": message("The last day has not come yet. Write today or earlier."),
    "claim.no_free_place": message("All {n} places are taken."),
    "claim.no_such_place": message("The round has no place {number}."),
    "claim.no_place_to_change": message("There is no place to change: nothing is offered or booked."),
    "claim.place_taken": message("Place {number} is taken by {case_number}."),
    "claim.place_is_extra": message("Place {number} is an extra place. A new extra place needs a reason of its own."),
    "claim.extra_without_reason": message("An extra place needs a reason. It is shown in the report."),
    "claim.extra_not_needed": message("Place {number} is free: no extra place is needed."),
    "claim.step_of_another": message("The step is closed, or belongs to another case."),
    "claim.places_range": message("A round has between 1 and {most} places."),
    "claim.least_places_range": message("The fewest to run with is between 0 and {most}."),
    "claim.in_the_way": message_count(
        "{case_numbers} finds no place when there are only {most}. The fewest there can be now is {least}.",
        "{case_numbers} find no place when there are only {most}. The fewest there can be now is {least}.",
    ),
    "claim.closing_started": message("The participant has begun in {round}. Say first how it ended there."),
    # Told, and refusing nothing.
    "claim.clash_round": message_count(
        "Has a place in {name} at the same time, {first}.", "Has a place in {name} at the same time on {n} occasions, the first {first}."
    ),
    "claim.clash_session": message_count(
        "Is to be at {name} at the same time, {first}.", "Is to be at {name} at the same time on {n} occasions, the first {first}."
    ),
    "claim.clash_work_trial": message_count(
        "Has a work trial on one of the days, {first}.", "Has a work trial on {n} of the days, the first {first}."
    ),
    "claim.next_is_first": message("{case_number} is first in the list, and asked {asked}."),
    "claim.next_after": message_count(
        "{case_number} asked {asked}. One who waits before is passed over, with the reason.",
        "{case_number} asked {asked}. {n} who wait before are passed over, with their reasons.",
    ),
    "claim.nobody_waits": message("Nobody is in the list."),
    "claim.nobody_next": message_count("The one in the list cannot take the place now.", "None of the {n} in the list can take the place now."),
    "claim.closing_removes": message("When the case is closed its claim ends too: {programme}, {state}."),
}

LABELS = {
    "claim.registered": message("put on the list"),
    "claim.changed": message("registration changed"),
    "claim.moved": message("moved in the list"),
    "claim.removed": message("taken off the list"),
    "claim.offered": message("place offered"),
    "claim.extra_offered": message("extra place offered"),
    "claim.reminded": message("offer reminded of"),
    "claim.extended": message("longer to answer"),
    "claim.accepted": message("yes to the place"),
    "claim.declined": message("no to the place"),
    "claim.lapsed": message("offer not answered in time"),
    "claim.taken_back": message("place taken back"),
    "claim.booked": message("place booked"),
    "claim.extra_booked": message("extra place booked"),
    "claim.started": message("has begun"),
    "claim.all_started": message("all have begun"),
    "claim.completed": message("has completed"),
    "claim.all_completed": message("all have completed"),
    "claim.broken_off": message("has stopped"),
    "claim.place_changed": message("another place"),
    "claim.capacity_changed": message("number of places changed"),
}
