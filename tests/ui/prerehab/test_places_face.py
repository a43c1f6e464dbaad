"""The places of a round by keyboard, in a real window on the real store."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel

from rehabdesk.domain.prerehab import BookingState, BreakOffReason, PassOverReason, RemovalReason
from rehabdesk.services import cases
from rehabdesk.services.forum import agenda, sessions
from rehabdesk.services.forum.sessions import SessionPlan
from rehabdesk.services.prerehab import bookings, occasions, offers, waiting_list
from rehabdesk.services.prerehab.waiting_list import Registration
from rehabdesk.store.queries.prerehab import claims as claim_queries
from rehabdesk.store.queries.prerehab import occasions as occasion_queries
from rehabdesk.store.queries.prerehab import places as place_queries
from rehabdesk.store.queries.prerehab import rounds as round_queries
from rehabdesk.ui.prerehab.places_face import PlacesFace
from rehabdesk.ui.prerehab.places_rows import Kind
from tests.helpers.claims import make_programme, make_round
from tests.helpers.forum import small_forum
from tests.helpers.keys import CTRL, press, type_text

KEY = Qt.Key
START = date(2026, 12, 8)
PEOPLE = ("Anna Ek", "Bo Dahl", "Cecilia Frid", "David Gran", "Eva Holm", "Frida Ivarsson")


@pytest.fixture
def forum(store):
    return small_forum(store, cases_count=1)


@pytest.fixture
def programme(store, forum):
    made = make_programme(store)
    for place, name in enumerate(PEOPLE):
        case = cases.open_case(store, forum.series_id, *name.split())
        waiting_list.register(store, made, case, Registration(asked_on=date(2026, 10, 1) + timedelta(days=place)))
    return made


@pytest.fixture
def round_id(store, programme):
    return make_round(store, programme, START, places=4, weeks=8)


@pytest.fixture
def face(context, store, round_id, shown):
    made = PlacesFace(context)
    shown(made, height=900)
    made.show_round(store.read(round_queries.round_of, round_id, context.clock.today()))
    made.focus_first()
    return made


def seen():
    """Let what was kept be read again."""
    QApplication.processEvents()


def waiting(store, programme):
    return store.read(claim_queries.waiting, programme, store.clock.today())


def claims(store, round_id):
    return {row.case_number: row for row in store.read(claim_queries.of_round, round_id, store.clock.today())}


def offer_next(store, round_id, programme, **given):
    first = next(row for row in waiting(store, programme))
    offers.offer(store, first.id, round_id, **given)
    seen()
    return first


def test_the_sum_holds_and_the_grid_passes_qts_model_tester(face, store, round_id, programme):
    tester = QAbstractItemModelTester(face.grid.places_model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert face.sum.text() == "4 platser = 0 bokade + 0 erbjudna + 4 lediga"
    offer_next(store, round_id, programme)
    assert face.sum.text() == "4 platser = 0 bokade + 1 erbjuden + 3 lediga"
    store.undo()
    seen()
    assert face.sum.text() == "4 platser = 0 bokade + 0 erbjudna + 4 lediga"
    assert face.grid.places_model.columnCount() == 8
    del tester


def test_a_cell_tells_its_place_its_claim_and_its_days(face, store, round_id, programme):
    offer_next(store, round_id, programme, answer_by=date(2026, 12, 3))
    model = face.grid.places_model
    told = model.data(model.index(0, 3), Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Plats 1: RF-2026-002 Anna E. · erbjuden, svar senast 3 dec, 8 dec–28 jan"
    assert model.data(model.index(1, 0)) == "ledig"
    assert model.headerData(0, Qt.Orientation.Horizontal) == "v. 50"
    assert model.headerData(2, Qt.Orientation.Vertical, Qt.ItemDataRole.AccessibleTextRole) == "Plats 3"


def test_enter_leads_to_who_is_next_and_enter_offers_her_the_place(face, store, round_id, programme):
    assert "RF-2026-002 står först i kön" in face.offer_pane.why.text()
    press(None, KEY.Key_Return)
    assert face.offer_pane.table.hasFocus()
    assert face.offer_pane.table.current_row.who == "RF-2026-002 Anna E."
    press(None, KEY.Key_Return)
    seen()
    row = claims(store, round_id)["RF-2026-002"]
    assert (row.state, row.place_number, row.answer_by) == (BookingState.OFFERED, 1, date(2026, 12, 2))
    assert face.grid.hasFocus() and face.grid.stretch.claim.case_number == "RF-2026-002"
    assert "Ctrl+Z" in face._context.messages.said[-1].sentence
    assert not face.claim_pane.isHidden()


def test_letters_offer_and_answer_from_the_grid(face, store, round_id, programme):
    type_text(None, "e")
    seen()
    type_text(None, "j")
    seen()
    assert claims(store, round_id)["RF-2026-002"].state is BookingState.ACCEPTED
    press(None, KEY.Key_F6)
    assert face.grid.line.id == 2
    type_text(None, "j")
    seen()
    assert claims(store, round_id)["RF-2026-003"].state is BookingState.ACCEPTED
    assert face.sum.text() == "4 platser = 2 bokade + 0 erbjudna + 2 lediga"


def test_the_letter_on_a_button_does_it_where_the_buttons_are_too(face, store, round_id, programme):
    offer_next(store, round_id, programme)
    seen()
    press(face.grid, KEY.Key_Return)
    button = face.claim_pane.buttons["J"]
    assert button.hasFocus()
    press(button, KEY.Key_F)
    line = face.claim_pane.answer_by.line
    assert line.hasFocus()
    press(line, KEY.Key_J)
    assert {row.state for row in claims(store, round_id).values()} == {BookingState.OFFERED}
    face.step_back()
    press(button, KEY.Key_J)
    assert {row.state for row in claims(store, round_id).values()} == {BookingState.ACCEPTED}


def test_whoever_is_passed_over_has_a_reason_asked_before(face, store, round_id, programme):
    press(None, KEY.Key_Return)
    press(None, KEY.Key_Down)
    press(None, KEY.Key_Down)
    assert face.offer_pane.passed.is_asking
    press(None, KEY.Key_Return)
    assert not claims(store, round_id)
    for line in face.offer_pane.passed._lines.values():
        line.reason.set_value(PassOverReason.OWN_WISH)
    press(face.offer_pane, KEY.Key_Return, CTRL)
    seen()
    chosen = claims(store, round_id)["RF-2026-004"]
    passed = store.read(claim_queries.history, chosen.id).went_before
    assert [(row.case_number, row.reason) for row in passed] == [
        ("RF-2026-002", PassOverReason.OWN_WISH), ("RF-2026-003", PassOverReason.OWN_WISH),
    ]


def test_walking_down_the_list_adds_one_line_and_leaves_those_there(face):
    passed = face.offer_pane.passed
    press(None, KEY.Key_Return)
    for _ in range(3):
        press(None, KEY.Key_Down)
    before, of_all = list(passed._lines.values()), passed._all
    before[0].reason.set_value(PassOverReason.OWN_WISH)
    press(None, KEY.Key_Down)
    assert list(passed._lines.values())[:3] == before and passed._all is of_all
    for _ in range(3):
        press(None, KEY.Key_Up)
    assert list(passed._lines.values()) == before[:1] and passed._all is None
    assert [one.reason for one in passed.passed.values()] == [PassOverReason.OWN_WISH]
    for _ in range(2):
        press(None, KEY.Key_Down)
    assert [line.reason.value for line in passed._lines.values()] == [PassOverReason.OWN_WISH, None, None]


def test_reasons_that_are_half_written_survive_a_lock(face, context, store, round_id, programme, qtbot):
    press(None, KEY.Key_Return)
    press(None, KEY.Key_Down)
    press(None, KEY.Key_Down)
    first = next(iter(face.offer_pane.passed._lines.values()))
    first.reason.set_value(PassOverReason.OTHER)
    first.text.setFocus()
    type_text(None, "Vill vänta")
    face.grid.choose(3)
    assert face.flush()
    again = PlacesFace(context)
    qtbot.addWidget(again)
    again.show()
    again.show_round(store.read(round_queries.round_of, round_id, context.clock.today()))
    again.offer_pane.table.choose(waiting(store, programme)[2].id)
    assert [(line.reason.value, line.text.text()) for line in again.offer_pane.passed._lines.values()] == [
        (PassOverReason.OTHER, "Vill vänta"), (None, ""),
    ]  # fmt: skip
    list(again.offer_pane.passed._lines.values())[1].reason.set_value(PassOverReason.OWN_WISH)
    again.offer_pane.offer()
    seen()
    assert claims(store, round_id)["RF-2026-004"].state is BookingState.OFFERED
    assert again.offer_pane.passed.kept.text() == ""


def test_no_is_final_and_an_offer_is_extended_reminded_of_and_taken_back(face, store, round_id, programme):
    first = offer_next(store, round_id, programme)
    type_text(None, "p")
    seen()
    assert claims(store, round_id)[first.case_number].reminded_on == store.clock.today()
    type_text(None, "f")
    assert face.claim_pane.open_form is not None
    type_text(None, "1/12\n")
    seen()
    assert claims(store, round_id)[first.case_number].answer_by == date(2026, 12, 1)
    assert face.grid.hasFocus()
    type_text(None, "t")
    type_text(None, "\n")
    assert "Skriv varför" in face.claim_pane.open_form.form.frame("text").problem.text()
    type_text(None, "Fel person\n")
    seen()
    assert waiting(store, programme)[0].case_number == first.case_number
    offer_next(store, round_id, programme)
    type_text(None, "n")
    type_text(None, "\n")
    seen()
    assert store.read(claim_queries.claim, first.id, store.clock.today()).state is BookingState.DECLINED
    assert first.case_number not in [row.case_number for row in waiting(store, programme)]


def test_an_expired_offer_is_seen_and_its_place_goes_to_somebody_else(face, store, round_id, programme, clock):
    first = offer_next(store, round_id, programme, answer_by=date(2026, 11, 25))
    clock.set(datetime(2026, 11, 26, 9, 0))
    face._desk.reload()
    assert face.sum.text() == "4 platser = 0 bokade + 0 erbjudna + 4 lediga"
    assert "svaret skulle ha kommit" in face.claim_pane.state.text()
    assert not face.claim_pane.buttons["K"].isHidden()
    face.grid.choose(4)
    for number in (1, 2):
        press(None, KEY.Key_F6)
        assert face.grid.line.id == number
    face.grid.choose(1)
    type_text(None, "e")
    assert face.offer_pane.table.hasFocus()
    press(None, KEY.Key_Return)
    seen()
    assert claims(store, round_id)["RF-2026-003"].place_number == 1
    assert waiting(store, programme)[0].case_number == first.case_number


def test_a_round_starts_somebody_breaks_off_and_a_late_start_fills_the_place(face, store, round_id, programme, clock):
    for _ in range(4):
        row = offer_next(store, round_id, programme)
        offers.accept(store, row.id)
    clock.set(datetime(2026, 12, 10, 9, 0))
    face._desk.reload()
    face.all_started.click()
    seen()
    assert {row.state for row in claims(store, round_id).values()} == {BookingState.STARTED}
    assert "4 bokade" in face.sum.text()
    face.grid.setFocus()
    face.grid.choose(2)
    type_text(None, "a")
    face.claim_pane.stop.last_day.write("2026-12-10")
    face.claim_pane.stop.reason.set_value(BreakOffReason.TRAVEL)
    face.claim_pane.open_form.button.click()
    seen()
    assert claims(store, round_id)["RF-2026-003"].state is BookingState.BROKEN_OFF
    assert [stretch.kind for stretch in face.grid.line.stretches] == [Kind.CLAIM, Kind.FREE]
    assert face.grid.hasFocus()
    press(None, KEY.Key_Right)
    assert face.offer_pane.starts_on.day == date(2026, 12, 15)
    type_text(None, "j")
    seen()
    late = claims(store, round_id)["RF-2026-006"]
    assert (late.state, late.place_number, late.starts_on) == (BookingState.ACCEPTED, 2, date(2026, 12, 15))
    assert face.grid.stretch.claim.case_number == "RF-2026-006"


def started(face, store, round_id, programme, clock):
    """Two on their places who have started, with the keyboard on the first."""
    for _ in range(2):
        offers.accept(store, offer_next(store, round_id, programme).id)
    clock.set(datetime(2026, 12, 10, 9, 0))
    bookings.start_all(store, round_id)
    seen()
    face._desk.reload()
    face.grid.choose(1)


def test_what_was_noted_by_mistake_is_put_right_by_its_letter(face, store, round_id, programme, clock):
    started(face, store, round_id, programme, clock)
    hers = next(row.id for row in claims(store, round_id).values() if row.place_number == 1)
    bookings.break_off(store, hers, date(2026, 12, 9), BreakOffReason.OTHER, "Fick annat")
    seen()
    face.grid.choose(1)
    assert [letter for letter, button in face.claim_pane.buttons.items() if not button.isHidden()] == ["V", "R"]
    type_text(None, "r")
    mend = face.claim_pane.mend
    assert (mend.last_day.day, mend.reason.value, mend.text.text()) == (date(2026, 12, 9), BreakOffReason.OTHER, "Fick annat")
    for written, told in (("2026-12-11", "har inte kommit än"), ("", "Skriv sista dagen"), ("2026-12-01", "dagen före")):
        mend.last_day.write(written)
        mend.button.click()
        # One sentence: beside the line, or beneath it.
        assert (told in mend.last_day._read_back.text()) is not (told in mend.form.frame("last_day").problem.text())
    mend.last_day.write("2026-12-10")
    mend.reason.set_value(BreakOffReason.TRAVEL)
    mend.button.click()
    seen()
    row = store.read(claim_queries.claim, hers, clock.today())
    assert (row.ends_on, row.break_off_reason, face.grid.hasFocus()) == (date(2026, 12, 10), BreakOffReason.TRAVEL, True)
    type_text(None, "v")
    seen()
    row = store.read(claim_queries.claim, hers, clock.today())
    assert (row.state, row.ends_on, row.break_off_reason) == (BookingState.STARTED, date(2027, 1, 28), None)
    type_text(None, "i")
    seen()
    assert store.read(claim_queries.claim, hers, clock.today()).state is BookingState.ACCEPTED
    assert "Ctrl+Z" in face._context.messages.said[-1].sentence


def test_a_mistake_that_cannot_be_put_right_is_said_in_the_pane(face, store, round_id, programme, clock):
    started(face, store, round_id, programme, clock)
    hers = next(row for row in claims(store, round_id).values() if row.place_number == 1)
    bookings.break_off(store, hers.id, date(2026, 12, 9), BreakOffReason.TRAVEL)
    other = offer_next(store, round_id, programme, place_number=1)
    face.grid.choose(1)
    assert face.grid.stretch.claim.booking_id == hers.id
    type_text(None, "v")
    assert other.case_number in face.claim_pane.problem.text()
    assert store.read(claim_queries.claim, hers.id, clock.today()).state is BookingState.BROKEN_OFF


def test_after_the_last_late_start_nobody_is_offered_and_the_page_says_why(face, store, round_id, programme, clock):
    clock.set(datetime(2027, 1, 11, 9, 0))
    face._desk.reload()
    assert face.grid.stretch.kind is Kind.TOO_LATE
    assert not face.no_pane.isHidden() and "Sista dag för sen start" in face.why.text()
    press(None, KEY.Key_F6)
    assert "Ingen plats" in face.problem.text()


def test_an_extra_place_needs_a_reason_that_is_told_and_counted(face, store, round_id, programme):
    face.extra_place.click()
    type_text(None, "Behövs")
    press(None, KEY.Key_Return, CTRL)
    assert "är ledig" in face.offer_pane.form._rest.text() + face.offer_pane.form.frame("reason").problem.text()
    assert face.offer_pane.reason.text() == "Behövs"
    for _ in range(4):
        offers.accept(store, offer_next(store, round_id, programme).id)
    face.extra_place.click()
    assert face.offer_pane.reason.text() == "Behövs"
    press(None, KEY.Key_Return, CTRL)
    seen()
    assert face.sum.text() == "5 platser = 4 bokade + 1 erbjuden + 0 lediga (1 av platserna är extra)"
    assert face.grid.line.id == 5 and "Behövs" in face.claim_pane.facts.text()
    assert [line.place.is_extra for line in face.grid.places_model.lines] == [False] * 4 + [True]
    store.undo()
    seen()
    assert face.sum.text() == "4 platser = 4 bokade + 0 erbjudna + 0 lediga"


def test_capacity_is_changed_in_place_and_refused_with_who_stands_in_the_way(face, store, round_id, programme):
    for _ in range(3):
        offers.accept(store, offer_next(store, round_id, programme).id)
    face.change_places.click()
    type_text(None, "2\n")
    assert "RF-2026-004" in face.capacity.form.frame("max_places").problem.text()
    assert face.capacity.most.text() == "2"
    face.capacity.most.setFocus()
    face.capacity.most.selectAll()
    type_text(None, "åtta\n")
    assert "Skriv ett tal" in face.capacity.form.frame("max_places").problem.text()
    face.capacity.most.selectAll()
    type_text(None, "6\n")
    seen()
    assert face.sum.text() == "6 platser = 3 bokade + 0 erbjudna + 3 lediga"
    assert face.capacity.isHidden() and face.grid.hasFocus()


def test_a_place_is_changed_and_somebody_outside_the_list_is_booked(face, store, round_id, programme):
    row = offer_next(store, round_id, programme)
    offers.accept(store, row.id)
    seen()
    type_text(None, "b")
    face.claim_pane.number.set_value(3)
    press(None, KEY.Key_Return)
    seen()
    assert claims(store, round_id)[row.case_number].place_number == 3
    face.grid.choose(1)
    face.offer_pane.outside.click()
    type_text(None, "RF-2026-001\n")
    face.offer_pane.passed._all.reason.set_value(PassOverReason.GREATER_NEED)
    press(None, KEY.Key_Return, CTRL)
    seen()
    booked = claims(store, round_id)["RF-2026-001"]
    assert (booked.state, booked.place_number) == (BookingState.ACCEPTED, 1)


def test_what_else_she_is_booked_for_is_told_before_she_is_offered_the_place(face, store, forum, round_id, programme):
    hers = waiting(store, programme)[0]
    plan = sessions.plan_session(store, forum.series_id, SessionPlan(START, "09:00", "11:00", "Stora Lundsal"))
    agenda.add_case_item(store, plan, hers.case_id, [])
    face._desk.reload()
    assert "8 dec" in face.offer_pane.clashes.text() or "2026-12-08" in face.offer_pane.clashes.text()
    assert not face.offer_pane.clashes.isHidden()
    type_text(None, "e")
    seen()
    assert claims(store, round_id)[hers.case_number].state is BookingState.OFFERED


def test_who_has_a_place_elsewhere_on_those_hours_is_passed_over_by_herself(face, store, round_id, programme):
    elsewhere = make_programme(store, name="Skogsrehab", slug="skogsrehab")
    other = make_round(store, elsewhere, START, places=2)
    hers = waiting(store, programme)[0]
    offers.offer(store, waiting_list.register(store, elsewhere, hers.case_id), other)
    seen()
    first, second = face.offer_pane._candidates[:2]
    assert (first.row.case_number, first.reason, second.is_next) == (hers.case_number, PassOverReason.CLASH, True)
    type_text(None, "e")
    seen()
    passed = store.read(claim_queries.history, hers.id).passed_over
    assert [(row.for_case_number, row.reason) for row in passed] == [("RF-2026-003", PassOverReason.CLASH)]


def test_the_proposal_follows_the_list_unless_somebody_was_chosen_by_hand(face, store, round_id, programme):
    first, second, third, *_ = waiting(store, programme)
    waiting_list.remove(store, first.id, RemovalReason.OWN_WISH)
    seen()
    assert face.offer_pane.table.current_row.id == second.id
    face.offer_pane.table.choose(third.id)
    waiting_list.change_registration(store, second.id, Registration(asked_on=second.asked_on, is_ready=False))
    store.undo()
    seen()
    assert face.offer_pane.table.current_row.id == third.id


def test_a_round_without_occasions_says_where_they_are_added(face, store, round_id):
    assert face.no_occasions.isHidden()
    for occasion in store.read(occasion_queries.of_round, round_id):
        occasions.cancel_occasion(store, occasion.id, "Ledaren är sjuk")
    seen()
    assert not face.no_occasions.isHidden()


def test_what_is_half_written_about_a_claim_stands_there_when_one_comes_back(face, store, round_id, programme):
    offer_next(store, round_id, programme)
    type_text(None, "n")
    type_text(None, "Vill vänta till våren")
    assert face.step_back() and face.flush()
    face.grid.choose(2)
    face.grid.choose(1)
    type_text(None, "n")
    assert face.claim_pane.declined.text() == "Vill vänta till våren"
    type_text(None, "\n")
    seen()
    offer_next(store, round_id, programme)
    type_text(None, "n")
    assert face.claim_pane.declined.text() == ""


def test_escape_puts_away_what_stands_open_and_leads_back_to_the_grid(face, store, round_id, programme):
    offer_next(store, round_id, programme)
    type_text(None, "f")
    assert face.step_back() and face.claim_pane.open_form is None
    assert face.grid.hasFocus()
    face.extra_place.click()
    assert face.step_back() and face.grid.hasFocus()
    assert not face.step_back()


def test_arrows_walk_places_and_bars(face, store, round_id, programme):
    press(None, KEY.Key_Down)
    assert face.grid.line.id == 2
    press(None, KEY.Key_End, CTRL)
    assert face.grid.line.id == 4
    press(None, KEY.Key_Down)
    assert face.grid.line.id == 4
    press(None, KEY.Key_Home, CTRL)
    assert face.grid.line.id == 1


def test_an_empty_list_says_what_to_do(context, store, qtbot):
    small_forum(store, cases_count=1)
    alone = make_programme(store)
    round_id = make_round(store, alone, START, places=2)
    made = PlacesFace(context)
    qtbot.addWidget(made)
    made.show()
    made.show_round(store.read(round_queries.round_of, round_id, context.clock.today()))
    assert "Ingen" in made.offer_pane.why.text()
    assert store.read(place_queries.sums, [round_id], context.clock.today())[round_id].free == 2


def test_neither_who_referred_nor_what_for_is_told_beside_a_place(face, store, round_id, programme):
    case = waiting(store, programme)[0].case_id
    waiting_list.change_registration(
        store, waiting(store, programme)[0].id, Registration(asked_on=date(2026, 10, 1), referrer="Psykiatrin", need="Orka mer")
    )
    row = offer_next(store, round_id, programme)
    assert (row.case_id, row.referrer) == (case, "Psykiatrin")
    told = " ".join(label.text() for label in face.findChildren(QLabel))
    assert "RF-2026-002" in told and "Psykiatrin" not in told and "Orka mer" not in told
