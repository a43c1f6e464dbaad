"""Is the vault whole? Every check there is, on a private copy, so that looking never harms what is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from rehabdesk.domain.problems import Problem
from rehabdesk.store import cipher, database, invariants, log
from rehabdesk.store.migrations import runner
from rehabdesk.store.private_copy import Look, opened_privately
from rehabdesk.store.vault import UnlockedVault, look_into

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection
    from sqlcipher3.dbapi2 import Connection as BareConnection

    #: A room's own check, on a reading connection: the digests of the minutes, for one.
    RoomCheck = Callable[[Connection], Iterable[Problem]]

# A rotten database can list a fault per page; a person needs one sentence of each kind.
_MOST_LISTED = 100


def check(
    folder: Path,
    secret: str,
    *,
    room_checks: Iterable[RoomCheck] = (),
    build: Callable[[Connection], None] = runner.create_tables,
) -> tuple[Problem, ...]:
    """Everything wrong with the vault; empty when it is whole. Raises `VaultError` where it cannot be looked into at all."""
    with opened_privately(folder) as look, look_into(look.folder, secret, in_place=look.in_place) as vault:
        try:
            return tuple(dict.fromkeys(_found(look, vault, tuple(room_checks), build)))
        except cipher.StoreError as error:
            # A page too rotten to be read ends the search: that it is damaged is the finding.
            return error.problems


def _found(
    look: Look, vault: UnlockedVault, room_checks: tuple[RoomCheck, ...], build: Callable[[Connection], None]
) -> Iterator[Problem]:
    if not look.in_place:
        damaged = _pages_damaged(vault)
        yield from damaged
        if damaged:
            return
    reader = database.open_reader(vault.database_path, vault.data_key, in_place=look.in_place)
    with closing(reader), reader.begin():
        bare = reader.connection.driver_connection
        broken = tuple(_structure(bare, build))
        yield from broken
        if broken:
            return
        overbooked = invariants.overbooked(bare)
        if overbooked:
            yield Problem("vault.overbooked", None, {"number": overbooked})
        problem = log.verify(reader)
        if problem is not None:
            yield problem
        for room_check in room_checks:
            yield from room_check(reader)


def _pages_damaged(vault: UnlockedVault) -> tuple[Problem, ...]:
    """Every page's seal. It is judged on the file alone, so the write-ahead log is folded in first."""
    with cipher.world_errors(), closing(cipher.connect(vault.database_path, vault.data_key)) as bare:
        bare.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        if bare.execute("PRAGMA cipher_integrity_check").fetchmany(_MOST_LISTED):
            return (Problem("store.damaged"),)
    return ()


def _structure(bare: BareConnection, build: Callable[[Connection], None]) -> Iterator[Problem]:
    # A file cut at a page's edge has nothing but good seals; only this check misses the rest of it.
    with cipher.world_errors():
        said = [row[0] for row in bare.execute(f"PRAGMA integrity_check({_MOST_LISTED})")]
        orphans = bare.execute("PRAGMA foreign_key_check").fetchmany(_MOST_LISTED)
        schema = runner.schema_of(bare)
    if said != ["ok"]:
        yield Problem("store.damaged")
    for table in sorted({row[0] for row in orphans}):
        yield Problem("vault.orphans", None, {"table": table})
    if set(schema) != set(runner.fresh_schema(build)):
        yield Problem("vault.schema_differs")
