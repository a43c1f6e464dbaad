"""A morning between two meetings, by keyboard alone: ring a party, close by phone, move in bulk, regret it, give the party its list."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt

from rehabdesk.domain.forum import ActionState
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries import notes as note_queries
from rehabdesk.store.queries.forum import actions as queries
from rehabdesk.ui.cases.timeline_card import TimelineCard
from rehabdesk.ui.printing import paper_desk
from tests.helpers.hands import choose, go_to, key, push, unlock, wait_for
from tests.helpers.keys import ALT, CTRL, SHIFT, type_text
from tests.helpers.ledger import Ledger, ledger
from tests.helpers.vaults import new_store

pytestmark = pytest.mark.slow

KEY = Qt.Key


@pytest.fixture
def book(vault_dir: Path, clock) -> Ledger:
    """A vault with a forum and its actions; the store in it is closed again."""
    with new_store(vault_dir, clock) as store:
        made = ledger(store)
    return made


def test_a_party_is_rung_its_actions_moved_and_its_list_given(begin, book, vault_dir, printer, tmp_path, monkeypatch, qtbot):
    window = unlock(begin(vault_dir))
    store = window.context.store

    def rows() -> dict[str, queries.ActionRow]:
        found = {row.id: row for row in store.read(queries.actions)}
        return {name: found[id_] for name, id_ in book.ids.items()}

    # Ring Försäkringskassan, which has most that is late, about what is latest.
    key(KEY.Key_4, CTRL)
    assert window.target.room == "actions"
    key(KEY.Key_2, ALT)
    go_to("Parter med öppna åtgärder")
    key(KEY.Key_Return)
    type_text(None, "k")
    assert rows()["later"].state is ActionState.DONE
    (note,) = store.read(note_queries.of_case, book.forum.case_ids[1])
    assert note.text == "Klart enligt telefon 20/11: lämna besked om perioden."
    assert note.with_whom == "Eva Holm, Försäkringskassan"

    # What is left of it waits until after Christmas; and then, after all, not.
    key(KEY.Key_1, ALT)
    choose("Visa bara den här partens", "Försäkringskassan")
    go_to("Åtgärder")
    key(KEY.Key_A, CTRL)
    type_text(None, "f")
    type_text(None, "11/1\n")
    type_text(None, "julledigt\n")
    assert rows()["late"].due_on == rows()["general"].due_on
    assert (rows()["late"].due_on.month, rows()["late"].move_count) == (1, 1)
    key(KEY.Key_Z, CTRL)
    assert rows()["late"].move_count == rows()["general"].move_count == 0
    assert rows()["later"].state is ActionState.DONE

    # Its list, on paper and as a workbook, by number and without a name.
    key(KEY.Key_2, ALT)
    push("Partens lista")
    key(KEY.Key_Return, CTRL)
    wait_for(lambda: bool(printer.jobs), "the list to come out")
    path = tmp_path / "fk.xlsx"
    monkeypatch.setattr(paper_desk.QFileDialog, "getSaveFileName", lambda *_asked: (str(path), ""))
    key(KEY.Key_S, CTRL | SHIFT)
    wait_for(path.exists, "the workbook to be written")
    sheet = list(load_workbook(io.BytesIO(path.read_bytes())).active.iter_rows(values_only=True))
    assert [row[:2] for row in sheet[1:]] == [("RF-2026-001", "boka avstämningsmöte"), ("Allmänt", "skicka de nya blanketterna")]
    assert not any(name in str(sheet) for name in ("Maria", "Strömbäck", "Johan", "Ekegren"))
    assert len(store.read(hand_out_queries.of_paper, "action-list")) == 2
    assert [row.medium.value for row in store.read(hand_out_queries.files_not_gone)] == ["file"]

    # What the call gave is among the case's own events.
    key(KEY.Key_1, ALT)
    choose("Visa bara den här partens", "Alla parter")
    go_to("Åtgärder")
    shown = [row.id for row in window.page.list.table.rows_model.rows]
    key(KEY.Key_Home, CTRL)
    for _ in range(shown.index(book.ids["sensitive"])):
        key(KEY.Key_Down)
    key(KEY.Key_Return)
    assert (window.target.room, window.target.id) == ("cases", book.forum.case_ids[1])
    wait_for(lambda: any("Klart enligt telefon" in row.words for row in events(window)), "the note among the events")


def events(window) -> tuple:
    """The events on the case's page."""
    cards = window.page.findChildren(TimelineCard)
    return cards[0].table.rows_model.rows if cards else ()
