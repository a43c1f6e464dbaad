"""A short line for a whole number."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

#: Longer ones are slips of the pen, and would not fit the store.
_MOST_DIGITS = 9
_SPACES = str.maketrans("", "", " \u00a0\u202f")


class NumberLine(QLineEdit):
    """What is written is a number, empty, or neither; the form says which is allowed."""

    def __init__(self, number: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__("" if number is None else str(number), parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def number(self) -> int | None:
        """The number; None when the line is empty or holds something else. Thousands may stand apart."""
        digits = self.text().translate(_SPACES)
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS else None

    @property
    def readable(self) -> bool:
        """Whether it is a number, or empty."""
        return self.number is not None or not self.text().strip()
