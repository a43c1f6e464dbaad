"""Masking: few are not told, and nothing that is left out can be reckoned back by any reader who can add and subtract."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.masking import LEAST, LEAST_HEALTH, MaskedTable, mask, mask_line

counts = st.one_of(st.integers(0, 6), st.integers(0, 30))
tables = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda size: st.lists(st.lists(counts, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0])
)


def flat(masked: MaskedTable) -> list[int | None]:
    return [*(one for row in masked.rows for one in row), *masked.row_totals, *masked.column_totals, masked.total]


def sexes(women: int, men: int, untold: int = 0, least: int = LEAST) -> MaskedTable:
    """One row of women, men and those not known, the first two told together."""
    return mask([(women, men, untold)], least, told_together=[(0, 1)])


def whole(rows: list[list[int]]) -> list[int]:
    columns = [sum(column) for column in zip(*rows, strict=True)]
    return [*(one for row in rows for one in row), *map(sum, rows), *columns, sum(columns)]


def feasible(masked: MaskedTable, most: int, zeros: set[tuple[int, int]] = frozenset()) -> list[set[int]]:
    """Every value each number could have, by trying all tables that say the same: what a patient reader can find out.

    She knows the limit, the sums, and that what is left out is at least one (but where `zeros` says otherwise).
    """
    height, width = len(masked.rows), len(masked.rows[0])
    choices = []
    for i, j in product(range(height), range(width)):
        told = masked.rows[i][j]
        choices.append([told] if told is not None else range(0 if (i, j) in zeros else 1, most + 1))
    found: list[set[int]] = [set() for _ in flat(masked)]
    for guess in product(*choices):
        rows = [list(guess[i * width : (i + 1) * width]) for i in range(height)]
        world = whole(rows)
        if all(told is None or told == one for told, one in zip(flat(masked), world, strict=True)):
            for values, one in zip(found, world, strict=True):
                values.add(one)
    return found


@pytest.mark.parametrize(
    ("counts_", "cells", "total"),
    [
        ((12, 8, 0), (12, 8, 0), 20),
        ((12, 8, 3), (12, None, None), 23),
        ((12, 3, 3), (12, None, None), 18),
        ((12, 2, 2), (None, None, None), 16),
        ((12, 0, 3), (None, 0, None), 15),
        ((3, 0), (None, None), None),
        ((4, 4), (None, None), 8),
        ((1, 1, 1, 1, 1), (None, None, None, None, None), None),
        ((0, 0), (0, 0), 0),
        ((), (), 0),
    ],
)
def test_a_line(counts_, cells, total):
    masked = mask_line(counts_)
    assert (masked.cells, masked.total) == (cells, total)


def test_a_sum_that_another_table_leaves_out_is_left_out_here():
    masked = mask_line((12, 8), is_total_hidden=True)
    assert (masked.cells, masked.total) == ((12, None), None)


@pytest.mark.parametrize(
    ("women", "men", "untold", "told"),
    [
        (12, 7, 0, (12, 7, 0, 19)),
        (12, 3, 0, (None, None, 0, 15)),
        (12, 0, 0, (12, 0, 0, 12)),
        (3, 0, 9, (None, None, None, 12)),
        (12, 9, 1, (None, None, None, 22)),
        (2, 1, 0, (None, None, None, None)),
    ],
)
def test_women_and_men(women, men, untold, told):
    masked = sexes(women, men, untold)
    assert (*masked.rows[0], masked.total) == told


def test_health_has_a_higher_limit():
    assert sexes(14, 9, least=LEAST_HEALTH).rows == ((None, None, 0),)
    assert sexes(14, 10, least=LEAST_HEALTH).rows == ((14, 10, 0),)


def test_a_two_way_table():
    masked = mask([(20, 9), (14, 3), (8, 7)])
    assert masked.rows == ((20, 9), (None, None), (None, None))
    assert masked.row_totals == (29, 17, 15)
    assert masked.column_totals == (42, 19)
    assert masked.total == 61


@given(tables)
def test_what_is_few_is_never_told_and_what_is_told_is_true(rows):
    for told, count in zip(flat(mask(rows)), whole(rows), strict=True):
        assert told in (None, count)
        assert told is None or told == 0 or told >= LEAST


@given(tables)
def test_a_zero_is_told_unless_the_whole_table_is_about_few(rows):
    of_few = 0 < whole(rows)[-1] < LEAST
    for told, count in zip(flat(mask(rows)), whole(rows), strict=True):
        assert count or told == (None if of_few else 0)


@given(tables)
def test_a_table_of_many_is_told_as_it_is(rows):
    rows = [[count + LEAST for count in row] for row in rows]
    assert flat(mask(rows)) == whole(rows)


small = st.tuples(st.integers(1, 3), st.integers(1, 2)).flatmap(
    lambda size: st.lists(st.lists(st.integers(0, 4), min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0])
)


@given(small)
def test_no_masked_cell_can_be_reckoned_back(rows):
    masked = mask(rows, 3)
    # Of a table about few even the zeros are left out, and the reader cannot tell which they are.
    zeros = {(i, j) for i, row in enumerate(rows) for j, count in enumerate(row) if not count and masked.rows[i][j] is None}
    for told, values, count in zip(flat(masked), feasible(masked, 6, zeros), whole(rows), strict=True):
        assert count in values
        assert told is not None or len(values) >= 3 or values == {0}


@given(small)
def test_nor_with_women_and_men_masked_together(rows):
    rows = [[*row[:2], *([0] * (2 - len(row))), 1 if sum(row) % 2 else 0] for row in rows[:2]]
    masked = mask(rows, 3, told_together=[(0, 1)])
    zeros = {(i, j) for i, row in enumerate(rows) for j, count in enumerate(row) if not count and masked.rows[i][j] is None}
    for row in masked.rows:
        assert (row[0] is None) == (row[1] is None)
    for told, values in zip(flat(masked), feasible(masked, 6, zeros), strict=True):
        # A zero beside a masked one may be found out: it is a count of nobody, and would be told but for its neighbour.
        assert told is not None or len(values) >= 3 or values == {0}


@given(st.lists(counts, max_size=7), st.booleans())
def test_the_told_rest_of_a_line_never_tells_of_few(found, is_total_hidden):
    masked = mask_line(found, is_total_hidden=is_total_hidden)
    left_out = [count for told, count in zip(masked.cells, found, strict=True) if told is None]
    if masked.total is not None and left_out:
        assert len(left_out) >= 2
        assert sum(left_out) >= LEAST


def test_rows_are_equally_long():
    with pytest.raises(ValueError, match="equally long"):
        mask([(1, 2), (3,)])
