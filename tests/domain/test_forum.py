"""The rules of the forum, by table and by property."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain import forum
from rehabdesk.domain.forum import EarlierSession, ItemKind, ItemState, Outcome, Presence, Return, SeriesKind, SessionState, TimedItem

DAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, 0)


def codes(problems) -> list[str]:
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("kind", "called", "covered", "expected"),
    [
        (ItemKind.CASE, {1, 2}, {2}, ItemKind.CASE),
        (ItemKind.CASE, {1, 2}, {3}, ItemKind.CONSULTATION),
        (ItemKind.CASE, set(), {1}, ItemKind.CONSULTATION),
        (ItemKind.GENERAL, set(), set(), ItemKind.GENERAL),
        (ItemKind.CONSULTATION, {1}, {1}, ItemKind.CONSULTATION),
    ],
)
def test_an_item_is_by_name_only_under_a_consent_of_a_called_party(kind, called, covered, expected) -> None:
    assert forum.effective_kind(kind, called, frozenset(covered)) is expected


@pytest.mark.parametrize(
    ("kind", "party", "covered", "expected"),
    [
        (ItemKind.CASE, 1, {1}, True),
        (ItemKind.CASE, 2, {1}, False),
        (ItemKind.CASE, None, {1}, False),
        (ItemKind.GENERAL, 2, set(), True),
        (ItemKind.CONSULTATION, None, set(), True),
    ],
)
def test_who_may_hear(kind, party, covered, expected) -> None:
    assert forum.may_hear(kind, party, frozenset(covered)) is expected


def test_the_coordinators_own_party_stays_and_is_no_reason_to_use_a_name() -> None:
    assert forum.may_hear(ItemKind.CASE, 9, frozenset({1}), frozenset({9}))
    assert not forum.may_hear(ItemKind.CASE, 8, frozenset({1}), frozenset({9}))
    assert forum.effective_kind(ItemKind.CASE, {9}, frozenset()) is ItemKind.CONSULTATION


@pytest.mark.parametrize(
    ("state", "others", "items", "expected"),
    [
        (SessionState.PLANNED, [], 3, []),
        (SessionState.PLANNED, [], 0, ["session.no_items"]),
        (SessionState.HELD, [], 3, ["session.not_planned"]),
        (SessionState.PLANNED, [EarlierSession(DAY - timedelta(days=28), "13:00", SessionState.PLANNED)], 3, ["session.earlier_not_held"]),
        (SessionState.PLANNED, [EarlierSession(DAY, "09:00", SessionState.UNDER_WAY)], 3, ["session.earlier_not_held"]),
        (SessionState.PLANNED, [EarlierSession(DAY - timedelta(days=28), "13:00", SessionState.CANCELLED)], 3, []),
        (SessionState.PLANNED, [EarlierSession(DAY + timedelta(days=28), "13:00", SessionState.PLANNED)], 3, []),
    ],
)
def test_starting(state, others, items, expected) -> None:
    assert codes(forum.problems_before_start(state, DAY, "13:00", others, items)) == expected


@pytest.mark.parametrize(
    ("state", "open_items", "present", "twice", "expected"),
    [
        (SessionState.HELD, 0, 5, False, []),
        (SessionState.HELD, 2, 5, False, ["session.items_open"]),
        (SessionState.HELD, 2, 0, False, ["session.items_open", "session.nobody_present"]),
        (SessionState.HELD, 2, 0, True, []),
        (SessionState.LOCKED, 0, 5, True, ["session.already_locked"]),
        (SessionState.PLANNED, 0, 5, True, ["session.not_held"]),
        (SessionState.CANCELLED, 0, 5, True, ["session.not_held"]),
    ],
)
def test_locking(state, open_items, present, twice, expected) -> None:
    assert codes(forum.problems_before_locking(state, open_items, present, twice)) == expected


@pytest.mark.parametrize(
    ("state", "names", "expected"),
    [
        (ItemState.OPEN, 0, []),
        (ItemState.OPEN, 2, ["item.names_unsettled"]),
        (ItemState.WAITING, 0, ["item.not_open"]),
        (ItemState.FINISHED, 0, ["item.already_finished"]),
    ],
)
def test_freezing(state, names, expected) -> None:
    assert codes(forum.problems_before_freezing(state, names)) == expected


@pytest.mark.parametrize(
    ("state", "reason", "expected"),
    [
        (SessionState.PLANNED, "snö", []),
        (SessionState.PLANNED, "  ", ["session.cancel_reason_missing"]),
        (SessionState.HELD, "snö", ["session.not_planned"]),
    ],
)
def test_cancelling(state, reason, expected) -> None:
    assert codes(forum.problems_before_cancelling(state, reason)) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("13:00", "15:30", []),
        ("13:00", "13:00", ["session.ends_before_it_starts"]),
        ("", "13:00", ["session.time_missing"]),
        ("", "", ["session.time_missing", "session.time_missing"]),
    ],
)
def test_times(start, end, expected) -> None:
    assert codes(forum.problems_with_times(start, end)) == expected


def test_a_coordination_association_is_refused_for_peoples_cases_only() -> None:
    assert codes(forum.problems_with_controller(SeriesKind.REHAB_FORUM, True)) == ["series.controller_is_association"]
    assert forum.problems_with_controller(SeriesKind.STEERING_GROUP, True) == ()
    assert forum.problems_with_controller(SeriesKind.REHAB_FORUM, False) == ()


def test_no_state_leads_out_of_locked_or_cancelled() -> None:
    assert forum.NEXT_STATES[SessionState.LOCKED] == frozenset() == forum.NEXT_STATES[SessionState.CANCELLED]
    assert set(forum.NEXT_STATES) == set(SessionState)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 600)), min_size=1, max_size=12))
def test_boxes_and_the_air_between_them_add_up_to_the_end(boxes: list[tuple[int, int]]) -> None:
    items = [SimpleNamespace(minutes_before=before, minutes=minutes) for before, minutes in boxes]
    times = forum.box_times("13:00", items)
    assert len(times) == len(boxes)
    assert times[0][0] == forum.add_minutes("13:00", boxes[0][0])
    assert times[-1][1] == forum.add_minutes("13:00", sum(map(sum, boxes)))


@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 2000))
def test_adding_minutes_is_a_time_of_day(hour: int, minute: int, more: int) -> None:
    start = f"{hour:02d}:{minute:02d}"
    end = forum.add_minutes(start, more)
    assert (forum.minutes_between(start, end) - more) % (24 * 60) == 0


@pytest.mark.parametrize(
    ("items", "minutes"),
    [
        ([], 0),
        ([TimedItem(20, ItemState.WAITING), TimedItem(15, ItemState.WAITING)], 35),
        ([TimedItem(20, ItemState.FINISHED, 5000), TimedItem(15, ItemState.WAITING)], 15),
        ([TimedItem(20, ItemState.OPEN, 600)], 10),
        ([TimedItem(20, ItemState.OPEN, 23 * 60), TimedItem(5, ItemState.WAITING)], 5),
    ],
)
def test_the_estimated_end_is_now_and_what_remains(items, minutes) -> None:
    assert forum.estimated_end(NOON, items) == NOON + timedelta(minutes=minutes)


def test_an_item_is_proposed_to_return_on_its_latest_actions_date() -> None:
    later, following = DAY + timedelta(days=9), DAY + timedelta(days=28)
    assert forum.proposed_return([DAY, None, later], following, DAY) == (Return.DATE, later)
    assert forum.proposed_return([None], following, DAY) == (Return.NEXT_SESSION, following)
    assert forum.proposed_return([], None, DAY) == (Return.NOT_AT_ALL, None)


def test_nothing_is_proposed_to_return_on_the_day_of_its_own_session() -> None:
    following = DAY + timedelta(days=28)
    assert forum.proposed_return([DAY, DAY - timedelta(days=3)], following, DAY) == (Return.NEXT_SESSION, following)


@pytest.mark.parametrize(("due", "late"), [(None, 0), (DAY, 0), (DAY - timedelta(days=1), 1), (DAY + timedelta(days=3), 0)])
def test_days_late(due, late) -> None:
    assert forum.days_late(due, DAY) == late


def test_only_those_here_sit_at_the_table() -> None:
    assert frozenset({Presence.HERE}) == forum.AT_THE_TABLE
    assert Outcome.BROKEN_OFF in Outcome
