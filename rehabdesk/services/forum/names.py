"""Other participants' names in what is typed at an item: found, and settled as harmless or rewritten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from rehabdesk.domain.forum import ItemState
from rehabdesk.domain.names import PersonName, Register, concerned, find
from rehabdesk.domain.problems import Problem, refuse_if
from rehabdesk.services.checks import existing, required
from rehabdesk.store.history import Label
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.forum import actions as action_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.store import Store
from rehabdesk.store.tables.forum import Action, AgendaItem, HarmlessName


#: The field of a name that stands in an action from an earlier meeting.
EARLIER_ACTION = "earlier_action"


@dataclass(frozen=True, slots=True)
class NameInItem:
    """A name found in a text of an item. `field` is the kind of text, `row_id` the agreement's or action's id (0 for the item's own)."""

    field: str
    row_id: int
    start: int
    end: int
    words: str
    case_id: int
    text: str


def register(connection: Connection) -> Register:
    """The register of names as it is now; build once and keep until participants or contacts change."""
    return register_of(connection, case_queries.person_names(connection))


def register_of(connection: Connection, people: Iterable[PersonName]) -> Register:
    """A register of some participants, shielded by every colleague's name."""
    staff = [(contact.given_name, contact.surname) for contact in party_queries.contacts(connection)]
    return Register(people, staff)


def harmless_in(connection: Connection, item_id: int, session_id: int) -> frozenset[tuple[int, str]]:
    """What is marked as harmless in an item, as its sheet keeps it: for everybody who is called so now, and for nobody who comes later."""
    marks = agenda_queries.harmless_names(connection, item_id)
    people = concerned(case_queries.person_names(connection), [words for _, words in marks]) if marks else ()
    names, on_agenda = Register(people), agenda_queries.case_ids_on_agenda(connection, session_id)
    return marks | {
        (called_so, words)
        for case_id, words in marks
        for hit in find(words, names, agenda_case_ids=on_agenda, own_case_ids=())
        if case_id in hit.everybody
        for called_so in hit.everybody
    }


def names_in_item(connection: Connection, item_id: int, names: Register | None = None) -> tuple[NameInItem, ...]:
    """Every name of another participant in an item's texts that is not marked as harmless there."""
    item = connection.execute(
        select(
            AgendaItem.session_id,
            AgendaItem.case_id,
            AgendaItem.title,
            AgendaItem.question,
            AgendaItem.background,
            AgendaItem.discussion,
            AgendaItem.participant_view,
        ).where(AgendaItem.id == item_id)
    ).one()
    texts: list[tuple[str, int, str]] = [
        (field, 0, getattr(item, field)) for field in ("title", "question", "background", "discussion", "participant_view")
    ]
    for agreement in agenda_queries.agreements(connection, item_id):
        texts.append(("agreement", agreement.id, agreement.text))
        texts.append(("participant_line", agreement.id, agreement.participant_text))
    texts.extend(("action", action.id, action.what) for action in action_queries.actions_of_item(connection, item_id))
    # They print with the item too, and somebody may have come to the forum since they were written.
    texts.extend((EARLIER_ACTION, action.id, action.what) for action in action_queries.earlier_actions(connection, item_id))
    names = names or register(connection)
    harmless = agenda_queries.harmless_names(connection, item_id)
    on_agenda = agenda_queries.case_ids_on_agenda(connection, item.session_id) if item.session_id else frozenset()
    own = case_queries.cases_of_same_participant(connection, item.case_id) if item.case_id else frozenset()
    return tuple(
        NameInItem(field, row_id, hit.start, hit.end, text[hit.start : hit.end], hit.case_id, text)
        for field, row_id, text in texts
        for hit in find(text, names, agenda_case_ids=on_agenda, own_case_ids=own)
        if (hit.case_id, text[hit.start : hit.end]) not in harmless
    )


def mark_harmless(store: Store, item_id: int, case_id: int, words: str) -> None:
    """These words are not that person here: the mark holds for this item only, and is kept with its sheet."""
    with store.write(Label("forum.name_settled")) as writing:
        item = existing(writing, AgendaItem, item_id, "item")
        refuse_if([Problem("item.already_finished")] if item.state == ItemState.FINISHED else [])
        known = writing.session.scalar(
            select(HarmlessName.id).where(
                HarmlessName.item_id == item_id, HarmlessName.case_id == case_id, HarmlessName.words == words
            )
        )
        if known is None:
            writing.session.add(HarmlessName(item_id=item_id, case_id=case_id, words=words))


def reword_earlier(store: Store, item_id: int, action_id: int, what: str) -> None:
    """Say an action from before in other words, because another participant's name stands in it. The sheet it was made in keeps its own."""
    what = required(what, "action.what_missing", "what")
    with store.write(Label("forum.action_changed")) as writing:
        item = existing(writing, AgendaItem, item_id, "item")
        refuse_if([Problem("item.already_finished")] if item.state == ItemState.FINISHED else [])
        existing(writing, Action, action_id, "action").what = what
