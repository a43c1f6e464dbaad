"""The cases that could be put on a meeting's agenda, those that are due first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from rehabdesk.domain.cases import short_name
from rehabdesk.domain.consent import parties_covered
from rehabdesk.domain.forum import ActionState, Due, ItemState, Return, why_due
from rehabdesk.store.queries.consent import rules
from rehabdesk.store.tables.cases import Case, Participant
from rehabdesk.store.tables.forum import Action, AgendaItem, ForumSession
from rehabdesk.store.tables.parties import Party


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open case that is not on the agenda yet. `parties` are those its consent covers today, less the sensitive ones."""

    id: int
    number: str
    name: str
    full_name: str
    due: Due
    due_on: date | None
    last_on: date | None
    parked_item_id: int | None
    parties: tuple[str, ...]
    more_parties: int


def candidates(connection: Connection, session_id: int, today: date) -> tuple[Candidate, ...]:
    """Open cases of the session's series that are not on its agenda, the most due first."""
    session = connection.execute(select(ForumSession.series_id, ForumSession.held_on).where(ForumSession.id == session_id)).first()
    if session is None:
        return ()
    here = select(AgendaItem.case_id).where(AgendaItem.session_id == session_id, AgendaItem.case_id.is_not(None))
    query = (
        select(Case.id, Case.number, Participant.given_name, Participant.surname)
        .join(Participant, Participant.id == Case.participant_id)
        .where(Case.series_id == session.series_id, Case.closed_on.is_(None), Case.id.not_in(here))
        .order_by(Case.year.desc(), Case.sequence.desc())
    )
    rows = connection.execute(query).all()
    last, parked, late = _last_times(connection), _parked(connection, session.series_id), _earliest_late(connection, today)
    parties, consents = _parties(connection), rules(connection, [row.id for row in rows])
    found = []
    for row in rows:
        before = last.get(row.id)
        due, due_on = why_due(before[1:] if before else None, late.get(row.id), session.held_on)
        covered = parties_covered(consents, row.id, today)
        named = tuple(written for party_id, written in parties.items() if party_id in covered)
        found.append(
            Candidate(
                row.id, row.number, short_name(row.given_name, row.surname), f"{row.given_name} {row.surname}".strip(), due, due_on, before[0] if before else None,
                parked.get(row.id), named, len(covered) - len(named),
            )
        )
    order = tuple(Due)
    return tuple(sorted(found, key=lambda one: (order.index(one.due), one.due_on or date.max)))


def _last_times(connection: Connection) -> dict[int, tuple[date, Return | None, date | None, bool]]:
    """For each case the last day it was finished on, and when it was to come back: how, on which day, and whether its action is done."""
    query = (
        select(AgendaItem.case_id, ForumSession.held_on, AgendaItem.return_kind, AgendaItem.return_on, Action.state)
        .join(ForumSession, ForumSession.id == AgendaItem.session_id)
        .outerjoin(Action, Action.id == AgendaItem.return_action_id)
        .where(AgendaItem.case_id.is_not(None), AgendaItem.state == ItemState.FINISHED)
        .order_by(ForumSession.held_on, AgendaItem.paragraph)
    )
    found: dict[int, tuple[date, Return | None, date | None, bool]] = {}
    for row in connection.execute(query):
        kind = Return(row.return_kind) if row.return_kind else None
        found[row.case_id] = (row.held_on, kind, row.return_on, row.state is not None and row.state != ActionState.OPEN)
    return found


def _parked(connection: Connection, series_id: int) -> dict[int, int]:
    query = select(AgendaItem.case_id, AgendaItem.id).where(
        AgendaItem.series_id == series_id, AgendaItem.session_id.is_(None), AgendaItem.case_id.is_not(None)
    )
    return {row.case_id: row.id for row in connection.execute(query)}


def _earliest_late(connection: Connection, today: date) -> dict[int, date]:
    query = select(Action.case_id, Action.due_on).where(
        Action.state == ActionState.OPEN, Action.due_on < today, Action.case_id.is_not(None)
    )
    found: dict[int, list[date]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.case_id].append(row.due_on)
    return {case_id: min(days) for case_id, days in found.items()}


def _parties(connection: Connection) -> dict[int, str]:
    """The parties a list of many cases may name: never a sensitive one (`product.md` rule 5)."""
    rows = connection.execute(select(Party.id, Party.written).where(Party.is_sensitive.is_(False)).order_by(Party.name_sort))
    return {row.id: row.written for row in rows}
