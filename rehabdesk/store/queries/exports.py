"""Reading which lists left as files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from rehabdesk.domain.exports import ExportKind, FileFormat
from rehabdesk.store.tables.exports import ExportedFile


@dataclass(frozen=True, slots=True)
class ExportedFileRow:
    """One file that is not gone yet."""

    id: int
    kind: ExportKind
    format: FileFormat
    made_on: date
    rows: int
    with_names: bool
    kept_on: str


def not_gone(connection: Connection) -> tuple[ExportedFileRow, ...]:
    """The files that the coordinator has not said are gone, the oldest first."""
    query = (
        select(
            ExportedFile.id, ExportedFile.kind, ExportedFile.format, ExportedFile.made_on, ExportedFile.rows, ExportedFile.with_names,
            ExportedFile.kept_on,
        )
        .where(ExportedFile.gone_on.is_(None))
        .order_by(ExportedFile.id)
    )  # fmt: skip
    return tuple(
        ExportedFileRow(row.id, ExportKind(row.kind), FileFormat(row.format), row.made_on, row.rows, row.with_names, row.kept_on)
        for row in connection.execute(query)
    )
