"""A case's measurements: pictures with their numbers, and the form unfolded from there; Idag tells of what lacks, by round."""

from __future__ import annotations

import pytest

from rehabdesk.domain.prerehab import Moment
from rehabdesk.services import cases
from rehabdesk.services.prerehab import measures
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries.prerehab import measures as queries
from rehabdesk.ui.cases.measures_card import MeasuresCard
from rehabdesk.ui.parts.scene_painter import SceneView
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.today.measures import measure_lines
from tests.helpers.measures import ABILITY, HEALTH, KEDS, measured_round, write


@pytest.fixture
def made(store):
    return measured_round(store, 2)


@pytest.fixture
def card(context, made, qtbot):
    shown = MeasuresCard(context)
    qtbot.addWidget(shown)
    shown.resize(900, 700)
    shown.show_case(context.store.read(case_queries.case, made.cases[0], context.clock.today()))
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def pictures(card: MeasuresCard) -> dict[str, str]:
    return {view.accessibleName(): view.accessibleDescription() for view in card.findChildren(SceneView) if view.isVisibleTo(card)}


def test_each_instrument_has_a_picture_with_its_numbers(card, made, store, qtbot):
    assert pictures(card) == {}
    write(store, made.claims[0], Moment.BEFORE, 3)
    write(store, made.claims[0], Moment.END, 6)
    write(store, made.claims[0], Moment.BEFORE, 30, KEDS)
    measures.declined(store, made.claims[0], ABILITY, Moment.BEFORE)
    qtbot.waitUntil(lambda: len(pictures(card)) == 2)
    assert pictures(card) == {"Upplevd hälsa": "Upplevd hälsa: före 3, slut 6.", "KEDS": "KEDS: före 30 (19 eller mer)."}
    # Nobody else's numbers come here.
    write(store, made.claims[1], Moment.BEFORE, 9)
    qtbot.wait(1)
    assert "före 9" not in " ".join(pictures(card).values())


def test_the_form_unfolds_here_and_goes_by_escape(card, made, store):
    card.links[made.claims[0], Moment.BEFORE].click()
    assert card.form.isVisible()
    card.form.answers[HEALTH].boxes[4].click()
    assert store.read(queries.of_booking, made.claims[0]).of(HEALTH, Moment.BEFORE).value == 4
    assert card.step_back() and not card.form.isVisible()
    assert not card.step_back()


def test_a_case_without_a_place_has_no_card(card, made, store, context):
    other = cases.open_case(store, made.forum.series, "Märta", "Utan")
    card.show_case(store.read(case_queries.case, other, context.clock.today()))
    assert card.isHidden()


def test_today_tells_what_lacks_by_round_and_leads_there(context, made, store):
    (line,) = measure_lines(context)
    assert line.sentence == "Grön prerehab 1: 2 av 2 ska mätas." and line.aside == "Före"
    assert line.target == Target("prerehab", "round", made.round, "measures")
    for claim in made.claims:
        for code, value in ((HEALTH, 3), (ABILITY, 4), (KEDS, 30)):
            write(store, claim, Moment.BEFORE, value, code)
    assert measure_lines(context) == []
