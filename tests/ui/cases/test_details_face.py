"""How a case came and how it ended, what to think of, and the form for a new one: by keyboard, in the real window."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from rehabdesk.domain.cases import BroughtBy, CaseText, ClosingReason, FollowUpOutcome, GoalsOutcome, RepresentativeKind
from rehabdesk.domain.identity import LegalSex
from rehabdesk.services import cases, closing, sick_leave
from rehabdesk.services.prerehab import bookings, waiting_list
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import circumstances as needs_queries
from rehabdesk.store.queries import follow_ups as follow_up_queries
from rehabdesk.ui.cases.list_view import CaseFilter
from rehabdesk.ui.cases.page import CasesPage
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.shell.main_window import MainWindow
from rehabdesk.ui.shell.page import Page
from rehabdesk.ui.shell.rooms import Room
from rehabdesk.ui.today.page import TodayPage
from rehabdesk.wording import shell as words
from tests.helpers.claims import make_programme, make_round
from tests.helpers.keys import CTRL, press, type_text
from tests.helpers.people import make_forum

TODAY = date(2026, 11, 22)
KEY = Qt.Key


class OtherPage(Page):
    """Somewhere else in the window."""


@pytest.fixture
def forum(store):
    return make_forum(store)


@pytest.fixture
def window(context, forum, qtbot):
    rooms = [Room("today", words.TODAY, TodayPage), Room("cases", words.CASES, CasesPage), Room("forum", words.FORUM, OtherPage)]
    made = MainWindow(context, rooms)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.navigate(Target("cases"))
    return made


@pytest.fixture
def page(window) -> CasesPage:
    return window.page


def details(window, case):
    window.navigate(Target("cases", "case", case, "details"))
    return window.page.case.face_of("details")


def tab_to(widget: QWidget, most: int = 80) -> None:
    """Press Tab until the widget has the focus."""
    for _ in range(most):
        if QApplication.focusWidget() is widget:
            return
        press(None, KEY.Key_Tab)
    raise AssertionError(f"Tab never came to {widget.accessibleName()!r}")


def named(window, name: str) -> QWidget:
    return next(w for w in window.findChildren(QWidget) if w.accessibleName() == name and w.isVisible())


def test_a_new_case_says_who_brought_it_on_which_form_and_why(window, page, store, forum):
    press(window, KEY.Key_N, CTRL)
    type_text(None, "Åsa\tÖberg\t")
    tab_to(page.new.bringer)
    press(None, KEY.Key_Down)
    press(None, KEY.Key_Down)
    assert page.new.bringer.currentText() == "Lena Borg, enhetschef · Vara kommun, HR"
    tab_to(page.new.arrived.line)
    type_text(None, "20/11\t")
    type_text(None, "Sjuk sedan augusti\tVad behövs i januari?")
    press(window, KEY.Key_Return, CTRL)
    case = store.read(case_queries.cases, TODAY)[0]
    kept = store.read(case_queries.background, case.id)
    assert (kept.brought_by, kept.contact, kept.party) == (BroughtBy.PARTY, "Lena Borg", "Vara kommun, HR")
    assert (kept.referral_arrived_on, kept.why_now, kept.question) == (date(2026, 11, 20), "Sjuk sedan augusti", "Vad behövs i januari?")


def test_another_participants_name_is_underlined_in_why_now_and_in_the_question(window, store, forum):
    case = cases.open_case(store, forum.series, "Maria", "Sjö")
    cases.open_case(store, forum.series, "Johan", "Ekegren")
    card = details(window, case).background
    for key in (CaseText.WHY_NOW, CaseText.QUESTION):
        assert not card.names_told[key].isVisible()
        card.fields[key].setFocus()
        type_text(None, "Som Johan Ekegren, inte Maria Sjö")
        assert [(mark.start, mark.end) for mark in card.fields[key].underlines] == [(4, 17)]
        assert "kan vara deltagaren i RF-2026-002" in card.names_told[key].text() and card.names_told[key].isVisible()


def test_what_is_half_written_of_a_new_case_stands_there_again(window, page, store, qtbot):
    press(window, KEY.Key_N, CTRL)
    type_text(None, "Åsa\tÖberg\t")
    window.navigate(Target("forum"))
    # A window made anew on the same vault, as after a lock.
    again = MainWindow(window.context, [Room("cases", words.CASES, CasesPage)])
    qtbot.addWidget(again)
    again.navigate(Target("cases", face="new"))
    assert (again.page.new.given_name.text(), again.page.new.surname.text()) == ("Åsa", "Öberg")
    again.page.new.empty.click()
    assert again.page.new.given_name.text() == ""
    again.navigate(Target("cases"))
    again.navigate(Target("cases", face="new"))
    assert again.page.new.given_name.text() == ""


def test_somebody_who_comes_back_gets_a_new_case_under_her_own_name(window, page, store, forum, qtbot):
    known = cases.open_case(store, forum.series, "Maria", "Strandberg", opened_on=date(2026, 1, 5))
    closing.close_case(store, known, ClosingReason.BACK_AT_WORK, date(2026, 3, 1))
    press(window, KEY.Key_N, CTRL)
    type_text(None, "maria\tstrandberg\t")
    qtbot.waitUntil(
        lambda: any("avslutades 2026-03-01" in w.text() for w in page.new.findChildren(QWidget) if w.isVisible() and hasattr(w, "text"))
    )
    tab_to(named(window, "Det är samma person: RF-2026-001"))
    press(None, KEY.Key_Space)
    assert not page.new.given_name.isEnabled()
    press(window, KEY.Key_Return, CTRL)
    rows = store.read(case_queries.cases, TODAY)
    assert len(rows) == 2 and len({row.participant_id for row in rows}) == 1 and rows[0].full_name == "Maria Strandberg"


def test_under_protected_identity_no_workplace_is_offered(window, page, store, forum):
    press(window, KEY.Key_N, CTRL)
    page.new.protected.click()
    assert not page.new.contact.isVisible() and not page.new.identity.isVisible()
    offered = [page.new.bringer.itemText(place) for place in range(page.new.bringer.count())]
    assert not any("Vara kommun, HR" in words_ for words_ in offered) and any("Försäkringskassan" in words_ for words_ in offered)


def test_what_to_think_of_is_written_once_and_stands_on_the_overview(window, store, forum, qtbot):
    case = cases.open_case(store, forum.series, "Maria", "Berg")
    face = details(window, case)
    tab_to(face.needs.do_not_ring)
    press(None, KEY.Key_Space)
    tab_to(face.needs.fields["interpreter_language"])
    type_text(None, "arabiska\t")
    tab_to(face.needs.add_helper)
    press(None, KEY.Key_Space)
    assert QApplication.focusWidget() is face.needs.helper.kind
    press(None, KEY.Key_Tab)
    press(window, KEY.Key_Return, CTRL)
    assert "Skriv namnet" in face.needs.helper.form.frame("name").problem.text()
    type_text(None, "Karin Ek\t0512-310 00")
    press(window, KEY.Key_Return, CTRL)
    kept = store.read(needs_queries.of_case, case)
    assert kept.do_not_ring and kept.interpreter_language == "arabiska"
    assert [(one.kind, one.name) for one in kept.representatives] == [(RepresentativeKind.GUARDIAN, "Karin Ek")]
    window.navigate(Target("cases", "case", case))
    said = [w.text() for w in window.page.case.face_of("overview").circumstances.findChildren(QWidget) if w.isVisible() and hasattr(w, "text")]
    for told in ("Ring inte", "Tolk: arabiska", "God man: Karin Ek, 0512-310 00"):
        assert told in said


def test_before_a_case_is_closed_it_is_told_what_ends_with_it_and_a_place_begun_has_to_end_first(window, store, forum, clock):
    case = cases.open_case(store, forum.series, "Maria", "Berg", opened_on=date(2026, 1, 5))
    programme = make_programme(store)
    waiting_list.register(store, programme, case)
    face = details(window, case)
    tab_to(face.closing.close_it)
    press(None, KEY.Key_Space)
    assert face.closing.open_claims.text() == "När ärendet avslutas slutar det här också: Grön prerehab, anmäld."
    face.closing.step_back()
    claim = bookings.book(store, case, make_round(store, programme, clock.today()))
    bookings.start(store, claim)
    tab_to(face.closing.close_it)
    press(None, KEY.Key_Space)
    said = "Deltagaren har startat i Grön prerehab 1. Ange först hur det slutade där."
    assert face.closing.open_claims.text() == said
    face.closing.reason.set_value(ClosingReason.BACK_AT_WORK)
    tab_to(face.closing.confirm)
    press(None, KEY.Key_Space)
    assert face.closing.form.frame("closing_reason").problem.text() == said
    assert store.read(case_queries.case, case, clock.today()).closed_on is None


def test_a_case_is_closed_with_its_goals_and_asked_about_on_idag(window, store, forum, qtbot, clock):
    case = cases.open_case(store, forum.series, "Maria", "Berg", opened_on=date(2026, 1, 5))
    face = details(window, case)
    tab_to(face.closing.close_it)
    press(None, KEY.Key_Space)
    face.closing.reason.set_value(ClosingReason.BACK_AT_WORK)
    face.closing.goals.set_value(GoalsOutcome.PARTLY)
    face.closing.closed_on.set_day(date(2026, 5, 22))
    tab_to(face.closing.confirm)
    press(None, KEY.Key_Space)
    assert store.read(case_queries.background, case).goals_outcome is GoalsOutcome.PARTLY
    first, second = store.read(follow_up_queries.of_case, case)
    assert (first.due_on, second.due_on) == (TODAY, date(2027, 5, 22))
    window.navigate(Target("today"))
    today = window.page.follow_ups
    assert today.isVisible()
    tab_to(named(window, "Svara: RF-2026-001, 6 månader efter avslutet"))
    press(None, KEY.Key_Space)
    press(window, KEY.Key_Return, CTRL)
    assert today.asking.form.frame("outcome").problem.text() == "Välj hur det gick."
    press(None, KEY.Key_Down)
    press(window, KEY.Key_Return, CTRL)
    assert store.read(follow_up_queries.of_case, case)[0].outcome is FollowUpOutcome.IN_WORK
    qtbot.waitUntil(lambda: not today.isVisible())


def test_late_plans_are_a_filter_of_their_own(window, page, store, forum, qtbot):
    late = cases.open_case(store, forum.series, "Maria", "Berg", opened_on=date(2026, 8, 10))
    cases.open_case(store, forum.series, "Ahmed", opened_on=date(2026, 8, 10))
    sick_leave.add_period(store, late, date(2026, 8, 3), None)
    qtbot.waitUntil(lambda: len(page.list.table.rows_model.rows) == 2)
    page.list.filters.setCurrentIndex(tuple(CaseFilter).index(CaseFilter.PLAN_LATE))
    assert [row.id for row in page.list.table.rows_model.rows] == [late]


def test_legal_sex_is_asked_for_where_no_number_tells_it(window, page, store, forum, qtbot):
    case = cases.open_case(store, forum.series, "Maria")
    face = details(window, case)
    card = face.details
    tab_to(card.sex)
    assert "kvinnor och män" in card.sex.accessibleDescription()
    press(None, KEY.Key_Down)
    assert store.read(case_queries.case, case, TODAY).legal_sex is LegalSex.WOMAN
    tab_to(card.identity.line)
    type_text(None, "900602-2397\t")
    assert store.read(case_queries.case, case, TODAY).legal_sex is LegalSex.MAN
    qtbot.waitUntil(lambda: not card.sex.isVisible())
    tab_to(card.identity.remove)
    press(None, KEY.Key_Space)
    qtbot.waitUntil(card.sex.isVisible)
    assert card.sex.value is LegalSex.MAN
