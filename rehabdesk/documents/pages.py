"""Strips are piled on pages: what belongs together stays together where a page can hold it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rehabdesk.documents.strips import Strip

_LARGEST_REPEAT = 0.3  # of a page: a higher table header is not repeated


class Placed(NamedTuple):
    """A strip and how far below the top of the column it lies."""

    strip: Strip
    top: float


def paged(strips: list[Strip], room: float) -> list[list[Placed]]:
    """The strips of each page; at least one page. `room` is the height of the column."""
    pile = _Pile(room)
    for group in _groups(strips):
        pile.add(group)
    return pile.pages


class _Pile:
    """Pages being filled."""

    def __init__(self, room: float) -> None:
        self._room = room
        self.pages: list[list[Placed]] = [[]]
        self._used = 0.0

    def add(self, group: list[Strip]) -> None:
        """Put a group that wants to stay together on this page or the next; break it only if it is above a page."""
        if group[0].opens_page and self.pages[-1]:
            self._turn()
        needed = _height(group)
        if self._used + needed > self._room and self.pages[-1]:
            repeated = _height(_repeat(group[0], self._room))
            if needed - group[0].before + repeated <= self._room:
                self._turn()
        for strip in group:
            self._place(strip)

    # Internals

    def _place(self, strip: Strip) -> None:
        if self.pages[-1] and self._used + strip.before + strip.height > self._room:
            self._turn()
        if not self.pages[-1] and len(self.pages) > 1:
            for header in _repeat(strip, self._room):
                self._put(header)
        self._put(strip)

    def _put(self, strip: Strip) -> None:
        if self.pages[-1]:
            self._used += strip.before
        self.pages[-1].append(Placed(strip, self._used))
        self._used += strip.height

    def _turn(self) -> None:
        self.pages.append([])
        self._used = 0.0


def _groups(strips: list[Strip]) -> Iterator[list[Strip]]:
    group: list[Strip] = []
    for strip in strips:
        group.append(strip)
        if not strip.keep:
            yield group
            group = []
    if group:
        yield group


def _repeat(strip: Strip, room: float) -> tuple[Strip, ...]:
    return strip.repeat if _height(strip.repeat) <= room * _LARGEST_REPEAT else ()


def _height(strips: list[Strip] | tuple[Strip, ...]) -> float:
    return sum(strip.before + strip.height for strip in strips)
