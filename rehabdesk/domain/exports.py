"""Lists that leave as files: what kind, in which form, and that no name goes with them unless it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: The column that only goes along when it is asked for.
NAME = "name"


class ExportKind(StrEnum):
    """Which list it was."""

    CASES = "cases"


class FileFormat(StrEnum):
    """What it is written as; the value is the ending of the file's name."""

    WORKBOOK = "xlsx"
    TEXT = "csv"


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column of a list as it is shown: its key, and what stands above it."""

    key: str
    heading: str


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of a list as it is shown: whose case it is, and its cells."""

    case_id: int
    cells: tuple[object, ...]


def without_names(columns: tuple[ListColumn, ...], rows: tuple[ListRow, ...]) -> tuple[tuple[ListColumn, ...], tuple[ListRow, ...]]:
    """The list without its column of names."""
    places = [place for place, column in enumerate(columns) if column.key != NAME]
    kept = tuple(ListRow(row.case_id, tuple(row.cells[place] for place in places)) for row in rows)
    return tuple(columns[place] for place in places), kept
