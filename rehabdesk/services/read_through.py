"""A paper from a finished item is read through, and what looked like another participant's name is said to be somebody else's."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from rehabdesk.domain.hand_outs import Wanted
from rehabdesk.services import papers
from rehabdesk.services.forum import other_names
from rehabdesk.store.history import Label
from rehabdesk.store.store import Store
from rehabdesk.store.tables.forum import HarmlessName


def somebody_else(store: Store, wanted: Wanted) -> int:
    """These names in the paper are nobody's in the register: they are marked so in the items they stand in. Returns how many."""
    with store.write(Label("forum.name_settled"), undoable=False) as writing:
        document = writing.read(papers.composed, wanted, writing.moment)
        found = writing.read(other_names.named, wanted, document)
        for one in found:
            for item_id in one.item_ids:
                _mark(writing.session, item_id, one)
        for item_id in sorted({item_id for one in found for item_id in one.item_ids}):
            writing.log("names_read_through", "agenda_item", item_id)
        return len(found)


def _mark(session: Session, item_id: int, named: other_names.Named) -> None:
    known = select(HarmlessName.id).where(
        HarmlessName.item_id == item_id, HarmlessName.case_id == named.case_id, HarmlessName.words == named.words
    )
    if session.scalar(known) is None:
        session.add(HarmlessName(item_id=item_id, case_id=named.case_id, words=named.words))
