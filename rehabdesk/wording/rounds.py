"""Sentences, undo labels and words about programmes, rounds and occasions."""

from __future__ import annotations

from rehabdesk.domain.rounds import RoundState
from rehabdesk.wording import message, message_count

PROBLEMS = {
    "programme.gone": message("The programme has been removed meanwhile."),
    "programme.name_missing": message("Write what the programme is called."),
    "programme.exists": message("There is already a programme called {name}."),
    "programme.controller_missing": message("Choose who is controller."),
    "programme.cost_range": message("Write the cost in whole kronor, or leave it empty."),
    "programme.target_range": message("The target is between 0 and 100 per cent."),
    "programme.answer_days_range": message("The time to answer is between 1 and {most} days."),
    "programme.has_ended": message("{name} has ended. Take it up again first, then rounds can be planned."),
    "round.gone": message("The round has been removed meanwhile."),
    "round.is_cancelled": message("The round is cancelled."),
    "round.start_missing": message("Write the first day."),
    "round.weeks_range": message("A round lasts between 1 and {most} weeks."),
    "round.weekdays_missing": message("Choose at least one weekday."),
    "round.time_shape": message("Write the time as 9.00."),
    "round.ends_before_it_starts": message("It ends before it begins."),
    "round.places_range": message("A round has between 1 and {most} places."),
    "round.fewest_range": message("The fewest are between 0 and {most}, the number of places."),
    "round.break_order": message("The break ends {to_on}, before it begins {from_on}."),
    "round.breaks_too_long": message("The breaks leave no room for the weeks of the round."),
    "round.no_days": message("All its days are red. Choose another first day or other weekdays."),
    "round.late_start_outside": message("The last day to begin late lies between {starts_on} and {ends_on}."),
    "round.free_day": message("{name}"),
    "round.holiday_week": message("{period}, week {week}"),
    "round.break": message("break", "round"),
    "round.break_named": message("break: {reason}"),
    "round.has_begun": message("The round has begun, so its first day stays {starts_on}."),
    "round.ends_before_somebody_starts": message("{case_number} is booked from {starts}, after the round would end. Change that place first."),
    "round.reason_missing": message("Write why the round is cancelled."),
    "round.break_not_understood": message("“{part}” cannot be read as a break. Write for example week 7, or 15/2–19/2."),
    "round.has_run": message("People have been to it, so it is not cancelled. Cancel single occasions instead."),
    "round.has_started": message_count(
        "{n} person has started: {cases}. End that time first, then the round can be cancelled.",
        "{n} people have started: {cases}. End their time first, then the round can be cancelled.",
    ),
    "occasion.gone": message("The occasion has been removed meanwhile."),
    "occasion.day_missing": message("Write the day."),
    "occasion.reason_missing": message("Write why the occasion is cancelled."),
    "occasion.taken": message("The round already has an occasion on {day} at that time."),
    "occasion.before_round": message("The round begins {starts}. Change its first day first."),
    "occasion.was_held": message("The occasion was held."),
    "occasion.is_cancelled": message("The occasion is cancelled. Take it up again first."),
    "occasion.has_attendance": message("Attendance is noted on this occasion. Take that away first."),
    "occasion.free_day": message("{day} is a free day: {name}."),
    "occasion.in_break": message("{day} lies in a break of the round."),
    "occasion.weekend": message("{day} is a weekend."),
}

LABELS = {
    "programme.added": message("programme added: {name}"),
    "programme.changed": message("programme changed: {name}"),
    "programme.ended": message("programme ended"),
    "programme.reopened": message("programme taken up again"),
    "programme.instruments_set": message("instruments of a programme changed"),
    "round.planned": message("round planned"),
    "round.several_planned": message("{n} rounds planned"),
    "round.changed": message("round changed"),
    "round.cancelled": message("round cancelled"),
    "occasion.moved": message("occasion moved to {on}"),
    "occasion.cancelled": message("occasion cancelled"),
    "occasion.restored": message("occasion taken up again"),
    "occasion.added": message("occasion added on {on}"),
}

TERMS = {
    RoundState: {
        RoundState.TO_COME: message("to come", "round"),
        RoundState.UNDER_WAY: message("under way", "round"),
        RoundState.OVER: message("over", "round"),
        RoundState.CANCELLED: message("cancelled", "round"),
    },
}
