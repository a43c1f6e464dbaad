"""One meeting: its faces by key, its head, changing and cancelling it; who is expected and who is needed when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from rehabdesk.domain.forum import Presence, SessionState
from rehabdesk.services import parties
from rehabdesk.services.forum import agenda, presence, series, sessions
from rehabdesk.services.forum.sessions import SessionPlan
from rehabdesk.store.queries.forum import presence as presence_queries
from rehabdesk.store.queries.forum import sessions as queries
from rehabdesk.ui.forum import session_page
from rehabdesk.ui.forum.page import ForumPage
from rehabdesk.ui.forum.presence_face import PresenceFace
from rehabdesk.ui.shell.context import Target
from tests.helpers.contacts import nameless
from tests.helpers.forum import Forum, small_forum
from tests.helpers.keys import ALT, CTRL, press, type_text


@pytest.fixture
def forum(store) -> Forum:
    return small_forum(store, cases_count=2)


@pytest.fixture
def went() -> list[Target]:
    return []


@pytest.fixture
def room(qtbot, context, forum, went):
    made = ForumPage(replace(context, navigate=went.append))
    qtbot.addWidget(made)
    made.resize(1300, 850)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


@pytest.fixture
def page(room, forum):
    room.open_target(Target("forum", "session", forum.session_id, "agenda"))
    return room.session


def test_the_head_says_what_when_and_where(page, texts):
    assert page.header.title == "Rehabforum 1"
    assert page.header._subtitle.text() == "söndag 22 november 2026, v. 47 · kl. 13.00–15.30 · Stora Lundsal, Vara"
    assert page.state.text() == texts.term(SessionState.PLANNED)


def test_faces_are_built_when_they_are_looked_at_and_by_key(page, went):
    assert set(page._faces) == {"agenda"}
    press(page, Qt.Key.Key_2, ALT)
    assert page.face == "presence" and set(page._faces) == {"agenda", "presence"}
    assert went[-1].face == "presence"
    press(page, Qt.Key.Key_Tab, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert page.face == "agenda"
    assert not page.is_full


def test_a_face_that_comes_later_is_made_for_the_meeting(page, monkeypatch, forum):
    made = []

    class Later(PresenceFace):
        def __init__(self, context, session_id):
            super().__init__(context, session_id)
            made.append(session_id)

    monkeypatch.setattr(session_page, "_made_later", lambda _face, context, session_id: Later(context, session_id))
    page.show_face("meeting")
    assert made == [forum.session_id]
    assert page.is_full and page.header.isHidden()
    page.show_face("agenda")
    assert not page.is_full and page.header.isVisible()


def test_an_item_that_is_named_is_gone_to(room, forum):
    room.open_target(Target("forum", "item", forum.item_ids[1]))
    assert room.session.face == "agenda"
    assert room.session._faces["agenda"].table.current_row.id == forum.item_ids[1]
    agenda.park_item(forum.store, forum.item_ids[1])
    room.open_target(Target("forum", "item", forum.item_ids[1]))
    face = room.session._faces["agenda"]
    assert face.parking.current_row.id == forum.item_ids[1] and face.parking.hasFocus()


def test_a_meeting_that_is_gone_leads_to_the_list(room, context):
    room.open_target(Target("forum", "session", 999))
    assert room._stack.currentWidget() is room.overview
    assert context.messages.said


def test_moving_the_meeting_by_keyboard(page, forum):
    press(page, Qt.Key.Key_E, CTRL)
    editing = page._editing.widget().layout().itemAt(0).widget()
    assert editing.form.date.line.hasFocus()
    editing.form.date.line.selectAll()
    type_text(editing.form.date.line, "2026-12-01")
    press(page, Qt.Key.Key_Return, CTRL)
    assert forum.store.read(queries.session, forum.session_id).held_on == date(2026, 12, 1)
    assert page._editing is None


def test_cancelling_asks_why_and_nothing_typed_is_lost(page, forum, texts):
    page.begin_editing()
    editing = page._editing.widget().layout().itemAt(0).widget()
    editing.cancel.click()
    assert editing.reason_frame.problem.text() == "Skriv varför mötet ställs in."
    type_text(editing.reason, "För få kan komma")
    editing.cancel.click()
    row = forum.store.read(queries.session, forum.session_id)
    assert (row.state, row.cancelled_reason) == (SessionState.CANCELLED, "För få kan komma")


def test_an_unused_meeting_is_removed(room, forum, went):
    empty = sessions.plan_session(forum.store, forum.series_id, SessionPlan(date(2026, 12, 15), "13:00", "15:00"))
    room.open_target(Target("forum", "session", empty))
    room.session.begin_editing()
    room.session._editing.widget().layout().itemAt(0).widget().remove.click()
    assert forum.store.read(queries.session, empty) is None
    assert went[-1] == Target("forum")


def test_esc_ends_the_editing_first(page):
    page.begin_editing()
    assert page.step_back() is True
    assert page._editing is None


def test_who_leads_is_typed_and_kept(page, forum):
    page.begin_editing()
    editing = page._editing.widget().layout().itemAt(0).widget()
    type_text(editing.chair, "Karin Lindgren")
    page.step_back()
    assert forum.store.read(queries.session, forum.session_id).chair == "Karin Lindgren"


def test_every_control_has_a_name(page):
    assert nameless(page) == []
    page.begin_editing()
    assert nameless(page) == []


# --- Närvaro ---


@pytest.fixture
def face(page):
    page.show_face("presence")
    return page._faces["presence"]


def names(forum: Forum) -> list[str]:
    return [row.shown for row in forum.store.read(presence_queries.attendees, forum.session_id)]


def test_a_contact_is_added_as_she_is_called(qtbot, face, forum):
    parties.add_contact(forum.store, forum.party_ids["HR"], given_name="Annika", surname="Wester", function="HR-specialist")
    face._refresh()
    press(face, Qt.Key.Key_N, CTRL)
    assert face.add.line.hasFocus()
    type_text(face.add.line, "wester")
    press(face.add.line, Qt.Key.Key_Return)
    assert "Annika Wester" in names(forum)
    qtbot.waitUntil(lambda: face.people.rows_model.rowCount() == 5)
    assert "5 personer" in face._count.text()


def test_apologies_and_back_by_one_key(qtbot, face, forum):
    face.people.setFocus()
    row = face.people.current_row
    press(face.people, Qt.Key.Key_F6)
    assert next(r for r in forum.store.read(presence_queries.attendees, forum.session_id) if r.id == row.id).presence is Presence.EXCUSED
    qtbot.waitUntil(face.expect.isVisible)
    press(face.people, Qt.Key.Key_F6)
    assert next(r for r in forum.store.read(presence_queries.attendees, forum.session_id) if r.id == row.id).presence is Presence.EXPECTED


def test_a_guest_is_refused_without_function_and_name(face, forum):
    face.add_guest.click()
    assert face.guest_form.frame("function").problem.text()
    type_text(face.function, "enhetschef kost")
    press(face.function, Qt.Key.Key_Return)
    assert names(forum)[-1] == "enhetschef kost"
    assert face.function.text() == ""


def test_delete_takes_off_the_list(face, forum):
    before = names(forum)
    face.people.setFocus()
    press(face.people, Qt.Key.Key_Delete)
    assert len(names(forum)) == len(before) - 1
    forum.store.undo()
    assert names(forum) == before


def test_who_is_needed_when(qtbot, face, forum):
    QAbstractItemModelTester(face.needed.rows_model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows = face.needed.rows_model.rows
    assert len(rows) == 8
    column = next(column for column in face.needed.rows_model.columns if column.key == "who")
    told = {row.party: column.text(row) for row in rows}
    assert told["Försäkringskassan"] == "Eva Holm"
    assert told["Arbetsförmedlingen"] == "saknar samtycke"
    presence.mark(forum.store, forum.attendee_of("FK"), Presence.EXCUSED)
    qtbot.waitUntil(lambda: column.text(next(r for r in face.needed.rows_model.rows if r.party == "Försäkringskassan")) == "ingen väntas")


def test_the_face_names_every_control(face):
    assert nameless(face) == []


def test_a_steering_group_has_no_cases_to_add(room, forum):
    from rehabdesk.domain.forum import SeriesKind
    from rehabdesk.domain.series import SeriesDetails

    controller = forum.store.read(queries.one_series, forum.series_id).controller_id
    other = series.create_series(forum.store, SeriesDetails("Styrgrupp", SeriesKind.STEERING_GROUP, controller))
    session = sessions.plan_session(forum.store, other, SessionPlan(date(2026, 12, 1), "09:00", "10:00"))
    room.open_target(Target("forum", "session", session))
    adding = room.session._faces["agenda"].adding
    adding.begin()
    assert adding.kind.count() == 1 and adding.title.isVisibleTo(adding)


# --- in the window ---


@pytest.fixture
def window(qtbot, context, forum):
    from rehabdesk.ui.rooms import rooms
    from rehabdesk.ui.shell.main_window import MainWindow

    made = MainWindow(context, rooms())
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def no_projector(window) -> None:
    """Say at the meeting that no projector shows the screen."""
    window.page.session._stack.currentWidget().projector.button.click()


def test_the_meeting_takes_the_window_and_gives_it_back(window, forum):
    window.navigate(Target("forum", "session", forum.session_id, "agenda"))
    assert window._sidebar.isVisible()
    press(window.page, Qt.Key.Key_3, ALT)
    assert window.page.session.face == "meeting"
    assert not window._sidebar.isVisible()
    no_projector(window)
    press(window.page, Qt.Key.Key_1, ALT)
    assert window.page.session.face == "agenda"
    assert window._sidebar.isVisible()


def test_no_other_face_is_brought_up_while_a_projector_may_show_the_screen(window, forum):
    """With one screen the meeting hides names; the agenda would show them."""
    window.navigate(Target("forum", "session", forum.session_id, "meeting"))
    for key, modifiers in ((Qt.Key.Key_1, ALT), (Qt.Key.Key_1, CTRL)):
        press(window.page, key, modifiers)
        assert window.page.session.face == "meeting"
        assert "projektor" in window.context.messages.said[-1].sentence
    no_projector(window)
    press(window.page, Qt.Key.Key_1, ALT)
    assert window.page.session.face == "agenda"


def test_the_face_one_most_likely_wants_comes_first(window, forum):
    forum.start()
    window.navigate(Target("forum", "session", forum.session_id))
    assert window.page.session.face == "meeting"


def test_in_a_pause_no_other_face_can_be_brought_up(window, forum):
    forum.start()
    window.navigate(Target("forum", "session", forum.session_id, "meeting"))
    meeting_page = window.page.session._stack.currentWidget()
    meeting_page.toggle_pause()
    assert meeting_page.is_covered
    press(window.page, Qt.Key.Key_1, ALT)
    assert window.page.session.face == "meeting"


def test_every_face_opens(window, forum):
    for face in session_page.FACES:
        window.navigate(Target("forum", "session", forum.session_id, face))
        assert window.page.session.face == face
        if face == session_page.MEETING:
            no_projector(window)


def test_esc_leads_back_to_where_one_came_from(window, forum):
    window.navigate(Target("today"))
    window.navigate(Target("forum", "session", forum.session_id, "agenda"))
    press(window, Qt.Key.Key_Escape)
    assert window.target == Target("today")
