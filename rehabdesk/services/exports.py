"""Lists as files the coordinator asks for: written whole or not at all, logged, and remembered until she says they are gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rehabdesk.domain.exports import ExportKind, FileFormat, ListColumn, ListRow, without_names
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.exchange.csv_file import write_csv
from rehabdesk.exchange.xlsx import write_sheet
from rehabdesk.services import paper_files
from rehabdesk.services.checks import existing, line
from rehabdesk.store.history import Label
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.store import Store
from rehabdesk.store.tables.exports import ExportedFile


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and how many cases under protected identity are not in it."""

    rows: int
    left_out: int


def save_cases(
    store: Store, path: Path, columns: Sequence[ListColumn], rows: Sequence[ListRow], *, with_names: bool = False, title: str = "", kept_on: str = ""
) -> Exported:
    """Write the list of cases as it is shown, as a workbook or as text by the file's ending.

    Without names unless they are asked for; a case under protected identity is left out either way (`product.md` rule 7).
    """
    protected = store.read(case_queries.protected_cases, [row.case_id for row in rows])
    kept = tuple(row for row in rows if row.case_id not in protected)
    if not kept:
        raise Refused(Problem("export.nothing_left"))
    shown, told = (tuple(columns), kept) if with_names else without_names(tuple(columns), kept)
    headings, cells = [column.heading for column in shown], [row.cells for row in told]
    form = FileFormat.TEXT if path.suffix.lower() == ".csv" else FileFormat.WORKBOOK
    content = write_csv(headings, cells) if form is FileFormat.TEXT else write_sheet(headings, cells, title)
    _write(store, path, content, ExportedFile(kind=ExportKind.CASES, format=form, rows=len(kept), with_names=with_names, kept_on=line(kept_on, "kept_on")))
    return Exported(len(kept), len(rows) - len(kept))


def file_is_gone(store: Store, exported_id: int) -> None:
    """The coordinator says that a file is gone."""
    with store.write(Label("export.file_gone"), undoable=False) as writing:
        row = existing(writing, ExportedFile, exported_id, "export")
        row.gone_on = row.gone_on or writing.today
        writing.log("export_gone", "exported_file", row.id)


def _write(store: Store, path: Path, content: bytes, row: ExportedFile) -> None:
    """First the record, then the name: what ends the program between them leaves a record too many, never a file too many."""
    part: Path | None = None
    try:
        part = paper_files.written_beside(path.parent, content)
        with store.write(Label("export.saved"), undoable=False) as writing:
            row.made_on = writing.today
            writing.session.add(row)
            writing.flush()
            writing.log("list_exported", "exported_file", row.id, list=row.kind, rows=row.rows, names=int(row.with_names))
            exported_id = row.id
        try:
            part.replace(path)
        except OSError:
            file_is_gone(store, exported_id)
            raise
    except OSError as error:
        raise Refused(Problem("paper.file_not_written", None, {"name": path.name})) from error
    finally:
        if part is not None:
            part.unlink(missing_ok=True)
