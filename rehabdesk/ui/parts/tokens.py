"""The colours and measures of every surface, as data: no Qt, so that tests and painters can reason about them.

Named tuples and no dataclasses, as everywhere on the way to the lock screen: those take five times as long to define. And
annotations that are types and no text, which a named tuple would compile and keep, each one.
"""

from enum import StrEnum
from typing import NamedTuple

GAP = 8
"""Space within a group."""
PAD = 16
"""Space inside a card."""
EDGE = 24
"""Space at the edge of a page."""
ROW = 34


class Mode(StrEnum):
    """Which palette a person has chosen."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Tone(StrEnum):
    """What a badge, a bar or a line of a message says beside its word."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    AMBER = "amber"
    RED = "red"
    GREEN = "green"


class Tokens(NamedTuple):
    """One palette; `on_accent` is text on an accent-coloured button, `hover` the ground under the pointer."""

    dark: bool
    page: str
    card: str
    line: str
    text: str
    muted: str
    accent: str
    accent_ground: str
    on_accent: str
    amber: str
    amber_ground: str
    red: str
    red_ground: str
    green: str
    green_ground: str
    hover: str
    accent_soft: str

    def ink(self, tone: Tone) -> str:
        """The text colour of a tone."""
        return {
            Tone.NEUTRAL: self.muted, Tone.ACCENT: self.accent, Tone.AMBER: self.amber,
            Tone.RED: self.red, Tone.GREEN: self.green,
        }[tone]

    def ground(self, tone: Tone) -> str:
        """The ground a tone's text stands on."""
        return {
            Tone.NEUTRAL: self.hover, Tone.ACCENT: self.accent_ground, Tone.AMBER: self.amber_ground,
            Tone.RED: self.red_ground, Tone.GREEN: self.green_ground,
        }[tone]

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every (text, ground) pair that the style sheet and the painters use."""
        toned = tuple((self.ink(tone), self.ground(tone)) for tone in Tone)
        plain = tuple(
            (ink, ground)
            for ink in (self.text, self.muted, self.accent, self.amber, self.red, self.green)
            for ground in (self.page, self.card)
        )
        chosen = tuple((ink, self.accent_ground) for ink in (self.text, self.muted, self.accent))
        hovered = tuple((ink, self.hover) for ink in (self.text, self.muted, self.accent))
        return toned + plain + chosen + hovered + ((self.on_accent, self.accent),)


LIGHT = Tokens(
    dark=False, page="#F6F6F3", card="#FFFFFF", line="#E2E1DB", text="#1D2422", muted="#5A645F",
    accent="#1B6A5A", accent_ground="#E4F0EC", on_accent="#FFFFFF", amber="#9A5B00", amber_ground="#FCF1DE",
    red="#B3261E", red_ground="#FBE9E7", green="#2B6B32", green_ground="#E6F2E6",
    hover="#F0F0EB", accent_soft="#9DBDB4",
)
DARK = Tokens(
    dark=True, page="#151918", card="#1D2322", line="#323A38", text="#E7ECEA", muted="#A5B0AC",
    accent="#64C6AF", accent_ground="#203A34", on_accent="#0E1B18", amber="#F0B65A", amber_ground="#3A2E17",
    red="#F2938B", red_ground="#3D2220", green="#86CC8C", green_ground="#1F3422",
    hover="#262E2C", accent_soft="#3C7467",
)


def contrast(ink: str, ground: str) -> float:
    """The WCAG contrast ratio of two `#RRGGBB` colours."""
    lighter, darker = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start:start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
