"""What changed for those who came, per round, year and programme, as it may be told: masked, with what could be reckoned back.

It is change and not effect: there is no group to compare with. Limits are those of figures about health. A round is told only
where it has enough people itself, and where what is told of it and of its year together points at no smaller round; so with
the years of a programme. Other periods are not told: by the difference of two of them a few people could be pointed out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rehabdesk.domain.change_statistics import PairedChange, Spread, paired_change, spread
from rehabdesk.domain.figures import People, PersonOutcome
from rehabdesk.domain.identity import LegalSex
from rehabdesk.domain.instruments import Instrument, Outcome
from rehabdesk.domain.masking import LEAST_HEALTH, MaskedTable, mask
from rehabdesk.domain.prerehab import Moment

#: What is compared with before, in the order it is told.
LATER = (Moment.END, Moment.MONTHS_6, Moment.MONTHS_12)
_OUTCOMES = tuple(Outcome)
_SEXES = (LegalSex.WOMAN, LegalSex.MAN)


@dataclass(frozen=True, slots=True)
class Measured:
    """One person who started, with her values by instrument and moment. `may_count` is a live consent to statistics.

    `year` is the one her round began in.
    """

    round_id: int
    year: int
    sex: LegalSex | None
    may_count: bool
    values: Mapping[tuple[str, Moment], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report is about: a round, the rounds that began in a year, or where neither is said the whole programme."""

    round_id: int | None = None
    year: int | None = None

    def holds(self, one: Measured) -> bool:
        """Whether somebody belongs to it."""
        return self.round_id in (None, one.round_id) and self.year in (None, one.year)


WHOLE = Scope()


@dataclass(frozen=True, slots=True)
class Shares:
    """How many became better, stayed the same and became worse; None is masked."""

    better: int | None
    same: int | None
    worse: int | None

    def of(self, outcome: Outcome) -> int | None:
        """How many of an outcome."""
        return {Outcome.BETTER: self.better, Outcome.SAME: self.same, Outcome.WORSE: self.worse}[outcome]


@dataclass(frozen=True, slots=True)
class SexChange:
    """What changed for women, or for men."""

    sex: LegalSex
    paired: int
    shares: Shares
    before: Spread
    after: Spread
    difference: Spread


@dataclass(frozen=True, slots=True)
class InstrumentChange:
    """What changed on one instrument from before to a later moment. Too few to be told where `paired` is None: then nothing is."""

    instrument: Instrument
    moment: Moment
    paired: int | None
    shares: Shares
    change: PairedChange | None
    sexes: tuple[SexChange, ...] = ()

    @property
    def is_masked(self) -> bool:
        """Whether too few stand behind it."""
        return self.paired is None


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """What may be told of a round, or of a programme's rounds together. None is masked.

    How many were invited, started and stopped is what the figures tell of the same rounds (`domain.figures`), and no more: two
    tables about the same people that leave out each its own would together tell all.
    """

    invited: int | None
    started: int | None
    stopped: int | None
    results: tuple[InstrumentChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nobody has been measured twice, as far as may be told."""
        return not self.results


@dataclass(frozen=True, slots=True)
class _Pair:
    person: Measured
    before: float
    after: float
    moved: float
    outcome: Outcome


def change_report(
    people: Sequence[Measured], figures: People, instruments: Sequence[Instrument], scope: Scope = WHOLE
) -> ChangeReport:
    """The report of a scope, with its figures. People are always those of the whole programme: what is told depends on all of them."""
    results = []
    for instrument in instruments:
        for moment in LATER:
            pairs = _pairs(people, instrument, moment)
            if any(scope.holds(pair.person) for pair in pairs):
                results.append(_result(instrument, moment, pairs, scope))
    return ChangeReport(figures.asked, figures.began, figures.of(PersonOutcome.STOPPED), tuple(results))


def _pairs(people: Iterable[Measured], instrument: Instrument, moment: Moment) -> list[_Pair]:
    found = []
    for person in people:
        before, after = person.values.get((instrument.code, Moment.BEFORE)), person.values.get((instrument.code, moment))
        if person.may_count and before is not None and after is not None:
            moved, outcome = instrument.change_between(before, after), instrument.outcome(before, after)
            found.append(_Pair(person, before, after, moved, outcome))
    return found


def _result(instrument: Instrument, moment: Moment, pairs: Sequence[_Pair], scope: Scope) -> InstrumentChange:
    counts: dict[tuple[int, int], Counter[Outcome]] = defaultdict(Counter)
    for pair in pairs:
        counts[pair.person.year, pair.person.round_id][pair.outcome] += 1
    rounds = {one: tuple(of_round[outcome] for outcome in _OUTCOMES) for one, of_round in counts.items()}
    cells, paired = _told(rounds, scope)
    if paired is None:
        return InstrumentChange(instrument, moment, None, Shares(None, None, None), None)
    own = [pair for pair in pairs if scope.holds(pair.person)]
    change = paired_change([pair.before for pair in own], [pair.after for pair in own], [pair.moved for pair in own])
    # Of a part women and men are not told apart: with the programme's figures those of a small part could be reckoned.
    sexes = _sexes(own, cells) if scope == WHOLE else ()
    return InstrumentChange(instrument, moment, paired, Shares(*cells), change, sexes)


def _told(rounds: Mapping[tuple[int, int], Sequence[int]], scope: Scope) -> tuple[Sequence[int | None], int | None]:
    """The counts of a scope and their sum, as they may be told. `rounds` are counts by year and round, three for each."""
    years: dict[int, tuple[int, ...]] = {}
    for (year, _), counts in rounds.items():
        years[year] = tuple(map(sum, zip(years.get(year, (0, 0, 0)), counts, strict=True)))
    whole, of_years = _masked(years)
    if scope == WHOLE:
        return whole.column_totals, whole.total
    year = next((one for one, round_id in rounds if round_id == scope.round_id), scope.year)
    cells, total = _row(whole, of_years.get(year))
    if scope.round_id is None:
        return cells, total
    within = {round_id: counts for (of_year, round_id), counts in rounds.items() if of_year == year}
    sums = (*cells, total)
    # What the whole tells and the year does not, the year's rounds do not tell either: less the large ones the whole would
    # tell of the small ones of all years together.
    bare = [place for place, told in enumerate((*whole.column_totals, whole.total)) if told is not None and sums[place] is None]
    table, of_rounds = _masked(within, sums, bare)
    return _row(table, of_rounds.get(scope.round_id))


def _masked(
    rows: Mapping[int, Sequence[int]], sums: Sequence[int | None] = (0, 0, 0, 0), bare: Sequence[int] = ()
) -> tuple[MaskedTable, Mapping[int, int]]:
    """The table of some parts, and the row that each told part has in it. `sums` are as they are told elsewhere, None where masked.

    In the columns of `bare` no part is told. Parts that are too small are one row together: none of them is told, and what they add up to is what could be reckoned.
    """
    large = [one for one, row in sorted(rows.items()) if sum(row) >= LEAST_HEALTH]
    small = [row for row in rows.values() if sum(row) < LEAST_HEALTH]
    whole = [list(rows[one]) for one in large]
    if small or not whole:
        whole.append([sum(column) for column in zip((0, 0, 0), *small, strict=True)])
    hidden = [(len(whole), place) for place, told in enumerate(sums) if told is None]
    hidden += [(part, place) for place in bare for part in range(len(whole))]
    return mask(whole, LEAST_HEALTH, hidden=hidden), {one: place for place, one in enumerate(large)}


def _row(table: MaskedTable, place: int | None) -> tuple[Sequence[int | None], int | None]:
    return (table.rows[place], table.row_totals[place]) if place is not None else ((None, None, None), None)


def _sexes(pairs: Sequence[_Pair], cells: Sequence[int | None]) -> tuple[SexChange, ...]:
    """Women and men apart, where neither is too few; nothing here tells what is left out of the whole."""
    counts = Counter((pair.outcome, pair.person.sex) for pair in pairs)
    rows = [[counts[outcome, sex] for sex in (*_SEXES, None)] for outcome in _OUTCOMES]
    hidden = [(place, len(_SEXES) + 1) for place, cell in enumerate(cells) if cell is None]
    table = mask(rows, LEAST_HEALTH, told_together=[(0, 1)], hidden=hidden)
    if None in table.column_totals[:2] or table.total is None or not all(table.column_totals[:2]):
        return ()
    found = []
    for place, sex in enumerate(_SEXES):
        own = [pair for pair in pairs if pair.person.sex is sex]
        shares = Shares(*(row[place] for row in table.rows))
        spreads = (spread([getattr(pair, name) for pair in own]) for name in ("before", "after", "moved"))
        found.append(SexChange(sex, len(own), shares, *spreads))
    return tuple(found)
