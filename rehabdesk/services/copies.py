"""What every verb that touches a copy of a paper shares: it comes into the queue, and it is settled, each with its line in the log."""

from __future__ import annotations

from rehabdesk.domain.hand_outs import HandOutState, Medium, VoidReason
from rehabdesk.store.store import Writing
from rehabdesk.store.tables.privacy import HandOut


def queue(writing: Writing, copy: HandOut, *, session_id: int | None, language: str) -> int:
    """Let a copy wait for the printer, or for its reader; returns its id. It is on paper unless it says otherwise."""
    copy.session_id, copy.language, copy.queued_at = session_id, language, writing.now
    copy.medium, copy.state = copy.medium or Medium.PAPER, HandOutState.WAITING
    writing.session.add(copy)
    writing.flush()
    writing.log("paper_queued", "hand_out", copy.id)
    return copy.id


def settle(writing: Writing, copy: HandOut, state: HandOutState, reason: VoidReason | None = None) -> None:
    """Given or voided, for good."""
    copy.state, copy.settled_at, copy.settled_on, copy.void_reason = state, writing.now, writing.today, reason
    copy.is_later = False
    writing.log(f"paper_{state.value}", "hand_out", copy.id, **({"reason": reason.value} if reason else {}))
