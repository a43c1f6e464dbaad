"""Programmes, planning rounds, their year, and changing a round and its occasions; in real widgets on the real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from rehabdesk.domain.parties import OrganisationKind, PartyKind
from rehabdesk.domain.prerehab import BookingState, OccasionState
from rehabdesk.domain.problems import Refused
from rehabdesk.services import parties
from rehabdesk.services.prerehab import bookings, programmes, rounds
from rehabdesk.services.prerehab.programmes import ProgrammeDetails
from rehabdesk.services.prerehab.rounds import Break, RoundDetails
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.prerehab import claims as claim_queries
from rehabdesk.store.queries.prerehab import occasions as occasion_queries
from rehabdesk.store.queries.prerehab import programmes as programme_queries
from rehabdesk.store.queries.prerehab import rounds as queries
from rehabdesk.ui.prerehab.occasions_face import OccasionsFace
from rehabdesk.ui.prerehab.programmes_face import ProgrammesFace
from rehabdesk.ui.prerehab.round_editing import EditRound
from rehabdesk.ui.prerehab.rounds_face import RoundsFace
from tests.helpers.forum import Forum, small_forum

TODAY = date(2026, 11, 22)


@pytest.fixture
def forum(store) -> Forum:
    """A forum with one case."""
    return small_forum(store, cases_count=1)


@pytest.fixture
def vara(store, forum) -> int:
    """Vara kommun."""
    return next(row.id for row in store.read(party_queries.organisations) if row.name == "Vara kommun")


@pytest.fixture
def programme(store, vara) -> int:
    """A programme."""
    return programmes.add_programme(store, ProgrammeDetails("Grön prerehab", vara, place="Stora Lundsal"))


@pytest.fixture
def details(programme) -> RoundDetails:
    """Eight weeks in the winter."""
    return RoundDetails(programme, "", date(2027, 1, 12), 8, (1, 3), "09:00", "12:00", "Stora Lundsal", 4, 8, date(2027, 1, 31))


@pytest.fixture
def show(qtbot):
    """Show a widget, as large as a small laptop's window."""

    def show(widget):
        qtbot.addWidget(widget)
        widget.resize(1080, 700)
        widget.show()
        return widget

    return show


# --- programmes ---


def test_a_programme_is_made_in_its_form_and_its_half_is_not_lost(show, context, store, vara):
    farm = parties.add_organisation(store, "Lundsals gård", OrganisationKind.COMPANY)
    supplier = parties.add_party(store, farm, "", PartyKind.OTHER)
    first = show(ProgrammesFace(context))
    first.focus_first()
    first.form.name.setText("Grön prerehab")
    first.form.supplier.set_value(supplier)
    assert first.flush()
    again = show(ProgrammesFace(context))
    again.focus_first()
    assert (again.form.name.text(), again.form.supplier.value) == ("Grön prerehab", supplier)
    again.form.save.click()
    assert again.form.form.frame("controller").problem.text()
    assert store.read(programme_queries.programmes) == ()
    again.form.controller.set_value(vara)
    again.form.numbers["cost_per_round"].setText("180 000")
    again.form.save.click()
    (row,) = store.read(programme_queries.programmes)
    assert (row.name, row.supplier_party_id, row.cost_per_round, row.fill_target) == ("Grön prerehab", supplier, 180_000, 80)
    assert len(store.read(programme_queries.instruments, row.id)) == 4
    again.begin_new()
    assert again.form.name.text() == ""
    store.undo()
    assert store.read(programme_queries.programmes) == ()


def test_a_number_that_is_none_is_told_beside_its_field(show, context, programme):
    face = show(ProgrammesFace(context))
    face.form.numbers["answer_days"].setText("tio")
    face.form.save.click()
    assert face.form.form.frame("answer_days").problem.text() == context.texts.say("Write a whole number.")
    assert face.form.numbers["answer_days"].text() == "tio"


def test_a_programme_is_ended_and_taken_up_again(show, context, store, programme, qtbot):
    face = show(ProgrammesFace(context))
    face.form.end.click()
    assert store.read(programme_queries.programme, programme).ended_on == TODAY
    qtbot.waitUntil(lambda: face.form.end.words == context.texts.say("Take the programme up again"))
    face.form.end.click()
    assert store.read(programme_queries.programme, programme).ended_on is None


# --- planning ---


def plan(face: RoundsFace, **lines: str) -> None:
    """Open the planning and write these lines."""
    face.begin_planning()
    planning = face.planning
    fields = {"count": planning.count, "every": planning.every, "starts_on": planning.form.starts_on.line, "breaks": planning.form.breaks}
    for name, text in lines.items():
        fields[name].setText(text) if name != "starts_on" else planning.form.starts_on.write(text)


def test_a_year_of_six_rounds_of_eight_is_planned_at_once(show, context, store, programme):
    face = show(RoundsFace(context))
    plan(face, count="6", every="8", starts_on="2027-01-12", breaks="v. 7 sportlov")
    told = face.planning.read_back.words
    assert told.startswith("6 omgångar · 48 platser")
    assert "uppehåll: sportlov" in told and "Kristi himmelsfärdsdag" in told and "v. 44 (höstlov)" in told
    face.planning.save.click()
    made = store.read(queries.rounds, TODAY)
    assert [row.number for row in made] == [1, 2, 3, 4, 5, 6] and sum(row.places for row in made) == 48
    assert face.view.year == 2027 and not face._is_planning
    store.undo()
    assert store.read(queries.rounds, TODAY) == ()


def test_a_holiday_week_is_worked_in_when_its_tick_is_taken_away(show, context, store, programme):
    face = show(RoundsFace(context))
    plan(face, starts_on="2027-10-19")
    ticks = [face.planning.form._holidays.itemAt(place).widget() for place in range(face.planning.form._holidays.count())]
    assert [tick.text() for tick in ticks] == ["v. 44 2027, höstlov"]
    ticks[0].click()
    face.planning.save.click()
    (row,) = store.read(queries.rounds, TODAY)
    assert store.read(queries.breaks, row.id) == () and row.ends_on == date(2027, 12, 9)


def test_what_cannot_be_planned_is_told_and_nothing_written_is_lost(show, context, store, programme):
    face = show(RoundsFace(context))
    plan(face, count="99", starts_on="2027-01-12", breaks="sportlov")
    face.planning.save.click()
    assert "sportlov" in face.planning.form.form.frame("breaks").problem.text()
    face.planning.form.breaks.setText("v. 7")
    face.planning.save.click()
    assert face.planning.several.frame("count").problem.text()
    assert store.read(queries.rounds, TODAY) == () and face.planning.count.text() == "99"
    assert face.step_back() and face.flush()
    again = show(RoundsFace(context))
    again.begin_planning()
    assert (again.planning.count.text(), again.planning.form.breaks.text()) == ("99", "v. 7")
    assert again.planning.form.starts_on.day == date(2027, 1, 12)


def test_the_next_round_is_proposed_as_the_latest_and_after_it(show, context, store, details):
    rounds.plan_round(store, details)
    face = show(RoundsFace(context))
    face.begin_planning()
    form = face.planning.form
    assert form.starts_on.day == date(2027, 3, 16) and form.numbers["late_weeks"].text() == "3"
    assert [place for place, tick in enumerate(form.weekdays) if tick.isChecked()] == [1, 3]


# --- the year ---


def test_the_year_tells_in_words_what_it_draws(show, context, store, details):
    first = rounds.plan_round(store, details)
    cancelled = rounds.plan_round(store, replace(details, starts_on=date(2027, 8, 17), last_late_start_on=None))
    rounds.cancel_round(store, cancelled, "För få")
    face = show(RoundsFace(context))
    QAbstractItemModelTester(face.table.rows_model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert face.view.year == 2027 and [row.id for row in face.table.rows_model.rows] == [first, cancelled]
    assert face.view.total.text() == "1 omgång · 8 platser = 0 bokade + 0 erbjudna + 8 lediga"
    told = face.table.rows_model.index(0, face.table.drawn).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "12 jan–4 mars 2027" in told and "8 platser = 0 bokade + 0 erbjudna + 8 lediga" in told
    assert "För få" in face.table.rows_model.index(1, face.table.drawn).data(Qt.ItemDataRole.AccessibleTextRole)
    assert not face.grab().isNull()
    face.view.after.click()
    assert face.view.year == 2028 and face.table.rows_model.rows == ()


# --- a round's occasions ---


def occasions_face(show, context, store, details) -> tuple[OccasionsFace, int]:
    """The face, on a round with a break."""
    round_id = rounds.plan_round(store, replace(details, breaks=(Break(date(2027, 2, 15), date(2027, 2, 21), "sportlov"),)))
    face = show(OccasionsFace(context))
    face.show_round(store.read(queries.round_of, round_id, TODAY))
    return face, round_id


def test_an_occasion_is_moved_and_what_speaks_against_the_day_is_told(show, context, store, details):
    face, round_id = occasions_face(show, context, store, details)
    face.move_button.click()
    face.form.day.write("2027-02-16")
    assert "uppehåll" in face.form.against.text()
    face.form.day.write("2027-01-06")
    assert "trettondedag jul" in face.form.against.text()
    face.form.save.click()
    assert face.form.form.frame("on").problem.text() and store.read(occasion_queries.of_round, round_id)[0].on == date(2027, 1, 12)
    face.form.day.write("2027-01-13")
    assert face.form.against.text() == ""
    face.form.save.click()
    moved = store.read(occasion_queries.of_round, round_id)[0]
    assert (moved.on, moved.moved_from) == (date(2027, 1, 13), date(2027, 1, 12)) and face.form.isHidden()


def test_an_occasion_is_cancelled_with_a_reason_and_taken_up_again(show, context, store, details, qtbot):
    face, round_id = occasions_face(show, context, store, details)
    face.cancel_button.click()
    face.form.save.click()
    assert face.form.form.frame("reason").problem.text()
    face.form.reason.setText("Ledaren är borta")
    assert face.flush() and face.step_back()
    face.cancel_button.click()
    assert face.form.reason.text() == "Ledaren är borta"
    face.form.save.click()
    assert store.read(occasion_queries.of_round, round_id)[0].cancelled_reason == "Ledaren är borta"
    qtbot.waitUntil(lambda: face.total.text() == "15 tillfällen, 1 inställt")
    face.cancel_button.click()
    assert store.read(occasion_queries.of_round, round_id)[0].state is OccasionState.PLANNED


def test_an_occasion_is_added_with_the_times_of_the_round(show, context, store, details):
    face, round_id = occasions_face(show, context, store, details)
    face.add_button.click()
    assert face.form.start.time == "09:00"
    face.form.day.write("2027-01-15")
    face.form.save.click()
    assert [row.on for row in store.read(occasion_queries.of_round, round_id) if row.is_added] == [date(2027, 1, 15)]


# --- changing a round ---


def booked_round(store, forum, details) -> tuple[int, int]:
    """A round in which one has said yes; its id, and the claim's."""
    round_id = rounds.plan_round(store, details)
    return round_id, bookings.book(store, forum.case_ids[0], round_id)


def test_what_a_change_means_is_said_first_and_spans_follow(show, context, store, forum, details):
    round_id, claim = booked_round(store, forum, details)
    editing = show(EditRound(context, store.read(queries.round_of, round_id, TODAY)))
    assert editing.means.text() == ""
    editing.form.starts_on.write("2027-01-19")
    assert "12 jan" in editing.means.text() and "1 person har plats" in editing.means.text()
    editing.save.click()
    row = store.read(queries.round_of, round_id, TODAY)
    held = store.read(claim_queries.claim, claim, TODAY)
    assert (row.starts_on, row.ends_on) == (date(2027, 1, 19), date(2027, 3, 11)) == (held.starts_on, held.ends_on)
    store.undo()
    assert store.read(claim_queries.claim, claim, TODAY).starts_on == date(2027, 1, 12)


def test_who_is_booked_goes_back_to_the_list_when_the_round_is_cancelled(show, context, store, forum, details):
    round_id, claim = booked_round(store, forum, details)
    editing = show(EditRound(context, store.read(queries.round_of, round_id, TODAY)))
    editing.cancel.click()
    assert editing.reason_frame.problem.text()
    editing.reason.setText("För få anmälda")
    editing.cancel.click()
    assert store.read(claim_queries.claim, claim, TODAY).state is BookingState.REGISTERED
    assert store.read(queries.round_of, round_id, TODAY).cancelled_reason == "För få anmälda"
    store.undo()
    assert store.read(claim_queries.claim, claim, TODAY).state is BookingState.ACCEPTED


def test_a_round_keeps_the_holiday_weeks_it_works_in_and_rests_in(show, context, store, details):
    autumn = replace(details, starts_on=date(2027, 10, 19), last_late_start_on=None)
    working = rounds.plan_round(store, autumn)
    resting = rounds.plan_round(store, replace(autumn, breaks=(Break(date(2027, 11, 1), date(2027, 11, 7), "autumn_break"),)))
    for round_id, breaks in ((working, 0), (resting, 1)):
        editing = show(EditRound(context, store.read(queries.round_of, round_id, TODAY)))
        assert editing.form.breaks.text() == ""
        editing.form.place.setText("Någon annanstans")
        editing.save.click()
        assert len(store.read(queries.breaks, round_id)) == breaks
        assert store.read(queries.round_of, round_id, TODAY).place == "Någon annanstans"


def test_one_who_has_started_keeps_the_round_from_being_cancelled(show, context, store, clock, forum, details):
    round_id, claim = booked_round(store, forum, details)
    clock.move(days=51)
    bookings.start(store, claim)
    editing = show(EditRound(context, store.read(queries.round_of, round_id, clock.today())))
    assert not editing.cancel.isVisible()
    with pytest.raises(Refused) as refused:
        rounds.cancel_round(store, round_id, "För få")
    assert [problem.code for problem in refused.value.problems] == ["round.has_started"]
    clock.move(days=60)
    bookings.complete(store, claim)
    with pytest.raises(Refused) as refused:
        rounds.cancel_round(store, round_id, "För få")
    assert [problem.code for problem in refused.value.problems] == ["round.has_run"]
