"""A compiled gettext catalogue (.mo), read as it lies: a text is sought when it is asked for.

Python's own reader decodes all two thousand texts before it gives out the first. The lock screen needs a dozen.
"""

from __future__ import annotations

from bisect import bisect_left
from struct import Struct

_MAGIC = 0x950412DE
_HEADER = Struct("<7I")
_PLACE = Struct("<2I")
_BETWEEN_CONTEXT_AND_TEXT = b"\x04"
_BETWEEN_FORMS = b"\0"


class Catalogue:
    """One language's texts. What it lacks stays as it was asked for; with no bytes at all it lacks everything."""

    def __init__(self, compiled: bytes) -> None:
        self._compiled = compiled
        self._count = self._texts = self._translations = 0
        self._found: dict[bytes, bytes | None] = {}
        if compiled:
            magic, _version, self._count, self._texts, self._translations, _, _ = _HEADER.unpack_from(compiled)
            if magic != _MAGIC:
                raise ValueError("not a catalogue that packaging/translations.py compiled")

    def text(self, text: str, context: str | None = None) -> str:
        """The translation of a text, in the context it was marked with."""
        key = text.encode()
        if context is not None:
            key = context.encode() + _BETWEEN_CONTEXT_AND_TEXT + key
        forms = self._forms(key)
        return text if forms is None else forms.partition(_BETWEEN_FORMS)[0].decode()

    def count(self, one: str, many: str, n: int) -> str:
        """The singular or the plural; both our languages choose as English does."""
        forms = self._forms(one.encode() + _BETWEEN_FORMS + many.encode())
        if forms is None:
            return one if n == 1 else many
        singular, _, plural = forms.partition(_BETWEEN_FORMS)
        return (singular if n == 1 else plural).decode()

    def _forms(self, key: bytes) -> bytes | None:
        if key not in self._found:
            self._found[key] = self._sought(key)
        return self._found[key]

    def _sought(self, key: bytes) -> bytes | None:
        """Texts lie in a row, each ended by a zero; where one begins the table of places tells which it is."""
        position = self._compiled.find(b"\0" + key + b"\0")
        while position >= 0:
            index = bisect_left(range(self._count), position + 1, key=self._start_of_text)
            if index < self._count and self._place(self._texts, index) == (len(key), position + 1):
                length, start = self._place(self._translations, index)
                return self._compiled[start:start + length]
            # The end of another text, a plural's second form for one.
            position = self._compiled.find(b"\0" + key + b"\0", position + 1)
        return None

    def _start_of_text(self, index: int) -> int:
        return self._place(self._texts, index)[1]

    def _place(self, table: int, index: int) -> tuple[int, int]:
        return _PLACE.unpack_from(self._compiled, table + index * _PLACE.size)
