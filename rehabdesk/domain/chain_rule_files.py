"""Reading rule files: rows into a `RuleBook`, or one clear sentence about the first thing that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from rehabdesk.domain.chain_rules import (
    FORMAT,
    AgeRow,
    Certainty,
    Exemption,
    Rule,
    RuleBook,
    RuleKind,
    Situation,
    Words,
    overlapping,
)
from rehabdesk.domain.data_files import Choice, DataFile
from rehabdesk.domain.problems import Problem, Refused

#: What rows of a kind hold beside what all have, with the least and the most each number may be.
NUMBERS: Mapping[RuleKind, Mapping[str, tuple[int, int]]] = {
    RuleKind.COUNTING: {"join_under_days": (1, 3660)},
    RuleKind.LEVEL: {"most_days": (1, 3660), "frame_days": (1, 3660), "uncounted_first_days": (0, 3660)},
    RuleKind.PLAN: {"deadline_day": (1, 3660), "expected_days": (1, 3660)},
    RuleKind.TRIAL: {"most_days": (1, 366), "most_per_year": (1, 366), "needs_degree": (0, 100)},
}
_WITH_DAYS = frozenset({RuleKind.TEST, RuleKind.STEP})
_FOR_SOMEBODY = frozenset({RuleKind.TEST, RuleKind.STEP, RuleKind.LEVEL, RuleKind.PLAN})
#: A book without these answers nothing.
_NEEDED = (RuleKind.COUNTING, RuleKind.TEST, RuleKind.PLAN)
_LAST_DAY = 36_600


def read_book(files: Sequence[tuple[str, object]]) -> RuleBook:
    """The book that these files make: (name, parsed content), older files first. Raises `Refused` with a sentence."""
    rules: dict[str, Rule] = {}
    where: dict[str, str] = {}
    book = RuleBook(())
    for name, content in files:
        file = _File(name)
        data = file.mapping(content, "")
        if data.get("format") != FORMAT:
            raise file.wrong("chain_rules.other_format", "", known=FORMAT)
        for rule in file.rules(data):
            if rule.id in rules:
                raise file.wrong("chain_rules.row_twice", rule.id)
            rules[rule.id], where[rule.id] = rule, name
        for row, last in file.ends(data, rules):
            rules[row] = replace(rules[row], valid_to=last)
        book = _with_ages(book, file, data)
    _refuse_gaps_and_doubles(rules.values(), where)
    return replace(book, rules=tuple(rules.values()))


def _with_ages(book: RuleBook, file: _File, data: Mapping[str, object]) -> RuleBook:
    """Ages are one table: a later file that has any replaces it whole."""
    if not data.get("ages"):
        return book
    return replace(
        book,
        ages=tuple(file.ages(data)),
        ages_valid_from=file.day(data, "ages_valid_from", "ages"),
        ages_apply_to=file.choices(data, "ages_apply_to", "ages", Situation),
    )


def _refuse_gaps_and_doubles(rules: Iterable[Rule], where: Mapping[str, str]) -> None:
    rules = tuple(rules)
    kinds = {rule.kind for rule in rules}
    for kind in _NEEDED:
        if kind not in kinds:
            raise Refused(Problem("chain_rules.kind_missing", None, {"kind": kind.value}))
    for one, other in overlapping(rules):
        raise Refused(Problem("chain_rules.two_answers", None, {"file": where[other.id], "row": other.id, "other": one.id}))


class _File(DataFile):
    """One file while it is read; every problem names it and the row."""

    prefix = "chain_rules"

    def rules(self, data: Mapping[str, object]) -> Iterable[Rule]:
        """The rows."""
        for place, written in enumerate(self.rows(data, "rows"), 1):
            yield self._rule(self.mapping(written, str(place)), place)

    def ends(self, data: Mapping[str, object], known: Mapping[str, Rule]) -> Iterable[tuple[str, date]]:
        """Which earlier rows end, and on what day."""
        listed = self.mapping(data.get("ends", {}), "ends")
        for row in listed:
            last = self.day(listed, row, "ends")
            if row not in known:
                raise self.wrong("chain_rules.unknown_row", row)
            if last is None or (known[row].valid_from or date.min) > last:
                raise self.wrong("chain_rules.dates_reversed", row)
            yield row, last

    def ages(self, data: Mapping[str, object]) -> Iterable[AgeRow]:
        """The ages by year of birth."""
        for written in self.rows(data, "ages", "ages"):
            row = self.mapping(written, "ages")
            yield AgeRow(
                self._year(row, "born_from"), self._year(row, "born_to"), self.whole(row, "senior_age", "ages", (50, 90)),
                self.whole(row, "guarantee_age", "ages", (50, 90)), self.text(row, "source", "ages"),
                self.choice(row, "certainty", "ages", Certainty),
            )  # fmt: skip

    def day(self, data: Mapping[str, object], key: str, row: str) -> date | None:
        """A date, or none."""
        written = data.get(key)
        if written is None:
            return None
        try:
            return date.fromisoformat(written) if isinstance(written, str) and len(written) == 10 else self.no(row, key)
        except ValueError:
            return self.no(row, key)

    def choices(self, data: Mapping[str, object], key: str, row: str, among: type[Choice]) -> frozenset[Choice]:
        """Several of a few words, at least one."""
        written = data.get(key)
        if not isinstance(written, list) or not written:
            return self.no(row, key)
        return frozenset(self.choice({key: one}, key, row, among) for one in written)

    # --- one row ---

    def _rule(self, data: Mapping[str, object], place: int) -> Rule:
        row = self.text(data, "id", str(place))
        kind = self.choice(data, "kind", row, RuleKind)
        valid_from, valid_to = self.day(data, "valid_from", row), self.day(data, "valid_to", row)
        if valid_from is not None and valid_to is not None and valid_to < valid_from:
            raise self.wrong("chain_rules.dates_reversed", row)
        from_day, to_day = self._days(data, row) if kind in _WITH_DAYS else (0, None)
        return Rule(
            id=row, kind=kind, name=self._words(data, "name", row), about=self._words(data, "about", row),
            source=self.text(data, "source", row), certainty=self.choice(data, "certainty", row, Certainty),
            valid_from=valid_from, valid_to=valid_to, from_day=from_day, to_day=to_day,
            applies_to=self.choices(data, "applies_to", row, Situation) if kind in _FOR_SOMEBODY else frozenset(),
            exceptions=tuple(self._exceptions(data, row)),
            numbers={key: self.whole(data, key, row, limits) for key, limits in NUMBERS.get(kind, {}).items()},
        )  # fmt: skip

    def _days(self, data: Mapping[str, object], row: str) -> tuple[int, int | None]:
        first = self.whole(data, "from_day", row, (1, _LAST_DAY))
        last = None if data.get("to_day") is None else self.whole(data, "to_day", row, (1, _LAST_DAY))
        if last is not None and last < first:
            raise self.wrong("chain_rules.days_reversed", row)
        return first, last

    def _exceptions(self, data: Mapping[str, object], row: str) -> Iterable[Exemption]:
        for written in self.rows(data, "exceptions", row) if "exceptions" in data else ():
            one = self.mapping(written, row)
            before = None if one.get("before_day") is None else self.whole(one, "before_day", row, (1, _LAST_DAY))
            yield Exemption(Words(self.text(one, "sv", row), self.text(one, "en", row)), before)

    def _words(self, data: Mapping[str, object], key: str, row: str) -> Words:
        written = data.get(key)
        if not isinstance(written, dict):
            return self.no(row, key)
        return Words(self.text(written, "sv", row), self.text(written, "en", row))

    def _year(self, data: Mapping[str, object], key: str) -> int | None:
        return None if data.get(key) is None else self.whole(data, key, "ages", (1900, 2200))
