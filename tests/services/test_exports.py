"""The list of cases as a file: what goes along, what never does, and that it is remembered."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from rehabdesk.domain.exports import ListColumn, ListRow
from rehabdesk.domain.problems import Refused
from rehabdesk.exchange.table_file import read_table
from rehabdesk.services import cases, exports
from rehabdesk.store.queries import exports as queries
from tests.helpers.log import log_of
from tests.helpers.people import make_forum

COLUMNS = (ListColumn("number", "Nummer"), ListColumn("name", "Namn"), ListColumn("opened", "Öppnat"), ListColumn("actions", "Öppna åtgärder"))


@pytest.fixture
def forum(store):
    return make_forum(store)


@pytest.fixture
def rows(store, forum):
    ids = [
        cases.open_case(store, forum.series, "=cmd|'/C calc'!A0", "Ek"),
        cases.open_case(store, forum.series, "Björk", is_protected=True),
        cases.open_case(store, forum.series, "Åsa", "Öberg"),
    ]
    names = ("=cmd|'/C calc'!A0 Ek", "Björk", "Åsa Öberg")
    return tuple(ListRow(id_, (f"RF-2026-00{place}", name, date(2026, 11, 22), place)) for place, (id_, name) in enumerate(zip(ids, names, strict=True)))


def cells(path: Path) -> list[tuple]:
    return [tuple(row.cells) for row in read_table(path.read_bytes()).rows]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_no_name_goes_along_unless_it_is_asked_for_and_a_protected_case_never(store, rows, tmp_path, ending) -> None:
    path = tmp_path / f"lista.{ending}"
    assert exports.save_cases(store, path, COLUMNS, rows) == exports.Exported(2, 1)
    raw = path.read_bytes()
    assert [row[0] for row in cells(path)] == ["Nummer", "RF-2026-000", "RF-2026-002"]
    assert cells(path)[0] == ("Nummer", "Öppnat", "Öppna åtgärder")
    assert "Öberg" not in str(cells(path))
    exports.save_cases(store, path, COLUMNS, rows, with_names=True)
    assert [row[1] for row in cells(path)] == ["Namn", "'=cmd|'/C calc'!A0 Ek", "Åsa Öberg"]
    assert "Björk" not in str(cells(path))
    assert path.read_bytes() != raw
    assert oct(path.stat().st_mode)[-3:] == "600"


def test_a_workbook_holds_no_formula_and_nobody_in_its_properties(store, rows, tmp_path) -> None:
    path = tmp_path / "lista.xlsx"
    exports.save_cases(store, path, COLUMNS, rows, with_names=True, title="Ärenden")
    book = load_workbook(io.BytesIO(path.read_bytes()))
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)
    assert book.properties.creator == "rehabdesk"
    assert book.properties.lastModifiedBy is None


def test_text_is_what_swedish_excel_opens(store, rows, tmp_path) -> None:
    path = tmp_path / "lista.csv"
    exports.save_cases(store, path, COLUMNS, rows)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfNummer;\xc3\x96ppnat;")
    assert path.read_bytes().endswith(b"RF-2026-002;2026-11-22;2\r\n")


def test_it_is_logged_and_remembered_until_it_is_said_to_be_gone(store, rows, tmp_path) -> None:
    exports.save_cases(store, tmp_path / "lista.csv", COLUMNS, rows, kept_on="USB-minne")
    remembered = store.read(queries.not_gone)
    assert [(row.rows, row.with_names, row.kept_on, row.made_on) for row in remembered] == [(2, False, "USB-minne", date(2026, 11, 22))]
    assert len(log_of(store, "list_exported")) == 1
    before = store.undo_label
    exports.file_is_gone(store, remembered[0].id)
    assert store.read(queries.not_gone) == ()
    assert len(log_of(store, "export_gone")) == 1
    assert store.undo_label == before


def test_what_cannot_be_written_is_said_and_not_remembered(store, rows, tmp_path) -> None:
    with pytest.raises(Refused, match=r"paper\.file_not_written"):
        exports.save_cases(store, tmp_path / "finns inte" / "lista.csv", COLUMNS, rows)
    (tmp_path / "mapp.csv").mkdir()
    with pytest.raises(Refused, match=r"paper\.file_not_written"):
        exports.save_cases(store, tmp_path / "mapp.csv", COLUMNS, rows)
    with pytest.raises(Refused, match=r"export\.nothing_left"):
        exports.save_cases(store, tmp_path / "lista.csv", COLUMNS, rows[1:2])
    assert store.read(queries.not_gone) == ()
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".part"] == []
