"""The open actions of a case: what, who answers for it, by when, and whether it is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.forum import days_late
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.forum import actions as queries
from rehabdesk.store.queries.forum.actions import ActionRow
from rehabdesk.texts import Texts
from rehabdesk.ui.cases.timeline_card import INDENT
from rehabdesk.ui.parts.basics import Card, Muted, Row
from rehabdesk.ui.parts.fitting_table import FittingTable
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action as the card shows it."""

    id: int
    what: str
    who: str
    due: str
    status: str
    tone: Tone


class ActionsCard(Card):
    """What is to be done in the case."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        texts = context.texts
        super().__init__(texts.say("Open actions"), "", parent)
        self._context = context
        self.table = FittingTable(context.theme, _columns(texts), texts.say("Open actions"), headed=True)
        self._none = Row(Muted(texts.say("No open actions.")), first=True)
        indented = line(self.table, gap=0)
        indented.setContentsMargins(INDENT, 0, INDENT, 0)
        self.add(column(indented, self._none, gap=0), padded=False)

    def show_case(self, row: CaseRow) -> None:
        """Show this case's actions."""
        today = self._context.clock.today()
        found = self._context.store.read(queries.open_actions_of_case, row.id)
        self.table.set_rows([_line(self._context.texts, one, today) for one in found])
        self.table.setVisible(bool(found))
        self._none.setVisible(not found)
        self.aside.setText(self._said(found, today))

    def _said(self, found: tuple[ActionRow, ...], today: date) -> str:
        """How many, and how many late."""
        texts = self._context.texts
        late = sum(1 for one in found if days_late(one.due_on, today) > 0)
        if not found:
            return ""
        opened = texts.count("{n} open action", "{n} open actions", len(found))
        return f"{opened}, {texts.count('{n} late', '{n} late ones', late)}" if late else opened


def _line(texts: Texts, one: ActionRow, today: date) -> ActionLine:
    late = days_late(one.due_on, today) > 0
    return ActionLine(
        one.id,
        one.what,
        texts.say("the participant") if one.for_participant else one.who,
        texts.date(one.due_on) if one.due_on is not None else texts.say("no date"),
        texts.name("action", "late") if late else texts.name("action", "planned"),
        Tone.RED if late else Tone.ACCENT,
    )


def _columns(texts: Texts) -> tuple[Column, ...]:
    return (
        Column("what", texts.name("action", "Action"), _what, tooltip=_what, stretch=True, sortable=False),
        Column("who", texts.name("action", "Who"), _who, stretch=True, sortable=False),
        Column("due", texts.name("action", "Done by"), _due, sortable=False),
        Column("status", texts.name("action", "Status"), _status, tone=_tone, sortable=False),
    )


def _what(row: ActionLine) -> str:
    return row.what


def _who(row: ActionLine) -> str:
    return row.who


def _due(row: ActionLine) -> str:
    return row.due


def _status(row: ActionLine) -> str:
    return row.status


def _tone(row: ActionLine) -> Tone:
    return row.tone
