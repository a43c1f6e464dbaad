"""The log of who saw and did what: ids only, each entry bound to the one before it by a digest, so that a cut shows.

Its tail is guarded by SQLite itself: the table is AUTOINCREMENT, so the highest number ever given out is remembered even
when the last entries are taken away. That costs no write of its own, and the autosave pays for none.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping

from sqlalchemy import Connection

from rehabdesk.domain.problems import Problem

#: What the first entry holds in the place of the digest before it.
BEGINNING = "0" * 64

# Codes and ids. A name or a sentence has a space or a capital, and must never get in here.
_CODE = re.compile(r"[a-z0-9][a-z0-9_.:\-]{0,79}")

_COLUMNS = "id, at, kind, subject, subject_id, detail, previous_digest, digest"


def append(
    connection: Connection,
    now: str,
    kind: str,
    subject: str | None = None,
    subject_id: int | None = None,
    **ids: int | str | bool | None,
) -> int:
    """Add one entry in the current transaction; its id. `ids` hold numbers and lowercase codes, never words of people."""
    for name, value in {"kind": kind, "subject": subject, **ids}.items():
        if isinstance(value, str) and not _CODE.fullmatch(value):
            # The value may be a person's name: it stays out of this text too.
            raise ValueError(f"the log takes ids and codes only, and {name!r} is neither")
    # Past SQLAlchemy: every write pays for its line, and the autosave has half a millisecond for all of it.
    bare = connection.connection.driver_connection
    last = bare.execute("SELECT id, digest FROM log_entry ORDER BY id DESC LIMIT 1").fetchone()
    number, previous = (last[0] + 1, last[1]) if last else (1, BEGINNING)
    detail = _canonical(ids)
    digest = _digest(previous, number, now, kind, subject, subject_id, detail)
    bare.execute(
        f"INSERT INTO log_entry ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (number, now, kind, subject, subject_id, detail, previous, digest),
    )
    return number


def verify(connection: Connection) -> Problem | None:
    """Walk the chain: None, or the first place where an entry is missing or is not what was written."""
    expected, previous = 1, BEGINNING
    for number, at, kind, subject, subject_id, detail, claimed, digest in connection.exec_driver_sql(
        f"SELECT {_COLUMNS} FROM log_entry ORDER BY id"
    ):
        if number != expected:
            return Problem("log.cut", None, {"number": expected})
        if claimed != previous or digest != _digest(previous, number, at, kind, subject, subject_id, detail):
            return Problem("log.changed", None, {"number": number})
        expected, previous = number + 1, digest
    given_out = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'log_entry'").scalar()
    if (given_out or 0) != expected - 1:
        return Problem("log.cut", None, {"number": expected})
    return None


def _digest(previous: str, number: int, at: str, kind: str, subject: str | None, subject_id: int | None, detail: str) -> str:
    entry = {"id": number, "at": at, "kind": kind, "subject": subject, "subject_id": subject_id, "detail": detail}
    return hashlib.sha256((previous + _canonical(entry)).encode("utf-8")).hexdigest()


def _canonical(content: Mapping[str, object]) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
