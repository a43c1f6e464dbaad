"""The papers of an action plan, and who may read what of it. A document is composed from what its reader may see.

Her own goal in her own words is hers and the coordinator's until she ticks it for the table: before that it stands on her own
plain-language sheet and nowhere else, also not on the plan that goes into the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from rehabdesk.domain.consent import InformationKind
from rehabdesk.domain.papers import ActionLine, Document, Imprint, Letterhead, Questions
from rehabdesk.domain.plans import GoalResult, PlanContent, PlanStep
from rehabdesk.domain.step_categories import StepCategory


class PlanBlock(StrEnum):
    """The parts of a plan that a reader may or may not be given."""

    OWN_GOAL = "own_goal"
    PRESENT_WORK = "present_work"
    ABILITY = "ability"
    GOALS = "goals"
    STEPS = "steps"
    DAYS = "days"
    WHY_NOT = "why_not"
    COMMENTS = "comments"


#: The kinds of information in each part; one without goes to no party (`architecture.md` 2, "Kinds").
KINDS: Mapping[PlanBlock, frozenset[InformationKind] | None] = MappingProxyType({
    PlanBlock.OWN_GOAL: frozenset({InformationKind.PLANNED_MEASURES}),
    PlanBlock.PRESENT_WORK: frozenset({InformationKind.WORK_ABILITY}),
    PlanBlock.ABILITY: frozenset({InformationKind.WORK_ABILITY}),
    PlanBlock.GOALS: frozenset({InformationKind.PLANNED_MEASURES}),
    PlanBlock.STEPS: frozenset({InformationKind.PLANNED_MEASURES}),
    PlanBlock.DAYS: frozenset({InformationKind.PLANNED_MEASURES}),
    PlanBlock.WHY_NOT: None,
    PlanBlock.COMMENTS: None,
})


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step on paper; without its category where the reader is a party."""

    action: ActionLine
    category: StepCategory | None = None


@dataclass(frozen=True, slots=True)
class GoalPart:
    """A goal with its steps, and how it went; `text` is empty for the steps that lead to no goal."""

    text: str
    steps: tuple[StepLine, ...]
    result: GoalResult | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class PlanHead:
    """What every paper of a plan carries, whoever reads it."""

    letterhead: Letterhead
    imprint: Imprint
    questions: Questions
    case_number: str
    participant_name: str
    print_size: int = 12
    manager: str = ""


@dataclass(frozen=True, slots=True)
class PlanDocument(Document):
    """The plan. `party` is empty on the participant's and the file's copies, which have the lines to sign on, one for the `manager`."""

    letterhead: Letterhead
    imprint: Imprint
    case_number: str
    participant_name: str
    party: str
    own_goal: str
    present_work: str
    can_do: str
    cannot_do: str
    parts: tuple[GoalPart, ...]
    responsible: str
    done_by: date | None
    evaluate_on: date | None
    participant_took_part: bool | None
    why_not: str
    union_signs: bool
    ended_on: date | None
    questions: Questions
    print_size: int = 12
    reader_in_file: str = ""
    manager: str = ""


@dataclass(frozen=True, slots=True)
class PlanPlainDocument(Document):
    """Din plan: the plan said to "du", in short sentences and her size of print."""

    letterhead: Letterhead
    imprint: Imprint
    case_number: str
    own_goal: str
    is_goal_for_table: bool
    goals: tuple[tuple[str, GoalResult | None], ...]
    can_do: str
    cannot_do: str
    actions: tuple[ActionLine, ...]
    evaluate_on: date | None
    ended_on: date | None
    questions: Questions
    print_size: int = 12


Categories = Callable[[str], StepCategory | None]


def blocks_for_party(covered: frozenset[InformationKind]) -> frozenset[PlanBlock]:
    """The parts of a plan that a party may have, with these kinds covered today."""
    return frozenset(block for block, kinds in KINDS.items() if kinds is not None and kinds <= covered)


def whole_plan(content: PlanContent, head: PlanHead, categories: Categories) -> PlanDocument:
    """The plan for the participant to sign, and for the file; her own goal only when it is for the table."""
    return _plan(content, head, frozenset(PlanBlock), content.steps, "", categories)


def plan_for_party(
    content: PlanContent, head: PlanHead, party_id: int, party: str, covered: frozenset[InformationKind], *, reader_in_file: str = ""
) -> PlanDocument | None:
    """What a party may have of the plan today: of the steps those it answers for itself. None when consent covers nothing."""
    blocks = blocks_for_party(covered)
    if not blocks:
        return None
    mine = tuple(step for step in content.steps if step.party_id == party_id)
    return _plan(content, head, blocks, mine, party, None, reader_in_file)


def plain_plan(content: PlanContent, head: PlanHead) -> PlanPlainDocument:
    """Din plan: everything is hers to read, her own goal too."""
    return PlanPlainDocument(
        letterhead=head.letterhead,
        imprint=head.imprint,
        case_number=head.case_number,
        own_goal=content.own_goal,
        is_goal_for_table=content.goal_for_table,
        goals=tuple((goal.text, goal.result) for goal in content.goals if goal.text.strip()),
        can_do=content.can_do,
        cannot_do=content.cannot_do,
        actions=tuple(_line(step) for step in content.steps),
        evaluate_on=content.evaluate_on,
        ended_on=content.ended_on,
        questions=head.questions,
        print_size=head.print_size,
    )


def _plan(
    content: PlanContent,
    head: PlanHead,
    blocks: frozenset[PlanBlock],
    steps: tuple[PlanStep, ...],
    party: str,
    categories: Categories | None,
    reader_in_file: str = "",
) -> PlanDocument:
    has_days = PlanBlock.DAYS in blocks
    ability = PlanBlock.ABILITY in blocks
    return PlanDocument(
        letterhead=head.letterhead,
        imprint=head.imprint,
        case_number=head.case_number,
        participant_name=head.participant_name,
        party=party,
        own_goal=content.goal_for_the_table if PlanBlock.OWN_GOAL in blocks else "",
        present_work=content.present_work if PlanBlock.PRESENT_WORK in blocks else "",
        can_do=content.can_do if ability else "",
        cannot_do=content.cannot_do if ability else "",
        parts=_parts(content, blocks, steps, categories),
        responsible=content.responsible if has_days else "",
        done_by=content.done_by if has_days else None,
        evaluate_on=content.evaluate_on if has_days else None,
        participant_took_part=content.participant_took_part if has_days else None,
        why_not=content.why_not if PlanBlock.WHY_NOT in blocks and content.participant_took_part is False else "",
        union_signs=content.union_signs and not party,
        ended_on=content.ended_on if has_days else None,
        questions=head.questions,
        print_size=12 if party else head.print_size,
        reader_in_file=reader_in_file,
        manager="" if party else head.manager,
    )


def _parts(
    content: PlanContent, blocks: frozenset[PlanBlock], steps: Iterable[PlanStep], categories: Categories | None
) -> tuple[GoalPart, ...]:
    shown = tuple(steps) if PlanBlock.STEPS in blocks else ()
    of_goal: dict[int, list[StepLine]] = {}
    for step in shown:
        category = categories(step.category) if categories is not None and step.category else None
        of_goal.setdefault(step.goal, []).append(StepLine(_line(step), category))
    goals = content.goals if PlanBlock.GOALS in blocks else ()
    parts = [
        GoalPart(goal.text, tuple(of_goal.get(place, ())), goal.result, goal.comment if PlanBlock.COMMENTS in blocks else "")
        for place, goal in enumerate(goals)
        if goal.text.strip() or place in of_goal
    ]
    loose = tuple(of_goal.get(-1, ()))
    return (*parts, GoalPart("", loose)) if loose else tuple(parts)


def _line(step: PlanStep) -> ActionLine:
    return ActionLine(step.what, step.who, step.due_on, step.for_participant, step.state)
