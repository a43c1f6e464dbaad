"""Actions: added at the table as spoken; closed, moved or kept there, between meetings, or many at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from rehabdesk.domain.forum import ActionEventKind, ActionState, ItemState
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.services.checks import existing, required
from rehabdesk.store.history import Label
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.forum import Action, ActionEvent, AgendaItem
from rehabdesk.store.tables.parties import Contact

#: How many rows are asked for at once, well below what SQLite takes.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class NewAction:
    """An action as read from the quick line: what, who answers for it, by when."""

    what: str
    party_id: int | None = None
    contact_id: int | None = None
    for_participant: bool = False
    due_on: date | None = None


def add_action(store: Store, item_id: int, new: NewAction) -> int:
    """Add an action to an item that is not frozen; returns its id."""
    what = required(new.what, "action.what_missing", "what")
    with store.write(Label("forum.action_added")) as writing:
        item = existing(writing, AgendaItem, item_id, "item")
        refuse_if([Problem("item.already_finished")] if item.state == ItemState.FINISHED else [])
        action = Action(series_id=item.series_id, case_id=item.case_id, item_id=item_id, what=what, created_on=writing.today)
        set_who(writing, action, new)
        action.due_on = new.due_on
        writing.session.add(action)
        writing.flush()
        _event(writing, action, item_id, ActionEventKind.CREATED, due_after=action.due_on)
        return action.id


def change_action(store: Store, action_id: int, new: NewAction) -> None:
    """Reword an action made at an item that is not frozen yet."""
    what = required(new.what, "action.what_missing", "what")
    with store.write(Label("forum.action_changed"), merge_key=("action", action_id)) as writing:
        action = _of_open_item(writing, action_id)
        set_who(writing, action, new)
        action.what, action.due_on = what, new.due_on


def remove_action(store: Store, action_id: int) -> None:
    """Take away an action made at an item that is not frozen yet."""
    with store.write(Label("forum.action_removed")) as writing:
        action = _of_open_item(writing, action_id)
        writing.session.execute(delete(ActionEvent).where(ActionEvent.action_id == action_id))
        writing.session.delete(action)


def close_action(store: Store, action_id: int, item_id: int | None = None, *, dropped: bool = False) -> None:
    """It is done (or, `dropped`, no longer current); at an item when told there."""
    kind = ActionEventKind.DROPPED if dropped else ActionEventKind.DONE
    with store.write(Label("forum.action_closed")) as writing:
        action = _to_answer(writing, action_id, item_id)
        action.state, action.closed_on = (ActionState.DROPPED if dropped else ActionState.DONE), writing.today
        _event(writing, action, item_id, kind)


def move_action(store: Store, action_id: int, due_on: date, reason: str, item_id: int | None = None) -> None:
    """Give it a later (or earlier) date, with the reason."""
    reason = required(reason, "action.move_reason_missing", "reason")
    with store.write(Label("forum.action_moved")) as writing:
        action = _to_answer(writing, action_id, item_id)
        before, action.due_on = action.due_on, due_on
        action.move_count += 1
        _event(writing, action, item_id, ActionEventKind.MOVED, due_before=before, due_after=due_on, reason=reason)


def keep_action(store: Store, action_id: int, item_id: int) -> None:
    """It was spoken of, and stays as it is."""
    with store.write(Label("forum.action_kept")) as writing:
        action = _to_answer(writing, action_id, item_id)
        _event(writing, action, item_id, ActionEventKind.KEPT)


def close_actions(store: Store, action_ids: Sequence[int], *, dropped: bool = False) -> None:
    """These are done (or, `dropped`, no longer current), all in one step; refused when one of them is closed already."""
    with store.write(Label("action.many_closed", {"n": len(action_ids)})) as writing, _together(writing, action_ids):
        for action_id in action_ids:
            answer(writing, action_id, ActionEventKind.DROPPED if dropped else ActionEventKind.DONE, writing.today)


def move_actions(store: Store, action_ids: Sequence[int], due_on: date, reason: str) -> None:
    """Give all these one new date, for one reason, in one step; refused when one of them is closed already."""
    reason = required(reason, "action.move_reason_missing", "reason")
    with store.write(Label("action.many_moved", {"n": len(action_ids)})) as writing, _together(writing, action_ids):
        for action_id in action_ids:
            answer(writing, action_id, ActionEventKind.MOVED, writing.today, due_on=due_on, reason=reason)


def keep_actions(store: Store, action_ids: Sequence[int]) -> None:
    """These were spoken of, and stay as they are."""
    with store.write(Label("action.many_kept", {"n": len(action_ids)})) as writing, _together(writing, action_ids):
        for action_id in action_ids:
            answer(writing, action_id, ActionEventKind.KEPT, writing.today)


def set_category(store: Store, action_ids: Sequence[int], category: str) -> None:
    """What sort of step these are, by the code of a step category; empty for none."""
    with store.write(Label("action.categorised", {"n": len(action_ids)})) as writing:
        for action_id in action_ids:
            existing(writing, Action, action_id, "action").category = category


def answer(
    writing: Writing,
    action_id: int,
    kind: ActionEventKind,
    on: date,
    *,
    due_on: date | None = None,
    reason: str = "",
    note_id: int | None = None,
) -> None:
    """Close, move or keep an open action between meetings, inside a write; `note_id` is the note that tells of it."""
    action = _to_answer(writing, action_id, None)
    before = action.due_on
    if kind is ActionEventKind.MOVED:
        action.due_on, action.move_count = due_on, action.move_count + 1
    elif kind is not ActionEventKind.KEPT:
        action.state, action.closed_on = (ActionState.DONE if kind is ActionEventKind.DONE else ActionState.DROPPED), on
    moved = {"due_before": before, "due_after": due_on, "reason": reason} if kind is ActionEventKind.MOVED else {}
    writing.session.add(ActionEvent(action_id=action.id, kind=kind, on=on, note_id=note_id, **moved))


@contextmanager
def _together(writing: Writing, action_ids: Sequence[int]) -> Iterator[None]:
    """Read all of them at once: the session finds each again for as long as they are held here."""
    held = []
    for start in range(0, len(action_ids), _AT_ONCE):
        held.extend(writing.session.scalars(select(Action).where(Action.id.in_(action_ids[start : start + _AT_ONCE]))))
    with writing.session.no_autoflush:
        yield
    held.clear()


def _to_answer(writing: Writing, action_id: int, item_id: int | None) -> Action:
    """The action, as it was before it was answered at this item: the last answer replaces an earlier one."""
    action = existing(writing, Action, action_id, "action")
    _refuse_frozen(writing, item_id)
    if item_id is None:
        if action.state != ActionState.OPEN:
            raise Refused(Problem("action.already_closed"))
        return action
    answers = writing.session.scalars(
        select(ActionEvent)
        .where(ActionEvent.action_id == action_id, ActionEvent.item_id == item_id, ActionEvent.kind != ActionEventKind.CREATED)
        .order_by(ActionEvent.id.desc())
    ).all()
    for answer in answers:
        if answer.kind == ActionEventKind.MOVED:
            action.due_on, action.move_count = answer.due_before, max(0, action.move_count - 1)
        writing.session.delete(answer)
    if answers:
        action.state, action.closed_on = ActionState.OPEN, None
    if action.state != ActionState.OPEN:
        raise Refused(Problem("action.already_closed"))
    return action


def _refuse_frozen(writing: Writing, item_id: int | None) -> None:
    if item_id is not None and existing(writing, AgendaItem, item_id, "item").state == ItemState.FINISHED:
        raise Refused(Problem("item.already_finished"))


def _of_open_item(writing: Writing, action_id: int) -> Action:
    action = existing(writing, Action, action_id, "action")
    if action.item_id is not None:
        _refuse_frozen(writing, action.item_id)
    return action


def set_who(writing: Writing, action: Action, new: NewAction) -> None:
    """Who answers for it, inside a write: a contact stands for her party, and the participant for none."""
    party_id = new.party_id
    if new.contact_id is not None:
        party_id = existing(writing, Contact, new.contact_id, "contact").party_id
    if new.for_participant:
        refuse_if([Problem("action.no_participant")] if action.case_id is None else [])
        party_id = None
    action.party_id, action.for_participant = party_id, new.for_participant
    action.contact_id = None if new.for_participant else new.contact_id


def _event(
    writing: Writing,
    action: Action,
    item_id: int | None,
    kind: ActionEventKind,
    *,
    due_before: date | None = None,
    due_after: date | None = None,
    reason: str = "",
) -> None:
    writing.session.add(
        ActionEvent(
            action_id=action.id,
            item_id=item_id,
            kind=kind,
            on=writing.today,
            due_before=due_before,
            due_after=due_after,
            reason=reason,
        )
    )
