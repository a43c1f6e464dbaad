"""The agenda as lines: number, what, time box, when it starts, who is called, and what to look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.forum import ItemKind, ItemState, box_times
from rehabdesk.domain.readiness import misses_window
from rehabdesk.store.queries.forum.agenda import CalledParty, ItemRow
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.narrowing_table import NarrowingTable
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.parts.tokens import Tone

#: How wide the table must be for a column to be shown; all of it stands in the panel beside.
NEEDED_WIDTH = MappingProxyType({"presenter": 900, "question": 900, "kind": 900, "called": 560})
RECURRING = "↻"


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """An item with its place among the others and the times its box gives it."""

    item: ItemRow
    place: int
    starts: str
    ends: str

    @property
    def id(self) -> int:
        """The item's id."""
        return self.item.id

    @property
    def number(self) -> str:
        """§ 44 once the meeting has started; before that its place."""
        return f"§ {self.item.paragraph}" if self.item.paragraph is not None else str(self.place)

    @property
    def waits(self) -> bool:
        """Whether it can still be moved."""
        return self.item.state is ItemState.WAITING

    def clashes(self, party: CalledParty) -> bool:
        """Whether the party cannot be there the whole time."""
        return misses_window(self.starts, self.ends, party.can_from, party.can_until)


def agenda_lines(items: Sequence[ItemRow], start: str) -> tuple[AgendaLine, ...]:
    """The items with the times their boxes give them."""
    times = box_times(start, items)
    return tuple(AgendaLine(item, place, *its) for place, (item, its) in enumerate(zip(items, times, strict=True), start=1))


def item_name(texts: Texts, item: ItemRow) -> str:
    """ "RF-2026-014 Maria S.", or the title; a case no called party may hear by name is said without it."""
    if item.kind is not ItemKind.CASE:
        return item.title
    return f"{item.case_number} {item.short_name}" if item.is_by_name else item.case_number


def kind_words(texts: Texts, item: ItemRow) -> str:
    """What sort of item it is today."""
    if item.kind is ItemKind.GENERAL:
        return f"{RECURRING} {texts.say('recurring')}" if item.standing_item_id is not None else texts.name("item", "general")
    if item.is_by_name:
        return texts.term(ItemKind.CASE)
    return texts.name("item", "de-identified")


def party_words(texts: Texts, party: CalledParty) -> str:
    """A called party with the times it can come."""
    if party.can_from and party.can_until:
        return f"{party.party} {texts.time(party.can_from)}–{texts.time(party.can_until)}"
    if party.can_from:
        return texts.say("{party} from {time}", party=party.party, time=texts.time(party.can_from))
    if party.can_until:
        return texts.say("{party} until {time}", party=party.party, time=texts.time(party.can_until))
    return party.party


class AgendaTable(NarrowingTable):
    """The table; `minutes_typed` is asked to keep a box that was typed in it."""

    def __init__(self, theme: Theme, texts: Texts, minutes_typed: Callable[[int, str], None], parent: QWidget | None = None) -> None:
        super().__init__(theme, _columns(texts, minutes_typed), texts.say("Agenda"), NEEDED_WIDTH, parent)
        # Moving is the point here; an order by column would hide the order that counts.
        self.setSortingEnabled(False)
        self.horizontalHeader().setSectionsClickable(False)


def _columns(texts: Texts, minutes_typed: Callable[[int, str], None]) -> tuple[Column, ...]:
    words = _Words(texts)

    def keep_minutes(row: AgendaLine, typed: str) -> None:
        minutes_typed(row.id, typed)

    return (
        Column("number", texts.name("column", "No."), _number, sortable=False, muted=True),
        Column(
            "item", texts.name("column", "Item"), words.item, sortable=False, bold=_is_open, tooltip=words.item_aloud,
            accessible=words.item_aloud, stretch=True,
        ),
        Column(
            "minutes", texts.name("column", "Min"), _minutes, sortable=False, align_right=True, edit=keep_minutes,
            accessible=words.minutes,
        ),
        Column("starts", texts.name("column", "Starts"), words.starts, sortable=False),
        Column("look", texts.name("column", "Look at"), words.look, sortable=False, tone=words.look_tone, tooltip=words.look),
        Column("called", texts.name("column", "Called"), words.called, sortable=False, stretch=True, tooltip=words.called),
        Column("presenter", texts.name("column", "Presenter"), _presenter, sortable=False),
        Column("question", texts.name("column", "Question"), _question, sortable=False, stretch=True, tooltip=_question),
        Column("kind", texts.name("column", "Kind"), words.kind, sortable=False, muted=True),
    )


class _Words:
    """The cells that need words."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def item(self, row: AgendaLine) -> str:
        name = item_name(self._texts, row.item)
        return f"{name} {RECURRING}" if row.item.standing_item_id is not None else name

    def item_aloud(self, row: AgendaLine) -> str:
        return f"{item_name(self._texts, row.item)}, {kind_words(self._texts, row.item).removeprefix(RECURRING).strip()}"

    def kind(self, row: AgendaLine) -> str:
        return kind_words(self._texts, row.item)

    def minutes(self, row: AgendaLine) -> str:
        return self._texts.duration(row.item.minutes)

    def starts(self, row: AgendaLine) -> str:
        return self._texts.time(row.starts)

    def called(self, row: AgendaLine) -> str:
        return "; ".join(party_words(self._texts, party) for party in row.item.called)

    def look(self, row: AgendaLine) -> str:
        texts, item = self._texts, row.item
        if item.state is not ItemState.WAITING:
            return texts.term(item.state)
        if item.kind is ItemKind.CASE and not item.called:
            return texts.name("look", "nobody called")
        if any(not party.may_hear for party in item.called):
            return texts.name("look", "consent")
        if any(row.clashes(party) for party in item.called):
            return texts.name("look", "clash")
        if item.kind is not ItemKind.GENERAL and not item.question.strip():
            return texts.name("look", "question")
        return ""

    def look_tone(self, row: AgendaLine) -> Tone | None:
        if row.item.state is ItemState.FINISHED:
            return Tone.GREEN
        if row.item.state is ItemState.OPEN:
            return Tone.ACCENT
        if not self.look(row):
            return None
        return Tone.RED if any(not party.may_hear for party in row.item.called) else Tone.AMBER


def _number(row: AgendaLine) -> str:
    return row.number


def _minutes(row: AgendaLine) -> str:
    return str(row.item.minutes)


def _presenter(row: AgendaLine) -> str:
    return row.item.presenter


def _question(row: AgendaLine) -> str:
    return " ".join(row.item.question.split())


def _is_open(row: AgendaLine) -> bool:
    return row.item.state is ItemState.OPEN
