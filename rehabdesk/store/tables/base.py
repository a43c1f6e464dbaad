"""The common ground of the mapped classes: naming of constraints, enum and time checks, and nothing else."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, MetaData
from sqlalchemy.orm import DeclarativeBase

#: Every constraint has a name, so that a migration can speak of it and an error can be told apart.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

#: Ids are never given out twice: a reused id would make an old log entry point at another person.
NEVER_REUSED = {"sqlite_autoincrement": True}


class Table(DeclarativeBase):
    """Base of every mapped class."""

    metadata = MetaData(naming_convention=NAMING)


def one_of(column: str, values: type[StrEnum], *, empty: bool = False) -> CheckConstraint:
    """A check that `column` holds a value of the enum (or NULL where `empty`)."""
    listed = ", ".join(f"'{value}'" for value in values)
    rule = f"{column} IN ({listed})"
    return CheckConstraint(f"{column} IS NULL OR {rule}" if empty else rule, name=f"{column}_known")


def is_date(column: str) -> CheckConstraint:
    """A check that `column` is NULL or YYYY-MM-DD."""
    return CheckConstraint(f"{column} IS NULL OR {column} GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'", name=f"{column}_is_date")


def is_time(column: str) -> CheckConstraint:
    """A check that `column` is NULL or HH:MM."""
    return CheckConstraint(f"{column} IS NULL OR {column} GLOB '[0-2][0-9]:[0-5][0-9]'", name=f"{column}_is_time")


def is_flag(column: str) -> CheckConstraint:
    """A check that `column` is 0 or 1."""
    return CheckConstraint(f"{column} IN (0, 1)", name=f"{column}_is_flag")
