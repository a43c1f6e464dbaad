"""Files as they come: sound ones read alike in every form, and each of the others gets one sentence of its own."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from rehabdesk.domain.problems import Refused
from rehabdesk.domain.sheet_cells import as_day
from rehabdesk.exchange.table_file import read_table
from tests.helpers import import_files
from tests.helpers.import_files import HEADINGS, ROWS

TODAY = date(2026, 11, 22)
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "mac_roman", "cp850", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
WANTED = [tuple(cell or "" for cell in row) for row in (HEADINGS, *ROWS)]
REFUSED = import_files.refused_files()


def cells(content: bytes) -> list[tuple[str, ...]]:
    return [tuple(str(row.cell(column) or "") for column in range(len(HEADINGS))) for row in read_table(content).rows]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_text_reads_alike_in_every_encoding_and_with_every_separator(encoding: str, delimiter: str) -> None:
    assert cells(import_files.text_file(delimiter, encoding)) == WANTED


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_quotation_marks_are_not_taken_for_letters_of_another_set(encoding: str) -> None:
    text = "Namn;Fråga\nAnna Ek;”Kan hon” – ”eller han” – ”prova”\n"
    assert read_table(text.encode(encoding)).rows[1].cells[1] == "”Kan hon” – ”eller han” – ”prova”"


def test_a_decimal_comma_parts_no_cells() -> None:
    sheet = read_table("Namn;A;B;C\n”Ek, Anna”;1,5;2,5;3,5\nBo Ek;1,5;2,25;3,0\n".encode())
    assert [len(row.cells) for row in sheet.rows] == [4, 4, 4]


def test_a_workbook_reads_as_its_text_does() -> None:
    assert cells(import_files.workbook()) == WANTED


def test_excels_own_line_about_the_separator_is_no_row() -> None:
    assert cells(b"sep=|\r\n" + import_files.text_file("|", "utf-8")) == WANTED


def test_rows_keep_the_numbers_that_a_sheet_program_shows() -> None:
    sheet = read_table("Namn;Dnr\n\nAnna Ek;1\n\n\nBo Ek;\"två\nrader\"\nCajsa Ek;3\n".encode())
    assert [row.number for row in sheet.rows] == [1, 3, 6, 7]


def test_the_first_sheet_with_something_in_it_is_read_and_the_others_are_counted() -> None:
    book = Workbook()
    for name in ("Lista", "Mer"):
        sheet = book.create_sheet(name)
        sheet.append(["Namn"])
    book.create_sheet("Hemlig").sheet_state = "hidden"
    found = read_table(saved(book))
    assert (found.title, found.others) == ("Lista", 1)


def saved(book) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_real_cells_keep_what_they_are() -> None:
    """Days, serial numbers, numbers, ticks, errors, and a formula that no program has reckoned with yet."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Namn", date(2026, 10, 5), datetime(2026, 10, 5, 8, 30), 46300, 199006022397, True, "=1+1", "#REF!"])
    (row,) = read_table(saved(book)).rows
    assert row.cells == ("Namn", datetime(2026, 10, 5), datetime(2026, 10, 5, 8, 30), 46300, 199006022397, True, None, "#REF!")
    assert [as_day(row.cell(place), TODAY) for place in (1, 2, 3)] == [date(2026, 10, 5)] * 3


def test_a_workbook_of_an_old_mac_counts_its_days_from_1904() -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["Namn", date(2026, 10, 5), 44838])
    sheet = read_table(saved(book))
    assert [as_day(sheet.rows[0].cell(place), TODAY, sheet.serial_zero) for place in (1, 2)] == [date(2026, 10, 5)] * 2


def test_a_size_that_the_file_tells_wrongly_hides_no_rows() -> None:
    content = import_files.with_sheet_xml(b"<sheetData>", b'<dimension ref="A1:B2"/><sheetData>')
    assert len(read_table(content).rows) == 1 + len(ROWS)


@pytest.mark.parametrize("name", REFUSED)
def test_each_thing_that_is_no_table_gets_its_own_sentence(name: str, texts, texts_en) -> None:
    content, code = REFUSED[name]
    with pytest.raises(Refused) as refused:
        read_table(content)
    assert [problem.code for problem in refused.value.problems] == [code]
    for said in (texts, texts_en):
        assert said.problems(refused.value.problems).endswith(".")
