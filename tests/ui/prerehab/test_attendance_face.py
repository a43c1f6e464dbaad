"""Närvaro of a round by keyboard, in a real window on the real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from rehabdesk.domain.prerehab import AttendanceMark, BookingState, OccasionState
from rehabdesk.services.prerehab import attendance, bookings, occasions
from rehabdesk.store.queries.prerehab import attendance as queries
from rehabdesk.store.queries.prerehab import rounds as round_queries
from rehabdesk.ui.prerehab.attendance_face import AttendanceFace
from rehabdesk.ui.prerehab.attendance_model import HEAD_ROLE
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.today.attendance import attendance_lines
from tests.helpers.claims import make_claim, make_programme, make_round
from tests.helpers.forum import small_forum
from tests.helpers.keys import CTRL, press

KEY = Qt.Key
PERCENT = "\N{NO-BREAK SPACE}%"
STARTS = date(2026, 11, 3)
STATES = (BookingState.STARTED, BookingState.STARTED, BookingState.STARTED, BookingState.ACCEPTED)


@pytest.fixture
def round_id(store) -> int:
    forum = small_forum(store, cases_count=4)
    made = make_round(store, make_programme(store), STARTS, weeks=8)
    for place, (case, state) in enumerate(zip(forum.case_ids, STATES, strict=True), 1):
        make_claim(store, made, case, place, state)
    return made


@pytest.fixture
def went() -> list[Target]:
    return []


@pytest.fixture
def face(context, store, round_id, went, shown) -> AttendanceFace:
    made = AttendanceFace(replace(context, navigate=went.append))
    shown(made)
    QAbstractItemModelTester(made.table.attendance_model, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.show_round(store.read(round_queries.round_of, round_id, context.clock.today()))
    made.focus_first()
    return made


def seen() -> None:
    """Let what was kept be read again."""
    QApplication.processEvents()


def column(face) -> list[str]:
    """The letters under the occasion where one stands."""
    model, place = face.table.attendance_model, face.table.currentIndex().column()
    return [model.index(row, place).data() for row in range(model.rowCount())]


def go(face, *keys: Qt.Key) -> None:
    for key in keys:
        press(face.table, key)
        seen()


def test_a_round_is_marked_by_keys_alone(face, store, round_id):
    assert face.table.hasFocus() and face.table.occasion.on == STARTS and face.table.person.place_number == 1
    go(face, KEY.Key_A)
    assert column(face) == ["N", "N", "N", "–"]
    go(face, KEY.Key_Down, KEY.Key_S, KEY.Key_Down, KEY.Key_O)
    assert column(face) == ["N", "S", "O", "–"]
    go(face, KEY.Key_G, KEY.Key_Up, KEY.Key_Delete, KEY.Key_N)
    assert column(face) == ["N", "N", "G", "–"]
    go(face, KEY.Key_Right, KEY.Key_H)
    assert face.table.occasion.state is OccasionState.HELD and column(face) == ["", "", "", "–"]
    assert face.whole.text() == f"Närvaro 33{PERCENT}: 2 av 6, 3 inte markerade. 2 av 16 tillfällen hållna."
    model = face.table.attendance_model
    assert model.headerData(0, Qt.Orientation.Vertical, HEAD_ROLE).aside == f"50{PERCENT}*"
    assert model.headerData(1, Qt.Orientation.Horizontal, HEAD_ROLE).lines == ("tors", "5 nov", "✓", "")
    store.undo()
    seen()
    assert face.whole.text() == f"Närvaro 67{PERCENT}: 2 av 3. 1 av 16 tillfällen hållna."


def test_every_key_is_a_button_that_shows_it(face):
    shown = {button.text().rsplit("  ", 1)[-1] for button in (*face.marks.values(), face.clear, face.all, face.held)}
    assert shown == {"N", "S", "G", "O", "Del", "A", "H"} or shown == {"N", "S", "G", "O", "Delete", "A", "H"}
    face.all.click()
    face.marks[AttendanceMark.VALID_ABSENCE].click()
    seen()
    assert column(face) == ["G", "N", "N", "–"] and face.table.hasFocus()


def test_a_letter_marks_only_where_the_keyboard_is_in_the_grid_and_with_nothing_held(face, store, round_id):
    press(face.table, KEY.Key_A, CTRL)
    face.clear.setFocus()
    press(face.clear, KEY.Key_A)
    go(face, KEY.Key_X)
    assert store.read(queries.grid, round_id).marks == {}


def test_the_heads_tell_day_whether_held_and_shares(face):
    go(face, KEY.Key_A, KEY.Key_O)
    model = face.table.attendance_model
    assert model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) == f"tis\n3 nov\n✓\n67{PERCENT}"
    assert model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) == "tors\n5 nov\n?\n"
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert f"hållet, närvaro 67{PERCENT}: 2 av 3" in model.headerData(0, Qt.Orientation.Horizontal, spoken)
    assert "Plats 1" in model.headerData(0, Qt.Orientation.Vertical, spoken) and f"närvaro 0{PERCENT}: 0 av 1" in model.headerData(0, Qt.Orientation.Vertical, spoken)
    assert "inte startat" in model.headerData(3, Qt.Orientation.Vertical, spoken)
    assert model.index(0, 0).data(spoken).endswith("tisdag 3 november 2026: ogiltig frånvaro")


def test_what_cannot_be_marked_is_said_in_one_sentence_and_gone_when_one_walks_on(face, store):
    go(face, KEY.Key_Down, KEY.Key_Down, KEY.Key_Down, KEY.Key_N)
    assert face.refusal.isVisible() and "har startat" in face.refusal.text()
    go(face, KEY.Key_Up)
    assert not face.refusal.isVisible()
    go(face, *[KEY.Key_Right] * 12, KEY.Key_H)
    assert "har inte varit än" in face.refusal.text()
    go(face, KEY.Key_G)
    assert column(face)[2] == "G" and not face.refusal.isVisible()


def test_not_held_after_all_tells_how_many_marks_went(face, store, qtbot):
    go(face, KEY.Key_A)
    with qtbot.waitSignal(face.told) as told:
        go(face, KEY.Key_H)
    assert told.args == ["3 markeringar togs bort."] and column(face) == ["", "", "", "–"]
    store.undo()
    seen()
    assert column(face) == ["N", "N", "N", "–"]


def test_a_cancelled_day_has_no_marks_and_says_why(face, store):
    occasions.cancel_occasion(store, face.table.occasion.id, "Snöstorm")
    seen()
    assert column(face) == ["–"] * 4
    assert face.here.text().count("inställt: Snöstorm") == 1


def test_one_stays_where_one_is_when_people_come_and_days_are_added(face, store, round_id):
    go(face, KEY.Key_Right, KEY.Key_Down)
    person, occasion = face.table.person.id, face.table.occasion.id
    occasions.add_occasion(store, round_id, date(2026, 11, 4), "09:00", "12:00")
    bookings.start_all(store, round_id)
    seen()
    assert (face.table.person.id, face.table.occasion.id) == (person, occasion)
    assert not face._start_line.isVisible()
    assert face.table.attendance_model.columnCount() == 17


def test_who_has_not_started_is_told_of_with_the_way_to_places(face, went, round_id):
    assert face.not_started.isVisible() and face.not_started.text().startswith("1 person")
    face.to_places.click()
    assert went == [Target("prerehab", "round", round_id, "places")]


def test_an_empty_round_says_what_to_do(context, store, qtbot):
    small_forum(store, cases_count=1)
    empty = make_round(store, make_programme(store), STARTS)
    made = AttendanceFace(context)
    qtbot.addWidget(made)
    made.show_round(store.read(round_queries.round_of, empty, context.clock.today()))
    made.show()
    assert made.empty.isVisible() and not made.table.isVisible()


def test_the_grid_and_its_cells_have_names_for_a_screen_reader(face):
    go(face, KEY.Key_A)
    reader = QAccessible.queryAccessibleInterface(face.table)
    assert reader.text(QAccessible.Text.Name) == "Omgångens närvaro"
    cells = {reader.child(place).text(QAccessible.Text.Name) for place in range(reader.childCount())}
    assert "Maria Strömbäck, tisdag 3 november 2026: närvarande" in cells
    assert any(name.startswith("Plats 4:") and name.endswith("inte startat") for name in cells)


def test_idag_tells_of_half_days_that_are_past_and_neither_held_nor_cancelled(face, store, context, round_id):
    (line,) = attendance_lines(context)
    assert line.sentence == "Grön prerehab 1: 6 tillfällen är varken hållna eller inställda."
    assert line.target == Target("prerehab", "round", round_id, "attendance") and line.day == "3 nov"
    for occasion in store.read(queries.grid, round_id).occasions[:6]:
        attendance.hold_occasion(store, occasion.id)
    assert attendance_lines(context) == []
