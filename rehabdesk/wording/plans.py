"""Sentences and words about action plans."""

from __future__ import annotations

from rehabdesk.domain.plans import FreezingReason, GoalResult, PlanState
from rehabdesk.wording import message, message_count

PROBLEMS = {
    "plan.none": message("There is no action plan in this case yet."),
    "plan.gone": message("The action plan is no longer there."),
    "plan.goal.gone": message("The goal is no longer there."),
    "plan.version_gone": message("There is no such version of the plan."),
    "plan.has_ended": message("This plan has been evaluated and has ended. Begin the next one."),
    "plan.done_before_made": message("The plan was made {made}, after this day."),
    "plan.evaluated_before_made": message("The plan was made {made}, after this day."),
    "plan.nothing_in_it": message("Write a goal or a step first."),
    "plan.evaluation_day_missing": message("Write the day the plan is to be evaluated."),
    "plan.took_part_missing": message("Tell whether the participant took part."),
    "plan.why_not_missing": message("Write why the participant did not take part."),
    "plan.goals_not_evaluated": message_count("{n} goal is not evaluated yet.", "{n} goals are not evaluated yet."),
    "plan.date_needs_reason": message("This date stands on a paper. Move it, with the reason."),
    "plan.step_is_known": message("This step has been on paper or at a meeting. Close it as no longer current instead."),
    "plan.category_unknown": message("Choose one of the categories."),
}

LABELS = {
    "plan.changed": message("plan changed"),
    "plan.goal_added": message("goal added"),
    "plan.goal_changed": message("goal changed"),
    "plan.goal_moved": message("goal moved"),
    "plan.goal_removed": message("goal removed"),
    "plan.goal_evaluated": message("goal evaluated"),
    "plan.step_added": message("step added"),
    "plan.step_changed": message("step changed"),
    "plan.step_removed": message("step removed"),
    "plan.agreed": message("plan agreed"),
    "plan.ended": message("plan ended"),
    "plan.begun": message("next plan begun"),
}

TERMS = {
    PlanState: {
        PlanState.DRAFT: message("draft", "plan"),
        PlanState.CURRENT: message("in force", "plan"),
        PlanState.ENDED: message("ended", "plan"),
    },
    GoalResult: {
        GoalResult.MET: message("met", "goal"),
        GoalResult.PARTLY: message("partly met", "goal"),
        GoalResult.NOT: message("not met", "goal"),
    },
    FreezingReason: {
        FreezingReason.AGREED: message("agreed", "plan"),
        FreezingReason.HANDED_OUT: message("printed or saved", "plan"),
        FreezingReason.EVALUATED: message("evaluated", "plan"),
    },
}
