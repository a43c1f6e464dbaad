"""A drawing as data: shapes with places, sizes and role colours, so that window and paper paint the same chart.

Measures are in points of the drawing's own size; the painter scales them. A scene always carries the words that tell
what it shows, for whoever cannot see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a colour means; each painter has its own palette."""

    TEXT = "text"
    MUTED = "muted"
    LINE = "line"
    CARD = "card"
    ACCENT = "accent"
    ACCENT_SOFT = "accent_soft"
    ACCENT_GROUND = "accent_ground"
    AMBER = "amber"
    RED = "red"
    GREEN = "green"


class Anchor(StrEnum):
    """Which end of a text stands at its place."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line; dashed lines tell themselves apart in black and white."""

    x1: float
    y1: float
    x2: float
    y2: float
    role: Role = Role.LINE
    width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Rect:
    """A filled rectangle; a hatched one tells itself apart in black and white."""

    x: float
    y: float
    width: float
    height: float
    role: Role = Role.ACCENT
    radius: float = 0.0
    hatched: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Words on one line; `y` is the baseline."""

    x: float
    y: float
    words: str
    role: Role = Role.TEXT
    size: float = 12.0
    anchor: Anchor = Anchor.START
    bold: bool = False


Shape = Line | Rect | Text


@dataclass(frozen=True, slots=True)
class Scene:
    """Shapes in the order they are painted, and `told`: the drawing in words."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    told: str
