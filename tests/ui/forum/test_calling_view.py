"""The calls of a meeting in the window: answers by one key, what is refused beside its field, and the proposal shown before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from rehabdesk.domain.calling import Answer
from rehabdesk.services import cases, consent
from rehabdesk.services.forum import sessions
from rehabdesk.services.forum.sessions import SessionPlan
from rehabdesk.store.queries import calls
from rehabdesk.store.queries.forum import agenda as queries
from rehabdesk.ui.forum.agenda_face import AgendaFace
from tests.helpers.contacts import nameless
from tests.helpers.forum import Forum, small_forum
from tests.helpers.keys import CTRL, press, type_text


@pytest.fixture
def forum(store) -> Forum:
    made = small_forum(store, cases_count=2)
    day = store.clock.today() + timedelta(days=16)
    sessions.change_session(store, made.session_id, SessionPlan(day, "13:00", "15:30", "Stora Lundsal, Vara"))
    return made


@pytest.fixture
def face(qtbot, context, forum):
    made = AgendaFace(context, forum.session_id)
    qtbot.addWidget(made)
    made.resize(1240, 760)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.focus_first()
    return made


def rows(forum: Forum) -> tuple[calls.CallRow, ...]:
    return forum.store.read(calls.of_session, forum.session_id, forum.store.clock.today())


def test_every_control_has_a_name(face):
    face.pages.show_calls()
    face.pages.show_proposal()
    assert nameless(face) == []


def test_one_key_notes_an_answer_and_another_takes_it_back(face, forum):
    press(face.table, Qt.Key.Key_F3)
    view = face.pages.calls
    press(view.table, Qt.Key.Key_3)
    assert rows(forum)[0].answer is Answer.CANNOT
    assert view.table.hasFocus()
    press(view.table, Qt.Key.Key_0)
    assert rows(forum)[0].answer is None


def test_another_time_is_asked_for_and_what_is_wrong_is_said_beside_it(face, forum):
    press(face.table, Qt.Key.Key_F3)
    view = face.pages.calls
    press(view.table, Qt.Key.Key_2)
    assert view.answer.can_from.line.hasFocus()
    type_text(view.answer.can_from.line, "15")
    type_text(view.answer.can_until.line, "14\n")
    assert rows(forum)[0].answer is None
    assert "kan inte gå innan" in view.answer.form.frame("can_until").problem.text()
    assert view.answer.can_from.line.text() == "15.00"


def test_what_to_think_of_stands_by_the_participant_and_no_party(face, forum):
    from rehabdesk.store.history import Label
    from rehabdesk.store.tables.cases import Case, Participant

    with forum.store.write(Label("test"), undoable=False) as writing:
        participant = writing.session.get(Participant, writing.session.get(Case, forum.case_ids[0]).participant_id)
        participant.do_not_ring, participant.interpreter_language = True, "arabiska"
    face.pages.show_calls()
    view = face.pages.calls
    assert "arabiska" in view.answer.needs.text()
    press(view.table, Qt.Key.Key_Down)
    assert view.answer.needs.isHidden()


def test_escape_leads_back_to_the_agenda(face):
    face.pages.show_calls()
    assert face.step_back()
    assert face.pages.currentIndex() == 0
    assert not face.step_back()


def test_a_proposal_changes_nothing_until_it_is_taken(face, forum):
    today = forum.store.clock.today()
    case_id = cases.open_case(forum.store, forum.series_id, "Wioletta", "Kołodziej")
    consent.give(forum.store, case_id, [forum.party_ids["FK"]], today, today + timedelta(days=90))
    before = forum.store.read(queries.agenda, forum.session_id, today)
    press(face.table, Qt.Key.Key_F7)
    page = face.pages.proposal
    assert forum.store.read(queries.agenda, forum.session_id, today) == before
    assert [line.is_new for line in page.table.rows_model.rows] == [False, False, False, True]
    press(page.table, Qt.Key.Key_Return, CTRL)
    assert face.pages.currentIndex() == 0
    assert case_id in [row.case_id for row in forum.store.read(queries.agenda, forum.session_id, today)]


def test_a_proposal_that_has_grown_old_is_made_anew_and_says_so(face, forum):
    press(face.table, Qt.Key.Key_F7)
    page = face.pages.proposal
    cases.open_case(forum.store, forum.series_id, "Peter", "Nyqvist")
    page.take.click()
    assert face.pages.currentWidget() is page
    assert "ändrats" in page._problem.text()  # noqa: SLF001
    page.take.click()
    assert face.pages.currentIndex() == 0
