"""Importing cases by keyboard, in the real window, on the real store and a real thread."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from rehabdesk.domain.case_import import ImportField
from rehabdesk.services import cases
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.ui.cases.page import CasesPage
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.shell.main_window import MainWindow
from rehabdesk.ui.shell.page import Page
from rehabdesk.ui.shell.rooms import Room
from rehabdesk.wording import shell as words
from tests.helpers import import_files
from tests.helpers.import_files import ROWS
from tests.helpers.keys import CTRL, press, type_text
from tests.helpers.people import make_forum

KEY = Qt.Key


class OtherPage(Page):
    """Somewhere else in the window."""


@pytest.fixture
def window(context, qtbot):
    rooms = [Room("cases", words.CASES, CasesPage), Room("forum", words.FORUM, OtherPage), Room("settings", words.SETTINGS, OtherPage)]
    made = MainWindow(context, rooms)
    qtbot.addWidget(made)
    made.resize(1280, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.navigate(Target("cases"))
    return made


@pytest.fixture
def forum(store):
    return make_forum(store)


@pytest.fixture
def importing(forum, window, tmp_path, qtbot):
    """`importing(content)` reaches the page by keyboard and chooses a file with this in it; gives the page when it is checked."""

    def choose(content: bytes, name: str = "lista.xlsx"):
        file: Path = tmp_path / name
        file.write_bytes(content)
        press(window, KEY.Key_I, CTRL)
        view = window.page._importing
        view.ask_for_file = lambda _parent, _title, _kinds: file
        assert QApplication.focusWidget() is view.choose
        press(None, KEY.Key_Space)
        qtbot.waitUntil(lambda: view.checked is not None or bool(view.file_problem.text()) or bool(view.columns_problem.text()))
        return view

    return choose


def names(store) -> list[str]:
    return [row.full_name for row in reversed(store.read(case_queries.cases, store.clock.today()))]


def said(view) -> list[tuple[str, ...]]:
    model = view.table.rows_model
    return [tuple(model.index(row, place).data() for place in range(4)) for row in range(model.rowCount())]


def test_a_sound_file_is_imported_by_keyboard(importing, window, store, context, qtbot) -> None:
    view = importing(import_files.workbook())
    assert window.page.header.title == "Importera ärenden"
    assert QApplication.focusWidget() is view.columns.choices[0]
    assert view.summary.text() == "3 av 3 rader är rätt."
    assert view.confirm.words == "Importera 3 ärenden"
    press(window, KEY.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(names(store)) == 3)
    qtbot.waitUntil(lambda: window.page.header.title == "Ärenden")
    assert names(store) == ["Åsa Öberg", "Björn Ärlig", "Zeynep von Sydow"]
    assert context.messages.said[-1].sentence.startswith("3 ärenden har importerats.")
    press(window, KEY.Key_Z, CTRL)
    assert names(store) == []


def test_what_is_wrong_is_listed_and_the_rest_can_be_taken(importing, window, store, forum, qtbot) -> None:
    cases.open_case(store, forum.series, "Björn", "Ärlig", "640823-3234")
    view = importing(import_files.text_file(rows=[*ROWS, ("", "Ek", "900602-2398", *[""] * 6)]), "lista.csv")
    assert said(view) == [
        ("3", "Personnummer", "osäkert", "RF-2026-001 är öppet och har samma personnummer."),
        ("5", "Förnamn", "fel", "Deltagaren behöver ett förnamn."),
        ("5", "Personnummer", "fel", "Sista siffran i personnumret stämmer inte. Kontrollera numret."),
    ]
    assert view.summary.text() == "2 av 4 rader är rätt."
    assert view.confirm.words == "Importera de 2 rader som är rätt"
    view.with_doubtful.setFocus()
    press(None, KEY.Key_Space)
    assert view.confirm.words == "Importera de 3 rader som är rätt"
    press(None, KEY.Key_Space)
    press(window, KEY.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(names(store)) == 3)
    assert names(store) == ["Björn Ärlig", "Åsa Öberg", "Zeynep von Sydow"]


def test_tab_goes_from_the_columns_to_what_is_wrong_and_that_comes_into_sight(importing, window, qtbot) -> None:
    window.resize(1000, 600)
    view = importing(import_files.text_file(rows=[("", "Ek", "900602-2398", *[""] * 6)]), "lista.csv")
    view.columns.choices[-1].setFocus()
    press(None, KEY.Key_Tab)
    assert QApplication.focusWidget() is view.table
    qtbot.waitUntil(lambda: view.table.visibleRegion().boundingRect().height() > view.table.height() // 2)
    press(None, KEY.Key_Tab)
    assert QApplication.focusWidget() in (view.with_doubtful, view.confirm, view.cancel)


def test_columns_are_chosen_where_headings_do_not_tell(importing, window, store, qtbot) -> None:
    view = importing("Vem;Sist\nÅsa;Öberg\n".encode("cp1252"), "lista.csv")
    assert view.columns_problem.text() == "Ange vilken kolumn som har förnamnet eller hela namnet."
    assert not view.confirm.isEnabled()
    for field in (ImportField.GIVEN_NAME, ImportField.SURNAME):
        choice = QApplication.focusWidget()
        while choice.value is not field:
            press(None, KEY.Key_Down)
        press(None, KEY.Key_Tab)
    qtbot.waitUntil(lambda: view.checked is not None and bool(view.checked.good))
    press(window, KEY.Key_Return, CTRL)
    qtbot.waitUntil(lambda: names(store) == ["Åsa Öberg"])


def test_a_file_that_is_no_table_gets_a_sentence_and_can_be_read_again(importing, window, store, tmp_path, qtbot) -> None:
    view = importing(b"%PDF-1.7")
    assert view.file_problem.text() == "Filen är varken en arbetsbok (.xlsx) eller text med en rad för varje person (.csv)."
    assert view.confirm.isVisible() is False
    (tmp_path / "lista.xlsx").write_bytes(import_files.workbook())
    press(window, KEY.Key_F5)
    qtbot.waitUntil(lambda: view.checked is not None)
    assert view.file_problem.text() == ""


def test_an_import_can_be_stopped_and_leaves_nothing(importing, window, store, context, qtbot) -> None:
    view = importing(import_files.workbook(("Namn",), [(f"Anna{number} Ek",) for number in range(400)]))
    press(window, KEY.Key_Return, CTRL)
    qtbot.waitUntil(lambda: view.progress_told.text() not in ("", "0 av 400 rader"))
    assert QApplication.focusWidget() is view.stop
    press(window, KEY.Key_Escape)
    assert context.messages.said[-1].sentence == "Importen avbröts. Inget har skrivits."
    assert names(store) == []
    assert view.confirm.words == "Importera 400 ärenden"
    press(window, KEY.Key_Return, CTRL)
    qtbot.waitUntil(lambda: view.writing.is_writing)
    press(window, KEY.Key_2, CTRL)
    assert not view.writing.is_writing
    assert names(store) == []


def test_the_file_stays_while_one_adds_what_was_missing_and_goes_when_it_is_put_away(importing, window, store, forum, qtbot) -> None:
    from rehabdesk.services import parties

    view = importing("Namn;Kontaktperson\nÅsa Öberg;Signe Bagge\n".encode(), "lista.csv")
    assert [row[3] for row in said(view)] == ["Ingen bland kontakterna heter Signe Bagge. Lägg till personen där först, eller utelämna kolumnen."]
    press(window, KEY.Key_2, CTRL)
    parties.add_contact(store, forum.hr, given_name="Signe", surname="Bagge", function="chef")
    window.step_back()
    qtbot.waitUntil(lambda: view.checked is not None and view.checked.is_well)
    assert view.confirm.words == "Importera 1 ärende"
    press(window, KEY.Key_Escape)
    assert window.page.header.title == "Ärenden"
    press(window, KEY.Key_I, CTRL)
    assert not view.has_file
    assert QApplication.focusWidget() is view.choose


def test_the_page_is_reached_from_the_empty_list_and_from_search(window, forum, store) -> None:
    page = window.page
    link = next(one for one in page.list.table._empty.findChildren(type(page.import_button)) if one.words == "Importera ärenden från en fil")
    link.setFocus()
    press(None, KEY.Key_Space)
    assert window.target == Target("cases", face="import")
    press(window, KEY.Key_Escape)
    assert page.header.title == "Ärenden"
    press(window, KEY.Key_K, CTRL)
    type_text(None, "importera")
    press(None, KEY.Key_Return)
    assert page.header.title == "Importera ärenden"


def test_without_a_forum_the_way_to_the_settings_is_shown(window) -> None:
    press(window, KEY.Key_I, CTRL)
    assert QApplication.focusWidget() is window.page._importing._nowhere.button
    press(None, KEY.Key_Space)
    assert window.target == Target("settings")
