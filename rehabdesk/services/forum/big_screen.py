"""Which lines the big screen may show: only ticked ones, and never one that holds a participant's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection

from rehabdesk.domain.names import Register, find_on_screen
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services.checks import existing
from rehabdesk.services.forum import names
from rehabdesk.store.history import Label
from rehabdesk.store.queries.forum import actions as action_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.store import Store
from rehabdesk.store.tables.forum import Action, AgendaItem, Agreement


class ShownLine(StrEnum):
    """What can be ticked "visa"."""

    QUESTION = "question"
    AGREEMENT = "agreement"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class ScreenLine:
    """One line as the room may see it. `party` is empty for a sensitive party; no contact's name is ever in it."""

    kind: ShownLine
    text: str
    party: str = ""
    for_participant: bool = False
    due_on: date | None = None


def visible_lines(connection: Connection, item_id: int, today: date, register: Register) -> tuple[ScreenLine, ...]:
    """The ticked lines of an item, less any that has come to hold a participant's name since it was ticked."""
    item = agenda_queries.item(connection, item_id, today)
    if item is None or item.session_id is None:
        return ()
    lines = [ScreenLine(ShownLine.QUESTION, item.question)] if item.question_shown else []
    lines += [ScreenLine(ShownLine.AGREEMENT, row.text) for row in agenda_queries.agreements(connection, item_id) if row.is_shown]
    for row in action_queries.actions_of_item(connection, item_id):
        if row.is_shown:
            party = "" if row.is_sensitive else row.party
            lines.append(ScreenLine(ShownLine.ACTION, row.what, party, row.for_participant, row.due_on))
    on_agenda = agenda_queries.case_ids_on_agenda(connection, item.session_id)
    return tuple(
        line
        for line in lines
        if line.text.strip()
        and not any(find_on_screen(text, register, agenda_case_ids=on_agenda) for text in (line.text, line.party))
    )


def show_line(store: Store, kind: ShownLine, row_id: int, shown: bool) -> None:
    """Tick or untick a line for the big screen; refused when it holds a participant's name (`product.md` §3)."""
    with store.write(Label("forum.line_shown")) as writing:
        match kind:
            case ShownLine.QUESTION:
                row = existing(writing, AgendaItem, row_id, "item")
                text, item = row.question, row
            case ShownLine.AGREEMENT:
                row = existing(writing, Agreement, row_id, "agreement")
                text, item = row.text, existing(writing, AgendaItem, row.item_id, "item")
            case ShownLine.ACTION:
                row = existing(writing, Action, row_id, "action")
                text, item = row.what, existing(writing, AgendaItem, row.item_id, "item")
        if shown:
            register = writing.read(names.register)
            on_agenda = writing.read(agenda_queries.case_ids_on_agenda, item.session_id)
            if find_on_screen(text, register, agenda_case_ids=on_agenda):
                raise Refused(Problem("big_screen.holds_a_name"))
        if kind is ShownLine.QUESTION:
            row.question_shown = shown
        else:
            row.is_shown = shown
