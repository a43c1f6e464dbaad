"""Finishing an item: its sheet is frozen, and a copy is queued for each reader whom consent covers, in one write."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from rehabdesk.domain.consent import Consent, parties_hearing
from rehabdesk.domain.forum import (
    ActionState,
    ItemKind,
    ItemState,
    Outcome,
    Presence,
    Return,
    may_hear,
    problems_before_freezing,
)
from rehabdesk.domain.hand_outs import HandOutState, ReaderKind, VoidReason
from rehabdesk.domain.minutes import parties_reading
from rehabdesk.domain.names import find
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.domain.sheets import (
    Block,
    CorrectionSheet,
    GeneralSheet,
    Sheet,
    SheetAction,
    SheetAgreement,
    SheetParty,
    SheetPresent,
    canonical,
    digest,
)
from rehabdesk.services.checks import existing, prose
from rehabdesk.services.copies import queue, settle
from rehabdesk.services.forum import names
from rehabdesk.services.forum.meeting import close_open_item, forget_unfinished_line
from rehabdesk.services.forum.returns import coming_sessions, session_of_return
from rehabdesk.store.history import Label
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.forum import actions as action_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import presence as presence_queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.cases import Case, Participant
from rehabdesk.store.tables.forum import AgendaItem, ForumSession, ItemSheet
from rehabdesk.store.tables.privacy import HandOut

#: Bytes of salt of a sheet: with it gone, the digest says nothing about an erased text.
SALT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Ending:
    """How an item ends, and when it comes back. None of it needs a reason."""

    outcome: Outcome
    return_kind: Return = Return.NOT_AT_ALL
    return_on: date | None = None
    return_action_id: int | None = None


@dataclass(frozen=True, slots=True)
class Frozen:
    """What finishing an item made: its sheet, and the copies queued."""

    sheet_id: int
    hand_out_ids: tuple[int, ...]


def freeze(store: Store, item_id: int, ending: Ending, *, language: str = "sv") -> Frozen:
    """Finish an item: freeze its sheet and queue a copy per reader. Refused while a name is unsettled. Never undone."""
    with store.write(Label("forum.item_finished"), undoable=False, barrier=True) as writing:
        item = existing(writing, AgendaItem, item_id, "item")
        unsettled = writing.read(names.names_in_item, item_id)
        refuse_if(problems_before_freezing(ItemState(item.state), len(unsettled)))
        refuse_if(_problems_with(ending))
        return freeze_item(writing, item, ending, language)


def freeze_item(writing: Writing, item: AgendaItem, ending: Ending, language: str, *, is_later: bool = False) -> Frozen:
    """Freeze an item within the write of another verb. `is_later`: its readers have gone, so the copies wait for them."""
    session = existing(writing, ForumSession, item.session_id, "session")
    if item.state == ItemState.OPEN:
        close_open_item(writing, session, ItemState.WAITING)
    item.state, item.finished_at = ItemState.FINISHED, writing.now
    item.outcome, item.return_kind = ending.outcome, ending.return_kind
    item.return_on, item.return_action_id = ending.return_on, ending.return_action_id
    sheet = sheet_material(writing, item.id)
    stored = store_sheet(writing, sheet, session_id=session.id, item_id=item.id, case_id=item.case_id)
    forget_unfinished_line(writing, item.id)
    writing.log("item_frozen", "item_sheet", stored.id)
    copies = _copies_for_readers(writing, item, sheet)
    for copy in copies:
        copy.is_later = is_later or bool(copy.is_later)
    return Frozen(stored.id, _queue(writing, copies, item.session_id, item.id, item.case_id, stored.id, language))


def sheet_material(writing: Writing, item_id: int) -> Sheet:
    """Everything the item holds now, as it will be frozen."""
    row = writing.read(agenda_queries.item, item_id, writing.today)
    session = writing.read(session_queries.session, row.session_id)
    on_agenda = writing.read(agenda_queries.case_ids_on_agenda, row.session_id)
    harmless = sorted(writing.read(names.harmless_in, item_id, row.session_id))
    # What the participant reads as the next time is a meeting, where one is planned; else the date alone.
    following = session_of_return(writing.read(coming_sessions, session), row)
    return Sheet(
        item_id=item_id,
        session_id=session.id,
        session_on=session.held_on,
        paragraph=row.paragraph,
        kind=row.shown_kind,
        title=row.title,
        case_id=row.case_id,
        case_number=row.case_number,
        participant_name=row.participant_name,
        question=row.question,
        background=row.background,
        discussion=row.discussion,
        agreements=tuple(
            SheetAgreement(a.text, a.participant_text) for a in writing.read(agenda_queries.agreements, item_id) if a.text
        ),
        actions=_actions(writing.read(action_queries.actions_of_item, item_id)),
        earlier_actions=_actions(writing.read(action_queries.earlier_actions, item_id)),
        participant_view=row.participant_view,
        participant_agrees=row.participant_agrees,
        wants_whole_item=row.wants_whole_item,
        outcome=row.outcome or Outcome.AGREED,
        next_on=following.held_on if following else row.return_on,
        next_start=following.start if following else "",
        next_place=following.place if following else "",
        called=tuple(SheetParty(c.party_id, c.party, c.may_hear) for c in row.called),
        present=_present(writing, session.id, row),
        sought_case_ids=tuple(sorted(on_agenda)),
        harmless=tuple(harmless),
    )


def store_sheet(
    writing: Writing,
    sheet: Sheet | GeneralSheet | CorrectionSheet,
    *,
    session_id: int,
    item_id: int | None,
    case_id: int | None = None,
    corrects_id: int | None = None,
    version: int = 1,
) -> ItemSheet:
    """Write a sheet with a salt of its own; it is never rewritten."""
    content, salt = canonical(sheet), secrets.token_bytes(SALT_BYTES)
    stored = ItemSheet(
        session_id=session_id,
        item_id=item_id,
        case_id=case_id,
        corrects_id=corrects_id,
        version=version,
        content=content,
        salt=salt,
        digest=digest(content, salt),
        frozen_at=writing.now,
        frozen_on=writing.today,
    )
    writing.session.add(stored)
    writing.flush()
    return stored


def correct(store: Store, sheet_id: int, block: Block | None, text: str, *, language: str = "sv") -> Frozen:
    """Correct a frozen sheet, however old: the correction is dated, prints with the sheet, and new copies are queued for those who have one."""
    text = prose(text, "text")
    refuse_if([] if text else [Problem("correction.text_missing", "text")])
    with store.write(Label("forum.sheet_corrected"), undoable=False, barrier=True) as writing:
        sheet = existing(writing, ItemSheet, sheet_id, "sheet")
        if sheet.corrects_id is not None or sheet.content is None:
            raise Refused(Problem("sheet.gone"))
        on_agenda = writing.read(agenda_queries.case_ids_on_agenda, sheet.session_id)
        own = writing.read(case_queries.cases_of_same_participant, sheet.case_id) if sheet.case_id else frozenset()
        hits = find(text, writing.read(names.register), agenda_case_ids=on_agenda, own_case_ids=own)
        if hits:
            words = ", ".join(text[hit.start : hit.end] for hit in hits)
            raise Refused(Problem("correction.names_another", "text", {"words": words}))
        # The general part has no item: its versions are counted within its own session.
        same = (ItemSheet.session_id == sheet.session_id, ItemSheet.item_id == sheet.item_id)
        highest = writing.session.scalar(select(func.max(ItemSheet.version)).where(*same)) or 1
        correction = CorrectionSheet(sheet.item_id, writing.today, block, text, tuple(sorted(on_agenda)))
        stored = store_sheet(
            writing,
            correction,
            session_id=sheet.session_id,
            item_id=sheet.item_id,
            case_id=sheet.case_id,
            corrects_id=sheet.id,
            version=highest + 1,
        )
        writing.log("sheet_corrected", "item_sheet", sheet.id)
        return Frozen(stored.id, _queue_corrected(writing, sheet, stored.version, block, language))


def _problems_with(ending: Ending) -> tuple[Problem, ...]:
    if ending.return_kind is Return.DATE and ending.return_on is None:
        return (Problem("item.return_date_missing", "return_on"),)
    if ending.return_kind is Return.ACTION_DONE and ending.return_action_id is None:
        return (Problem("item.return_action_missing", "return_action"),)
    return ()


def _actions(rows: tuple[action_queries.ActionRow, ...]) -> tuple[SheetAction, ...]:
    return tuple(
        SheetAction(
            id=row.id,
            what=row.what,
            party_id=row.party_id,
            party=row.party,
            contact=row.contact,
            for_participant=row.for_participant,
            due_on=row.due_on,
            state=ActionState(row.state).value,
            answered=row.answered.value if row.answered else "",
        )
        for row in rows
    )


def _present(writing: Writing, session_id: int, row: agenda_queries.ItemRow) -> tuple[SheetPresent, ...]:
    hearing: frozenset[int] = frozenset()
    if row.case_id is not None:
        hearing = parties_hearing(writing.read(consent_queries.rules, (row.case_id,)), row.case_id, writing.today)
    hosts = writing.read(party_queries.host_parties)
    return tuple(
        SheetPresent(attendee.name, attendee.function, attendee.party)
        for attendee in writing.read(presence_queries.attendees, session_id)
        if attendee.presence is Presence.HERE and may_hear(row.shown_kind, attendee.party_id, hearing, hosts)
    )


def _copies_for_readers(writing: Writing, item: AgendaItem, sheet: Sheet) -> list[HandOut]:
    """A row per reader. Nobody's name leaves for an item that fell to a consultation.

    Under protected identity paper goes from hand to hand only: what the parties get waits until each copy is asked for.
    """
    if sheet.kind is not ItemKind.CASE or sheet.outcome is Outcome.DROPPED:
        return []
    consents: tuple[Consent, ...] = writing.read(consent_queries.rules, (sheet.case_id,))
    is_protected = writing.session.scalar(
        select(Participant.is_protected).join(Case, Case.participant_id == Participant.id).where(Case.id == item.case_id)
    )
    copies = [
        HandOut(paper=PaperKind.EXTRACT, reader=ReaderKind.PARTY, party_id=party_id, is_later=bool(is_protected))
        for party_id in parties_reading(sheet, consents, writing.today)
    ]
    if not is_protected:
        is_later = item.participant_presence != Presence.HERE
        copies.insert(0, HandOut(paper=PaperKind.SUMMARY, reader=ReaderKind.PARTICIPANT, is_later=is_later))
    return copies


def _queue(
    writing: Writing, copies: list[HandOut], session_id: int, item_id: int | None, case_id: int | None, sheet_id: int, language: str
) -> tuple[int, ...]:
    for copy in copies:
        copy.item_id, copy.case_id, copy.sheet_id = item_id, case_id, sheet_id
    return tuple(queue(writing, copy, session_id=session_id, language=language) for copy in copies)


def _queue_corrected(writing: Writing, sheet: ItemSheet, version: int, block: Block | None, language: str) -> tuple[int, ...]:
    """Whoever has been given a copy gets the corrected one; a copy that still waits is replaced."""
    earlier = writing.session.scalars(
        select(HandOut).where(HandOut.sheet_id == sheet.id, HandOut.state != HandOutState.VOIDED).order_by(HandOut.id)
    ).all()
    copies: dict[tuple[str, int | None], HandOut] = {}
    for old in earlier:
        concerns = old.reader == ReaderKind.PARTICIPANT or block in (Block.QUESTION, Block.AGREEMENTS, Block.ACTIONS, Block.NEXT_TIME)
        if not concerns or old.paper == PaperKind.WITHDRAWAL_NOTICE:
            continue
        if old.state == HandOutState.WAITING:
            settle(writing, old, HandOutState.VOIDED, VoidReason.REPLACED)
        copies[(old.reader, old.party_id)] = HandOut(
            paper=old.paper, reader=old.reader, party_id=old.party_id, version=version, is_later=True
        )
    return _queue(writing, list(copies.values()), sheet.session_id, sheet.item_id, sheet.case_id, sheet.id, language)
