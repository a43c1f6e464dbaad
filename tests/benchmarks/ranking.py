"""Four thousand open cases put in order for a meeting, against the same statements on the bare driver, every row fetched."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import insert

from rehabdesk.domain.cases import Employment
from rehabdesk.domain.consent import HowGiven, InformationKind
from rehabdesk.domain.forum import ActionState, ItemKind, ItemState, Return, SessionState
from rehabdesk.domain.plans import PlanState
from rehabdesk.services.forum import preparing
from rehabdesk.store import vault
from rehabdesk.store.history import Label
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.cases import Case, Participant
from rehabdesk.store.tables.consent import Consent, ConsentKind
from rehabdesk.store.tables.forum import Action, AgendaItem, ForumSession
from rehabdesk.store.tables.plans import ActionPlan
from rehabdesk.store.tables.sick_leave import SickLeavePeriod
from tests.benchmarks.demo_vaults import TODAY, open_store
from tests.benchmarks.measure import Figure, as_ratio, taking_turns
from tests.benchmarks.painting import Statement, statements_of
from tests.helpers.forum import Forum, small_forum
from tests.helpers.vaults import CHEAP, PASSPHRASE

CASES = 4_000
ROUNDS = 21
MOST = 2.0
_FIRST = 10_000


def figures() -> list[Figure]:
    """The whole ranking as the window asks for it: chain dates, plans owed, late actions, consents, evaluations, last times."""
    with _cases(CASES) as (store, forum):
        ask = partial(store.read, preparing.candidates, forum.session_id, TODAY)
        statements = statements_of(store, ask)
        bare = store._connections.reader.connection.driver_connection  # noqa: SLF001
        ranked = ask()
        assert len(ranked) == CASES
        pair = taking_turns(ask, partial(_ask, bare, statements), ROUNDS)
        return [as_ratio("open cases ranked", f"{CASES:,} cases, {len(statements)} statements".replace(",", " "), pair, MOST)]


def _ask(bare: object, statements: list[Statement]) -> None:
    for sql, values in statements:
        bare.execute(sql, values).fetchall()


@contextmanager
def _cases(count: int) -> Iterator[tuple[Store, Forum]]:
    with tempfile.TemporaryDirectory(prefix="rehabdesk-ranking-") as folder:
        unlocked, _ = vault.create(Path(folder) / "Cases.rehabdesk", PASSPHRASE, holder_name="Samordnare", kdf=CHEAP)
        with unlocked:
            store = open_store(unlocked)
            forum = small_forum(store, cases_count=0)
            with store.write(Label("test"), undoable=False) as writing:
                _fill(writing, forum, count, random.Random(count))
            try:
                yield store, forum
            finally:
                store.close()


def _fill(writing: Writing, forum: Forum, count: int, chance: random.Random) -> None:
    """Cases of every sort: on before or never, with late actions, consents of four parties, sick leave and plans."""
    ids = range(_FIRST, _FIRST + count)
    opened = {case_id: TODAY - timedelta(days=chance.randint(20, 500)) for case_id in ids}
    series = forum.series_id
    put = partial(_put, writing)
    put(Participant, ({"id": i, "given_name": "Anna", "surname": f"Prov{i}", "name_sort": f"prov{i}", "birth_year": 1980} for i in ids))
    put(Case, (
        {"id": i, "series_id": series, "participant_id": i, "number": f"RF-{opened[i].year}-{i}", "year": opened[i].year, "sequence": i,
         "opened_on": opened[i], "employment": Employment.EMPLOYED} for i in ids
    ))  # fmt: skip
    put(ForumSession, (
        {"id": _FIRST + n, "series_id": series, "number": 1_000 + n, "held_on": TODAY - timedelta(days=28 * (n + 1)), "start": "13:00",
         "end": "15:30", "state": SessionState.LOCKED} for n in range(16)
    ))  # fmt: skip
    put(AgendaItem, (
        {"series_id": series, "session_id": _FIRST + chance.randrange(16), "kind": ItemKind.CASE, "case_id": i, "state": ItemState.FINISHED,
         "return_kind": chance.choice(tuple(Return)), "return_on": TODAY + timedelta(days=chance.randint(-30, 60))}
        for i in ids for _ in range(chance.randint(0, 3))
    ))  # fmt: skip
    put(Action, (
        {"series_id": series, "case_id": i, "what": "boka", "party_id": forum.party_ids["FK"], "state": ActionState.OPEN,
         "created_on": opened[i], "due_on": TODAY + timedelta(days=chance.randint(-40, 60))}
        for i in ids for _ in range(chance.randint(0, 3))
    ))  # fmt: skip
    _consents(put, forum, ids, chance)
    put(SickLeavePeriod, (
        {"case_id": i, "start": start, "end": chance.choice((None, start + timedelta(days=chance.randint(20, 300)))), "degree": 100}
        for i in ids if chance.random() < 0.7 for start in (TODAY - timedelta(days=chance.randint(5, 400)),)
    ))  # fmt: skip
    put(ActionPlan, (
        {"case_id": i, "state": PlanState.CURRENT, "made_on": opened[i], "evaluate_on": TODAY + timedelta(days=chance.randint(-10, 90))}
        for i in ids if chance.random() < 0.5
    ))  # fmt: skip


def _consents(put: partial[None], forum: Forum, ids: range, chance: random.Random) -> None:
    rows = []
    for case_id in ids:
        for party_id in forum.party_ids.values():
            since = TODAY - timedelta(days=chance.randint(0, 200))
            rows.append({
                "id": _FIRST + len(rows), "case_id": case_id, "party_id": party_id, "valid_from": since, "how_given": HowGiven.PAPER,
                "valid_until": since + timedelta(days=chance.randint(100, 364)), "registered_at": "2026-11-22T08:00:00.000Z",
            })  # fmt: skip
    put(Consent, rows)
    put(ConsentKind, ({"consent_id": row["id"], "kind": InformationKind.PLANNED_MEASURES} for row in rows))


def _put(writing: Writing, table: type, rows: object) -> None:
    by_columns: dict[tuple[str, ...], list[dict[str, object]]] = {}
    for row in rows:
        by_columns.setdefault(tuple(row), []).append(row)
    for many in by_columns.values():
        writing.session.execute(insert(table), many)


