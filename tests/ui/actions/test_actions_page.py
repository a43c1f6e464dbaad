"""The room of actions by keyboard: narrowed without ever telling a sensitive party, answered one by one and many at once, rung, listed."""

from __future__ import annotations

import io
import itertools
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from rehabdesk.domain.actions import Age
from rehabdesk.domain.forum import ActionState
from rehabdesk.domain.parties import PartyKind
from rehabdesk.domain.scene import Text
from rehabdesk.services import cases, consent, parties
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries import notes as note_queries
from rehabdesk.store.queries.forum import actions as queries
from rehabdesk.ui.actions.filters import MINE
from rehabdesk.ui.actions.models import action_columns
from rehabdesk.ui.actions.page import AGEING, CALLS, LIST, LISTS
from rehabdesk.ui.shell.context import Target
from tests.helpers.keys import ALT, CTRL, SHIFT, press, type_text

KEY = Qt.Key
TODAY = date(2026, 11, 22)
SECRET = ("Psykiatriska", "Dahlqvist", "Regionens")


def listed(book, page) -> list[str]:
    names = {id_: name for name, id_ in book.ids.items()}
    return [names[row.id] for row in page.list.table.rows_model.rows]


def row_of(book, name: str) -> queries.ActionRow:
    return next(row for row in book.store.read(queries.actions) if row.id == book.ids[name])


def every_word(model) -> str:
    return " ".join(
        str(model.index(row, column).data(role))
        for row, column, role in itertools.product(
            range(model.rowCount()), range(model.columnCount()), (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        )
    )


def choices(field) -> list[str]:
    return [field.itemText(place) for place in range(field.count())]


# The list


def test_every_open_action_is_listed_by_date(book, page):
    assert listed(book, page) == ["later", "sensitive", "late", "own", "general", "in_time", "no_date"]
    assert page.list.said.text() == "7 åtgärder, 4 försenade"


def test_no_word_of_a_sensitive_party_stands_outside_its_case(book, page):
    for choice in (page.list.filters.party, page.list.filters.person, page.list.filters.category):
        assert not any(word in " ".join(choices(choice)) for word in SECRET)
    assert not any(word in every_word(page.list.table.rows_model) for word in SECRET)
    for face in (CALLS, AGEING, LISTS):
        shown = page.show_face(face)
        model = (shown.parties if face == CALLS else shown.table).rows_model
        assert not any(word in every_word(model) for word in SECRET)
    scene = page._faces[AGEING].picture._scene
    told = " ".join([scene.told, *(shape.words for shape in scene.shapes if isinstance(shape, Text))])
    assert not any(word in told for word in SECRET)


def test_no_filter_and_no_order_sets_a_sensitive_party_apart(book, page):
    """Whatever is chosen, its actions come or go together with the participant's own, and stand as one with them in every order."""
    filters = page.list.filters
    sensitive, own = row_of(book, "sensitive"), row_of(book, "own")
    for place in range(1, filters.party.count()):
        filters.party.setCurrentIndex(place)
        assert not {sensitive, own} & set(filters.passed(page.list._rows, TODAY))
    filters.party.set_value(None)
    for place in range(1, filters.person.count()):
        filters.person.setCurrentIndex(place)
        assert not {sensitive, own} & set(filters.passed(page.list._rows, TODAY))
    columns = {column.key: column for column in action_columns(page.context.texts, page.context.clock.today)}
    assert columns["who"].order(sensitive) == columns["who"].order(own)
    assert columns["who"].text(sensitive) == columns["who"].text(own) == "Deltagaren eller annan part"
    assert not columns["what"].sortable


def test_a_sensitive_party_is_never_chosen_by_a_target(book, window, page):
    window.navigate(Target("actions", "party", book.clinic_id))
    assert page.list.filters.party.value is None


def test_a_category_of_care_is_neither_shown_nor_offered(book, page, store):
    book.add("care", 0, "bedömning", TODAY, party_id=book.forum.party_ids["VC"], category="care_coordination")
    page.list._refresh()
    assert choices(page.list.filters.category) == ["Alla kategorier", "Arbetsanpassning"]
    columns = {column.key: column for column in action_columns(page.context.texts, page.context.clock.today)}
    assert columns["category"].text(row_of(book, "care")) == ""
    assert "Medicinsk" not in " ".join(choices(page.list.categories))


@pytest.mark.parametrize(
    ("narrow", "expected"),
    [
        (lambda f, b: f.party.set_value(b.forum.party_ids["FK"]), ["later", "late", "general"]),
        (lambda f, b: f.person.set_value(b.forum.contact_ids["FK"]), ["late"]),
        (lambda f, b: f.category.set_value("adaptation"), ["in_time"]),
        (lambda f, b: f.late.setChecked(True), ["later", "sensitive", "late", "own"]),
        (lambda f, b: f.moved.setChecked(True), ["later"]),
    ],
)
def test_the_list_is_narrowed_and_esc_gives_all_back(book, page, narrow, expected):
    narrow(page.list.filters, book)
    page.list._show()
    assert listed(book, page) == expected
    press(None, KEY.Key_Escape)
    assert len(listed(book, page)) == 7


def test_mine_are_those_of_the_coordinators_own_party(book, page, store):
    party = parties.add_party_named(store, "Vara kommun", "samordningen", PartyKind.COORDINATION)
    book.add("mine", 0, "ringa runt", TODAY, party_id=party)
    page.list._refresh()
    assert "Mina" in choices(page.list.filters.party)
    page.list.filters.party.set_value(MINE)
    page.list._show()
    assert listed(book, page) == ["mine"]


def test_closed_ones_are_another_tab(book, page, qtbot):
    page.list.table.setFocus()
    page.list.table.choose(book.ids["late"])
    type_text(None, "k")
    qtbot.waitUntil(lambda: "late" not in listed(book, page))
    page.list.filters.tabs.setCurrentIndex(1)
    assert listed(book, page) == ["late"]
    page.list.filters.tabs.setCurrentIndex(2)
    assert len(listed(book, page)) == 7


@pytest.mark.parametrize(("letter", "state"), [("k", ActionState.DONE), ("e", ActionState.DROPPED), ("b", ActionState.OPEN)])
def test_one_key_answers_and_undo_takes_it_back(book, window, page, qtbot, letter, state):
    page.list.table.choose(book.ids["late"])
    page.list.table.setFocus()
    type_text(None, letter)
    assert row_of(book, "late").state is state
    press(window, KEY.Key_Z, CTRL)
    assert row_of(book, "late").state is ActionState.OPEN


def test_many_are_moved_with_one_reason(book, window, page, qtbot):
    table = page.list.table
    table.setFocus()
    table.choose(book.ids["later"])
    for _ in range(3):
        press(None, KEY.Key_Down, SHIFT)
    type_text(None, "f")
    assert page.list.editor.day.line.hasFocus()
    type_text(None, "15/12\n")
    assert page.list.editor.reason.hasFocus()
    type_text(None, "\n")
    assert page.list.editor.problem.text()
    type_text(None, "semester\n")
    moved = {name for name in book.ids if row_of(book, name).due_on == date(2026, 12, 15)}
    assert moved == {"later", "sensitive", "late", "own"}
    assert page.list.editor.isHidden()
    assert table.hasFocus()
    press(window, KEY.Key_Z, CTRL)
    assert not {name for name in book.ids if row_of(book, name).due_on == date(2026, 12, 15)}


def test_nothing_open_is_chosen_is_said(book, page):
    page.list.close_chosen()
    page.list.filters.tabs.setCurrentIndex(1)
    page.list.close_chosen()
    assert page.list.problem.text() == "Välj först en eller flera öppna åtgärder."


def test_enter_opens_the_case(book, window, page):
    page.list.table.choose(book.ids["in_time"])
    page.list.table.setFocus()
    press(None, KEY.Key_Return)
    assert window.target == Target("cases", "case", book.forum.case_ids[0])


def test_a_protected_case_is_its_number_alone(book, page, store):
    cases.set_protected(store, book.forum.case_ids[0], True)
    page.list._refresh()
    words = every_word(page.list.table.rows_model)
    assert "RF-2026-001" in words
    assert "Maria" not in words


def test_a_category_is_set_for_the_chosen(book, page):
    page.list.table.choose(book.ids["late"])
    page.list.table.setFocus()
    page.list._on_category("work_training")
    assert row_of(book, "late").category == "work_training"
    assert page.list.categories.value is None


def test_the_models_keep_qts_rules_whatever_is_chosen(book, page):
    testers = [QAbstractItemModelTester(page.list.table.rows_model, QAbstractItemModelTester.FailureReportingMode.Fatal)]
    calls = page.show_face(CALLS)
    for table in (calls.parties, calls.contacts, calls.table, page.show_face(AGEING).table):
        testers.append(QAbstractItemModelTester(table.rows_model, QAbstractItemModelTester.FailureReportingMode.Fatal))
    page.show_face(LIST)
    for place in (1, 2, 0):
        page.list.filters.tabs.setCurrentIndex(place)
        for box in (page.list.filters.late, page.list.filters.moved):
            box.setChecked(not box.isChecked())
            page.list._show()
        for column in range(7):
            page.list.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
    assert testers


def test_a_sorted_list_stays_sorted_when_something_comes(book, page):
    page.list.table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    book.add("new", 0, "ny", TODAY + timedelta(days=200))
    page.list._refresh()
    assert listed(book, page)[:2] == ["no_date", "new"]


# Ageing


def test_the_picture_and_the_table_say_the_same(book, page):
    face = page.show_face(AGEING)
    rows = face.table.rows_model.rows
    assert [(row.party, row.total, row.late) for row in rows] == [("Försäkringskassan", 3, 2), ("Vara kommun, HR", 2, 0)]
    words = [shape.words for shape in face.picture._scene.shapes if isinstance(shape, Text)]
    for row in rows:
        assert row.party in words
        assert all(str(row.of(age)) in words for age in Age if row.of(age))
    assert face.picture._scene.told == "Försäkringskassan: 3 öppna, 2 sena. Vara kommun, HR: 2 öppna, 0 sena."


def test_a_line_of_the_ageing_opens_that_partys_actions(book, window, page):
    page.show_face(AGEING).table.setFocus()
    press(None, KEY.Key_Return)
    assert page.face == LIST
    assert listed(book, page) == ["later", "late", "general"]


def test_with_nothing_open_it_says_what_to_do(book, page, qtbot):
    page.list.table.selectAll()
    page.list.table.setFocus()
    type_text(None, "k")
    qtbot.waitUntil(lambda: page.list.table.rows_model.rowCount() == 0)
    assert page.show_face(AGEING).empty.isVisible()
    assert not page.show_face(CALLS)._right.isVisible()


# The call list


def test_a_party_is_rung_and_one_key_closes_and_notes(book, window, page, store):
    calls = page.show_face(CALLS)
    assert calls.parties.hasFocus()
    assert "010-116 70 01" in every_word(calls.contacts.rows_model)
    press(None, KEY.Key_Return)
    assert calls.table.hasFocus()
    assert [row.action.case_number for row in calls.table.rows_model.rows] == ["RF-2026-002", "RF-2026-001", ""]
    assert "Johan" not in every_word(calls.table.rows_model)
    type_text(None, "k")
    assert row_of(book, "later").state is ActionState.DONE
    (note,) = store.read(note_queries.of_case, book.forum.case_ids[1])
    assert note.text == "Klart enligt telefon 22/11: lämna besked om perioden."
    assert (note.with_whom, note.on) == ("Eva Holm, Försäkringskassan", TODAY)
    assert [one.action_id for one in note.actions] == [book.ids["later"]]
    press(window, KEY.Key_Z, CTRL)
    assert row_of(book, "later").state is ActionState.OPEN
    assert store.read(note_queries.of_case, book.forum.case_ids[1]) == ()


def test_what_is_typed_goes_into_the_note_and_gives_the_day(book, page, store):
    calls = page.show_face(CALLS)
    calls.table.choose(book.ids["late"])
    calls.note.field.setFocus()
    type_text(None, "Eva återkommer om lokal. Talade med henne 20/11")
    press(None, KEY.Key_Return, CTRL)
    (note,) = store.read(note_queries.of_case, book.forum.case_ids[0])
    assert note.on == date(2026, 11, 20)
    assert note.text == "Klart enligt telefon 20/11: boka avstämningsmöte.\nEva återkommer om lokal. Talade med henne 20/11"
    assert calls.note.field.text() == ""
    assert store.read(note_queries.draft, book.forum.case_ids[0]) is None


def test_moving_in_a_call_asks_only_for_the_day(book, page, store):
    calls = page.show_face(CALLS)
    calls.table.choose(book.ids["late"])
    calls.table.setFocus()
    type_text(None, "f15/12\n")
    row = row_of(book, "late")
    assert (row.due_on, row.move_count, row.state) == (date(2026, 12, 15), 1, ActionState.OPEN)
    (note,) = store.read(note_queries.of_case, book.forum.case_ids[0])
    assert note.text == "Flyttat till 2026-12-15 enligt telefon 22/11: boka avstämningsmöte."
    store.undo()
    assert row_of(book, "late").move_count == 0


def test_a_draft_follows_its_case_and_survives_another_choice(book, page, store):
    calls = page.show_face(CALLS)
    calls.table.choose(book.ids["late"])
    calls.note.field.setFocus()
    type_text(None, "halvskrivet")
    calls.table.choose(book.ids["later"])
    assert calls.note.field.text() == ""
    assert store.read(note_queries.draft, book.forum.case_ids[0]).text == "halvskrivet"
    calls.table.choose(book.ids["late"])
    assert calls.note.field.text() == "halvskrivet"


def test_a_general_action_is_closed_without_a_note(book, page, store):
    calls = page.show_face(CALLS)
    calls.table.choose(book.ids["general"])
    assert not calls.note.field.isEnabled()
    calls.table.setFocus()
    type_text(None, "k")
    assert row_of(book, "general").state is ActionState.DONE
    assert store.undo_label.key == "action.many_closed"


def test_a_case_action_and_a_general_one_are_closed_in_one_step(book, page, store):
    calls = page.show_face(CALLS)
    calls.table.choose(book.ids["late"])
    calls.table.selectAll()
    assert {book.ids["late"], book.ids["general"]} <= {row.id for row in calls.table.chosen_rows}
    calls.table.setFocus()
    type_text(None, "k")
    assert {row_of(book, name).state for name in ("late", "general")} == {ActionState.DONE}
    store.undo()
    assert {row_of(book, name).state for name in ("late", "general")} == {ActionState.OPEN}


def test_only_the_note_is_written(book, page, store):
    calls = page.show_face(CALLS)
    calls.table.choose(book.ids["late"])
    calls.note.field.setFocus()
    press(None, KEY.Key_S, CTRL)
    assert calls.problem.text() == "Skriv vad som hände."
    type_text(None, "Ingen svarade")
    press(None, KEY.Key_S, CTRL)
    (note,) = store.read(note_queries.of_case, book.forum.case_ids[0])
    assert (note.text, note.actions) == ("Ingen svarade", ())
    assert row_of(book, "late").state is ActionState.OPEN


def test_what_may_not_be_said_today_is_marked(book, page, store, qtbot):
    calls = page.show_face(CALLS)
    assert "inget samtycke i dag" not in every_word(calls.table.rows_model)
    consent.withdraw(store, book.forum.case_ids[0], [book.forum.party_ids["FK"]])
    qtbot.waitUntil(lambda: "inget samtycke i dag" in every_word(calls.table.rows_model))
    assert [row.may_be_said for row in calls.table.rows_model.rows] == [True, False, True]


def test_another_participants_name_is_underlined_in_a_note(book, page):
    calls = page.show_face(CALLS)
    calls.table.choose(book.ids["late"])
    calls.note.field.setFocus()
    type_text(None, "Maria Strömbäck och Johan Ekegren")
    assert [(mark.start, mark.end) for mark in calls.note.field.underlines] == [(20, 33)]
    assert "RF-2026-002" in calls.note.names_told.text()


# Lists, and the way between


def test_a_partys_list_is_looked_at_printed_and_saved(book, window, page, store, tmp_path, qtbot):
    window.navigate(Target("actions", "party", book.forum.party_ids["HR"], LISTS))
    desk = page.show_face(LISTS)
    assert desk.table.current_row.to == "Vara kommun, HR"
    qtbot.waitUntil(desk.preview.isVisible)
    path = tmp_path / "hr.xlsx"
    desk._ask_for_sheet = lambda *_asked: path
    press(None, KEY.Key_S, CTRL | SHIFT)
    rows = list(load_workbook(io.BytesIO(path.read_bytes())).active.iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == ["RF-2026-001", "RF-2026-003"]
    press(None, KEY.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(store.read(hand_out_queries.of_paper, "action-list")) == 2)
    assert len(store.read(hand_out_queries.files_not_gone)) == 1


def test_what_is_left_out_of_a_list_stands_beside_it(book, page, store, qtbot):
    desk = page.show_face(LISTS)
    consent.withdraw(store, book.forum.case_ids[0], [book.forum.party_ids["FK"]])
    cases.set_protected(store, book.forum.case_ids[1], True)
    qtbot.waitUntil(lambda: "samtycke" in desk.left_out.text())
    assert desk.left_out.text() == (
        "1 åtgärd är inte med: parten har inget samtycke i dag. 1 åtgärd är inte med: skyddad identitet står inte i någon lista."
    )


def test_alt_and_a_number_turns_between_the_faces(page):
    for key, face in ((KEY.Key_2, CALLS), (KEY.Key_3, AGEING), (KEY.Key_4, LISTS), (KEY.Key_1, LIST)):
        press(None, key, ALT)
        assert page.face == face
    press(None, KEY.Key_2, ALT)
    press(None, KEY.Key_Escape)
    assert page.face == LIST


def test_everything_has_a_name_for_a_screen_reader(page):
    from tests.helpers.contacts import nameless

    for face in (LIST, CALLS, AGEING, LISTS):
        page.show_face(face)
        QApplication.sendPostedEvents()
        assert nameless(page) == []


def test_going_to_a_row_never_adds_it_to_what_is_chosen(book, page):
    """Whatever key is still held: with it the next answer would close more than the row one sees."""
    table = page.list.table
    press(table, KEY.Key_Control, CTRL)
    for name in ("late", "in_time", "later"):
        assert table.choose(book.ids[name])
        assert [row.id for row in table.chosen_rows] == [book.ids[name]]
    table.set_rows([row for row in table.rows_model.rows if row.id != book.ids["later"]])
    assert len(table.selected_rows) == 1


def test_over_midnight_what_was_due_is_late(book, page, clock, qtbot):
    index = page.list.table.rows_model.index_of(book.ids["general"], 4)
    assert index.data() == "planerad"
    clock.move(days=4)
    assert page.list.table.rows_model.index_of(book.ids["general"], 4).data() == "1 dag försenad"
