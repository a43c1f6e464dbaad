"""Undo and change notices from one mechanism: temporary triggers on the writer.

Every undoable table gets three temporary triggers that write the inverse SQL of each touched row (SQLite's own undo
recipe), so cascades and bulk updates are seen as well. Tables that no step may take back only report what changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import Connection, MetaData
from sqlalchemy import Table as SqlTable

#: Tables that undo never touches (`architecture.md` 2, `product.md` rule 1): what was consented, frozen, printed or logged stays so.
BEYOND_UNDO = frozenset(
    {"log_entry", "hand_out", "item_sheet", "minutes", "consent", "consent_kind", "setting", "presence_event", "note_draft"}
    | {"consent_form", "statistics_consent", "plan_version", "exported_file", "hand_out_case"}
)

#: Longest history kept, in steps.
LONGEST = 500


class ChangeKind(StrEnum):
    """What happened to a row."""

    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Change:
    """A notice that a row changed; carries its table and id, never the row itself."""

    table: str
    id: int
    kind: ChangeKind


@dataclass(frozen=True, slots=True)
class Label:
    """The name of an undo step as key and parameters; `texts.label` makes words of it."""

    key: str
    params: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}), hash=False)


@dataclass(slots=True)
class Step:
    """One undo step: its label and the statements that take it back, in the order they must run."""

    label: Label
    statements: list[tuple[str, str]]
    merge_key: object | None = None


def install(writer: Connection, metadata: MetaData) -> None:
    """Create the temporary tables and triggers on the writer; they live as long as it does and are never on disk."""
    writer.exec_driver_sql("CREATE TEMP TABLE undo_log (seq INTEGER PRIMARY KEY, place TEXT NOT NULL, statement TEXT NOT NULL)")
    writer.exec_driver_sql("CREATE TEMP TABLE change_log (seq INTEGER PRIMARY KEY, name TEXT NOT NULL, row INTEGER NOT NULL, kind TEXT NOT NULL)")
    for table in metadata.sorted_tables:
        for statement in _triggers(table):
            writer.exec_driver_sql(statement)


def collect(writer: Connection) -> tuple[list[tuple[str, str]], frozenset[Change]]:
    """Take what the triggers wrote in this transaction: inverse statements, newest first, and the changes; then empty the logs."""
    # Past SQLAlchemy: this runs at every save of a second's typing, and four small statements through it cost a third of the whole.
    bare = writer.connection.driver_connection
    statements = bare.execute("SELECT place, statement FROM undo_log ORDER BY seq DESC").fetchall()
    rows = bare.execute("SELECT DISTINCT name, row, kind FROM change_log").fetchall()
    clear(writer)
    return statements, frozenset(Change(name, row, ChangeKind(kind)) for name, row, kind in rows)


def clear(writer: Connection) -> None:
    """Empty the logs."""
    bare = writer.connection.driver_connection
    bare.execute("DELETE FROM undo_log")
    bare.execute("DELETE FROM change_log")


class History:
    """The undo and redo stacks, in memory only."""

    def __init__(self) -> None:
        self._undo: list[Step] = []
        self._redo: list[Step] = []

    @property
    def undo_label(self) -> Label | None:
        """What Ctrl+Z would take back."""
        return self._undo[-1].label if self._undo else None

    @property
    def redo_label(self) -> Label | None:
        """What would be done again."""
        return self._redo[-1].label if self._redo else None

    def record(self, label: Label, statements: list[tuple[str, str]], merge_key: object | None) -> None:
        """Put a new step on top, or merge it into the top one when both carry the same merge key."""
        self._redo.clear()
        top = self._undo[-1] if self._undo else None
        if top is not None and merge_key is not None and top.merge_key == merge_key:
            # The earliest statement for a place restores the oldest value; later ones for the same place add nothing.
            known = {place for place, _ in top.statements if place}
            top.statements[:0] = [(place, text) for place, text in statements if place not in known]
            return
        self._undo.append(Step(label, statements, merge_key))
        del self._undo[:-LONGEST]

    def take_undo(self) -> Step | None:
        """Remove and return the step to undo."""
        return self._undo.pop() if self._undo else None

    def take_redo(self) -> Step | None:
        """Remove and return the step to redo."""
        return self._redo.pop() if self._redo else None

    def put_redo(self, step: Step) -> None:
        """A step was undone; this takes it forth again."""
        self._redo.append(step)

    def put_undo(self, step: Step) -> None:
        """A step was redone, or could not be undone and is put back."""
        self._undo.append(step)

    def end_merging(self) -> None:
        """The next write begins a step of its own, whatever its merge key."""
        if self._undo:
            self._undo[-1].merge_key = None

    def forget(self) -> None:
        """A barrier: no step before this can be undone or redone."""
        self._undo.clear()
        self._redo.clear()


def _triggers(table: SqlTable) -> Iterable[str]:
    name = table.name
    columns = [column.name for column in table.columns]
    row_id = _row_id(table)
    undoable = name not in BEYOND_UNDO
    for kind, event, side in (("insert", "INSERT", "NEW"), ("update", "UPDATE", "OLD"), ("delete", "DELETE", "OLD")):
        body = f"INSERT INTO change_log (name, row, kind) VALUES ('{name}', {side}.{row_id}, '{kind}');"
        if undoable:
            body += f" INSERT INTO undo_log (place, statement) VALUES ({_inverse(name, columns, row_id, kind)});"
        yield f'CREATE TEMP TRIGGER "history_{name}_{kind}" AFTER {event} ON main."{name}" BEGIN {body} END'


def _inverse(name: str, columns: list[str], row_id: str, kind: str) -> str:
    """SQL expressions for the place and the inverse statement of one row change.

    The place names what an update restores (table, row, columns), so that merging can tell repeats; it is empty for rows
    that came or went, which are never repeats.
    """
    if kind == "insert":
        return f"""'', 'DELETE FROM "{name}" WHERE {row_id}=' || NEW.{row_id}"""
    if kind == "delete":
        names = [row_id, *columns] if row_id == "rowid" else columns
        listed = ", ".join(n if n == "rowid" else f'"{n}"' for n in names)
        values = " || ', ' || ".join(f'quote(OLD.{n})' if n == "rowid" else f'quote(OLD."{n}")' for n in names)
        return f"""'', 'INSERT INTO "{name}" ({listed}) VALUES (' || {values} || ')'"""
    changed = " || ".join(f"""CASE WHEN OLD."{c}" IS NOT NEW."{c}" THEN ',{c}' ELSE '' END""" for c in columns)
    restored = " || ".join(f"""CASE WHEN OLD."{c}" IS NOT NEW."{c}" THEN ', "{c}"=' || quote(OLD."{c}") ELSE '' END""" for c in columns)
    first = columns[0]
    return (
        f"""'{name}:' || OLD.{row_id} || {changed}, 'UPDATE "{name}" SET "{first}"="{first}"' || {restored} """
        f"""|| ' WHERE {row_id}=' || NEW.{row_id}"""
    )


def _row_id(table: SqlTable) -> str:
    keys = list(table.primary_key.columns)
    return "id" if len(keys) == 1 and keys[0].name == "id" else "rowid"
