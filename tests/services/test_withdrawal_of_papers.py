"""A withdrawal reaches every paper there is for a party: what waits is voided or holds her no more, what has been given is told of."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rehabdesk.domain.consent import InformationKind
from rehabdesk.domain.hand_outs import HandOutState, Reader, ReaderKind, VoidReason, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.passages import cases_told
from rehabdesk.domain.problems import Refused
from rehabdesk.services import action_lists, consent, hand_outs, papers, plans
from rehabdesk.services.forum import agenda, calling, sessions
from rehabdesk.services.forum.actions import NewAction
from rehabdesk.services.forum.sessions import SessionPlan
from rehabdesk.store.queries import consent as queries
from rehabdesk.store.queries import hand_outs as hand_out_queries
from tests.helpers.forum import Forum, small_forum

NUMBER = "RF-2026-001"


@pytest.fixture
def forum(store) -> Forum:
    """Two cases that FK may hear of, each with a plan and something for FK to do, before a meeting."""
    made = small_forum(store)
    today = store.clock.today()
    sessions.change_session(store, made.session_id, SessionPlan(today + timedelta(days=16), "13:00", "15:30", "Stora Lundsal"))
    for case_id, item_id in zip(made.case_ids, made.item_ids, strict=True):
        plans.add_goal(store, case_id, "Arbeta halva dagar")
        plans.add_step(store, case_id, NewAction("boka avstämningsmöte", party_id=made.party_ids["FK"]))
        agenda.change_item(store, item_id, question="Kan halvtid prövas?")
        consent.give(store, case_id, [made.party_ids["FK"]], today, today + timedelta(days=90), frozenset(InformationKind))
    return made


def about_her(forum: Forum) -> dict[PaperKind, Wanted]:
    fk, case_id = forum.party_ids["FK"], forum.case_ids[0]
    reader = Reader(ReaderKind.PARTY, fk, case_id)
    return {
        PaperKind.CALL: calling.wanted_letter(forum.session_id, forum.item_ids[0], case_id, fk),
        PaperKind.PLAN: Wanted(PaperKind.PLAN, reader),
        PaperKind.PREPARATION: Wanted(PaperKind.PREPARATION, reader, forum.session_id),
    }


def about_several(forum: Forum) -> dict[PaperKind, Wanted]:
    reader = Reader(ReaderKind.PARTY, forum.party_ids["FK"])
    return {
        PaperKind.AGENDA: Wanted(PaperKind.AGENDA, reader, forum.session_id),
        PaperKind.PREPARATION: Wanted(PaperKind.PREPARATION, reader, forum.session_id),
        PaperKind.ACTION_LIST: action_lists.wanted(forum.party_ids["FK"]),
    }


def state(forum: Forum, copy: int):
    row = forum.store.read(hand_out_queries.hand_out, copy)
    return row.state, row.void_reason


def notices(forum: Forum) -> list[int]:
    rows = forum.store.read(hand_out_queries.of_case, forum.case_ids[0])
    return [row.party_id for row in rows if row.paper is PaperKind.WITHDRAWAL_NOTICE]


@pytest.mark.parametrize("paper", [PaperKind.CALL, PaperKind.PLAN, PaperKind.PREPARATION])
def test_what_waits_about_her_is_voided(forum: Forum, paper: PaperKind) -> None:
    copy = hand_outs.queue_paper(forum.store, about_her(forum)[paper])
    done = consent.withdraw(forum.store, forum.case_ids[0], [forum.party_ids["FK"]])
    assert done.voided == (copy,) and done.notices == ()
    assert state(forum, copy) == (HandOutState.VOIDED, VoidReason.CONSENT_WITHDRAWN)
    with pytest.raises(Refused):
        hand_outs.queue_paper(forum.store, about_her(forum)[paper])


@pytest.mark.parametrize("paper", [PaperKind.AGENDA, PaperKind.PREPARATION, PaperKind.ACTION_LIST])
def test_what_waits_about_several_holds_her_no_more(forum: Forum, paper: PaperKind) -> None:
    copy = hand_outs.queue_paper(forum.store, about_several(forum)[paper])
    assert NUMBER in cases_told(forum.store.read(papers.compose, copy, forum.store.clock.now()))
    consent.withdraw(forum.store, forum.case_ids[0])
    document = hand_outs.send(forum.store, copy)
    assert cases_told(document) == {"RF-2026-002"}
    assert not any(word in repr(document) for word in (NUMBER, "Maria", "Strömbäck"))


@pytest.mark.parametrize("as_file", [False, True])
@pytest.mark.parametrize("which", [*[(True, paper) for paper in (PaperKind.CALL, PaperKind.PLAN, PaperKind.PREPARATION)],
                                   *[(False, paper) for paper in (PaperKind.AGENDA, PaperKind.PREPARATION, PaperKind.ACTION_LIST)]])
def test_what_was_given_is_told_of_to_her_and_to_the_party(forum: Forum, which: tuple[bool, PaperKind], as_file: bool) -> None:
    is_hers, paper = which
    wanted = (about_her if is_hers else about_several)(forum)[paper]
    if as_file:
        copy = hand_outs.save_as_file(forum.store, wanted).hand_out_id
    else:
        copy = hand_outs.queue_paper(forum.store, wanted)
        hand_outs.send(forum.store, copy)
    fk = forum.party_ids["FK"]
    assert forum.store.read(queries.received_by_name, forum.case_ids[0], fk) == (copy,)
    consent.withdraw(forum.store, forum.case_ids[0])
    assert notices(forum) == [fk]
    hers = Wanted(PaperKind.HAND_OUTS, Reader(ReaderKind.PARTICIPANT, case_id=forum.case_ids[0]))
    told = forum.store.read(papers.paper, hers, forum.store.clock.now()).lines
    assert (paper, "Försäkringskassan", not is_hers) in [(line.paper, line.party, line.is_named_in) for line in told]
