"""Who may read what: from a frozen sheet to one document for ONE reader. Redaction lives here and nowhere else.

A document is composed from what its reader may see. Every block of a sheet has the kinds of information it holds; a
party gets a block only when consent covers every kind on it, on the day it is printed. A block without kinds goes to
no party (`architecture.md` 2, "Kinds").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rehabdesk.domain.consent import Consent, InformationKind, kinds_covered
from rehabdesk.domain.forum import ItemKind
from rehabdesk.domain.papers import (
    ActionLine,
    ActionSlipDocument,
    CorrectionLine,
    ExtractDocument,
    Imprint,
    ItemBody,
    Letterhead,
    MinutesDocument,
    NextTime,
    PresentLine,
    Questions,
    SlipCase,
    SummaryDocument,
)
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.domain.sheets import Block, CorrectionSheet, GeneralSheet, Sheet, SheetAction, SheetPresent

#: The kinds of information in each block. Those written for the table are planned measures; the rest goes to no party.
KINDS: Mapping[Block, frozenset[InformationKind] | None] = {
    Block.QUESTION: frozenset({InformationKind.PLANNED_MEASURES}),
    Block.AGREEMENTS: frozenset({InformationKind.PLANNED_MEASURES}),
    Block.ACTIONS: frozenset({InformationKind.PLANNED_MEASURES}),
    Block.NEXT_TIME: frozenset({InformationKind.PLANNED_MEASURES}),
    Block.BACKGROUND: None,
    Block.DISCUSSION: None,
    Block.PARTICIPANT_VIEW: None,
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What every paper of a session carries, whoever reads it."""

    letterhead: Letterhead
    questions: Questions
    version: int = 1
    draft_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FrozenItem:
    """A sheet and the corrections made of it since, oldest first."""

    sheet: Sheet
    corrections: tuple[CorrectionSheet, ...] = ()


def may_read(block: Block, covered: frozenset[InformationKind]) -> bool:
    """Whether a party with these kinds covered today may have a block."""
    kinds = KINDS[block]
    return kinds is not None and kinds <= covered


def blocks_for_party(sheet: Sheet, party_id: int, consents: Iterable[Consent], today: date) -> frozenset[Block]:
    """The blocks of a case's sheet that a party may have today; none when it was not called or no consent holds."""
    if sheet.kind is not ItemKind.CASE or sheet.case_id is None:
        return frozenset()
    if party_id not in {called.party_id for called in sheet.called}:
        return frozenset()
    covered = kinds_covered(consents, sheet.case_id, party_id, today)
    return frozenset(block for block in Block if may_read(block, covered))


def parties_reading(sheet: Sheet, consents: Sequence[Consent], today: date) -> tuple[int, ...]:
    """The parties that get an extract of a sheet today, in the order they were called."""
    return tuple(called.party_id for called in sheet.called if blocks_for_party(sheet, called.party_id, consents, today))


def summary_for(item: FrozenItem, setting: Setting, also_given_to: tuple[str, ...], *, print_size: int = 12) -> SummaryDocument:
    """Din sammanfattning: the participant may read everything about herself; the page tells what she needs in plain words."""
    sheet = _case_sheet(item)
    return SummaryDocument(
        letterhead=setting.letterhead,
        imprint=_imprint(sheet.case_number, sheet.session_on, setting),
        case_number=sheet.case_number,
        session_on=sheet.session_on,
        agreements=tuple(text for text in (a.participant_text or a.text for a in sheet.agreements) if text),
        actions=_still_to_do(sheet),
        own_view=sheet.participant_view,
        next_time=_next_time(sheet),
        questions=setting.questions,
        also_given_to=also_given_to,
        corrections=_corrections(item, frozenset(Block)),
        whole_item=_body(item, _actions(sheet.actions)) if sheet.wants_whole_item else None,
        print_size=print_size,
    )


def extract_for(
    party_id: int, item: FrozenItem, consents: Sequence[Consent], today: date, setting: Setting, *, reader_in_file: str = ""
) -> ExtractDocument:
    """What one party may read of a case's item today. Refused when consent covers nothing of it."""
    sheet = _case_sheet(item)
    blocks = blocks_for_party(sheet, party_id, consents, today)
    if not blocks:
        raise Refused(Problem("paper.no_consent"))
    mine = tuple(action for action in sheet.actions + _open_earlier(sheet) if action.party_id == party_id)
    return ExtractDocument(
        letterhead=setting.letterhead,
        imprint=_imprint(sheet.case_number, sheet.session_on, setting),
        party=next(called.party for called in sheet.called if called.party_id == party_id),
        case_number=sheet.case_number,
        participant_name=sheet.participant_name,
        session_on=sheet.session_on,
        paragraph=sheet.paragraph,
        question=sheet.question if Block.QUESTION in blocks else "",
        agreements=tuple(a.text for a in sheet.agreements if a.text) if Block.AGREEMENTS in blocks else (),
        actions=_actions(mine) if Block.ACTIONS in blocks else (),
        next_time=_next_time(sheet) if Block.NEXT_TIME in blocks else None,
        questions=setting.questions,
        corrections=_corrections(item, blocks),
        reader_in_file=reader_in_file,
    )


def action_slip_for(
    party_id: int, party: str, items: Sequence[FrozenItem], consents: Sequence[Consent], today: date, on: date, setting: Setting
) -> ActionSlipDocument:
    """What one party has taken on at a session: from general items, and from the cases it may read today."""
    general: list[ActionLine] = []
    cases: list[SlipCase] = []
    for item in items:
        mine = _actions(tuple(action for action in item.sheet.actions if action.party_id == party_id))
        if not mine:
            continue
        if item.sheet.kind is ItemKind.GENERAL:
            general.extend(mine)
        elif Block.ACTIONS in blocks_for_party(item.sheet, party_id, consents, today):
            cases.append(SlipCase(item.sheet.case_number, item.sheet.participant_name, mine))
    return ActionSlipDocument(
        letterhead=setting.letterhead,
        imprint=_imprint(setting.letterhead.forum, on, setting),
        party=party,
        session_on=on,
        general=tuple(general),
        cases=tuple(cases),
        questions=setting.questions,
    )


def complete_minutes(
    general: GeneralSheet,
    items: Sequence[FrozenItem],
    setting: Setting,
    *,
    next_session: NextTime | None,
    digest: str,
    locked_on: date | None,
    corrections: Sequence[CorrectionSheet] = (),
) -> MinutesDocument:
    """The complete minutes, for the file only: everything in every sheet, with its corrections; `corrections` are the general part's.

    Who was at the table for an item stands with it only where it was not everybody.
    """
    everybody = frozenset(general.present)
    return MinutesDocument(
        letterhead=setting.letterhead,
        imprint=_imprint(f"{general.series} {general.session_number}", general.session_on, setting),
        series=general.series,
        session_number=general.session_number,
        session_on=general.session_on,
        start=general.start,
        end=general.end,
        place=general.place,
        chair=general.chair,
        secretary=general.secretary,
        present=tuple(
            PresentLine(p.name, p.function, p.party, part) for p, part in zip(general.present, general.parts, strict=True)
        ),
        absent=_present(general.absent),
        items=tuple(_body(item, _actions(item.sheet.actions), everybody) for item in items),
        next_session=next_session,
        digest=digest,
        locked_on=locked_on,
        corrections=tuple(CorrectionLine(one.on, one.text) for one in corrections),
    )


def _case_sheet(item: FrozenItem) -> Sheet:
    if item.sheet.kind is not ItemKind.CASE:
        raise Refused(Problem("paper.not_a_case"))
    return item.sheet


def _imprint(reference: str, on: date, setting: Setting) -> Imprint:
    return Imprint(reference=reference, on=on, version=setting.version, draft_at=setting.draft_at)


def _open_earlier(sheet: Sheet) -> tuple[SheetAction, ...]:
    return tuple(action for action in sheet.earlier_actions if action.state == "open")


def _still_to_do(sheet: Sheet) -> tuple[ActionLine, ...]:
    return _actions(sheet.actions + _open_earlier(sheet))


def _actions(actions: Iterable[SheetAction]) -> tuple[ActionLine, ...]:
    return tuple(
        ActionLine(
            what=action.what,
            who=", ".join(part for part in (action.contact, action.party) if part),
            due=action.due_on,
            is_participant=action.for_participant,
            status=action.answered or action.state,
        )
        for action in actions
    )


def _next_time(sheet: Sheet) -> NextTime | None:
    return NextTime(sheet.next_on, sheet.next_start, sheet.next_place) if sheet.next_on else None


def _corrections(item: FrozenItem, blocks: frozenset[Block]) -> tuple[CorrectionLine, ...]:
    return tuple(CorrectionLine(c.on, c.text) for c in item.corrections if c.block is not None and c.block in blocks)


def _present(people: Iterable[SheetPresent]) -> tuple[PresentLine, ...]:
    return tuple(PresentLine(person.name, person.function, person.party) for person in people)


def _body(item: FrozenItem, actions: tuple[ActionLine, ...], everybody: frozenset[SheetPresent] = frozenset()) -> ItemBody:
    sheet = item.sheet
    return ItemBody(
        paragraph=sheet.paragraph,
        kind=sheet.kind,
        title=sheet.title,
        case_number=sheet.case_number,
        participant_name=sheet.participant_name,
        question=sheet.question,
        background=sheet.background,
        discussion=sheet.discussion,
        agreements=tuple(a.text for a in sheet.agreements if a.text),
        actions=actions,
        earlier_actions=_actions(sheet.earlier_actions),
        participant_view=sheet.participant_view,
        participant_agrees=sheet.participant_agrees,
        outcome=sheet.outcome,
        next_time=_next_time(sheet),
        present=() if everybody and frozenset(sheet.present) == everybody else _present(sheet.present),
        corrections=tuple(CorrectionLine(c.on, c.text) for c in item.corrections),
    )
