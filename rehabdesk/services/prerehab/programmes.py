"""Programmes: who supplies them, for whom, what they cost, who is controller, and what they measure with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from rehabdesk.domain import swedish
from rehabdesk.domain.problems import refuse_if
from rehabdesk.domain.rounds import ProgrammeDetails, problems_with_programme
from rehabdesk.domain.series import slug_of
from rehabdesk.services.checks import existing, line, prose
from rehabdesk.store.history import Label
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.parties import Party
from rehabdesk.store.tables.prerehab import Programme, ProgrammeInstrument

__all__ = [
    "ProgrammeDetails", "add_programme", "change_programme", "end_programme", "reopen_programme", "set_instruments",
]  # fmt: skip

_DETAILS = tuple(name for name in ProgrammeDetails.__dataclass_fields__ if name != "instruments")


def add_programme(store: Store, details: ProgrammeDetails) -> int:
    """Begin a programme; returns its id. Its name on the command line is made of its name."""
    details = _cleaned(details)
    with store.write(Label("programme.added", {"name": details.name})) as writing:
        _refuse(writing, None, details)
        taken = writing.session.scalars(select(Programme.slug)).all()
        programme = Programme(
            **{name: getattr(details, name) for name in _DETAILS},
            name_sort=swedish.sort_key(details.name),
            slug=slug_of(details.name, taken),
            made_on=writing.today,
        )
        writing.session.add(programme)
        writing.flush()
        _measure_with(writing, programme.id, details.instruments or ())
        return programme.id


def change_programme(store: Store, programme_id: int, details: ProgrammeDetails) -> None:
    """Change what a programme is. Its name on the command line stays: papers and scripts refer to it."""
    details = _cleaned(details)
    with store.write(Label("programme.changed", {"name": details.name})) as writing:
        programme = existing(writing, Programme, programme_id, "programme")
        _refuse(writing, programme_id, details)
        for name in _DETAILS:
            setattr(programme, name, getattr(details, name))
        programme.name_sort = swedish.sort_key(details.name)
        if details.instruments is not None:
            _measure_with(writing, programme_id, details.instruments)


def end_programme(store: Store, programme_id: int, on: date | None = None) -> None:
    """A programme takes no new rounds, from today or another day; what has been stays."""
    with store.write(Label("programme.ended")) as writing:
        existing(writing, Programme, programme_id, "programme").ended_on = on or writing.today


def reopen_programme(store: Store, programme_id: int) -> None:
    """An ended programme takes rounds again."""
    with store.write(Label("programme.reopened")) as writing:
        existing(writing, Programme, programme_id, "programme").ended_on = None


def set_instruments(store: Store, programme_id: int, codes: Iterable[str]) -> None:
    """What a programme measures with, in this order, and nothing else."""
    with store.write(Label("programme.instruments_set")) as writing:
        existing(writing, Programme, programme_id, "programme")
        _measure_with(writing, programme_id, codes)


def _measure_with(writing: Writing, programme_id: int, codes: Iterable[str]) -> None:
    wanted = list(dict.fromkeys(codes))
    query = select(ProgrammeInstrument).where(ProgrammeInstrument.programme_id == programme_id)
    known = {row.instrument: row for row in writing.session.scalars(query)}
    for code in known.keys() - set(wanted):
        writing.session.delete(known[code])
    for position, code in enumerate(wanted):
        if code in known:
            known[code].position = position
        else:
            writing.session.add(ProgrammeInstrument(programme_id=programme_id, instrument=code, position=position))


def _cleaned(details: ProgrammeDetails) -> ProgrammeDetails:
    return replace(
        details,
        name=line(details.name, "name"),
        controller_board=line(details.controller_board, "controller_board"),
        place=line(details.place, "place"),
        target_group=prose(details.target_group, "target_group"),
    )


def _refuse(writing: Writing, programme_id: int | None, details: ProgrammeDetails) -> None:
    controller = writing.read(party_queries.organisation, details.controller_id)
    others = writing.session.scalars(select(Programme.name).where(Programme.id != (programme_id or 0))).all()
    refuse_if(problems_with_programme(details, controller.kind if controller else None, others))
    if details.supplier_party_id is not None:
        existing(writing, Party, details.supplier_party_id, "party")
