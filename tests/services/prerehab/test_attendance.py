"""Marking attendance: what may be marked when, what is a fact of its own, and shares that agree however they are counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rehabdesk.domain.attendance import Tally
from rehabdesk.domain.prerehab import AttendanceMark, BookingState, BreakOffReason, OccasionState
from rehabdesk.domain.problems import Refused
from rehabdesk.services.prerehab import attendance, bookings, occasions
from rehabdesk.store.history import Label
from rehabdesk.store.queries.prerehab import attendance as queries
from rehabdesk.store.queries.prerehab import occasions as occasion_queries
from rehabdesk.store.tables.prerehab import Booking
from tests.helpers.claims import make_claim, make_programme, make_round
from tests.helpers.forum import Forum, small_forum
from tests.helpers.log import log_of

#: A Tuesday; with today on Sunday 22 November fourteen half-days are past and ten to come.
STARTS = date(2026, 10, 6)
ATTENDED, LATE, VALID, INVALID = AttendanceMark


@pytest.fixture
def forum(store) -> Forum:
    return small_forum(store, cases_count=4)


@pytest.fixture
def round_id(forum: Forum) -> int:
    return make_round(forum.store, make_programme(forum.store), STARTS, weeks=12)


@pytest.fixture
def people(forum: Forum, round_id: int) -> list[int]:
    states = (BookingState.STARTED, BookingState.STARTED, BookingState.ACCEPTED)
    return [make_claim(forum.store, round_id, case, place, state) for place, (case, state) in enumerate(zip(forum.case_ids, states, strict=False), 1)]


@pytest.fixture
def days(store, round_id):
    return store.read(occasion_queries.of_round, round_id)


def codes(refused) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def state_of(store, occasion_id: int) -> OccasionState:
    return store.read(occasion_queries.occasion, occasion_id).state


def test_who_came_came_to_something_that_was_held_and_one_step_takes_both_back(store, people, days, round_id):
    attendance.mark(store, days[0].id, people[0], LATE)
    assert state_of(store, days[0].id) is OccasionState.HELD
    assert store.read(queries.grid, round_id).marks == {(people[0], days[0].id): LATE}
    store.undo()
    assert state_of(store, days[0].id) is OccasionState.PLANNED
    assert store.read(queries.grid, round_id).marks == {}
    store.redo()
    assert store.read(queries.grid, round_id).marks == {(people[0], days[0].id): LATE}


@pytest.mark.parametrize("mark", [VALID, INVALID])
def test_an_absence_says_nothing_of_whether_it_was_held_and_may_be_known_before(store, people, days, mark):
    for day in (days[0], days[-1]):
        attendance.mark(store, day.id, people[0], mark)
        assert state_of(store, day.id) is OccasionState.PLANNED


@pytest.mark.parametrize("mark", [ATTENDED, LATE])
def test_nobody_has_come_to_what_is_to_come(store, people, days, mark):
    with pytest.raises(Refused) as refused:
        attendance.mark(store, days[-1].id, people[0], mark)
    assert codes(refused) == ["attendance.to_come"]
    with pytest.raises(Refused) as refused:
        attendance.hold_occasion(store, days[-1].id)
    assert codes(refused) == ["attendance.to_come"]


def test_what_is_today_can_be_held(store, people, round_id, forum):
    today = occasions.add_occasion(store, round_id, store.clock.today(), "09:00", "12:00")
    attendance.hold_occasion(store, today)
    assert state_of(store, today) is OccasionState.HELD


@pytest.mark.parametrize("mark", AttendanceMark)
def test_nobody_is_marked_on_what_was_cancelled(store, people, days, mark):
    occasions.cancel_occasion(store, days[0].id, "Snöstorm")
    for verb in (
        lambda: attendance.mark(store, days[0].id, people[0], mark),
        lambda: attendance.mark_all(store, days[0].id),
        lambda: attendance.hold_occasion(store, days[0].id),
    ):
        with pytest.raises(Refused) as refused:
            verb()
        assert codes(refused) == ["attendance.cancelled"]


@pytest.mark.parametrize("state", [BookingState.OFFERED, BookingState.ACCEPTED])
def test_only_who_has_started_is_marked(store, forum, round_id, days, state):
    booking = make_claim(store, round_id, forum.case_ids[3], 4, state)
    with pytest.raises(Refused) as refused:
        attendance.mark(store, days[0].id, booking, VALID)
    assert codes(refused) == ["attendance.not_started"]
    with pytest.raises(Refused) as refused:
        attendance.mark_all(store, days[0].id)
    assert codes(refused) == ["attendance.nobody"]


def test_somebody_of_another_round_is_not_marked_here(store, forum, people, days):
    programme = make_programme(store, name="Vinterrehab", slug="vinter")
    other = make_claim(store, make_round(store, programme, STARTS), forum.case_ids[3], 1, BookingState.STARTED)
    with pytest.raises(Refused) as refused:
        attendance.mark(store, days[0].id, other, VALID)
    assert codes(refused) == ["attendance.not_started"]


def test_who_stopped_is_marked_up_to_her_last_day_and_no_further(store, people, days):
    attendance.mark_all(store, days[9].id)
    bookings.break_off(store, people[0], days[5].on, BreakOffReason.OWN_WISH)
    attendance.mark(store, days[5].id, people[0], ATTENDED)
    with pytest.raises(Refused) as refused:
        attendance.mark(store, days[6].id, people[0], ATTENDED)
    assert codes(refused) == ["attendance.not_her_day"]
    grid = store.read(queries.grid, days[0].round_id)
    assert grid.of_occasion(grid.occasions[9]) == Tally(attended=1)


def test_all_first_then_the_exceptions_and_what_was_known_before_stays(store, people, days, round_id):
    attendance.mark(store, days[0].id, people[1], VALID)
    assert attendance.mark_all(store, days[0].id) == 1
    assert store.read(queries.grid, round_id).marks == {(people[0], days[0].id): ATTENDED, (people[1], days[0].id): VALID}
    attendance.mark(store, days[0].id, people[0], INVALID)
    assert store.read(queries.shares_of_round, round_id).whole == Tally(valid=1, invalid=1)
    store.undo()
    store.undo()
    assert store.read(queries.grid, round_id).marks == {(people[1], days[0].id): VALID}
    assert state_of(store, days[0].id) is OccasionState.PLANNED


def test_held_is_a_fact_of_its_own_and_not_held_after_all_takes_the_marks_in_one_step(store, people, days, round_id):
    attendance.hold_occasion(store, days[0].id)
    shares = store.read(queries.shares_of_round, round_id)
    assert (shares.held, shares.whole) == (1, Tally(unmarked=2)) and shares.whole.share == 0
    attendance.mark_all(store, days[0].id)
    attendance.clear(store, days[0].id, people[0])
    assert store.read(queries.shares_of_round, round_id).whole == Tally(attended=1, unmarked=1)
    mine = store.read(queries.grid, round_id).people[1]
    assert store.read(queries.shares_of_case, mine.case_id) == {people[1]: Tally(attended=1)}
    assert attendance.not_held_after_all(store, days[0].id) == 1
    assert store.read(queries.shares_of_round, round_id).whole.share is None
    store.undo()
    assert store.read(queries.shares_of_round, round_id).whole == Tally(attended=1, unmarked=1)


def test_who_was_marked_and_cleared_is_logged_and_never_how_it_was(store, people, days):
    attendance.mark(store, days[0].id, people[0], AttendanceMark.INVALID_ABSENCE)
    attendance.mark_all(store, days[0].id)
    attendance.clear(store, days[0].id, people[0])
    attendance.not_held_after_all(store, days[0].id)
    assert log_of(store, "attendance_marked") == [("booking", people[0]), ("occasion", days[0].id)]
    assert log_of(store, "attendance_cleared") == [("booking", people[0]), ("occasion", days[0].id)]


def test_rounds_whose_past_occasions_are_neither_held_nor_cancelled_are_told(store, people, days, round_id):
    today = store.clock.today()
    past = [day for day in days if day.on < today]
    (told,) = store.read(queries.not_settled, today)
    assert (told.round_id, told.title, told.count, told.first_on) == (round_id, "Grön prerehab 1", len(past), STARTS)
    occasions.cancel_occasion(store, past[0].id, "Snöstorm")
    for day in past[1:-1]:
        attendance.hold_occasion(store, day.id)
    (told,) = store.read(queries.not_settled, today)
    assert (told.count, told.first_on) == (1, past[-1].on)
    attendance.hold_occasion(store, past[-1].id)
    assert store.read(queries.not_settled, today) == ()


MARKS = st.lists(st.tuples(st.integers(0, 23), st.integers(0, 2), st.sampled_from([*AttendanceMark, None, "all", "hold", "not"])), max_size=25)


@given(steps=MARKS, spans=st.lists(st.tuples(st.integers(-3, 80), st.integers(-1, 80)), min_size=3, max_size=3))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_shares_counted_by_the_store_are_those_of_the_grid_and_undo_leads_all_the_way_back(store, forum, people, days, round_id, steps, spans):
    with store.write(Label("test"), undoable=False) as writing:
        for booking, (begins, length) in zip(people, spans, strict=True):
            row = writing.session.get(Booking, booking)
            row.state = BookingState.STARTED
            row.starts_on = STARTS + timedelta(days=begins)
            row.ends_on = row.starts_on + timedelta(days=length)
    store.forget_history()
    began = store.read(queries.grid, round_id)
    for day, person, what in steps:
        try:
            if what == "all":
                attendance.mark_all(store, days[day].id)
            elif what == "hold":
                attendance.hold_occasion(store, days[day].id)
            elif what == "not":
                attendance.not_held_after_all(store, days[day].id)
            elif what is None:
                attendance.clear(store, days[day].id, people[person])
            else:
                attendance.mark(store, days[day].id, people[person], what)
        except Refused:
            continue
    grid, shares = store.read(queries.grid, round_id), store.read(queries.shares_of_round, round_id)
    assert {share.booking_id: share.tally for share in shares.people} == {person.id: grid.of_person(person) for person in grid.people}
    assert sum((grid.of_occasion(one) for one in grid.occasions), Tally()) == shares.whole
    assert all(day.on <= store.clock.today() for day in grid.occasions if day.state is OccasionState.HELD)
    assert 0 <= (shares.whole.share or 0) <= 1
    while store.undo_label is not None:
        store.undo()
    assert store.read(queries.grid, round_id) == began
