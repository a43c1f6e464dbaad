"""Reading the log."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from rehabdesk.store.tables.privacy import LogEntry


def last_of(connection: Connection, kind: str, subject: str, subject_id: int) -> str | None:
    """When such an entry was last made about a row (a UTC instant)."""
    query = select(func.max(LogEntry.at)).where(LogEntry.subject == subject, LogEntry.subject_id == subject_id, LogEntry.kind == kind)
    return connection.execute(query).scalar()
