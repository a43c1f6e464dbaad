"""Which lines the big screen may show: only ticked ones, and never one that holds a participant's name."""

from __future__ import annotations

from enum import StrEnum

from rehabdesk.domain.names import Register, find_on_screen
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services.checks import existing
from rehabdesk.store.history import Label
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.store import Store
from rehabdesk.store.tables.forum import Action, AgendaItem, Agreement


class ShownLine(StrEnum):
    """What can be ticked "visa"."""

    QUESTION = "question"
    AGREEMENT = "agreement"
    ACTION = "action"


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
            register = Register(writing.read(case_queries.person_names))
            on_agenda = writing.read(agenda_queries.case_ids_on_agenda, item.session_id)
            if find_on_screen(text, register, agenda_case_ids=on_agenda):
                raise Refused(Problem("big_screen.holds_a_name"))
        if kind is ShownLine.QUESTION:
            row.question_shown = shown
        else:
            row.is_shown = shown
