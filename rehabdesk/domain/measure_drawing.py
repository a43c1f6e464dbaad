"""Pictures of measurements: one person's values over the moments, a round's people before and after, and what became better.

Each stands beside the same numbers in a table, and carries them in words: a picture is never the only bearer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehabdesk.domain.instruments import Instrument, Outcome
from rehabdesk.domain.prerehab import Moment
from rehabdesk.domain.scene import Anchor, Line, Rect, Role, Scene, Shape, Text

#: Lines of single people are drawn from so many on.
LEAST_LINES = 5

_MOMENTS = tuple(Moment)
_DOT = 7.0
_SIDE, _TOP, _HEIGHT = 34.0, 22.0, 46.0
_SMALL_WIDTH = 256.0
_WIDTH, _BAR, _STEP, _ROOM = 540.0, 20.0, 64.0, 20.0
_LEGEND = 34.0
_MASKED = ".."

#: The ground of each outcome, and what is legible on it. Each stretch also has its number, and they always stand in this order.
_GROUNDS = {
    Outcome.BETTER: (Role.ACCENT, Role.CARD),
    Outcome.SAME: (Role.ACCENT_GROUND, Role.TEXT),
    Outcome.WORSE: (Role.AMBER, Role.CARD),
}


@dataclass(frozen=True, slots=True)
class Point:
    """One value at a moment, with the words it is written with."""

    moment: Moment
    value: float
    words: str


@dataclass(frozen=True, slots=True)
class ShareBar:
    """One bar: what it is about, what is said under it, and how many of each outcome. None is masked."""

    title: str
    below: str
    counts: tuple[int | None, int | None, int | None]
    total: int | None


@dataclass(frozen=True, slots=True)
class DrawingWords:
    """The short words of the moments or outcomes, in their own order, and the whole drawing told."""

    labels: tuple[str, ...]
    told: str


def person_scene(instrument: Instrument, points: Sequence[Point], words: DrawingWords) -> Scene:
    """One person's values on one instrument over the four moments: dots on the scale, joined in the order of time."""
    shapes: list[Shape] = [*_frame(instrument, _SMALL_WIDTH)]
    for moment, label in zip(_MOMENTS, words.labels, strict=True):
        shapes.append(Text(_across(moment, _SMALL_WIDTH), _TOP + _HEIGHT + 18, label, Role.MUTED, 11, Anchor.MIDDLE))
    placed = [(_across(point.moment, _SMALL_WIDTH), _up(instrument, point.value), point.words) for point in points]
    for (x, y, _), (to_x, to_y, _) in zip(placed, placed[1:], strict=False):
        shapes.append(Line(x, y, to_x, to_y, Role.ACCENT, 2))
    for x, y, value in placed:
        shapes.append(Rect(x - _DOT / 2, y - _DOT / 2, _DOT, _DOT, Role.ACCENT, _DOT / 2))
        shapes.append(Text(x, y - 8, value, Role.TEXT, 12, Anchor.MIDDLE, bold=True))
    return Scene(_SMALL_WIDTH, _TOP + _HEIGHT + 24, tuple(shapes), words.told)


def lines_scene(instrument: Instrument, pairs: Sequence[tuple[float, float]], words: DrawingWords) -> Scene | None:
    """A line for each person from before to after, nobody named; None where they are too few to be drawn.

    Lines that lie on one another are one line, so much the thicker.
    """
    if len(pairs) < LEAST_LINES:
        return None
    left, right = _SIDE + 20, _SMALL_WIDTH - _SIDE - 20
    shapes: list[Shape] = [*_frame(instrument, _SMALL_WIDTH)]
    for x, label in zip((left, right), words.labels, strict=True):
        shapes.append(Text(x, _TOP + _HEIGHT + 18, label, Role.MUTED, 11, Anchor.MIDDLE))
    for before, after in sorted(set(pairs)):
        outcome = instrument.outcome(before, after)
        role = {Outcome.BETTER: Role.ACCENT, Outcome.SAME: Role.MUTED, Outcome.WORSE: Role.AMBER}[outcome]
        width = 1.0 + 0.8 * pairs.count((before, after))
        y, to_y = _up(instrument, before), _up(instrument, after)
        shapes.append(Line(left, y, right, to_y, role, width, dashed=outcome is Outcome.WORSE))
    return Scene(_SMALL_WIDTH, _TOP + _HEIGHT + 24, tuple(shapes), words.told)


def shares_scene(bars: Sequence[ShareBar], words: DrawingWords) -> Scene:
    """How many became better, stayed the same or became worse: a bar for each instrument and moment, all equally long."""
    shapes: list[Shape] = []
    x = 0.0
    for outcome, label in zip(Outcome, words.labels, strict=True):
        shapes.append(_ground(outcome, x, 2, 12, 12))
        shapes.append(Text(x + 18, 13, label, Role.MUTED, 12))
        x += 18 + len(label) * 7.2 + 20
    for place, bar in enumerate(bars):
        shapes.extend(_share_bar(bar, _LEGEND + place * _STEP))
    return Scene(_WIDTH, _LEGEND + len(bars) * _STEP, tuple(shapes), words.told)


def _share_bar(bar: ShareBar, top: float) -> list[Shape]:
    shapes: list[Shape] = [Text(0, top + 12, bar.title, Role.TEXT, 13, bold=True)]
    y = top + 19
    if bar.total is None or None in bar.counts:
        # Where a part is left out the parts cannot be drawn: their lengths would tell it.
        told = bar.counts[0] if bar.total is not None else None
        shapes.append(Rect(0.5, y, _WIDTH - 1, _BAR, Role.LINE, hatched=True))
        shapes.append(Text(_WIDTH - 12, y + _BAR - 6, _MASKED, Role.MUTED, 12, Anchor.END))
        if told is not None:
            width = told / bar.total * _WIDTH
            shapes.append(_ground(Outcome.BETTER, 0, y, width, _BAR))
            shapes.extend(_number(0, y, width, str(told), _GROUNDS[Outcome.BETTER][1]))
    else:
        x = 0.0
        for outcome, count in zip(Outcome, bar.counts, strict=True):
            width = count / bar.total * _WIDTH
            if count:
                shapes.append(_ground(outcome, x, y, max(1.0, width - 1.5), _BAR))
                shapes.extend(_number(x, y, width, str(count), _GROUNDS[outcome][1]))
            x += width
    shapes.append(Text(0, y + _BAR + 14, bar.below, Role.MUTED, 12))
    return shapes


def _ground(outcome: Outcome, x: float, y: float, width: float, height: float) -> Rect:
    return Rect(x, y, width, height, _GROUNDS[outcome][0], 2)


def _number(x: float, y: float, width: float, words: str, ink: Role) -> list[Shape]:
    return [Text(x + width / 2, y + _BAR - 6, words, ink, 12, Anchor.MIDDLE)] if width >= _ROOM else []


def _frame(instrument: Instrument, width: float) -> list[Shape]:
    """The two ends of the scale."""
    ends = [instrument.least, instrument.most]
    return [
        shape
        for value in ends
        for shape in (
            Line(_SIDE, _up(instrument, value), width - _SIDE / 2, _up(instrument, value), Role.LINE),
            Text(_SIDE - 6, _up(instrument, value) + 4, _end(value), Role.MUTED, 11, Anchor.END),
        )
    ]


def _end(value: float) -> str:
    return f"{value:g}".replace("-", "\N{MINUS SIGN}")


def _across(moment: Moment, width: float) -> float:
    first, last = _SIDE + 24, width - _SIDE / 2 - 24
    return first + (last - first) * _MOMENTS.index(moment) / (len(_MOMENTS) - 1)


def _up(instrument: Instrument, value: float) -> float:
    """Where a value lies; larger is higher, whichever is better: the number is read as it is written."""
    return _TOP + _HEIGHT * (1 - (value - instrument.least) / (instrument.most - instrument.least))
