"""A proposed agenda: what is due comes onto it, what does not fit is told, and taking it is one step."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rehabdesk.domain.cases import Opening
from rehabdesk.domain.fitting import NotFitting
from rehabdesk.domain.forum import Due, minutes_between
from rehabdesk.domain.problems import Refused
from rehabdesk.services import cases, consent
from rehabdesk.services.forum import agenda, meeting, preparing, series
from rehabdesk.store.queries.forum import agenda as queries
from tests.helpers.forum import PEOPLE, Forum, small_forum


@pytest.fixture
def forum(store) -> Forum:
    return small_forum(store, cases_count=2)


def waiting(forum: Forum, count: int, *, parties: tuple[str, ...] = ("FK", "VC", "HR"), days: int = 200) -> list[int]:
    """Cases with a consent that are on no agenda."""
    today = forum.store.clock.today()
    made = []
    for given, surname in PEOPLE[2 : 2 + count]:
        case_id = cases.open_case(forum.store, forum.series_id, given, surname)
        if parties:
            consent.give(forum.store, case_id, [forum.party_ids[key] for key in parties], today, today + timedelta(days=days))
        made.append(case_id)
    return made


def proposal(forum: Forum) -> preparing.AgendaProposal:
    return forum.store.read(preparing.propose, forum.session_id, forum.store.clock.today())


def rows(forum: Forum) -> tuple[queries.ItemRow, ...]:
    return forum.store.read(queries.agenda, forum.session_id, forum.store.clock.today())


def test_what_is_due_comes_between_the_opening_and_the_closing_lines(forum):
    series.add_standing_item(forum.store, forum.series_id, title="Nästa möte", minutes=5, is_last=True)
    new = waiting(forum, 2)
    found = proposal(forum)
    assert [line.name for line in found.lines if line.item_id and line.case_id is None][0] == "Mötet öppnas"
    assert [line.case_id for line in found.lines if line.is_new] == list(reversed(new))
    assert [(line.starts, line.before) for line in found.lines] == [
        ("13:00", 0), ("13:05", 0), ("13:30", 5), ("13:55", 5), ("14:20", 5),
    ]
    assert all(line.reasons[0].due is Due.NEVER for line in found.lines if line.is_new)


def test_nothing_is_kept_until_it_is_taken_and_then_it_is_one_step(forum):
    new = waiting(forum, 2)
    before = rows(forum)
    found = proposal(forum)
    assert rows(forum) == before
    preparing.take(forum.store, found)
    after = rows(forum)
    assert [(row.case_id, row.minutes, row.minutes_before) for row in after] == [
        (line.case_id, line.minutes, line.before) for line in found.lines
    ]
    assert {party.party_id for party in after[-1].called} == {forum.party_ids[key] for key in ("FK", "VC", "HR")}
    assert set(new) <= {row.case_id for row in after}
    forum.store.undo()
    assert rows(forum) == before


def test_what_was_asked_when_the_case_came_is_the_question_the_first_time(forum):
    today = forum.store.clock.today()
    new = cases.open_case(forum.store, forum.series_id, *PEOPLE[2], opening=Opening(question="Vad behövs nu?"))
    consent.give(forum.store, new, [forum.party_ids["FK"]], today, today + timedelta(days=200))
    preparing.take(forum.store, proposal(forum))
    assert rows(forum)[-1].question == "Vad behövs nu?"
    assert [row.question for row in rows(forum) if row.case_id in forum.case_ids] == ["", ""]


def test_windows_of_the_called_are_kept_and_hold_for_new_cases_too(forum):
    fk = forum.party_ids["FK"]
    for item_id in forum.item_ids:
        agenda.set_party_times(forum.store, item_id, fk, "14:00", "15:00")
    waiting(forum, 2)
    found = proposal(forum)
    cases_of = [line for line in found.lines if line.case_id is not None]
    assert all("14:00" <= line.starts and line.ends <= "15:00" for line in cases_of)
    assert len(cases_of) == 2
    assert [line.why for line in found.left_out] == [NotFitting.WINDOW_TAKEN, NotFitting.WINDOW_TAKEN]


def test_what_no_longer_fits_is_parked_and_said(forum):
    agenda.change_item(forum.store, forum.item_ids[0], minutes=140)
    found = proposal(forum)
    (left,) = found.left_out
    assert (left.item_id, left.why, left.is_parked) == (forum.item_ids[1], NotFitting.NO_TIME, True)
    preparing.take(forum.store, found)
    assert [row.id for row in forum.store.read(queries.parked, forum.series_id, forum.store.clock.today())] == [forum.item_ids[1]]


def test_a_parked_case_is_taken_up_with_what_was_known_of_it(forum):
    agenda.change_item(forum.store, forum.item_ids[0], minutes=35, question="Hur går vi vidare?")
    agenda.park_item(forum.store, forum.item_ids[0])
    preparing.take(forum.store, proposal(forum))
    taken = next(row for row in rows(forum) if row.id == forum.item_ids[0])
    assert (taken.minutes, taken.question) == (35, "Hur går vi vidare?")


def test_without_a_consent_on_both_days_a_case_is_not_proposed(forum):
    from rehabdesk.services.forum import sessions
    from rehabdesk.services.forum.sessions import SessionPlan

    today = forum.store.clock.today()
    (none,) = waiting(forum, 1, parties=())
    sessions.change_session(forum.store, forum.session_id, SessionPlan(today + timedelta(days=9), "13:00", "15:30", ""))
    short = cases.open_case(forum.store, forum.series_id, "Anna", "Lindqvist")
    consent.give(forum.store, short, [forum.party_ids["FK"]], today, today + timedelta(days=3))
    found = proposal(forum)
    assert {line.case_id: line.why for line in found.left_out} == {none: NotFitting.NO_CONSENT, short: NotFitting.NO_CONSENT}


def test_a_proposal_that_has_grown_old_is_refused(forum):
    found = proposal(forum)
    waiting(forum, 1)
    with pytest.raises(Refused) as refused:
        preparing.take(forum.store, found)
    assert [problem.code for problem in refused.value.problems] == ["proposal.changed"]


def test_a_meeting_that_has_begun_is_proposed_nothing(forum):
    meeting.start_session(forum.store, forum.session_id)
    with pytest.raises(Refused) as refused:
        proposal(forum)
    assert [problem.code for problem in refused.value.problems] == ["proposal.not_planned"]


def test_it_fits_the_meeting_whatever_there_is(forum):
    waiting(forum, 4)
    for item_id in forum.item_ids:
        agenda.change_item(forum.store, item_id, minutes=45)
    found = proposal(forum)
    assert minutes_between("13:00", found.lines[-1].ends) <= 150
    assert len(found.lines) + len(found.left_out) == 7


def test_the_plans_owed_are_the_same_as_those_on_idag(forum):
    from rehabdesk.services import sick_leave
    from rehabdesk.services.chain_rules import rule_book
    from rehabdesk.store.queries import sick_leave as sick_leave_queries

    today = forum.store.clock.today()
    new = waiting(forum, 4)
    for number, case_id in enumerate([*forum.case_ids, *new]):
        sick_leave.add_period(forum.store, case_id, today - timedelta(days=40 + number), today - timedelta(days=22 + number) if number % 2 else None)
        if number % 2:
            sick_leave.add_period(forum.store, case_id, today - timedelta(days=12))
    people = forum.store.read(sick_leave_queries.person_chains)
    rule, join = sick_leave.plan_rule(today), rule_book().join_under(today)
    owed = forum.store.read(sick_leave_queries.plans_owed, people, today, rule, join)
    assert owed == {row.case_id: row.due_on for row in forum.store.read(sick_leave.plan_duties, today)}
    assert len(owed) == 6


def test_the_dates_of_the_sick_leave_are_a_reason(forum):
    from rehabdesk.services import sick_leave

    today = forum.store.clock.today()
    (case_id,) = waiting(forum, 1)
    sick_leave.add_period(forum.store, case_id, today - timedelta(days=70))
    (found,) = forum.store.read(preparing.candidates, forum.session_id, today)
    assert [reason.due for reason in found.reasons] == [Due.CHAIN, Due.PLAN, Due.NEVER]
    assert (found.reasons[0].number, found.reasons[0].on) == (91, today + timedelta(days=20))
