"""A place is taken from the plan: with its step, or for one that is there; one step back frees both."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.prerehab import BookingState
from rehabdesk.services import plans
from rehabdesk.services.forum.actions import NewAction
from rehabdesk.services.plans import StepPlace
from rehabdesk.services.prerehab import offers, waiting_list
from rehabdesk.store.queries import plans as plan_queries
from rehabdesk.store.queries.prerehab import claims as queries
from rehabdesk.ui.cases.page import CasesPage
from rehabdesk.ui.cases.plan_steps import StepRow
from rehabdesk.ui.parts.basics import Link, Words
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.shell.main_window import MainWindow
from rehabdesk.ui.shell.rooms import Room
from rehabdesk.wording import shell as words
from tests.helpers.claims import make_programme, make_round
from tests.helpers.forum import small_forum
from tests.helpers.hands import choose, go_to, key, push, wait_for
from tests.helpers.keys import CTRL

TODAY = date(2026, 11, 22)
KEY = Qt.Key


@pytest.fixture
def forum(store):
    return small_forum(store)


@pytest.fixture
def case(forum) -> int:
    return forum.case_ids[0]


@pytest.fixture
def programme(store, forum) -> int:
    return make_programme(store)


@pytest.fixture
def window(context, forum, qtbot):
    made = MainWindow(context, [Room("cases", words.CASES, CasesPage)])
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def plan_face(window, case):
    window.navigate(Target("cases", "case", case, "plan"))
    return window.page.case.face_of("plan")


def told(card: QWidget) -> str:
    return " ".join(words.text() for words in card.findChildren(Words) if words.isVisible())


def steps_told(face) -> list[str]:
    return [row.accessibleName() for row in face.steps.findChildren(StepRow) if row.isVisible()]


def steps(store, case):
    plan = store.read(plan_queries.current, case)
    return plan.steps if plan is not None else ()


def alive(store, case):
    return store.read(queries.alive_of_case, case, TODAY)


def test_without_a_round_the_plan_speaks_of_no_place(window, case, programme):
    assert not plan_face(window, case).places.isVisible()


def test_place_and_step_are_made_together_and_one_step_back_frees_both(window, store, case, programme):
    make_round(store, programme, date(2027, 1, 12))
    face = plan_face(window, case)
    push("Ta en plats")
    go_to("Boka: Grön prerehab 1")
    key(KEY.Key_Space)
    (step,), (claim,) = steps(store, case), alive(store, case)
    assert (claim.state, claim.action_id) == (BookingState.ACCEPTED, step.id)
    assert (step.what, step.category, step.for_participant, step.due_on) == ("Grön prerehab", "nature_based", True, date(2027, 1, 12))
    wait_for(lambda: any("plats 1 i Grön prerehab 1: tackat ja" in row for row in steps_told(face)), "the step with its place")
    key(KEY.Key_Z, CTRL)
    assert steps(store, case) == () and alive(store, case) == ()


def test_a_step_of_green_rehabilitation_takes_the_place(window, store, case, programme):
    make_round(store, programme, date(2027, 1, 12))
    other = plans.add_step(store, case, NewAction("ring chefen"))
    step = plans.add_step(store, case, NewAction("grön rehab efter jul", for_participant=True), StepPlace(category="nature_based"))
    face = plan_face(window, case)
    assert "1 steg om grön rehabilitering har ingen plats än." in told(face.places)
    push("Ta en plats")
    assert face.places.step.value == step
    go_to("Boka: Grön prerehab 1")
    key(KEY.Key_Space)
    assert alive(store, case)[0].action_id == step
    assert {row.id for row in steps(store, case)} == {other, step}
    wait_for(lambda: "1 steg" not in told(face.places), "the step with its place")
    key(KEY.Key_Z, CTRL)
    assert alive(store, case) == () and len(steps(store, case)) == 2


def test_rounds_that_cannot_be_had_are_greyed_with_the_reason(window, store, forum, case, programme):
    round_ = make_round(store, programme, date(2027, 1, 12), places=1)
    claim = waiting_list.register(store, programme, forum.case_ids[1])
    offers.offer(store, claim, round_, answer_by=date(2026, 12, 1))
    offers.accept(store, claim)
    face = plan_face(window, case)
    push("Ta en plats")
    assert "fullt" in told(face.places)
    assert not [link for link in face.places.findChildren(Link) if link.isVisible()]


def test_whoever_waits_is_passed_over_with_a_reason_from_the_plan_too(window, store, forum, case, programme):
    make_round(store, programme, date(2027, 1, 12))
    waits = waiting_list.register(store, programme, forum.case_ids[1])
    face = plan_face(window, case)
    push("Ta en plats")
    go_to("Boka: Grön prerehab 1")
    key(KEY.Key_Space)
    assert steps(store, case) == ()
    choose("Varför förbigången: RF-2026-002", "någon annan hade större behov")
    key(KEY.Key_Return, CTRL)
    assert len(steps(store, case)) == 1 and len(store.read(queries.history, waits).passed_over) == 1
    assert not face.places.rounds.isVisible()


def test_esc_puts_the_reasons_away_and_then_the_rounds(window, store, forum, case, programme):
    make_round(store, programme, date(2027, 1, 12))
    waiting_list.register(store, programme, forum.case_ids[1])
    face = plan_face(window, case)
    push("Ta en plats")
    go_to("Boka: Grön prerehab 1")
    key(KEY.Key_Space)
    key(KEY.Key_Escape)
    assert face.places.rounds.isVisible() and not face.places.rounds.passed.isVisible()
    key(KEY.Key_Escape)
    assert not face.places.rounds.isVisible() and face.places.begin.hasFocus()
