"""Figures about people for any period, put together from what may be told of rounds and of a programme's years, and of nothing else.

Somebody may lay a year beside its quarters, two periods of her own beside one another, or one programme beside all of them: the
difference can be few people. So a period tells a figure only where each of its parts tells it: a year of a programme that lies
within it whole, and of other years each round. What is told is then never more than those parts tell themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from rehabdesk.domain.figures import People, PersonOutcome, RoundFacts
from rehabdesk.domain.identity import LegalSex
from rehabdesk.domain.masking import LEAST, MaskedLine, MaskedTable, mask_line
from rehabdesk.domain.prerehab import BreakOffReason


def years_of(rounds: Iterable[RoundFacts], chosen: Collection[int]) -> tuple[tuple[int, ...], ...]:
    """Each programme's rounds of a year that were not cancelled, by their ids, where some of them are among the chosen."""
    found: dict[tuple[int, int], list[int]] = {}
    for one in rounds:
        if not one.is_cancelled:
            found.setdefault((one.programme_id, one.starts_on.year), []).append(one.id)
    return tuple(tuple(ids) for ids in found.values() if any(one in chosen for one in ids))


def put_together(parts: Sequence[People], *, are_apart: bool) -> People:
    """Several parts as one. Women and men stand apart only where every part is a whole year."""
    if len(parts) == 1:
        return parts[0]
    outcomes = [[part.outcomes.rows[place] for part in parts] for place in range(len(PersonOutcome))]
    totals = tuple(_sum(part.outcomes.row_totals[place] for part in parts) for place in range(len(PersonOutcome)))
    whole = _sum(part.outcomes.total for part in parts)
    if are_apart:
        rows = tuple(tuple(map(_sum, zip(*of_parts, strict=True))) if of_parts else (0, 0, 0) for of_parts in outcomes)
        columns = tuple(_sum(part.outcomes.column_totals[place] for part in parts) for place in range(len(LegalSex) + 1))
    else:
        rows, columns = tuple((0, 0, total) for total in totals), (0, 0, whole)
    reasons = tuple(_sum(part.reasons.cells[place] for part in parts) for place in range(len(BreakOffReason)))
    return People(
        MaskedTable(rows, totals, columns, whole),
        MaskedLine(reasons, _sum(part.reasons.total for part in parts)),
        _sum(part.asked for part in parts),
    )


def attendance_is_told(years: Iterable[Collection[int]], chosen: Collection[int], persons: Mapping[int, int], least: int = LEAST) -> bool:
    """Whether it may be told how often people came to the chosen rounds. `persons` is how many there were in each round."""
    for ids in years:
        line = mask_line([persons.get(one, 0) for one in ids], least)
        cells = [cell for one, cell in zip(ids, line.cells, strict=True) if one in chosen]
        if None in ([line.total] if len(cells) == len(ids) else cells):
            return False
    return True


def _sum(counts: Iterable[int | None]) -> int | None:
    found = list(counts)
    return None if None in found else sum(found)
