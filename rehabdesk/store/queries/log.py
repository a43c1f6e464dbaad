"""Reading the log."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Connection, Select, bindparam, func, select

from rehabdesk.store.tables.privacy import LogEntry


def last_of(connection: Connection, kind: str, subject: str, subject_id: int) -> str | None:
    """When such an entry was last made about a row (a UTC instant)."""
    return connection.execute(_last_of(), {"of_subject": subject, "of_id": subject_id, "of_kind": kind}).scalar()


@cache
def _last_of() -> Select:
    """Put together once: every page of a case asks it."""
    # An entry about no row has no id, which equals nothing.
    same_row = LogEntry.subject_id.is_not_distinct_from(bindparam("of_id"))
    return select(func.max(LogEntry.at)).where(LogEntry.subject == bindparam("of_subject"), same_row, LogEntry.kind == bindparam("of_kind"))
