"""Builds the schema of a fresh vault, and brings an older vault up to it: all or nothing, after a copy.

Works on a connection of its own with foreign keys off: on the store's, a table rebuilt under ON DELETE CASCADE takes its
children with it without a word (tried). SQLAlchemy is loaded only where a fresh schema is built.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rehabdesk.store import cipher, invariants
from rehabdesk.store.key_slots import SLOTS_NAME, sync_folder
from rehabdesk.store.migrations.steps import STEPS, Step

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlcipher3.dbapi2 import Connection as BareConnection

    Schema = tuple[tuple[str, str, str, str], ...]

#: The version this program writes; a newer vault is refused.
LATEST = 1 + len(STEPS)


def create_tables(connection: Connection) -> None:
    """Everything the mapped classes describe, in the current transaction."""
    from rehabdesk.store.tables import Table

    Table.metadata.create_all(connection, checkfirst=False)


def build_fresh(bare: BareConnection, build: Callable[[Connection], None] = create_tables, *, version: int = LATEST) -> None:
    """Build the schema in an empty database and close it."""
    connection = _wrapped(bare)
    try:
        with connection.begin():
            build(connection)
            connection.exec_driver_sql(f"PRAGMA application_id = {cipher.APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {version}")
    finally:
        connection.close()


def fresh_schema(build: Callable[[Connection], None] = create_tables) -> Schema:
    """What `sqlite_master` says in a vault made today."""
    from sqlcipher3 import dbapi2

    bare = dbapi2.connect(":memory:", isolation_level=None)
    connection = _wrapped(bare)
    try:
        with connection.begin():
            build(connection)
        return schema_of(bare)
    finally:
        connection.close()


def schema_of(bare: BareConnection) -> Schema:
    """Tables, indexes, triggers and views of a database, without the white space of their making."""
    rows = bare.execute("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    return tuple(sorted((kind, name, table, " ".join((sql or "").split())) for kind, name, table, sql in rows))


def version_of(bare: BareConnection) -> tuple[int, bool]:
    """The schema's version, and whether the database is a vault's at all."""
    version = bare.execute("PRAGMA user_version").fetchone()[0]
    return version, bare.execute("PRAGMA application_id").fetchone()[0] == cipher.APPLICATION_ID


def upgrade(
    folder: Path,
    database: Path,
    data_key: bytes | bytearray,
    *,
    steps: tuple[Step, ...] = STEPS,
    build: Callable[[Connection], None] = create_tables,
) -> Path:
    """Copy the vault, then run the steps it lacks in one transaction; the folder of the copy.

    Raises `StoreError` where the world is in the way, RuntimeError where a step does not do what it says. Either way the
    vault is as it was.
    """
    bare = cipher.connect(database, data_key)
    try:
        with cipher.world_errors():
            version, _ = version_of(bare)
            copy = _copied(bare, folder, database, version)
            bare.execute("PRAGMA foreign_keys = OFF")
            bare.execute("BEGIN IMMEDIATE")
            try:
                _run(bare, steps[version - 1 :], fresh_schema(build))
                bare.execute(f"PRAGMA user_version = {1 + len(steps)}")
                bare.execute("COMMIT")
            except BaseException:
                if bare.in_transaction:
                    bare.execute("ROLLBACK")
                raise
    finally:
        bare.close()
    return copy


def _run(bare: BareConnection, steps: tuple[Step, ...], expected: Schema) -> None:
    before = _row_counts(bare)
    for step in steps:
        for statement in step.statements:
            bare.execute(statement)
    after = _row_counts(bare)
    meant = frozenset().union(*(step.changes_rows_of for step in steps))
    changed = [table for table in before.keys() & after.keys() if before[table] != after[table] and table not in meant]
    gone = [table for table in before.keys() - after.keys() if before[table] and table not in meant]
    if changed or gone:
        raise RuntimeError(f"the upgrade changes the number of rows in {sorted(changed + gone)}")
    if bare.execute("PRAGMA foreign_key_check").fetchone():
        raise RuntimeError("the upgrade leaves rows that point at nothing")
    differing = set(schema_of(bare)) ^ set(expected)
    if differing:
        raise RuntimeError(f"the upgraded schema is not that of a fresh vault: {sorted({row[1] for row in differing})}")
    if invariants.overbooked(bare):
        raise RuntimeError("the upgrade leaves two on one place")


def _row_counts(bare: BareConnection) -> dict[str, int]:
    tables = [name for kind, name, _, _ in schema_of(bare) if kind == "table"]
    return {table: bare.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}


def _copied(bare: BareConnection, folder: Path, database: Path, version: int) -> Path:
    """The vault as it was, in a folder inside it; whole and synced before the first step runs."""
    busy, *_ = bare.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise RuntimeError("another connection keeps the vault from being copied")
    free = (folder / f"before-upgrade-{version}{suffix}" for suffix in ("", *(f"-{number}" for number in range(2, 1000))))
    target = next(candidate for candidate in free if not candidate.exists())
    part = target.with_name(target.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700)
    for source in (database, folder / SLOTS_NAME):
        if source.exists():
            _copy_synced(source, part / source.name)
    part.rename(target)
    sync_folder(folder)
    return target


def _copy_synced(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    with target.open("r+b") as file:
        os.fsync(file.fileno())


def _wrapped(bare: BareConnection) -> Connection:
    from rehabdesk.store.database import wrap

    return wrap(bare, begin="BEGIN IMMEDIATE", proved_writable=False)
