"""Programmes: who supplies them, for whom, what they cost, who is controller, and what they measure with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Select, select

from rehabdesk.store.tables.parties import Organisation, Party
from rehabdesk.store.tables.prerehab import Programme, ProgrammeInstrument


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """One programme and its controller. Costs are in whole kronor, the target in per cent of the places."""

    id: int
    name: str
    slug: str
    supplier_party_id: int | None
    supplier: str
    controller_id: int
    controller_name: str
    controller_board: str
    place: str
    target_group: str
    cost_per_round: int | None
    cost_per_place: int | None
    fill_target: int
    answer_days: int
    made_on: date
    ended_on: date | None

    @property
    def controller(self) -> str:
        """The controller as printed: "Vara kommun, kommunstyrelsen"."""
        return f"{self.controller_name}, {self.controller_board}" if self.controller_board else self.controller_name


def programmes(connection: Connection, *, ended: bool = False) -> tuple[ProgrammeRow, ...]:
    """All programmes by name; those that have ended only where asked for."""
    query = _programmes().order_by(Programme.name_sort, Programme.id)
    if not ended:
        query = query.where(Programme.ended_on.is_(None))
    return tuple(_row(row) for row in connection.execute(query))


def programme(connection: Connection, programme_id: int) -> ProgrammeRow | None:
    """One programme."""
    row = connection.execute(_programmes().where(Programme.id == programme_id)).first()
    return _row(row) if row else None


def instruments(connection: Connection, programme_id: int) -> tuple[str, ...]:
    """The codes of what a programme measures with, in its order."""
    query = (
        select(ProgrammeInstrument.instrument)
        .where(ProgrammeInstrument.programme_id == programme_id)
        .order_by(ProgrammeInstrument.position, ProgrammeInstrument.instrument)
    )
    return tuple(connection.execute(query).scalars())


def _programmes() -> Select:
    names = (
        "id", "name", "slug", "supplier_party_id", "controller_id", "controller_board", "place", "target_group",
        "cost_per_round", "cost_per_place", "fill_target", "answer_days", "made_on", "ended_on",
    )  # fmt: skip
    return (
        select(
            *(getattr(Programme, name) for name in names),
            Organisation.name.label("controller_name"),
            Party.written.label("supplier"),
        )
        .join(Organisation, Organisation.id == Programme.controller_id)
        .outerjoin(Party, Party.id == Programme.supplier_party_id)
    )


def _row(row: object) -> ProgrammeRow:
    values = row._asdict()
    values["supplier"] = values["supplier"] or ""
    return ProgrammeRow(**values)
