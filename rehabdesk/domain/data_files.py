"""Reading a file of data by hand: each value as what it should be, or one clear sentence about the first thing that is wrong.

The problems are `<prefix>.value_wrong`, `<prefix>.not_a_row` and `<prefix>.not_rules`, with the file, the row and the value.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Never, TypeVar

from rehabdesk.domain.problems import Problem, Refused

Choice = TypeVar("Choice", bound=StrEnum)


class DataFile:
    """One file while it is read; every problem names it and the row."""

    prefix: str

    def __init__(self, name: str) -> None:
        self._name = name

    def wrong(self, code: str, row: str, **params: object) -> Refused:
        """What to raise about a row."""
        return Refused(Problem(code, None, {"file": self._name, "row": row, **params}))

    def mapping(self, written: object, row: str) -> Mapping[str, object]:
        """Something with names in it."""
        if not isinstance(written, dict) or not all(isinstance(key, str) for key in written):
            raise self.wrong(f"{self.prefix}.not_a_row" if row else f"{self.prefix}.not_rules", row)
        return written

    def rows(self, data: Mapping[str, object], key: str, row: str = "") -> list[object]:
        """A list of things."""
        written = data.get(key)
        return written if isinstance(written, list) else self.no(row, key)

    def text(self, data: Mapping[str, object], key: str, row: str) -> str:
        """Words that say something."""
        written = data.get(key)
        return written.strip() if isinstance(written, str) and written.strip() else self.no(row, key)

    def whole(self, data: Mapping[str, object], key: str, row: str, limits: tuple[int, int]) -> int:
        """A whole number within limits."""
        written = data.get(key)
        # True is a number to Python.
        if type(written) is not int or not limits[0] <= written <= limits[1]:
            return self.no(row, key)
        return written

    def choice(self, data: Mapping[str, object], key: str, row: str, among: type[Choice]) -> Choice:
        """One of a few words."""
        written = data.get(key)
        if written not in [member.value for member in among]:
            return self.no(row, key)
        return among(written)

    def no(self, row: str, key: str) -> Never:
        """This value is missing or not right."""
        raise self.wrong(f"{self.prefix}.value_wrong", row, value=key)
