"""Calls and what goes out before a meeting: where a call stands, and that no block leaves uncovered."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.calling import ANSWER_BEFORE, Answer, CallState, answer_by, call_state, obstacle
from rehabdesk.domain.calling_papers import KINDS, Block, ChainLine, PreparationCase, SickLeaveLine, prepared_for
from rehabdesk.domain.consent import InformationKind
from rehabdesk.domain.papers import ActionLine
from rehabdesk.domain.rehab_chain import ChainStanding, ChainState

DAY = date(2026, 11, 24)
#: Which block each part of a case belongs to; what stands in none is the case's name and time.
PARTS = {
    "question": Block.QUESTION,
    "last_on": Block.LAST_TIME,
    "agreements": Block.LAST_TIME,
    "own_goal": Block.GOALS,
    "goals": Block.GOALS,
    "actions": Block.ACTIONS,
    "sick_leave": Block.SICK_LEAVE,
    "chain": Block.SICK_LEAVE,
    "standing": Block.SICK_LEAVE,
    "can_do": Block.WORK_ABILITY,
    "cannot_do": Block.WORK_ABILITY,
}
WHOLE = PreparationCase(
    "RF-2026-014", "Maria Strömbäck", "13:05", "13:25", "Kan halvtid prövas?", DAY, ("Två halvdagar.",), "Orka med köket.", ("Halvtid i mars",),
    (ActionLine("skicka underlag", "Vara kommun, HR", DAY),), (SickLeaveLine(DAY, None, 50),), (ChainLine(DAY, 91),),
    ChainStanding(DAY, tuple(ChainState)[0], 91), "Sitta", "Lyfta",
)  # fmt: skip


@given(st.frozensets(st.sampled_from(InformationKind)))
def test_no_block_leaves_that_is_not_covered_whole(covered):
    found = prepared_for(WHOLE, covered)
    for name, block in PARTS.items():
        kept = getattr(WHOLE, name) if KINDS[block] <= covered else getattr(PreparationCase("", "", "", ""), name)
        assert found is None or getattr(found, name) == kept
    assert (found is None) == (not any(kinds <= covered for kinds in KINDS.values()))


def test_every_part_of_a_case_belongs_to_a_block():
    named = {"case_number", "participant_name", "starts", "ends", "left_out"}
    assert {field.name for field in fields(PreparationCase)} == named | set(PARTS)
    assert set(PARTS.values()) == set(Block) == set(KINDS)


@pytest.mark.parametrize(
    ("answer", "printed", "given", "state"),
    [
        (None, False, False, CallState.NO_LETTER),
        (None, True, False, CallState.ON_ITS_WAY),
        (None, True, True, CallState.NO_ANSWER),
        (Answer.COMES, False, False, CallState.COMES),
        (Answer.OTHER_TIME, True, True, CallState.OTHER_TIME),
        (Answer.CANNOT, True, True, CallState.CANNOT),
    ],
)
def test_where_a_call_stands(answer, printed, given, state):
    assert call_state(answer, printed, given) is state


def test_what_forbids_a_letter():
    assert obstacle(is_protected=True, no_paper_home=True, is_covered=False) == "call.protected"
    assert obstacle(is_protected=False, no_paper_home=True, is_covered=True) == "call.no_paper_home"
    assert obstacle(is_protected=False, no_paper_home=False, is_covered=False) == "paper.no_consent"
    assert obstacle(is_protected=False, no_paper_home=False, is_covered=True) == ""


def test_an_answer_is_asked_for_while_there_is_time():
    assert answer_by(DAY, DAY - timedelta(ANSWER_BEFORE + 1)) == DAY - timedelta(ANSWER_BEFORE)
    assert answer_by(DAY, DAY - timedelta(ANSWER_BEFORE)) is None
