"""The drawing of how long actions have lain: a bar for each party, from what is in time to what is long past its date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehabdesk.domain.actions import Age, PartyAgeing
from rehabdesk.domain.scene import Anchor, Rect, Role, Scene, Shape, Text

WIDTH = 540.0
_NAME, _BAR, _STEP = 13.0, 18.0, 50.0
_NUMBER = 36.0
_LEGEND_STEP, _SIGN = 20.0, 7.2
#: No bar is so short that it cannot be seen, and a number stands in it only where there is room.
_LEAST, _ROOM = 3.0, 16.0
_GAP = 1.5

#: The ground of each age, and what is legible on it. Each stretch also has its number, and the ages always their order.
_COLOURS = {
    Age.IN_TIME: (Role.ACCENT_SOFT, Role.TEXT),
    Age.NO_DATE: (Role.LINE, Role.TEXT),
    Age.LATE: (Role.AMBER, Role.CARD),
    Age.LATE_WEEKS: (Role.RED, Role.CARD),
    Age.LATE_LONG: (Role.TEXT, Role.CARD),
}


@dataclass(frozen=True, slots=True)
class AgeingWords:
    """The words of the drawing: what each age is called, in the order of `Age`, and the whole of it told."""

    ages: tuple[str, ...]
    told: str


def ageing_scene(parties: Sequence[PartyAgeing], words: AgeingWords) -> Scene:
    """One bar a party, all on one scale, with the number of every stretch in it and the whole behind it."""
    legend, top = _legend(words.ages)
    shapes: list[Shape] = [*legend]
    most = max((party.total for party in parties), default=1)
    for place, party in enumerate(parties):
        shapes.extend(_bar(party, top + place * _STEP, most))
    return Scene(WIDTH, top + len(parties) * _STEP, tuple(shapes), words.told)


def _legend(ages: Sequence[str]) -> tuple[list[Shape], float]:
    """What the colours mean, on as many lines as it takes; and where the bars begin."""
    shapes: list[Shape] = []
    x, y = 0.0, 0.0
    for age, words in zip(Age, ages, strict=True):
        width = 16 + len(words) * _SIGN + 14
        if x and x + width > WIDTH:
            x, y = 0.0, y + _LEGEND_STEP
        shapes.append(Rect(x, y + 1, 11, 11, _COLOURS[age][0], radius=2))
        shapes.append(Text(x + 16, y + 11, words, Role.MUTED, 12))
        x += width
    return shapes, y + _LEGEND_STEP + 14


def _bar(party: PartyAgeing, top: float, most: int) -> list[Shape]:
    shapes: list[Shape] = [Text(0, top + _NAME - 2, party.party, Role.TEXT, _NAME)]
    x, y, unit = 0.0, top + _NAME + 4, (WIDTH - _NUMBER) / most
    for age in Age:
        count = party.of(age)
        if not count:
            continue
        width = max(_LEAST, count * unit - _GAP)
        ground, ink = _COLOURS[age]
        shapes.append(Rect(x, y, width, _BAR, ground, radius=2))
        if width >= _ROOM:
            shapes.append(Text(x + width / 2, y + _BAR - 5, str(count), ink, 12, Anchor.MIDDLE))
        x += width + _GAP
    shapes.append(Text(x + 6, y + _BAR - 5, str(party.total), Role.MUTED, 12))
    return shapes
