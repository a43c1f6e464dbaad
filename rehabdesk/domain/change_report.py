"""What changed for those who came, per round and per programme, as it may be told: masked, with what could be reckoned back.

It is change and not effect: there is no group to compare with. Limits are those of figures about health. A round is told only
where it has enough people itself, and where what is told of it and of its programme together points at no smaller round.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from rehabdesk.domain.change_statistics import PairedChange, Spread, paired_change, spread
from rehabdesk.domain.identity import LegalSex
from rehabdesk.domain.instruments import Instrument, Outcome
from rehabdesk.domain.masking import LEAST, LEAST_HEALTH, MaskedTable, mask
from rehabdesk.domain.prerehab import Moment

#: What is compared with before, in the order it is told.
LATER = (Moment.END, Moment.MONTHS_6, Moment.MONTHS_12)
_OUTCOMES = tuple(Outcome)
_SEXES = (LegalSex.WOMAN, LegalSex.MAN)


@dataclass(frozen=True, slots=True)
class Measured:
    """One person who started, with her values by instrument and moment. `may_count` is a live consent to statistics."""

    round_id: int
    sex: LegalSex | None
    may_count: bool
    values: Mapping[tuple[str, Moment], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Flow:
    """How many of a round were invited without starting, stopped before the end, or stayed; everybody is counted."""

    round_id: int
    not_started: int
    stopped: int
    stayed: int


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
    """What may be told of a round, or of a programme's rounds together. None is masked."""

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
    people: Sequence[Measured], flows: Sequence[Flow], instruments: Sequence[Instrument], round_id: int | None = None
) -> ChangeReport:
    """The report of all the rounds that the people and flows are of, or of one of them: the others must be given along with it."""
    results = []
    for instrument in instruments:
        for moment in LATER:
            pairs = _pairs(people, instrument, moment)
            if any(round_id in (None, pair.person.round_id) for pair in pairs):
                results.append(_result(instrument, moment, pairs, round_id))
    return ChangeReport(*_told_flow(flows, round_id), tuple(results))


def _pairs(people: Iterable[Measured], instrument: Instrument, moment: Moment) -> list[_Pair]:
    found = []
    for person in people:
        before, after = person.values.get((instrument.code, Moment.BEFORE)), person.values.get((instrument.code, moment))
        if person.may_count and before is not None and after is not None:
            moved, outcome = instrument.change_between(before, after), instrument.outcome(before, after)
            found.append(_Pair(person, before, after, moved, outcome))
    return found


def _result(instrument: Instrument, moment: Moment, pairs: Sequence[_Pair], round_id: int | None) -> InstrumentChange:
    by_round: dict[int, Counter[Outcome]] = defaultdict(Counter)
    for pair in pairs:
        by_round[pair.person.round_id][pair.outcome] += 1
    table, places = _masked_rounds({one: [counts[outcome] for outcome in _OUTCOMES] for one, counts in by_round.items()}, LEAST_HEALTH)
    if round_id is None:
        cells, paired = table.column_totals, table.total
    else:
        place = places.get(round_id)
        cells, paired = (table.rows[place], table.row_totals[place]) if place is not None else ((None,) * len(_OUTCOMES), None)
    if paired is None:
        return InstrumentChange(instrument, moment, None, Shares(None, None, None), None)
    own = [pair for pair in pairs if round_id in (None, pair.person.round_id)]
    change = paired_change([pair.before for pair in own], [pair.after for pair in own], [pair.moved for pair in own])
    # Of a round women and men are not told apart: from its figures and the programme's a small round's could be reckoned.
    sexes = _sexes(own, cells) if round_id is None else ()
    return InstrumentChange(instrument, moment, paired, Shares(*cells), change, sexes)


def _masked_rounds(rows: Mapping[int, Sequence[int]], least: int) -> tuple[MaskedTable, Mapping[int, int]]:
    """The table of rounds, and the row that each told round has in it.

    Rounds that are too small are one row together: none of them is told, and what they add up to is what could be reckoned.
    """
    large = [one for one, row in sorted(rows.items()) if sum(row) >= least]
    small = [row for one, row in rows.items() if sum(row) < least]
    whole = [list(rows[one]) for one in large]
    if small:
        whole.append([sum(column) for column in zip(*small, strict=True)])
    table = mask(whole or [[0] * len(_OUTCOMES)], least)
    return table, MappingProxyType({one: place for place, one in enumerate(large)})


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


def _told_flow(flows: Sequence[Flow], round_id: int | None) -> tuple[int | None, int | None, int | None]:
    """Invited, started and stopped. Invited less started is who did not start, so these are masked with the rest of their row."""
    table, places = _masked_rounds({flow.round_id: [flow.not_started, flow.stopped, flow.stayed] for flow in flows}, LEAST)
    if round_id is None:
        (not_started, stopped, stayed), invited = table.column_totals, table.total
    elif round_id in places:
        (not_started, stopped, stayed), invited = table.rows[places[round_id]], table.row_totals[places[round_id]]
    else:
        return None, None, None
    if stopped is not None and stayed is not None:
        started = stopped + stayed
    else:
        started = invited - not_started if invited is not None and not_started is not None else None
    return invited, started, stopped
