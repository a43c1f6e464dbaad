"""Rows put in by plain SQL, where what a session costs would be most of the whole: a booking, its offer, the reasons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from sqlalchemy import Connection

from rehabdesk.store.tables import Table

Value = str | int | float | date | None


def insert(connection: Connection, table: type[Table], values: Mapping[str, Value]) -> int:
    """Put in one row, with the table's own defaults for what is not given; its id. The triggers and constraints judge it as any."""
    statement, defaults = _statement(table, tuple(values))
    bare = connection.connection.driver_connection
    kept = [value.isoformat() if isinstance(value, date) else value for value in values.values()]
    return bare.execute(statement, (*kept, *defaults)).lastrowid


@cache
def _statement(table: type[Table], names: tuple[str, ...]) -> tuple[str, tuple[Value, ...]]:
    columns = table.__table__.columns
    unknown = set(names) - set(columns.keys())
    if unknown:
        raise ValueError(f"{table.__tablename__} has no {sorted(unknown)}")
    defaults = {column.name: column.default.arg for column in columns if column.default is not None and column.name not in names}
    listed = ", ".join(f'"{name}"' for name in (*names, *defaults))
    marks = ", ".join("?" for _ in (*names, *defaults))
    return f'INSERT INTO "{table.__tablename__}" ({listed}) VALUES ({marks})', tuple(defaults.values())
