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
from rehabdesk.domain.parties import PartyKind
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


class SignerRole(StrEnum):
    """Who signs a plan."""

    PARTICIPANT = "participant"
    MANAGER = "manager"
    UNION = "union"


@dataclass(frozen=True, slots=True)
class Signer:
    """A line to sign on; the name is empty where it is not known."""

    role: SignerRole
    name: str = ""


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
    """The plan. `party` is empty on the participant's and the file's copies, which everybody signs; a party signs what it may read."""

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
    signers: tuple[Signer, ...]
    ended_on: date | None
    questions: Questions
    print_size: int = 12
    reader_in_file: str = ""


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


@dataclass(frozen=True, slots=True)
class PlanParty:
    """The party a copy is for. `in_file` is what a file's name may say of it, see `papers.file_part`."""

    id: int
    written: str
    kind: PartyKind
    in_file: str = ""


Categories = Callable[[str], StepCategory | None]


def blocks_for_party(covered: frozenset[InformationKind]) -> frozenset[PlanBlock]:
    """The parts of a plan that a party may have, with these kinds covered today."""
    return frozenset(block for block, kinds in KINDS.items() if kinds is not None and kinds <= covered)


def whole_plan(content: PlanContent, head: PlanHead, categories: Categories) -> PlanDocument:
    """The plan for the participant to sign, and for the file; her own goal only when it is for the table."""
    return _plan(content, head, frozenset(PlanBlock), content.steps, categories)


def plan_for_party(content: PlanContent, head: PlanHead, party: PlanParty, covered: frozenset[InformationKind]) -> PlanDocument | None:
    """What a party may have of the plan today: of the steps those it answers for itself. None when consent covers nothing."""
    blocks = blocks_for_party(covered)
    if not blocks:
        return None
    mine = tuple(step for step in content.steps if step.party_id == party.id)
    return _plan(content, head, blocks, mine, None, party)


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
    categories: Categories | None,
    party: PlanParty | None = None,
) -> PlanDocument:
    has_days = PlanBlock.DAYS in blocks
    ability = PlanBlock.ABILITY in blocks
    return PlanDocument(
        letterhead=head.letterhead,
        imprint=head.imprint,
        case_number=head.case_number,
        participant_name=head.participant_name,
        party=party.written if party is not None else "",
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
        signers=_signers(content, head, party),
        ended_on=content.ended_on if has_days else None,
        questions=head.questions,
        print_size=head.print_size if party is None else 12,
        reader_in_file=party.in_file if party is not None else "",
    )


def _signers(content: PlanContent, head: PlanHead, party: PlanParty | None) -> tuple[Signer, ...]:
    """Everybody on her copy and the file's. Manager and union sign a copy of their own beside her: they never need hers."""
    participant = Signer(SignerRole.PARTICIPANT, head.participant_name)
    signing = {PartyKind.EMPLOYER: Signer(SignerRole.MANAGER, head.manager)}
    if content.union_signs:
        signing[PartyKind.UNION] = Signer(SignerRole.UNION)
    if party is None:
        return (participant, *signing.values())
    return (participant, signing[party.kind]) if party.kind in signing else ()


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
