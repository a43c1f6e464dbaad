"""A note written on the case's page by keyboard: read back, kept as a draft, closing and moving actions, put right later."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from rehabdesk.domain.forum import ActionEventKind, ActionState
from rehabdesk.services import notes
from rehabdesk.services.notes import NewNote
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import notes as queries
from rehabdesk.store.queries.forum import actions as action_queries
from rehabdesk.ui.cases.notes_card import NoteLine
from rehabdesk.ui.cases.page import CasesPage
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.shell.main_window import MainWindow
from rehabdesk.ui.shell.rooms import Room
from rehabdesk.wording import shell as words
from tests.helpers.keys import CTRL, press, type_text
from tests.helpers.ledger import Ledger, ledger

KEY = Qt.Key
TODAY = date(2026, 11, 22)


@pytest.fixture
def book(store) -> Ledger:
    return ledger(store)


@pytest.fixture
def window(context, book, qtbot):
    made = MainWindow(context, [Room("cases", words.CASES, CasesPage)])
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def line(window, book) -> NoteLine:
    """The line on the page of the second case, which has three open actions."""
    window.navigate(Target("cases", "case", book.forum.case_ids[1]))
    QApplication.sendPostedEvents()
    found = window.page.findChild(NoteLine)
    found.focus_first()
    return found


def written(book: Ledger, case: int = 1) -> tuple[queries.NoteRow, ...]:
    return book.store.read(queries.of_case, book.forum.case_ids[case])


def state_of(book: Ledger, name: str) -> action_queries.ActionRow:
    return next(row for row in book.store.read(action_queries.actions) if row.id == book.ids[name])


def test_a_line_unfolds_when_something_is_typed(line):
    assert line._more.isHidden()
    type_text(None, "S")
    assert line._more.isVisible()


def test_a_note_is_written_with_the_day_it_ends_with(line, book):
    type_text(None, "Samtal med chefen om januari, i går")
    assert line.understood.text() == "Gäller lördag 21 november 2026"
    press(None, KEY.Key_Return, CTRL)
    (note,) = written(book)
    assert (note.text, note.on, note.with_whom) == ("Samtal med chefen om januari, i går", date(2026, 11, 21), "")
    assert line.text.text() == ""
    assert book.store.read(queries.draft, book.forum.case_ids[1]) is None
    book.store.undo()
    assert written(book) == ()


def test_day_and_contact_are_read_back_and_kept(line, book):
    type_text(None, "Talade om perioden")
    line.day.line.setFocus()
    type_text(None, "20/11")
    line.whom.line.setFocus()
    type_text(None, "eva h\n")
    assert line.whom.words == "Eva Holm, Försäkringskassan"
    press(None, KEY.Key_Return, CTRL)
    (note,) = written(book)
    assert (note.on, note.with_whom, note.contact_id) == (date(2026, 11, 20), "Eva Holm, Försäkringskassan", book.forum.contact_ids["FK"])


def test_anybody_else_is_free_words(line, book):
    type_text(None, "Ringde upp")
    line.whom.line.setFocus()
    type_text(None, "grannen")
    press(None, KEY.Key_Return, CTRL)
    assert (written(book)[0].with_whom, written(book)[0].contact_id) == ("grannen", None)


@pytest.mark.parametrize(("day", "sentence"), [("3/12", "2026-12-03 har inte varit än."), ("snart", "läses inte som ett datum")])
def test_a_wrong_day_gets_its_sentence_and_nothing_is_lost(line, book, day, sentence):
    type_text(None, "Talade om perioden")
    line.day.line.setFocus()
    type_text(None, day)
    press(None, KEY.Key_Return, CTRL)
    told = line.problem.text() + " " + line.day.line.accessibleDescription()
    assert sentence in told or "datum" in told
    assert written(book) == ()
    assert (line.text.text(), line.day.line.text()) == ("Talade om perioden", day)


def test_one_key_marks_actions_and_the_note_closes_and_moves_them(line, book, window):
    type_text(None, "klart enligt telefon 20/11")
    table = line.answers.table
    table.choose(book.ids["own"])
    table.setFocus()
    type_text(None, "k")
    table.choose(book.ids["later"])
    type_text(None, "f15/12\n")
    assert state_of(book, "own").state is ActionState.OPEN
    press(None, KEY.Key_Return, CTRL)
    (note,) = written(book)
    assert {(one.action_id, one.kind) for one in note.actions} == {
        (book.ids["own"], ActionEventKind.DONE), (book.ids["later"], ActionEventKind.MOVED),
    }
    assert (state_of(book, "own").state, state_of(book, "own").closed_on) == (ActionState.DONE, date(2026, 11, 20))
    assert state_of(book, "later").due_on == date(2026, 12, 15)
    book.store.undo()
    assert state_of(book, "own").state is ActionState.OPEN
    assert written(book) == ()


def test_the_same_key_takes_the_mark_away(line, book):
    type_text(None, "x")
    line.answers.table.choose(book.ids["own"])
    line.answers.table.setFocus()
    type_text(None, "k")
    assert [answer.kind for answer in line.answers.answers] == [ActionEventKind.DONE]
    type_text(None, "e")
    assert [answer.kind for answer in line.answers.answers] == [ActionEventKind.DROPPED]
    type_text(None, "e")
    assert line.answers.answers == ()


def test_inside_the_case_a_sensitive_party_is_told(line, book):
    type_text(None, "x")
    model = line.answers.table.rows_model
    told = " ".join(str(model.index(row, 1).data()) for row in range(model.rowCount()))
    assert "Psykiatriska mottagningen" in told


def test_what_is_half_written_is_there_when_one_comes_back(line, book, window):
    type_text(None, "halvskrivet")
    line.day.line.setFocus()
    type_text(None, "i går")
    line.whom.line.setFocus()
    type_text(None, "chefen")
    window.navigate(Target("cases", "case", book.forum.case_ids[0]))
    assert line.text.text() == ""
    draft = book.store.read(queries.draft, book.forum.case_ids[1])
    assert (draft.text, draft.day, draft.with_whom) == ("halvskrivet", "2026-11-21", "chefen")
    window.navigate(Target("cases", "case", book.forum.case_ids[1]))
    assert (line.text.text(), line.day.day, line.whom.words) == ("halvskrivet", date(2026, 11, 21), "chefen")
    assert book.store.read(queries.draft, book.forum.case_ids[0]) is None


def test_half_made_marks_survive_a_lock(context, line, book, qtbot):
    type_text(None, "klart enligt telefon 20/11")
    line.answers.table.choose(book.ids["own"])
    line.answers.table.setFocus()
    type_text(None, "k")
    line.answers.table.choose(book.ids["later"])
    type_text(None, "f15/12\n")
    assert context.flushes.flush_all()
    # A window made anew on the same vault, as after a lock.
    made = MainWindow(context, [Room("cases", words.CASES, CasesPage)])
    qtbot.addWidget(made)
    made.show()
    made.navigate(Target("cases", "case", book.forum.case_ids[1]))
    anew = made.page.findChild(NoteLine)
    assert {(one.action_id, one.kind, one.due_on) for one in anew.answers.answers} == {
        (book.ids["own"], ActionEventKind.DONE, None), (book.ids["later"], ActionEventKind.MOVED, date(2026, 12, 15)),
    }
    assert "klar" in str([anew.answers.table.rows_model.index(row, 3).data() for row in range(3)])
    anew.write()
    assert state_of(book, "own").state is ActionState.DONE and state_of(book, "later").due_on == date(2026, 12, 15)
    assert anew.answers.answers == () and book.store.read(queries.draft, book.forum.case_ids[1]) is None


def test_typing_is_kept_by_itself(line, book, qtbot):
    type_text(None, "sparas av sig själv")
    qtbot.waitUntil(lambda: book.store.read(queries.draft, book.forum.case_ids[1]) is not None)
    assert book.store.undo_label is None


def test_what_is_thrown_away_is_gone(line, book):
    type_text(None, "strunt")
    line.flush()
    line.throw_away()
    assert book.store.read(queries.draft, book.forum.case_ids[1]) is None
    assert line._more.isHidden()


def test_another_participants_name_is_underlined(line):
    type_text(None, "Johan Ekegren träffade Maria Strömbäck")
    assert [(mark.start, mark.end) for mark in line.text.underlines] == [(23, 38)]
    assert "RF-2026-001" in line.names_told.text()


def test_another_participants_name_is_said_of_whom_it_was_with(line):
    type_text(None, "x")
    line.whom.line.setFocus()
    type_text(None, "Maria Strömbäck")
    assert "RF-2026-001" in line.whom_names_told.text() and line.whom_names_told.isVisible()


def test_an_earlier_note_is_put_right_and_removed(line, book, window):
    note_id = notes.write_note(book.store, book.forum.case_ids[1], NewNote("Fel dag", TODAY))
    type_text(None, "en ny påbörjad")
    line.change_note(note_id)
    assert (line.text.text(), line.day.day) == ("Fel dag", TODAY)
    line.text.setFocus()
    line.text.selectAll()
    type_text(None, "Rätt dag")
    line.day.line.setFocus()
    line.day.line.selectAll()
    type_text(None, "20/11")
    press(None, KEY.Key_Escape)
    assert [(note.text, note.on) for note in written(book)] == [("Rätt dag", date(2026, 11, 20))]
    assert line.text.text() == "en ny påbörjad"
    line.change_note(note_id)
    line.remove_button.click()
    assert written(book) == ()
    assert line.text.text() == "en ny påbörjad"
    book.store.undo()
    assert [note.text for note in written(book)] == ["Rätt dag"]


def test_a_note_is_changed_from_the_events(line, book, window, qtbot):
    note_id = notes.write_note(book.store, book.forum.case_ids[1], NewNote("Ska ändras", TODAY))
    card = line.parent()
    while not hasattr(card, "older"):
        card = card.parent()
    qtbot.waitUntil(lambda: any(row.row.source == note_id for row in card.table.rows_model.rows))
    card.note.show_note(book.forum.case_ids[1], note_id)
    card.note.change.click()
    assert line.text.text() == "Ska ändras"
    assert line.done_button.isVisible()


def test_a_rare_letter_and_a_long_text_are_kept(line, book):
    case = book.store.read(case_queries.case, book.forum.case_ids[1], TODAY)
    assert case is not None
    type_text(None, "Żaneta sade “nej” – två gånger")
    press(None, KEY.Key_Return, CTRL)
    assert written(book)[0].text == "Żaneta sade “nej” – två gånger"
    assert QKeySequence("Ctrl+Return").toString()


def test_the_number_to_ring_is_told_while_one_looks_for_somebody(line, book):
    """Also a sensitive party's: this is inside the case."""
    type_text(None, "x")
    line.whom.line.setFocus()
    type_text(None, "ylva")
    assert line.whom.list.item(0).text() == "Ylva Dahlqvist, Regionens specialistvård, Psykiatriska mottagningen · 010-111 22 33"
    type_text(None, "\n")
    assert line.whom.words == "Ylva Dahlqvist, Regionens specialistvård, Psykiatriska mottagningen"
