"""What every verb that touches a copy of a paper shares: it comes into the queue, it leaves, it is settled."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete

from rehabdesk.domain.hand_outs import HandOutState, Medium, VoidReason
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.store import Writing
from rehabdesk.store.tables.privacy import HandOut, HandOutCase


def queue(writing: Writing, copy: HandOut, *, session_id: int | None, language: str) -> int:
    """Let a copy wait for the printer, or for its reader; returns its id. It is on paper unless it says otherwise."""
    copy.session_id, copy.language, copy.queued_at = session_id, language, writing.now
    copy.medium, copy.state = copy.medium or Medium.PAPER, HandOutState.WAITING
    writing.session.add(copy)
    writing.flush()
    writing.log("paper_queued", "hand_out", copy.id)
    return copy.id


def leave(writing: Writing, copy: HandOut, case_numbers: Iterable[str] = ()) -> None:
    """It leaves now. The cases that a paper about several tells of are kept with it: whoever of them withdraws is told of it."""
    copy.sent_at, copy.sent_on = writing.now, writing.today
    writing.session.execute(delete(HandOutCase).where(HandOutCase.hand_out_id == copy.id))
    for number in sorted(case_numbers):
        case_id = writing.read(case_queries.case_by_number, number)
        if case_id is not None:
            writing.session.add(HandOutCase(hand_out_id=copy.id, case_id=case_id))


def come_back(copy: HandOut) -> None:
    """It did not come out, and waits again."""
    copy.state, copy.sent_at, copy.sent_on = HandOutState.WAITING, None, None


def settle(writing: Writing, copy: HandOut, state: HandOutState, reason: VoidReason | None = None) -> None:
    """Given or voided, for good."""
    copy.state, copy.settled_at, copy.settled_on, copy.void_reason = state, writing.now, writing.today, reason
    copy.is_later = False
    writing.log(f"paper_{state.value}", "hand_out", copy.id, **({"reason": reason.value} if reason else {}))
