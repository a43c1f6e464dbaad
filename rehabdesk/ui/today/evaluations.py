"""Idag's lines about action plans that are to be evaluated in the coming fortnight, or should have been."""

from __future__ import annotations

from datetime import timedelta

from rehabdesk.store.queries import plans as queries
from rehabdesk.store.queries.plans import EvaluationDue
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.today.lines import Line

DAYS_AHEAD = 14
"""How long before its day an evaluation is told of."""


def evaluation_lines(context: Context) -> list[Line]:
    """A line for each plan, the earliest first; each opens the plan."""
    until = context.clock.today() + timedelta(days=DAYS_AHEAD)
    return [_line(context, due) for due in context.store.read(queries.evaluations_due, until)]


def _line(context: Context, due: EvaluationDue) -> Line:
    texts = context.texts
    left = (due.evaluate_on - context.clock.today()).days
    if left < 0:
        aside, tone = texts.count("late {n} day", "late {n} days", -left), Tone.RED
    else:
        aside, tone = texts.say("today") if left == 0 else texts.count("in {n} day", "in {n} days", left), Tone.AMBER
    return Line(
        texts.say("{number}: the plan is to be evaluated.", number=due.case_number),
        Target("cases", "case", due.case_id, "plan"),
        day=texts.short_day(due.evaluate_on),
        aside=aside,
        aside_tone=tone,
    )
