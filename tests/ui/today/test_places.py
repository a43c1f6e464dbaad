"""Idag about places: by round and by how many, each line to the round's places, and never a name or a case."""

from __future__ import annotations

from datetime import date

import pytest

from rehabdesk.services import cases
from rehabdesk.services.prerehab import offers, waiting_list
from rehabdesk.services.prerehab.waiting_list import Registration
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.today.page import TodayPage
from rehabdesk.ui.today.places import place_lines
from tests.helpers.claims import make_programme, make_round
from tests.helpers.people import make_forum


@pytest.fixture
def forum(store):
    return make_forum(store)


@pytest.fixture
def programme(store, forum) -> int:
    return make_programme(store)


def waits(store, forum, programme, name, *, ready: bool = True, ready_from: date | None = None) -> int:
    """One more on the list."""
    case = cases.open_case(store, forum.series, name, "Sjö")
    return waiting_list.register(store, programme, case, Registration(date(2026, 11, 1), is_ready=ready, ready_from=ready_from))


def told(context):
    return [(line.sentence, line.aside, line.target) for line in place_lines(context)]


def places(round_):
    return Target("prerehab", "round", round_, "places")


def test_nothing_is_told_of_free_places_that_nobody_waits_for(context, store, forum, programme):
    make_round(store, programme, date(2027, 1, 12))
    assert told(context) == []
    waits(store, forum, programme, "Maria", ready=False)
    assert told(context) == []


def test_places_are_free_while_somebody_is_ready_by_the_first_day(context, store, forum, programme):
    round_ = make_round(store, programme, date(2027, 1, 12), places=3)
    waits(store, forum, programme, "Maria")
    waits(store, forum, programme, "Bo", ready=False, ready_from=date(2027, 1, 10))
    waits(store, forum, programme, "Cia", ready=False, ready_from=date(2027, 1, 20))
    assert told(context) == [("Grön prerehab 1: 3 platser är lediga, 2 väntar och är redo.", "", places(round_))]
    # Those who wait for another programme fill no place of this one.
    waits(store, forum, make_programme(store, name="Skogen", slug="skogen"), "Åsa")
    assert len(told(context)) == 1


def test_a_round_in_which_nobody_can_begin_any_more_is_not_told_of(context, store, forum, programme, clock):
    make_round(store, programme, date(2026, 11, 3), places=3)
    waits(store, forum, programme, "Maria")
    assert told(context) == []


def test_offers_wait_and_run_out_by_round(context, store, forum, programme, clock):
    round_ = make_round(store, programme, date(2027, 1, 12), places=4)
    claims = [waits(store, forum, programme, name) for name in ("Maria", "Bo", "Cia")]
    for claim, day in zip(claims, (24, 26, 30), strict=True):
        offers.offer(store, claim, round_, answer_by=date(2026, 11, day))
    assert told(context) == [("Grön prerehab 1: 3 erbjudanden väntar på svar.", "snart", places(round_))]
    clock.move(days=5)
    assert told(context) == [
        ("Grön prerehab 1: 2 erbjudanden fick inget svar i tid.", "utgånget", places(round_)),
        ("Grön prerehab 1: 1 erbjudande väntar på svar.", "", places(round_)),
    ]
    offers.accept(store, claims[2])
    assert [sentence for sentence, *_ in told(context)] == ["Grön prerehab 1: 2 erbjudanden fick inget svar i tid."]


def test_the_page_shows_them_anew_when_somebody_answers(context, store, forum, programme, qtbot):
    round_ = make_round(store, programme, date(2027, 1, 12), places=1)
    claim = waits(store, forum, programme, "Maria")
    page = TodayPage(context)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    assert page.places.isVisible()
    offers.offer(store, claim, round_)
    offers.accept(store, claim)
    qtbot.waitUntil(lambda: not page.places.isVisible())
    sentences = " ".join(line.sentence for line in place_lines(context))
    assert "Maria" not in sentences and "RF-" not in sentences
