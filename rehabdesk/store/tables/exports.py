"""Lists that left as files, until the coordinator says that they are gone. Never undone: the file lies where it lies."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from rehabdesk.domain.exports import ExportKind, FileFormat
from rehabdesk.store.tables.base import NEVER_REUSED, Table, is_date, is_flag, one_of


class ExportedFile(Table):
    """One file: which list, how many rows, with names or without. `kept_on` is her word for where it lies, never a path."""

    __tablename__ = "exported_file"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    format: Mapped[str]
    made_on: Mapped[date]
    rows: Mapped[int]
    with_names: Mapped[bool] = mapped_column(default=False)
    kept_on: Mapped[str] = mapped_column(default="")
    gone_on: Mapped[date | None]
    __table_args__ = (
        one_of("kind", ExportKind),
        one_of("format", FileFormat),
        is_date("made_on"),
        is_date("gone_on"),
        is_flag("with_names"),
        NEVER_REUSED,
    )
