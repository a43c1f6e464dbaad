"""The agenda: adding, ordering, calling and parking by keyboard; sums, clashes and consents told in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from rehabdesk.domain.consent import InformationKind
from rehabdesk.domain.forum import SessionState
from rehabdesk.services import cases, consent
from rehabdesk.services.forum import agenda, meeting, sessions
from rehabdesk.services.forum.sessions import SessionPlan
from rehabdesk.store.queries.forum import agenda as queries
from rehabdesk.store.queries.forum.candidates import candidates, covered
from rehabdesk.ui.forum.agenda_face import AgendaFace
from rehabdesk.ui.shell.context import Target
from tests.helpers.contacts import nameless
from tests.helpers.forum import Forum, small_forum
from tests.helpers.keys import ALT, CTRL, press, type_text


@pytest.fixture
def forum(store) -> Forum:
    return small_forum(store, cases_count=3)


@pytest.fixture
def went() -> list[Target]:
    return []


@pytest.fixture
def face(qtbot, context, forum, went):
    made = AgendaFace(replace(context, navigate=went.append), forum.session_id)
    qtbot.addWidget(made)
    made.resize(1240, 760)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.focus_first()
    return made


def order(forum: Forum) -> list[str]:
    rows = forum.store.read(queries.agenda, forum.session_id, forum.store.clock.today())
    return [row.title or row.case_number for row in rows]


def cell(face, place: int, key: str) -> str:
    model = face.table.rows_model
    column = next(column for column in model.columns if column.key == key)
    return column.text(model.rows[place])


def fresh(qtbot, face, forum: Forum) -> None:
    """Let the notice of the last write arrive."""
    qtbot.waitUntil(lambda: [row.item.title or row.item.case_number for row in face.table.rows_model.rows] == order(forum))


def test_items_are_numbered_timed_and_added_up(face, forum):
    QAbstractItemModelTester(face.table.rows_model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert [cell(face, place, "starts") for place in range(4)] == ["13.00", "13.05", "13.25", "13.45"]
    assert cell(face, 0, "kind").startswith("↻")
    assert "1 h 5 min av 2 h 30 min" in face._sum.text() and "14.05" in face._sum.text()
    assert face._over.isHidden()


def test_too_long_is_said_in_words(qtbot, face, forum):
    sessions.change_session(forum.store, forum.session_id, SessionPlan(forum.store.clock.today(), "13:00", "14:00"))
    qtbot.waitUntil(face._over.isVisible)
    assert face._over.text() == "5 min över tiden"


def test_alt_arrows_move_and_undo_moves_back(qtbot, face, forum):
    face.choose_item(forum.item_ids[2])
    press(face.table, Qt.Key.Key_Up, ALT)
    assert order(forum) == ["Mötet öppnas", "RF-2026-001", "RF-2026-003", "RF-2026-002"]
    fresh(qtbot, face, forum)
    assert face.table.current_row.id == forum.item_ids[2]
    forum.store.undo()
    assert order(forum)[-1] == "RF-2026-003"
    fresh(qtbot, face, forum)
    face.up.click()
    assert order(forum)[2] == "RF-2026-003"


def test_a_case_is_added_from_those_that_are_due(qtbot, face, forum):
    today = forum.store.clock.today()
    case = cases.open_case(forum.store, forum.series_id, "Anna", "Lindqvist")
    consent.give(forum.store, case, [forum.party_ids["FK"]], today, today + timedelta(days=90))
    press(face, Qt.Key.Key_N, CTRL)
    assert face.adding.search.hasFocus()
    type_text(face.adding.search, "lind")
    assert "Försäkringskassan" in face.adding.covers.text()
    press(face.adding.search, Qt.Key.Key_Return)
    assert order(forum)[-1] == "RF-2026-004"
    row = forum.store.read(queries.agenda, forum.session_id, today)[-1]
    assert [party.party for party in row.called] == ["Försäkringskassan"]
    assert face.adding.search.text() == ""
    assert face.step_back() is True and face.step_back() is False


def test_candidates_name_no_sensitive_party(face, forum):
    from rehabdesk.services import parties

    today = forum.store.clock.today()
    case = cases.open_case(forum.store, forum.series_id, "Anna", "Lindqvist")
    consent.give(forum.store, case, [forum.party_ids["FK"], forum.party_ids["VC"]], today, today + timedelta(days=90))
    parties.change_party(forum.store, forum.party_ids["VC"], is_sensitive=True)
    assert [row.id for row in forum.store.read(candidates, forum.session_id, today)] == [case]
    assert forum.store.read(covered, case, today) == (("Försäkringskassan",), 1)


def test_the_list_says_of_a_case_what_the_agenda_will(face, forum):
    """A consent to something else than what is said at the table calls nobody, so the item will have no name."""
    today, fk = forum.store.clock.today(), forum.party_ids["FK"]
    for kind in InformationKind:
        case = cases.open_case(forum.store, forum.series_id, "Anna", "Lindqvist")
        consent.give(forum.store, case, [fk], today, today + timedelta(days=90), frozenset({kind}))
        said = forum.store.read(covered, case, today)
        item = forum.store.read(queries.item, agenda.add_case_item(forum.store, forum.session_id, case), today)
        assert bool(said.parties) is item.is_by_name is (kind is InformationKind.PLANNED_MEASURES)
        agenda.call_parties(forum.store, item.id, [fk])
        agenda.park_item(forum.store, item.id)
        kept = forum.store.read(covered, case, today, item.id)
        agenda.unpark_item(forum.store, item.id, forum.session_id)
        assert bool(kept.parties) is forum.store.read(queries.item, item.id, today).is_by_name
    other = cases.open_case(forum.store, forum.series_id, "Anna", "Andersson")
    consent.give(forum.store, other, [fk], today, today + timedelta(days=90), frozenset({InformationKind.ECONOMY}))
    face.begin_adding()
    type_text(face.adding.search, "andersson")
    assert "inget samtycke någon som kan kallas" in face.adding.covers.text()


def test_a_general_item_and_a_consultation_are_added_by_title(qtbot, face, forum):
    from rehabdesk.domain.forum import ItemKind

    face.begin_adding()
    face.adding.kind.set_value(ItemKind.CONSULTATION)
    face.adding._on_kind(ItemKind.CONSULTATION)
    type_text(face.adding.title, "Lång frånvaro i vården")
    assert face.adding._warning.isHidden()
    press(face.adding.title, Qt.Key.Key_Return)
    assert order(forum)[-1] == "Lång frånvaro i vården"
    type_text(face.adding.title, "Marias schema Maria Strömbäck")
    assert "Maria Strömbäck" in face.adding._warning.text()
    face.adding.title.clear()
    press(face.adding.title, Qt.Key.Key_Return)
    assert face.adding.title_frame.problem.text()


def test_f6_parks_and_takes_up(qtbot, face, forum):
    face.choose_item(forum.item_ids[1])
    press(face.table, Qt.Key.Key_F6)
    assert "RF-2026-002" not in order(forum)
    qtbot.waitUntil(lambda: face.parking.rows_model.rowCount() == 1)
    assert "(1)" in face._parking_head.text()
    face.parking.setFocus()
    press(face.parking, Qt.Key.Key_F6)
    assert "RF-2026-002" in order(forum)


def test_delete_removes_and_undo_brings_back(qtbot, face, forum):
    face.choose_item(forum.item_ids[0])
    press(face.table, Qt.Key.Key_Delete)
    assert "RF-2026-001" not in order(forum)
    forum.store.undo()
    assert "RF-2026-001" in order(forum)


def test_the_box_is_typed_in_the_table(qtbot, face, forum):
    model = face.table.rows_model
    place = [column.key for column in model.columns].index("minutes")
    assert model.setData(model.index(1, place), "35")
    rows = forum.store.read(queries.agenda, forum.session_id, forum.store.clock.today())
    assert rows[1].minutes == 35
    model.setData(model.index(1, place), "länge")
    assert face._context.messages.said[-1].sentence == "Skriv ett antal minuter från 0 till 600."


def test_the_question_is_saved_by_itself_and_never_lost(qtbot, face, forum):
    face.choose_item(forum.item_ids[0])
    press(face.table, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is face.item.question
    type_text(face.item.question, "Vad krävs från januari")
    face.choose_item(forum.item_ids[1])
    rows = forum.store.read(queries.agenda, forum.session_id, forum.store.clock.today())
    assert rows[1].question == "Vad krävs från januari"
    assert face.item.question.text() == ""


def test_a_party_that_cannot_come_then_is_told(qtbot, face, forum):
    agenda.set_party_times(forum.store, forum.item_ids[1], forum.party_ids["FK"], "13:00", "13:30")
    qtbot.waitUntil(lambda: cell(face, 2, "called").count("13.30") == 1)
    face.choose_item(forum.item_ids[1])
    row = face.item.parties._rows[forum.party_ids["FK"]]
    qtbot.waitUntil(row._clash.isVisible)
    assert "13.25–13.45" in row._clash.text()
    row.can_until.line.selectAll()
    type_text(row.can_until.line, "12")
    row.can_until.line.editingFinished.emit()
    assert row.problem.text() == "Parten kan inte gå innan den har kommit."


def test_calling_and_dismissing_by_keyboard(qtbot, face, forum):
    face.choose_item(forum.item_ids[0])
    parties = face.item.parties
    parties._rows[forum.party_ids["AF"]].dismiss.click()
    qtbot.waitUntil(lambda: forum.party_ids["AF"] not in parties._rows)
    parties.add.line.setFocus()
    type_text(parties.add.line, "af")
    press(parties.add.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: forum.party_ids["AF"] in parties._rows)


def test_without_consent_the_item_falls_to_a_consultation_with_a_banner(qtbot, face, forum):
    face.choose_item(forum.item_ids[0])
    assert face.item._banner.isHidden()
    assert "Maria" in face.item.heading.text()
    consent.withdraw(forum.store, forum.case_ids[0])
    qtbot.waitUntil(face.item._banner.isVisible)
    assert "avidentifierad konsultation" in face.item._banner.text()
    assert "Maria" not in face.item.heading.text()
    assert "Maria" not in cell(face, 1, "item")


def test_when_the_meeting_is_under_way_numbers_stay(qtbot, face, forum):
    meeting.start_session(forum.store, forum.session_id)
    qtbot.waitUntil(lambda: cell(face, 0, "number") == "§ 1")
    face.choose_item(forum.item_ids[2])
    assert not face.remove.isEnabled()
    face.choose_item(forum.item_ids[2])
    press(face.table, Qt.Key.Key_Up, ALT)
    assert order(forum).index("RF-2026-003") < order(forum).index("RF-2026-002")


def test_a_held_meeting_is_only_read(qtbot, face, forum):
    meeting.start_session(forum.store, forum.session_id)
    with forum.store.write(_label()) as writing:
        from rehabdesk.store.tables.forum import ForumSession

        writing.session.get(ForumSession, forum.session_id).state = SessionState.HELD
    qtbot.waitUntil(lambda: not face.editable)
    assert not face.add_button.isEnabled()
    assert face.item.question.isReadOnly()


def test_every_control_has_a_name(face, forum):
    face.choose_item(forum.item_ids[0])
    assert nameless(face) == []
    face.begin_adding()
    assert nameless(face) == []


def _label():
    from rehabdesk.store.history import Label

    return Label("test")
