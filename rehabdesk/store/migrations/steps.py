"""The numbered steps from one version of the schema to the next, in plain SQL. Version 1 is built from the mapped classes.

A step is never changed once it has reached a person's vault: what it got wrong, the next one puts right.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """Statements that lead to the next version, and the tables whose number of rows they mean to change."""

    statements: tuple[str, ...]
    changes_rows_of: frozenset[str] = frozenset()


#: The first leads from version 1 to 2, and so on.
STEPS: tuple[Step, ...] = ()
