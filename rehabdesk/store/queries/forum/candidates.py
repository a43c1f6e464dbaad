"""The cases that could be put on a meeting's agenda, those that are due first.

One statement fetches what ranking needs of every open case, a row a case: the sums are SQLite's, the order is
`domain.preparation`'s. What only the case that is looked at needs is asked for by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import Connection, Select, Subquery, func, select

from rehabdesk.domain.cases import short_name
from rehabdesk.domain.consent import parties_covered
from rehabdesk.domain.forum import ActionState, Due, ItemState, Return
from rehabdesk.domain.plans import PlanState
from rehabdesk.domain.preparation import PRESSING, CaseFacts, DueReason, rank
from rehabdesk.store.queries.consent import rules
from rehabdesk.store.tables.cases import Case, Participant
from rehabdesk.store.tables.consent import Consent
from rehabdesk.store.tables.forum import Action, AgendaItem, ForumSession
from rehabdesk.store.tables.parties import Party
from rehabdesk.store.tables.plans import ActionPlan

_NONE: Mapping = MappingProxyType({})
_NO_DATE = (None, 0)


class Candidate(NamedTuple):
    """An open case that is not on the agenda yet, with every reason to take it up, the strongest first."""

    id: int
    number: str
    name: str
    full_name: str
    reasons: tuple[DueReason, ...]
    last_on: date | None
    parked_item_id: int | None

    @property
    def due(self) -> Due:
        """The strongest reason."""
        return self.reasons[0].due

    @property
    def is_pressing(self) -> bool:
        """Whether it ought to be taken up at this meeting."""
        return self.due in PRESSING


class Covered(NamedTuple):
    """The parties a case's consent covers today: those a list may name, and how many more there are (`product.md` rule 5)."""

    parties: tuple[str, ...]
    more: int


def candidates(
    connection: Connection,
    session_id: int,
    today: date,
    chains: Mapping[int, tuple[date, int]] = _NONE,
    plans: Mapping[int, date] = _NONE,
) -> tuple[Candidate, ...]:
    """Open cases of the session's series that are not on its agenda, the most due first.

    By case, `chains` gives the next date of the rehabilitation chain with its day, and `plans` the day a plan is owed by: they
    rest on rules that are no rows, so `services.forum.preparing` brings them.
    """
    session = connection.execute(select(ForumSession.series_id, ForumSession.held_on).where(ForumSession.id == session_id)).first()
    if session is None:
        return ()
    rows = {row.id: row for row in connection.execute(ranking_rows(session_id, session.series_id, today))}
    ranked = rank([_facts(row, chains.get(row.id, _NO_DATE), plans.get(row.id)) for row in rows.values()], session.held_on)
    return tuple(_candidate(rows[one.case_id], one.reasons) for one in ranked)


def covered(connection: Connection, case_id: int, today: date) -> Covered:
    """Whom a case's consent covers today, for the line under the list."""
    ids = parties_covered(rules(connection, (case_id,)), case_id, today)
    query = select(Party.written).where(Party.id.in_(ids), Party.is_sensitive.is_(False)).order_by(Party.name_sort)
    named = tuple(connection.execute(query).scalars())
    return Covered(named, len(ids) - len(named))


def ranking_rows(session_id: int, series_id: int, today: date) -> Select:
    """The statement of the ranking: one row for each open case that is not on the agenda, newest number first."""
    last, late, parked, given, plan = _last_times(), _late(today), _parked(series_id), _consents(today), _evaluations()
    here = select(AgendaItem.case_id).where(AgendaItem.session_id == session_id, AgendaItem.case_id.is_not(None))
    return (
        select(
            Case.id,
            Case.number,
            Participant.given_name,
            Participant.surname,
            Case.opened_on,
            last.c.held_on.label("last_on"),
            last.c.return_kind,
            last.c.return_on,
            Action.state.label("waits_for"),
            late.c.since.label("late_since"),
            late.c.count.label("late_count"),
            plan.c.evaluate_on,
            given.c.since.label("consent_since"),
            parked.c.item_id.label("parked_item_id"),
        )
        .join(Participant, Participant.id == Case.participant_id)
        .outerjoin(last, last.c.case_id == Case.id)
        .outerjoin(Action, Action.id == last.c.return_action_id)
        .outerjoin(late, late.c.case_id == Case.id)
        .outerjoin(plan, plan.c.case_id == Case.id)
        .outerjoin(given, given.c.case_id == Case.id)
        .outerjoin(parked, parked.c.case_id == Case.id)
        .where(Case.series_id == series_id, Case.closed_on.is_(None), Case.id.not_in(here))
        .order_by(Case.year.desc(), Case.sequence.desc())
    )


def _facts(row: object, chain: tuple[date | None, int], plan_due: date | None) -> CaseFacts:
    return CaseFacts(
        row.id,
        row.opened_on,
        row.last_on,
        Return(row.return_kind) if row.return_kind is not None else None,
        row.return_on,
        row.waits_for is not None and row.waits_for != ActionState.OPEN,
        row.late_since,
        row.late_count or 0,
        *chain,
        plan_due,
        row.evaluate_on,
        row.consent_since,
    )


def _candidate(row: object, reasons: tuple[DueReason, ...]) -> Candidate:
    given_name, surname = row.given_name, row.surname
    full_name = f"{given_name} {surname}".strip()
    return Candidate(row.id, row.number, short_name(given_name, surname), full_name, reasons, row.last_on, row.parked_item_id)


def _last_times() -> Subquery:
    """For each case the last day it was finished on, and how it was to come back then: the columns beside a max are of its row."""
    return (
        select(
            AgendaItem.case_id,
            func.max(ForumSession.held_on).label("held_on"),
            AgendaItem.return_kind,
            AgendaItem.return_on,
            AgendaItem.return_action_id,
        )
        .join(ForumSession, ForumSession.id == AgendaItem.session_id)
        .where(AgendaItem.case_id.is_not(None), AgendaItem.state == ItemState.FINISHED)
        .group_by(AgendaItem.case_id)
        .subquery()
    )


def _late(today: date) -> Subquery:
    return (
        select(Action.case_id, func.min(Action.due_on).label("since"), func.count().label("count"))
        .where(Action.state == ActionState.OPEN, Action.due_on < today, Action.case_id.is_not(None))
        .group_by(Action.case_id)
        .subquery()
    )


def _parked(series_id: int) -> Subquery:
    return (
        select(AgendaItem.case_id, func.min(AgendaItem.id).label("item_id"))
        .where(AgendaItem.series_id == series_id, AgendaItem.session_id.is_(None), AgendaItem.case_id.is_not(None))
        .group_by(AgendaItem.case_id)
        .subquery()
    )


def _consents(today: date) -> Subquery:
    live = (Consent.withdrawn_on.is_(None), Consent.valid_from <= today, Consent.valid_until >= today)
    return select(Consent.case_id, func.max(Consent.valid_from).label("since")).where(*live).group_by(Consent.case_id).subquery()


def _evaluations() -> Subquery:
    return select(ActionPlan.case_id, ActionPlan.evaluate_on).where(ActionPlan.state != PlanState.ENDED).subquery()
