"""Upgrades: all or nothing, after a copy, and only when the result is the schema of a fresh vault with every row still there."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import sqlcipher3.dbapi2
from sqlalchemy import Connection

from rehabdesk.store import cipher, vault
from rehabdesk.store.migrations import runner
from rehabdesk.store.migrations.steps import Step

KEY = bytes(range(32))

_PARENT = "CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT)"
_PARENT_2 = "CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT NOT NULL)"
_CHILD = "CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parent (id) ON DELETE CASCADE)"
_NEW = "CREATE TABLE extra (id INTEGER PRIMARY KEY)"
_TRIGGER = "CREATE TRIGGER count_parent AFTER DELETE ON parent BEGIN SELECT 1; END"

REBUILD = Step(
    (
        "ALTER TABLE parent RENAME TO parent_old",
        _PARENT_2,
        "INSERT INTO parent SELECT id, coalesce(name, '') FROM parent_old",
        "DROP TABLE parent_old",
        _TRIGGER,
    )
)


def version_1(connection: Connection) -> None:
    for statement in (_PARENT, _CHILD, _TRIGGER):
        connection.exec_driver_sql(statement)


def version_3(connection: Connection) -> None:
    for statement in (_PARENT_2, _CHILD, _TRIGGER, _NEW):
        connection.exec_driver_sql(statement)


# legacy_alter_table keeps the child pointing at the name and not at the renamed table.
STEPS = (Step(("PRAGMA legacy_alter_table = ON", *REBUILD.statements)), Step((_NEW,)))


@pytest.fixture
def database(vault_dir: Path) -> Path:
    vault_dir.mkdir()
    path = vault_dir / "vault.db"
    runner.build_fresh(cipher.connect(path, KEY, mode="rwc"), version_1, version=1)
    connection = cipher.connect(path, KEY)
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO parent VALUES (?, ?)", [(number, f"p{number}") for number in range(500)])
    connection.executemany("INSERT INTO child VALUES (?, ?)", [(number, number % 500) for number in range(2000)])
    connection.execute("COMMIT")
    connection.close()
    return path


def state(path: Path) -> tuple:
    connection = cipher.connect(path, KEY)
    try:
        rows = tuple(connection.execute("SELECT count(*), (SELECT count(*) FROM child) FROM parent").fetchone())
        return (runner.version_of(connection)[0], rows, runner.schema_of(connection))
    finally:
        connection.close()


def upgraded(path: Path, steps: tuple[Step, ...] = STEPS) -> Path:
    return runner.upgrade(path.parent, path, KEY, steps=steps, build=version_3)


def test_a_table_rebuilt_under_a_cascade_keeps_its_children(database: Path) -> None:
    upgraded(database)
    version, rows, schema = state(database)
    assert (version, rows) == (3, (500, 2000))
    assert schema == runner.fresh_schema(version_3)


def test_the_vault_as_it_was_lies_beside_it(database: Path) -> None:
    before = state(database)
    copy = upgraded(database)
    assert copy.name == "before-upgrade-1"
    assert state(copy / "vault.db") == before


_BAD = {
    "rows lost": Step((*STEPS[0].statements, "DELETE FROM child WHERE id = 3")),
    "children without parents": Step((*STEPS[0].statements, "UPDATE child SET parent_id = 9999 WHERE id = 3")),
    "trigger forgotten": Step(STEPS[0].statements[:-1]),
    "nonsense": Step((*STEPS[0].statements, "SELEKT")),
    "table dropped": Step(("DROP TABLE child",)),
}


@pytest.mark.parametrize("bad", _BAD)
def test_a_step_that_does_not_do_what_it_says_changes_nothing(database: Path, bad: str) -> None:
    before = state(database)
    with pytest.raises((RuntimeError, sqlcipher3.dbapi2.Error)):
        upgraded(database, (_BAD[bad], STEPS[1]))
    assert state(database) == before


def test_rows_may_go_where_the_step_says_so(database: Path) -> None:
    step = Step((*STEPS[0].statements, "DELETE FROM child WHERE id = 3"), frozenset({"child"}))
    upgraded(database, (step, STEPS[1]))
    assert state(database)[1] == (500, 1999)


_UPGRADE = """
import pathlib, sys
sys.path.insert(0, sys.argv[2])
from tests.store import test_migrations as here
print("ready", flush=True)
sys.stdin.readline()
here.upgraded(pathlib.Path(sys.argv[1]))
"""


@pytest.mark.slow
def test_a_killed_upgrade_leaves_the_old_or_the_new(database: Path, tmp_path: Path) -> None:
    root = str(Path(vault.__file__).parents[2])
    old = state(database)
    for number in range(8):
        folder = tmp_path / f"kill{number}"
        shutil.copytree(database.parent, folder)
        child = subprocess.Popen(
            [sys.executable, "-c", _UPGRADE, str(folder / "vault.db"), root],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=root,
        )
        assert child.stdout.readline() == "ready\n"
        child.stdin.write("\n")
        child.stdin.flush()
        try:
            child.wait(timeout=0.004 * number + 0.001)
        except subprocess.TimeoutExpired:
            child.kill()
        child.communicate()
        after = state(folder / "vault.db")
        assert after == old or (after[0], after[1]) == (3, (500, 2000))


def test_the_schema_of_the_classes_is_the_schema_of_a_new_vault(vault_dir: Path) -> None:
    vault_dir.mkdir()
    runner.build_fresh(cipher.connect(vault_dir / "vault.db", KEY, mode="rwc"))
    connection = cipher.connect(vault_dir / "vault.db", KEY)
    assert runner.schema_of(connection) == runner.fresh_schema()
    assert runner.version_of(connection) == (runner.LATEST, True)
    connection.close()
