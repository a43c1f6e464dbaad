"""Measuring a round by keyboard: the grid typed as a spreadsheet, the form in large type, and what changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from rehabdesk.domain.prerehab import BookingState, Moment
from rehabdesk.services import consent
from rehabdesk.store.queries import log as log_queries
from rehabdesk.store.queries.prerehab import measures as queries
from rehabdesk.store.queries.prerehab import rounds as round_queries
from rehabdesk.ui.prerehab.measures_face import MeasuresFace
from rehabdesk.ui.prerehab.measures_result import ProgrammeResult
from tests.helpers.keys import press, type_text
from tests.helpers.measures import ABILITY, HEALTH, KEDS, give_all, measured_round, write

KEY = Qt.Key


def shown_face(context, qtbot, round_id: int) -> MeasuresFace:
    made = MeasuresFace(context)
    qtbot.addWidget(made)
    made.resize(1280, 900)
    made.show_round(context.store.read(round_queries.round_of, round_id, context.clock.today()))
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.focus_first()
    return made


@pytest.fixture
def made(store):
    return measured_round(store, 3)


@pytest.fixture
def face(context, made, qtbot):
    return shown_face(context, qtbot, made.round)


def typed(words: str) -> None:
    """Into whatever has the keyboard, as a person types."""
    type_text(None, words)


def enter() -> None:
    press(QApplication.focusWidget(), KEY.Key_Return)


def values(store, claim: int) -> dict[tuple[str, Moment], float | None]:
    return {key: row.value for key, row in store.read(queries.of_booking, claim).values.items()}


def test_a_column_is_typed_downwards(face, made, store, qtbot):
    QAbstractItemModelTester(face.grid.measures_model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for words in ("4", "7", "A"):
        typed(words)
        enter()
        qtbot.wait(1)
    first = [values(store, claim) for claim in made.claims]
    assert first == [{(HEALTH, Moment.BEFORE): 4}, {(HEALTH, Moment.BEFORE): 7}, {(HEALTH, Moment.BEFORE): None}]
    assert face.grid.currentIndex().row() == 2
    press(face.grid, KEY.Key_Delete)
    assert values(store, made.claims[2]) == {}


def test_a_row_is_typed_along_with_tab(face, made, store, qtbot):
    typed("4\t7\t")
    type_text(None, "30")
    enter()
    qtbot.wait(1)
    assert values(store, made.claims[0]) == {(HEALTH, Moment.BEFORE): 4, (ABILITY, Moment.BEFORE): 7, (KEDS, Moment.BEFORE): 30}


def test_what_is_out_of_range_stays_and_is_told_beside(face, made, store, context, qtbot):
    typed("11")
    enter()
    qtbot.wait(1)
    assert values(store, made.claims[0]) == {}
    press(face.grid, KEY.Key_Up)
    assert "0 till 10" in face.problem.text() and face.problem.isVisible()
    assert face.grid.currentIndex().data() == "11"
    # It is there when the page is made anew, as after a lock.
    face.close()
    again = shown_face(context, qtbot, made.round)
    assert again.grid.currentIndex().data() == "11"
    typed("8")
    enter()
    qtbot.wait(1)
    assert values(store, made.claims[0]) == {(HEALTH, Moment.BEFORE): 8}
    assert again.grid.measures_model.index(0, 0).data() == "8"


def test_a_decimal_comma_is_read_and_half_a_step_refused(face, made, store, qtbot):
    keds = next(column for column in range(3) if face.grid.measures_model.key(face.grid.measures_model.index(0, column))[1] == KEDS)
    face.grid.setCurrentIndex(face.grid.measures_model.index(0, keds))
    typed("12,5")
    enter()
    qtbot.wait(1)
    press(face.grid, KEY.Key_Up)
    assert "heltal" in face.problem.text()
    typed("12,0")
    enter()
    qtbot.wait(1)
    assert values(store, made.claims[0]) == {(KEDS, Moment.BEFORE): 12}


def date_it(face, words: str) -> None:
    """Write a day in the field above the grid, and go back to the grid by Enter."""
    line = face.measured_on.field.line
    line.setFocus()
    line.selectAll()
    press(line, KEY.Key_Delete)
    typed(words)
    press(line, KEY.Key_Return)


def days(store, claim: int) -> dict[tuple[str, Moment], date]:
    return {key: row.measured_on for key, row in store.read(queries.of_booking, claim).values.items()}


def test_a_stack_of_paper_forms_is_dated_the_day_that_is_written_once(face, made, store, context, qtbot):
    today = context.clock.today()
    assert face.measured_on.field.day == today
    typed("4")
    enter()
    qtbot.wait(1)
    date_it(face, "i går")
    assert face.grid.hasFocus() and face.measured_on.field.line.text() == str(today - timedelta(days=1))
    for words in ("7", "A"):
        typed(words)
        enter()
        qtbot.wait(1)
    key = (HEALTH, Moment.BEFORE)
    assert [days(store, claim)[key] for claim in made.claims] == [today, today - timedelta(days=1), today - timedelta(days=1)]
    assert face.cell.text().endswith(f"avstår, mätt {context.texts.long_date(today - timedelta(days=1))}")
    # The same number again under another day is measured that day; under today it keeps the day it has.
    face.grid.setCurrentIndex(face.grid.measures_model.index(0, 0))
    typed("4")
    enter()
    qtbot.wait(1)
    assert days(store, made.claims[0])[key] == today - timedelta(days=1)
    store.undo()
    assert days(store, made.claims[0])[key] == today
    # The form has the same day, and tells from when what is there is.
    face.grid.setCurrentIndex(face.grid.measures_model.index(1, 0))
    enter()
    assert face.form.measured_on.field.day == today - timedelta(days=1)
    assert context.texts.long_date(today - timedelta(days=1)) in face.form.before.text()
    press(face.form.answers[ABILITY], KEY.Key_5)
    assert days(store, made.claims[1])[ABILITY, Moment.BEFORE] == today - timedelta(days=1)


def test_a_day_that_cannot_be_is_said_beside_it_and_holds_what_is_typed_until_it_can(face, made, store, context, qtbot):
    today = context.clock.today()
    date_it(face, str(today + timedelta(days=1)))
    assert "har inte kommit" in face.measured_on.field._read_back.text()
    typed("4")
    enter()
    qtbot.wait(1)
    press(face.grid, KEY.Key_Up)
    assert values(store, made.claims[0]) == {} and face.grid.currentIndex().data() == "4"
    assert "har inte kommit" in face.problem.text()
    date_it(face, str(today - timedelta(days=3)))
    qtbot.wait(1)
    assert days(store, made.claims[0]) == {(HEALTH, Moment.BEFORE): today - timedelta(days=3)}
    assert not face.problem.isVisible()
    date_it(face, "")
    assert face.measured_on.field.day == today and face.measured_on.field.line.text() == str(today)


def test_the_form_in_large_type_writes_each_answer_at_once(face, made, store):
    enter()
    assert face.form.isVisible() and not face.grid.isVisible()
    assert "licensierat" in face.form.answers[KEDS].licence.text()
    assert QApplication.focusWidget() is face.form.answers[HEALTH]
    press(face.form.answers[HEALTH], KEY.Key_6)
    assert values(store, made.claims[0]) == {(HEALTH, Moment.BEFORE): 6}
    press(face.form.answers[HEALTH], KEY.Key_Right)
    assert values(store, made.claims[0]) == {(HEALTH, Moment.BEFORE): 7}
    assert face.form.answers[HEALTH].boxes[7].isChecked() and face.form.answers[HEALTH].accessibleDescription() == "7"
    press(face.form.answers[ABILITY], KEY.Key_Left)
    assert values(store, made.claims[0])[ABILITY, Moment.BEFORE] is None
    field = face.form.answers[KEDS].line
    field.setFocus()
    type_text(field, "70")
    press(field, KEY.Key_Return)
    assert "0 till 54" in face.form.answers[KEDS].frame.problem.text() and field.text() == "70"
    field.selectAll()
    type_text(field, "21")
    assert face.step_back() and not face.form.isVisible()
    assert values(store, made.claims[0])[KEDS, Moment.BEFORE] == 21
    assert not face.step_back()


def test_what_changed_is_told_of_ten_and_lines_are_drawn_of_five(context, store, qtbot):
    made = measured_round(store, 12, state=BookingState.COMPLETED, starts_on=context.clock.today() - timedelta(days=70))
    give_all(store, made)
    face = shown_face(context, qtbot, made.round)
    for claim in made.claims:
        write(store, claim, Moment.BEFORE, 3)
    qtbot.wait(1)
    assert "Ingen som får räknas" in face.result.empty.text() and not face.each.isVisible()
    for claim in made.claims[:6]:
        write(store, claim, Moment.END, 6)
    qtbot.waitUntil(lambda: face.each.isVisible())
    assert "färre än tio" in face.result.empty.text() and not face.result.halves.isVisible()
    for claim in made.claims[6:]:
        write(store, claim, Moment.END, 6)
    qtbot.waitUntil(lambda: face.result.halves.isVisible())
    (row,) = face.result.table.rows_model.rows
    assert row.result.shares.better == 12
    assert "12 bättre" in face.result.picture.accessibleDescription()
    assert not face.result.tests.isVisible()
    face.result.more.click()
    assert face.result.tests.isVisible() and face.result.tests.rows_model.index(0, 2).data() == "–"
    whole = ProgrammeResult(context)
    qtbot.addWidget(whole)
    whole.show_programme(made.programme)
    assert [one.result.paired for one in whole.card.table.rows_model.rows] == [12]
    whole.show_programme(None)
    assert not whole.isVisible()


def test_lines_are_drawn_of_those_alone_who_said_yes_to_statistics(context, store, qtbot):
    made = measured_round(store, 6, state=BookingState.COMPLETED, starts_on=context.clock.today() - timedelta(days=70))
    give_all(store, made)
    for claim in made.claims:
        write(store, claim, Moment.BEFORE, 3)
        write(store, claim, Moment.END, 6)
    face = shown_face(context, qtbot, made.round)
    qtbot.waitUntil(lambda: face.each.isVisible())
    for case in made.cases[:2]:
        consent.withdraw_statistics(store, case)
    qtbot.waitUntil(lambda: not face.each.isVisible())


def test_whoever_turns_to_the_measurements_of_a_round_has_read_them(context, store, made, qtbot):
    face = MeasuresFace(context)
    qtbot.addWidget(face)
    face.show_round(store.read(round_queries.round_of, made.round, context.clock.today()))
    assert store.read(log_queries.last_of, "measures_read", "round", made.round) is None
    face.show()
    qtbot.waitExposed(face)
    assert store.read(log_queries.last_of, "measures_read", "round", made.round) is not None
