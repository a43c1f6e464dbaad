"""The structure of a paper as a screen reader meets it: a tree of tags in reading order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Tag:
    """One structure element. `marks` are the places (page, marked content id) where its text was painted."""

    kind: str
    place: int
    attributes: Mapping[str, str] | None = None
    alt: str = ""
    box: tuple[float, float, float, float] | None = None
    children: list[Tag] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)


class Tree:
    """All tags of one paper; `place` is a tag's place in the reading order."""

    def __init__(self) -> None:
        self.root = Tag("Document", 0)
        self._count = 0

    def add(self, kind: str, parent: Tag | None = None, attributes: Mapping[str, str] | None = None) -> Tag:
        """A new tag after all others, under its parent or the root."""
        self._count += 1
        tag = Tag(kind, self._count, attributes)
        (parent or self.root).children.append(tag)
        return tag
