"""Sentences and words about the rehabilitation chain, its rule files, the plan by day 30 and work trials."""

from __future__ import annotations

from rehabdesk.domain.chain_rules import Certainty, Situation
from rehabdesk.domain.plan_duty import PlanAnswer, WhyNoPlan, WhyReopened
from rehabdesk.wording import message, message_count

PROBLEMS = {
    "sick_leave.gone": message("The period has been removed."),
    "sick_leave.start_missing": message("Write the first day of the sick leave."),
    "sick_leave.degree_missing": message("Choose 25, 50, 75 or 100 per cent."),
    "sick_leave.ends_before_start": message("The sick leave began {start}, after this day."),
    "sick_leave.too_far": message("{day} is more than two years ahead."),
    "sick_leave.overlaps": message("There is sick leave already from {start} to {end}. Periods cannot lie over one another."),
    "sick_leave.overlaps_open": message("There is sick leave already from {start}, without an end. Periods cannot lie over one another."),
    "sick_leave.earlier_goes_on": message("The period that began {start} has no end. Write its last day first."),
    "sick_leave.end_needed": message("Another period begins {start}. Write the last day of this one."),
    "plan_duty.gone": message("The answer has been removed."),
    "plan_duty.no_sick_leave": message("There is no sick leave to plan for. Write down the first period."),
    "plan_duty.answer_missing": message("Choose plan, standpoint or exception."),
    "plan_duty.reason_missing": message("Write the reason."),
    "plan_duty.day_missing": message("Write the day."),
    "plan_duty.in_future": message("The day has not come yet."),
    "plan_duty.before_sick_leave": message("The sick leave began {start}, after this day."),
    "plan_duty.improved_before": message("The answer was given {day}, after this day."),
    "work_trial.gone": message("The work trial has been removed."),
    "work_trial.start_missing": message("Write the first day of the trial."),
    "work_trial.end_missing": message("Write the last day of the trial."),
    "work_trial.ends_before_start": message("The trial begins {start}, after this day."),
    "work_trial.overlaps": message("There is a work trial already from {start} to {end}."),
    "work_trial.notified_in_future": message("The day has not come yet. Write it when Försäkringskassan has been told."),
    "work_trial.no_rule": message("No rule about work trials is in force {day}."),
    "work_trial.too_long": message_count("{n} day: at most {most} are covered.", "{n} days: at most {most} are covered."),
    "work_trial.too_many": message("At most {most} trials are covered in {year}."),
    "work_trial.not_notified": message("Försäkringskassan is to be told before {start}. Without that the trial is not covered."),
    "work_trial.notified_late": message("Försäkringskassan was not told before {start}. The trial may not be covered."),
    "work_trial.not_whole": message("Sick leave of {degree} per cent does not cover every day of the trial."),
    "chain_rules.not_readable": message("The rule file {file} cannot be read."),
    "chain_rules.too_large": message("The rule file {file} is too large."),
    "chain_rules.not_rules": message("The rule file {file} holds no rules."),
    "chain_rules.other_format": message("The rule file {file} has another format than {known}, the one this version reads."),
    "chain_rules.not_a_row": message("The rule file {file} is not right at {row}."),
    "chain_rules.value_wrong": message("The rule file {file}: {value} is missing or not right in row {row}."),
    "chain_rules.row_twice": message("The rule file {file}: the row {row} is there already."),
    "chain_rules.days_reversed": message("The rule file {file}: the row {row} ends on an earlier day than it begins."),
    "chain_rules.dates_reversed": message("The rule file {file}: the row {row} ceases to hold before it begins to."),
    "chain_rules.unknown_row": message("The rule file {file} ends the row {row}, which there is not."),
    "chain_rules.kind_missing": message("The rule files have no row of the kind {kind}."),
    "chain_rules.two_answers": message("The rule file {file}: the rows {row} and {other} hold on the same day for the same people."),
}

LABELS = {
    "sick_leave.added": message("sick leave added"),
    "sick_leave.changed": message("sick leave changed"),
    "sick_leave.removed": message("sick leave removed"),
    "plan_duty.answered": message("answer about the plan"),
    "plan_duty.reopened": message("health improved"),
    "plan_duty.removed": message("answer about the plan removed"),
    "work_trial.added": message("work trial added"),
    "work_trial.changed": message("work trial changed"),
    "work_trial.removed": message("work trial removed"),
}

TERMS = {
    Situation: {
        Situation.EMPLOYED: message("employed", "situation"),
        Situation.SELF_EMPLOYED: message("self-employed", "situation"),
        Situation.UNEMPLOYED: message("unemployed", "situation"),
        Situation.ON_DEMAND: message("employed on demand", "situation"),
        Situation.SENIOR: message("has reached the age of the senior rule", "situation"),
    },
    Certainty: {
        Certainty.FOUND: message("read at its source", "certainty"),
        Certainty.KNOWN: message("common knowledge", "certainty"),
        Certainty.DERIVED: message("concluded from the law", "certainty"),
        Certainty.UNCERTAIN: message("not confirmed", "certainty"),
    },
    PlanAnswer: {
        PlanAnswer.PLAN: message("plan for the return", "plan duty"),
        PlanAnswer.STANDPOINT: message("written standpoint", "plan duty"),
        PlanAnswer.EXCEPTION: message("clear exception", "plan duty"),
    },
    WhyNoPlan: {
        WhyNoPlan.NO_SICK_LEAVE: message("There is no sick leave."),
        WhyNoPlan.NO_EMPLOYER: message("There is no employer to make a plan."),
        WhyNoPlan.TOO_SHORT: message("The sick leave ended before the day a plan is due."),
        WhyNoPlan.ENDED: message("The sick leave ended without an answer."),
        WhyNoPlan.CLOSED: message("The case is closed, without an answer."),
    },
    WhyReopened: {
        WhyReopened.ABSENCE_GREW: message("The absence has grown past the days that were expected."),
        WhyReopened.HEALTH_IMPROVED: message("Her health has improved."),
    },
}
