"""The year of rounds and the places of one of them, beside five hundred rounds and five thousand bookings.

The floor asks the same SQL on the bare driver and has Qt's own table paint the same cells, known beforehand.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QTableView

from rehabdesk.store import vault
from rehabdesk.store.queries.prerehab import occasions as occasion_queries
from rehabdesk.store.queries.prerehab import places as place_queries
from rehabdesk.store.queries.prerehab import rounds as queries
from rehabdesk.store.store import Store
from rehabdesk.texts import texts_for
from rehabdesk.ui.parts.autosave import FlushRegistry
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.prerehab.places_grid import PlacesGrid, _BarPainter
from rehabdesk.ui.prerehab.places_model import STRETCH_ROLE
from rehabdesk.ui.prerehab.places_rows import empty_weeks, mondays, place_lines
from rehabdesk.ui.prerehab.year_table import YearTable
from rehabdesk.ui.shell.context import Context
from rehabdesk.ui.shell.messages import Messages
from tests.benchmarks.demo_vaults import TODAY, open_store
from tests.benchmarks.measure import Figure, as_ratio, taking_turns
from tests.benchmarks.painting import Cells, ConstantModel, Statement, cells_of, constant_table, repainted, shown_and_painted, statements_of
from tests.helpers.claims import make_programme
from tests.helpers.forum import small_forum
from tests.helpers.vaults import CHEAP, PASSPHRASE

TURNS = 15
MOST = 1.5
WINDOW = (1280, 820)
ROUNDS, PLACES, BOOKED, CASES = 500, 12, 5_000, 1_200
YEAR = TODAY.year

_ROUND = (
    "INSERT INTO round (programme_id, number, name, starts_on, ends_on, weeks, weekdays, start, \"end\", place, min_places, max_places, "
    "cancelled_reason) VALUES (1, ?, '', ?, ?, 8, '13', '09:00', '12:00', '', 4, ?, '')"
)
_PLACE = "INSERT INTO place (round_id, number, is_extra, extra_reason) VALUES (?, ?, 0, '')"
_OCCASION = (
    "INSERT INTO occasion (round_id, \"on\", start, \"end\", place, state, cancelled_reason, is_added) "
    "VALUES (?, ?, '09:00', '12:00', '', 'planned', '', 0)"
)
_BOOKING = (
    "INSERT INTO booking (programme_id, case_id, state, position, asked_on, referrer, need, is_ready, place_id, starts_on, ends_on, "
    "closed_on, reason_text) VALUES (1, ?, 'completed', 0, ?, '', '', 1, ?, ?, ?, ?, '')"
)


def figures(theme: Theme) -> list[Figure]:
    """The year, shown and asked again; the places of a round, shown and asked again."""
    with _rounds() as store:
        context = Context(store, texts_for("sv"), store.clock, theme, Messages(), FlushRegistry(store.clock))
        return [*_Year(context).figures(), *_Places(context).figures()]


class _Year:
    def __init__(self, context: Context) -> None:
        self._context, self._store = context, context.store
        self._ask_ours = partial(self._store.read, queries.rounds, TODAY, year=YEAR)
        self._asked = statements_of(self._store, self._ask_ours)
        self._bare = self._store._connections.reader.connection.driver_connection  # noqa: SLF001

    def figures(self) -> list[Figure]:
        """Shown the first time, and asked again."""
        table = self._table()
        table.show_year(YEAR, self._ask_ours())
        shown_and_painted(table, table.show)
        titles, cells = cells_of(table)
        floor = _sized(constant_table(self._context.theme, titles, cells))
        shown_and_painted(floor, floor.show)
        size = f"{ROUNDS} rounds, {BOOKED} bookings"
        found = [
            as_ratio("year of rounds, shown", size, taking_turns(self._show, partial(self._show_floor, titles, cells), TURNS), MOST),
            as_ratio("year of rounds, asked again", size, taking_turns(partial(self._again, table), partial(self._floor_again, floor, cells), TURNS), MOST),
        ]
        for window in (table, floor):
            window.close()
        return found

    def _table(self) -> YearTable:
        return _sized(YearTable(self._context))

    def _show(self) -> None:
        table = self._table()
        table.show_year(YEAR, self._ask_ours())
        shown_and_painted(table, table.show)
        table.close()

    def _show_floor(self, titles: list[str], cells: Cells) -> None:
        _ask(self._bare, self._asked)
        view = _sized(constant_table(self._context.theme, titles, cells))
        shown_and_painted(view, view.show)
        view.close()

    def _again(self, table: YearTable) -> None:
        table.show_year(YEAR, self._ask_ours())
        repainted(table)

    def _floor_again(self, floor: QTableView, cells: Cells) -> None:
        _ask(self._bare, self._asked)
        floor.model().show(cells)
        repainted(floor)


class _Places:
    """One round of the five hundred, with all its places taken."""

    def __init__(self, context: Context) -> None:
        self._context, self._store = context, context.store
        self._round_id = BOOKED // PLACES // 2
        self._asked = statements_of(self._store, self._read)
        self._bare = self._store._connections.reader.connection.driver_connection  # noqa: SLF001

    def figures(self) -> list[Figure]:
        """Shown the first time, and asked again."""
        grid = self._grid()
        self._fill(grid)
        shown_and_painted(grid, grid.show)
        titled = self._cells(grid)
        floor = self._floor(titled)
        shown_and_painted(floor, floor.show)
        size = f"{PLACES} places of {ROUNDS} rounds"
        found = [
            as_ratio("places of a round, shown", size, taking_turns(self._show, partial(self._show_floor, titled), TURNS), MOST),
            as_ratio("places of a round, asked again", size, taking_turns(partial(self._again, grid), partial(self._floor_again, floor, titled[1]), TURNS), MOST),
        ]
        for window in (grid, floor):
            window.close()
        return found

    def _read(self) -> tuple:
        read = self._store.read
        with self._store.one_moment():
            row = read(queries.round_of, self._round_id, TODAY)
            return row, read(place_queries.places_of, row.id, TODAY), read(occasion_queries.of_round, row.id)

    def _grid(self) -> PlacesGrid:
        return _sized(PlacesGrid(self._context.theme, self._context.texts))

    def _fill(self, grid: PlacesGrid) -> None:
        row, places, occasions = self._read()
        grid.show_lines(place_lines(row, places, TODAY), mondays(row), empty_weeks(row, occasions))

    def _cells(self, grid: PlacesGrid) -> tuple[list[str], Cells]:
        """What every week says, with the stretch that is painted over it."""
        model, weeks = grid.places_model, range(grid.places_model.columnCount())
        titles = [str(model.headerData(week, Qt.Orientation.Horizontal)) for week in weeks]
        rows = [[model.index(row, week) for week in weeks] for row in range(model.rowCount())]
        return titles, [[(str(index.data()), index.data(STRETCH_ROLE)) for index in row] for row in rows]

    def _floor(self, titled: tuple[list[str], Cells]) -> QTableView:
        """What a stretch looks like is part of the same work: it is painted as ours is."""
        view = _sized(constant_table(self._context.theme, *titled))
        model = _KnownStretches(*titled)
        model.setParent(view)
        view.setModel(model)
        view.setItemDelegate(_BarPainter(self._context.theme, self._context.texts, view))
        _span(view)
        return view

    def _show(self) -> None:
        grid = self._grid()
        self._fill(grid)
        shown_and_painted(grid, grid.show)
        grid.close()

    def _show_floor(self, titled: tuple[list[str], Cells]) -> None:
        _ask(self._bare, self._asked)
        view = self._floor(titled)
        shown_and_painted(view, view.show)
        view.close()

    def _again(self, grid: PlacesGrid) -> None:
        self._fill(grid)
        repainted(grid)

    def _floor_again(self, floor: QTableView, cells: Cells) -> None:
        _ask(self._bare, self._asked)
        floor.model().show(cells)
        _span(floor)
        repainted(floor)


class _KnownStretches(ConstantModel):
    """Words and stretches that were made beforehand."""

    def data(self, index: QModelIndex, role: int = 0) -> object:
        text, stretch = self._cells[index.row()][index.column()]
        return text if role == Qt.ItemDataRole.DisplayRole else stretch if role == STRETCH_ROLE else None


def _span(view: QTableView) -> None:
    """A claim stands over all its weeks."""
    view.clearSpans()
    for row in range(view.model().rowCount()):
        view.setSpan(row, 0, 1, view.model().columnCount())


def _ask(bare: object, statements: list[Statement]) -> None:
    for sql, values in statements:
        bare.execute(sql, values).fetchall()


def _sized(view: QTableView) -> QTableView:
    view.resize(*WINDOW)
    return view


@contextmanager
def _rounds() -> Iterator[Store]:
    with tempfile.TemporaryDirectory(prefix="rehabdesk-prerehab-") as folder:
        unlocked, _ = vault.create(Path(folder) / "Rounds.rehabdesk", PASSPHRASE, holder_name="Samordnare", kdf=CHEAP)
        with unlocked:
            store = open_store(unlocked)
            forum = small_forum(store, cases_count=1)
            make_programme(store)
            writer = store._connections.writer  # noqa: SLF001
            with writer.begin():
                _fill_in(writer.connection.driver_connection, forum.case_ids[0])
            try:
                yield store
            finally:
                store.close()


def _fill_in(connection: object, like: int) -> None:
    columns = [row[1] for row in connection.execute("PRAGMA table_info('case')") if row[1] not in ("id", "number", "sequence")]
    names = ", ".join(columns)
    connection.executemany(
        f'INSERT INTO "case" (number, sequence, {names}) SELECT ?, ?, {names} FROM "case" WHERE id = ?',
        [(f"RF-2026-{number:04}", number, like) for number in range(2, CASES + 1)],
    )
    for number in range(1, ROUNDS + 1):
        first = date(YEAR, 1, 6) + timedelta(days=number * 7 % 294)
        days = [first + timedelta(days=7 * week + more) for week in range(8) for more in (0, 2)]
        made = connection.execute(_ROUND, (number, days[0].isoformat(), days[-1].isoformat(), PLACES)).lastrowid
        connection.executemany(_PLACE, [(made, place) for place in range(1, PLACES + 1)])
        connection.executemany(_OCCASION, [(made, day.isoformat()) for day in days])
    places = "SELECT p.id, r.starts_on, r.ends_on FROM place AS p JOIN round AS r ON r.id = p.round_id ORDER BY p.id LIMIT ?"
    rows = connection.execute(places, (BOOKED,)).fetchall()
    connection.executemany(
        _BOOKING, [(1 + number % CASES, first, place, first, last, last) for number, (place, first, last) in enumerate(rows)]
    )
