"""Reading what is frozen: sheets, their corrections, and the locked minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from rehabdesk.domain.minutes import FrozenItem
from rehabdesk.domain.sheets import CorrectionSheet, GeneralSheet, read_correction, read_general, read_sheet
from rehabdesk.store.tables.forum import AgendaItem, ItemSheet, Minutes


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A frozen item as the minutes page shows it; `item` is None once its case has been erased."""

    sheet_id: int
    item_id: int
    case_id: int | None
    paragraph: int | None
    digest: str
    frozen_on: date
    versions: int
    item: FrozenItem | None


@dataclass(frozen=True, slots=True)
class GeneralRow:
    """The frozen general part of a session's minutes, with the corrections made of it since, oldest first."""

    sheet_id: int
    sheet: GeneralSheet
    corrections: tuple[CorrectionSheet, ...]


@dataclass(frozen=True, slots=True)
class MinutesRow:
    """The locked minutes of a session."""

    digest: str
    locked_on: date
    sheet_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """A sheet as it lies in the vault, for the check that content, salt and digest still agree."""

    id: int
    content: str | None
    salt: bytes | None
    digest: str


def sheets_of_session(connection: Connection, session_id: int) -> tuple[SheetRow, ...]:
    """The frozen items of a session by number, each with its corrections."""
    found = connection.execute(
        select(
            ItemSheet.id,
            ItemSheet.item_id,
            ItemSheet.case_id,
            ItemSheet.corrects_id,
            ItemSheet.content,
            ItemSheet.digest,
            ItemSheet.frozen_on,
            AgendaItem.paragraph,
        )
        .join(AgendaItem, AgendaItem.id == ItemSheet.item_id)
        .where(ItemSheet.session_id == session_id)
        .order_by(AgendaItem.paragraph, ItemSheet.id)
    ).all()
    corrections: dict[int, list[CorrectionSheet | None]] = {}
    for row in found:
        if row.corrects_id is not None:
            corrections.setdefault(row.corrects_id, []).append(read_correction(row.content) if row.content else None)
    return tuple(
        SheetRow(
            sheet_id=row.id,
            item_id=row.item_id,
            case_id=row.case_id,
            paragraph=row.paragraph,
            digest=row.digest,
            frozen_on=row.frozen_on,
            versions=1 + len(corrections.get(row.id, ())),
            item=_frozen(row.content, corrections.get(row.id, [])),
        )
        for row in found
        if row.corrects_id is None
    )


def sheet_of_item(connection: Connection, item_id: int) -> SheetRow | None:
    """The frozen sheet of one item."""
    session_id = connection.execute(select(AgendaItem.session_id).where(AgendaItem.id == item_id)).scalar()
    if session_id is None:
        return None
    return next((row for row in sheets_of_session(connection, session_id) if row.item_id == item_id), None)


def general_part(connection: Connection, session_id: int) -> GeneralRow | None:
    """The frozen general part of locked minutes."""
    rows = connection.execute(
        select(ItemSheet.id, ItemSheet.corrects_id, ItemSheet.content)
        .where(ItemSheet.session_id == session_id, ItemSheet.item_id.is_(None))
        .order_by(ItemSheet.id)
    ).all()
    sheet = next((row for row in rows if row.corrects_id is None), None)
    if sheet is None or not sheet.content:
        return None
    corrections = tuple(read_correction(row.content) for row in rows if row.corrects_id == sheet.id and row.content)
    return GeneralRow(sheet.id, read_general(sheet.content), corrections)


def minutes(connection: Connection, session_id: int) -> MinutesRow | None:
    """The locked minutes of a session, if they are locked."""
    row = connection.execute(
        select(Minutes.digest, Minutes.locked_on, Minutes.sheet_ids).where(Minutes.session_id == session_id)
    ).first()
    return _minutes(row) if row is not None else None


def stored_sheets(connection: Connection) -> tuple[StoredSheet, ...]:
    """Every sheet as it lies in the vault."""
    rows = connection.execute(select(ItemSheet.id, ItemSheet.content, ItemSheet.salt, ItemSheet.digest))
    return tuple(StoredSheet(**row._asdict()) for row in rows)


def all_minutes(connection: Connection) -> tuple[tuple[int, MinutesRow], ...]:
    """Every session's locked minutes, for the check."""
    rows = connection.execute(select(Minutes.session_id, Minutes.digest, Minutes.locked_on, Minutes.sheet_ids))
    return tuple((row.session_id, _minutes(row)) for row in rows)


def _minutes(row: object) -> MinutesRow:
    return MinutesRow(row.digest, row.locked_on, tuple(int(part) for part in row.sheet_ids.split()))


def _frozen(content: str | None, corrections: list[CorrectionSheet | None]) -> FrozenItem | None:
    if content is None:
        return None
    return FrozenItem(read_sheet(content), tuple(correction for correction in corrections if correction is not None))
