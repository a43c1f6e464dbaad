"""One bare connection to an encrypted database: key, pragmas, and what the world's errors mean. No SQLAlchemy here.

The lock screen loads this floor before SQLAlchemy, so whatever unlocking needs stays on the bare driver.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from rehabdesk.domain.problems import Problem, Refused

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection as BareConnection

#: Earlier ones can damage a WAL database with two connections (fixed in 3.51.3).
OLDEST_SQLITE = (3, 51, 3)

#: Marks the file as ours inside the encryption ("RHBD").
APPLICATION_ID = 0x52484244

PLAIN_HEADER = b"SQLite format 3\x00"

_HEX = b"0123456789abcdef"
_DISK_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_NOT_WRITABLE = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})

# SQLite's primary result codes; the driver does not name them all.
_NOMEM, _BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 7, 5, 6, 8, 10, 11, 13, 14, 26
_IOERR_READ, _IOERR_SHORT_READ, _IOERR_CORRUPTFS = 266, 522, 8458

#: The driver lets go of the statement used least often, so a cache that the undo triggers have filled keeps none of those that
#: come after them, and each is prepared anew every time (tried: half the time of a booking).
_STATEMENTS_KEPT = 1000


class StoreError(Refused):
    """The world stands in the way of reading or writing: disk, place, another program, damage. Never a mistake of ours."""


def connect(path: Path, data_key: bytes | bytearray, *, mode: str = "rw", any_thread: bool = False) -> BareConnection:
    """Open the encrypted database with its raw key and every pragma this program relies on.

    `mode` is SQLite's: `rw` never creates a file, `rwc` does, `ro` reads only. The key is proved before returning.
    Raises `StoreError`.
    """
    driver = _driver()
    with world_errors(proved_writable=False):
        connection = driver.connect(
            f"{_uri(path.absolute())}?mode={mode}", uri=True, isolation_level=None, check_same_thread=not any_thread, timeout=5,
            cached_statements=_STATEMENTS_KEPT,
        )  # fmt: skip
        try:
            _open(connection, data_key, read_only=mode == "ro")
        except BaseException:
            connection.close()
            raise
    return connection


def problem_of(error: BaseException, *, proved_writable: bool = True) -> Problem | None:
    """What an error of the driver or the system means for a person, or None where the mistake is ours.

    `proved_writable`: the file was written to before on this connection, so "read-only" is how SQLite speaks after it has
    met a damaged page.
    """
    if isinstance(error, OSError):
        return Problem(_code_of_system(error))
    extended = getattr(error, "sqlite_errorcode", None)
    if extended is None:
        return None
    primary = extended & 0xFF
    if primary == _READONLY:
        return Problem("store.damaged" if proved_writable else "store.read_only_place")
    if primary == _IOERR:
        return Problem(_code_of_io(extended))
    code = {
        _BUSY: "store.locked",
        _LOCKED: "store.locked",
        _NOMEM: "store.out_of_memory",
        _CORRUPT: "store.damaged",
        _NOTADB: "store.damaged",
        _FULL: "store.disk_full",
        _CANTOPEN: "store.unreachable",
    }.get(primary)
    return Problem(code) if code else None


def is_refused_write(error: BaseException) -> bool:
    """Whether SQLite refused to write: on a connection that only reads, that is our mistake and no damage."""
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF == _READONLY


@contextmanager
def world_errors(*, proved_writable: bool = True) -> Iterator[None]:
    """Turn errors of disk, place and driver into `StoreError`; ours pass through and stay loud."""
    driver = _driver()
    try:
        yield
    except (driver.Error, OSError) as error:
        problem = problem_of(error, proved_writable=proved_writable)
        if problem is None:
            raise
        raise StoreError(problem) from error


def is_plain(path: Path) -> bool:
    """Whether the file is an ordinary, unencrypted SQLite database."""
    with path.open("rb") as file:
        return file.read(len(PLAIN_HEADER)) == PLAIN_HEADER


def _uri(path: PurePath) -> str:
    """The path as SQLite reads a URI: a Windows share is no authority to it, but part of the path."""
    uri = path.as_uri()
    return uri if uri.startswith("file:///") else uri.replace("file://", "file:////", 1)


def _driver():
    """The cipher's driver; refuses to run at all on one that would write plain text or lose data."""
    from sqlcipher3 import dbapi2

    if dbapi2.sqlite_version_info < OLDEST_SQLITE:
        raise RuntimeError(f"SQLite {dbapi2.sqlite_version} carries the WAL-reset bug; 3.51.3 or later is needed")
    return dbapi2


def _open(connection: BareConnection, data_key: bytes | bytearray, *, read_only: bool) -> None:
    raw = _raw_key(data_key)
    try:
        connection.set_key(raw)
    finally:
        raw[:] = bytes(len(raw))
    # The cipher would otherwise write to stderr what it thinks of every damaged page.
    connection.execute("PRAGMA cipher_log_level = none")
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise RuntimeError("this SQLite has no cipher: a vault would be written in plain text")
    # Temporary files of SQLite are never encrypted: sorting must stay in memory.
    connection.execute("PRAGMA temp_store = MEMORY")
    # cipher_memory_security stays off: it locks and wipes each of SQLite's small allocations, which made a demo forum five
    # times as slow (31 s against 6), while thousands of copies of row text stay in a Python process all the same. What
    # guards memory is that locking ends the process.
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not read_only:
        _make_durable(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("PRAGMA secure_delete = ON")


def _make_durable(connection: BareConnection) -> None:
    if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] == "wal":
        connection.execute("PRAGMA synchronous = FULL")
    else:
        # A place that cannot share memory has no WAL; there only EXTRA also syncs the journal's removal.
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = EXTRA")


def _raw_key(data_key: bytes | bytearray) -> bytearray:
    """x'<64 hex digits>' built byte by byte, so that no immutable copy of the key stays behind."""
    if len(data_key) != 32:
        raise ValueError("a data key has 32 bytes")
    raw = bytearray(67)
    raw[0:2] = b"x'"
    raw[66] = ord("'")
    for index, byte in enumerate(data_key):
        raw[2 + 2 * index] = _HEX[byte >> 4]
        raw[3 + 2 * index] = _HEX[byte & 15]
    return raw


def _code_of_system(error: OSError) -> str:
    if error.errno in _DISK_FULL:
        return "store.disk_full"
    if error.errno in _NOT_WRITABLE:
        return "store.read_only_place"
    return "store.unreachable"


def _code_of_io(extended: int) -> str:
    if extended in (_IOERR_SHORT_READ, _IOERR_CORRUPTFS):
        return "store.damaged"
    return "store.unreachable" if extended == _IOERR_READ else "store.write_failed"
