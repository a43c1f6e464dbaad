"""Measuring instruments as data (`resources/instruments/README.md`): a scale, its direction, cut-offs, and the change that matters.

A licensed instrument is known by its range alone and takes totals; what a form says is shipped only where it may be.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from rehabdesk.domain.chain_rules import Certainty, Words
from rehabdesk.domain.data_files import DataFile
from rehabdesk.domain.problems import Problem

#: The format of instrument files that this program reads.
FORMAT = 1
_MOST_CODE = 40
_MOST_CHOICES = 20


class Direction(StrEnum):
    """Which end of the scale is the good one."""

    HIGHER = "higher"
    LOWER = "lower"


class Outcome(StrEnum):
    """What a change was, by the change that matters."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the scale with a word of its own, from a value up to the next band."""

    start: float
    words: Words
    certainty: Certainty
    source: str


@dataclass(frozen=True, slots=True)
class Change:
    """The least change that matters (MCID), and how sure it is."""

    value: float
    certainty: Certainty
    source: str


@dataclass(frozen=True, slots=True)
class Licence:
    """What is known of the licence."""

    words: Words
    certainty: Certainty
    source: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a question in words."""

    value: float
    words: Words


@dataclass(frozen=True, slots=True)
class FormText:
    """What a form asks: the question, and either the words at both ends of the scale or each answer in words."""

    question: Words
    least: Words | None
    most: Words | None
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Instrument:
    """One scale. `text` is None where only totals are taken."""

    code: str
    version: str
    name: Words
    least: float
    most: float
    step: float
    direction: Direction
    bands: tuple[Band, ...]
    change: Change | None
    licence: Licence
    text: FormText | None
    certainty: Certainty
    source: str

    @property
    def is_totals_only(self) -> bool:
        """Whether only the total of a form of somebody else's is taken."""
        return self.text is None

    @cached_property
    def decimals(self) -> int:
        """How many decimals its values are written with."""
        return max(0, -math.floor(math.log10(self.step) + 1e-9))

    @property
    def end_decimals(self) -> int:
        """How many decimals its two ends need."""
        return 0 if self.least.is_integer() and self.most.is_integer() else self.decimals

    @property
    def values(self) -> tuple[float, ...]:
        """Every value there is, from least to most; for scales of few steps."""
        return tuple(self.rounded(self.least + place * self.step) for place in range(round((self.most - self.least) / self.step) + 1))

    def rounded(self, value: float) -> float:
        """A value, or a difference of values, without what binary fractions add to it."""
        return round(value, self.decimals)

    def problem_with(self, value: float, field: str | None = None) -> Problem | None:
        """What is wrong with a value: outside the range, or between two steps."""
        if not math.isfinite(value) or not self.least <= value <= self.most:
            return Problem("measure.out_of_range", field, {"least": self._told(self.least), "most": self._told(self.most)})
        steps = (value - self.least) / self.step
        if abs(steps - round(steps)) > 1e-6:
            return Problem("measure.between_steps" if self.decimals else "measure.not_whole", field, {"n": self.decimals})
        return None

    def band_of(self, value: float) -> Band | None:
        """The stretch that a value lies in."""
        return next((band for band in reversed(self.bands) if value >= band.start), None)

    def change_between(self, before: float, after: float) -> float:
        """How much a value moved, on the scale's own numbers."""
        return self.rounded(after - before)

    def outcome(self, before: float, after: float) -> Outcome:
        """Better, the same or worse by the change that matters; any change counts where none is known."""
        moved = self.change_between(before, after)
        if not moved or abs(moved) < (self.change.value if self.change is not None else 0):
            return Outcome.SAME
        return Outcome.BETTER if (moved > 0) == (self.direction is Direction.HIGHER) else Outcome.WORSE

    def _told(self, value: float) -> float | int:
        return int(value) if float(value).is_integer() else value


def read_instruments(files: Sequence[tuple[str, object]]) -> tuple[Instrument, ...]:
    """The instruments of these files, (name, parsed content), in the files' order. Raises `Refused` with a sentence."""
    found: dict[str, Instrument] = {}
    for name, content in files:
        file = _File(name)
        data = file.mapping(content, "")
        if data.get("format") != FORMAT:
            raise file.wrong("instruments.other_format", "", known=FORMAT)
        for place, written in enumerate(file.rows(data, "instruments"), 1):
            one = file.instrument(file.mapping(written, str(place)), place)
            if one.code in found:
                raise file.wrong("instruments.row_twice", one.code)
            found[one.code] = one
    return tuple(found.values())


class _File(DataFile):
    """One file of instruments while it is read."""

    prefix = "instruments"

    def instrument(self, data: Mapping[str, object], place: int) -> Instrument:
        row = self.text(data, "code", str(place))
        if len(row) > _MOST_CODE or not all(sign.isascii() and (sign.islower() or sign.isdigit() or sign == "_") for sign in row):
            self.no(str(place), "code")
        least, most, step = (self._number(data, key, row) for key in ("least", "most", "step"))
        if step <= 0 or step < 1e-3:
            self.no(row, "step")
        if most <= least or abs((most - least) / step - round((most - least) / step)) > 1e-6:
            self.no(row, "most")
        return Instrument(
            code=row, version=self.text(data, "version", row), name=self._words(data, "name", row),
            least=least, most=most, step=step, direction=self.choice(data, "direction", row, Direction),
            bands=self._bands(data, row, (least, most)), change=self._change(data, row, most - least),
            licence=self._licence(data, row), text=self._text(data, row, (least, most, step)),
            certainty=self.choice(data, "certainty", row, Certainty), source=self.text(data, "source", row),
        )  # fmt: skip

    def _bands(self, data: Mapping[str, object], row: str, limits: tuple[float, float]) -> tuple[Band, ...]:
        found = []
        for written in self.rows(data, "bands", row) if "bands" in data else ():
            one = self.mapping(written, row)
            start = self._number(one, "from", row)
            # They cover the scale: the first begins where it does, and each begins after the one before.
            if start > limits[1] or (start <= found[-1].start if found else start != limits[0]):
                self.no(row, "bands")
            certainty = self.choice(one, "certainty", row, Certainty)
            found.append(Band(start, self._both(one, row), certainty, self.text(one, "source", row)))
        return tuple(found)

    def _change(self, data: Mapping[str, object], row: str, width: float) -> Change | None:
        if data.get("change_that_matters") is None:
            return None
        one = self.mapping(data["change_that_matters"], row)
        value = self._number(one, "value", row)
        if not 0 < value <= width:
            self.no(row, "change_that_matters")
        return Change(value, self.choice(one, "certainty", row, Certainty), self.text(one, "source", row))

    def _licence(self, data: Mapping[str, object], row: str) -> Licence:
        one = self.mapping(data.get("licence"), row)
        return Licence(self._both(one, row), self.choice(one, "certainty", row, Certainty), self.text(one, "source", row))

    def _text(self, data: Mapping[str, object], row: str, scale: tuple[float, float, float]) -> FormText | None:
        """What the form asks. A file that takes totals only and has a form's text contradicts itself."""
        totals_only = data.get("totals_only")
        if not isinstance(totals_only, bool) or totals_only == ("text" in data):
            self.no(row, "totals_only")
        if totals_only:
            return None
        one = self.mapping(data["text"], row)
        question = self._words(one, "question", row)
        least, most, step = scale
        if (most - least) / step > _MOST_CHOICES:
            # What is ticked on paper has room for so many boxes.
            self.no(row, "step")
        if "choices" not in one:
            return FormText(question, self._words(one, "least", row), self._words(one, "most", row), ())
        choices = tuple(
            Choice(self._number(answer, "value", row), self._both(answer, row))
            for answer in (self.mapping(written, row) for written in self.rows(one, "choices", row))
        )
        if sorted(choice.value for choice in choices) != [least + step * place for place in range(round((most - least) / step) + 1)]:
            self.no(row, "choices")
        return FormText(question, None, None, choices)

    def _words(self, data: Mapping[str, object], key: str, row: str) -> Words:
        written = data.get(key)
        return self._both(written, row) if isinstance(written, dict) else self.no(row, key)

    def _both(self, data: Mapping[str, object], row: str) -> Words:
        return Words(self.text(data, "sv", row), self.text(data, "en", row))

    def _number(self, data: Mapping[str, object], key: str, row: str) -> float:
        written = data.get(key)
        if type(written) not in (int, float) or not math.isfinite(written) or abs(written) > 1e6:
            return self.no(row, key)
        return float(written)
