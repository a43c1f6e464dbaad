"""Reading what is to be asked after a case was closed, and what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Connection, Select, select

from rehabdesk.domain.cases import FollowUpOutcome
from rehabdesk.store.tables.cases import Case, FollowUp, Participant


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One follow-up of a closed case. Who must not be rung is said with it: asking is mostly ringing."""

    id: int
    case_id: int
    case_number: str
    months: int
    due_on: date
    done_on: date | None
    outcome: FollowUpOutcome | None
    do_not_ring: bool
    is_protected: bool


def of_case(connection: Connection, case_id: int) -> tuple[FollowUpRow, ...]:
    """The follow-ups of one case, the first one first."""
    return _rows(connection, _follow_ups().where(FollowUp.case_id == case_id).order_by(FollowUp.months))


def due(connection: Connection, until: date) -> tuple[FollowUpRow, ...]:
    """What is to be asked on or before a day and has not been, the earliest first."""
    query = _follow_ups().where(FollowUp.done_on.is_(None), FollowUp.due_on <= until)
    return _rows(connection, query.order_by(FollowUp.due_on, FollowUp.id))


@cache
def _follow_ups() -> Select:
    return (
        select(
            FollowUp.id,
            FollowUp.case_id,
            Case.number.label("case_number"),
            FollowUp.months,
            FollowUp.due_on,
            FollowUp.done_on,
            FollowUp.outcome,
            Participant.do_not_ring,
            Participant.is_protected,
        )
        .join(Case, Case.id == FollowUp.case_id)
        .join(Participant, Participant.id == Case.participant_id)
    )


def _rows(connection: Connection, query: Select) -> tuple[FollowUpRow, ...]:
    return tuple(
        FollowUpRow(**{**row._asdict(), "outcome": FollowUpOutcome(row.outcome) if row.outcome else None})
        for row in connection.execute(query)
    )
