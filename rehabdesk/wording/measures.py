"""Sentences and words about instruments, measurements and what changed."""

from __future__ import annotations

from rehabdesk.domain.instruments import Direction, Outcome
from rehabdesk.wording import message, message_count

PROBLEMS = {
    "instruments.not_readable": message("The instrument file {file} cannot be read."),
    "instruments.too_large": message("The instrument file {file} is too large."),
    "instruments.not_rules": message("The instrument file {file} holds no instruments."),
    "instruments.other_format": message("The instrument file {file} has another format than {known}, the one this version reads."),
    "instruments.not_a_row": message("The instrument file {file} is not right at {row}."),
    "instruments.value_wrong": message("The instrument file {file}: {value} is missing or not right in row {row}."),
    "instruments.row_twice": message("The instrument file {file}: {row} is there already."),
    "measure.gone": message("The place has been removed."),
    "measure.unknown_instrument": message("There is no file of this instrument any more."),
    "measure.no_instruments": message("The programme measures with nothing. Choose its instruments under Programmes."),
    "measure.no_place": message("Only those who have said yes to a place are measured."),
    "measure.not_started": message("This is measured when the participant has started."),
    "measure.in_future": message("The day has not come yet."),
    "measure.not_a_number": message("Write a number, or {sign} for declined."),
    "measure.out_of_range": message("Write a value from {least} to {most}."),
    "measure.not_whole": message("Write a whole number."),
    "measure.between_steps": message_count("Write at most {n} decimal.", "Write at most {n} decimals."),
}

LABELS = {
    "measure.recorded": message("measurement written"),
    "measure.declined": message("measurement declined"),
    "measure.cleared": message("measurement cleared"),
}

TERMS = {
    Direction: {
        Direction.HIGHER: message("higher is better", "scale"),
        Direction.LOWER: message("lower is better", "scale"),
    },
    Outcome: {
        Outcome.BETTER: message("better", "change"),
        Outcome.SAME: message("the same", "change"),
        Outcome.WORSE: message("worse", "change"),
    },
}
