"""The drawing: it stands within its frame, in black and white too, and tells in words what it shows."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.chain_drawing import HEIGHT, DrawingWords, chain_scene
from rehabdesk.domain.rehab_chain import Period, Person, standing
from rehabdesk.domain.scene import Anchor, Line, Rect, Role, Text
from tests.helpers.chain import shipped_book, sick_leaves

BOOK = shipped_book()
BEGAN = date(2026, 8, 3)
WORDS = DrawingWords("sv", "i dag 61", "dag 30 plan", "100 % till 31 okt, sedan 75 %", "Dag 61 i dag.")


def drawn(periods, today=date(2026, 10, 2), width=716.0, words=WORDS):
    return chain_scene(standing(periods, Person(birth_year=1985), BOOK, today), words, width)


def test_as_it_is_designed():
    scene = drawn([Period(BEGAN, date(2026, 10, 31), 100), Period(date(2026, 11, 1), None, 75)])
    words = [shape.words for shape in scene.shapes if isinstance(shape, Text)]
    assert words == [
        "1", "15", "91", "181", "366", "eget arbete", "annat arbete där", "angiven yrkesgrupp, om inte skäl finns", "undantagen snävare",
        "100 % till 31 okt, sedan 75 %", "dag 30 plan", "i dag 61",
    ]  # fmt: skip
    assert scene.told == "Dag 61 i dag."


def test_what_is_ahead_is_hatched_and_a_lower_degree_is_lower():
    scene = drawn([Period(BEGAN, date(2026, 10, 31), 100), Period(date(2026, 11, 1), date(2026, 11, 30), 50)])
    bars = [shape for shape in scene.shapes if isinstance(shape, Rect) and shape.role in (Role.ACCENT, Role.ACCENT_SOFT)]
    assert [bar.hatched for bar in bars] == [False, True, True]
    assert bars[0].height == 2 * bars[2].height
    assert bars[0].y + bars[0].height == bars[2].y + bars[2].height


def test_a_break_between_periods_is_dashed():
    apart = drawn([Period(BEGAN, date(2026, 8, 31)), Period(date(2026, 9, 20), None)])
    close = drawn([Period(BEGAN, date(2026, 8, 31)), Period(date(2026, 9, 1), None)])
    dashes = [sum(isinstance(shape, Line) and shape.role is Role.MUTED for shape in scene.shapes) for scene in (apart, close)]
    assert dashes == [1, 0]


def test_the_plan_is_drawn_only_for_whoever_owes_one_and_is_red_while_it_is_open():
    roles = {shape.words: shape.role for shape in drawn([Period(BEGAN, None)]).shapes if isinstance(shape, Text)}
    assert roles["dag 30 plan"] is Role.RED
    answered = DrawingWords("sv", "i dag 61", "dag 30 plan", "100 %", "", plan_is_open=False)
    roles = {shape.words: shape.role for shape in drawn([Period(BEGAN, None)], words=answered).shapes if isinstance(shape, Text)}
    assert roles["dag 30 plan"] is Role.MUTED


def test_without_sick_leave_there_is_no_drawing():
    assert drawn([]) is None


@given(sick_leaves(), st.integers(0, 1500), st.floats(300, 1600))
def test_everything_stands_within_the_frame(periods, after, width):
    scene = drawn(periods, periods[0].start + timedelta(days=after - 30), width)
    for shape in scene.shapes:
        match shape:
            case Rect():
                assert shape.x >= 0 and shape.x + shape.width <= width + 1 and shape.y + shape.height <= HEIGHT and shape.width > 0
            case Line():
                assert 0 <= shape.x1 <= width and 0 <= shape.y1 <= shape.y2 <= HEIGHT
            case Text():
                length = len(shape.words) * shape.size * 0.5
                start = shape.x - {Anchor.START: 0, Anchor.MIDDLE: length / 2, Anchor.END: length}[shape.anchor]
                assert start >= -1 and start + length <= width + 8
