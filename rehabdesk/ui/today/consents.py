"""Idag's lines about consent: what runs out, and forms that have been on their way too long."""

from __future__ import annotations

from datetime import timedelta

from rehabdesk.domain.consent import FORM_WAITS_LONG, RUNS_OUT_WITHIN, FormState, days_waiting
from rehabdesk.store.queries import consent as queries
from rehabdesk.store.queries.consent import FormRow, RunningOut
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.today.lines import Line

SOON = 7
"""Days before the last one when a consent that runs out is marked red."""


def consent_lines(context: Context) -> list[Line]:
    """A line for each case, soonest first, and for each form not back. The parties stand on the case's own page, a sensitive one nowhere else."""
    today = context.clock.today()
    running_out = context.store.read(queries.running_out, today, today + timedelta(days=RUNS_OUT_WITHIN))
    waiting = context.store.read(queries.forms_waiting, today - timedelta(days=FORM_WAITS_LONG))
    asked = {form.case_id for form in waiting}
    return [_running_out(context, row, row.case_id in asked) for row in running_out] + [_waiting(context, form) for form in waiting]


def _running_out(context: Context, row: RunningOut, is_asked: bool) -> Line:
    texts, left = context.texts, (row.on - context.clock.today()).days
    when = texts.say("today") if left == 0 else texts.count("in {n} day", "in {n} days", left)
    told = texts.count(
        "{number}: the consent for {n} party runs out {when}.", "{number}: the consent for {n} parties runs out {when}.",
        row.parties, number=row.case_number, when=when,
    )  # fmt: skip
    return Line(
        told,
        Target("cases", "case", row.case_id, "consent"),
        day=texts.short_day(row.on),
        aside=texts.say("the form is out") if is_asked else texts.say("ask for a new one"),
        aside_tone=Tone.RED if left <= SOON else Tone.AMBER,
    )


def _waiting(context: Context, form: FormRow) -> Line:
    """To whom it was sent stands on the case's page: it may be a party's name."""
    texts = context.texts
    days = days_waiting(form.sent_on, context.clock.today())
    told = texts.count(
        "{number}: the consent form has been out for {n} day.", "{number}: the consent form has been out for {n} days.",
        days, number=form.case_number,
    )  # fmt: skip
    aside = texts.say("waits for a signature") if form.state is FormState.WAITING else texts.say("ask for it")
    return Line(told, Target("cases", "case", form.case_id, "consent"), day=texts.short_day(form.sent_on), aside=aside)
