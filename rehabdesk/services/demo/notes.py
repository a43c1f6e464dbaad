"""Notes between the meetings of the demo forum: what was said on the telephone, and the actions that it closed or moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from rehabdesk.domain.forum import ActionEventKind, ActionState
from rehabdesk.domain.notes import Answer
from rehabdesk.services import notes
from rehabdesk.services.demo.content import Json, Wording, working_day
from rehabdesk.services.demo.plan import CasePlan
from rehabdesk.services.demo.register import Register
from rehabdesk.services.demo.timeline import Timeline
from rehabdesk.services.notes import NewNote
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries.forum import actions as queries
from rehabdesk.store.queries.forum.actions import ActionRow
from rehabdesk.store.store import Store
from rehabdesk.texts import texts_for

#: Days from a meeting to what is noted after it, and to the call in which something is moved.
_NOTED_AFTER, _MOVED_AFTER = (6, 15), 11
#: Each so many actions is closed by telephone, in each so many cases one is moved.
_BY_PHONE, _MOVES = 3, 4


def after_meeting(store: Store, timeline: Timeline, source: Json, register: Register, case: CasePlan, turn: int) -> None:
    """After each meeting there are calls: a note or two, and now and then an action that has to wait."""
    first = case.index + turn
    own = [note for note in case.story.get("notes", ()) if note["after_meeting"] == turn + 1]
    others = [
        {"with": note["with"], "what": note["what"], "days": days}
        for place, days in enumerate(_NOTED_AFTER[: 1 + first % 2])
        for note in (source["notes"][(first + place) % len(source["notes"])],)
    ]
    for written in own or others:
        day = working_day(timeline.today + timedelta(days=written["days"]))
        timeline.at(day, 13, (7 * case.index) % 60, _noting(store, timeline, written, register, case))
    if case.index % _MOVES == 1:
        day = working_day(timeline.today + timedelta(days=_MOVED_AFTER))
        moved = source["moved"][first % len(source["moved"])]
        timeline.at(day, 10, 40, _moving(store, timeline, moved, case))


def closed_by_phone(store: Store, source: Json, action_id: int, today: date) -> bool:
    """Close an action of a case by a note, as after a call; False where it is closed another way."""
    if action_id % _BY_PHONE:
        return False
    row = next((row for row in store.read(queries.actions, state=ActionState.OPEN) if row.id == action_id), None)
    if row is None or row.case_id is None or row.party_id is None:
        return False
    text = f"{source['closed']} {today.day}/{today.month}: {row.what}."
    notes.write_note(store, row.case_id, _note(text, today, row), (Answer(action_id, ActionEventKind.DONE),))
    return True


def _noting(store: Store, timeline: Timeline, written: Json, register: Register, case: CasePlan) -> Callable[[], None]:
    def happen() -> None:
        row = store.read(case_queries.case, case.case_id, timeline.today)
        if row is None or row.closed_on is not None:
            return
        text = Wording(texts_for("sv"), timeline.today, case.person["given_name"])(written["what"])
        whom = written["with"]
        if whom == "manager" and row.employer_contact_id is not None:
            new = NewNote(text, timeline.today, contact_id=row.employer_contact_id)
        elif whom in register.parties:
            new = NewNote(text, timeline.today, party_id=register.parties[whom])
        else:
            new = NewNote(text, timeline.today, with_whom="deltagaren")
        notes.write_note(store, case.case_id, new)

    return happen


def _moving(store: Store, timeline: Timeline, moved: Json, case: CasePlan) -> Callable[[], None]:
    def happen() -> None:
        rows = store.read(queries.actions, state=ActionState.OPEN, case_id=case.case_id)
        row = next((row for row in rows if row.party_id is not None and row.due_on is not None), None)
        if row is None or row.due_on is None:
            return
        later = working_day(max(row.due_on, timeline.today) + timedelta(days=14))
        text = Wording(texts_for("sv"), timeline.today, case.person["given_name"])(moved["what"])
        new = _note(text, timeline.today, row, moved["reason"])
        notes.write_note(store, case.case_id, new, (Answer(row.id, ActionEventKind.MOVED, later),))

    return happen


def _note(text: str, on: date, row: ActionRow, reason: str = "") -> NewNote:
    return NewNote(text, on, contact_id=row.contact_id, party_id=row.party_id, reason=reason)

