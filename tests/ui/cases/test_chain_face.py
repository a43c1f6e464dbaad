"""The chain's face by keyboard, on the real store: periods typed in, what is said of them, the plan answered, trials, Idag."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from rehabdesk.domain.plan_duty import PlanAnswer, PlanState
from rehabdesk.services import cases, sick_leave
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import sick_leave as queries
from rehabdesk.ui import live
from rehabdesk.ui.cases.chain_card import ChainCard
from rehabdesk.ui.cases.chain_face import ChainFace
from rehabdesk.ui.cases.faces import CHAIN, DETAILS
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.today.plan_deadlines import PlanDeadlinesCard
from tests.helpers.keys import CTRL, press, type_text
from tests.helpers.people import make_forum

TODAY = date(2026, 11, 22)
BEGAN = date(2026, 8, 3)
KEY = Qt.Key


@pytest.fixture
def case(store) -> int:
    return cases.open_case(store, make_forum(store).series, "Maria", "Sjö")


@pytest.fixture
def face(context, case, qtbot) -> ChainFace:
    made = ChainFace(context)
    qtbot.addWidget(made)
    made.resize(1200, 1600)
    made.show_case(context.store.read(case_queries.case, case, TODAY))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.focus_first()
    return made


def focused() -> QLineEdit:
    return QApplication.focusWidget()


def periods(store, case: int) -> list[tuple]:
    return [(row.start, row.end, row.degree) for row in store.read(queries.periods, case)]


def test_a_period_is_typed_in_by_keyboard_alone(face, store, case, qtbot):
    type_text(focused(), "3/8")
    press(focused(), KEY.Key_Tab)
    type_text(focused(), "31/10")
    press(focused(), KEY.Key_Return)
    assert periods(store, case) == [(BEGAN, date(2026, 10, 31), 100)]
    type_text(focused(), "1/11")
    press(focused(), KEY.Key_Tab)
    press(focused(), KEY.Key_Tab)
    press(focused(), KEY.Key_Down)
    press(focused(), KEY.Key_Tab)
    press(focused(), KEY.Key_Return)
    assert periods(store, case) == [(BEGAN, date(2026, 10, 31), 100), (date(2026, 11, 1), None, 75)]
    assert focused() is face.periods.new["start"] and focused().text() == ""
    qtbot.waitUntil(lambda: face.standing.head.text() == "dag 112 i dag · prognos, Försäkringskassan avgör")
    assert "100\xa0% till 31 okt, sedan 75\xa0%" in face.standing.drawing.accessibleDescription()


def test_over_another_is_told_beside_the_row_and_nothing_typed_is_lost(face, store, case):
    sick_leave.add_period(store, case, BEGAN)
    type_text(focused(), "1/11")
    press(focused(), KEY.Key_Return)
    assert face.periods.new_row.problem.text() == "Perioden som började 2026-08-03 har inget slut. Skriv dess sista dag först."
    assert face.periods.new["start"].text() == "2026-11-01"
    assert focused() is face.periods.new["start"]
    assert periods(store, case) == [(BEGAN, None, 100)]


def test_what_is_no_day_is_said_at_once(face):
    type_text(focused(), "32/13")
    press(focused(), KEY.Key_Tab)
    assert face.periods.new_row.problem.text()
    assert face.periods.new["start"].text() == "32/13"


def test_a_row_is_kept_as_it_is_left_and_undone(face, store, case, qtbot):
    sick_leave.add_period(store, case, BEGAN)
    qtbot.waitUntil(lambda: len(face.periods._lines) == 1)
    (one,) = face.periods._lines.values()
    one.fields["end"].setFocus()
    type_text(focused(), "31/10")
    press(focused(), KEY.Key_Tab)
    assert periods(store, case) == [(BEGAN, date(2026, 10, 31), 100)]
    store.undo()
    qtbot.waitUntil(lambda: one.fields["end"].text() == "")
    assert periods(store, case) == [(BEGAN, None, 100)]


def test_a_row_that_cannot_be_kept_stays_as_typed_until_escape(face, store, case, qtbot):
    sick_leave.add_period(store, case, BEGAN, date(2026, 10, 31))
    qtbot.waitUntil(lambda: len(face.periods._lines) == 1)
    (one,) = face.periods._lines.values()
    one.fields["end"].setFocus()
    one.fields["end"].selectAll()
    type_text(focused(), "1/7")
    press(focused(), KEY.Key_Tab)
    assert one.edit.problem.text() == "Sjukskrivningen började 2026-08-03, efter den här dagen."
    sick_leave.add_trial(store, case, date(2026, 11, 23), date(2026, 12, 6))
    qtbot.waitUntil(lambda: len(face.trials._lines) == 1)
    assert one.fields["end"].text() == "2026-07-01"
    assert not face.flush()
    assert face.step_back()
    assert one.fields["end"].text() == "2026-10-31" and not one.edit.is_wrong
    assert not face.step_back() and face.flush()


def test_what_is_half_written_is_there_again(face, context, store, case):
    type_text(focused(), "15/11")
    context.flushes.flush_all()
    again = ChainFace(context)
    again.show_case(store.read(case_queries.case, case, TODAY))
    assert again.periods.new["start"].text() == "15/11"
    assert periods(store, case) == []
    again.deleteLater()


def test_periods_that_are_joined_and_that_are_not_say_so(face, store, case, qtbot):
    sick_leave.add_period(store, case, date(2026, 1, 1), date(2026, 1, 31))
    sick_leave.add_period(store, case, date(2026, 5, 1), date(2026, 5, 31))
    sick_leave.add_period(store, case, date(2026, 8, 29))
    qtbot.waitUntil(lambda: len(face.periods._lines) == 3)
    gaps = [one.edit.gap.text() for one in face.periods._lines.values()]
    assert gaps[0] == ""
    assert gaps[1] == "89 dagar emellan: perioderna läggs ihop och de dagarna räknas inte."
    assert gaps[2] == "89 dagar emellan: perioderna läggs ihop och de dagarna räknas inte."
    sick_leave.change_period(store, next(iter(face.periods._lines)), date(2026, 1, 1), date(2026, 1, 30), 100)
    qtbot.waitUntil(lambda: [one.edit.gap.text() for one in face.periods._lines.values()][1] == "90 dagar emellan: en ny kedja börjar.")


def test_the_dates_to_come_have_their_reasons(face, store, case, qtbot):
    sick_leave.add_period(store, case, BEGAN)
    qtbot.waitUntil(lambda: face.dates._rows.count() > 1)
    names = [face.dates._rows.itemAt(place).widget().accessibleName() for place in range(face.dates._rows.count())]
    assert names[0] == "lördag 30 januari 2027: Angiven yrkesgrupp, om inte skäl finns, dag 181 i kedjan"
    assert "364 dagar inom 450 är förbrukade" in names[2]


def test_the_plan_is_answered_by_keyboard_and_asked_for_again(face, store, case, qtbot):
    sick_leave.add_period(store, case, BEGAN)
    qtbot.waitUntil(lambda: face.duty.left.text() == "82 dagar försenad")
    face.duty.buttons[PlanAnswer.EXCEPTION].setFocus()
    press(focused(), KEY.Key_Return)
    press(focused(), KEY.Key_Return)
    assert face.duty.form.frame("reason").problem.text() == "Skriv skälet."
    type_text(focused(), "Vårdas på sjukhus")
    press(focused(), KEY.Key_Return)
    assert store.read(sick_leave.plan_duty, case, TODAY).state is PlanState.ANSWERED
    qtbot.waitUntil(lambda: face.duty.left.text() == "besvarad")
    assert face.duty.said.text() == "Klart undantag, 22 november 2026: Vårdas på sjukhus"
    face.duty.improved.setFocus()
    press(focused(), KEY.Key_Return)
    press(focused(), KEY.Key_Return, CTRL)
    qtbot.waitUntil(lambda: face.duty.left.text() == "genast")
    assert "Hälsan har blivit bättre" in face.duty.said.text()
    store.undo()
    qtbot.waitUntil(lambda: face.duty.left.text() == "besvarad")


def test_escape_puts_the_question_away_and_keeps_what_was_written(face, store, case, qtbot):
    sick_leave.add_period(store, case, BEGAN)
    qtbot.waitUntil(face.duty.choices.isVisible)
    face.duty.buttons[PlanAnswer.STANDPOINT].click()
    type_text(focused(), "Åter snart")
    assert face.step_back() and not face.step_back()
    face.duty.buttons[PlanAnswer.STANDPOINT].click()
    assert face.duty.reason.text() == "Åter snart"
    face.step_back()
    face.duty.buttons[PlanAnswer.EXCEPTION].click()
    assert face.duty.reason.text() == ""


def test_a_trial_proposes_its_end_is_counted_and_warned_about(face, store, case, qtbot):
    sick_leave.add_period(store, case, BEGAN, None, 75)
    face.trials.new["start"].setFocus()
    type_text(focused(), "23/11")
    press(focused(), KEY.Key_Tab)
    assert face.trials.new["end"].text() == "2026-12-06"
    press(focused(), KEY.Key_Return)
    qtbot.waitUntil(lambda: face.trials.count.text() == "1 av 2 använda 2026")
    (one,) = face.trials._lines.values()
    assert "Anmäl till Försäkringskassan före 2026-11-23" in one.edit.warning.text()
    assert "Sjukskrivning på 100 procent täcker inte alla" in one.edit.warning.text()
    assert face.trials.sure.text() == "inte bekräftat"


def test_no_form_of_the_agency_is_named(face, store, case, qtbot):
    sick_leave.add_period(store, case, BEGAN)
    qtbot.waitUntil(face.duty.choices.isVisible)
    said = " ".join(label.text() for label in face.findChildren(type(face.duty.said)))
    assert "7459" not in said and "blankett" not in said.lower()


def test_the_card_leads_to_the_face_and_the_face_to_the_details(context, face, store, case, qtbot):
    card = ChainCard(context)
    qtbot.addWidget(card)
    card.show_case(store.read(case_queries.case, case, TODAY))
    card.show()
    assert card.head.text() == "ingen sjukskrivning · prognos, Försäkringskassan avgör"
    assert not card.drawing.isVisible() and not card.left.isVisible()
    sick_leave.add_period(store, case, BEGAN)
    qtbot.waitUntil(lambda: card.left.isVisible() and card.drawing.isVisible())
    assert card.left.text() == "82 dagar försenad"
    went = []
    card.wanted.connect(went.append)
    face.wanted.connect(went.append)
    card.more.click()
    face.standing.change.click()
    assert went == [CHAIN, DETAILS]


def test_over_midnight_the_face_and_the_card_count_another_day(context, face, store, case, clock, qtbot, monkeypatch):
    monkeypatch.setattr(live, "LOOK_AGAIN_AFTER", 20)
    sick_leave.add_period(store, case, BEGAN)
    row = store.read(case_queries.case, case, TODAY)
    made = [ChainCard(context), ChainFace(context)]
    for widget in made:
        qtbot.addWidget(widget)
        widget.show_case(row)
        widget.show()
    card, whole = made
    assert card.left.text() == "82 dagar försenad"
    before = card.head.text(), [label.text() for label in whole.standing.findChildren(QLabel)]
    clock.move(days=1)
    qtbot.waitUntil(lambda: card.left.text() == "83 dagar försenad")
    qtbot.waitUntil(lambda: [label.text() for label in whole.standing.findChildren(QLabel)] != before[1])
    assert card.head.text() != before[0]


def test_pressing_plans_stand_on_idag_by_number_alone(context, store, case, clock, qtbot):
    went = []
    context = Context(store, context.texts, clock, context.theme, context.messages, context.flushes, navigate=went.append)
    card = PlanDeadlinesCard(context)
    qtbot.addWidget(card)
    card.refresh()
    assert card.isHidden()
    sick_leave.add_period(store, case, date(2026, 11, 1))
    second = cases.open_case(store, 1, "Ali", "Ek")
    sick_leave.add_period(store, second, BEGAN)
    far = cases.open_case(store, 1, "Bo", "Ask")
    sick_leave.add_period(store, far, date(2026, 11, 20))
    card.refresh()
    told = [(line.sentence, line.aside, line.aside_tone.value) for line in card._shown]
    assert told == [
        ("RF-2026-002: planen är inte besvarad.", "82 dagar försenad", "red"),
        ("RF-2026-001: planen är inte besvarad.", "8 dagar kvar", "amber"),
    ]
    assert card._shown[0].target == Target("cases", "case", second, "chain")
