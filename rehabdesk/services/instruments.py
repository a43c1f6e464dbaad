"""The measuring instruments: those that come with the program, and those laid in the machine's own folder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rehabdesk.domain.instruments import Instrument, read_instruments
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import data_files

_FOLDER = "instruments"
_OWN_TEXT = ("perceived_health", "activity_ability", "belief_in_return", "self_rated_health")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The instruments there are; `problems` say why the machine's own files are not among them."""

    instruments: tuple[Instrument, ...]
    problems: tuple[Problem, ...] = ()


def shelf() -> Shelf:
    """The instruments as the files are now. A file of the machine's replaces the program's of the same name, or stands beside them."""
    return _read(data_files.own_files(_FOLDER))


def instruments() -> tuple[Instrument, ...]:
    """All instruments, those with a text of their own first: they are what most measure with."""
    return shelf().instruments


def instrument(code: str) -> Instrument | None:
    """The instrument with this code; None where no file has it any more."""
    return next((one for one in instruments() if one.code == code), None)


def known(codes: tuple[str, ...]) -> tuple[Instrument, ...]:
    """Those of the codes that a file still has, in the codes' order."""
    return tuple(found for found in map(instrument, codes) if found is not None)


# What the files say changes only with their dates: remembering it is not state.
@lru_cache(maxsize=4)
def _read(own: data_files.Stamped) -> Shelf:
    shipped = data_files.shipped_files(_FOLDER)
    if own:
        try:
            return Shelf(_ordered(read_instruments(data_files.parsed(data_files.with_own(shipped, own), "instruments"))))
        except Refused as refused:
            return Shelf(_ordered(read_instruments(data_files.parsed(shipped, "instruments"))), refused.problems)
    return Shelf(_ordered(read_instruments(data_files.parsed(shipped, "instruments"))))


def _ordered(found: tuple[Instrument, ...]) -> tuple[Instrument, ...]:
    """Those that ship with their text first, in our own order."""
    return tuple(sorted(found, key=_place))


def _place(one: Instrument) -> tuple[bool, int]:
    return one.is_totals_only, _OWN_TEXT.index(one.code) if one.code in _OWN_TEXT else len(_OWN_TEXT)
