"""The table's share of its width among its columns."""

from __future__ import annotations

from dataclasses import dataclass

from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.table import WIDEST, Table


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the test's table."""

    id: int
    name: str


def test_no_column_is_squeezed_to_nothing_and_hidden_ones_take_no_room(theme, qtbot) -> None:
    """In a narrow window the table scrolls sideways; in a wide one what stretches takes the rest."""
    columns = (
        Column("name", "Namn", lambda row: row.name, stretch=True),
        Column("long", "Lång", lambda row: "x" * 400),
        Column("more", "Mer", lambda row: row.name, stretch=True),
    )
    table = Table(theme, columns, "Prov")
    qtbot.addWidget(table)
    table.set_rows([Row(1, "Försäkringskassan, en mycket lång rad om den")])
    table.resize(300, 200)
    table.show()
    assert table.columnWidth(0) >= theme.px(100)
    assert table.columnWidth(1) <= theme.px(WIDEST)
    table.resize(1400, 200)
    assert abs(sum(table.columnWidth(place) for place in range(3)) - table.viewport().width()) <= 2
    table.setColumnHidden(1, True)
    table.resize(1300, 200)
    assert abs(table.columnWidth(0) + table.columnWidth(2) - table.viewport().width()) <= 2


def test_an_empty_table_shows_whole_names_of_columns_and_new_rows_widen_them(theme, qtbot) -> None:
    """The first row is seldom the longest."""
    columns = (
        Column("name", "Namn", lambda row: row.name, stretch=True),
        Column("more", "Öppna åtgärder", lambda row: row.name),
    )
    table = Table(theme, columns, "Prov")
    qtbot.addWidget(table)
    table.resize(700, 200)
    table.show()
    assert table.columnWidth(1) >= table.horizontalHeader().sectionSizeHint(1)
    table.set_rows([Row(1, "HR")])
    before = table.columnWidth(1)
    table.set_rows([Row(1, "HR"), Row(2, "Arbetsmarknadsenheten i Vara kommun")])
    assert table.columnWidth(1) > before
