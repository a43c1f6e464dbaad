"""What a cell says: days as sheet programs and people write them, yes and no, and texts that got harmed on the way."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain import sheet_cells
from rehabdesk.domain.problems import Problem
from rehabdesk.domain.sheet_cells import as_day, as_lines, as_text, as_yes_or_no

TODAY = date(2026, 11, 22)
DAY = date(2026, 10, 5)


@pytest.mark.parametrize(
    "cell",
    [
        DAY, datetime(2026, 10, 5, 14, 30), 46300, 46300.0, 46300.75, "46300", "46300,5", "2026-10-05", "2026-10-05 00:00:00",
        "2026-10-05T00:00:00Z", "20261005", 20261005, "5/10 2026", "5/10/2026", "05.10.2026", "5-10-2026", "5/10-2026", "5 oktober 2026",
        "5 okt 2026", "den 5 oktober 2026", "Oct 5, 2026", " 2026-10-05 ", "2026/10/05",
    ],
)  # fmt: skip
def test_a_day_in_every_form(cell: object) -> None:
    assert as_day(cell, TODAY) == DAY


def test_workbooks_of_old_macs_count_from_another_day() -> None:
    assert as_day(46300 - 1462, TODAY, date(1904, 1, 1)) == DAY


@pytest.mark.parametrize("cell", [None, "", "   ", "\t"])
def test_an_empty_cell_is_no_day_and_no_problem(cell: object) -> None:
    assert as_day(cell, TODAY) is None


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("igår", "import.no_day"), ("på fredag", "import.no_day"), ("v. 49", "import.no_day"), ("22/11", "import.no_day"),
        ("2026", "import.no_day"), (2026, "import.no_day"), (7, "import.no_day"), (-1, "import.no_day"), (float("inf"), "import.no_day"),
        (float("nan"), "import.no_day"), (True, "import.no_day"), (time(9, 0), "import.no_day"), ("31/2 2026", "date.no_such_day"),
        ("13/13/2026", "date.no_such_day"), ("900602-2397", "import.no_day"), ("maria", "import.no_day"), ("x" * 5000, "import.no_day"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_said(cell: object, code: str) -> None:
    found = as_day(cell, TODAY)
    assert isinstance(found, Problem)
    assert found.code == code


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none(), st.dates(), st.times()))
def test_any_cell_is_answered(cell: object) -> None:
    assert isinstance(as_day(cell, TODAY), date | Problem | None)
    assert isinstance(as_yes_or_no(cell), bool | Problem)
    assert isinstance(as_text(cell), str)
    assert isinstance(as_lines(cell), str)
    assert isinstance(sheet_cells.problem_with_text(cell), Problem | None)


@pytest.mark.parametrize("cell", ["ja", "Ja", "J", "x", "X", "yes", True, 1, 1.0, "1", "SANT", "Sekretessmarkering", "skyddad folkbokföring"])
def test_yes(cell: object) -> None:
    assert as_yes_or_no(cell) is True


@pytest.mark.parametrize("cell", [None, "", " ", "nej", "Nej.", "n", "no", False, 0, "0", "-", "FALSKT"])
def test_no(cell: object) -> None:
    assert as_yes_or_no(cell) is False


@pytest.mark.parametrize("cell", ["kanske", "?", 2, "1990"])
def test_neither_yes_nor_no(cell: object) -> None:
    assert isinstance(as_yes_or_no(cell), Problem)


@pytest.mark.parametrize(
    ("cell", "text"), [(199006022397, "199006022397"), (199006022397.0, "199006022397"), (1.5, "1,5"), (DAY, "2026-10-05"), (True, "ja")]
)
def test_what_stands_in_a_cell(cell: object, text: str) -> None:
    assert as_text(cell) == text
