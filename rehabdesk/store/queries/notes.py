"""Reading notes between meetings, and the draft of the next one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Connection, Select, bindparam, select

from rehabdesk.domain.forum import ActionEventKind
from rehabdesk.domain.notes import Answer, read_answers
from rehabdesk.domain.parties import written_contact
from rehabdesk.store.tables.forum import Action, ActionEvent
from rehabdesk.store.tables.notes import Note, NoteDraft
from rehabdesk.store.tables.parties import Contact, Party


@dataclass(frozen=True, slots=True)
class NotedAction:
    """An action that a note closed or moved: how, and to which day when it was moved."""

    action_id: int
    what: str
    kind: ActionEventKind
    due_after: date | None


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note. `with_whom` is written out: the contact and its party, or the words that were typed."""

    id: int
    case_id: int
    on: date
    with_whom: str
    contact_id: int | None
    party_id: int | None
    text: str
    created_at: str
    actions: tuple[NotedAction, ...]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """What has been typed of a case's next note, just as it was typed."""

    day: str
    with_whom: str
    contact_id: int | None
    text: str
    answers: tuple[Answer, ...]


def of_case(connection: Connection, case_id: int) -> tuple[NoteRow, ...]:
    """A case's notes, the latest day first."""
    query = (
        select(
            Note.id, Note.case_id, Note.on, Note.with_whom, Note.contact_id, Note.party_id, Note.text, Note.created_at,
            Party.written.label("party"), Contact.given_name, Contact.surname, Contact.function, Contact.by_function_only,
        )
        .outerjoin(Contact, Contact.id == Note.contact_id)
        .outerjoin(Party, Party.id == Note.party_id)
        .where(Note.case_id == case_id)
        .order_by(Note.on.desc(), Note.id.desc())
    )  # fmt: skip
    actions = _actions(connection, case_id)
    return tuple(
        NoteRow(
            row.id, row.case_id, row.on, _with_whom(row), row.contact_id, row.party_id, row.text, row.created_at, tuple(actions.get(row.id, ()))
        )
        for row in connection.execute(query)
    )


def note(connection: Connection, note_id: int) -> NoteRow | None:
    """One note."""
    case_id = connection.execute(select(Note.case_id).where(Note.id == note_id)).scalar()
    return next((row for row in of_case(connection, case_id) if row.id == note_id), None) if case_id is not None else None


def draft(connection: Connection, case_id: int) -> DraftRow | None:
    """What has been typed of the case's next note, if anything."""
    row = connection.execute(_draft(), {"of_case": case_id}).first()
    return DraftRow(row.day, row.with_whom, row.contact_id, row.text, read_answers(row.marks)) if row else None


@cache
def _draft() -> Select:
    """Put together once: its columns cost more than asking it."""
    columns = (NoteDraft.day, NoteDraft.with_whom, NoteDraft.contact_id, NoteDraft.text, NoteDraft.marks)
    return select(*columns).where(NoteDraft.case_id == bindparam("of_case"))


def _actions(connection: Connection, case_id: int) -> dict[int, list[NotedAction]]:
    query = (
        select(ActionEvent.note_id, ActionEvent.action_id, Action.what, ActionEvent.kind, ActionEvent.due_after)
        .join(Action, Action.id == ActionEvent.action_id)
        .join(Note, Note.id == ActionEvent.note_id)
        .where(Note.case_id == case_id)
        .order_by(ActionEvent.id)
    )
    found: dict[int, list[NotedAction]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.note_id].append(NotedAction(row.action_id, row.what, ActionEventKind(row.kind), row.due_after))
    return found


def _with_whom(row: object) -> str:
    """The words that were typed; else the contact with its party, or the party alone."""
    if row.with_whom:
        return row.with_whom
    name = written_contact(row.given_name or "", row.surname or "")
    shown = (row.function or "") if row.by_function_only or not name else name
    return ", ".join(part for part in (shown, row.party or "") if part)
