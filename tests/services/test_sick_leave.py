"""Sick leave in a real vault: periods, answers and trials are kept, refused, undone; and many cases are told at once."""

from __future__ import annotations

import json
from datetime import date, timedelta
from random import Random

import pytest

from rehabdesk.domain.cases import Employment
from rehabdesk.domain.many_chains import ManyChains
from rehabdesk.domain.plan_duty import PlanAnswer, PlanState, WhyNoPlan, WhyReopened
from rehabdesk.domain.problems import Refused
from rehabdesk.domain.rehab_chain import ChainState
from rehabdesk.paths import resources
from rehabdesk.services import cases, sick_leave
from rehabdesk.services.chain_rules import chain_rules, rule_book
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import sick_leave as queries
from rehabdesk.store.tables.cases import Case, Participant
from tests.helpers.people import TEST, make_forum

TODAY = date(2026, 11, 22)
BEGAN = date(2026, 8, 3)


@pytest.fixture
def case(store) -> int:
    return cases.open_case(store, make_forum(store).series, "Maria", "Sjö")


def set_employment(store, case: int, employment: Employment) -> None:
    with store.write(TEST, undoable=False) as writing:
        writing.session.get(Case, case).employment = employment


def codes(refused) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.field) for problem in refused.value.problems]


def test_a_period_is_kept_and_counted(store, case):
    sick_leave.add_period(store, case, BEGAN)
    found = store.read(sick_leave.standing, case, TODAY)
    assert (found.state, found.day, found.degree, found.test.id) == (ChainState.RUNNING, 112, 100, "kedja_2")
    assert (found.next_date.on, found.next_date.day, found.next_date.rule.id) == (date(2027, 1, 30), 181, "kedja_3c")


def test_adding_changing_and_removing_are_one_undo_step_each(store, case):
    period = sick_leave.add_period(store, case, BEGAN)
    sick_leave.change_period(store, period, BEGAN, date(2026, 10, 31), 100)
    second = sick_leave.add_period(store, case, date(2026, 11, 1), None, 75)
    sick_leave.remove_period(store, second)
    kept = []
    for _ in range(4):
        store.undo()
        kept.append([(row.start, row.end, row.degree) for row in store.read(queries.periods, case)])
    whole = (BEGAN, date(2026, 10, 31), 100)
    assert kept == [[whole, (date(2026, 11, 1), None, 75)], [whole], [(BEGAN, None, 100)], []]
    for _ in range(4):
        store.redo()
    assert [(row.start, row.end) for row in store.read(queries.periods, case)] == [(BEGAN, date(2026, 10, 31))]


def test_over_another_is_refused_and_nothing_is_changed(store, case):
    period = sick_leave.add_period(store, case, BEGAN)
    with pytest.raises(Refused) as refused:
        sick_leave.add_period(store, case, date(2026, 11, 1), None, 75)
    assert codes(refused) == [("sick_leave.earlier_goes_on", "start")]
    sick_leave.change_period(store, period, BEGAN, date(2026, 10, 31), 100)
    with pytest.raises(Refused) as refused:
        sick_leave.add_period(store, case, date(2026, 10, 31), None, 75)
    assert codes(refused) == [("sick_leave.overlaps", "start")]
    with pytest.raises(Refused) as refused:
        sick_leave.add_period(store, case, date(2026, 7, 1), None, 75)
    assert codes(refused) == [("sick_leave.end_needed", "end")]
    assert len(store.read(queries.periods, case)) == 1


def test_another_case_may_have_the_same_days(store, case):
    other = cases.open_case(store, 1, "Ali", "Ek")
    sick_leave.add_period(store, case, BEGAN)
    sick_leave.add_period(store, other, BEGAN)
    assert len(store.read(queries.person_chains)) == 2


def test_whose_case_is_gone_is_told(store, case):
    period = sick_leave.add_period(store, case, BEGAN)
    sick_leave.remove_period(store, period)
    for do in (lambda: sick_leave.remove_period(store, period), lambda: sick_leave.change_period(store, period, BEGAN, None, 100)):
        with pytest.raises(Refused) as refused:
            do()
        assert codes(refused) == [("sick_leave.gone", None)]
    with pytest.raises(Refused) as refused:
        sick_leave.add_period(store, 999, BEGAN)
    assert codes(refused) == [("case.gone", None)]


def test_the_plan_is_waited_for_answered_and_asked_for_again(store, clock, case):
    start = date(2026, 11, 1)
    sick_leave.add_period(store, case, start)
    duty = store.read(sick_leave.plan_duty, case, TODAY)
    assert (duty.state, duty.due_on, duty.days_left) == (PlanState.WAITING, date(2026, 11, 30), 8)
    sick_leave.answer_plan(store, case, PlanAnswer.STANDPOINT, "Åter på heltid i december", TODAY)
    assert store.read(sick_leave.plan_duty, case, TODAY).state is PlanState.ANSWERED
    assert store.read(sick_leave.plan_duty, case, start + timedelta(days=59)).state is PlanState.ANSWERED
    grown = store.read(sick_leave.plan_duty, case, start + timedelta(days=60))
    assert (grown.state, grown.why_reopened, grown.due_on) == (PlanState.REOPENED, WhyReopened.ABSENCE_GREW, start + timedelta(days=60))
    assert [row.case_id for row in store.read(sick_leave.plan_duties, start + timedelta(days=60))] == [case]


def test_an_exception_ends_when_health_improves(store, case):
    sick_leave.add_period(store, case, BEGAN)
    answer = sick_leave.answer_plan(store, case, PlanAnswer.EXCEPTION, "Kan inte arbeta i någon form nu", date(2026, 9, 1))
    assert store.read(sick_leave.plan_duty, case, TODAY).state is PlanState.ANSWERED
    sick_leave.health_improved(store, answer, date(2026, 11, 20))
    duty = store.read(sick_leave.plan_duty, case, TODAY)
    assert (duty.state, duty.why_reopened, duty.days_left) == (PlanState.REOPENED, WhyReopened.HEALTH_IMPROVED, -2)
    sick_leave.answer_plan(store, case, PlanAnswer.PLAN, "", TODAY)
    assert store.read(sick_leave.plan_duty, case, TODAY).state is PlanState.ANSWERED
    assert store.read(sick_leave.plan_duties, TODAY) == ()


@pytest.mark.parametrize(
    ("answer", "reason", "on", "expected"),
    [
        (None, "", TODAY, [("plan_duty.answer_missing", "answer")]),
        (PlanAnswer.STANDPOINT, " ", TODAY, [("plan_duty.reason_missing", "reason")]),
        (PlanAnswer.EXCEPTION, "", None, [("plan_duty.reason_missing", "reason"), ("plan_duty.day_missing", "answered_on")]),
        (PlanAnswer.PLAN, "", date(2026, 11, 23), [("plan_duty.in_future", "answered_on")]),
        (PlanAnswer.PLAN, "", date(2026, 8, 2), [("plan_duty.before_sick_leave", "answered_on")]),
    ],
)
def test_an_answer_that_cannot_be_is_refused_beside_its_field(store, case, answer, reason, on, expected):
    sick_leave.add_period(store, case, BEGAN)
    with pytest.raises(Refused) as refused:
        sick_leave.answer_plan(store, case, answer, reason, on)
    assert codes(refused) == expected
    assert store.read(queries.plan_answers, case) == ()


def test_without_sick_leave_there_is_nothing_to_answer(store, case):
    with pytest.raises(Refused) as refused:
        sick_leave.answer_plan(store, case, PlanAnswer.PLAN, "", TODAY)
    assert codes(refused) == [("plan_duty.no_sick_leave", "answer")]


def test_answers_are_undone_and_removed(store, case):
    sick_leave.add_period(store, case, BEGAN)
    answer = sick_leave.answer_plan(store, case, PlanAnswer.PLAN, "", TODAY)
    sick_leave.remove_answer(store, answer)
    assert store.read(sick_leave.plan_duty, case, TODAY).state is PlanState.LATE
    store.undo()
    assert store.read(sick_leave.plan_duty, case, TODAY).state is PlanState.ANSWERED
    store.undo()
    assert store.read(sick_leave.plan_duty, case, TODAY).state is PlanState.LATE


def test_only_employers_owe_a_plan_and_closed_cases_are_left_out(store, case):
    sick_leave.add_period(store, case, BEGAN)
    assert [row.state for row in store.read(sick_leave.plan_duties, TODAY)] == [PlanState.LATE]
    assert [row.state for row in store.read(queries.plan_duties, TODAY)] == [PlanState.LATE]
    set_employment(store, case, Employment.UNEMPLOYED)
    assert store.read(sick_leave.plan_duties, TODAY) == ()
    set_employment(store, case, Employment.ON_DEMAND)
    assert len(store.read(sick_leave.plan_duties, TODAY)) == 1
    with store.write(TEST, undoable=False) as writing:
        writing.session.get(Case, case).closed_on = TODAY
        writing.session.get(Case, case).closing_reason = "moved"
    assert store.read(sick_leave.plan_duties, TODAY) == ()
    assert store.read(queries.person_chains) == []


def test_her_age_is_taken_from_the_number_or_the_year(store, case):
    cases.set_identity_number(store, case, "640823-3234")
    assert store.read(queries.person, case).born_on == date(1964, 8, 23)
    with store.write(TEST, undoable=False) as writing:
        person = writing.session.get(Participant, writing.session.get(Case, case).participant_id)
        person.identity_number, person.birth_year = None, 1950
    assert store.read(queries.person, case).birth_year == 1950
    sick_leave.add_period(store, case, date(2026, 1, 1))
    assert store.read(sick_leave.standing, case, TODAY).test.id == "senior"


def test_a_coordination_number_gives_its_day(store, case):
    cases.set_identity_number(store, case, "701063-2391")
    assert store.read(queries.person, case).born_on == date(1970, 10, 3)


def test_trials_are_kept_refused_and_undone(store, case):
    sick_leave.add_period(store, case, BEGAN)
    trial = sick_leave.add_trial(store, case, date(2026, 11, 23), date(2026, 12, 6))
    with pytest.raises(Refused) as refused:
        sick_leave.add_trial(store, case, date(2026, 12, 6), date(2026, 12, 7))
    assert codes(refused) == [("work_trial.overlaps", "start")]
    sick_leave.change_trial(store, trial, date(2026, 11, 23), date(2026, 12, 6), TODAY)
    assert [row.notified_on for row in store.read(queries.trials, case)] == [TODAY]
    sick_leave.remove_trial(store, trial)
    store.undo()
    store.undo()
    assert [row.notified_on for row in store.read(queries.trials, case)] == [None]


def test_what_is_done_is_logged_without_words(store, case):
    sick_leave.add_period(store, case, BEGAN)
    sick_leave.answer_plan(store, case, PlanAnswer.EXCEPTION, "Xantippa", TODAY)
    with store.write(TEST, undoable=False) as writing:
        lines = writing.connection.exec_driver_sql("SELECT * FROM log_entry").fetchall()
    assert any("sick_leave_changed" in str(one) for one in lines)
    assert not any("Xantippa" in str(one) for one in lines)


# --- rules laid in the machine's own folder ---


def lay(home, name: str, text: str) -> None:
    folder = home / "config" / "rules" / "rehab_chain"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_a_rule_file_of_the_machine_is_used_without_a_new_program(home, store, case):
    sick_leave.add_period(store, case, BEGAN)
    law = json.loads((resources() / "rules" / "rehab_chain" / "2022-09-01.json").read_text("utf-8"))
    for row in law["rows"]:
        if row["kind"] == "plan":
            row["deadline_day"] = 40
    lay(home, "2022-09-01.json", json.dumps(law))
    assert chain_rules().own_files == ("2022-09-01.json",)
    assert store.read(sick_leave.plan_duty, case, TODAY).due_on == BEGAN + timedelta(days=39)
    (home / "config" / "rules" / "rehab_chain" / "2022-09-01.json").unlink()
    assert store.read(sick_leave.plan_duty, case, TODAY).due_on == BEGAN + timedelta(days=29)


@pytest.mark.parametrize(
    ("text", "code"),
    [("{", "chain_rules.not_readable"), ("[]", "chain_rules.not_rules"), ("\x00", "chain_rules.not_readable"), ("[" * 100_000, "chain_rules.not_readable"),
     ('{"format": 7}', "chain_rules.other_format"), (" " * 1_100_000, "chain_rules.too_large")],
)  # fmt: skip
def test_a_wrong_one_is_told_and_the_programs_rules_are_used(home, store, case, texts, text, code):
    sick_leave.add_period(store, case, BEGAN)
    lay(home, "2027.json", text)
    in_force = chain_rules()
    assert [problem.code for problem in in_force.problems] == [code]
    assert "2027.json" in texts.problems(in_force.problems)
    assert store.read(sick_leave.standing, case, TODAY).test.id == "kedja_2"


def test_in_a_closed_case_nothing_is_asked_for(store, case):
    sick_leave.add_period(store, case, BEGAN)
    with store.write(TEST, undoable=False) as writing:
        row = writing.session.get(Case, case)
        row.closed_on, row.closing_reason = TODAY, "moved"
    duty = store.read(sick_leave.plan_duty, case, TODAY)
    assert (duty.state, duty.why_none) == (PlanState.PASSED, WhyNoPlan.CLOSED)


def test_a_case_with_sick_leave_is_closed_and_not_removed(store, case):
    sick_leave.add_period(store, case, BEGAN)
    with pytest.raises(Refused) as refused:
        cases.remove_case(store, case)
    assert codes(refused) == [("case.in_use", None)]


@pytest.mark.parametrize("seed", range(3))
def test_many_cases_at_once_are_told_the_same_as_each_by_itself(store, seed):
    chance, series = Random(seed), make_forum(store).series
    for number in range(12):
        case = cases.open_case(store, series, f"Prov{number}")
        set_employment(store, case, chance.choice(tuple(Employment)))
        start = TODAY - timedelta(days=chance.randint(0, 300))
        for _ in range(chance.randint(0, 3)):
            end = start + timedelta(days=chance.randint(0, 70))
            sick_leave.add_period(store, case, start, end if chance.random() < 0.7 else None, chance.choice((25, 50, 75, 100)))
            start = end + timedelta(days=chance.choice((1, 20, 90, 91)))
            if store.read(queries.periods, case)[-1].end is None:
                break
        if chance.random() < 0.5 and store.read(sick_leave.standing, case, TODAY).state in (ChainState.RUNNING, ChainState.PAUSED):
            first = store.read(sick_leave.standing, case, TODAY).chain.start
            day = first + timedelta(days=chance.randint(0, (TODAY - first).days))
            sick_leave.answer_plan(store, case, chance.choice(tuple(PlanAnswer)), "skäl", day)
    ids = [row.id for row in store.read(case_queries.cases, TODAY)]
    each = {case: store.read(sick_leave.plan_duty, case, TODAY) for case in ids}
    at_once = {row.case_id: row.duty for row in store.read(sick_leave.plan_duties, TODAY)}
    assert at_once == {case: duty for case, duty in each.items() if duty.is_open}
    briefs = ManyChains(rule_book(), TODAY).briefs(store.read(queries.person_chains))
    alone = {case: store.read(sick_leave.standing, case, TODAY) for case in ids}
    running = (ChainState.RUNNING, ChainState.PAUSED)
    assert {brief.case_id: brief.day for brief in briefs} == {case: one.day for case, one in alone.items() if one.state in running}
