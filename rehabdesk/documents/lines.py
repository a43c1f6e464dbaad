"""Breaking text into lines: ragged right, by words, inside a word only when it is wider than the column."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from rehabdesk.documents.fonts import Face


class Run(NamedTuple):
    """A stretch of text in one face."""

    face: Face
    text: str


class Piece(NamedTuple):
    """A run as it stands on a line, `x` points from the line's start."""

    x: float
    face: Face
    text: str


Line = tuple[Piece, ...]


class Measure(NamedTuple):
    """What a line may hold: points of width at a size, and a number of signs."""

    width: float
    size: float
    signs: int = 10_000


def broken(runs: tuple[Run, ...], measure: Measure) -> list[Line]:
    """The lines of the text; at least one, possibly empty. Every line break in the text is kept."""
    breaker = _Breaker(measure)
    for run in runs:
        for number, part in enumerate(run.text.split("\n")):
            if number:
                breaker.end_line(is_forced=True)
            for word in part.split(" "):
                if word:
                    breaker.add(run.face, word)
    return breaker.finished()


class _Breaker:
    """Greedy: each word on the current line if it fits there, otherwise on a new one."""

    def __init__(self, measure: Measure) -> None:
        self._size = measure.size
        self._limit = measure.width / measure.size
        self._signs = measure.signs
        self._lines: list[Line] = []
        self._words: list[tuple[Face, str]] = []
        self._used = 0.0
        self._count = 0

    def add(self, face: Face, word: str) -> None:
        """Put a word on the current line, or the next."""
        width = face.width(word)
        if self._words:
            space = face.advance[" "] / 1000
            if self._fits(self._used + space + width, self._count + 1 + len(word)):
                self._take(face, word, space + width, len(word) + 1)
                return
            self.end_line()
        while not self._fits(width, len(word)):
            head = self._head(face, word)
            self._take(face, head, 0.0, 0)
            self.end_line(is_forced=True)
            word = word[len(head) :]
            width = face.width(word)
        if word:
            self._take(face, word, width, len(word))

    def end_line(self, is_forced: bool = False) -> None:
        """Close the current line. A line that ends between words keeps its space, for those who hear the text."""
        if self._words and not is_forced:
            face, word = self._words[-1]
            self._words[-1] = (face, word + " ")
        self._lines.append(self._line())
        self._words, self._used, self._count = [], 0.0, 0

    def finished(self) -> list[Line]:
        """All lines."""
        if self._words or not self._lines:
            self._lines.append(self._line())
        return self._lines

    # Internals

    def _fits(self, width: float, signs: int) -> bool:
        return width <= self._limit and signs <= self._signs

    def _take(self, face: Face, word: str, width: float, signs: int) -> None:
        self._words.append((face, word))
        self._used += width
        self._count += signs

    def _head(self, face: Face, word: str) -> str:
        """As much of the word as the column holds, at least one sign, accents kept with their letter."""
        width, end = 0.0, 0
        for character in word[: self._signs]:
            width += face.advance[character] / 1000
            if width > self._limit and end:
                break
            end += 1
        while 1 < end < len(word) and unicodedata.combining(word[end]):
            end -= 1
        return word[:end]

    def _line(self) -> Line:
        pieces: list[Piece] = []
        x = 0.0
        at = 0
        while at < len(self._words):
            face = self._words[at][0]
            words = []
            while at < len(self._words) and self._words[at][0] is face:
                words.append(self._words[at][1])
                at += 1
            text = " ".join(words) + (" " if at < len(self._words) else "")
            pieces.append(Piece(x, face, text))
            x += face.width(text) * self._size
        return tuple(pieces)
