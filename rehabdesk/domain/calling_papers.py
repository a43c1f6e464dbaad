"""The papers that go out before a meeting: call letters, and each party's sheet to prepare from. Redaction of the sheet lives here.

Every block of a case on a preparation sheet has the kinds of information it holds; a party gets it only when its consent
covers every kind on it that day (`architecture.md` 2, "Kinds").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rehabdesk.domain.consent import InformationKind
from rehabdesk.domain.papers import ActionLine, Document, Imprint, Letterhead, PresentLine, Questions
from rehabdesk.domain.rehab_chain import ChainStanding


class Block(StrEnum):
    """The parts of a case on a preparation sheet."""

    QUESTION = "question"
    LAST_TIME = "last_time"
    GOALS = "goals"
    ACTIONS = "actions"
    SICK_LEAVE = "sick_leave"
    WORK_ABILITY = "work_ability"


#: What a party must be covered for to get a block.
KINDS: Mapping[Block, frozenset[InformationKind]] = {
    Block.QUESTION: frozenset({InformationKind.PLANNED_MEASURES}),
    Block.LAST_TIME: frozenset({InformationKind.PLANNED_MEASURES}),
    Block.GOALS: frozenset({InformationKind.PLANNED_MEASURES}),
    Block.ACTIONS: frozenset({InformationKind.PLANNED_MEASURES}),
    Block.SICK_LEAVE: frozenset({InformationKind.SICK_LEAVE}),
    Block.WORK_ABILITY: frozenset({InformationKind.WORK_ABILITY}),
}


@dataclass(frozen=True, slots=True)
class Appointment:
    """When and where one item is taken up; times "HH:MM"."""

    on: date
    starts: str
    ends: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class CallLetterDocument(Document):
    """A party is called to one item. `unnamed` counts those at the table that are not named to it; `question` only under consent."""

    letterhead: Letterhead
    imprint: Imprint
    party: str
    case_number: str
    participant_name: str
    appointment: Appointment
    table: tuple[PresentLine, ...]
    unnamed: int
    question: str
    answer_by: date | None
    questions: Questions
    reader_in_file: str = ""


@dataclass(frozen=True, slots=True)
class OwnCallLetterDocument(Document):
    """The participant is called, in plain words: when, where, who will sit there, what about, and how to say no."""

    letterhead: Letterhead
    imprint: Imprint
    case_number: str
    appointment: Appointment
    table: tuple[PresentLine, ...]
    question: str
    interpreter: str
    answer_by: date | None
    questions: Questions
    print_size: int = 12


@dataclass(frozen=True, slots=True)
class SickLeaveLine:
    """One period of sick leave. `end` is empty while none is known."""

    start: date
    end: date | None
    degree: int


@dataclass(frozen=True, slots=True)
class ChainLine:
    """A day of the rehabilitation chain and its date: a forecast, since FK decides."""

    on: date
    day: int


@dataclass(frozen=True, slots=True)
class PreparationCase:
    """One case as a party may prepare for it. What its consent does not cover is empty, and never was here.

    `own_goal` is the participant's own, where she has ticked it for the table; `left_out` names the blocks that are not covered. `standing` is
    what the chain is drawn from.
    """

    case_number: str
    participant_name: str
    starts: str
    ends: str
    question: str = ""
    last_on: date | None = None
    agreements: tuple[str, ...] = ()
    own_goal: str = ""
    goals: tuple[str, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    sick_leave: tuple[SickLeaveLine, ...] = ()
    chain: tuple[ChainLine, ...] = ()
    standing: ChainStanding | None = None
    can_do: str = ""
    cannot_do: str = ""
    left_out: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class PreparationDocument(Document):
    """What one party prepares before a meeting: each case it is called to, on a page of its own."""

    letterhead: Letterhead
    imprint: Imprint
    party: str
    series: str
    session_on: date
    start: str
    end: str
    place: str
    cases: tuple[PreparationCase, ...]
    questions: Questions
    reader_in_file: str = ""


def blocks_covered(covered: frozenset[InformationKind]) -> frozenset[Block]:
    """The blocks a party covered for these kinds may have."""
    return frozenset(block for block, kinds in KINDS.items() if kinds <= covered)


def prepared_for(whole: PreparationCase, covered: frozenset[InformationKind]) -> PreparationCase | None:
    """The case as a party covered for these kinds may have it, composed anew; None when it may have nothing."""
    blocks = blocks_covered(covered)
    if not blocks:
        return None
    at_table, leave, work = Block.QUESTION in blocks, Block.SICK_LEAVE in blocks, Block.WORK_ABILITY in blocks
    return PreparationCase(
        case_number=whole.case_number,
        participant_name=whole.participant_name,
        starts=whole.starts,
        ends=whole.ends,
        question=whole.question if at_table else "",
        last_on=whole.last_on if Block.LAST_TIME in blocks else None,
        agreements=whole.agreements if Block.LAST_TIME in blocks else (),
        own_goal=whole.own_goal if Block.GOALS in blocks else "",
        goals=whole.goals if Block.GOALS in blocks else (),
        actions=whole.actions if Block.ACTIONS in blocks else (),
        sick_leave=whole.sick_leave if leave else (),
        chain=whole.chain if leave else (),
        standing=whole.standing if leave else None,
        can_do=whole.can_do if work else "",
        cannot_do=whole.cannot_do if work else "",
        left_out=tuple(block for block in Block if block not in blocks),
    )
