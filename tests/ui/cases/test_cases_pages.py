"""The room of cases by keyboard, in the real window, on the real store."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import text

from rehabdesk.domain.cases import ClosingReason
from rehabdesk.domain.forum import ItemState, SeriesKind, SessionState
from rehabdesk.domain.hand_outs import HandOutState
from rehabdesk.services import cases, closing, consent
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.tables.forum import Action
from rehabdesk.ui.cases.list_view import CaseFilter
from rehabdesk.ui.cases.page import CasesPage
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.shell.main_window import MainWindow
from rehabdesk.ui.shell.page import Page
from rehabdesk.ui.shell.rooms import Room
from rehabdesk.wording import shell as words
from tests.helpers.keys import ALT, CTRL, SHIFT, press, type_text
from tests.helpers.people import keep, make_copy, make_forum, make_item, make_session

TODAY = date(2026, 11, 22)
NUMBER = "900602-2397"
KEY = Qt.Key


class OtherPage(Page):
    """Somewhere else in the window."""


@pytest.fixture
def forum(store):
    return make_forum(store)


@pytest.fixture
def window(context, forum, qtbot):
    rooms = [Room("cases", words.CASES, CasesPage), Room("forum", words.FORUM, OtherPage), Room("settings", words.SETTINGS, OtherPage)]
    made = MainWindow(context, rooms)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.went = []
    made.navigated.connect(made.went.append)
    made.navigate(Target("cases"))
    return made


@pytest.fixture
def page(window) -> CasesPage:
    return window.page


def listed(page) -> list[str]:
    return [row.case.given_name for row in page.list.table.rows_model.rows]


def the_case(store, case_id):
    return store.read(case_queries.case, case_id, store.clock.today())


def focus() -> QWidget | None:
    return QApplication.focusWidget()


def tab_to(widget: QWidget, most: int = 60) -> None:
    """Press Tab until the widget has the focus."""
    for _ in range(most):
        if focus() is widget:
            return
        press(None, KEY.Key_Tab)
    raise AssertionError(f"Tab never came to {widget.accessibleName()!r}")


def readings(store) -> int:
    return store.read(lambda c: c.execute(text("SELECT count(*) FROM log_entry WHERE kind = 'case_read'")).scalar())


def test_a_case_is_opened_by_keyboard_from_an_empty_list(window, page, store, qtbot):
    assert page.list.table.rows_model.rowCount() == 0
    press(window, KEY.Key_N, CTRL)
    assert focus() is page.new.given_name
    type_text(None, "Åsa\tÖberg\t")
    type_text(None, NUMBER)
    tab_to(page.new.contact)
    press(None, KEY.Key_Down)
    assert page.new.contact.currentText() == "Lena Borg, enhetschef · Vara kommun, HR"
    press(window, KEY.Key_Return, CTRL)
    row = store.read(case_queries.cases, TODAY)[0]
    assert (row.number, row.full_name, row.last_four, row.employer_contact) == ("RF-2026-001", "Åsa Öberg", "2397", "Lena Borg")
    assert page.header.title == "RF-2026-001 Åsa Ö."
    assert page.case.case.id == row.id
    press(window, KEY.Key_Escape)
    assert page.header.title == "Ärenden"
    qtbot.waitUntil(lambda: listed(page) == ["Åsa"])


def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_lost(window, page, store):
    press(window, KEY.Key_N, CTRL)
    tab_to(page.new.identity)
    type_text(None, "900602-2398")
    press(window, KEY.Key_Return, CTRL)
    assert page.new.form.frame("identity_number").problem.text() == "Sista siffran i personnumret stämmer inte. Kontrollera numret."
    assert page.new.identity.text() == "900602-2398"
    page.new.identity.clear()
    press(window, KEY.Key_Return, CTRL)
    assert page.new.form.frame("given_name").problem.text() == "Deltagaren behöver ett förnamn."
    assert focus() is page.new.given_name
    press(window, KEY.Key_Escape)
    assert page.header.title == "Ärenden"
    assert store.read(case_queries.cases, TODAY) == ()


def test_a_known_person_is_told_before_the_case_is_opened(window, page, store, forum, qtbot):
    known = cases.open_case(store, forum.series, "Maria", "Strandberg")
    press(window, KEY.Key_N, CTRL)
    type_text(None, "maria\tstrandberg\t")
    link = next(w for w in page.new.findChildren(QWidget) if w.accessibleName() == "Titta på RF-2026-001")
    qtbot.waitUntil(link.isVisible)
    link.click()
    assert page.case.case.id == known


def test_the_list_is_filtered_and_searched_without_any_sensitive_fact(window, page, store, forum, qtbot):
    maria = cases.open_case(store, forum.series, "Maria", "Strandberg", opened_on=date(2026, 9, 1))
    ahmed = cases.open_case(store, forum.series, "Ahmed", "Al-Khatib", opened_on=date(2026, 9, 2))
    for name, closed in (("Ewa", date(2026, 10, 1)), ("Sonja", date(2025, 10, 1))):
        case = cases.open_case(store, forum.series, name, opened_on=date(2025, 9, 2))
        closing.close_case(store, case, ClosingReason.BACK_AT_WORK, closed)
    make_item(store, forum, make_session(store, forum, date(2026, 11, 24)), ahmed, forum.hr)
    board = make_forum(store, kind=SeriesKind.STEERING_GROUP, slug="styrgrupp")
    make_session(store, board, date(2026, 11, 23))
    assert store.read(case_queries.open_count) == 2
    qtbot.waitUntil(lambda: listed(page) == ["Ahmed", "Maria"])
    press(window, KEY.Key_F, CTRL)
    assert focus() is page.list.search
    press(None, KEY.Key_Tab, SHIFT)
    assert focus() is page.list.filters
    seen = {}
    for chosen in CaseFilter:
        seen[chosen] = listed(page)
        press(None, KEY.Key_Right)
    assert seen == {
        CaseFilter.MINE: ["Ahmed", "Maria"],
        CaseFilter.NEXT_SESSION: ["Ahmed"],
        CaseFilter.PLAN_LATE: [],
        CaseFilter.CLOSED_THIS_YEAR: ["Ewa"],
        CaseFilter.ALL: ["Ahmed", "Maria", "Sonja", "Ewa"],
    }
    press(window, KEY.Key_F, CTRL)
    type_text(None, "STRAND mar")
    assert listed(page) == ["Maria"]
    press(None, KEY.Key_Down)
    press(None, KEY.Key_Return)
    assert window.target == Target("cases", "case", maria)
    press(window, KEY.Key_Escape)
    page.list.search.setText("2026-002")
    assert listed(page) == ["Ahmed"]
    page.list.search.setText("Vara")
    assert listed(page) == []


def test_the_consent_of_each_case_is_a_word_and_a_day(window, page, store, forum, qtbot):
    for name, span in (
        ("Maria", (date(2026, 4, 1), date(2027, 3, 31))),
        ("Ahmed", (date(2026, 6, 1), date(2026, 12, 1))),
        ("Ewa", (date(2025, 6, 1), date(2026, 5, 31))),
        ("Per", None),
    ):
        case = cases.open_case(store, forum.series, name)
        if span:
            consent.give(store, case, [forum.hr], *span)
    withdrawn = cases.open_case(store, forum.series, "Sonja")
    consent.give(store, withdrawn, [forum.hr], TODAY, TODAY)
    consent.withdraw(store, withdrawn)
    qtbot.waitUntil(lambda: len(listed(page)) == 5)
    model = page.list.table.rows_model
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    last = model.columnCount() - 1
    said = {row.case.given_name: model.index(place, last).data() for place, row in enumerate(model.rows)}
    assert said == {
        "Maria": "samtycke till 2027-03-31", "Ahmed": "går ut 1 dec", "Ewa": "gick ut 2026-05-31", "Per": "saknas",
        "Sonja": "återkallat 2026-11-22",
    }
    tester.deleteLater()


def test_the_identity_number_is_masked_until_asked_for_and_that_is_logged(window, page, store, forum):
    case = cases.open_case(store, forum.series, "Maria", "Strandberg", NUMBER)
    window.navigate(Target("cases", "case", case))
    assert page.case.mask.number.text() == "••••••-2397"
    assert readings(store) == 1
    shown = "SELECT count(*) FROM log_entry WHERE kind = 'identity_number_shown'"
    assert not any("900602" in widget.text() for widget in window.findChildren(type(page.case.mask.number)))
    page.case.mask.toggle.setFocus()
    press(None, KEY.Key_Space)
    assert page.case.mask.number.text() == NUMBER
    assert store.read(lambda c: c.execute(text(shown)).scalar()) == 1
    window.navigate(Target("forum"))
    window.step_back()
    assert page.case.mask.number.text() == "••••••-2397"


def test_the_fields_save_by_themselves_and_say_what_is_wrong(window, page, store, forum, qtbot):
    case = cases.open_case(store, forum.series, "Maria", "Berg")
    window.navigate(Target("cases", "case", case, "details"))
    details = page.case.face_of("details").details
    assert focus() is details.fields["given_name"]
    press(None, KEY.Key_Tab)
    press(None, KEY.Key_A, CTRL)
    type_text(None, "Åkesson\t")
    assert the_case(store, case).surname == "Åkesson"
    qtbot.waitUntil(lambda: page.header.title == "RF-2026-001 Maria Å.")
    assert focus() is details.identity.line
    type_text(None, "19\t")
    assert "ÅÅMMDD-NNNN" in details.form.frame("identity_number").problem.text()
    details.identity.line.setFocus()
    details.identity.line.clear()
    type_text(None, NUMBER + "\t")
    assert the_case(store, case).last_four == "2397"
    assert details.identity.line.text() == "" and not details.form.frame("identity_number").problem.text()
    tab_to(details.opened.line)
    press(None, KEY.Key_A, CTRL)
    type_text(None, "1/9\t")
    assert the_case(store, case).opened_on == date(2026, 9, 1)
    tab_to(details.print_size)
    press(None, KEY.Key_Down)
    assert the_case(store, case).print_size == 14
    tab_to(details.protected)
    press(None, KEY.Key_Space)
    assert not details.protected.isChecked() and not the_case(store, case).is_protected
    assert "Ta bort numret först" in details.form.frame("identity_number").problem.text()


def test_undo_reaches_the_fields(window, page, store, forum, qtbot):
    case = cases.open_case(store, forum.series, "Maria", "Berg")
    window.navigate(Target("cases", "case", case, "details"))
    field = page.case.face_of("details").details.fields["kept_where"]
    field.setFocus()
    type_text(None, "Arkiv 3\t")
    assert the_case(store, case).kept_where == "Arkiv 3"
    page.case.face_of("details").closing.close_it.setFocus()
    press(None, KEY.Key_Z, CTRL)
    qtbot.waitUntil(lambda: field.text() == "")
    window.undo()
    qtbot.waitUntil(lambda: page.header.title == "Ärenden")
    assert store.read(case_queries.cases, TODAY) == ()


def test_a_case_is_put_on_the_next_planned_agenda(window, page, store, forum):
    case = cases.open_case(store, forum.series, "Maria", "Berg")
    consent.give(store, case, [forum.hr, forum.insurance], TODAY, date(2027, 11, 21))
    window.navigate(Target("cases", "case", case))
    said = window.context.messages
    press(window, KEY.Key_D, CTRL)
    assert said.said[-1].sentence.startswith("Inget möte är planerat")
    make_session(store, forum, date(2026, 11, 10), 1)
    later = make_session(store, forum, date(2026, 12, 15), 3)
    nearest = make_session(store, forum, date(2026, 11, 24), 2)
    press(window, KEY.Key_D, CTRL)
    items = store.read(agenda_queries.agenda, nearest, TODAY)
    assert [(item.case_id, {party.party_id for party in item.called}) for item in items] == [(case, {forum.hr, forum.insurance})]
    assert said.said[-1].sentence == "RF-2026-001 står nu på dagordningen den 24 november 2026."
    press(window, KEY.Key_D, CTRL)
    assert "redan" in said.said[-1].sentence
    assert store.read(agenda_queries.agenda, later, TODAY) == ()
    said.said[-1].action.do()
    assert window.target == Target("forum", "session", nearest, "agenda")


def test_without_consent_it_goes_on_without_a_name_and_says_so(window, page, store, forum):
    case = cases.open_case(store, forum.series, "Maria", "Berg")
    make_session(store, forum, date(2026, 11, 24))
    window.navigate(Target("cases", "case", case))
    press(window, KEY.Key_D, CTRL)
    assert "konsultation utan namn" in window.context.messages.said[-1].sentence


def test_a_case_is_closed_with_a_reason_and_opened_again(window, page, store, forum, qtbot):
    case = cases.open_case(store, forum.series, "Maria", "Berg", opened_on=date(2026, 9, 1))
    window.navigate(Target("cases", "case", case, "details"))
    card = page.case.face_of("details").closing
    tab_to(card.close_it)
    press(None, KEY.Key_Space)
    assert focus() is card.reason
    tab_to(card.confirm)
    press(None, KEY.Key_Space)
    assert card.form.frame("closing_reason").problem.text() == "Välj varför ärendet avslutas."
    press(None, KEY.Key_Down)
    tab_to(card.confirm)
    press(None, KEY.Key_Space)
    assert the_case(store, case).closing_reason is ClosingReason.BACK_AT_WORK
    qtbot.waitUntil(lambda: card.said.text() == "Avslutat 22 november 2026: åter i arbete.")
    assert not page.agenda_button.isVisible()
    assert focus() is card.reopen
    press(None, KEY.Key_Space)
    qtbot.waitUntil(lambda: card.said.text() == "Öppet sedan 1 september 2026.")


def test_an_unused_case_is_removed_and_a_used_one_has_no_such_button(window, page, store, forum, qtbot):
    case = cases.open_case(store, forum.series, "Maria", "Berg")
    window.navigate(Target("cases", "case", case, "details"))
    assert page.case.face_of("details").closing.remove.isVisible()
    consent.give(store, case, [forum.hr], TODAY, TODAY)
    qtbot.waitUntil(lambda: not page.case.face_of("details").closing.remove.isVisible())
    unused = cases.open_case(store, forum.series, "Ahmed")
    window.navigate(Target("cases", "case", unused, "details"))
    tab_to(page.case.face_of("details").closing.remove)
    press(None, KEY.Key_Space)
    qtbot.waitUntil(lambda: page.header.title == "Ärenden")
    assert [told.sentence for told in window.context.messages.said].count("Ärendet är borttaget.") == 1
    qtbot.waitUntil(lambda: listed(page) == ["Maria"])


def test_what_surrounds_a_case_is_told_and_its_meetings_open(window, page, store, forum):
    case = cases.open_case(store, forum.series, "Maria", "Berg", opened_on=date(2026, 9, 1))
    held = make_session(store, forum, date(2026, 10, 27), state=SessionState.HELD)
    make_item(store, forum, held, case, forum.hr, state=ItemState.FINISHED)
    make_copy(store, case, forum.hr, HandOutState.GIVEN, session=held)
    for what, due in (("Skicka underlag", date(2026, 11, 10)), ("Boka möte", None)):
        keep(store, Action(series_id=forum.series, case_id=case, party_id=forum.hr, what=what, due_on=due, created_on=date(2026, 10, 27)))
    window.navigate(Target("cases", "case", case))
    overview = page.case.face_of("overview")
    actions = [(row.what, row.who, row.due, row.status) for row in overview.actions.table.rows_model.rows]
    assert actions == [
        ("Skicka underlag", "Vara kommun, HR", "2026-11-10", "försenad"), ("Boka möte", "Vara kommun, HR", "inget datum", "planerad"),
    ]
    assert overview.actions.aside.text() == "2 öppna, 1 försenad"
    events = [(line.day, line.head, line.words) for line in overview.timeline.table.rows_model.rows]
    assert ("22 nov", "Utlämnat", "Utdrag för en part: Vara kommun, HR") in events and ("1 sep", "Ärendet öppnat", "") in events
    tab_to(overview.timeline.table)
    for _ in range(len(events)):
        if overview.timeline.table.current_row.head == "Forum":
            break
        press(None, KEY.Key_Down)
    press(None, KEY.Key_Return)
    assert window.target == Target("forum", "session", held, "minutes")
    press(window, KEY.Key_Left, ALT)
    assert window.target == Target("cases", "case", case)


def test_escape_goes_back_to_the_list_from_a_case_reached_from_elsewhere(window, page, store, forum):
    case = cases.open_case(store, forum.series, "Maria", "Berg")
    window.navigate(Target("forum"))
    window.navigate(Target("cases", "case", case))
    press(window, KEY.Key_Escape)
    assert page.header.title == "Ärenden"
    press(window, KEY.Key_Escape)
    assert window.target == Target("forum")


def test_everything_the_keyboard_reaches_has_a_name(window, page, store, forum):
    case = cases.open_case(store, forum.series, "Maria", "Berg", NUMBER, forum.manager)
    consent.give(store, case, [forum.hr, forum.insurance], TODAY, date(2027, 11, 21))

    def nameless() -> list[QWidget]:
        return [
            widget for widget in page.findChildren(QWidget)
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.accessibleName()
            and not widget.objectName().startswith("qt_")
        ]

    assert nameless() == []
    press(window, KEY.Key_N, CTRL)
    assert nameless() == []
    window.navigate(Target("cases", "case", case))
    assert nameless() == []
    window.navigate(Target("cases", "case", case, "details"))
    page.case.face_of("details").closing.close_it.click()
    assert nameless() == []
