"""What the log says."""

from __future__ import annotations

from sqlalchemy import text

from rehabdesk.store.store import Store


def log_of(store: Store, kind: str) -> list[tuple[str, int]]:
    """Every entry of a kind as (subject, subject id), in order."""
    query = text("SELECT subject, subject_id FROM log_entry WHERE kind = :kind ORDER BY id")
    return store.read(lambda connection: [tuple(row) for row in connection.execute(query, {"kind": kind})])
