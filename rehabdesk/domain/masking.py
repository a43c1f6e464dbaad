"""Figures about few people are masked, with the complement masked too (`product.md` rule 6; `domain.md` 6).

A count of people below the limit is not told: from it, and from what one knows about a colleague, somebody could be pointed
out. Nor may it be reckoned back from a sum or a difference, so further counts are left out until that cannot be done.

Zero is told. It is a count of nobody, so it points nobody out, and the field's convention is the same: a limit hides one to
four, and a nil has a sign of its own. But whoever reads the table knows that, and so knows that a masked cell is at least
one; what is left out is chosen against a reader who reckons with it. A zero is masked in two cases. Of women and men, when the
other of the two is. And where the table as a whole is about fewer than the limit: there the zeros would say of
those few what none of them did, and so what all of them did. Numbers of places are no figures about people, and do not come here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

#: So many people must stand behind a figure; of measurements, which are about health, so many.
LEAST, LEAST_HEALTH = 5, 10

#: A masked cell could be so much more, or less, than it is: at least so many units lie between its bounds.
_WIDTH = 2

_Cell = tuple[int, int]
#: A row (False) or a column (True), by its number.
_Node = tuple[bool, int]


@dataclass(frozen=True, slots=True)
class MaskedTable:
    """A table of counts of people with its sums, as it may be told: None is masked, and printed as `..`."""

    rows: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class MaskedLine:
    """Counts of people and their sum, as they may be told: None is masked."""

    cells: tuple[int | None, ...]
    total: int | None


def mask(
    rows: Sequence[Sequence[int]],
    least: int = LEAST,
    *,
    told_together: Iterable[Sequence[int]] = (),
    hidden: Iterable[_Cell] = (),
) -> MaskedTable:
    """A table with all its sums, masked: below the limit, and what those could be reckoned from.

    Columns that are `told_together` (women and men) are masked together in each row. `hidden` cells are masked in any case,
    because another table leaves them out; a row or column past the last is the sums'.
    """
    if len({len(row) for row in rows}) > 1:
        raise ValueError("rows of one table are equally long")
    table = _Table(rows, least, [tuple(columns) for columns in told_together])
    table.hide(hidden)
    table.protect()
    return table.told()


def mask_line(counts: Sequence[int], least: int = LEAST, *, is_total_hidden: bool = False, hidden: Iterable[int] = ()) -> MaskedLine:
    """Counts that add up to a told sum, masked. The sum, and the counts at `hidden` places, are left out as another table does not tell them."""
    if not counts:
        return MaskedLine((), None if is_total_hidden else 0)
    # A table of one row says every count twice, the second time as its column's sum: so they are masked as one.
    places = [*hidden, *([len(counts)] if is_total_hidden else [])]
    line = mask([[count] for count in counts], least, hidden=[(place, 0) for place in places])
    return MaskedLine(line.row_totals, line.total)


class _Table:
    """A table with its sums as last row and last column, and which of its cells are masked so far."""

    def __init__(self, rows: Sequence[Sequence[int]], least: int, told_together: list[tuple[int, ...]]) -> None:
        self._least, self._together = least, told_together
        self._height, self._width = len(rows), len(rows[0]) if rows else 0
        whole = [[*row, sum(row)] for row in rows]
        whole.append([sum(column) for column in zip(*whole, strict=True)] if whole else [0])
        self._value = {(i, j): count for i, row in enumerate(whole) for j, count in enumerate(row)}
        self._masked: set[_Cell] = set()
        self._strong: set[_Cell] = set()
        self.hide(cell for cell, count in self._value.items() if 0 < count < least)

    def hide(self, cells: Iterable[_Cell]) -> None:
        """Mask these; what is told twice, in a table of one row or one column, both times; women and men together."""
        waiting = [cell for cell in cells if cell not in self._masked]
        while waiting:
            cell = waiting.pop()
            if cell not in self._masked:
                self._masked.add(cell)
                waiting.extend(self._alike(cell))

    def _alike(self, cell: _Cell) -> Iterable[_Cell]:
        i, j = cell
        if self._height == 1:
            yield 1 - i, j
        if self._width == 1:
            yield i, 1 - j
        for columns in self._together:
            if j in columns:
                yield from ((i, other) for other in columns)

    def protect(self) -> None:
        """Mask more, the cheapest first, until nothing masked can be reckoned back. At the latest everything is masked."""
        while help_ := self._bare_line() or self._weak_cell():
            self.hide(help_)

    def told(self) -> MaskedTable:
        """The table as it may be told."""
        height, width = self._height, self._width
        is_of_few = 0 < self._value[height, width] < self._least
        shown = {cell: None if is_of_few or cell in self._masked else count for cell, count in self._value.items()}
        return MaskedTable(
            tuple(tuple(shown[i, j] for j in range(width)) for i in range(height)),
            tuple(shown[i, width] for i in range(height)),
            tuple(shown[height, j] for j in range(width)),
            shown[height, width],
        )

    def _bare_line(self) -> list[_Cell]:
        """What to mask besides, where the rest of a row or column tells by a difference how few stand in its masked cells."""
        height, width = self._height, self._width
        rows = [[(i, j) for j in range(width + 1)] for i in range(height + 1)]
        columns = [[(i, j) for i in range(height + 1)] for j in range(width + 1)]
        for *line, total in rows + columns:
            if total not in self._masked and 0 < sum(self._value[one] for one in line if one in self._masked) < self._least:
                told = [one for one in line if one not in self._masked and self._value[one]]
                return [min(told, key=self._price, default=total)]
        return []

    def _weak_cell(self) -> list[_Cell]:
        """What to mask besides, where a masked cell could be reckoned back, or too nearly; nothing where none can."""
        # What cannot be reckoned back cannot when still more is masked.
        for cell in sorted(self._masked - self._strong):
            ways, room = [], 0
            for step in (1, -1):
                value = dict(self._value)
                while room < _WIDTH and (way := self._way(value, cell, step, self._masked)) is not None:
                    room += 1
                    for one, direction in way:
                        value[one] += direction
                ways.append(self._way(value, cell, step, self._value.keys()))
            help_ = [[one for one, _ in way if one not in self._masked] for way in ways if way is not None]
            if room < _WIDTH and any(help_):
                return min(filter(None, help_), key=self._price_of_all)
            self._strong.add(cell)
        return []

    def _way(self, value: dict[_Cell, int], cell: _Cell, step: int, usable: Iterable[_Cell]) -> list[tuple[_Cell, int]] | None:
        """What changes by one when a cell does, so that every sum still holds; the cheapest to mask, None where nothing can.

        With the sums' signs turned, every row and every column adds up to nothing. One more in a cell then is a step from its
        row to its column, one less a step back, and a way round leaves all sums as they are.
        """
        if not self._may(value, cell, step):
            return None
        goal, start = self._arc(cell, step)
        arcs: dict[_Node, list[tuple[_Node, _Cell, int]]] = {}
        for one in usable:
            for direction in (1, -1):
                if one != cell and self._may(value, one, direction):
                    source, target = self._arc(one, direction)
                    arcs.setdefault(source, []).append((target, one, direction))
        settled: set[_Node] = set()
        waiting: list[tuple[int, _Node, list[tuple[_Cell, int]]]] = [(0, start, [(cell, step)])]
        while waiting:
            price, node, way = heappop(waiting)
            if node == goal:
                return way
            if node not in settled:
                settled.add(node)
                for target, one, direction in arcs.get(node, ()):
                    heappush(waiting, (price + self._price(one), target, [*way, (one, direction)]))
        return None

    def _may(self, value: dict[_Cell, int], cell: _Cell, step: int) -> bool:
        # A told zero stays told. And who reads the table knows that what is masked is not nothing, unless it is.
        if cell not in self._masked and not self._value[cell]:
            return False
        return step > 0 or value[cell] > min(self._value[cell], 1)

    def _arc(self, cell: _Cell, step: int) -> tuple[_Node, _Node]:
        """From where to where a change of this cell leads."""
        i, j = cell
        is_turned = (i == self._height) != (j == self._width)
        ends = (False, i), (True, j)
        return ends[::-1] if (step > 0) == is_turned else ends

    def _price(self, cell: _Cell) -> int:
        """What it costs to leave a cell out: sums are worth more than parts, large counts more than small."""
        if cell in self._masked:
            return 0
        sums = (cell[0] == self._height) + (cell[1] == self._width)
        return 1 + self._value[cell] + sums * self._value[self._height, self._width]

    def _price_of_all(self, cells: list[_Cell]) -> int:
        return sum(map(self._price, cells))
