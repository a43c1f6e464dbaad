"""Notes between meetings: kept while they are typed, written with what they say of the case's actions, corrected, removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rehabdesk.domain.forum import ActionEventKind
from rehabdesk.domain.notes import ANSWERS, Answer, problems_with_answer, problems_with_note, written_answers
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.services.checks import existing, line, prose
from rehabdesk.services.forum import actions
from rehabdesk.store.history import Label
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.cases import Case
from rehabdesk.store.tables.forum import Action
from rehabdesk.store.tables.notes import Note, NoteDraft
from rehabdesk.store.tables.parties import Contact, Party


@dataclass(frozen=True, slots=True)
class NewNote:
    """A note as it is written. With whom: a contact, a party, or free words. `reason` is given for the actions that it moves."""

    text: str
    on: date | None
    with_whom: str = ""
    contact_id: int | None = None
    party_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been typed of a note so far, as it stands in the fields."""

    day: str = ""
    with_whom: str = ""
    contact_id: int | None = None
    text: str = ""
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseNote:
    """A note in one case, with what it says of that case's actions."""

    case_id: int
    note: NewNote
    answers: tuple[Answer, ...] = ()


#: What a step is called that answers general actions alone.
_GENERAL_STEPS = {
    ActionEventKind.DONE: "action.many_closed",
    ActionEventKind.DROPPED: "action.many_closed",
    ActionEventKind.MOVED: "action.many_moved",
    ActionEventKind.KEPT: "action.many_kept",
}


def write_note(store: Store, case_id: int, new: NewNote, answers: Sequence[Answer] = ()) -> int:
    """Write a note, and close or move the actions it tells of: one step, which undo takes back whole. Returns its id.

    What was typed of it is no draft any more.
    """
    with store.write(Label("note.actions_answered" if answers else "note.written")) as writing:
        return _write(writing, CaseNote(case_id, new, tuple(answers)))


def write_notes(store: Store, told: Sequence[CaseNote], general: Sequence[Answer] = (), reason: str = "") -> None:
    """What one call gave in several cases: a note in each, with the actions it closed or moved there, all in one step.

    What it gave of `general` actions is the same step: they belong to no case, and so have no note. `reason` is given for those
    it moves.
    """
    reason = line(reason, "reason")
    label = Label("note.actions_answered") if told else Label(_GENERAL_STEPS[general[0].kind], {"n": len(general)})
    with store.write(label) as writing:
        for one in told:
            _write(writing, one)
        for answer in general:
            refuse_if(problems_with_answer(answer, reason))
            actions.answer(writing, answer.action_id, answer.kind, writing.today, due_on=answer.due_on, reason=reason)


def change_note(store: Store, note_id: int, new: NewNote) -> None:
    """Correct a note; corrections of one note in a row are one step. What it did to actions stays done."""
    with store.write(Label("note.changed"), merge_key=("note", note_id)) as writing:
        note = existing(writing, Note, note_id, "note")
        for name, value in _checked(writing, new).items():
            setattr(note, name, value)
        writing.log("note_changed", "case", note.case_id, note=note_id)


def remove_note(store: Store, note_id: int) -> None:
    """Take a note away. What it did to actions stays done."""
    with store.write(Label("note.removed")) as writing:
        note = existing(writing, Note, note_id, "note")
        writing.session.delete(note)
        writing.log("note_removed", "case", note.case_id, note=note_id)


def keep_draft(store: Store, case_id: int, draft: Draft) -> None:
    """Keep what has been typed of the case's next note; with nothing typed there is no draft."""
    with store.write(Label("note.draft_kept"), undoable=False) as writing:
        existing(writing, Case, case_id, "case")
        if not draft.text.strip() and not draft.with_whom.strip() and not draft.day.strip():
            _forget_draft(writing, case_id)
            return
        row = writing.session.get(NoteDraft, case_id)
        if row is None:
            row = NoteDraft(case_id=case_id)
            writing.session.add(row)
        row.day, row.with_whom, row.contact_id = line(draft.day, "day"), line(draft.with_whom, "with_whom"), draft.contact_id
        row.text, row.marks = prose(draft.text, "text"), written_answers(draft.answers)


def _write(writing: Writing, told: CaseNote) -> int:
    existing(writing, Case, told.case_id, "case")
    note = Note(case_id=told.case_id, created_at=writing.now, **_checked(writing, told.note))
    writing.session.add(note)
    writing.flush()
    reason = line(told.note.reason, "reason")
    for answer in told.answers:
        _answer(writing, note, answer, reason)
    _forget_draft(writing, told.case_id)
    writing.log("note_written", "case", told.case_id, note=note.id)
    return note.id


def _checked(writing: Writing, new: NewNote) -> dict[str, object]:
    """The columns of a note; a contact brings its party."""
    text = prose(new.text, "text")
    refuse_if(problems_with_note(text, new.on, writing.today))
    party_id = new.party_id
    if new.contact_id is not None:
        party_id = existing(writing, Contact, new.contact_id, "contact").party_id
    elif party_id is not None:
        existing(writing, Party, party_id, "party")
    # A contact is told by its own name, which may be put right later; free words are for everybody else.
    with_whom = "" if new.contact_id is not None else line(new.with_whom, "with_whom")
    return {"text": text, "on": new.on, "with_whom": with_whom, "contact_id": new.contact_id, "party_id": party_id}


def _answer(writing: Writing, note: Note, answer: Answer, reason: str) -> None:
    if answer.kind not in ANSWERS:
        raise ValueError(f"a note cannot say {answer.kind} of an action")
    refuse_if(problems_with_answer(answer, reason))
    if existing(writing, Action, answer.action_id, "action").case_id != note.case_id:
        raise Refused(Problem("note.action_of_another_case"))
    actions.answer(writing, answer.action_id, answer.kind, note.on, due_on=answer.due_on, reason=reason, note_id=note.id)


def _forget_draft(writing: Writing, case_id: int) -> None:
    row = writing.session.get(NoteDraft, case_id)
    if row is not None:
        writing.session.delete(row)
