"""What to think of stands where a meeting is prepared: one quiet line at the item of that case."""

from __future__ import annotations

import pytest

from rehabdesk.domain.cases import CaseText
from rehabdesk.services import cases, circumstances
from rehabdesk.ui.cases.circumstances_card import NeedsLine
from rehabdesk.ui.forum.agenda_face import AgendaFace
from tests.helpers.forum import Forum, small_forum


@pytest.fixture
def forum(store) -> Forum:
    return small_forum(store, cases_count=2)


def test_the_item_of_a_case_says_what_to_think_of_and_another_nothing(qtbot, context, forum):
    circumstances.set_no_paper_home(forum.store, forum.case_ids[0], True)
    cases.change_text(forum.store, forum.case_ids[0], CaseText.INTERPRETER_LANGUAGE, "arabiska")
    face = AgendaFace(context, forum.session_id)
    qtbot.addWidget(face)
    with qtbot.waitExposed(face):
        face.show()
    line = face.findChild(NeedsLine)
    said = {}
    for item in range(2):
        face.choose_item(forum.item_ids[item])
        said[item] = line.text() if line.isVisible() else ""
    assert said == {0: "Att tänka på: Inget papper hem. Tolk: arabiska.", 1: ""}


def test_under_protected_identity_only_what_could_hurt_is_said_outside_the_page(qtbot, context, forum):
    case = forum.case_ids[0]
    circumstances.set_do_not_ring(forum.store, case, True)
    cases.change_text(forum.store, case, CaseText.INTERPRETER_LANGUAGE, "arabiska")
    line = NeedsLine(context)
    qtbot.addWidget(line)
    line.show_needs(case)
    assert line.text() == "Att tänka på: Ring inte. Tolk: arabiska."
    cases.set_identity_number(forum.store, case, "")
    cases.set_employer_contact(forum.store, case, None)
    cases.set_protected(forum.store, case, True)
    line.show_needs(case)
    assert line.text() == "Att tänka på: Ring inte."
    line.show_needs(None)
    assert line.text() == ""
