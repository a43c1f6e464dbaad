"""The room of pre-rehabilitation: its faces, a round's faces, and where they lead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QStackedWidget

from rehabdesk.domain.parties import OrganisationKind
from rehabdesk.services import parties
from rehabdesk.services.prerehab import programmes, rounds
from rehabdesk.services.prerehab.programmes import ProgrammeDetails
from rehabdesk.services.prerehab.rounds import RoundDetails
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.ui.prerehab.page import PrerehabPage
from rehabdesk.ui.shell.context import Target


@pytest.fixture
def programme(store) -> int:
    """A programme."""
    vara = parties.add_organisation(store, "Vara kommun", OrganisationKind.MUNICIPALITY)
    return programmes.add_programme(store, ProgrammeDetails("Grön prerehab", vara))


@pytest.fixture
def a_round(store, programme) -> int:
    """A round in January."""
    return rounds.plan_round(store, RoundDetails(programme, "", date(2027, 1, 12), 8, (1, 3), "09:00", "12:00", "", 4, 8))


@pytest.fixture
def page(qtbot, context) -> PrerehabPage:
    """The room, shown; what it asks the window for it gets from itself."""
    visited: list[Target] = []
    made = PrerehabPage(replace(context, navigate=lambda target: (visited.append(target), made.open_target(target))))
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    made.open_target(Target("prerehab"))
    return made


def stack(page: PrerehabPage) -> QStackedWidget:
    """What is shown: the room's own faces, or a round."""
    return page.overview.parentWidget()


def test_an_empty_room_says_what_to_do_first(page):
    assert page.overview._empty.isVisible()


def test_a_round_is_opened_from_the_room_and_gone_when_its_planning_is_undone(page, store, a_round):
    page.open_target(Target("prerehab", "round", a_round, "occasions"))
    assert stack(page).currentWidget() is page.round and page.round.face == "occasions"
    assert page.round.header.title == "Grön prerehab 1"
    store.undo()
    page.round._refresh()
    assert stack(page).currentWidget() is page.overview


def test_a_programme_that_is_named_is_the_one_shown_on_every_face(page, store, programme, a_round):
    vara = store.read(party_queries.organisations)[0].id
    other = programmes.add_programme(store, ProgrammeDetails("Vinterrehab", vara))
    page.open_target(Target("prerehab", "programme", other, "rounds"))
    assert page.overview.programme.value == other
    assert page.overview.face_of("rounds").table.rows_model.rows == ()
    page.open_target(Target("prerehab", "programme", programme, "rounds"))
    assert [row.id for row in page.overview.face_of("rounds").table.rows_model.rows] == [a_round]
