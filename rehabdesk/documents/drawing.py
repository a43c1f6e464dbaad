"""A scene on paper: the same shapes as on the window, in the paper's own colours. All of it is decoration to a screen reader.

What it shows stands in words beside it, so nothing is lost to whoever cannot see it.
"""

from __future__ import annotations

from collections.abc import Iterator

from rehabdesk.documents.fonts import Typeface, printable
from rehabdesk.documents.strips import ACCENT, HAIRLINE, MUTED, TEXT, Colour, Ink, Stroke
from rehabdesk.domain.scene import Anchor, Line, Rect, Role, Scene, Text

_COLOURS: dict[Role, Colour] = {
    Role.TEXT: TEXT,
    Role.MUTED: MUTED,
    Role.LINE: (0.87, 0.87, 0.86),
    Role.CARD: (1.0, 1.0, 1.0),
    Role.ACCENT: ACCENT,
    Role.ACCENT_SOFT: (0.56, 0.71, 0.67),
    Role.ACCENT_GROUND: (0.91, 0.95, 0.94),
    Role.AMBER: (0.60, 0.36, 0.0),
    Role.RED: (0.70, 0.15, 0.12),
    Role.GREEN: (0.17, 0.42, 0.20),
}
_DASH, _SPACE = 3.0, 2.0
_HATCH = 3.0


def drawn_scene(scene: Scene, typeface: Typeface, width: float) -> tuple[tuple[Ink, ...], tuple[Stroke, ...], float]:
    """Text and lines of a scene set to this width, and its height."""
    scale = width / scene.width
    inks: list[Ink] = []
    strokes: list[Stroke] = []
    for shape in scene.shapes:
        match shape:
            case Text():
                inks.append(_ink(shape, typeface, scale))
            case Line():
                strokes += _line(shape, scale)
            case Rect():
                strokes += _hatched(shape, scale) if shape.hatched else [_filled(shape, scale)]
    return tuple(inks), tuple(strokes), scene.height * scale


def _ink(shape: Text, typeface: Typeface, scale: float) -> Ink:
    face = typeface.bold if shape.bold else typeface.regular
    words, size = printable(shape.words), shape.size * scale
    width = face.width(words) * size
    left = shape.x * scale - {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[shape.anchor]
    return Ink(None, left, shape.y * scale, face, size, HAIRLINE if shape.role is Role.LINE else _COLOURS[shape.role], words)


def _line(shape: Line, scale: float) -> Iterator[Stroke]:
    x, y, to_x, to_y = shape.x1 * scale, shape.y1 * scale, shape.x2 * scale, shape.y2 * scale
    width, colour = shape.width * scale, _COLOURS[shape.role]
    if not shape.dashed:
        yield Stroke(x, y, to_x, to_y, width, colour)
        return
    length = ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5
    at = 0.0
    while at < length:
        start, end = at / length, min(at + _DASH, length) / length
        yield Stroke(x + (to_x - x) * start, y + (to_y - y) * start, x + (to_x - x) * end, y + (to_y - y) * end, width, colour)
        at += _DASH + _SPACE


def _filled(shape: Rect, scale: float) -> Stroke:
    """A line as thick as the rectangle is high."""
    middle = (shape.y + shape.height / 2) * scale
    return Stroke(shape.x * scale, middle, (shape.x + shape.width) * scale, middle, shape.height * scale, _COLOURS[shape.role])


def _hatched(shape: Rect, scale: float) -> Iterator[Stroke]:
    left, top = shape.x * scale, shape.y * scale
    right, bottom, colour = left + shape.width * scale, top + shape.height * scale, _COLOURS[shape.role]
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    for (x, y), (to_x, to_y) in zip(corners, corners[1:], strict=False):
        yield Stroke(x, y, to_x, to_y, 0.6, colour)
    at = left - (bottom - top) + _HATCH
    while at < right:
        # Each slanting line as much of it as lies within.
        start, end = max(at, left), min(at + (bottom - top), right)
        yield Stroke(start, bottom - (start - at), end, bottom - (end - at), 0.6, colour)
        at += _HATCH
