"""Planning, moving and cancelling meetings, and the proposal for the next one."""

from __future__ import annotations

from datetime import date

import pytest

from rehabdesk.domain.forum import SessionState
from rehabdesk.domain.problems import Refused
from rehabdesk.services import cases
from rehabdesk.services.forum import agenda, planning, series, sessions
from rehabdesk.services.forum.sessions import SessionPlan
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import presence as presence_queries
from rehabdesk.store.queries.forum import sessions as queries
from tests.helpers.people import Forum, make_forum, make_session

TODAY = date(2026, 11, 22)
PLAN = SessionPlan(date(2026, 11, 24), "13:00", "15:30", "Stora Lundsal")


@pytest.fixture
def forum(store) -> Forum:
    return make_forum(store)


def codes(refused) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def titles(store, session_id: int) -> list[str]:
    return [row.title or row.case_number for row in store.read(agenda_queries.agenda, session_id, TODAY)]


def test_a_meeting_begins_with_the_standing_agenda_and_those_who_usually_come(store, forum):
    series.add_standing_item(store, forum.series, title="Mötet öppnas")
    series.add_standing_item(store, forum.series, title="Nästa möte", is_last=True)
    series.add_standing_item(store, forum.series, title="Statistik", every=2)
    series.set_members(store, forum.series, [forum.manager])
    first = sessions.plan_session(store, forum.series, PLAN)
    second = sessions.plan_session(store, forum.series, SessionPlan(date(2026, 12, 15), "13:00", "15:00"))
    assert titles(store, first) == ["Mötet öppnas", "Statistik", "Nästa möte"]
    assert titles(store, second) == ["Mötet öppnas", "Nästa möte"]
    assert [row.shown for row in store.read(presence_queries.attendees, first)] == ["Lena Borg"]
    assert [row.number for row in store.read(queries.sessions)] == [2, 1]
    row = store.read(queries.session, first)
    assert (row.place, row.minutes_planned, row.case_count) == ("Stora Lundsal", 15, 0)


def test_planning_is_one_step_back(store, forum):
    series.add_standing_item(store, forum.series, title="Mötet öppnas")
    sessions.plan_session(store, forum.series, PLAN)
    label = store.undo()
    assert label.key == "forum.session_planned"
    assert store.read(queries.sessions) == ()


@pytest.mark.parametrize(
    ("plan", "found"),
    [
        (SessionPlan(None, "13:00", "15:30"), ["session.date_missing"]),
        (SessionPlan(TODAY, "", "15:30"), ["session.time_missing"]),
        (SessionPlan(TODAY, "15:30", "15:30"), ["session.ends_before_it_starts"]),
        (SessionPlan(None, "15:30", "13:00"), ["session.date_missing", "session.ends_before_it_starts"]),
    ],
)
def test_a_plan_that_cannot_be_is_refused_beside_its_field(store, forum, plan, found):
    with pytest.raises(Refused) as refused:
        sessions.plan_session(store, forum.series, plan)
    assert codes(refused) == found
    assert all(problem.field for problem in refused.value.problems)


def test_only_a_planned_meeting_is_moved(store, forum):
    planned = sessions.plan_session(store, forum.series, PLAN)
    sessions.change_session(store, planned, SessionPlan(date(2026, 12, 1), "09:00", "11:00", "Lilla salen"))
    row = store.read(queries.session, planned)
    assert (row.held_on, row.start, row.end, row.place) == (date(2026, 12, 1), "09:00", "11:00", "Lilla salen")
    held = make_session(store, forum, date(2026, 10, 27), number=9, state=SessionState.HELD)
    with pytest.raises(Refused) as refused:
        sessions.change_session(store, held, PLAN)
    assert codes(refused) == ["session.not_planned"]


def test_cancelling_needs_a_reason_and_loses_no_case(store, forum):
    session = sessions.plan_session(store, forum.series, PLAN)
    case = cases.open_case(store, forum.series, "Maria", "Sund")
    agenda.add_case_item(store, session, case)
    with pytest.raises(Refused) as refused:
        sessions.cancel_session(store, session, "  ")
    assert codes(refused) == ["session.cancel_reason_missing"]
    sessions.cancel_session(store, session, "För få kan komma")
    row = store.read(queries.session, session)
    assert (row.state, row.cancelled_reason) == (SessionState.CANCELLED, "För få kan komma")
    assert [item.case_number for item in store.read(agenda_queries.parked, forum.series, TODAY)] == ["RF-2026-001"]
    store.undo()
    assert titles(store, session) == ["RF-2026-001"]


def test_an_unused_meeting_can_be_removed_and_another_cannot(store, forum):
    series.add_standing_item(store, forum.series, title="Mötet öppnas")
    session = sessions.plan_session(store, forum.series, PLAN)
    item = agenda.add_general_item(store, session, "Rutin")
    with pytest.raises(Refused) as refused:
        sessions.remove_session(store, session)
    assert codes(refused) == ["session.has_items"]
    agenda.remove_item(store, item)
    sessions.remove_session(store, session)
    assert store.read(queries.session, session) is None


# --- the proposal ---


def propose(store, forum, today=TODAY):
    return store.read(planning.propose_next, forum.series, today)


def test_the_first_meeting_is_proposed_on_the_series_weekday(store, forum):
    assert propose(store, forum).day == date(2026, 12, 1)


def test_the_next_is_an_interval_after_the_latest_and_says_what_it_steps_over(store, forum):
    make_session(store, forum, date(2026, 11, 24))
    proposal = propose(store, forum)
    assert [(stepped.day, stepped.reason.code) for stepped in proposal.stepped_over] == [
        (date(2026, 12, 22), "session_date.holiday_week"),
        (date(2026, 12, 29), "session_date.holiday_week"),
        (date(2027, 1, 5), "session_date.holiday_week"),
    ][: len(proposal.stepped_over)]
    assert len(proposal.stepped_over) >= 2
    assert proposal.day > date(2026, 12, 29)


def test_a_proposal_is_never_a_day_that_has_been(store, forum):
    make_session(store, forum, date(2025, 3, 4), state=SessionState.LOCKED)
    assert propose(store, forum).day > TODAY


def test_after_a_cancelled_meeting_the_next_week_is_proposed(store, forum):
    sessions.cancel_session(store, make_session(store, forum, date(2026, 11, 24)), "Snöstorm")
    assert propose(store, forum).day == date(2026, 12, 1)


def test_a_series_that_is_gone_has_no_proposal(store, forum):
    assert store.read(planning.propose_next, 99, TODAY).day is None


def test_what_waits_is_listed(store, forum):
    held = make_session(store, forum, date(2026, 10, 27), number=1, state=SessionState.HELD)
    make_session(store, forum, date(2026, 9, 29), number=2, state=SessionState.LOCKED)
    forgotten = make_session(store, forum, date(2026, 11, 3), number=3)
    assert [row.id for row in store.read(queries.held_not_locked)] == [held]
    assert [row.id for row in store.read(queries.planned_but_past, TODAY)] == [forgotten]
