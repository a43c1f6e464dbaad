"""A table of actions, filled, sorted and filtered, against the same SQL on the bare driver and the same cells known beforehand."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from rehabdesk.domain.forum import ActionState
from rehabdesk.store import vault
from rehabdesk.store.history import Label
from rehabdesk.store.queries.forum import actions as queries
from rehabdesk.store.store import Store
from rehabdesk.store.tables.forum import Action
from rehabdesk.texts import Texts, texts_for
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.table import Table
from rehabdesk.ui.parts.theme import Theme
from tests.benchmarks.demo_vaults import TODAY, open_store
from tests.benchmarks.measure import Figure, as_ratio, taking_turns
from tests.benchmarks.painting import Cells, ConstantModel, Statement, cells_of, constant_table, repainted, shown_and_painted, statements_of
from tests.helpers.forum import Forum, small_forum
from tests.helpers.vaults import CHEAP, PASSPHRASE

SIZES = (1_000, 10_000)
ROUNDS = 9
MOST_FILLED = 1.5
MOST_CHANGED = 2.0
WINDOW = (1280, 820)

_WHAT = ("boka avstämningsmöte", "skicka underlag om arbetsuppgifterna", "ringa vårdcentralen", "planera halvdagarna", "höra med facket")


def figures(theme: Theme) -> list[Figure]:
    """Filled, sorted again, filtered; at each size."""
    found = []
    for size in SIZES:
        with _actions(size) as (store, forum):
            found += _Measured(theme, store, forum, size).figures()
    return found


class _Measured:
    def __init__(self, theme: Theme, store: Store, forum: Forum, size: int) -> None:
        self._theme, self._store, self._size = theme, store, size
        self._party = forum.party_ids["FK"]
        self._columns = _columns(texts_for("sv"))
        self._bare = store._connections.reader.connection.driver_connection  # noqa: SLF001
        self._all = statements_of(store, partial(store.read, queries.actions))
        self._turns = 0

    def figures(self) -> list[Figure]:
        """Three figures of one size."""
        table = self._table()
        table.set_rows(self._store.read(queries.actions))
        shown_and_painted(table, table.show)
        floor = self._floor(table)
        shown_and_painted(floor, floor.show)
        size = f"{self._size:,} rows".replace(",", " ")
        found = [
            as_ratio("actions table, filled", size, taking_turns(self._fill, partial(self._fill_floor, *cells_of(table)), ROUNDS), MOST_FILLED),
            as_ratio("actions table, sorted again", size, self._sorted(table, floor), MOST_CHANGED),
            as_ratio("actions table, one party", size, self._filtered(table, floor), MOST_CHANGED),
        ]
        for window in (table, floor):
            window.close()
        return found

    # Filled

    def _fill(self) -> None:
        table = self._table()
        table.set_rows(self._store.read(queries.actions))
        shown_and_painted(table, table.show)
        table.close()

    def _fill_floor(self, titles: list[str], cells: Cells) -> None:
        self._ask(self._all)
        view = constant_table(self._theme, titles, cells)
        view.resize(*WINDOW)
        shown_and_painted(view, view.show)
        view.close()

    # Sorted and filtered

    def _sorted(self, table: Table, floor: QTableView):
        orders = (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder)
        made = []
        for order in orders:
            table.sortByColumn(2, order)
            made.append(cells_of(table)[1])
        statements = [(f"SELECT * FROM ({sql}) ORDER BY what {direction}", values)
                      for direction in ("ASC", "DESC") for sql, values in self._all]

        def ours() -> None:
            self._turns += 1
            table.sortByColumn(2, orders[self._turns % 2])
            repainted(table)

        def bare() -> None:
            self._turns += 1
            self._ask([statements[self._turns % 2]])
            _model(floor).show(made[self._turns % 2])
            repainted(floor)

        return taking_turns(ours, bare, ROUNDS)

    def _filtered(self, table: Table, floor: QTableView):
        one = partial(self._store.read, queries.actions, party_id=self._party)
        table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        everything = self._store.read(queries.actions)
        table.set_rows(one())
        cells = cells_of(table)[1]
        table.set_rows(everything)
        all_cells = cells_of(table)[1]
        statements = statements_of(self._store, one)

        def ours() -> None:
            table.set_rows(one())
            repainted(table)

        def bare() -> None:
            self._ask(statements)
            _model(floor).show(cells)
            repainted(floor)

        def back() -> None:
            table.set_rows(everything)
            repainted(table)
            _model(floor).show(all_cells)
            repainted(floor)

        return taking_turns(ours, bare, ROUNDS, before=back)

    # Parts

    def _ask(self, statements: list[Statement]) -> None:
        for sql, values in statements:
            self._bare.execute(sql, values).fetchall()

    def _table(self) -> Table:
        table = Table(self._theme, self._columns, "Åtgärder")
        table.resize(*WINDOW)
        return table

    def _floor(self, table: Table) -> QTableView:
        view = constant_table(self._theme, *cells_of(table))
        view.resize(*WINDOW)
        return view


@contextmanager
def _actions(count: int) -> Iterator[tuple[Store, Forum]]:
    with tempfile.TemporaryDirectory(prefix="rehabdesk-tables-") as folder:
        unlocked, _ = vault.create(Path(folder) / "Actions.rehabdesk", PASSPHRASE, holder_name="Samordnare", kdf=CHEAP)
        with unlocked:
            store = open_store(unlocked)
            forum = small_forum(store, cases_count=6)
            _fill_in(store, forum, count, random.Random(count))
            try:
                yield store, forum
            finally:
                store.close()


def _fill_in(store: Store, forum: Forum, count: int, chance: random.Random) -> None:
    cases = store.read(_case_ids)
    contacts = list(forum.contact_ids)
    with store.write(Label("test"), undoable=False) as writing:
        for _ in range(count):
            who = chance.choice(contacts)
            day = TODAY + timedelta(days=chance.randint(-200, 200))
            done = chance.random() < 0.6
            writing.session.add(Action(
                series_id=forum.series_id, case_id=chance.choice(cases), what=f"{chance.choice(_WHAT)} {chance.randint(1, 999)}",
                party_id=forum.party_ids[who], contact_id=forum.contact_ids[who], due_on=day,
                state=ActionState.DONE if done else ActionState.OPEN, created_on=TODAY, closed_on=TODAY if done else None,
            ))


def _case_ids(connection: object) -> list[int]:
    return [row[0] for row in connection.exec_driver_sql('SELECT id FROM "case"')]


def _columns(texts: Texts) -> tuple[Column, ...]:
    """What a person would see of an action, with its badge."""
    from rehabdesk.ui.parts.tokens import Tone

    def due(row: queries.ActionRow) -> str:
        return texts.date(row.due_on) if row.due_on else ""

    def by_due(row: queries.ActionRow) -> tuple[bool, date]:
        return row.due_on is None, row.due_on or TODAY

    def tone(row: queries.ActionRow) -> Tone:
        return Tone.GREEN if row.state is ActionState.DONE else Tone.AMBER

    return (
        Column("case", "Ärende", lambda row: row.case_number),
        Column("who", "Vem", lambda row: row.who, stretch=True),
        Column("what", "Åtgärd", lambda row: row.what, stretch=True),
        Column("due", "Senast", due, sort=by_due),
        Column("state", "Läge", lambda row: texts.term(row.state), tone=tone),
    )


def _model(view: QTableView) -> ConstantModel:
    model = view.model()
    assert isinstance(model, ConstantModel)
    return model
