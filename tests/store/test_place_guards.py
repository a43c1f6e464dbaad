"""The store itself refuses the thirteenth on twelve places: by plain SQL, in bulk, by a step back, and after an upgrade."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlcipher3 import dbapi2

from rehabdesk.domain.problems import Refused
from rehabdesk.services.prerehab import bookings
from rehabdesk.store import cipher, health, vault
from rehabdesk.store.database import open_connections
from rehabdesk.store.invariants import overbooked
from rehabdesk.store.migrations import runner
from rehabdesk.store.migrations.steps import Step
from rehabdesk.store.store import Store
from rehabdesk.store.tables.prerehab import PAST_THE_LIMIT, PLACE_TAKEN
from tests.helpers.claims import TEST, make_programme, make_round
from tests.helpers.clock import FakeClock
from tests.helpers.forum import small_forum
from tests.helpers.vaults import PASSPHRASE, bare, new_store

_CLAIM = (
    "INSERT INTO booking (id, programme_id, case_id, state, position, asked_on, referrer, need, is_ready, place_id, starts_on, ends_on, reason_text) "
    "VALUES (?, ?, ?, ?, 0, '2026-11-01', '', '', 1, ?, ?, ?, '')"
)
_FIRST, _LAST = "2026-12-01", "2027-01-21"
DAYS = ("2026-12-01", "2026-12-10", "2026-12-20", "2027-01-21")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault with five cases, and a round of four places that nobody has."""
    made = tmp_path_factory.mktemp("guards") / "Guards.rehabdesk"
    with new_store(made) as store:
        small_forum(store, cases_count=5)
        make_round(store, make_programme(store), store.clock.today() + timedelta(days=9), places=4)
    return made


@pytest.fixture
def raw(folder: Path) -> Iterator[dbapi2.Connection]:
    """A bare connection that knows nothing of the program; what it writes is not kept."""
    connection = bare(folder)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("BEGIN IMMEDIATE")
    yield connection
    connection.execute("ROLLBACK")
    connection.close()


def claim(number: int, place: int | None, starts: str | None = _FIRST, ends: str | None = _LAST, state: str = "accepted") -> tuple:
    return number, 1, number, state, place, starts, ends


def refused(connection: dbapi2.Connection, statement: str, values: object = (), *, word: str = PLACE_TAKEN, many: bool = False) -> None:
    with pytest.raises(dbapi2.IntegrityError, match=word):
        (connection.executemany if many else connection.execute)(statement, values)


@pytest.mark.parametrize("state", ("offered", "accepted", "started"))
def test_two_on_a_place_are_refused_whatever_their_states(raw, state: str) -> None:
    raw.execute(_CLAIM, claim(1, 1))
    refused(raw, _CLAIM, claim(2, 1, state=state))
    refused(raw, _CLAIM, claim(2, 1, _LAST, _LAST, state))
    raw.execute(_CLAIM, claim(2, 2, state=state))


def test_the_fifth_on_four_places_is_refused_in_every_order(raw) -> None:
    for order in itertools.permutations(range(1, 5)):
        raw.execute("SAVEPOINT filled")
        for number, place in enumerate(order, start=1):
            raw.execute(_CLAIM, claim(number, place))
        for place in range(1, 5):
            refused(raw, _CLAIM, claim(5, place))
        refused(raw, "INSERT INTO place (round_id, number, is_extra, extra_reason) VALUES (1, 5, 0, '')", word=PAST_THE_LIMIT)
        refused(raw, "UPDATE round SET max_places = 3", word=PAST_THE_LIMIT)
        raw.execute("ROLLBACK TO filled")


def test_a_bulk_insert_is_refused_as_a_whole(raw) -> None:
    raw.execute("SAVEPOINT bulk")
    refused(raw, _CLAIM, [claim(1, 1), claim(2, 2), claim(3, 3), claim(4, 4), claim(5, 4)], many=True)
    raw.execute("ROLLBACK TO bulk")
    waiting = [claim(number, None, None, None, "registered") for number in range(1, 6)]
    raw.executemany(_CLAIM, waiting)
    whole = f"UPDATE booking SET state = 'accepted', place_id = min(id, 4), starts_on = '{_FIRST}', ends_on = '{_LAST}'"
    refused(raw, whole)
    refused(raw, _CLAIM.replace("INSERT", "INSERT OR REPLACE"), [claim(1, 1), claim(2, 1)], many=True)
    raw.execute("DELETE FROM booking")
    copied = f"1, id, 'accepted', 0, '2026-11-01', '', '', 1, 1, '{_FIRST}', '{_LAST}', '' FROM \"case\""
    refused(raw, _CLAIM.split("VALUES")[0].replace("(id, ", "(") + "SELECT " + copied)


def test_somebody_after_one_who_stopped_is_let_in_and_never_on_the_same_day(raw) -> None:
    raw.execute(_CLAIM, claim(1, 1))
    raw.execute("UPDATE booking SET state = 'broken_off', ends_on = '2026-12-10', break_off_reason = 'moved', closed_on = '2026-12-10' WHERE id = 1")
    refused(raw, _CLAIM, claim(2, 1, "2026-12-10"))
    raw.execute(_CLAIM, claim(2, 1, "2026-12-11"))
    refused(raw, "UPDATE booking SET ends_on = '2026-12-11' WHERE id = 1")
    refused(raw, "UPDATE booking SET starts_on = '2026-12-10' WHERE id = 2")
    refused(raw, "UPDATE booking SET starts_on = '2026-12-01', id = 7 WHERE id = 2")


@given(moves=st.lists(st.tuples(st.sampled_from("iud"), st.integers(1, 5), st.integers(1, 4), st.sampled_from(DAYS), st.sampled_from(DAYS)), max_size=25))
def test_no_order_of_plain_sql_overbooks(folder: Path, moves: list[tuple]) -> None:
    connection = bare(folder)
    try:
        connection.execute("BEGIN IMMEDIATE")
        for kind, number, place, starts, ends in moves:
            try:
                if kind == "i":
                    connection.execute(_CLAIM, claim(number, place, starts, ends))
                elif kind == "u":
                    connection.execute("UPDATE booking SET place_id = ?, starts_on = ?, ends_on = ? WHERE id = ?", (place, starts, ends, number))
                else:
                    connection.execute("DELETE FROM booking WHERE id = ?", (number,))
            except dbapi2.IntegrityError:
                continue
            assert overbooked(connection) == 0
        connection.execute("ROLLBACK")
    finally:
        connection.close()


def test_a_step_back_that_would_overbook_is_refused_and_tears_nothing(store: Store, clock: FakeClock) -> None:
    forum = small_forum(store, cases_count=5)
    made = make_round(store, make_programme(store), clock.today() + timedelta(days=9), places=4)
    for case_id in forum.case_ids[:4]:
        bookings.book(store, case_id, made)
    store.undo()
    # Another writer, whom the history does not know, gives the place to somebody else.
    with store.write(TEST, undoable=False) as writing:
        writing.connection.exec_driver_sql(_CLAIM, (99, 1, forum.case_ids[4], "accepted", 4, "2026-12-01", "2027-01-21"))
    with pytest.raises(Refused) as refusal:
        store.redo()
    assert [problem.code for problem in refusal.value.problems] == ["undo.impossible"]
    assert store.read(lambda connection: overbooked(connection.connection.driver_connection)) == 0


# --- an upgrade, and a vault that another program wrote to ---

_LOOSE = "DROP TRIGGER booking_place_taken_insert"


def _tighten() -> str:
    fresh = {name: sql for kind, name, _, sql in runner.fresh_schema() if kind == "trigger"}
    return fresh["booking_place_taken_insert"]


def test_an_upgrade_that_leaves_two_on_a_place_is_refused_and_the_vault_is_as_it_was(vault_dir: Path) -> None:
    with new_store(vault_dir) as store:
        small_forum(store, cases_count=2)
        make_round(store, make_programme(store), store.clock.today() + timedelta(days=9), places=4)
    two = tuple(_CLAIM.replace("?, ?, ?, ?,", f"{n}, 1, {n}, 'accepted',").replace("?, ?, ?,", f"1, '{_FIRST}', '{_LAST}',") for n in (1, 2))
    step = Step((_LOOSE, *two, _tighten()), frozenset({"booking"}))
    with vault.unlock(vault_dir, PASSPHRASE) as unlocked:
        with pytest.raises(RuntimeError, match="two on one place"):
            runner.upgrade(vault_dir, unlocked.database_path, unlocked.data_key, steps=(step,))
        connection = cipher.connect(unlocked.database_path, unlocked.data_key)
        assert connection.execute("SELECT count(*) FROM booking").fetchone() == (0,)
        connection.close()
        one = Step((_LOOSE, two[0], _tighten()), frozenset({"booking"}))
        runner.upgrade(vault_dir, unlocked.database_path, unlocked.data_key, steps=(one,))


@pytest.mark.parametrize("tamper", ("two_on_a_place", "past_the_limit"))
def test_a_check_of_the_vault_finds_it_overbooked(vault_dir: Path, tamper: str, texts, texts_en) -> None:
    with new_store(vault_dir) as store:
        small_forum(store, cases_count=2)
        made = make_round(store, make_programme(store), store.clock.today() + timedelta(days=9), places=4)
        assert made == 1
    assert health.check(vault_dir, PASSPHRASE) == ()
    connection = bare(vault_dir)
    connection.execute("PRAGMA foreign_keys = ON")
    if tamper == "two_on_a_place":
        guard = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'booking_place_taken_insert'").fetchone()[0]
        connection.execute(_LOOSE)
        connection.executemany(_CLAIM, [claim(1, 1), claim(2, 1)])
    else:
        guard = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'round_below_its_places'").fetchone()[0]
        connection.execute("DROP TRIGGER round_below_its_places")
        connection.execute("UPDATE round SET max_places = 3, min_places = 1")
    connection.execute(guard)
    connection.close()
    problems = health.check(vault_dir, PASSPHRASE)
    assert [problem.code for problem in problems] == ["vault.overbooked"]
    assert texts.problem(problems[0]) != texts_en.problem(problems[0])


def test_the_writer_of_the_program_has_the_same_guards(vault, clock: FakeClock) -> None:
    store = Store(open_connections(vault.database_path, vault.data_key), clock)
    small_forum(store, cases_count=2)
    make_round(store, make_programme(store), clock.today() + timedelta(days=9), places=4)
    with pytest.raises(IntegrityError), store.write(TEST) as writing:
        for row in (claim(1, 1), claim(2, 1)):
            writing.connection.exec_driver_sql(_CLAIM, row)
    assert store.read(lambda connection: connection.exec_driver_sql("SELECT count(*) FROM booking").scalar()) == 0
    store.close()


_FIFTH = "INSERT INTO place (round_id, number, is_extra, extra_reason) VALUES (1, {}, 0, '')"


@pytest.mark.parametrize(
    "statement",
    (
        "REPLACE INTO round SELECT id, programme_id, number, name, starts_on, ends_on, weeks, weekdays, start, \"end\", place, 1, 3, "
        "last_late_start_on, cancelled_on, cancelled_reason FROM round WHERE id = 1",
        _FIFTH.format("2.5"),
        _FIFTH.format("'5'"),
        "REPLACE INTO place (id, round_id, number, is_extra, extra_reason) VALUES (1, 1, 5, 0, '')",
        "UPDATE place SET number = 5 WHERE number = 4",
        "UPDATE place SET number = 3.5 WHERE number = 4",
        "UPDATE place SET is_extra = 1 WHERE number = 4",
        "UPDATE place SET id = 99 WHERE id = 1",
        "UPDATE round SET id = 99",
        "DELETE FROM place WHERE id = 1",
        "DELETE FROM round WHERE id = 1",
        "REPLACE INTO place (id, round_id, number, is_extra, extra_reason) VALUES (99, 1, 1, 0, '')",
        "UPDATE OR REPLACE booking SET place_id = 1 WHERE id = 2",
        "UPDATE OR IGNORE booking SET place_id = 1 WHERE id = 2",
        "INSERT INTO booking SELECT 9, programme_id, 5, state, position, asked_on, referrer_party_id, referrer, need, is_ready, ready_from, place_id, "
        "starts_on, ends_on, action_id, closed_on, break_off_reason, removal_reason, reason_text FROM booking WHERE id = 1 "
        "ON CONFLICT DO UPDATE SET place_id = 2",
    ),
)
def test_no_other_way_into_the_tables_makes_room(raw, statement: str) -> None:
    for number in range(1, 5):
        raw.execute(_CLAIM, claim(number, number))
    with pytest.raises(dbapi2.IntegrityError):
        raw.execute(statement)
    assert raw.execute("SELECT count(*), count(DISTINCT place_id) FROM booking").fetchone() == (4, 4)
    assert raw.execute("SELECT count(*), max(number) FROM place").fetchone() == (4, 4)
    assert overbooked(raw) == 0
