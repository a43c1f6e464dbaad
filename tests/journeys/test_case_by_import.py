"""A forum gets its cases from a list that was kept in a sheet before: by keyboard, from the lock screen to the agenda."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from tests.helpers import import_files
from tests.helpers.forum import Forum, small_forum
from tests.helpers.hands import choose, go_to, key, push, unlock, wait_for
from tests.helpers.import_files import ROWS
from tests.helpers.keys import CTRL, type_text
from tests.helpers.vaults import PASSPHRASE, new_store

pytestmark = pytest.mark.slow

#: The list as somebody kept it: two headings nobody can guess, a row without a name, somebody known already.
HEADINGS = ("Förnamn", "Efternamn", "Personnummer", "Handläggs med", "Inkom", "Dnr", "Pärm", "Fråga", "Varför nu")


@pytest.fixture
def made(vault_dir: Path, clock) -> tuple[Path, Forum]:
    """A vault with a forum and one case, about Maria Strömbäck."""
    clock.set(datetime(2026, 11, 22, 9, 0))
    with new_store(vault_dir, clock) as store:
        forum = small_forum(store, cases_count=1)
    return vault_dir, forum


def test_cases_come_from_a_file_and_one_goes_on_the_agenda(begin, made, tmp_path) -> None:
    folder, forum = made
    file = tmp_path / "Rehabforum 2026.xlsx"
    rows = [*(row[:3] + ("Lena Borg", *row[4:]) for row in ROWS), ("Maria", "Strömbäck", *[""] * 7), ("", "Ek", *[""] * 7)]
    file.write_bytes(import_files.workbook(HEADINGS, rows))
    window = unlock(begin(folder))
    store = window.context.store

    key(Qt.Key.Key_3, CTRL)
    key(Qt.Key.Key_I, CTRL)
    view = window.page._importing
    # The system's own dialog for files is not ours to press keys in.
    view.ask_for_file = lambda *_asked: file
    push("Välj en fil …")
    wait_for(lambda: view.checked is not None, "the dry run")
    choose("Kolumnen Handläggs med blir", "kontakt hos arbetsgivaren")
    choose("Kolumnen Pärm blir", "var akten förvaras")
    wait_for(lambda: view.checked is not None and len(view.checked.good) == 3, "the dry run with the columns as chosen")
    table = go_to("Vad som är fel i filen")
    model = table.model()
    assert [tuple(model.index(row, column).data() for column in (0, 1, 3)) for row in range(model.rowCount())] == [
        ("5", "Förnamn", "RF-2026-001 är öppet och har samma namn. Kontrollera att det inte är samma person."),
        ("6", "Förnamn", "Deltagaren behöver ett förnamn."),
    ]
    push("Importera de 3 rader som är rätt")
    wait_for(lambda: len(store.read(case_queries.cases, window.context.clock.today())) == 4, "three cases more")
    rows = {row.full_name: row for row in store.read(case_queries.cases, window.context.clock.today())}
    assert set(rows) == {"Maria Strömbäck", "Åsa Öberg", "Björn Ärlig", "Zeynep von Sydow"}
    imported = rows["Åsa Öberg"]
    assert (imported.number, imported.employer_contact, imported.kept_where) == ("RF-2026-002", "Lena Borg", "Rum 12")

    wait_for(lambda: window.page.header.title == "Ärenden", "the list of cases")
    key(Qt.Key.Key_F, CTRL)
    type_text(None, "Öberg")
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Return)
    wait_for(lambda: window.page.header.title == "RF-2026-002 Åsa Ö.", "the imported case's page")
    key(Qt.Key.Key_D, CTRL)
    assert imported.id in store.read(agenda_queries.case_ids_on_agenda, forum.session_id)


# A key that nothing takes is what a covered window is for.
@pytest.mark.qt_log_ignore("^Keyboard event not accepted", extend=True)
def test_a_lock_in_the_middle_of_an_import_leaves_nothing_of_it(begin, made, tmp_path, successors) -> None:
    folder, _ = made
    file = tmp_path / "lista.csv"
    file.write_bytes("Namn\n".encode() + b"".join(f"Anna{number} Ek\n".encode() for number in range(1500)))
    desk = begin(folder)
    type_text(None, f"{PASSPHRASE}\n")
    wait_for(lambda: desk.open_vault is not None, "the vault to open")
    window = desk.open_vault.window
    window.activateWindow()
    wait_for(window.isActiveWindow, "the window to be active")
    key(Qt.Key.Key_3, CTRL)
    key(Qt.Key.Key_I, CTRL)
    view = window.page._importing
    view.ask_for_file = lambda *_asked: file
    push("Välj en fil …")
    wait_for(lambda: view.checked is not None, "the dry run")
    key(Qt.Key.Key_Return, CTRL)
    wait_for(lambda: view.progress_told.text() not in ("", "0 av 1500 rader"), "the first slice")
    assert view.writing.is_writing
    key(Qt.Key.Key_L, CTRL)
    wait_for(lambda: bool(successors.left), "the old process to leave")
    again = begin(folder)
    type_text(None, f"{PASSPHRASE}\n")
    wait_for(lambda: again.open_vault is not None, "the vault to open again")
    store = again.open_vault.window.context.store
    assert [row.full_name for row in store.read(case_queries.cases, again.open_vault.window.context.clock.today())] == ["Maria Strömbäck"]
