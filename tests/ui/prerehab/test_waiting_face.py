"""The waiting list of a programme, by keyboard in the real window: put on, made ready, moved with a reason, offered, taken off."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QScrollArea, QWidget

from rehabdesk.domain.prerehab import CHOSEN_REASONS, BookingState, PassOverReason
from rehabdesk.services import cases
from rehabdesk.services.prerehab import offers, waiting_list
from rehabdesk.services.prerehab.waiting_list import Registration
from rehabdesk.store.queries.prerehab import claims as queries
from rehabdesk.store.tables.parties import Organisation, Party
from rehabdesk.ui.parts.basics import Words
from rehabdesk.ui.parts.rows_model import RowsModel
from rehabdesk.ui.prerehab.page import PrerehabPage
from rehabdesk.ui.prerehab.waiting_model import waiting_columns, waiting_lines
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.shell.main_window import MainWindow
from rehabdesk.ui.shell.page import Page
from rehabdesk.ui.shell.rooms import Room
from rehabdesk.wording import shell as words
from tests.helpers.claims import make_programme, make_round
from tests.helpers.hands import choose, fill, go_to, key, push, wait_for
from tests.helpers.keys import ALT, CTRL, type_text
from tests.helpers.people import keep, make_forum

TODAY = date(2026, 11, 22)
KEY = Qt.Key
PEOPLE = (("Maria", "Sjö"), ("Ahmed", "Al-Sayed"), ("Bo", "Ek"), ("Åsa", "Öberg"))


class OtherPage(Page):
    """Where one comes when a case is opened."""


@pytest.fixture
def forum(store):
    return make_forum(store)


@pytest.fixture
def programme(store, forum) -> int:
    return make_programme(store)


@pytest.fixture
def case_ids(store, forum) -> list[int]:
    return [cases.open_case(store, forum.series, *name) for name in PEOPLE]


@pytest.fixture
def waiting(store, programme, case_ids) -> list[int]:
    """The first three wait, since the first, second and third of November."""
    return [
        waiting_list.register(store, programme, case, Registration(date(2026, 11, day), need="Rutiner"))
        for day, case in enumerate(case_ids[:3], start=1)
    ]


@pytest.fixture
def window(context, programme, qtbot):
    made = MainWindow(context, [Room("prerehab", words.PREREHAB, PrerehabPage), Room("cases", words.CASES, OtherPage)])
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def face(window, programme):
    """The list of the programme; whoever is put on it comes before, in `waiting`."""
    return open_face(window)


def open_face(window):
    window.navigate(Target("prerehab", "", None, "waiting"))
    return window.page.overview.face_of("waiting")


def told(widget: QWidget) -> str:
    return " ".join(words.text() for words in widget.findChildren(Words) if words.isVisible())


def order(store, programme) -> list[str]:
    return [row.case_number[-3:] for row in store.read(queries.waiting, programme, TODAY)]


def test_an_empty_list_says_what_it_is_for_and_begins_with_a_key(window, face, store, programme, case_ids):
    assert face.table._empty.isVisible() and face.add_button.hasFocus()
    key(KEY.Key_N, CTRL)
    type_text(None, "al-say")
    key(KEY.Key_Return)
    fill("Frågat den", "9/11")
    fill("Aktualiserad av", "sin chef")
    fill("Behovet i korthet", "Rutiner på morgonen")
    key(KEY.Key_Return, CTRL)
    (claim,) = store.read(queries.waiting, programme, TODAY)
    assert (claim.case_id, claim.asked_on, claim.referrer, claim.need) == (case_ids[1], date(2026, 11, 9), "sin chef", "Rutiner på morgonen")
    assert face.table.hasFocus() and face.form.isHidden()
    row = face.table.rows_model.rows[0]
    cells = {column.key: column.text(row) for column in face.table.rows_model.columns}
    assert (cells["place"], cells["who"], cells["asked"], cells["waited"], cells["ready"]) == (
        "1", "RF-2026-002 Ahmed A.", "2026-11-09", "13 dagar", "redo",
    )  # fmt: skip
    key(KEY.Key_Z, CTRL)
    assert order(store, programme) == []


def test_whoever_is_not_found_is_told_beside_the_field_and_nothing_typed_is_lost(face, case_ids):
    key(KEY.Key_N, CTRL)
    type_text(None, "Nobody")
    fill("Behovet i korthet", "Rutiner")
    key(KEY.Key_Return, CTRL)
    assert face.form.form.frame("case_id").problem.text() == "Välj vems ärende det är: nummer eller namn, sedan Enter."
    assert (face.form.case.words, face.form.need.text()) == ("Nobody", "Rutiner")
    assert face.form.case.line.hasFocus()
    key(KEY.Key_Escape)
    assert face.form.isHidden() and face.table.hasFocus()
    key(KEY.Key_N, CTRL)
    assert (face.form.case.words, face.form.need.text()) == ("Nobody", "Rutiner")


def test_what_is_half_written_survives_a_lock(window, context, face, case_ids, qtbot):
    key(KEY.Key_N, CTRL)
    fill("Behovet i korthet", "Rutiner")
    context.flushes.flush_all()
    again = MainWindow(context, [Room("prerehab", words.PREREHAB, PrerehabPage)])
    qtbot.addWidget(again)
    other = open_face(again)
    other.add_button.click()
    assert other.form.need.text() == "Rutiner"


def test_what_stands_about_her_is_changed_and_unchanged_is_no_draft(window, waiting, store, programme, face):
    go_to("Kö")
    key(KEY.Key_Return)
    assert (face.form.need.text(), face.form.asked_on.day) == ("Rutiner", date(2026, 11, 1))
    choose("Läge", "lämplig men inte redo än")
    fill("Redo från", "1/2 2027")
    key(KEY.Key_Return, CTRL)
    row = store.read(queries.waiting, programme, TODAY)[0]
    assert (row.need, row.is_ready, row.ready_from) == ("Rutiner", False, date(2027, 2, 1))
    wait_for(lambda: "redo från 1 feb" in told(face.about), "her readiness")


def test_ready_or_not_is_one_key_and_one_step_back(waiting, store, programme, face):
    push("Inte redo än")
    assert not store.read(queries.waiting, programme, TODAY)[0].is_ready
    wait_for(lambda: face.ready_button.words == "Redo nu", "the other way")
    key(KEY.Key_Z, CTRL)
    assert store.read(queries.waiting, programme, TODAY)[0].is_ready


def test_moved_up_she_passes_others_who_have_the_reason_on_file(waiting, store, programme, face):
    face.table.choose(waiting[2])
    face.table.setFocus()
    key(KEY.Key_Up, ALT)
    assert not face.move.isHidden() and order(store, programme) == ["001", "002", "003"]
    key(KEY.Key_Return, CTRL)
    assert face.move.form.frame("reason").problem.text() == "Välj varför."
    choose("Orsak", "annat skäl")
    key(KEY.Key_Return, CTRL)
    assert face.move.form.frame("passed").problem.isVisible()
    fill("Med ord, där det behövs", "Omgången passar hennes tider")
    key(KEY.Key_Return, CTRL)
    assert order(store, programme) == ["001", "003", "002"]
    (passed,) = store.read(queries.history, waiting[1]).passed_over
    assert (passed.reason, passed.text, passed.for_case_number) == (PassOverReason.OTHER, "Omgången passar hennes tider", "RF-2026-003")
    face.table.choose(waiting[1])
    wait_for(lambda: "Förbigången i kön av RF-2026-003: annat skäl. Omgången passar hennes tider" in told(face.about), "why")
    key(KEY.Key_Z, CTRL)
    assert order(store, programme) == ["001", "002", "003"]
    assert store.read(queries.history, waiting[1]).passed_over == ()


def test_taken_off_with_a_reason(waiting, store, programme, face):
    go_to("Kö")
    key(KEY.Key_Delete)
    choose("Orsak", "egen önskan")
    key(KEY.Key_Return, CTRL)
    assert order(store, programme) == ["002", "003"]
    assert store.read(queries.claim, waiting[0], TODAY).state is BookingState.REMOVED


def test_a_free_place_is_offered_from_the_list_to_whoever_is_first(waiting, store, programme, window):
    round_ = make_round(store, programme, date(2027, 1, 12), places=2)
    face = open_face(window)
    assert "Kommande omgångar: 2 platser = 0 bokade + 0 erbjudna + 2 lediga" in told(face)
    go_to("Kö")
    key(KEY.Key_E, CTRL)
    assert face.offer.answer_by.day == date(2026, 12, 2)
    key(KEY.Key_Return, CTRL)
    claim = store.read(queries.claim, waiting[0], TODAY)
    assert (claim.state, claim.round_id, claim.answer_by) == (BookingState.OFFERED, round_, date(2026, 12, 2))
    wait_for(lambda: "2 platser = 0 bokade + 1 erbjuden + 1 ledig" in told(face), "the sum")


def test_who_is_on_the_list_again_because_her_offer_had_run_out_is_told(waiting, store, clock, programme, window):
    round_ = make_round(store, programme, date(2027, 1, 12), places=1)
    offers.offer(store, waiting[0], round_, answer_by=date(2026, 11, 23))
    clock.move(days=3)
    face = open_face(window)
    face.table.choose(waiting[1])
    go_to("Kö")
    key(KEY.Key_E, CTRL)
    key(KEY.Key_Return, CTRL)
    wait_for(lambda: store.read(queries.claim, waiting[1], clock.today()).state is BookingState.OFFERED, "the offer")
    said = window.context.messages.said[-1].sentence
    assert "Erbjudandet till RF-2026-001 hade gått ut: i kön igen." in said
    assert store.read(queries.claim, waiting[0], clock.today()).state is BookingState.REGISTERED


def test_out_of_turn_each_who_is_passed_over_has_a_reason_first(waiting, store, programme, window):
    make_round(store, programme, date(2027, 1, 12), places=2)
    face = open_face(window)
    face.table.choose(waiting[2])
    go_to("Kö")
    key(KEY.Key_E, CTRL)
    key(KEY.Key_Return, CTRL)
    assert store.read(queries.claim, waiting[2], TODAY).state is BookingState.REGISTERED
    assert "RF-2026-001 Maria S." in told(face.offer) and "RF-2026-002 Ahmed A." in told(face.offer)
    # Nobody who is ready is passed over as one who is not: what is plain from the list comes by itself, and is not chosen.
    line_ = face.offer.passed._lines[waiting[0]].reason
    assert line_._values == [None, *CHOSEN_REASONS]
    choose("Varför förbigången: RF-2026-001 Maria S.", "vill vänta")
    key(KEY.Key_Return, CTRL)
    assert "RF-2026-002" in told(face.offer) and not face.offer.isHidden()
    choose("Varför förbigången: RF-2026-002 Ahmed A.", "annat skäl")
    fill("Med ord: RF-2026-002 Ahmed A.", "Kan inte före påsk")
    key(KEY.Key_Return, CTRL)
    assert store.read(queries.claim, waiting[2], TODAY).state is BookingState.OFFERED
    reasons = [(row.reason, row.text) for each in waiting[:2] for row in store.read(queries.history, each).passed_over]
    assert reasons == [(PassOverReason.OWN_WISH, ""), (PassOverReason.OTHER, "Kan inte före påsk")]


def test_reasons_that_are_half_written_stand_there_when_one_comes_back(waiting, store, programme, window):
    make_round(store, programme, date(2027, 1, 12), places=2)
    face = open_face(window)
    face.table.choose(waiting[2])
    go_to("Kö")
    key(KEY.Key_E, CTRL)
    key(KEY.Key_Return, CTRL)
    choose("Varför förbigången: RF-2026-002 Ahmed A.", "annat skäl")
    fill("Med ord: RF-2026-002 Ahmed A.", "Kan inte")
    key(KEY.Key_Escape)
    assert face.offer.isHidden()
    # Another's offer begins empty, and hers is as it was left.
    face.table.choose(waiting[1])
    key(KEY.Key_E, CTRL)
    key(KEY.Key_Return, CTRL)
    assert not face.offer.passed.passed
    key(KEY.Key_Escape)
    face.table.choose(waiting[2])
    key(KEY.Key_E, CTRL)
    key(KEY.Key_Return, CTRL)
    assert [(each.reason, each.text) for each in face.offer.passed.passed.values()] == [(PassOverReason.OTHER, "Kan inte")]


def test_an_offer_that_came_to_nothing_is_told_on_the_list(waiting, store, clock, programme, window):
    round_ = make_round(store, programme, date(2027, 1, 12))
    offers.offer(store, waiting[0], round_, answer_by=date(2026, 11, 23))
    clock.move(days=3)
    offers.lapse(store, waiting[0])
    face = open_face(window)
    row = face.table.rows_model.rows[0]
    tried = next(column for column in face.table.rows_model.columns if column.key == "tried")
    assert (row.id, tried.text(row)) == (waiting[0], "1 erbjudande, inget svar i tid 25 nov")


def test_who_asked_is_not_told_on_the_list_where_the_party_is_sensitive_and_stays_when_another_thing_is_changed(
    store, forum, programme, case_ids, window
):
    owner = keep(store, Organisation(name="Regionen", name_sort="regionen", kind="region"))
    sensitive = keep(store, Party(organisation_id=owner, unit="", written="Psykiatrin", name_sort="psykiatrin", kind="health_care", is_sensitive=True))
    claim = waiting_list.register(store, programme, case_ids[0], Registration(date(2026, 11, 1), sensitive, "överläkaren"))
    face = open_face(window)
    go_to("Kö")
    key(KEY.Key_Return)
    assert not face.form.form.frame("referrer").isVisible()
    fill("Behovet i korthet", "Rutiner")
    key(KEY.Key_Return, CTRL)
    row = store.read(queries.claim, claim, TODAY)
    assert (row.need, row.referrer_party_id, row.referrer_text) == ("Rutiner", sensitive, "överläkaren")
    key(KEY.Key_N, CTRL)
    assert "Psykiatrin" not in dict(face.form.referrer._choices).values()
    assert "Psykiatrin" not in told(face)


def test_under_protected_identity_the_number_stands_alone(store, forum, programme, window):
    case = cases.open_case(store, forum.series, "Alias", "Aliasson", is_protected=True)
    waiting_list.register(store, programme, case)
    face = open_face(window)
    row = face.table.rows_model.rows[0]
    assert next(column for column in face.table.rows_model.columns if column.key == "who").text(row) == "RF-2026-001"
    assert "Alias" not in told(face)


def test_the_case_is_opened_on_its_places(waiting, window, face, case_ids):
    face.about.opens.click()
    assert window.target == Target("cases", "case", case_ids[0], "places")


def test_the_model_of_the_list_keeps_qts_rules(store, texts, waiting, programme, qapp):
    model = RowsModel(waiting_columns(texts, lambda: TODAY))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    claims = store.read(queries.waiting, programme, TODAY)
    model.set_rows(waiting_lines(claims, {}))
    model.set_rows(waiting_lines(claims[::-1], {}))
    model.set_rows(waiting_lines(claims[1:], {}))
    assert [line.place for line in model.rows] == [1, 2]
    assert tester.model() is model


@pytest.mark.parametrize("size", ((1280, 800), (1024, 768), (960, 540)), ids=str)
def test_the_list_asks_for_no_larger_window(window, waiting, store, programme, size, qtbot):
    make_round(store, programme, date(2027, 1, 12))
    face = open_face(window)
    face.table.choose(waiting[2])
    for form in ("add_button", "offer_button"):
        getattr(face, form).click()
        window.resize(*size)
        qtbot.wait(30)
        assert (window.width(), window.height()) == size
        sideways = [area.horizontalScrollBar().maximum() for area in face.findChildren(QScrollArea) if area.isVisible()]
        assert sideways and not any(sideways)
        assert face.table.horizontalScrollBar().maximum() == 0
