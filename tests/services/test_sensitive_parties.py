"""What no party is told of another that is sensitive, nor of a person it may know little of; and what no list of many cases tells."""

from __future__ import annotations

import io
from datetime import timedelta

import pikepdf
import pytest

from rehabdesk.domain.consent import InformationKind
from rehabdesk.domain.hand_outs import FILE, Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.plans import PlanFlag, PlanText
from rehabdesk.services import consent, hand_outs, paper_files, papers, parties, plans
from rehabdesk.services.forum import calling
from tests.helpers.forum import Forum, small_forum
from tests.helpers.ledger import ledger


@pytest.fixture
def forum(store) -> Forum:
    return small_forum(store)


def made(forum: Forum, wanted: Wanted):
    return forum.store.read(papers.paper, wanted, forum.store.clock.now())


def plan_of(forum: Forum, party: str, version: int | None = None) -> Wanted:
    return Wanted(PaperKind.PLAN, Reader(ReaderKind.PARTY, forum.party_ids[party], forum.case_ids[0]), version=version)


def test_a_plan_names_nobody_at_a_sensitive_party_to_another(forum: Forum) -> None:
    store, case_id = forum.store, forum.case_ids[0]
    plans.add_goal(store, case_id, "Arbeta halva dagar")
    plans.set_responsible(store, case_id, forum.contact_ids["VC"])
    assert made(forum, plan_of(forum, "HR")).responsible == "Per Ahl, Västra Götalandsregionen, Vårdcentralen Vara"
    parties.change_party(store, forum.party_ids["VC"], is_sensitive=True)
    assert made(forum, plan_of(forum, "HR")).responsible == ""
    assert made(forum, plan_of(forum, "VC")).responsible.startswith("Per Ahl")
    own = Reader(ReaderKind.PARTICIPANT, case_id=case_id)
    assert made(forum, Wanted(PaperKind.PLAN, own)).responsible.startswith("Per Ahl")


def test_her_goal_is_hers_again_in_older_versions_too(forum: Forum) -> None:
    store, case_id = forum.store, forum.case_ids[0]
    plans.add_goal(store, case_id, "Arbeta halva dagar")
    plans.change_text(store, case_id, PlanText.OWN_GOAL, "Orka leka med mina barn")
    plans.set_flag(store, case_id, PlanFlag.GOAL_FOR_TABLE, True)
    hand_outs.queue_paper(store, plan_of(forum, "HR"))
    assert made(forum, plan_of(forum, "HR", 1)).own_goal == "Orka leka med mina barn"
    plans.set_flag(store, case_id, PlanFlag.GOAL_FOR_TABLE, False)
    for wanted in (plan_of(forum, "HR", 1), Wanted(PaperKind.PLAN, Reader(FILE.kind, case_id=case_id), version=1)):
        assert made(forum, wanted).own_goal == ""
    own = Reader(ReaderKind.PARTICIPANT, case_id=case_id)
    assert made(forum, Wanted(PaperKind.PLAN_PLAIN, own, version=1)).own_goal == "Orka leka med mina barn"


def test_who_sits_at_the_table_is_told_to_those_who_may_sit_there(forum: Forum) -> None:
    store, today = forum.store, forum.store.clock.today()
    consent.give(
        store, forum.case_ids[0], [forum.party_ids["AF"]], today, today + timedelta(days=90), frozenset({InformationKind.ECONOMY})
    )
    letter = calling.wanted_letter(forum.session_id, forum.item_ids[0], forum.case_ids[0], forum.party_ids["AF"])
    assert (made(forum, letter).table, made(forum, letter).unnamed) == ((), 0)
    parties.change_party(store, forum.party_ids["VC"], is_sensitive=True)
    assert made(forum, letter).unnamed == 0


def test_the_deputys_sheet_does_not_set_a_sensitive_partys_action_apart(store) -> None:
    """It is one of those that the participant or another party answers for, as everywhere outside its case."""
    book = ledger(store)
    book.add("nobodys", 1, "se över bussarna", store.clock.today())
    sheet = store.read(papers.paper, Wanted(PaperKind.HAND_OVER, FILE), store.clock.now())
    who = {line.what: line.who for line in sheet.waiting}
    assert who["boka ett samtal"] == who["ringa vårdcentralen"] == who["se över bussarna"] == ""
    assert who["boka avstämningsmöte"].startswith("Försäkringskassan")


def test_the_deputys_sheet_goes_by_number_and_leaves_out_words_that_name_somebody(store) -> None:
    book = ledger(store)
    book.add("hers", 0, "ring Maria Strömbäcks chef", store.clock.today())
    book.add("others", 0, "som för Johan Ekegren", store.clock.today())
    sheet = store.read(papers.paper, Wanted(PaperKind.HAND_OVER, FILE), store.clock.now())
    assert [line.what for line in sheet.waiting if line.due == store.clock.today()] == ["", ""]


@pytest.mark.parametrize("is_sensitive", [False, True])
def test_a_files_title_tells_no_sensitive_party(forum: Forum, is_sensitive: bool) -> None:
    parties.change_party(forum.store, forum.party_ids["VC"], is_sensitive=is_sensitive)
    sheet = Wanted(PaperKind.PREPARATION, Reader(ReaderKind.PARTY, forum.party_ids["VC"]), forum.session_id)
    with pikepdf.open(io.BytesIO(paper_files.as_pdf(made(forum, sheet), "sv"))) as pdf, pdf.open_metadata() as known:
        assert ("Vårdcentralen" in known["dc:title"]) is not is_sensitive
