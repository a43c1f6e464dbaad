"""The cases that could be put on a meeting's agenda, those that are due first.

One statement fetches what ranking needs of every open case, a row a case: the sums are SQLite's, the order is
`domain.preparation`'s. What only the case that is looked at needs is asked for by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from rehabdesk.domain.cases import short_name
from rehabdesk.domain.consent import parties_covered, parties_hearing
from rehabdesk.domain.forum import Due
from rehabdesk.domain.preparation import PRESSING, BulkFacts, CaseFacts, ChainDate, DueReason, rank, reasons_for
from rehabdesk.store.queries.consent import rules
from rehabdesk.store.tables.forum import ForumSession, ItemParty
from rehabdesk.store.tables.parties import Party

_NONE: Mapping = MappingProxyType({})

# Past SQLAlchemy's types: thousands of rows are ranked while somebody waits. First the fields of `BulkFacts`. The columns beside a max are of its row (SQLite).
_RANKING = """
    SELECT c.id, c.opened_on, last.held_on, last.return_kind, last.return_on, waits.state, late.since, late.count, plan.evaluate_on,
           given.since, c.number, p.given_name, p.surname, parked.item_id
    FROM "case" AS c JOIN participant AS p ON p.id = c.participant_id
    LEFT JOIN (
        SELECT i.case_id, max(s.held_on) AS held_on, i.return_kind, i.return_on, i.return_action_id
        FROM agenda_item AS i JOIN forum_session AS s ON s.id = i.session_id
        WHERE i.case_id IS NOT NULL AND i.state = 'finished' GROUP BY i.case_id
    ) AS last ON last.case_id = c.id
    LEFT JOIN action AS waits ON waits.id = last.return_action_id
    LEFT JOIN (
        SELECT case_id, min(due_on) AS since, count(*) AS count FROM action
        WHERE state = 'open' AND due_on < :today AND case_id IS NOT NULL GROUP BY case_id
    ) AS late ON late.case_id = c.id
    LEFT JOIN (SELECT case_id, evaluate_on FROM action_plan WHERE state <> 'ended') AS plan ON plan.case_id = c.id
    LEFT JOIN (
        SELECT case_id, max(valid_from) AS since FROM consent
        WHERE withdrawn_on IS NULL AND valid_from <= :today AND valid_until >= :today GROUP BY case_id
    ) AS given ON given.case_id = c.id
    LEFT JOIN (
        SELECT case_id, min(id) AS item_id FROM agenda_item
        WHERE series_id = :series AND session_id IS NULL AND case_id IS NOT NULL GROUP BY case_id
    ) AS parked ON parked.case_id = c.id
    WHERE c.series_id = :series AND c.closed_on IS NULL
        AND c.id NOT IN (SELECT case_id FROM agenda_item WHERE session_id = :session AND case_id IS NOT NULL)
    ORDER BY c.year DESC, c.sequence DESC
"""


class Candidate(NamedTuple):
    """An open case that is not on the agenda yet, with its strongest reason to be taken up. `row` is as the statement gave it."""

    row: tuple[Any, ...]
    due: Due
    held_on: date
    chain: ChainDate | None
    plan_due: date | None

    @property
    def id(self) -> int:
        """The case's id."""
        return self.row[0]

    @property
    def number(self) -> str:
        """RF-2026-014."""
        return self.row[10]

    @property
    def name(self) -> str:
        """ "Maria S." """
        return short_name(self.row[11], self.row[12])

    @property
    def full_name(self) -> str:
        """Given name and surname."""
        return f"{self.row[11]} {self.row[12]}".strip()

    @property
    def parked_item_id(self) -> int | None:
        """Its item on the parking list, if it has one."""
        return self.row[13]

    @property
    def facts(self) -> CaseFacts:
        """What is known of it."""
        return BulkFacts(*self.row[:10]).facts(self.chain, self.plan_due)

    @property
    def reasons(self) -> tuple[DueReason, ...]:
        """Every reason to take it up, the strongest first."""
        return reasons_for(self.facts, self.held_on)

    @property
    def last_on(self) -> date | None:
        """The day it was on last."""
        return self.facts.last_on

    @property
    def is_pressing(self) -> bool:
        """Whether it ought to be taken up at this meeting."""
        return self.due in PRESSING


class Covered(NamedTuple):
    """The parties to be called that a case's consent covers today: those a list may name, and how many more there are (`product.md` rule 5)."""

    parties: tuple[str, ...]
    more: int


def candidates(
    connection: Connection,
    session_id: int,
    today: date,
    chains: Mapping[int, ChainDate] = _NONE,
    plans: Mapping[int, date] = _NONE,
) -> tuple[Candidate, ...]:
    """Open cases of the session's series that are not on its agenda, the most due first.

    By case, `chains` gives the next date of the rehabilitation chain with its day, and `plans` the day a plan is owed by: they
    rest on rules that are no rows, so `services.forum.preparing` brings them.
    """
    session = connection.execute(select(ForumSession.series_id, ForumSession.held_on).where(ForumSession.id == session_id)).first()
    if session is None:
        return ()
    asked = {"session": session_id, "series": session.series_id, "today": today.isoformat()}
    rows = connection.exec_driver_sql(_RANKING, asked).fetchall()
    held_on = session.held_on
    ranked = rank(rows, held_on, chains, plans)
    return tuple([_candidate(tuple(rows[place]), due, held_on, chains, plans) for place, due in ranked])


def covered(connection: Connection, case_id: int, today: date, parked_item_id: int | None = None) -> Covered:
    """Whom a case's consent covers among those that are going to be called, for the line under the list.

    Without any of them the agenda has the item as a consultation (`product.md` rule 1). Put on anew, a case is called before all
    that may hear it; a parked item still has those that were called to it.
    """
    consents = rules(connection, (case_id,))
    if parked_item_id is None:
        ids = parties_hearing(consents, case_id, today)
    else:
        called = connection.execute(select(ItemParty.party_id).where(ItemParty.item_id == parked_item_id)).scalars()
        ids = parties_covered(consents, case_id, today).intersection(called)
    query = select(Party.written).where(Party.id.in_(ids), Party.is_sensitive.is_(False)).order_by(Party.name_sort)
    named = tuple(connection.execute(query).scalars())
    return Covered(named, len(ids) - len(named))


def _candidate(
    row: tuple[Any, ...], due: Due, held_on: date, chains: Mapping[int, ChainDate], plans: Mapping[int, date]
) -> Candidate:
    return Candidate(row, due, held_on, chains.get(row[0]), plans.get(row[0]))
