"""The consent face by keyboard: who may know what, forms on their way, statistics apart, withdrawal with what was handed out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from rehabdesk.domain.consent import FormState, HowGiven, InformationKind
from rehabdesk.domain.hand_outs import HandOutState, ReaderKind
from rehabdesk.domain.papers import PaperKind
from rehabdesk.services import cases, consent, drafts
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import consent as queries
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.ui.cases.page import CasesPage
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.shell.main_window import MainWindow
from rehabdesk.ui.shell.rooms import Room
from rehabdesk.wording import shell as words
from tests.helpers.keys import ALT, CTRL, SHIFT, press, type_text
from tests.helpers.people import make_copy, make_forum

TODAY = date(2026, 11, 22)
NEXT_YEAR = date(2027, 11, 21)
KEY = Qt.Key
SICK, ABILITY, MEASURES = InformationKind.SICK_LEAVE, InformationKind.WORK_ABILITY, InformationKind.PLANNED_MEASURES


@pytest.fixture
def forum(store):
    return make_forum(store)


@pytest.fixture
def case(store, forum):
    return cases.open_case(store, forum.series, "Maria", "Berg")


@pytest.fixture
def window(context, forum, qtbot):
    made = MainWindow(context, [Room("cases", words.CASES, CasesPage)])
    qtbot.addWidget(made)
    made.resize(1280, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def face(window, case):
    """The face of the case, come to as one does: the case, then Alt+2."""

    def turned():
        window.navigate(Target("cases", "case", case))
        press(window, KEY.Key_2, ALT)
        assert window.target == Target("cases", "case", case, "consent")
        return window.page.case.face_of("consent")

    return turned


def focus() -> QWidget | None:
    return QApplication.focusWidget()


def tab_to(widget: QWidget, most: int = 80) -> None:
    """Press Tab until the widget has the focus."""
    for _ in range(most):
        if focus() is widget:
            return
        press(None, KEY.Key_Tab)
    raise AssertionError(f"Tab never came to {widget.accessibleName()!r}")


def shown(within: QWidget, name: str) -> list[QWidget]:
    return [w for w in within.findChildren(QWidget) if w.accessibleName() == name and w.isVisible()]


def test_a_consent_is_given_by_kinds_with_the_keyboard_alone(window, face, store, forum, case, qtbot):
    card = face().consent
    assert focus() is card.give and card.standing.text() == "saknas"
    press(None, KEY.Key_Return)
    grid = card.giving.grid
    first = grid.boxes[grid._order[0], SICK]
    assert focus() is first
    press(None, KEY.Key_Space)
    press(None, KEY.Key_Right)
    press(None, KEY.Key_Space)
    press(None, KEY.Key_Down)
    press(None, KEY.Key_Right)
    assert focus() is grid.boxes[grid._order[1], MEASURES]
    press(None, KEY.Key_Space)
    card.giving.valid_until.line.setFocus()
    card.giving.valid_until.line.selectAll()
    type_text(None, "2027-12-24")
    press(window, KEY.Key_Return, CTRL)
    assert card.giving.form.frame("valid_until").problem.text() == "Ett samtycke gäller högst ett år, här till 2027-11-22."
    assert first.isChecked()
    card.giving.valid_until.line.selectAll()
    type_text(None, "31/3")
    tab_to(card.giving.interpreter)
    type_text(None, "Ali, arabiska")
    press(window, KEY.Key_Return, CTRL)
    rows = {row.party_id: row for row in store.read(queries.consents, (case,))}
    assert rows[grid._order[0]].kinds == {SICK, ABILITY} and rows[grid._order[1]].kinds == {MEASURES}
    one = rows[grid._order[1]]
    assert (one.valid_until, one.interpreter, one.how_given, one.text_version) == (date(2027, 3, 31), "Ali, arabiska", HowGiven.PAPER, "2026-1")
    assert one.purpose == "Samordnat stöd för att må bättre och för att kunna arbeta."
    qtbot.waitUntil(lambda: card.standing.text() == "samtycke till 2027-03-31")
    assert focus() is card.give and not card.giving.isVisible()
    told = [w.accessibleName() for w in card.grid.findChildren(QWidget)]
    assert sum("ja, till och med 31 mars 2027" in text for text in told) == 3 and sum(text.endswith(": nej") for text in told) == 7


def test_what_was_said_aloud_needs_its_note(window, face, store, forum, case):
    card = face().consent
    card.give.click()
    giving = card.giving
    assert not giving.note.isVisible()
    giving.grid.rows[forum.hr].click()
    giving.how.set_value(HowGiven.ORAL)
    giving.how.changed.emit(HowGiven.ORAL)
    press(window, KEY.Key_Return, CTRL)
    assert giving.form.frame("note").problem.text() == "Skriv när det sades, och till vem."
    assert focus() is giving.note
    type_text(None, "I telefon 20/11 till Karin")
    press(window, KEY.Key_Return, CTRL)
    row = store.read(queries.consents, (case,))[0]
    assert row.kinds == frozenset(InformationKind) and row.note == "I telefon 20/11 till Karin"


def test_nothing_ticked_is_said_beside_the_grid(window, face, store, case):
    card = face().consent
    press(None, KEY.Key_Return)
    press(window, KEY.Key_Return, CTRL)
    assert card.giving.form.frame("parties").problem.text() == "Välj minst en part."
    press(window, KEY.Key_Escape)
    assert not card.giving.isVisible() and store.read(queries.consents, (case,)) == ()


def test_among_many_parties_one_is_found_by_typing(window, face, store, forum, case, qtbot):
    for number in range(3):
        make_forum(store, slug=f"forum-{number}")
    consent.give(store, case, [forum.clinic], TODAY, TODAY)
    card = face().consent
    giving = card.giving
    card.give.click()
    assert focus() is giving.grid.narrow
    assert giving.grid._order[0] == forum.clinic
    giving.grid.boxes[forum.hr, MEASURES].setChecked(True)
    type_text(None, "försäkr")
    qtbot.waitUntil(lambda: sum(link.isVisible() for link in giving.grid.rows.values()) == 5)
    press(None, KEY.Key_Down)
    assert focus() is giving.grid.boxes[forum.insurance, SICK]
    press(None, KEY.Key_Space)
    giving.confirm.click()
    assert {row.party_id for row in store.read(queries.consents, (case,))} == set(forum.parties)


def test_a_withdrawal_tells_what_was_handed_out_and_is_never_done_by_a_held_key(window, face, store, forum, case, qtbot):
    consent.give(store, case, [forum.hr, forum.insurance], TODAY, NEXT_YEAR)
    make_copy(store, case, forum.hr, HandOutState.WAITING)
    make_copy(store, case, forum.hr, HandOutState.GIVEN)
    card = face().consent
    tab_to(card.withdraw_all)
    press(None, KEY.Key_Space)
    said = f"{card.question.heading.text()} {card.question.words.text()}"
    for words_of_it in ("Vara kommun, HR", "Försäkringskassan", "kan inte ångras", "1 utskrift", "1 part har redan fått papper"):
        assert words_of_it in said
    assert card.question.handed_out.accessibleName() == "2026-11-22 · Vara kommun, HR · Utdrag"
    assert focus() is card.question.cancel
    press(window, KEY.Key_Escape)
    assert not card.question.isVisible()
    card.focus_first()
    press(None, KEY.Key_Down)
    link = focus()
    assert link in card.grid.links.values() and link.accessibleName() == "Återkalla: Vara kommun, HR"
    press(None, KEY.Key_Space)
    press(None, KEY.Key_Tab, SHIFT)
    assert focus() is card.question.confirm
    press(None, KEY.Key_Space)
    rows = {row.party_id: row.withdrawn_on for row in store.read(queries.consents, (case,))}
    assert rows == {forum.hr: TODAY, forum.insurance: None}
    assert card.notice.words.text() == "Samtycket är återkallat. 1 väntande utskrift är makulerad. 1 meddelande väntar på utskrift."
    assert card.notice.handed_out.accessibleName() == "2026-11-22 · Vara kommun, HR · Utdrag"
    assert focus() is card.notice.print
    press(None, KEY.Key_Return)
    queued = [row for row in store.read(hand_out_queries.of_case, case) if row.paper is PaperKind.HAND_OUTS]
    assert [(row.reader, row.state) for row in queued] == [(ReaderKind.PARTICIPANT, HandOutState.WAITING)]
    press(window, KEY.Key_Escape)
    assert not card.notice.isVisible() and focus() is card.give
    qtbot.waitUntil(lambda: not card.withdraw_all.isVisible())


def test_a_form_is_sent_waits_comes_back_and_is_registered(window, face, store, forum, case, clock, qtbot):
    forms = face().forms
    tab_to(forms.send)
    press(None, KEY.Key_Return)
    assert focus() is forms.sending.sent_to and forms.sending.sent_to.text() == "Maria Berg"
    type_text(None, "Maria, med posten")
    press(None, KEY.Key_Return)
    form = store.read(queries.forms, case)[0]
    assert (form.state, form.sent_to, form.sent_on, form.language, form.text_version) == (FormState.SENT, "Maria, med posten", TODAY, "sv", "2026-1")
    papers = [row for row in store.read(hand_out_queries.of_case, case) if row.paper is PaperKind.CONSENT]
    assert [(row.reader, row.language) for row in papers] == [(ReaderKind.PARTICIPANT, "sv")]
    qtbot.waitUntil(lambda: bool(shown(forms, "Den är mottagen: Maria, med posten")))
    shown(forms, "Den är mottagen: Maria, med posten")[0].click()
    assert store.read(queries.forms, case)[0].state is FormState.WAITING
    qtbot.waitUntil(lambda: not shown(forms, "Den är mottagen: Maria, med posten"))
    qtbot.waitUntil(lambda: bool(shown(forms, "Den är tillbaka: Maria, med posten")))
    shown(forms, "Den är tillbaka: Maria, med posten")[0].click()
    giving = window.page.case.face_of("consent").consent.giving
    assert giving.isVisible() and giving.paper.value == form.id
    giving.grid.boxes[forum.hr, MEASURES].setChecked(True)
    press(window, KEY.Key_Return, CTRL)
    row = store.read(queries.consents, (case,))[0]
    assert (row.form_id, row.text_version) == (form.id, "2026-1")
    assert store.read(queries.forms, case)[0].back_on == TODAY


def test_the_day_a_form_came_back_is_typed_with_today_proposed(window, face, store, forum, case, qtbot):
    form = consent.send_form(store, case, "Maria", "sv", "2026-1", TODAY - timedelta(days=6))
    forms = face().forms
    line = forms.days[form].field.line
    assert line.text() == "2026-11-22" and line.accessibleName() == "Vilken dag: Maria"
    for typed, told in (
        ("2026-11-15", "Den kan inte komma tillbaka innan den skickades."),
        ("2026-11-23", "Den dagen har inte varit än."),
        ("", "Det här går inte att läsa som ett datum. Skriv till exempel 15/12 eller 2026-12-15."),
    ):
        line.setFocus()
        line.selectAll()
        press(None, KEY.Key_Delete)
        type_text(None, typed)
        shown(forms, "Den är tillbaka: Maria")[0].click()
        assert forms.days[form].problem.text() == told and line.text() == typed and focus() is line
    assert store.read(queries.forms, case)[0].state is FormState.SENT
    type_text(None, "20/11")
    other = consent.send_form(store, case, "Ombudet", "sv", "2026-1")
    qtbot.waitUntil(lambda: other in forms.days)
    assert forms.days[form].field.line.text() == "20/11", "another form's news lose nothing"
    qtbot.waitUntil(lambda: bool(shown(forms, "Den är tillbaka: Maria")))
    shown(forms, "Den är tillbaka: Maria")[0].click()
    assert [row.back_on for row in store.read(queries.forms, case)] == [None, date(2026, 11, 20)]
    assert not window.page.case.face_of("consent").consent.giving.back_on.isVisible()


def test_registering_a_form_that_is_still_out_asks_when_it_came_back(window, face, store, forum, case):
    consent.send_form(store, case, "Maria", "sv", "2026-1", TODAY - timedelta(days=6))
    card = face().consent
    card.give.click()
    giving = card.giving
    giving.grid.boxes[forum.hr, MEASURES].setChecked(True)
    assert giving.back_on.isVisible() and giving.back_on.day == TODAY
    giving.back_on.line.setFocus()
    giving.back_on.line.selectAll()
    type_text(None, "15/11")
    press(window, KEY.Key_Return, CTRL)
    assert giving.form.frame("on").problem.text() == "Den kan inte komma tillbaka innan den skickades."
    assert store.read(queries.consents, (case,)) == ()
    giving.back_on.line.selectAll()
    type_text(None, "18/11")
    press(window, KEY.Key_Return, CTRL)
    assert store.read(queries.forms, case)[0].back_on == date(2026, 11, 18)


def test_a_half_filled_registration_survives_a_lock(context, window, face, store, forum, case, qtbot):
    card = face().consent
    card.give.click()
    card.giving.grid.boxes[forum.hr, MEASURES].click()
    card.giving.grid.boxes[forum.clinic, SICK].click()
    card.giving.valid_until.line.setFocus()
    card.giving.valid_until.line.selectAll()
    type_text(None, "31/3")
    tab_to(card.giving.interpreter)
    type_text(None, "Ali")
    assert context.flushes.flush_all()
    # A window made anew on the same vault, as after a lock.
    made = MainWindow(context, [Room("cases", words.CASES, CasesPage)])
    qtbot.addWidget(made)
    made.show()
    made.navigate(Target("cases", "case", case, "consent"))
    anew = made.page.case.face_of("consent").consent
    anew.give.click()
    giving = anew.giving
    assert giving.grid.kinds == {forum.hr: {MEASURES}, forum.clinic: {SICK}}
    assert (giving.valid_until.day, giving.interpreter.text()) == (date(2027, 3, 31), "Ali")
    anew.step_back()
    anew.give.click()
    assert giving.grid.kinds == {forum.hr: {MEASURES}, forum.clinic: {SICK}}
    giving.confirm.click()
    assert len(store.read(queries.consents, (case,))) == 2
    anew.give.click()
    assert giving.grid.kinds == {} and giving.interpreter.text() == "" and giving.valid_until.day == NEXT_YEAR
    assert giving.purpose.toPlainText().startswith("Samordnat stöd")
    assert context.flushes.flush_all() and store.read(drafts.draft, f"consent:{case}") == {}


def test_another_participants_name_in_the_purpose_is_said(window, face, store, forum, case):
    other = cases.open_case(store, forum.series, "Johan", "Ekegren")
    number = next(row.number for row in store.read(case_queries.cases, TODAY) if row.id == other)
    card = face().consent
    card.give.click()
    assert not card.giving.names_told.isVisible()
    card.giving.purpose.setPlainText("Som för Johan Ekegren, inte Maria Berg")
    assert card.giving.names_told.text() == f"”Johan Ekegren” kan vara deltagaren i {number}." and card.giving.names_told.isVisible()


def test_nothing_is_printed_when_the_sending_cannot_be_noted(window, face, store, case):
    forms = face().forms
    forms.send.click()
    forms.sending.sent_to.clear()
    forms.sending.sent_on.line.selectAll()
    forms.sending.sent_on.line.setFocus()
    type_text(None, "2027-01-01\t")
    forms.sending.confirm.click()
    assert forms.sending.form.frame("sent_to").problem.text() == "Skriv vem blanketten skickades till."
    assert forms.sending.form.frame("sent_on").problem.text() == "Den dagen har inte varit än."
    assert store.read(hand_out_queries.of_case, case) == () and store.read(queries.forms, case) == ()
    assert forms.sending.sent_on.line.text() == "2027-01-01"


def test_statistics_has_a_card_of_its_own(window, face, store, case, qtbot):
    card = face().statistics
    assert "inte sagt ja" in card.words.text()
    tab_to(card.give)
    press(None, KEY.Key_Return)
    assert store.read(queries.statistics, case).is_given
    assert store.read(queries.consents, (case,)) == ()
    qtbot.waitUntil(lambda: "får räknas med" in card.words.text())
    assert focus() is card.withdraw
    press(None, KEY.Key_Return)
    assert store.read(queries.statistics, case).withdrawn_on == TODAY


def test_the_overview_shows_the_grid_and_leads_to_the_face(window, store, forum, case, clock):
    consent.register(store, case, {forum.hr: frozenset({SICK, MEASURES}), forum.insurance: frozenset({SICK})}, consent.Terms(TODAY, NEXT_YEAR))
    consent.send_form(store, case, "Maria Berg", "sv", "2026-1", TODAY - timedelta(days=20))
    window.navigate(Target("cases", "case", case))
    card = window.page.case.face_of("overview").consent
    names = {w.accessibleName() for w in card.findChildren(QWidget)}
    assert "Vara kommun, HR, planerade åtgärder: ja, till och med 21 november 2027" in names
    assert "Försäkringskassan, planerade åtgärder: nej" in names
    told = " ".join(w.text() for w in card.findChildren(QWidget) if hasattr(w, "text"))
    assert "till Maria Berg" in told and "20 dagar" in told
    tab_to(card.open)
    press(None, KEY.Key_Return)
    assert window.target == Target("cases", "case", case, "consent")


def test_everything_the_keyboard_reaches_has_a_name(window, face, store, forum, case):
    consent.give(store, case, [forum.hr, forum.insurance], TODAY, NEXT_YEAR)
    consent.send_form(store, case, "Maria", "sv", "2026-1")
    whole = face()

    def nameless() -> list[QWidget]:
        return [
            widget for widget in whole.findChildren(QWidget)
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.accessibleName()
            and not widget.objectName().startswith("qt_")
        ]

    assert nameless() == []
    whole.consent.give.click()
    whole.forms.send.click()
    assert nameless() == []
    press(window, KEY.Key_Escape)
    press(window, KEY.Key_Escape)
    whole.consent.withdraw_all.click()
    assert nameless() == []
