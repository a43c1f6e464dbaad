"""The places of a case: registered, offered, answered, booked at once with reasons for those who wait; in the real window."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.prerehab import AttendanceMark, BookingState, BreakOffReason, PassOverReason
from rehabdesk.services import cases
from rehabdesk.services.prerehab import attendance, bookings, offers, waiting_list
from rehabdesk.services.prerehab.waiting_list import Registration
from rehabdesk.store.queries.prerehab import claims as queries
from rehabdesk.store.queries.prerehab import occasions as occasion_queries
from rehabdesk.store.tables.parties import Organisation, Party
from rehabdesk.ui.cases.page import CasesPage
from rehabdesk.ui.parts.basics import Link, Words
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.shell.main_window import MainWindow
from rehabdesk.ui.shell.rooms import Room
from rehabdesk.wording import shell as words
from tests.helpers.claims import make_claim, make_programme, make_round
from tests.helpers.hands import choose, fill, go_to, key, push, wait_for
from tests.helpers.keys import ALT, CTRL
from tests.helpers.people import keep, make_forum

TODAY = date(2026, 11, 22)
KEY = Qt.Key


@pytest.fixture
def forum(store):
    return make_forum(store)


@pytest.fixture
def programme(store, forum) -> int:
    return make_programme(store)


@pytest.fixture
def case(store, forum) -> int:
    return cases.open_case(store, forum.series, "Maria", "Sjö")


@pytest.fixture
def window(context, forum, qtbot):
    made = MainWindow(context, [Room("cases", words.CASES, CasesPage)])
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def places(window, case):
    window.navigate(Target("cases", "case", case, "places"))
    return window.page.case.face_of("places")


def told(card: QWidget) -> str:
    return " ".join(words.text() for words in card.findChildren(Words) if words.isVisible())


def of_case(store, case):
    return store.read(queries.of_case, case, TODAY)


def test_the_places_have_a_face_of_their_own_after_the_plan(window, case, programme):
    window.navigate(Target("cases", "case", case))
    key(KEY.Key_5, ALT)
    assert window.page.case.face == "places"


def test_without_a_programme_the_face_says_where_they_are_made(window, case):
    face = places(window, case)
    assert "rummet Prerehab" in told(face.register)
    assert not face.claims.isVisible() and not face.book.isVisible()


def test_she_is_put_on_the_list_with_who_asked_when_and_that_she_is_not_ready_yet(window, store, case, programme, forum):
    places(window, case)
    push("Anmäl till kön")
    fill("Frågat den", "9/11")
    fill("Aktualiserad av", "vårdcentralen")
    key(KEY.Key_Return)
    fill("Behovet i korthet", "Rutiner på morgonen")
    choose("Läge", "lämplig men inte redo än")
    key(KEY.Key_Return, CTRL)
    (claim,) = of_case(store, case)
    assert (claim.asked_on, claim.referrer_party_id, claim.need, claim.is_ready) == (date(2026, 11, 9), forum.clinic, "Rutiner på morgonen", False)
    card = window.page.case.face_of("places").claims
    wait_for(lambda: "Plats 1 i kön, har väntat 13 dagar sedan 9 november 2026." in told(card), "her place in the list")
    assert "inte redo än" in told(card)
    key(KEY.Key_Z, CTRL)
    assert of_case(store, case) == ()


def test_what_is_half_written_of_a_registration_stands_there_again(window, context, store, case, programme, qtbot):
    places(window, case)
    push("Anmäl till kön")
    fill("Behovet i korthet", "Rutiner")
    context.flushes.flush_all()
    again = MainWindow(context, [Room("cases", words.CASES, CasesPage)])
    qtbot.addWidget(again)
    face = places(again, case)
    face.register.begin.click()
    assert face.register.form.need.text() == "Rutiner"


def test_inside_her_case_a_sensitive_party_can_be_who_asked(window, store, case, programme):
    owner = keep(store, Organisation(name="Regionen psykiatri", name_sort="regionen", kind="region"))
    sensitive = keep(store, Party(organisation_id=owner, unit="", written="Psykiatrin Lidköping", name_sort="psykiatrin", kind="health_care", is_sensitive=True))
    places(window, case)
    push("Anmäl till kön")
    fill("Aktualiserad av", "psykia")
    key(KEY.Key_Return)
    key(KEY.Key_Return, CTRL)
    (claim,) = of_case(store, case)
    assert claim.referrer_party_id == sensitive
    # The list of all who wait does not tell it.
    (line,) = store.read(queries.waiting, programme, TODAY)
    assert (line.referrer, line.referrer_party_id) == ("", None)


def test_she_says_yes_on_her_own_page_and_it_can_be_taken_back(window, store, case, programme):
    round_ = make_round(store, programme, date(2027, 1, 12))
    offers.offer(store, waiting_list.register(store, programme, case), round_, answer_by=date(2026, 12, 1))
    face = places(window, case)
    assert "Plats 1 i Grön prerehab 1, 12 jan–4 mars. Svara senast 1 december 2026." in told(face.claims)
    go_to("Tackar ja: Grön prerehab")
    key(KEY.Key_Space)
    assert of_case(store, case)[0].state is BookingState.ACCEPTED
    key(KEY.Key_Z, CTRL)
    assert of_case(store, case)[0].state is BookingState.OFFERED


def test_a_place_at_once_asks_why_each_who_waits_is_passed_over(window, store, forum, case, programme):
    round_ = make_round(store, programme, date(2027, 1, 12))
    others = [cases.open_case(store, forum.series, name) for name in ("Ahmed", "Bo", "Cia")]
    waits = [waiting_list.register(store, programme, each, Registration(date(2026, 11, 1))) for each in others[:2]]
    waits.append(waiting_list.register(store, programme, others[2], Registration(date(2026, 11, 1), is_ready=False)))
    face = places(window, case)
    go_to("Boka: Grön prerehab 1")
    key(KEY.Key_Space)
    assert of_case(store, case) == ()
    shown = told(face.book)
    # By the number of the case alone; whoever is not ready needs no reason of the coordinator's.
    assert "RF-2026-002" in shown and "RF-2026-003" in shown and "RF-2026-004" not in shown and "Ahmed" not in shown
    choose("Varför förbigången: Samma för alla", "någon annan hade större behov")
    key(KEY.Key_Return, CTRL)
    (claim,) = of_case(store, case)
    assert (claim.state, claim.round_id) == (BookingState.ACCEPTED, round_)
    reasons = [store.read(queries.history, each).passed_over[0].reason for each in waits]
    assert reasons == [PassOverReason.GREATER_NEED, PassOverReason.GREATER_NEED, PassOverReason.NOT_READY]


def test_reasons_half_written_for_a_place_at_once_stand_there_again(window, context, store, forum, case, programme, qtbot):
    make_round(store, programme, date(2027, 1, 12))
    for name in ("Ahmed", "Bo"):
        waiting_list.register(store, programme, cases.open_case(store, forum.series, name), Registration(date(2026, 11, 1)))
    places(window, case)
    go_to("Boka: Grön prerehab 1")
    key(KEY.Key_Space)
    choose("Varför förbigången: Samma för alla", "någon annan hade större behov")
    context.flushes.flush_all()
    again = MainWindow(context, [Room("cases", words.CASES, CasesPage)])
    qtbot.addWidget(again)
    rounds = places(again, case).book.rounds
    next(link for link in rounds.findChildren(Link) if link.words == "Boka").click()
    assert rounds.passed._all.reason.value is PassOverReason.GREATER_NEED
    rounds.confirm.click()
    assert of_case(store, case)[0].state is BookingState.ACCEPTED and rounds.passed.kept.text() == ""


def test_a_round_that_cannot_be_had_is_greyed_with_the_reason(window, store, forum, case, programme):
    round_ = make_round(store, programme, date(2027, 1, 12), places=1)
    other = cases.open_case(store, forum.series, "Ahmed")
    offers.accept(store, _offered(store, programme, other, round_))
    face = places(window, case)
    assert "fullt" in told(face.book)
    assert not [link for link in face.book.findChildren(Link) if link.words == "Boka" and link.isVisible()]


def test_what_she_was_passed_over_for_is_told_by_the_number_of_the_other_case(window, store, forum, case, programme):
    round_ = make_round(store, programme, date(2027, 1, 12))
    waiting_list.register(store, programme, case, Registration(date(2026, 11, 1), is_ready=False))
    other = cases.open_case(store, forum.series, "Ahmed", "Al-Sayed")
    _offered(store, programme, other, round_)
    shown = told(places(window, case).claims)
    assert "Förbigången av RF-2026-002 i Grön prerehab 1: lämplig men inte redo än" in shown
    assert "Ahmed" not in shown


def test_she_is_taken_off_the_list_with_a_reason_on_her_own_page(window, store, case, programme):
    waiting_list.register(store, programme, case)
    face = places(window, case)
    go_to("Stryk: Grön prerehab")
    key(KEY.Key_Space)
    key(KEY.Key_Return, CTRL)
    assert "Välj varför." in told(face.claims)
    choose("Orsak", "egen önskan")
    key(KEY.Key_Return, CTRL)
    assert of_case(store, case)[0].state is BookingState.REMOVED
    wait_for(lambda: "Struken ur kön 22 november 2026: egen önskan." in told(face.claims), "the end of it")


def test_her_share_is_told_and_a_mistake_put_right_on_her_own_page(window, store, clock, case, programme):
    round_ = make_round(store, programme, date(2026, 11, 3), places=2)
    claim = make_claim(store, round_, case, 1, BookingState.STARTED)
    days = store.read(occasion_queries.of_round, round_)[:4]
    for one, how in zip(days, (AttendanceMark.ATTENDED, AttendanceMark.LATE, AttendanceMark.VALID_ABSENCE), strict=False):
        attendance.mark(store, one.id, claim, how)
        attendance.hold_occasion(store, one.id)
    face = places(window, case)
    assert "Kom till 2 av 3 halvdagar som hölls." in told(face.claims)
    attendance.hold_occasion(store, days[3].id)
    wait_for(lambda: "Kom till 2 av 4 halvdagar som hölls. 1 inte markerad." in told(face.claims), "one that is not marked")
    go_to("Har inte startat: Grön prerehab")
    key(KEY.Key_Space)
    assert "närvaro noterad vid 3 tillfällen" in face.claims.problem.text()
    bookings.break_off(store, claim, date(2026, 11, 12), BreakOffReason.OTHER, "Fick annat")
    wait_for(lambda: "Slutade 12 november" in told(face.claims), "that she stopped")
    go_to("Rätta sista dag eller skäl: Grön prerehab")
    key(KEY.Key_Space)
    assert face.claims.mend.text.text() == "Fick annat"
    choose("Skäl", "egen önskan")
    key(KEY.Key_Return)
    (row,) = of_case(store, case)
    assert (row.break_off_reason, row.ends_on) == (BreakOffReason.OWN_WISH, date(2026, 11, 12))
    wait_for(lambda: face.claims.mend.isHidden(), "the form put away")
    go_to("Deltar fortfarande: Grön prerehab")
    key(KEY.Key_Space)
    assert of_case(store, case)[0].state is BookingState.STARTED
    key(KEY.Key_Z, CTRL)
    assert of_case(store, case)[0].state is BookingState.BROKEN_OFF


def _offered(store, programme, case, round_) -> int:
    claim = waiting_list.register(store, programme, case, Registration(date(2026, 11, 2)))
    offers.offer(store, claim, round_, answer_by=date(2026, 12, 1))
    return claim
