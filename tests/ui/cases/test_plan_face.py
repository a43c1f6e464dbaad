"""The action plan by keyboard, in a real window on the real store."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from rehabdesk.domain.forum import ActionState
from rehabdesk.domain.plans import GoalResult, PlanDay, PlanFlag, PlanState, PlanText
from rehabdesk.services import plans
from rehabdesk.services.forum.actions import NewAction
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import plans as queries
from rehabdesk.store.queries.forum import actions as action_queries
from rehabdesk.ui.cases.goal_card import GoalCard
from rehabdesk.ui.cases.plan_face import PlanFace
from tests.helpers.forum import small_forum
from tests.helpers.keys import ALT, press, type_text

TODAY = date(2026, 11, 22)
KEY = Qt.Key


@pytest.fixture
def forum(store):
    return small_forum(store)


@pytest.fixture
def case_id(forum):
    return forum.case_ids[0]


@pytest.fixture
def face(context, store, case_id, qtbot):
    made = PlanFace(context)
    qtbot.addWidget(made)
    made.resize(1200, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.show_case(store.read(case_queries.case, case_id, TODAY))
    return made


def plan_of(store, case_id):
    return store.read(queries.current, case_id)


def seen(qtbot, face):
    """Let what was kept be read again."""
    QApplication.processEvents()


def focused():
    return QApplication.focusWidget()


def test_her_own_goal_is_typed_and_kept_and_is_hers_until_ticked(face, store, case_id, qtbot):
    face.focus_first()
    type_text(None, "Jag vill orka natta barnen.")
    assert face.flush()
    assert plan_of(store, case_id).own_goal == "Jag vill orka natta barnen."
    assert not face.own_goal.for_table.isChecked()
    assert "Bara deltagaren och du" in face.own_goal.hint.text()
    face.own_goal.for_table.setFocus()
    press(None, KEY.Key_Space)
    seen(qtbot, face)
    assert plan_of(store, case_id).goal_for_table
    assert "Målet står i planen" in face.own_goal.hint.text()
    store.undo()
    seen(qtbot, face)
    assert not face.own_goal.for_table.isChecked()


def test_goals_are_written_line_by_line_moved_and_taken_away(face, store, case_id, qtbot):
    face.goals.lines[0].text.setFocus()
    type_text(None, "Två halvdagar i köket\nIngen värk efter jobbet")
    assert face.flush()
    seen(qtbot, face)
    assert [goal.text for goal in plan_of(store, case_id).goals] == ["Två halvdagar i köket", "Ingen värk efter jobbet"]
    press(None, KEY.Key_Up, ALT)
    seen(qtbot, face)
    assert [goal.text for goal in plan_of(store, case_id).goals] == ["Ingen värk efter jobbet", "Två halvdagar i köket"]
    assert [one.text.text() for one in face.goals.lines] == ["Ingen värk efter jobbet", "Två halvdagar i köket"]
    one = face.goals.lines[1]
    one.text.setFocus()
    one.text.selectAll()
    press(None, KEY.Key_Delete)
    press(None, KEY.Key_Backspace)
    seen(qtbot, face)
    assert [goal.text for goal in plan_of(store, case_id).goals] == ["Ingen värk efter jobbet"]
    assert focused() is face.goals.lines[0].text


def test_a_step_is_added_as_it_is_spoken_and_is_an_open_action(face, store, forum, case_id, qtbot):
    goal = plans.add_goal(store, case_id, "Ett möte")
    seen(qtbot, face)
    face.steps.place.category.set_value("authorities")
    face.steps.place.category.changed.emit("authorities")
    assert "Försäkringskassan" in face.steps.place.usual.text()
    face.steps.quick.field.setFocus()
    type_text(None, "FK boka avstämningsmöte 15/12")
    assert "Försäkringskassan" in face.steps.quick.reading.text()
    type_text(None, "\n")
    seen(qtbot, face)
    step = plan_of(store, case_id).steps[0]
    assert (step.what, step.party_id, step.due_on, step.category) == (
        "Boka avstämningsmöte", forum.party_ids["FK"], date(2026, 12, 15), "authorities",
    )  # fmt: skip
    assert plan_of(store, case_id).goal_of_step == (goal,)
    assert step.id in [row.id for row in store.read(action_queries.earlier_actions, forum.item_ids[0])]
    assert face.steps.quick.field.text() == ""
    assert "Mål 1" in face.steps.list.row(step.id).accessibleName()


@pytest.fixture
def step(store, forum, case_id):
    goal = plans.add_goal(store, case_id, "Ett möte")
    return plans.add_step(
        store, case_id, NewAction("Boka avstämningsmöte", forum.party_ids["FK"], due_on=date(2026, 12, 15)), plans.StepPlace(goal)
    )


def test_a_step_is_closed_moved_and_changed_by_a_key(step, face, store, case_id, qtbot):
    face.steps.list.choose(step)
    face.steps.list.take_focus()
    type_text(None, "f")
    type_text(None, "20/12\n")
    type_text(None, "Läkaren är ledig\n")
    seen(qtbot, face)
    row = plan_of(store, case_id).steps[0]
    assert (row.due_on, row.move_count) == (date(2026, 12, 20), 1)
    assert focused() is face.steps.list.row(step)
    press(None, KEY.Key_Return)
    assert focused() is face.steps.quick.field
    face.steps.quick.field.selectAll()
    type_text(None, "FK boka ett möte 20/12\n")
    seen(qtbot, face)
    assert plan_of(store, case_id).steps[0].what == "Boka ett möte"
    assert focused() is face.steps.list.row(step)
    type_text(None, "k")
    seen(qtbot, face)
    assert plan_of(store, case_id).steps[0].state is ActionState.DONE


def test_escape_leaves_a_step_that_is_being_changed_as_it_was(step, face, store, case_id, qtbot):
    face.steps.list.choose(step)
    face.steps.change_current()
    type_text(None, "x")
    assert face.step_back()
    assert face.steps.quick.field.text() == ""
    face.steps.move_current()
    assert face.steps.editor.isVisible()
    assert face.step_back()
    assert not face.steps.editor.isVisible()
    assert not face.step_back()
    assert plan_of(store, case_id).steps[0].what == "Boka avstämningsmöte"


def test_a_step_on_paper_is_not_removed_and_the_reason_stands_beside(step, face, store, case_id, qtbot):
    plans.set_day(store, case_id, PlanDay.EVALUATE_ON, TODAY)
    plans.set_took_part(store, case_id, True)
    plans.agree(store, case_id)
    seen(qtbot, face)
    face.steps.list.choose(step)
    face.steps.list.take_focus()
    press(None, KEY.Key_Delete)
    assert "Steget har stått på papper" in face.steps.problem.text()


def test_the_days_and_whether_she_took_part(face, store, forum, case_id, qtbot):
    day = face.about.days[PlanDay.EVALUATE_ON].line
    day.setFocus()
    type_text(None, "2027-02-15\t")
    seen(qtbot, face)
    assert plan_of(store, case_id).evaluate_on == date(2027, 2, 15)
    day.setFocus()
    day.selectAll()
    type_text(None, "2026-01-01\t")
    assert "efter den här dagen" in face.about.form.frame(PlanDay.EVALUATE_ON).problem.text()
    assert plan_of(store, case_id).evaluate_on == date(2027, 2, 15)
    assert not face.about.why_not.isVisible()
    face.about.took_part.setFocus()
    press(None, KEY.Key_End)
    face.about.took_part.activated.emit(2)
    seen(qtbot, face)
    assert face.about.why_not.isVisible()
    face.about.why_not.setFocus()
    type_text(None, "Hon orkade inte komma.")
    assert face.flush()
    row = plan_of(store, case_id)
    assert (row.participant_took_part, row.why_not) == (False, "Hon orkade inte komma.")


def test_agreeing_says_what_is_missing_and_then_keeps_a_version_that_can_be_read(face, store, forum, case_id, step, qtbot):
    seen(qtbot, face)
    face.versions.agree.setFocus()
    press(None, KEY.Key_Return)
    assert "utvärderas" in face.versions.problem.text()
    plans.set_day(store, case_id, PlanDay.EVALUATE_ON, TODAY + timedelta(days=80))
    plans.set_took_part(store, case_id, True)
    press(face.versions.agree, KEY.Key_Return)
    seen(qtbot, face)
    assert face.versions.problem.text() == ""
    assert face.versions.badge.text() == "gäller"
    assert face.versions.said.text() == "Som i version 1."
    plans.add_goal(store, case_id, "Ett till")
    seen(qtbot, face)
    assert "blir den version 2" in face.versions.said.text()
    face.versions._on_read(store.read(queries.versions, case_id)[0])
    assert face.versions.preview.isVisible()
    assert face.versions.preview.page_count == 1
    assert face.step_back()
    assert not face.versions.preview.isVisible()


def test_goals_are_evaluated_and_the_plan_ends_and_the_next_begins(face, store, case_id, qtbot):
    goal = plans.add_goal(store, case_id, "Två halvdagar i köket")
    seen(qtbot, face)
    row = face.evaluation.rows[goal]
    row.comment.setFocus()
    type_text(None, "Bra på förmiddagen")
    press(face.evaluation.end, KEY.Key_Return)
    assert face.evaluation.problem.text() == "1 mål är inte utvärderat än."
    row.result.set_value(GoalResult.PARTLY)
    row.result.changed.emit(GoalResult.PARTLY)
    press(face.evaluation.end, KEY.Key_Return)
    seen(qtbot, face)
    ended = plan_of(store, case_id)
    assert (ended.state, ended.goals[0].comment, ended.goals[0].result) == (PlanState.ENDED, "Bra på förmiddagen", GoalResult.PARTLY)
    assert not face.own_goal.isEnabled()
    assert not face.steps.quick.isEnabled()
    press(face.evaluation.begin, KEY.Key_Return)
    seen(qtbot, face)
    assert plan_of(store, case_id).state is PlanState.DRAFT
    assert face.own_goal.isEnabled()


def test_another_participants_name_is_underlined_and_said(face, forum, qtbot):
    face.goals.lines[0].text.setFocus()
    type_text(None, "Som Johan Ekegren gjorde")
    assert "kan vara deltagaren" in face.goals.lines[0].sentence.text()


def test_names_are_said_in_why_not_and_in_the_evaluation(face, store, case_id, qtbot):
    goal = plans.add_goal(store, case_id, "Två halvdagar i köket")
    plans.set_took_part(store, case_id, False)
    seen(qtbot, face)
    for field, told in (
        (face.about.why_not, face.about.names_told),
        (face.evaluation.rows[goal].comment, face.evaluation.rows[goal].names_told),
    ):
        assert not told.isVisible()
        field.setFocus()
        type_text(None, "Som Johan Ekegren")
        assert "kan vara deltagaren" in told.text()
        qtbot.waitUntil(told.isVisible)
        assert [(mark.start, mark.end) for mark in field.underlines] == [(4, 17)]


def test_another_case_shows_its_own_plan(face, store, forum, case_id, qtbot):
    face.focus_first()
    type_text(None, "Mitt mål")
    face.show_case(store.read(case_queries.case, forum.case_ids[1], TODAY))
    assert face.own_goal.text.text() == ""
    assert plan_of(store, case_id).own_goal == "Mitt mål"
    assert plan_of(store, forum.case_ids[1]) is None


def test_the_card_on_the_overview_says_her_goal_and_when_it_is_evaluated(context, store, case_id, qtbot):
    card = GoalCard(context)
    qtbot.addWidget(card)
    row = store.read(case_queries.case, case_id, TODAY)
    card.show_case(row)
    assert (card.goal.text(), card.when.text()) == ("Inte skrivet än.", "")
    plans.change_text(store, case_id, PlanText.OWN_GOAL, "Jag vill tillbaka till köket.")
    plans.set_day(store, case_id, PlanDay.EVALUATE_ON, date(2027, 2, 15))
    plans.set_flag(store, case_id, PlanFlag.GOAL_FOR_TABLE, False)
    card.show_case(row)
    assert card.goal.text() == "”Jag vill tillbaka till köket.”"
    assert card.when.text() == "Utvärderas 2027-02-15"
    with qtbot.waitSignal(card.wanted) as caught:
        press(card.open, KEY.Key_Return)
    assert caught.args == ["plan"]


def test_a_half_written_step_is_there_again(context, face, store, forum, case_id, qtbot):
    face.steps.quick.field.setFocus()
    type_text(None, "FK boka avst")
    face.show_case(store.read(case_queries.case, forum.case_ids[1], TODAY))
    assert face.steps.quick.field.text() == ""
    assert plan_of(store, forum.case_ids[1]) is None
    assert store.undo_label is None or store.undo_label.key != "plan.step_changed"
    again = PlanFace(context)
    qtbot.addWidget(again)
    again.show_case(store.read(case_queries.case, case_id, TODAY))
    assert again.steps.quick.field.text() == "FK boka avst"
    assert plan_of(store, case_id).steps == ()


def test_what_is_typed_in_a_goal_that_is_taken_away_meanwhile_holds_nobody_back(face, store, case_id, qtbot):
    goal = plans.add_goal(store, case_id, "Ett")
    seen(qtbot, face)
    face.goals.lines[0].text.setFocus()
    type_text(None, " till")
    plans.remove_goal(store, goal)
    assert face.flush()
    seen(qtbot, face)
    assert [one.goal_id for one in face.goals.lines] == [None]


def test_what_is_typed_just_before_the_plan_ends_is_in_it(face, store, case_id, qtbot):
    goal = plans.add_goal(store, case_id, "Ett")
    plans.set_result(store, goal, GoalResult.MET)
    seen(qtbot, face)
    face.focus_first()
    type_text(None, "Jag vill")
    press(face.evaluation.end, KEY.Key_Return)
    seen(qtbot, face)
    assert plan_of(store, case_id).state is PlanState.ENDED
    assert store.read(queries.version_content, case_id, 1).own_goal == "Jag vill"
    assert face.flush()
