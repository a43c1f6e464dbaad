"""The chain's drawing on paper: the window's own scene, set to the column, in words the paper says beside it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.documents.chain import chain_drawing
from rehabdesk.documents.drawing import drawn_scene
from rehabdesk.documents.fonts import typeface
from rehabdesk.documents.page import COLUMN, Sheet, render
from rehabdesk.domain.papers import Imprint, Letterhead
from rehabdesk.domain.rehab_chain import Period, Person, standing
from rehabdesk.texts import texts_for
from tests.helpers.chain import shipped_book, sick_leaves

BOOK = shipped_book()
BEGAN = date(2026, 8, 3)
TODAY = date(2026, 11, 22)


def drawing(periods, language="sv", today=TODAY):
    return chain_drawing(texts_for(language), standing(periods, Person(birth_year=1985), BOOK, today))


@pytest.mark.parametrize(("language", "words"), [("sv", "dag 112, 22 nov"), ("en", "day 112, 22 Nov")])
def test_it_says_the_day_in_the_papers_language(language, words):
    inks, strokes, height = drawn_scene(drawing([Period(BEGAN, None)], language).scene, typeface(), COLUMN)
    assert words in [ink.text for ink in inks]
    assert strokes and 60 < height < 120


def test_all_of_it_is_decoration():
    inks, _, _ = drawn_scene(drawing([Period(BEGAN, date(2027, 1, 31))]).scene, typeface(), COLUMN)
    assert all(ink.tag is None for ink in inks)


def test_whether_a_plan_was_answered_does_not_show():
    scene = drawing([Period(BEGAN, None)]).scene
    assert not any(shape.role.value == "red" for shape in scene.shapes)


def test_without_sick_leave_there_is_none():
    assert drawing([]) is None


@given(sick_leaves(), st.dates(date(2019, 1, 1), date(2028, 1, 1)))
def test_it_stands_within_the_column(periods, today):
    inks, strokes, height = drawn_scene(drawing(periods, today=today).scene, typeface(), COLUMN)
    assert all(-1 <= stroke.x <= COLUMN + 1 and -1 <= stroke.to_x <= COLUMN + 1 for stroke in strokes)
    assert all(0 <= ink.baseline <= height for ink in inks)
    assert all(-2 <= ink.x and ink.x + ink.face.width(ink.text) * ink.size <= COLUMN + 12 for ink in inks)


def test_a_paper_of_it_alone_is_made():
    sheet = Sheet("Kedjan", Letterhead("Vara kommun", "Rehabforum", "Vara kommun"), Imprint("RF-2026-014", TODAY, 1))
    made = render(sheet, [drawing([Period(BEGAN, date(2026, 10, 31)), Period(date(2026, 11, 20), date(2027, 1, 31), 25)])], texts_for("sv"))
    assert made.startswith(b"%PDF")
