"""Vaults for tests: the real thing, with a key derivation that costs nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from rehabdesk.domain.clock import Clock
from rehabdesk.store import cipher, database, vault
from rehabdesk.store.key_slots import Kdf
from rehabdesk.store.store import Store
from tests.helpers.clock import FakeClock

CHEAP = Kdf(memory_kib=64, iterations=1, lanes=1)
PASSPHRASE = "kantarell tuba ångbåt nyckelpiga"

#: Typed into vaults to see whether it can be found again where it should not be.
MARKER = "Xantippa-Qvarnström"


def create(folder: Path, passphrase: str = PASSPHRASE) -> str:
    """Make a vault, close it, and give its recovery key."""
    made, recovery_key = vault.create(folder, passphrase, holder_name="Samordnare", kdf=CHEAP)
    made.close()
    return recovery_key


@contextmanager
def new_store(folder: Path, clock: Clock | None = None) -> Iterator[Store]:
    """A new vault's store, to put into it what a test begins from; closed and locked again afterwards."""
    unlocked, _ = vault.create(folder, PASSPHRASE, holder_name="Samordnare", kdf=CHEAP)
    with unlocked:
        store = Store(database.open_connections(unlocked.database_path, unlocked.data_key), clock or FakeClock())
        try:
            yield store
        finally:
            store.close()


@contextmanager
def opened(folder: Path, passphrase: str = PASSPHRASE) -> Iterator[database.Connections]:
    """The two connections of an unlocked vault."""
    with vault.unlock(folder, passphrase) as unlocked:
        connections = database.open_connections(unlocked.database_path, unlocked.data_key)
        try:
            yield connections
        finally:
            connections.close()


def fill(connection: Connection, rows: int = 300) -> None:
    """Give the database enough pages to damage."""
    with connection.begin():
        for number in range(rows):
            connection.exec_driver_sql("INSERT INTO setting (key, value) VALUES (?, ?)", (f"test.{number:05}", f"{MARKER} {number} " * 20))


def bare(folder: Path, passphrase: str = PASSPHRASE):
    """A bare connection to a vault's database, past every guard."""
    with vault.unlock(folder, passphrase) as unlocked:
        return cipher.connect(unlocked.database_path, unlocked.data_key)
