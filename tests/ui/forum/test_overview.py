"""Every meeting as a table and a year, and planning one; by keyboard, on the real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from rehabdesk.domain.forum import SessionState
from rehabdesk.domain.problems import Problem
from rehabdesk.services.forum import planning, series, sessions
from rehabdesk.services.forum.sessions import SessionPlan
from rehabdesk.store.queries.forum import sessions as queries
from rehabdesk.ui.forum.page import ForumPage
from rehabdesk.ui.forum.year_model import CellKind, DayKind
from rehabdesk.ui.shell.context import Target
from tests.helpers.contacts import nameless
from tests.helpers.forum import Forum, small_forum
from tests.helpers.keys import CTRL, press, type_text


@pytest.fixture
def forum(store) -> Forum:
    made = small_forum(store)
    sessions.plan_session(store, made.series_id, SessionPlan(date(2026, 12, 8), "13:00", "15:30", "Lilla salen"))
    return made


@pytest.fixture
def went() -> list[Target]:
    return []


@pytest.fixture
def page(qtbot, context, forum, went):
    made = ForumPage(replace(context, navigate=went.append))
    qtbot.addWidget(made)
    made.resize(1300, 850)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.focus_first()
    return made


def shown(page) -> list[int]:
    return [row.number for row in page.overview.table.table.rows_model.rows]


def test_the_table_begins_at_the_next_meeting_and_enter_opens_it(page, forum, went):
    table = page.overview.table.table
    QAbstractItemModelTester(table.rows_model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert shown(page) == [2, 1]
    assert table.current_row.id == forum.session_id
    press(table, Qt.Key.Key_Return)
    assert went == [Target("forum", "session", forum.session_id)]
    assert page.session is not None and page.session.session_id == forum.session_id


def test_every_state_is_a_word(page, forum, texts):
    sessions.cancel_session(forum.store, forum.session_id, "Snöstorm")
    page.overview.table.refresh()
    column = next(column for column in page.overview.table.table.rows_model.columns if column.key == "state")
    words = {column.text(row) for row in page.overview.table.table.rows_model.rows}
    assert words == {texts.term(SessionState.PLANNED), texts.term(SessionState.CANCELLED)}


def test_planning_by_keyboard(qtbot, page, forum, went, clock):
    press(page, Qt.Key.Key_N, CTRL)
    new = page.overview.new
    assert new.form.date.line.hasFocus()
    proposed = forum.store.read(planning.propose_next, forum.series_id, clock.today())
    assert new.form.date.day == proposed.day
    assert new.form.plan == SessionPlan(proposed.day, "13:00", "15:30", "Stora Lundsal, Vara")
    new.form.date.line.selectAll()
    type_text(new.form.date.line, "26 januari")
    press(page, Qt.Key.Key_Return, CTRL)
    row = forum.store.read(queries.sessions)[0]
    assert (row.held_on, row.number) == (date(2027, 1, 26), 3)
    assert went == [Target("forum", "session", row.id)]


def test_what_was_stepped_over_is_said_with_its_reason(page, forum, texts):
    sessions.plan_session(forum.store, forum.series_id, SessionPlan(date(2026, 11, 24), "13:00", "15:30"))
    series.change_series(forum.store, forum.series_id, interval_weeks=2)
    page.overview.begin_planning()
    told = page.overview.new.stepped_over.text()
    assert told.startswith("Överhoppat: 2026-12-22") and "52" in told
    assert page.overview.new.stepped_over.isVisible()


def test_a_day_that_speaks_against_itself_is_told_and_still_allowed(page, forum, texts):
    page.overview.begin_planning(day=date(2027, 1, 6))
    form = page.overview.new.form
    assert form._against.isVisible()
    assert "trettondedag" in form._against.text()
    press(page, Qt.Key.Key_Return, CTRL)
    assert date(2027, 1, 6) in {row.held_on for row in forum.store.read(queries.sessions)}


def test_a_plan_that_is_wrong_keeps_what_was_typed(page, forum, texts):
    page.overview.begin_planning()
    new = page.overview.new
    new.form.end.line.selectAll()
    type_text(new.form.end.line, "12")
    press(page, Qt.Key.Key_Return, CTRL)
    frame = new.form.form.frame("end")
    assert frame.problem.text() == texts.problem(Problem("session.ends_before_it_starts"))
    assert new.form.end.line.text() == "12"
    assert len(forum.store.read(queries.sessions)) == 2


def test_esc_puts_the_planning_away(page):
    page.overview.begin_planning()
    assert page.step_back() is True
    assert not page.overview.new.isVisible()
    assert page.step_back() is False


def test_the_series_filter_narrows_table_and_year(page, forum):
    other = series.create_series(
        forum.store, replace_details(forum), slug="styrgrupp"
    )
    sessions.plan_session(forum.store, other, SessionPlan(date(2026, 12, 1), "09:00", "10:00"))
    page.overview._refresh()
    assert page.overview.series.isVisible()
    page.overview.series.set_value(other)
    page.overview.series.changed.emit(other)
    assert [row.series_name for row in page.overview.table.table.rows_model.rows] == ["Styrgrupp"]
    assert page.overview.year.grid.sessions_on(date(2026, 12, 8)) == ()


def replace_details(forum):
    from rehabdesk.domain.forum import SeriesKind
    from rehabdesk.domain.series import SeriesDetails

    controller = forum.store.read(queries.one_series, forum.series_id).controller_id
    return SeriesDetails("Styrgrupp", SeriesKind.STEERING_GROUP, controller)


# --- the year ---


def test_the_year_holds_every_day_once_with_its_iso_week(page):
    page.overview.show_year()
    model = page.overview.year.grid.year_model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    cells = [model.cell(model.index(row, column)) for row in range(model.rowCount()) for column in range(model.columnCount())]
    days = [cell.day for cell in cells if cell is not None and cell.kind is CellKind.DAY]
    assert len(days) == len(set(days)) == 365
    christmas = model.cell(model.index_of(date(2026, 12, 25)))
    assert (christmas.day_kind, christmas.in_holiday_week) == (DayKind.FREE, True)
    assert model.cell(model.index_of(date(2026, 1, 5))).day_kind is DayKind.SQUEEZE


@pytest.mark.parametrize("across", [1, 2, 3, 4])
def test_the_year_is_whole_however_wide_it_is(page, across):
    grid = page.overview.year.grid
    grid.year_model.show_year(2028, across, {})
    assert all(grid.year_model.index_of(date(2028, month, 28)).isValid() for month in range(1, 13))
    assert grid.year_model.index_of(date(2028, 2, 29)).isValid()


def test_a_day_is_told_in_words(page, forum, texts):
    page.overview.show_year()
    grid = page.overview.year.grid
    day = date(2026, 12, 8)
    told = grid.year_model.data(grid.year_model.index_of(day), Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("Tisdag 8 december 2026, v. 50.")
    assert "Rehabforum 2" in told and texts.term(SessionState.PLANNED) in told
    assert "juldagen" in grid.in_words(date(2026, 12, 25), ())
    assert "Klämdag" in grid.in_words(date(2026, 1, 5), ())


def test_the_year_is_walked_by_keyboard(page, forum, went):
    press(page, Qt.Key.Key_T, CTRL)
    grid = page.overview.year.grid
    assert grid.hasFocus() and grid.day == date(2026, 11, 22)
    press(grid, Qt.Key.Key_Right)
    press(grid, Qt.Key.Key_Down)
    assert grid.day == date(2026, 11, 30)
    press(grid, Qt.Key.Key_PageDown)
    assert grid.day == date(2026, 12, 30)
    press(grid, Qt.Key.Key_Down)
    assert grid.day == date(2027, 1, 6) and grid.year_model.year == 2027
    press(grid, Qt.Key.Key_PageUp, CTRL)
    assert grid.day == date(2026, 1, 6)
    press(grid, Qt.Key.Key_Home)
    grid.go_to(date(2026, 12, 8))
    press(grid, Qt.Key.Key_Return)
    assert went[-1].kind == "session"


def test_enter_on_an_empty_day_plans_a_meeting_then(page):
    page.overview.show_year()
    grid = page.overview.year.grid
    grid.setFocus()
    grid.go_to(date(2027, 2, 2))
    press(grid, Qt.Key.Key_Return)
    assert page.overview.new.isVisible()
    assert page.overview.new.form.date.day == date(2027, 2, 2)


def test_every_control_has_a_name(page):
    page.overview.begin_planning()
    assert nameless(page) == []
    page.overview.show_year()
    assert nameless(page) == []


def test_an_empty_vault_says_what_to_do_first(qtbot, context, went):
    page = ForumPage(replace(context, navigate=went.append))
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.focus_first()
    press(page.overview._empty.button, Qt.Key.Key_Space)
    assert went == [Target("settings", face="series")]
