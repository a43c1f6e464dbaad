"""What leaves in a sheet is never taken for a formula, and reads back as it was written."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from rehabdesk.exchange.xlsx import defused, write_sheet

#: What the XML of a workbook can carry.
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=40)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_begins_a_formula_gets_an_apostrophe(start: str) -> None:
    assert defused(f"{start}cmd|'/C calc'!A0") == f"'{start}cmd|'/C calc'!A0"


@pytest.mark.parametrize("value", ["", "Anna", "3-4 ggr", "a=b", " =1", 7, -7, 1.5, None, date(2026, 11, 22)])
def test_what_is_harmless_stays(value: object) -> None:
    assert defused(value) == value


def test_a_sheet_reads_back() -> None:
    content = write_sheet(["Ärende", "=Dag"], [["RF-2026-001", date(2026, 11, 22)], ["=1+1", None], ["#N/A", 3]], "Åtgärder: [alla]")
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet.title == "Åtgärder alla"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [["Ärende", "'=Dag"], ["RF-2026-001", datetime(2026, 11, 22)], ["'=1+1", None], ["#N/A", 3]]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet["A1"].font.bold
    assert sheet.freeze_panes == "A2"


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=5))
def test_no_text_becomes_a_formula(rows: list[list[str]]) -> None:
    sheet = load_workbook(io.BytesIO(write_sheet(["A", "B"], rows))).active
    for row in sheet.iter_rows(min_row=2):
        assert all(cell.data_type not in ("f", "e") for cell in row)
