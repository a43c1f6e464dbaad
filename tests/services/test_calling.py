"""Call letters, answers, and what each party prepares from: who may have what, and what a letter told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rehabdesk.domain.calling import Answer, Answered, CallState
from rehabdesk.domain.consent import InformationKind
from rehabdesk.domain.hand_outs import Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.problems import Refused
from rehabdesk.services import consent, hand_outs, papers, parties
from rehabdesk.services.forum import agenda, calling, sessions
from rehabdesk.services.forum.sessions import SessionPlan
from rehabdesk.store.history import Label
from rehabdesk.store.queries import calls
from rehabdesk.store.tables.cases import Case, Participant
from tests.helpers.forum import Forum, small_forum

KINDS = InformationKind


@pytest.fixture
def forum(store) -> Forum:
    made = small_forum(store, cases_count=2)
    today = store.clock.today()
    sessions.change_session(store, made.session_id, SessionPlan(today + timedelta(days=16), "13:00", "15:30", "Stora Lundsal, Vara"))
    agenda.change_item(store, made.item_ids[0], question="Kan halvtid prövas i köket?")
    return made


def letter(forum: Forum, party: str | None, item: int = 0):
    party_id = forum.party_ids[party] if party else None
    wanted = calling.wanted_letter(forum.session_id, forum.item_ids[item], forum.case_ids[item], party_id)
    return forum.store.read(papers.paper, wanted, forum.store.clock.now())


def sheet(forum: Forum, party: str, case: int | None = None):
    wanted = Wanted(PaperKind.PREPARATION, Reader(ReaderKind.PARTY, forum.party_ids[party], case), forum.session_id)
    return forum.store.read(papers.paper, wanted, forum.store.clock.now())


def row(forum: Forum, party: str | None, item: int = 0) -> calls.CallRow:
    key = (forum.item_ids[item], forum.party_ids[party] if party else None)
    rows = forum.store.read(calls.of_session, forum.session_id, forum.store.clock.today())
    return next(one for one in rows if (one.item_id, one.party_id) == key)


def mark(forum: Forum, **values) -> None:
    """Change the first participant."""
    with forum.store.write(Label("test"), undoable=False) as writing:
        participant = writing.session.get(Participant, writing.session.get(Case, forum.case_ids[0]).participant_id)
        for name, value in values.items():
            setattr(participant, name, value)


def codes(refused) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_each_letter_has_its_own_time_and_those_who_will_sit_there(forum):
    own, party = letter(forum, None), letter(forum, "FK", 1)
    assert (own.appointment.starts, own.appointment.ends, own.appointment.place) == ("13:05", "13:25", "Stora Lundsal, Vara")
    assert (party.appointment.starts, party.participant_name) == ("13:25", "Johan Ekegren")
    assert {line.party for line in own.table} == {"Vara kommun, HR", "Försäkringskassan", "Västra Götalandsregionen, Vårdcentralen Vara"}
    assert own.question == "Kan halvtid prövas i köket?"
    assert own.answer_by == forum.store.clock.today() + timedelta(days=11)


def test_a_party_without_consent_gets_no_letter_and_one_covered_otherwise_no_question(forum):
    with pytest.raises(Refused) as refused:
        letter(forum, "AF")
    assert codes(refused) == ["paper.no_consent"]
    today = forum.store.clock.today()
    consent.give(forum.store, forum.case_ids[0], [forum.party_ids["AF"]], today, today + timedelta(days=90), frozenset({KINDS.SICK_LEAVE}))
    found = letter(forum, "AF")
    assert (found.question, found.participant_name) == ("", "Maria Strömbäck")


def test_a_sensitive_party_is_named_to_the_participant_and_to_itself_alone(forum):
    parties.change_party(forum.store, forum.party_ids["VC"], is_sensitive=True)
    clinic = "Västra Götalandsregionen, Vårdcentralen Vara"
    assert clinic in [line.party for line in letter(forum, None).table]
    assert clinic in [line.party for line in letter(forum, "VC").table]
    found = letter(forum, "FK")
    assert (clinic in [line.party for line in found.table], found.unnamed) == (False, 1)
    assert letter(forum, "VC").reader_in_file == ""


@pytest.mark.parametrize(("values", "code"), [({"is_protected": True}, "call.protected"), ({"no_paper_home": True}, "call.no_paper_home")])
def test_no_letter_home_where_that_is_not_safe(forum, values, code):
    mark(forum, **values)
    with pytest.raises(Refused) as refused:
        letter(forum, None)
    assert codes(refused) == [code]
    assert row(forum, None).obstacle == code
    letter(forum, None, 1)


def test_a_letter_is_remembered_with_the_time_it_told(forum):
    wanted = calling.wanted_letter(forum.session_id, forum.item_ids[1], forum.case_ids[1], None)
    assert row(forum, None, 1).state is CallState.NO_LETTER
    copy = hand_outs.queue_paper(forum.store, wanted)
    assert row(forum, None, 1).state is CallState.ON_ITS_WAY
    hand_outs.send(forum.store, copy)
    hand_outs.give(forum.store, [copy])
    known = row(forum, None, 1)
    assert (known.state, known.told_start, known.told_on, known.has_moved) == (CallState.NO_ANSWER, "13:25", forum.store.clock.today(), False)
    agenda.change_item(forum.store, forum.item_ids[0], minutes=30)
    assert row(forum, None, 1).has_moved


def test_who_said_yes_to_another_time_is_told_anew(forum):
    wanted = calling.wanted_letter(forum.session_id, forum.item_ids[1], forum.case_ids[1], None)
    hand_outs.queue_paper(forum.store, wanted)
    today = forum.store.clock.today()
    calling.note_answer(forum.store, forum.item_ids[1], None, Answered(Answer.COMES, today))
    assert not row(forum, None, 1).has_moved
    sessions.change_session(forum.store, forum.session_id, SessionPlan(today + timedelta(days=17), "13:00", "15:30", "Vara"))
    assert row(forum, None, 1).has_moved
    calling.note_answer(forum.store, forum.item_ids[1], None, Answered(Answer.CANNOT, today))
    assert not row(forum, None, 1).has_moved


def test_an_item_with_letters_is_parked_and_not_removed_and_its_answers_end_there(forum):
    today = forum.store.clock.today()
    hand_outs.queue_paper(forum.store, calling.wanted_letter(forum.session_id, forum.item_ids[1], forum.case_ids[1], None))
    calling.note_answer(forum.store, forum.item_ids[1], None, Answered(Answer.COMES, today))
    with pytest.raises(Refused) as refused:
        agenda.remove_item(forum.store, forum.item_ids[1])
    assert codes(refused) == ["item.has_letters"]
    agenda.park_item(forum.store, forum.item_ids[1])
    agenda.unpark_item(forum.store, forum.item_ids[1], forum.session_id)
    assert (row(forum, None, 1).answer, row(forum, None, 1).told_start) == (None, None)


def test_answers_are_noted_and_move_the_times_one_can_come(forum):
    today = forum.store.clock.today()
    item, fk = forum.item_ids[0], forum.party_ids["FK"]
    calling.note_answer(forum.store, item, fk, Answered(Answer.OTHER_TIME, today, "14:00", "15:00"))
    known = row(forum, "FK")
    assert (known.state, known.answered_on, known.can_from, known.can_until) == (CallState.OTHER_TIME, today, "14:00", "15:00")
    from rehabdesk.store.queries.forum import agenda as queries

    called = {party.party_id: party for party in forum.store.read(queries.item, item, today).called}
    assert (called[fk].can_from, called[fk].can_until) == ("14:00", "15:00")
    forum.store.undo()
    assert row(forum, "FK").answer is None
    calling.note_answer(forum.store, item, None, Answered(Answer.CANNOT, today))
    assert row(forum, None).state is CallState.CANNOT
    calling.note_answer(forum.store, item, None, None)
    assert row(forum, None).answer is None


@pytest.mark.parametrize(
    ("answered", "code"),
    [
        ((Answer.OTHER_TIME, 0, None, None), "call.time_missing"),
        ((Answer.OTHER_TIME, 0, "15:00", "14:00"), "item.window_backwards"),
        ((Answer.COMES, 1, None, None), "call.answered_in_future"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(forum, answered, code):
    answer, days, can_from, can_until = answered
    on = forum.store.clock.today() + timedelta(days=days)
    with pytest.raises(Refused) as refused:
        calling.note_answer(forum.store, forum.item_ids[0], None, Answered(answer, on, can_from, can_until))
    assert codes(refused) == [code]


def test_today_tells_who_has_not_answered_without_a_sensitive_name(forum):
    parties.change_party(forum.store, forum.party_ids["VC"], is_sensitive=True)
    today = forum.store.clock.today()
    for item in (0, 1):
        for key in (None, "FK", "VC"):
            party_id = forum.party_ids[key] if key else None
            wanted = calling.wanted_letter(forum.session_id, forum.item_ids[item], forum.case_ids[item], party_id)
            hand_outs.save_as_file(forum.store, wanted)
    calling.note_answer(forum.store, forum.item_ids[0], None, Answered(Answer.COMES, today))
    found = forum.store.read(calls.unanswered, today)
    assert (found.participants, found.parties, found.other_parties) == (1, (("Försäkringskassan", 2),), 2)
    assert found.without_letter == 2  # HR's, for both cases; Arbetsförmedlingen has no consent


def test_the_sheet_holds_the_cases_the_party_is_covered_for(forum):
    found = sheet(forum, "FK")
    assert [case.participant_name for case in found.cases] == ["Maria Strömbäck", "Johan Ekegren"]
    with pytest.raises(Refused) as refused:
        sheet(forum, "AF")
    assert codes(refused) == ["preparation.nothing_for_party"]


def test_a_withdrawn_consent_takes_the_case_off_the_sheet(forum):
    consent.withdraw(forum.store, forum.case_ids[0], [forum.party_ids["FK"]])
    assert [case.participant_name for case in sheet(forum, "FK").cases] == ["Johan Ekegren"]
    with pytest.raises(Refused):
        letter(forum, "FK")


def test_a_protected_case_is_on_a_sheet_of_its_own_alone(forum):
    mark(forum, is_protected=True)
    assert [case.participant_name for case in sheet(forum, "FK").cases] == ["Johan Ekegren"]
    assert [case.case_number for case in sheet(forum, "FK", forum.case_ids[0]).cases] == ["RF-2026-001"]


def test_the_offers_of_a_planned_meeting_have_letters_and_sheets(forum):
    from rehabdesk.services.paper_offers import offers

    found = forum.store.read(offers, forum.session_id, forum.store.clock.today())
    assert sum(offer.paper is PaperKind.CALL for offer in found) == 8
    assert [offer.to for offer in found if offer.paper is PaperKind.PREPARATION] == [
        "Försäkringskassan", "Vara kommun, HR", "Västra Götalandsregionen, Vårdcentralen Vara",
    ]


def test_a_protected_case_is_offered_by_itself_to_each_party_it_is_covered_for(forum):
    from rehabdesk.services.paper_offers import offers

    mark(forum, is_protected=True)
    found = forum.store.read(offers, forum.session_id, forum.store.clock.today())
    alone = [offer for offer in found if offer.paper is PaperKind.PREPARATION and offer.reader.case_id is not None]
    assert {offer.case_number for offer in alone} == {"RF-2026-001"} and len(alone) == 3
    for offer in alone:
        assert len(forum.store.read(papers.paper, offer.wanted, forum.store.clock.now()).cases) == 1


def test_another_board_that_meets_before_does_not_hide_the_calls(forum):
    from rehabdesk.domain.forum import SeriesKind
    from rehabdesk.domain.series import SeriesDetails
    from rehabdesk.services.forum import series
    from rehabdesk.store.queries.forum import sessions as session_queries

    today = forum.store.clock.today()
    controller = next(row for row in forum.store.read(session_queries.series) if row.id == forum.series_id).controller_id
    board = series.create_series(forum.store, SeriesDetails("Styrgrupp", SeriesKind.STEERING_GROUP, controller, "kommunstyrelsen"))
    sessions.plan_session(forum.store, board, SessionPlan(today + timedelta(days=2), "13:00", "15:00", "Vara"))
    assert forum.store.read(calls.unanswered, today).session.id == forum.session_id
