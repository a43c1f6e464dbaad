"""The end of a case and what comes after: closing it with a reason, opening it again, and how it went half a year and a year later."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete

from rehabdesk.domain.cases import (
    ClosingReason,
    FollowUpOutcome,
    GoalsOutcome,
    follow_up_days,
    problems_with_closing,
    problems_with_follow_up,
)
from rehabdesk.domain.problems import Problem, refuse_if
from rehabdesk.services.checks import existing
from rehabdesk.services.prerehab.endings import end_claims_of_case
from rehabdesk.store.history import Label
from rehabdesk.store.store import Store
from rehabdesk.store.tables.cases import Case, FollowUp


def close_case(
    store: Store, case_id: int, reason: ClosingReason | None, closed_on: date | None, goals: GoalsOutcome | None = None
) -> None:
    """Close a case, on a day and with a reason. `goals` says how far they were reached; None where no goals were set.

    Its claims on places that have not begun are at an end as well; refused while one has begun and not ended.

    It will be asked how it went, half a year and a year later, unless she has taken her consent back or moved away.
    """
    with store.write(Label("case.closed")) as writing:
        case = existing(writing, Case, case_id, "case")
        refuse_if([Problem("case.already_closed")] if case.closed_on is not None else [])
        refuse_if(problems_with_closing(closed_on, case.opened_on, reason, writing.today))
        end_claims_of_case(writing, case_id)
        case.closed_on, case.closing_reason, case.goals_outcome = closed_on, reason, goals
        for months, due_on in follow_up_days(closed_on, reason):
            writing.session.add(FollowUp(case_id=case_id, months=months, due_on=due_on))
        writing.log("case_closed", "case", case_id, reason=reason.value if reason else None)


def reopen_case(store: Store, case_id: int) -> None:
    """Open a closed case again, under the number it has. Nobody asks any more how it went: it goes on."""
    with store.write(Label("case.reopened")) as writing:
        case = existing(writing, Case, case_id, "case")
        refuse_if([Problem("case.not_closed")] if case.closed_on is None else [])
        case.closed_on = case.closing_reason = case.goals_outcome = None
        writing.session.execute(delete(FollowUp).where(FollowUp.case_id == case_id))
        writing.log("case_reopened", "case", case_id)


def answer_follow_up(store: Store, follow_up_id: int, outcome: FollowUpOutcome | None, done_on: date | None) -> None:
    """How it went, as it was on a day. Answering again changes the answer."""
    with store.write(Label("follow_up.answered")) as writing:
        follow_up = existing(writing, FollowUp, follow_up_id, "follow_up")
        case = existing(writing, Case, follow_up.case_id, "case")
        refuse_if(problems_with_follow_up(outcome, done_on, case.closed_on, writing.today))
        follow_up.done_on, follow_up.outcome = done_on, outcome
        writing.log("follow_up_answered", "case", case.id, months=follow_up.months)
