"""What surrounds a case: its open actions, the meetings it has been on, and what has been handed out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.forum import ActionState, ItemState, SessionState, days_late
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries.cases import CaseItemRow, CaseRow
from rehabdesk.store.queries.forum import actions as action_queries
from rehabdesk.store.queries.forum.actions import ActionRow
from rehabdesk.store.queries.hand_outs import HandOutRow
from rehabdesk.texts import Texts
from rehabdesk.ui.cases.words import copy_tone, copy_words, paper_words, reader_words
from rehabdesk.ui.parts.basics import Badge, Card, Muted, Row, Words
from rehabdesk.ui.parts.layouts import clear, column
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context, Target


class Lister(Protocol):
    """Knows what a `RowsCard` lists."""

    def found(self, row: CaseRow) -> tuple:
        """The rows that belong to a case."""

    def row(self, one: Any, first: bool) -> Row:
        """One of them, as a line."""

    def said(self, found: tuple) -> str:
        """What the head says of them."""


class RowsCard(Card):
    """A card with a list that is made again only when what it shows has changed, so that the focus stays."""

    def __init__(self, context: Context, title: str, empty: str, lister: Lister, parent: QWidget | None = None) -> None:
        super().__init__(title, "", parent)
        self._context = context
        self._empty = empty
        self._lister = lister
        self._shown: object = None
        self._list = column(gap=0)
        self.add(self._list, padded=False)

    def show_case(self, row: CaseRow) -> None:
        """Show what belongs to this case."""
        found = self._lister.found(row)
        now = (row.id, self._context.clock.today(), found)
        if now == self._shown:
            return
        self._shown = now
        clear(self._list)
        for place, one in enumerate(found):
            self._list.addWidget(self._lister.row(one, place == 0))
        if not found:
            self._list.addWidget(Row(Muted(self._empty), first=True))
        self.aside.setText(self._lister.said(found))


def actions_card(context: Context) -> RowsCard:
    """The open actions of the case."""
    texts = context.texts
    return RowsCard(context, texts.say("Open actions"), texts.say("No open actions."), _Actions(context))


def sessions_card(context: Context) -> RowsCard:
    """The meetings the case has been on or is called to; each opens."""
    texts = context.texts
    return RowsCard(context, texts.say("Meetings"), texts.say("Not on any agenda yet."), _Sessions(context))


def hand_outs_card(context: Context) -> RowsCard:
    """What has been handed out about the case, and what still waits."""
    texts = context.texts
    return RowsCard(context, texts.say("Handed out"), texts.say("Nothing has been handed out."), _HandOuts(context))


@dataclass(frozen=True, slots=True)
class _Actions:
    context: Context

    def found(self, row: CaseRow) -> tuple[ActionRow, ...]:
        """By date."""
        return self.context.store.read(action_queries.actions, state=ActionState.OPEN, case_id=row.id)

    def row(self, one: ActionRow, first: bool) -> Row:
        """What, who, by when, and whether it is late."""
        texts, today = self.context.texts, self.context.clock.today()
        who = texts.say("the participant") if one.for_participant else one.who
        due = texts.date(one.due_on) if one.due_on is not None else texts.say("no date")
        late = days_late(one.due_on, today) > 0
        status = texts.name("action", "late") if late else texts.name("action", "planned")
        row = Row(
            column(Words(one.what), Muted(" · ".join(part for part in (who, due) if part)), gap=2),
            Badge(status, Tone.RED if late else Tone.ACCENT),
            first=first,
            name=f"{one.what}, {who}, {due}, {status}",
        )
        row.layout().setStretch(0, 1)
        return row

    def said(self, found: tuple[ActionRow, ...]) -> str:
        """How many, and how many late."""
        texts, today = self.context.texts, self.context.clock.today()
        late = sum(1 for one in found if days_late(one.due_on, today) > 0)
        if not found:
            return ""
        opened = texts.count("{n} open action", "{n} open actions", len(found))
        return f"{opened}, {texts.count('{n} late', '{n} late ones', late)}" if late else opened


@dataclass(frozen=True, slots=True)
class _Sessions:
    context: Context

    def found(self, row: CaseRow) -> tuple[CaseItemRow, ...]:
        """Latest first."""
        return self.context.store.read(case_queries.items_of_case, row.id)

    def row(self, one: CaseItemRow, first: bool) -> Row:
        """The day, the paragraph, the question."""
        texts = self.context.texts
        day = texts.long_date(one.held_on)
        head = f"{day} · § {one.paragraph}" if one.paragraph is not None else day
        word, tone = _meeting_word(texts, one)
        row = Row(
            column(Words(head), Muted(one.question or texts.say("No question written.")), gap=2),
            Badge(word, tone),
            first=first,
            opens=True,
            name=f"{head}, {word}",
        )
        row.layout().setStretch(0, 1)
        row.opened.connect(partial(self.context.navigate, Target("forum", "session", one.session_id)))
        return row

    def said(self, found: tuple) -> str:
        """How many."""
        return str(len(found)) if found else ""


@dataclass(frozen=True, slots=True)
class _HandOuts:
    context: Context

    def found(self, row: CaseRow) -> tuple[HandOutRow, ...]:
        """Latest first."""
        return tuple(reversed(self.context.store.read(hand_out_queries.of_case, row.id)))

    def row(self, one: HandOutRow, first: bool) -> Row:
        """Paper, reader, day, how far."""
        texts = self.context.texts
        paper, reader = paper_words(texts, one.paper), reader_words(texts, one)
        day = texts.date(one.settled_on or texts.instant(one.queued_at).date())
        version = texts.say("version {version}", version=one.version) if one.version > 1 else ""
        word = copy_words(texts, one)
        row = Row(
            column(Words(reader), Muted(" · ".join(part for part in (paper, version, day) if part)), gap=2),
            Badge(word, copy_tone(one)),
            first=first,
            name=f"{paper}, {reader}, {day}, {word}",
        )
        row.layout().setStretch(0, 1)
        return row

    def said(self, found: tuple) -> str:
        """How many."""
        return str(len(found)) if found else ""


def _meeting_word(texts: Texts, one: CaseItemRow) -> tuple[str, Tone]:
    if one.session_state == SessionState.CANCELLED:
        return texts.name("meeting", "cancelled"), Tone.NEUTRAL
    if one.state == ItemState.FINISHED:
        return texts.name("meeting", "finished"), Tone.GREEN
    if one.session_state == SessionState.PLANNED:
        return texts.name("meeting", "planned"), Tone.ACCENT
    if one.session_state == SessionState.UNDER_WAY:
        return texts.name("meeting", "under way"), Tone.AMBER
    return texts.name("meeting", "not finished"), Tone.AMBER
