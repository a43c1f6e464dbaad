"""The demo forum: alive on its day, the same for the same seed and day, and whole by every check there is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from rehabdesk.domain.forum import SessionState
from rehabdesk.services import demo
from rehabdesk.services.forum import minutes
from rehabdesk.services.settings import coordinator
from rehabdesk.store import log
from rehabdesk.store.queries import cases, consent, hand_outs, settings
from rehabdesk.store.queries.forum import actions, agenda, sessions
from rehabdesk.store.store import Store
from rehabdesk.store.tables import Table
from tests.helpers.vaults import new_store

TODAY = date(2026, 11, 22)

#: Columns that hold chance on purpose, or what follows from it.
RANDOM = {"salt", "digest", "previous_digest", "content"}


def _dump(store: Store) -> dict[str, list[tuple[object, ...]]]:
    def query(connection):
        return {
            table.name: [
                tuple(value for name, value in row._mapping.items() if name not in RANDOM)
                for row in connection.execute(table.select().order_by(*table.primary_key.columns))
            ]
            for table in Table.metadata.sorted_tables
        }

    return store.read(query)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory):
    """One demo forum for the tests that only look."""
    with new_store(tmp_path_factory.mktemp("demo") / "Demo.rehabdesk") as store:
        demo.build(store, today=TODAY)
        yield store


def test_it_has_two_years_of_sessions_and_a_coming_one_with_cases(filled: Store) -> None:
    rows = filled.read(sessions.sessions)
    assert len(rows) > 30
    assert min(row.held_on for row in rows) < TODAY - timedelta(days=650)
    assert {row.state for row in rows} == {SessionState.PLANNED, SessionState.LOCKED, SessionState.CANCELLED}
    coming = filled.read(sessions.next_session, TODAY)
    assert TODAY < coming.held_on <= TODAY + timedelta(days=7)
    assert coming.case_count >= 4
    assert coming.minutes_planned <= 150


def test_about_forty_cases_open_and_closed_none_with_an_action_of_a_closed_case_open(filled: Store) -> None:
    rows = filled.read(cases.cases, TODAY)
    # Forty with a story each, and one under protected identity.
    assert len(rows) == 41
    assert [row.employer for row in rows if row.is_protected] == [""]
    assert sum(row.closed_on is None for row in rows) >= 8
    assert all(row.open_actions == 0 for row in rows if row.closed_on)


def test_idag_has_something_to_say(filled: Store) -> None:
    assert filled.read(actions.late_by_party, TODAY)
    assert filled.read(hand_outs.to_give_later)
    assert filled.read(consent.running_out, TODAY, TODAY + timedelta(days=60))
    coming = filled.read(sessions.next_session, TODAY)
    items = filled.read(agenda.agenda, coming.id, TODAY)
    assert any(not called.may_hear for item in items for called in item.called if item.is_by_name)
    assert all(item.question for item in items if item.case_id)
    assert filled.read(agenda.parked, coming.series_id, TODAY)


def test_nothing_stands_in_the_print_queue(filled: Store) -> None:
    assert filled.read(hand_outs.to_print) == ()
    assert filled.read(hand_outs.unanswered) == ()


def test_it_says_that_it_is_a_demo_and_whom_to_ring(filled: Store) -> None:
    assert filled.read(settings.is_demo)
    assert filled.read(coordinator).is_complete


def test_log_and_minutes_verify(filled: Store) -> None:
    assert filled.read(log.verify) is None
    assert filled.read(minutes.problems_with_minutes) == ()
    assert filled.read(lambda c: c.execute(text("PRAGMA foreign_key_check")).all()) == []


def test_nothing_has_happened_after_today(filled: Store) -> None:
    latest = filled.read(lambda c: c.execute(text("SELECT max(at) FROM log_entry")).scalar())
    assert latest[:10] <= TODAY.isoformat()


@pytest.mark.slow
def test_the_same_seed_and_day_give_the_same_forum(filled: Store, store: Store) -> None:
    demo.build(store, today=TODAY)
    assert _dump(store) == _dump(filled)
