"""The model tells views only what differs, in an order Qt accepts, and keeps what somebody is doing."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit

from rehabdesk.ui.parts.rows_model import Column, RowsModel
from rehabdesk.ui.parts.table import Table
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.parts.tokens import Mode, Tone
from tests.helpers.keys import ALT, press, type_text


@dataclass(frozen=True, slots=True)
class Fruit:
    id: int
    name: str
    weight: int = 0


def name_of(row: Fruit) -> str:
    return row.name


def weight_of(row: Fruit) -> int:
    return row.weight


def tone_of(row: Fruit) -> Tone | None:
    return Tone.RED if row.weight > 5 else None


def write(_row: Fruit, _text: str) -> None:
    """Keep the edit nowhere."""


def columns() -> tuple[Column, ...]:
    return (
        Column("name", "Namn", name_of, stretch=True, edit=write),
        Column("weight", "Vikt", lambda row: str(row.weight), sort=weight_of, tone=tone_of, align_right=True),
    )


@pytest.fixture
def model(qapp: QApplication) -> RowsModel:
    made = RowsModel(columns())
    made.tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


@pytest.fixture
def table(qapp: QApplication, qtbot) -> Table:
    made = Table(Theme(qapp, Mode.LIGHT), columns(), "Frukt")
    qtbot.addWidget(made)
    return made


ids = st.lists(st.integers(0, 40), unique=True, max_size=30)


@given(before=ids, after=ids, changed=st.sets(st.integers(0, 40)), column=st.sampled_from([-1, 0, 1]))
def test_any_list_becomes_any_other(qapp, before: list[int], after: list[int], changed: set[int], column: int) -> None:
    """Whatever came, went, moved or changed; persistent indexes follow their row."""
    model = RowsModel(columns())
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    model.sort(column)
    model.set_rows([Fruit(number, f"f{number}", number % 7) for number in before])
    kept = {number: QPersistentModelIndex(model.index_of(number)) for number in before}
    wanted = [Fruit(number, f"{'x' if number in changed else 'f'}{number}", number % 7) for number in after]
    model.set_rows(wanted)
    assert set(model.rows) == set(wanted)
    if column < 0:
        assert list(model.rows) == wanted
    else:
        order = [columns()[column].order(row) for row in model.rows]
        assert order == sorted(order)
    for number, index in kept.items():
        assert index.isValid() == (number in after)
        if index.isValid():
            assert model.row_at(index).id == number
    assert not resets
    del tester


def test_only_what_changed_is_told(model: RowsModel) -> None:
    """One row changed in the middle: one notice about one row."""
    rows = [Fruit(number, str(number)) for number in range(10)]
    model.set_rows(rows)
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    rows[4] = replace(rows[4], name="annat")
    model.set_rows(rows)
    model.set_rows(list(rows))
    assert told == [(4, 4)]


def test_two_rows_with_one_id_are_our_mistake(model: RowsModel) -> None:
    """Said at once, not as a broken table."""
    with pytest.raises(ValueError, match="same id"):
        model.set_rows([Fruit(1, "a"), Fruit(1, "b")])


def test_sorting_is_by_value_not_by_text(model: RowsModel) -> None:
    """2 before 10."""
    model.set_rows([Fruit(1, "a", 10), Fruit(2, "b", 2), Fruit(3, "c", 30)])
    model.sort(1)
    assert [row.weight for row in model.rows] == [2, 10, 30]
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert [row.weight for row in model.rows] == [30, 10, 2]
    model.sort(-1)
    assert [row.id for row in model.rows] == [1, 2, 3]


def test_selection_and_open_editor_survive_a_refresh(table: Table, qtbot) -> None:
    """Half-typed text stays while rows come, go and move around it."""
    table.show()
    table.set_rows([Fruit(number, f"f{number}") for number in range(5)])
    table.choose(3)
    table.edit(table.currentIndex())
    editor = table.findChild(QLineEdit)
    type_text(editor, "halvskrivet på")
    table.set_rows([Fruit(9, "ny"), *(Fruit(number, f"g{number}") for number in (4, 3, 1))])
    assert table.current_row.id == 3
    assert table.findChild(QLineEdit) is editor
    assert editor.text() == "halvskrivet på"


def test_enter_opens_and_alt_arrows_ask_to_move(table: Table, qtbot) -> None:
    """The keyboard does what the mouse does."""
    table.reorder(True)
    table.set_rows([Fruit(number, f"f{number}") for number in range(3)])
    table.choose(1)
    with qtbot.waitSignal(table.opened) as opened:
        press(table, Qt.Key.Key_Return)
    assert opened.args[0].id == 1
    with qtbot.waitSignal(table.move_wanted) as moved:
        press(table, Qt.Key.Key_Up, ALT)
    assert (moved.args[0].id, moved.args[1]) == (1, 0)
    with qtbot.waitSignal(table.move_wanted) as moved:
        press(table, Qt.Key.Key_Down, ALT)
    assert (moved.args[0].id, moved.args[1]) == (1, 2)
    table.choose(0)
    with qtbot.assertNotEmitted(table.move_wanted):
        press(table, Qt.Key.Key_Up, ALT)


def test_an_empty_table_says_what_to_do_first(table: Table, qtbot) -> None:
    """And stops saying it when there are rows."""
    done: list[bool] = []
    table.set_empty("Ingen frukt än", "Lägg till den första.", "Lägg till", lambda: done.append(True))
    table.show()
    from rehabdesk.ui.parts.basics import EmptyState

    empty = table.findChild(EmptyState)
    assert empty.isVisible()
    empty.button.click()
    assert done == [True]
    table.set_rows([Fruit(1, "äpple")])
    assert not empty.isVisible()


def test_rows_are_high_enough_for_large_text(table: Table) -> None:
    """Whatever size of text."""
    table.set_rows([Fruit(1, "äpple")])
    assert table.rowHeight(0) >= table.fontMetrics().height() + 8


def test_ten_thousand_rows_are_no_burden(table: Table) -> None:
    """Not a benchmark (those are elsewhere): a guard against something quadratic."""
    rows = [Fruit(number, f"f{number % 977}", number % 31) for number in range(10_000)]
    started = time.perf_counter()
    table.set_rows(rows)
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    table.set_rows(list(reversed(rows))[5:])
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert time.perf_counter() - started < 4
