"""The papers of a plan: who may read what of it, versions that stay, and her own goal, which is hers until she ticks it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.documents.blocks import texts_in
from rehabdesk.documents.catalogue import file_name, render
from rehabdesk.domain.consent import InformationKind
from rehabdesk.domain.forum import Outcome
from rehabdesk.domain.hand_outs import FILE, Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.parties import PartyKind
from rehabdesk.domain.plan_papers import (
    KINDS,
    PlanBlock,
    PlanDocument,
    PlanParty,
    PlanPlainDocument,
    SignerRole,
    plain_plan,
    plan_for_party,
    whole_plan,
)
from rehabdesk.domain.plans import PlanDay, PlanFlag, PlanText
from rehabdesk.domain.problems import Refused
from rehabdesk.services import consent, hand_outs, papers, plans, search
from rehabdesk.services.forum import actions, big_screen, meeting, names, sheets
from rehabdesk.services.forum.actions import NewAction
from rehabdesk.services.forum.sheets import Ending
from rehabdesk.services.plans import StepPlace
from rehabdesk.services.paper_offers import offers_of_case
from rehabdesk.services.step_categories import step_category
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries import plans as queries
from rehabdesk.store.queries.forum import actions as action_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from tests.documents import samples
from tests.helpers.forum import small_forum

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 0)
SECRET = "Jag vill orka natta barnen."
ALL = frozenset(InformationKind)


@pytest.fixture
def forum(store):
    return small_forum(store)


@pytest.fixture
def case_id(forum):
    return forum.case_ids[0]


@pytest.fixture
def goal(store, forum, case_id):
    """A plan with a secret goal, work ability, and a step for FK, one for HR and one for her."""
    plans.change_text(store, case_id, PlanText.OWN_GOAL, SECRET)
    plans.change_text(store, case_id, PlanText.CAN_DO, "Stå korta stunder")
    goal = plans.add_goal(store, case_id, "Två halvdagar i köket")
    for what, party in (("Boka avstämningsmöte", "FK"), ("Skicka underlag", "HR")):
        plans.add_step(store, case_id, NewAction(what, forum.party_ids[party]), StepPlace(goal, "authorities"))
    plans.add_step(store, case_id, NewAction("Gå en promenad", for_participant=True), StepPlace(goal))
    plans.set_day(store, case_id, PlanDay.EVALUATE_ON, TODAY + timedelta(days=85))
    plans.set_took_part(store, case_id, True)
    return goal


def her(case_id, paper=PaperKind.PLAN, version=None):
    return Wanted(paper, Reader(ReaderKind.PARTICIPANT, case_id=case_id), version=version)


def of_party(forum, case_id, party="FK"):
    return Wanted(PaperKind.PLAN, Reader(ReaderKind.PARTY, forum.party_ids[party], case_id))


def made(store, wanted):
    return store.read(papers.paper, wanted, NOW)


def told(document):
    return " ".join(texts_in(document))


def whats(document):
    return [step.action.what for part in document.parts for step in part.steps]


def test_the_participant_gets_all_of_it_and_a_party_what_its_consent_covers(store, forum, case_id, goal):
    whole = made(store, her(case_id))
    assert whats(whole) == ["Boka avstämningsmöte", "Skicka underlag", "Gå en promenad"]
    assert (whole.can_do, whole.party) == ("Stå korta stunder", "")
    part = made(store, of_party(forum, case_id))
    assert whats(part) == ["Boka avstämningsmöte"]
    assert (part.can_do, part.evaluate_on) == ("", TODAY + timedelta(days=85))
    assert [step.category for one in part.parts for step in one.steps] == [None]
    consent.give(
        store, case_id, [forum.party_ids["FK"]], TODAY, TODAY + timedelta(days=90), frozenset({InformationKind.WORK_ABILITY})
    )
    assert made(store, of_party(forum, case_id)).can_do == "Stå korta stunder"
    consent.withdraw(store, case_id, [forum.party_ids["FK"]])
    with pytest.raises(Refused) as refused:
        made(store, of_party(forum, case_id))
    assert [problem.code for problem in refused.value.problems] == ["paper.no_consent"]


def of_plan(forum, case_id):
    """The plan as everybody but she may have it, and she to sign it."""
    return [her(case_id), Wanted(PaperKind.PLAN, replace(FILE, case_id=case_id))] + [
        of_party(forum, case_id, name) for name in forum.party_ids
    ]


def before_the_meeting(forum, case_id):
    """What is made for a meeting that is planned."""
    item, session = forum.item_ids[0], forum.session_id
    yield Wanted(PaperKind.AGENDA, Reader(ReaderKind.PARTICIPANT, case_id=case_id), session)
    yield Wanted(PaperKind.CALL, Reader(ReaderKind.PARTICIPANT, case_id=case_id), session, item)
    for name in ("FK", "VC", "HR"):
        yield Wanted(PaperKind.AGENDA, Reader(ReaderKind.PARTY, forum.party_ids[name]), session)
        yield Wanted(PaperKind.PREPARATION, Reader(ReaderKind.PARTY, forum.party_ids[name]), session)
        yield Wanted(PaperKind.CALL, Reader(ReaderKind.PARTY, forum.party_ids[name], case_id), session, item)


def after_the_item(forum, case_id):
    """What the frozen item gives."""
    item, session = forum.item_ids[0], forum.session_id
    yield Wanted(PaperKind.SUMMARY, Reader(ReaderKind.PARTICIPANT, case_id=case_id), session, item)
    yield Wanted(PaperKind.MINUTES, FILE, session)
    for name in ("FK", "VC", "HR"):
        yield Wanted(PaperKind.EXTRACT, Reader(ReaderKind.PARTY, forum.party_ids[name], case_id), session, item)
    yield Wanted(PaperKind.ACTION_SLIP, Reader(ReaderKind.PARTY, forum.party_ids["HR"]), session)


def test_her_own_goal_reaches_nobody_but_her_before_she_ticks_it(store, forum, case_id, goal):
    """Agendas, calls, preparation sheets, extracts, slips, minutes, the plan for the table and the file: in none of them."""
    consent.give(store, case_id, list(forum.party_ids.values()), TODAY, TODAY + timedelta(days=90), ALL)
    plans.agree(store, case_id)
    for wanted in (*before_the_meeting(forum, case_id), *of_plan(forum, case_id)):
        assert SECRET not in told(made(store, wanted)), wanted.paper
    assert made(store, her(case_id, PaperKind.PLAN_PLAIN)).own_goal == SECRET
    plans.set_flag(store, case_id, PlanFlag.GOAL_FOR_TABLE, True)
    preparing = [wanted for wanted in before_the_meeting(forum, case_id) if wanted.paper is PaperKind.PREPARATION]
    for wanted in (*of_plan(forum, case_id), *preparing):
        assert SECRET in told(made(store, wanted)), wanted.paper
    plans.set_flag(store, case_id, PlanFlag.GOAL_FOR_TABLE, False)
    for wanted in (*before_the_meeting(forum, case_id), *of_plan(forum, case_id)):
        assert SECRET not in told(made(store, wanted)), wanted.paper
    forum.start()
    item = forum.item_ids[0]
    meeting.open_item(store, item)
    actions.add_action(store, item, NewAction("Ring", forum.party_ids["HR"]))
    sheets.freeze(store, item, Ending(Outcome.AGREED))
    for wanted in after_the_item(forum, case_id):
        assert SECRET not in told(made(store, wanted)), wanted.paper


def test_her_own_goal_stands_in_no_item_nor_on_the_big_screen_and_is_not_found_by_search(store, forum, case_id, goal, texts):
    forum.start()
    meeting.open_item(store, forum.item_ids[0])
    shown = store.read(agenda_queries.item, forum.item_ids[0], TODAY)
    assert SECRET not in told((shown, store.read(agenda_queries.agreements, forum.item_ids[0])))
    assert SECRET not in told(store.read(action_queries.earlier_actions, forum.item_ids[0]))
    assert SECRET not in told(store.read(big_screen.visible_lines, forum.item_ids[0], TODAY, store.read(names.register)))
    assert store.read(search.search, "natta barnen", texts, TODAY) == ()


def test_a_version_keeps_whether_the_goal_was_for_the_table_then(store, forum, case_id, goal):
    """What she has ticked since does not open an old version, and taking the tick back does not close what was given."""
    hand_outs.queue_paper(store, her(case_id))
    plans.set_flag(store, case_id, PlanFlag.GOAL_FOR_TABLE, True)
    assert SECRET not in told(made(store, her(case_id, version=1)))
    assert SECRET in told(made(store, her(case_id)))


@pytest.mark.parametrize("reader", [Reader(ReaderKind.PARTY, 1, 1), replace(FILE, case_id=1), Reader(ReaderKind.ANYBODY, case_id=1)])
def test_the_plain_sheet_is_hers_alone(store, forum, goal, reader):
    with pytest.raises(Refused):
        made(store, Wanted(PaperKind.PLAN_PLAIN, reader))


def test_no_plan_no_paper(store, forum, case_id):
    with pytest.raises(Refused) as refused:
        made(store, her(case_id))
    assert [problem.code for problem in refused.value.problems] == ["plan.none"]
    assert all(offer.paper not in (PaperKind.PLAN, PaperKind.PLAN_PLAIN) for offer in store.read(offers_of_case, case_id, TODAY))


def test_a_case_offers_its_plan_to_her_the_file_and_the_parties_with_consent(store, forum, case_id, goal):
    found = [offer for offer in store.read(offers_of_case, case_id, TODAY) if offer.paper in (PaperKind.PLAN, PaperKind.PLAN_PLAIN)]
    assert [(offer.paper, offer.reader.kind) for offer in found[:3]] == [
        (PaperKind.PLAN_PLAIN, ReaderKind.PARTICIPANT), (PaperKind.PLAN, ReaderKind.PARTICIPANT), (PaperKind.PLAN, ReaderKind.FILE),
    ]  # fmt: skip
    assert {offer.reader.party_id for offer in found[3:]} == {forum.party_ids[name] for name in ("FK", "VC", "HR")}
    assert all(offer.to for offer in found[3:])


def test_what_is_printed_is_a_version_that_prints_the_same_again(store, forum, case_id, goal):
    first = hand_outs.queue_paper(store, her(case_id))
    before = store.read(papers.compose, first, NOW)
    assert before.imprint.version == 1
    plans.change_goal(store, goal, "Tre halvdagar i köket")
    assert store.read(papers.compose, first, NOW) == before
    second = hand_outs.queue_paper(store, her(case_id, PaperKind.PLAN_PLAIN))
    assert [row.version for row in store.read(hand_out_queries.of_case, case_id)] == [1, 2]
    assert store.read(papers.compose, second, NOW).goals[0][0] == "Tre halvdagar i köket"
    assert hand_outs.send(store, first) == before
    assert made(store, her(case_id, version=1)) == before
    with pytest.raises(Refused) as refused:
        made(store, her(case_id, version=9))
    assert [problem.code for problem in refused.value.problems] == ["plan.version_gone"]


def test_a_copy_for_a_party_is_voided_when_consent_is_withdrawn_before_it_is_sent(store, forum, case_id, goal):
    copy = hand_outs.queue_paper(store, of_party(forum, case_id))
    consent.withdraw(store, case_id)
    assert store.read(hand_out_queries.hand_out, copy).state == "voided"


def test_a_file_is_a_version_too(store, forum, case_id, goal, texts):
    saved = hand_outs.save_as_file(store, her(case_id))
    number = store.read(case_queries.case, case_id, TODAY).number
    assert file_name(saved.document, texts) == f"handlingsplan {number} 2026-11-22.pdf"
    assert [row.version for row in store.read(queries.versions, case_id)] == [1]
    assert render(saved.document, texts).startswith(b"%PDF")


@given(st.frozensets(st.sampled_from(InformationKind)), st.booleans(), st.integers(1, 4))
def test_a_party_never_gets_a_part_of_a_kind_it_is_not_given(kinds, for_table, party_id):
    content = samples.plan_content(for_table=for_table)
    document = plan_for_party(content, samples.plan_head(), PlanParty(party_id, "Part", PartyKind.EMPLOYER), kinds)
    if document is None:
        assert not any(needs is not None and needs <= kinds for needs in KINDS.values())
        return
    words = told(document)
    of_block = {
        PlanBlock.OWN_GOAL: content.own_goal,
        PlanBlock.PRESENT_WORK: content.present_work,
        PlanBlock.ABILITY: content.can_do,
        PlanBlock.GOALS: content.goals[1].text,
        PlanBlock.WHY_NOT: content.why_not,
        PlanBlock.COMMENTS: content.goals[0].comment,
    }
    for block, text in of_block.items():
        needs = KINDS[block]
        may = needs is not None and needs <= kinds and (block is not PlanBlock.OWN_GOAL or for_table)
        assert (text in words) == may, block
    mine = [step.what for step in content.steps if step.party_id == party_id]
    assert whats(document) == (mine if InformationKind.PLANNED_MEASURES in kinds else [])
    assert [signer.role for signer in document.signers] == [SignerRole.PARTICIPANT, SignerRole.MANAGER]


def test_each_document_is_of_its_own_type_and_the_whole_plan_names_categories():
    content, head = samples.plan_content(), samples.plan_head()
    whole = whole_plan(content, head, step_category)
    assert isinstance(whole, PlanDocument)
    assert [step.category.code for step in whole.parts[0].steps] == ["talks", "authorities", "work_training"]
    assert isinstance(plain_plan(content, head), PlanPlainDocument)
