"""Over random consents and withdrawals: what goes out before a meeting holds no block of a kind that its reader was not given that day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rehabdesk.documents import catalogue
from rehabdesk.domain.calling_papers import KINDS, Block
from rehabdesk.domain.consent import InformationKind, kinds_covered
from rehabdesk.domain.hand_outs import Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.plans import PlanDay, PlanFlag, PlanText
from rehabdesk.domain.problems import Refused
from rehabdesk.services import consent, papers, plans, sick_leave
from rehabdesk.services.forum import agenda, calling
from rehabdesk.services.forum.actions import NewAction, add_action
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.texts import texts_for
from tests.documents.reading import text
from tests.helpers.forum import Forum, small_forum

PARTIES = ("HR", "FK", "VC", "AF")
#: A word that stands in one block and nowhere else.
MARKS = {
    Block.QUESTION: "frågemärke",
    Block.GOALS: "målmärke",
    Block.ACTIONS: "åtgärdsmärke",
    Block.SICK_LEAVE: "2026-10-01",
    Block.WORK_ABILITY: "lyftmärke",
}

ops = st.lists(
    st.tuples(st.sampled_from(PARTIES), st.none() | st.frozensets(st.sampled_from(InformationKind), min_size=1)), min_size=1, max_size=8
)


@pytest.fixture
def forum(store) -> Forum:
    """One case with something in every block, and all four parties called to it."""
    made = small_forum(store, cases_count=1, consent_for=())
    case, today = made.case_ids[0], store.clock.today()
    agenda.change_item(store, made.item_ids[0], question="Ett frågemärke?")
    for party in PARTIES:
        add_action(store, made.item_ids[0], NewAction("ett åtgärdsmärke", party_id=made.party_ids[party], due_on=today))
    sick_leave.add_period(store, case, today.replace(month=10, day=1))
    plans.change_text(store, case, PlanText.OWN_GOAL, "Ett målmärke.")
    plans.set_flag(store, case, PlanFlag.GOAL_FOR_TABLE, True)
    plans.change_text(store, case, PlanText.CANNOT_DO, "Ett lyftmärke.")
    plans.add_goal(store, case, "Ännu ett målmärke")
    plans.set_day(store, case, PlanDay.EVALUATE_ON, today + timedelta(days=60))
    plans.set_took_part(store, case, True)
    plans.agree(store, case)
    return made


def test_no_reader_gets_a_block_of_a_kind_not_given(forum):
    store, case, today = forum.store, forum.case_ids[0], forum.store.clock.today()

    @settings(max_examples=15, suppress_health_check=list(HealthCheck))
    @given(ops)
    def after(happened) -> None:
        for party, kinds in happened:
            party_id = forum.party_ids[party]
            if kinds is not None:
                consent.give(store, case, [party_id], today, today + timedelta(days=30), kinds)
            elif kinds_covered(store.read(consent_queries.rules, (case,)), case, party_id, today):
                consent.withdraw(store, case, [party_id])
        known = store.read(consent_queries.rules, (case,))
        for party in PARTIES:
            covered = kinds_covered(known, case, forum.party_ids[party], today)
            for paper in (PaperKind.PREPARATION, PaperKind.CALL):
                told = words(forum, party, paper)
                assert (told is None) == (not covered if paper is PaperKind.CALL else not any(kinds <= covered for kinds in KINDS.values()))
                if told is not None:
                    held = {block for block, mark in MARKS.items() if mark in told}
                    given_blocks = {block for block in MARKS if KINDS[block] <= covered}
                    assert held == (given_blocks if paper is PaperKind.PREPARATION else given_blocks & {Block.QUESTION})

    after()


def words(forum: Forum, party: str, paper: PaperKind) -> str | None:
    """Everything that stands on the paper; None where it may not be made."""
    party_id = forum.party_ids[party]
    wanted = Wanted(paper, Reader(ReaderKind.PARTY, party_id), forum.session_id)
    if paper is PaperKind.CALL:
        wanted = calling.wanted_letter(forum.session_id, forum.item_ids[0], forum.case_ids[0], party_id)
    try:
        document = forum.store.read(papers.paper, wanted, forum.store.clock.now())
    except Refused:
        return None
    return text(catalogue.render(document, texts_for("sv")))
