"""Figures drawn: how full the places were against the target, why people stopped, how long they waited. One scene for window and paper.

They are read in black and white: what was is solid, what is expected is hatched, the target is a dashed line. A picture is never
the only bearer: the same numbers stand in a table beside it, and `told` is the picture in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehabdesk.domain.figures import Fill, Spread
from rehabdesk.domain.scene import Line, Rect, Role, Scene, Shape, Text

WIDTH = 640.0
_NAME, _SMALL = 13.0, 12.0
_BAR, _STEP = 18.0, 46.0
_LEGEND = 34.0
#: How wide a letter is beside its size, a little too wide rather than cut.
_LETTER = 0.54
#: Room to the right of a bar for what it comes to.
_NUMBERS = 160.0
_LABELS = 280.0
_NARROW = 30.0
_LEAST = 3.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar's words: what it is called, and what it comes to."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class FillWords:
    """What the signs of the drawing mean, and the whole of it in words."""

    started: str
    forecast: str
    target: str
    told: str


@dataclass(frozen=True, slots=True)
class FigureSection:
    """One matter of the figures, in words: a picture where there is something to draw, and always the numbers in a table."""

    key: str
    title: str
    scene: Scene | None
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


def fill_scene(fills: Sequence[Fill], bars: Sequence[Bar], words: FillWords) -> Scene:
    """A bar for each: the ground is what was offered, solid what started, hatched what is expected, dashed the target."""
    shapes: list[Shape] = _legend(words)
    for place, (fill, bar) in enumerate(zip(fills, bars, strict=True)):
        shapes += _fill_bar(fill, bar, _LEGEND + place * _STEP)
    return Scene(WIDTH, _LEGEND + len(fills) * _STEP, tuple(shapes), words.told)


def count_scene(counts: Sequence[int | None], bars: Sequence[Bar], told: str) -> Scene:
    """A bar for each count, on one scale; a masked one has no bar, only its sign."""
    unit = (WIDTH - _LABELS - _NARROW) / max((count or 0 for count in counts), default=1) if any(counts) else 0.0
    shapes: list[Shape] = []
    for place, (count, bar) in enumerate(zip(counts, bars, strict=True)):
        top = place * _NARROW
        shapes.append(Text(0, top + 17, _cut(bar.name, _LABELS - 12, _NAME), Role.TEXT, _NAME))
        width = max(_LEAST, count * unit) if count else 0.0
        if width:
            shapes.append(Rect(_LABELS, top + 4, width, _BAR, Role.ACCENT, radius=2))
        shapes.append(Text(_LABELS + width + (6 if width else 0), top + 18, bar.value, Role.MUTED, _SMALL))
    return Scene(WIDTH, len(counts) * _NARROW, tuple(shapes), told)


def wait_scene(spreads: Sequence[Spread], bars: Sequence[Bar], told: str) -> Scene:
    """A stretch for each waiting time, within which half of them lie, with a mark at the median; from nought days on one scale."""
    highest = max((spread.high for spread in spreads if spread.high is not None), default=0.0)
    unit = (WIDTH - _LABELS - _NUMBERS) / highest if highest else 0.0
    shapes: list[Shape] = []
    for place, (spread, bar) in enumerate(zip(spreads, bars, strict=True)):
        top, right = place * _NARROW, 0.0
        shapes.append(Text(0, top + 17, _cut(bar.name, _LABELS - 12, _NAME), Role.TEXT, _NAME))
        if spread.median is not None:
            left, right = spread.low * unit, max(spread.high * unit, spread.low * unit + _LEAST)
            at = _LABELS + spread.median * unit
            shapes.append(Line(_LABELS, top + 13, _LABELS + left, top + 13, Role.LINE, 1.0))
            shapes.append(Rect(_LABELS + left, top + 7, right - left, 12, Role.ACCENT_SOFT, radius=2))
            shapes.append(Line(at, top + 3, at, top + 23, Role.TEXT, 3.0))
        shapes.append(Text(_LABELS + right + (8 if right else 0), top + 18, bar.value, Role.MUTED, _SMALL))
    return Scene(WIDTH, len(spreads) * _NARROW, tuple(shapes), told)


def _legend(words: FillWords) -> list[Shape]:
    shapes: list[Shape] = []
    x = 0.0
    for word, sign in ((words.started, Rect(0, 2, 14, 11)), (words.forecast, Rect(0, 2, 14, 11, hatched=True))):
        shapes += [Rect(x, sign.y, sign.width, sign.height, Role.ACCENT, hatched=sign.hatched), Text(x + 20, 12, word, Role.MUTED, _SMALL)]
        x += 20 + _width(word, _SMALL) + 16
    return [*shapes, Line(x + 6, 0, x + 6, 15, Role.TEXT, 2.0, dashed=True), Text(x + 16, 12, words.target, Role.MUTED, _SMALL)]


def _fill_bar(fill: Fill, bar: Bar, top: float) -> list[Shape]:
    whole, y = WIDTH - _NUMBERS, top + 18
    shapes: list[Shape] = [
        Text(0, top + 12, _cut(bar.name, WIDTH, _NAME), Role.TEXT, _NAME),
        Rect(0, y, whole, _BAR, Role.ACCENT_GROUND),
        Text(whole + 10, y + 13, bar.value, Role.TEXT, _SMALL),
    ]
    if not fill.offered:
        return shapes
    started, forecast = fill.started / fill.offered * whole, fill.forecast / fill.offered * whole
    if fill.started:
        shapes.append(Rect(0, y, started, _BAR, Role.ACCENT))
    if forecast > started:
        shapes.append(Rect(started, y, forecast - started, _BAR, Role.ACCENT, hatched=True))
    # The edge of what was offered is seen in black and white too.
    shapes += [Line(0, y + _BAR, whole, y + _BAR, Role.MUTED, 0.75), Line(whole, y, whole, y + _BAR, Role.MUTED, 0.75)]
    at = (fill.target or 0.0) * whole
    return [*shapes, Line(at, y - 4, at, y + _BAR + 4, Role.CARD, 4.0), Line(at, y - 4, at, y + _BAR + 4, Role.TEXT, 2.0, dashed=True)]


def _width(words: str, size: float) -> float:
    return len(words) * size * _LETTER


def _cut(words: str, room: float, size: float) -> str:
    """As many letters as there is room for."""
    if _width(words, size) <= room:
        return words
    return f"{words[: int(room / (size * _LETTER)) - 1].rstrip()}…"
