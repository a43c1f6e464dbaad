"""The demo's coming meeting has been called to: most letters given, some answered, a few not made yet."""

from __future__ import annotations

from rehabdesk.domain.calling import Answer, Answered
from rehabdesk.services import hand_outs
from rehabdesk.services.forum import calling
from rehabdesk.store.queries import calls as queries
from rehabdesk.store.queries.calls import CallRow
from rehabdesk.store.store import Store

#: Letters that are still to be made.
_NOT_MADE = 3
#: What those called have answered, in turn; None has not.
_ANSWERS = (Answer.COMES, None, Answer.COMES, Answer.OTHER_TIME, None, Answer.COMES, Answer.CANNOT, None)


def called_to(store: Store, session_id: int) -> None:
    """Print and give the letters, and note what has been answered today."""
    rows = [row for row in store.read(queries.of_session, session_id, store.clock.today()) if not row.obstacle]
    for place, row in enumerate(rows[: len(rows) - _NOT_MADE]):
        copy = hand_outs.queue_paper(store, calling.wanted_letter(session_id, row.item_id, row.case_id, row.party_id))
        hand_outs.send(store, copy)
        hand_outs.give(store, [copy])
        _answer(store, row, _ANSWERS[place % len(_ANSWERS)])


def _answer(store: Store, row: CallRow, answer: Answer | None) -> None:
    if answer is None:
        return
    if answer is Answer.CANNOT and row.party_id is None:
        answer = Answer.COMES
    # Whoever comes at another time can still come to the item as it is planned: the agenda of the demo holds.
    window = (row.starts, None) if answer is Answer.OTHER_TIME else (None, None)
    calling.note_answer(store, row.item_id, row.party_id, Answered(answer, store.clock.today(), *window))
