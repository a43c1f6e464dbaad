"""Action plans: versions numbered by what they say, what must be there before one is agreed or ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.plans import (
    Goal,
    GoalResult,
    PlanContent,
    PlanStep,
    canonical,
    next_version,
    problems_before_agreeing,
    problems_before_ending,
    problems_with_days,
    read_content,
)
from rehabdesk.domain.step_categories import read_categories
from rehabdesk.services.step_categories import category_words, step_categories

DAY = date(2026, 11, 24)
EMPTY = PlanContent("", False, "", "", "", "", None, None, None, "", False, None, (), ())
STEP = PlanStep(1, 0, "Boka avstämningsmöte", "authorities", 2, "Försäkringskassan", "Ola Ek", False, DAY, "open")
WHOLE = replace(
    EMPTY, own_goal="Jag vill orka med barnen.", evaluate_on=DAY + timedelta(days=90), participant_took_part=True,
    goals=(Goal("Två halvdagar i köket"),), steps=(STEP,),
)  # fmt: skip

words = st.text(max_size=40)
days = st.none() | st.dates()
steps = st.builds(
    PlanStep, st.integers(1), st.integers(-1, 3), words, words, st.none() | st.integers(1), words, words, st.booleans(), days, words
)
goals = st.builds(Goal, words, st.none() | st.sampled_from(GoalResult), words)
contents = st.builds(
    PlanContent, words, st.booleans(), words, words, words, words, days, days, st.none() | st.booleans(), words, st.booleans(), days,
    st.lists(goals, max_size=3).map(tuple), st.lists(steps, max_size=3).map(tuple),
)  # fmt: skip


@given(contents)
def test_what_is_kept_is_read_back_as_it_was(content):
    assert read_content(canonical(content)) == content


@given(contents, contents)
def test_two_papers_with_one_number_say_the_same(first, second):
    kept = (7, canonical(first))
    assert (next_version(second, kept) == 7) == (first == second)
    assert next_version(second, kept) in (7, 8)
    assert next_version(first, None) == 1


@given(contents)
def test_her_own_goal_is_for_the_table_only_when_she_has_ticked_it(content):
    assert content.goal_for_the_table == (content.own_goal if content.goal_for_table else "")


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (WHOLE, []),
        (EMPTY, ["plan.nothing_in_it", "plan.evaluation_day_missing", "plan.took_part_missing"]),
        (replace(WHOLE, goals=()), []),
        (replace(WHOLE, goals=(Goal("  "),), steps=()), ["plan.nothing_in_it"]),
        (replace(WHOLE, participant_took_part=False), ["plan.why_not_missing"]),
        (replace(WHOLE, participant_took_part=False, why_not="Hon orkade inte komma."), []),
        (replace(WHOLE, evaluate_on=None), ["plan.evaluation_day_missing"]),
    ],
)
def test_what_a_plan_needs_before_it_is_agreed(content, codes):
    assert [problem.code for problem in problems_before_agreeing(content)] == codes


@pytest.mark.parametrize(
    ("done_by", "evaluate_on", "codes"),
    [
        (None, None, []),
        (DAY, DAY, []),
        (DAY - timedelta(days=1), None, ["plan.done_before_made"]),
        (None, DAY - timedelta(days=1), ["plan.evaluated_before_made"]),
    ],
)
def test_a_plan_is_neither_done_nor_evaluated_before_it_was_made(done_by, evaluate_on, codes):
    assert [problem.code for problem in problems_with_days(done_by, evaluate_on, DAY)] == codes


@given(st.lists(goals, max_size=4))
def test_a_plan_ends_when_each_goal_is_evaluated(found):
    left = sum(goal.result is None for goal in found)
    problems = problems_before_ending(found)
    assert [problem.params["n"] for problem in problems] == ([left] if left else [])


def test_the_categories_of_steps_have_words_in_both_languages_and_none_reveals_violence():
    found = step_categories()
    assert len(found) == 14
    for category in found:
        told = " ".join((category.code, category.sv, category.en, category.usual_sv, category.usual_en)).casefold()
        assert not any(word in told for word in ("våld", "violen", "skyddat boende", "shelter", "diagnos", "missbruk", "addiction", "abuse"))
        assert category.kinds
        assert category_words(category.code, "sv") == category.sv != category.en == category_words(category.code, "en")
    assert {category.code for category in found if category.is_sensitive} == {"care_coordination", "social"}
    assert category_words("gone", "sv") == "gone"


@pytest.mark.parametrize("rows", ['[{"code": "", "sv": "a", "en": "b", "usual_sv": "c", "usual_en": "d", "kinds": [], "is_sensitive": false}]'])
def test_a_category_without_a_code_is_our_mistake(rows):
    with pytest.raises(ValueError, match="without a code"):
        read_categories(f'{{"categories": {rows}}}')
