"""The pictures of measurements: within their frame, with their numbers, and never a length that tells what is masked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.instruments import Instrument
from rehabdesk.domain.measure_drawing import LEAST_LINES, DrawingWords, Point, ShareBar, lines_scene, person_scene, shares_scene
from rehabdesk.domain.prerehab import Moment
from rehabdesk.domain.scene import Line, Rect, Role, Scene, Text
from rehabdesk.services.instruments import instruments

WORDS = DrawingWords(("före", "slut", "6 mån", "12 mån"), "allt i ord")
SHARES = DrawingWords(("bättre", "oförändrat", "sämre"), "allt i ord")


def within(scene: Scene) -> bool:
    for shape in scene.shapes:
        match shape:
            case Line():
                places = [(shape.x1, shape.y1), (shape.x2, shape.y2)]
            case Rect():
                places = [(shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height)]
            case Text():
                places = [(shape.x, shape.y)]
        if not all(-0.01 <= x <= scene.width + 0.01 and -0.01 <= y <= scene.height + 0.01 for x, y in places):
            return False
    return True


def texts(scene: Scene) -> list[str]:
    return [shape.words for shape in scene.shapes if isinstance(shape, Text)]


@given(st.sampled_from(instruments()), st.data())
def test_one_persons_values_stand_within_the_scale_in_the_order_of_time(instrument: Instrument, data: st.DataObject) -> None:
    moments = sorted(data.draw(st.sets(st.sampled_from(list(Moment)), min_size=1)), key=list(Moment).index)
    points = [Point(moment, value, f"{value:g}") for moment in moments for value in [data.draw(st.sampled_from(instrument.values))]]
    scene = person_scene(instrument, points, WORDS)
    assert within(scene) and scene.told == "allt i ord"
    assert {point.words for point in points} <= set(texts(scene))
    dots = [shape.x for shape in scene.shapes if isinstance(shape, Rect)]
    assert dots == sorted(dots) and len(dots) == len(points)
    assert sum(isinstance(shape, Line) and shape.role is Role.ACCENT for shape in scene.shapes) == len(points) - 1


@given(st.sampled_from(instruments()), st.data())
def test_lines_of_single_people_are_drawn_of_five_and_more(instrument: Instrument, data: st.DataObject) -> None:
    value = st.sampled_from(instrument.values)
    pairs = data.draw(st.lists(st.tuples(value, value), max_size=12))
    scene = lines_scene(instrument, pairs, DrawingWords(("före", "slut"), ""))
    assert (scene is None) == (len(pairs) < LEAST_LINES)
    assert scene is None or within(scene)


@pytest.mark.parametrize("counts", [(12, None, None), (None, None, 0), (None, 15, None), (None, None, None)])
def test_no_length_tells_what_is_masked(counts: tuple[int | None, int | None, int | None]) -> None:
    scene = shares_scene([ShareBar("KEDS", "medel", counts, 40)], SHARES)
    widths = {round(shape.width) for shape in scene.shapes if isinstance(shape, Rect) and shape.height == 20}
    better = {162} if counts[0] == 12 else set()
    assert widths == {539, *better} and ".." in texts(scene)
    assert within(scene)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60)).filter(any), max_size=6))
def test_bars_are_as_long_as_their_shares(rows: list[tuple[int, int, int]]) -> None:
    scene = shares_scene([ShareBar("x", "y", counts, sum(counts)) for counts in rows], SHARES)
    assert within(scene)
    bars = [shape for shape in scene.shapes if isinstance(shape, Rect) and shape.height == 20]
    assert len(bars) == sum(sum(1 for count in counts if count) for counts in rows)
    for counts in rows:
        for count in counts:
            if count / sum(counts) > 0.1:
                assert str(count) in texts(scene)
