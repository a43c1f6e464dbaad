"""Action plans: typed, kept in versions, one ledger with the forum, evaluated."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rehabdesk.domain.forum import ActionState
from rehabdesk.domain.hand_outs import Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.plans import FreezingReason, GoalResult, PlanDay, PlanFlag, PlanState, PlanText
from rehabdesk.domain.problems import Refused
from rehabdesk.services import cases, hand_outs, plans
from rehabdesk.services.forum import actions
from rehabdesk.services.forum.actions import NewAction
from rehabdesk.services.plans import StepPlace
from rehabdesk.store.queries import plans as queries
from rehabdesk.store.queries.forum import actions as action_queries
from tests.helpers.forum import small_forum
from tests.helpers.log import log_of

TODAY = date(2026, 11, 22)
DUE = date(2026, 12, 15)


@pytest.fixture
def forum(store):
    return small_forum(store)


@pytest.fixture
def case_id(forum):
    return forum.case_ids[0]


def plan_of(store, case_id):
    return store.read(queries.current, case_id)


def codes(refused):
    return [problem.code for problem in refused.value.problems]


def written_plan(store, case_id, forum):
    """A plan that can be agreed: a goal with a step, an evaluation day, and she took part."""
    plans.change_text(store, case_id, PlanText.OWN_GOAL, "Jag vill orka med barnen på kvällen.")
    goal = plans.add_goal(store, case_id, "Två halvdagar i köket")
    step = plans.add_step(
        store, case_id, NewAction("Boka avstämningsmöte", forum.party_ids["FK"], due_on=DUE), StepPlace(goal, "authorities")
    )
    plans.set_day(store, case_id, PlanDay.EVALUATE_ON, TODAY + timedelta(days=85))
    plans.set_took_part(store, case_id, True)
    return goal, step


def test_the_first_word_makes_the_plan_and_undo_takes_it_away(store, case_id):
    assert plan_of(store, case_id) is None
    plans.change_text(store, case_id, PlanText.CAN_DO, "Kan stå\ni korta stunder")
    row = plan_of(store, case_id)
    assert (row.state, row.can_do, row.made_on, row.version, row.is_changed) == (
        PlanState.DRAFT, "Kan stå\ni korta stunder", TODAY, 1, False,
    )  # fmt: skip
    store.undo()
    assert plan_of(store, case_id) is None


def test_every_field_is_kept(store, forum, case_id):
    contact = forum.contact_ids["HR"] if "HR" in forum.contact_ids else next(iter(forum.contact_ids.values()))
    for field in PlanText:
        plans.change_text(store, case_id, field, f"Text om {field.value}")
    plans.set_day(store, case_id, PlanDay.DONE_BY, DUE)
    plans.set_flag(store, case_id, PlanFlag.UNION_SIGNS, True)
    plans.set_took_part(store, case_id, False)
    plans.set_responsible(store, case_id, contact)
    row = plan_of(store, case_id)
    assert [getattr(row, field.value) for field in PlanText] == [f"Text om {field.value}" for field in PlanText]
    assert (row.done_by, row.union_signs, row.participant_took_part, row.responsible_contact_id) == (DUE, True, False, contact)
    assert row.responsible
    assert row.goal_for_the_table == ""
    plans.set_flag(store, case_id, PlanFlag.GOAL_FOR_TABLE, True)
    assert plan_of(store, case_id).goal_for_the_table == "Text om own_goal"
    assert len(log_of(store, "own_goal_for_table")) == 1


def test_a_step_of_the_plan_is_an_open_action_of_the_case_and_closes_in_both(store, forum, case_id):
    goal, step = written_plan(store, case_id, forum)
    item = forum.item_ids[0]
    earlier = store.read(action_queries.earlier_actions, item)
    assert [row.id for row in earlier] == [step]
    assert step in [row.id for row in store.read(action_queries.actions, state=ActionState.OPEN)]
    forum.start()
    actions.close_action(store, step, item)
    row = plan_of(store, case_id)
    assert [one.state for one in row.steps_of(goal)] == [ActionState.DONE]


def test_an_action_of_the_meeting_is_a_step_without_a_goal_until_it_is_given_one(store, forum, case_id):
    goal, step = written_plan(store, case_id, forum)
    made = actions.add_action(store, forum.item_ids[0], NewAction("Skicka underlag", forum.party_ids["HR"]))
    assert [row.id for row in plan_of(store, case_id).steps_of(None)] == [made]
    plans.set_step_goal(store, made, goal)
    assert {row.id for row in plan_of(store, case_id).steps_of(goal)} == {step, made}
    plans.remove_goal(store, goal)
    assert {row.id for row in plan_of(store, case_id).steps_of(None)} == {step, made}
    store.undo()
    assert {row.id for row in plan_of(store, case_id).steps_of(goal)} == {step, made}


def test_a_step_takes_no_goal_of_another_case_and_no_unknown_category(store, forum, case_id):
    other = plans.add_goal(store, forum.case_ids[1], "Annat")
    with pytest.raises(Refused) as refused:
        plans.add_step(store, case_id, NewAction("Ring"), StepPlace(other))
    assert codes(refused) == ["plan.goal.gone"]
    with pytest.raises(Refused) as refused:
        plans.add_step(store, case_id, NewAction("Ring"), StepPlace(category="violence"))
    assert codes(refused) == ["plan.category_unknown"]
    assert plan_of(store, case_id) is None


def test_a_plan_is_agreed_when_it_says_enough_and_is_kept_beyond_undo(store, forum, case_id):
    with pytest.raises(Refused) as refused:
        plans.agree(store, case_id)
    assert codes(refused) == ["plan.nothing_in_it", "plan.evaluation_day_missing", "plan.took_part_missing"]
    written_plan(store, case_id, forum)
    assert plans.agree(store, case_id) == 1
    row = plan_of(store, case_id)
    assert (row.state, row.agreed_on, row.version, row.is_changed) == (PlanState.CURRENT, TODAY, 1, False)
    assert row.latest_version.reason is FreezingReason.AGREED
    assert store.undo_label is None
    assert plans.agree(store, case_id) == 1
    assert len(store.read(queries.versions, case_id)) == 1


def test_a_plan_that_names_another_participant_is_not_agreed(store, forum, case_id):
    written_plan(store, case_id, forum)
    kept = plan_of(store, case_id).can_do
    plans.change_text(store, case_id, PlanText.CAN_DO, "Arbetar som Johan Ekegren gjorde")
    with pytest.raises(Refused) as refused:
        plans.agree(store, case_id)
    assert codes(refused) == ["paper.names_another"]
    assert refused.value.problems[0].params["words"] == "Johan Ekegren"
    assert store.read(queries.versions, case_id) == ()
    plans.change_text(store, case_id, PlanText.CAN_DO, kept)
    assert plans.agree(store, case_id) == 1


def test_a_change_gives_the_next_version_and_the_old_one_stays_as_it_was(store, forum, case_id):
    goal, step = written_plan(store, case_id, forum)
    plans.agree(store, case_id)
    before = store.read(queries.version_content, case_id, 1)
    plans.change_goal(store, goal, "Tre halvdagar i köket")
    row = plan_of(store, case_id)
    assert (row.version, row.is_changed, row.latest_version.version) == (2, True, 1)
    actions.close_action(store, step)
    with store.write(plans.Label("test"), undoable=False) as writing:
        assert plans.keep_for_paper(writing, case_id) == 2
    assert store.read(queries.version_content, case_id, 1) == before
    assert before.goals[0].text == "Två halvdagar i köket"
    kept = store.read(queries.version_content, case_id, 2)
    assert (kept.goals[0].text, kept.steps[0].state) == ("Tre halvdagar i köket", "done")
    assert [row.reason for row in store.read(queries.versions, case_id)] == [FreezingReason.HANDED_OUT, FreezingReason.AGREED]
    store.undo()
    store.undo()
    assert plan_of(store, case_id).goals[0].text == "Två halvdagar i köket"
    assert plan_of(store, case_id).version == 3
    assert store.read(queries.version_content, case_id, 2) == kept


def test_a_date_on_paper_is_moved_with_its_reason_and_a_step_on_paper_is_not_removed(store, forum, case_id):
    goal, step = written_plan(store, case_id, forum)
    later = NewAction("Boka avstämningsmötet", forum.party_ids["FK"], due_on=DUE + timedelta(days=7))
    plans.change_step(store, step, later)
    assert plan_of(store, case_id).steps[0].due_on == DUE + timedelta(days=7)
    plans.agree(store, case_id)
    with pytest.raises(Refused) as refused:
        plans.change_step(store, step, NewAction("Boka avstämningsmötet", forum.party_ids["FK"], due_on=DUE))
    assert codes(refused) == ["plan.date_needs_reason"]
    plans.change_step(store, step, NewAction("Boka ett avstämningsmöte", forum.party_ids["FK"], due_on=later.due_on))
    with pytest.raises(Refused) as refused:
        plans.remove_step(store, step)
    assert codes(refused) == ["plan.step_is_known"]
    actions.move_action(store, step, DUE, "FK har tid tidigare")
    new = plans.add_step(store, case_id, NewAction("Ring chefen"), StepPlace(goal))
    plans.remove_step(store, new)
    assert [row.id for row in plan_of(store, case_id).steps] == [step]


def test_a_plan_is_evaluated_goal_by_goal_and_the_next_takes_what_is_left(store, forum, case_id):
    met, step = written_plan(store, case_id, forum)
    left = plans.add_goal(store, case_id, "Ingen värk efter jobbet")
    open_step = plans.add_step(store, case_id, NewAction("Prova ryggskola", forum.party_ids["VC"]), StepPlace(left))
    loose = plans.add_step(store, case_id, NewAction("Ring facket"))
    plans.set_result(store, met, GoalResult.MET)
    actions.close_action(store, step)
    with pytest.raises(Refused) as refused:
        plans.end(store, case_id)
    assert refused.value.problems[0].params == {"n": 1}
    plans.set_result(store, left, GoalResult.PARTLY)
    plans.change_comment(store, left, "Bättre, men inte varje dag.")
    assert plans.end(store, case_id) == 1
    ended = plan_of(store, case_id)
    assert (ended.state, ended.ended_on, ended.is_changed) == (PlanState.ENDED, TODAY, False)
    kept = store.read(queries.version_content, case_id, 1)
    assert {one.action_id for one in kept.steps} == {step, open_step, loose}
    assert [(goal.result, goal.comment) for goal in kept.goals] == [
        (GoalResult.MET, ""), (GoalResult.PARTLY, "Bättre, men inte varje dag."),
    ]  # fmt: skip
    with pytest.raises(Refused) as refused:
        plans.change_text(store, case_id, PlanText.CAN_DO, "Mer")
    assert codes(refused) == ["plan.has_ended"]
    plans.begin_next(store, case_id)
    row = plan_of(store, case_id)
    assert (row.state, row.own_goal, row.version, [goal.text for goal in row.goals]) == (
        PlanState.DRAFT, "Jag vill orka med barnen på kvällen.", 2, ["Ingen värk efter jobbet"],
    )  # fmt: skip
    assert [one.id for one in row.steps_of(row.goals[0].id)] == [open_step]
    assert [one.id for one in row.steps_of(None)] == [loose]


def test_goals_change_places(store, case_id):
    first, second, third = (plans.add_goal(store, case_id, text) for text in ("Ett", "Två", "Tre"))
    plans.move_goal(store, third, 0)
    assert [goal.id for goal in plan_of(store, case_id).goals] == [third, first, second]
    plans.move_goal(store, third, 99)
    assert [goal.id for goal in plan_of(store, case_id).goals] == [first, second, third]


def test_the_evaluations_that_are_due_are_those_of_open_cases(store, forum, case_id):
    day = TODAY + timedelta(days=10)
    for one in forum.case_ids:
        plans.set_day(store, one, PlanDay.EVALUATE_ON, day)
    assert store.read(queries.evaluations_due, day - timedelta(days=1)) == ()
    due = store.read(queries.evaluations_due, day)
    assert [(row.case_id, row.evaluate_on) for row in due] == [(one, day) for one in forum.case_ids]
    plans.end(store, case_id)
    assert [row.case_id for row in store.read(queries.evaluations_due, day)] == forum.case_ids[1:]


def test_a_day_before_the_plan_was_made_is_refused(store, case_id):
    with pytest.raises(Refused) as refused:
        plans.set_day(store, case_id, PlanDay.EVALUATE_ON, TODAY - timedelta(days=1))
    assert codes(refused) == ["plan.evaluated_before_made"]
    assert plan_of(store, case_id) is None


def test_a_case_with_a_plan_is_not_removed(store, forum):
    case_id = cases.open_case(store, forum.series_id, "Ewa")
    plans.change_text(store, case_id, PlanText.OWN_GOAL, "Jag vill")
    with pytest.raises(Refused) as refused:
        cases.remove_case(store, case_id)
    assert codes(refused) == ["case.in_use"]


def test_under_protected_identity_nobody_at_the_workplace_holds_the_plan_together(store, forum):
    case_id = cases.open_case(store, forum.series_id, "Alias", is_protected=True)
    with pytest.raises(Refused) as refused:
        plans.set_responsible(store, case_id, forum.contact_ids["HR"])
    assert codes(refused) == ["protected.workplace"]
    assert plan_of(store, case_id) is None
    plans.set_responsible(store, case_id, forum.contact_ids["FK"])
    assert plan_of(store, case_id).responsible_contact_id == forum.contact_ids["FK"]


def test_what_began_the_plan_cannot_be_undone_once_it_has_been_printed(store, case_id):
    plans.change_text(store, case_id, PlanText.OWN_GOAL, "Jag vill")
    hand_outs.queue_paper(store, Wanted(PaperKind.PLAN_PLAIN, Reader(ReaderKind.PARTICIPANT, case_id=case_id)))
    with pytest.raises(Refused) as refused:
        store.undo()
    assert codes(refused) == ["undo.impossible"]
    assert plan_of(store, case_id).own_goal == "Jag vill"
    assert [row.version for row in store.read(queries.versions, case_id)] == [1]
