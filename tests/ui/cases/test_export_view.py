"""Saving the list of cases as a file by keyboard, in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from rehabdesk.exchange.table_file import read_table
from rehabdesk.services import cases
from rehabdesk.store.queries import exports as queries
from rehabdesk.ui.cases.page import CasesPage
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.shell.main_window import MainWindow
from rehabdesk.ui.shell.rooms import Room
from rehabdesk.ui.today.exported_lists import exported_lists
from rehabdesk.wording import shell as words
from tests.helpers.keys import CTRL, SHIFT, press, type_text
from tests.helpers.people import make_forum

KEY = Qt.Key


@pytest.fixture
def window(context, store, qtbot):
    forum = make_forum(store)
    cases.open_case(store, forum.series, "Åsa", "Öberg", employer_contact_id=forum.manager)
    cases.open_case(store, forum.series, "Björk", is_protected=True)
    made = MainWindow(context, [Room("cases", words.CASES, CasesPage)])
    qtbot.addWidget(made)
    made.resize(1280, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.navigate(Target("cases"))
    return made


def test_the_list_is_saved_without_names_and_remembered_on_idag(window, store, context, tmp_path) -> None:
    file = tmp_path / "lista"
    press(window, KEY.Key_E, CTRL | SHIFT)
    view = window.page._exporting
    view.ask_for_place = lambda *_asked: file
    assert view.told.text().startswith("Listan som den visas: 1 ärende, med de här kolumnerna: Nummer, Kontakt hos arbetsgivaren")
    assert QApplication.focusWidget() is view.format
    press(None, KEY.Key_Down)
    press(None, KEY.Key_Tab)
    type_text(None, "USB-minne")
    press(window, KEY.Key_Return, CTRL)
    rows = [row.cells for row in read_table((tmp_path / "lista.csv").read_bytes()).rows]
    assert rows[0][:3] == ("Nummer", "Kontakt hos arbetsgivaren", "Öppnat")
    assert [row[:2] for row in rows[1:]] == [("RF-2026-001", "Lena Borg, Vara kommun, HR")]
    assert context.messages.said[-1].sentence == (
        "Sparad som ”lista.csv”. Filen är inte krypterad. 1 ärende med skyddade personuppgifter är inte med."
    )
    assert window.page.header.title == "Ärenden"
    line = exported_lists(context)[0]
    assert line.sentence == "Ärendelista, 22 nov, USB-minne, utan namn"
    line.do()
    assert store.read(queries.not_gone) == ()


def test_names_go_along_when_they_are_asked_for(window, store, tmp_path) -> None:
    press(window, KEY.Key_E, CTRL | SHIFT)
    view = window.page._exporting
    view.ask_for_place = lambda *_asked: tmp_path / "lista.xlsx"
    view.with_names.setFocus()
    press(None, KEY.Key_Space)
    assert "Nummer, Namn, Kontakt" in view.told.text()
    press(window, KEY.Key_Return, CTRL)
    rows = [row.cells for row in read_table((tmp_path / "lista.xlsx").read_bytes()).rows]
    assert [row[1] for row in rows] == ["Namn", "Åsa Öberg"]
    assert store.read(queries.not_gone)[0].with_names


def test_a_place_that_cannot_be_written_to_is_said_and_nothing_is_lost(window, store, tmp_path) -> None:
    press(window, KEY.Key_E, CTRL | SHIFT)
    view = window.page._exporting
    view.ask_for_place = lambda *_asked: tmp_path / "finns inte" / "lista.xlsx"
    view.kept_on.setText("Skrivbordet")
    press(window, KEY.Key_Return, CTRL)
    assert "lista.xlsx" in view.form._rest.text()
    assert view.kept_on.text() == "Skrivbordet"
    assert store.read(queries.not_gone) == ()
    press(window, KEY.Key_Escape)
    assert window.page.header.title == "Ärenden"
