"""Simple symbols beside a heading, for who reads little: drawn lines, decoration only. The heading says what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from math import cos, pi, sin

Points = tuple[tuple[float, float], ...]


class Symbol(StrEnum):
    """What a part of a paper is about."""

    STAR = "star"
    FLAG = "flag"
    CAN = "can"
    CANNOT = "cannot"
    YOU = "you"
    OTHERS = "others"
    DONE = "done"
    CALENDAR = "calendar"


def drawn(symbol: Symbol) -> tuple[Points, ...]:
    """The lines of a symbol in a square of side 1, from its top left corner."""
    return tuple(_LINES[symbol])


def _round(x: float, y: float, radius: float, begin: float = 0.0, end: float = 1.0, corners: int = 24) -> Points:
    turns = (begin + (end - begin) * step / corners for step in range(corners + 1))
    return tuple((x + radius * cos(2 * pi * turn), y + radius * sin(2 * pi * turn)) for turn in turns)


def _star() -> Points:
    radii = (0.48, 0.2)
    return tuple(
        (0.5 + radii[corner % 2] * sin(pi * corner / 5), 0.52 - radii[corner % 2] * cos(pi * corner / 5)) for corner in range(11)
    )


def _person(x: float, width: float = 0.3) -> Iterator[Points]:
    yield _round(x, 0.26, 0.15)
    yield _round(x, 0.95, width, 0.5, 1.0)


_LINES: dict[Symbol, tuple[Points, ...]] = {
    Symbol.STAR: (_star(),),
    Symbol.FLAG: (((0.25, 0.98), (0.25, 0.05), (0.9, 0.28), (0.25, 0.52)),),
    Symbol.CAN: (_round(0.5, 0.5, 0.46), ((0.28, 0.52), (0.44, 0.68), (0.73, 0.34))),
    Symbol.CANNOT: (_round(0.5, 0.5, 0.46), ((0.18, 0.82), (0.82, 0.18))),
    Symbol.YOU: tuple(_person(0.5)),
    Symbol.OTHERS: (*_person(0.28, 0.24), *_person(0.76, 0.22)),
    Symbol.DONE: (((0.06, 0.06), (0.94, 0.06), (0.94, 0.94), (0.06, 0.94), (0.06, 0.06)), ((0.26, 0.52), (0.44, 0.7), (0.76, 0.3))),
    Symbol.CALENDAR: (
        ((0.06, 0.16), (0.94, 0.16), (0.94, 0.94), (0.06, 0.94), (0.06, 0.16)), ((0.06, 0.4), (0.94, 0.4)),
        ((0.3, 0.04), (0.3, 0.26)), ((0.7, 0.04), (0.7, 0.26)),
    ),
}  # fmt: skip
