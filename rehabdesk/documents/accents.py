"""Accents that have no letter of their own in Unicode (ọ́, J̌, а́): set over or under the letter they belong to.

The typeface's own table for this is not read by ReportLab. As shaping libraries do without one, an accent is centred on its
letter and moved clear of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from rehabdesk.documents.fonts import Face

_ACCENT = re.compile("[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff]")
_ABOVE, _BELOW = 230, 220
_GAP = 40  # thousandths of the size


class Stretch(NamedTuple):
    """A part of a text and where it goes, from the text's start and baseline, in thousandths of the size."""

    text: str
    x: float
    y: float


def has_accents(text: str) -> bool:
    """Whether the text holds accents that must be placed."""
    return not text.isascii() and _ACCENT.search(text) is not None


def stretches(face: Face, text: str) -> Iterator[Stretch]:
    """The text cut so that every accent stands by itself, in place."""
    x, at = 0.0, 0
    while at < len(text):
        accent = _ACCENT.search(text, at)
        end = accent.start() if accent else len(text)
        if end > at:
            yield Stretch(text[at:end], x, 0.0)
            x += face.width(text[at:end]) * 1000
        after = end
        while after < len(text) and _ACCENT.match(text, after):
            after += 1
        letter = text[end - 1] if end else ""
        yield from _placed(face, letter, text[end:after], x)
        at = after


def _placed(face: Face, letter: str, accents: str, x: float) -> Iterator[Stretch]:
    """The accents of one letter, the letter ending at x."""
    bounds = face.font.bounds(letter) if letter else None
    if bounds is None:
        yield from (Stretch(accent, x, 0.0) for accent in accents)
        return
    left, foot, right, head = bounds
    centre = x - face.advance[letter] + (left + right) / 2
    usual_head = face.font.bounds("x")[3]
    lift, drop = max(0.0, head - usual_head), min(0.0, foot)
    for accent in accents:
        place = unicodedata.combining(accent)
        box = face.font.bounds(accent)
        if box is None or place not in (_ABOVE, _BELOW):
            yield Stretch(accent, x, 0.0)
            continue
        yield Stretch(accent, centre - (box[0] + box[2]) / 2, lift if place == _ABOVE else drop)
        if place == _ABOVE:
            lift += box[3] - box[1] + _GAP
        else:
            drop -= box[3] - box[1] + _GAP
