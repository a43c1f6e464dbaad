"""What narrows the list of actions: state, party, person, category, late, moved often. None of them knows a sensitive fact.

A sensitive party, its people and the categories that tell of care or of money are not among the choices, and choosing anything
else never tells such actions from the rest that "the participant or another party" answers for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QTabBar, QWidget

from rehabdesk.domain.actions import MOVED_OFTEN
from rehabdesk.domain.forum import ActionState, days_late
from rehabdesk.domain.swedish import sort_key
from rehabdesk.services.step_categories import category_words
from rehabdesk.store.queries.forum.actions import ActionRow
from rehabdesk.texts import Texts
from rehabdesk.ui.actions.models import category_outside
from rehabdesk.ui.parts.forms import ChoiceField
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding
from rehabdesk.ui.parts.narrow import keep_narrow
from rehabdesk.ui.parts.tokens import PAD

#: The party that is one's own: the coordinator's.
MINE = "mine"


class StateFilter(StrEnum):
    """Which actions are listed."""

    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


class Filters(QWidget):
    """The tabs and choices above the list. `changed` when another row may pass, `state_changed` when others must be read."""

    changed = Signal()
    state_changed = Signal()

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._texts = texts
        self._hosts: frozenset[int] = frozenset()
        self._build()

    @property
    def state(self) -> StateFilter:
        """The state chosen."""
        return tuple(StateFilter)[self.tabs.currentIndex()]

    @property
    def is_narrowing(self) -> bool:
        """Whether anything but the state leaves actions out."""
        return any(choice.value is not None for choice in self._choices) or self.late.isChecked() or self.moved.isChecked()

    def offer(self, rows: Sequence[ActionRow], hosts: frozenset[int]) -> None:
        """The parties, people and categories of these rows as choices; what is chosen stays, though nothing be left of it."""
        self._hosts = hosts
        texts = self._texts
        told = [row for row in rows if row.is_told_outside]
        mine = [(MINE, texts.say("Mine"))] if any(row.party_id in hosts for row in told) else []
        parties = _by_words((row.party_id, row.party) for row in told)
        people = _by_words((row.contact_id, row.contact) for row in told if row.contact_id is not None)
        codes = {code for row in rows if (code := category_outside(row))}
        categories = _by_words((code, category_words(code, texts.language)) for code in codes)
        for choice, every, found in (
            (self.party, texts.say("All parties"), [*mine, *parties]),
            (self.person, texts.say("All responsible"), people),
            (self.category, texts.say("All categories"), categories),
        ):
            chosen, words = choice.value, choice.currentText()
            if chosen is not None and chosen not in {value for value, _ in found}:
                found = [*found, (chosen, words)]
            choice.set_choices([(None, every), *found])
            choice.set_value(chosen)

    def choose_party(self, party_id: int, words: str) -> None:
        """Only this party's open actions."""
        self.clear()
        self.tabs.setCurrentIndex(0)
        self.party.set_value(party_id)
        if self.party.value is None:
            # It has no open action, so it is not among the choices.
            self.party.set_choices([(None, self._texts.say("All parties")), (party_id, words)])
            self.party.set_value(party_id)
        self.changed.emit()

    def passed(self, rows: Iterable[ActionRow], today: date) -> list[ActionRow]:
        """The rows that none of the choices leaves out."""
        party, person, category = (choice.value for choice in self._choices)
        late, moved = self.late.isChecked(), self.moved.isChecked()
        parties = self._hosts if party == MINE else {party}
        closed_only = self.state is StateFilter.CLOSED
        return [
            row
            for row in rows
            if not (closed_only and row.state is ActionState.OPEN)
            and (party is None or (row.is_told_outside and row.party_id in parties))
            and (person is None or (row.is_told_outside and row.contact_id == person))
            and (category is None or category_outside(row) == category)
            and not (late and (row.state is not ActionState.OPEN or not days_late(row.due_on, today)))
            and not (moved and row.move_count < MOVED_OFTEN)
        ]

    def clear(self) -> None:
        """Leave nothing out but by state."""
        for choice in self._choices:
            choice.set_value(None)
        self.late.setChecked(False)
        self.moved.setChecked(False)
        self.changed.emit()

    # --- internals ---

    def _build(self) -> None:
        texts = self._texts
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName(texts.say("Which actions"))
        for words in (texts.name("actions", "Open"), texts.name("actions", "Closed"), texts.name("actions", "All")):
            self.tabs.addTab(words)
        self.party = ChoiceField([(None, texts.say("All parties"))], texts.say("Show only this party's"))
        self.person = ChoiceField([(None, texts.say("All responsible"))], texts.say("Show only this person's"))
        self.category = ChoiceField([(None, texts.say("All categories"))], texts.say("Show only this category"))
        self._choices = (self.party, self.person, self.category)
        for choice in self._choices:
            keep_narrow(choice)
            choice.changed.connect(self._on_changed)
        self.late = QCheckBox(texts.name("actions", "Late"))
        self.moved = QCheckBox(texts.say("Moved twice or more"))
        for box in (self.late, self.moved):
            box.setAccessibleName(box.text())
            box.clicked.connect(self._on_changed)
        self.tabs.currentChanged.connect(self._on_state)
        flow = FlowLayout(gap=PAD - 4)
        for widget in (self.tabs, *self._choices, self.late, self.moved):
            flow.addWidget(widget)
        self.setLayout(column(holding(flow)))

    def _on_state(self, _place: int) -> None:
        self.state_changed.emit()

    def _on_changed(self, _value: object = None) -> None:
        self.changed.emit()


def _by_words(found: Iterable[tuple[object, str]]) -> list[tuple[object, str]]:
    return sorted(dict(found).items(), key=_words_order)


def _words_order(choice: tuple[object, str]) -> str:
    return sort_key(choice[1])
