"""The two connections of an open vault, as SQLAlchemy sees them: one that writes, one that only reads.

Each is made once and lives as long as the vault is open. A second one from a pool would lack the undo triggers, and one
shared by both loses part of a write (both tried).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from rehabdesk.store import cipher
from rehabdesk.store.cipher import StoreError, problem_of

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection as BareConnection

__all__ = ["Connections", "StoreError", "open_connections", "open_reader", "translated_errors", "wrap"]


@dataclass(frozen=True, slots=True)
class Connections:
    """The writer begins with BEGIN IMMEDIATE; the reader is query_only and begins plainly."""

    writer: Connection
    reader: Connection

    def close(self) -> None:
        """Close both; the last one to leave folds the write-ahead log back into the database."""
        for connection in (self.reader, self.writer):
            _close(connection)


def open_connections(path: Path, data_key: bytes | bytearray) -> Connections:
    """Open the writer and the reader. Belongs to the thread that calls it. Raises `StoreError`."""
    bare_writer = cipher.connect(path, data_key)
    try:
        _prove_writable(bare_writer)
        reader = open_reader(path, data_key)
    except BaseException:
        bare_writer.close()
        raise
    return Connections(writer=wrap(bare_writer, begin="BEGIN IMMEDIATE"), reader=reader)


def open_reader(path: Path, data_key: bytes | bytearray, *, in_place: bool = False) -> Connection:
    """Open a connection that cannot write. `in_place`: not even the file's housekeeping, because another program holds it."""
    bare = cipher.connect(path, data_key, mode="ro" if in_place else "rw")
    bare.execute("PRAGMA query_only = ON")
    return wrap(bare, begin="BEGIN", reads_only=True)


@contextmanager
def translated_errors() -> Iterator[None]:
    """Errors of disk, place and driver become `StoreError`; a broken rule of the schema stays SQLAlchemy's IntegrityError.

    What goes through the connections is translated where it happens; this also catches what went past SQLAlchemy.
    """
    from sqlcipher3 import dbapi2

    try:
        yield
    except (dbapi2.Error, DBAPIError) as error:
        problem = problem_of(error.orig if isinstance(error, DBAPIError) else error)
        if problem is None:
            raise
        raise StoreError(problem) from error


def wrap(bare: BareConnection, *, begin: str, proved_writable: bool = True, reads_only: bool = False) -> Connection:
    """Let SQLAlchemy speak through this one bare connection and never through another."""
    from sqlcipher3 import dbapi2

    waiting = [bare]

    def hand_over_once() -> BareConnection:
        if not waiting:
            raise RuntimeError("the vault's connection is gone; another would lack its triggers")
        return waiting.pop()

    # Parameters are what people typed: they belong in no error text.
    engine = create_engine("sqlite://", module=dbapi2, creator=hand_over_once, poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    @event.listens_for(engine, "handle_error")
    def _tell_the_world_apart(context: ExceptionContext) -> None:
        if reads_only and cipher.is_refused_write(context.original_exception):
            raise RuntimeError("a write was sent to the reader") from context.original_exception
        problem = problem_of(context.original_exception, proved_writable=proved_writable)
        if problem is not None:
            raise StoreError(problem) from context.original_exception

    return engine.connect()


def _close(connection: Connection) -> None:
    if connection.in_transaction():
        connection.get_transaction().rollback()
    connection.close()
    connection.engine.dispose()


def _prove_writable(bare: BareConnection) -> None:
    """After this, "read-only" from SQLite means damage, not a write-protected place."""
    with cipher.world_errors(proved_writable=False):
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("ROLLBACK")
