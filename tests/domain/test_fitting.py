"""Fitting a meeting: nothing overlaps, windows and air are kept, nothing is dropped without a reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.fitting import BETWEEN_PARTICIPANTS, Fit, LeftOut, NotFitting, Part, Placed, Window, Wish, fit
from rehabdesk.domain.forum import minutes_between

START, END = "13:00", "15:30"
LENGTH = 150

times = st.integers(12 * 60, 16 * 60).map(lambda minute: f"{minute // 60:02d}:{minute % 60:02d}")
windows = st.builds(Window, st.none() | times, st.none() | times)
boxes = st.tuples(st.integers(0, 60), st.booleans(), st.lists(windows, max_size=3).map(tuple), st.sampled_from(Part))
wishes = st.lists(boxes, max_size=12).map(lambda found: [Wish(key, *box) for key, box in enumerate(found)])


def participant(key: int, minutes: int = 20, *its: Window) -> Wish:
    return Wish(key, minutes, True, its)


@given(wishes)
def test_nothing_overlaps_and_windows_and_air_are_kept(found):
    by_key = {wish.key: wish for wish in found}
    placed = fit(found, START, END).placed
    now, participant_left = 0, -BETWEEN_PARTICIPANTS
    for one in placed:
        wish = by_key[one.key]
        begins, ends = minutes_between(START, one.starts), minutes_between(START, one.ends)
        assert begins - now == one.before >= 0
        assert ends - begins == wish.minutes
        assert ends <= LENGTH
        for window in wish.windows:
            assert window.can_from is None or one.starts >= window.can_from
            assert window.can_until is None or one.ends <= window.can_until
        if wish.has_participant:
            assert begins >= participant_left + BETWEEN_PARTICIPANTS
            participant_left = ends
        now = ends


@given(wishes)
def test_nothing_is_dropped_in_silence(found):
    made = fit(found, START, END)
    assert sorted([one.key for one in made.placed] + [one.key for one in made.left_out]) == [wish.key for wish in found]


@given(wishes)
def test_opening_and_closing_lines_keep_their_places(found):
    by_key = {wish.key: wish for wish in found}
    parts = [by_key[one.key].part for one in fit(found, START, END).placed]
    assert parts == sorted(parts, key=tuple(Part).index)
    for part in (Part.OPENING, Part.CLOSING):
        keys = [one.key for one in fit(found, START, END).placed if by_key[one.key].part is part]
        assert keys == sorted(keys)


def test_five_minutes_between_participants_for_which_a_general_item_will_do():
    made = fit([participant(1), participant(2), Wish(3, 10), participant(4)], START, END)
    assert [(one.key, one.starts, one.before) for one in made.placed] == [(1, "13:00", 0), (3, "13:20", 0), (2, "13:30", 0), (4, "13:55", 5)]


def test_who_can_come_late_comes_late_and_the_others_fill_the_time_before():
    made = fit([participant(1, 20, Window("14:00", "14:30")), participant(2), participant(3)], START, END)
    assert [(one.key, one.starts) for one in made.placed] == [(2, "13:00"), (3, "13:25"), (1, "14:00")]


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        (participant(9, 20, Window(None, "13:30"), Window("14:00")), NotFitting.WINDOWS_APART),
        (participant(9, 20, Window("16:00")), NotFitting.WINDOWS_APART),
        (participant(9, 40, Window("14:00", "14:30")), NotFitting.WINDOW_SHORT),
        (participant(9, 20, Window("13:00", "13:25")), NotFitting.WINDOW_TAKEN),
        (participant(9, 60), NotFitting.NO_TIME),
    ],
)
def test_what_does_not_fit_is_told_with_its_reason(wish, why):
    first = [participant(1, 25, Window("13:00", "13:25")), participant(2, 60)]
    assert fit([*first, wish], START, END).left_out == (LeftOut(9, why),)


def test_an_empty_meeting():
    assert fit([], START, END) == Fit((), ())
    assert fit([Wish(1, 150)], START, END).placed == (Placed(1, "13:00", "15:30", 0),)
