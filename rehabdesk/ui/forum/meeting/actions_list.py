"""The actions made at the open item: added by the quick line, ticked for the big screen, changed, taken away."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from rehabdesk.domain.problems import Refused
from rehabdesk.services.forum import actions as services
from rehabdesk.services.forum import meeting as meeting_services
from rehabdesk.services.forum.actions import NewAction
from rehabdesk.services.forum.big_screen import ShownLine, show_line
from rehabdesk.store.queries.forum.actions import ActionRow
from rehabdesk.ui.forum.meeting.quick_line_field import QuickLineField
from rehabdesk.ui.forum.meeting.named_text import never_saved
from rehabdesk.ui.forum.meeting.rows import Key, ListRow, RowList, announce
from rehabdesk.ui.forum.meeting.state import MeetingState
from rehabdesk.ui.parts.basics import Label, Link, Muted, Words
from rehabdesk.ui.parts.layouts import column
from rehabdesk.ui.parts.tokens import Tone


class _Made(ListRow):
    """One action made here. `ticked(id, shown)`, `change_wanted(id)`, `removal_wanted(id)`."""

    ticked = Signal(int, bool)
    change_wanted = Signal(int)
    removal_wanted = Signal(int)

    def __init__(self, state: MeetingState) -> None:
        super().__init__(state.context.theme)
        self.setProperty("lined", "true")
        self._state = state
        name = state.context.texts.name
        self._words, self._who, self._due = Words(), Muted(), Muted(wrap=False)
        self.problem = Words("", "small")
        self.problem.set_ink(Tone.RED)
        self.shown = QCheckBox(state.context.texts.say("show"))
        self._change, self._remove = Link(name("button", "Change")), Link(name("button", "Remove"))
        self.shown.clicked.connect(self._on_ticked)
        self._change.clicked.connect(self._on_change)
        self._remove.clicked.connect(self._on_remove)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 3, 10, 3)
        row.setSpacing(10)
        row.addLayout(column(self._words, self.problem, gap=0), 5)
        row.addWidget(self._who, 4)
        row.addWidget(self._due)
        for widget in (self._change, self._remove, self.shown):
            row.addWidget(widget)

    def show_action(self, action: ActionRow) -> None:
        """What, whose, by when."""
        state, texts = self._state, self._state.context.texts
        what = state.shown(action.what)
        self._words.setText(what)
        self._who.setText(texts.say("the participant") if action.for_participant else action.who or texts.say("nobody yet"))
        self._due.setText(texts.date(action.due_on) if action.due_on else "")
        self.shown.setChecked(action.is_shown)
        hits = state.hits(action.what)
        told = [texts.say("Another participant is named here.")] if hits else []
        self.problem.setText(" ".join(told))
        self.problem.setVisible(bool(told))
        self.setAccessibleName(", ".join(part for part in (what, self._who.text(), self._due.text(), *told) if part))
        self.shown.setAccessibleName(texts.say("Show “{what}” on the big screen", what=what))
        self._change.setAccessibleName(texts.say("Change “{what}”", what=what))
        self._remove.setAccessibleName(texts.say("Remove “{what}”", what=what))

    def _on_ticked(self, shown: bool) -> None:
        self.ticked.emit(self.key, shown)

    def _on_change(self) -> None:
        self.change_wanted.emit(self.key)

    def _on_remove(self) -> None:
        self.removal_wanted.emit(self.key)


class ActionsList(QWidget):
    """The list, and the quick line beneath it."""

    def __init__(self, state: MeetingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._state = state
        self._item_id: int | None = None
        say = state.context.texts.say
        self.list = RowList(say("Actions"), self._make, self._fill)
        self.list.entered.connect(self._on_change)
        self.list.removed.connect(self._on_remove)
        self.quick = QuickLineField(state, never_saved)
        self.quick.added.connect(self._on_added)
        self.quick.corrected.connect(self._on_corrected)
        self.setLayout(column(Label(say("Actions")), self.list, self.quick, gap=6))

    def bind(self) -> bool:
        """Another item: its actions, and what was half-written for it."""
        current = self._state.current
        self._item_id = current.row.id if current else None
        text, save = "", never_saved
        if current is not None:
            text = self._state.context.store.read(meeting_services.unfinished_line, current.row.id)
            # Bound to the item, not to the list: what is flushed late must not land on the next item.
            save = partial(meeting_services.keep_unfinished_line, self._state.context.store, current.row.id)
        return self.quick.bind(text, save)

    def refresh(self) -> None:
        """The item's actions."""
        current = self._state.current
        rows = current.actions if current else ()
        self.list.show_keys([row.id for row in rows])
        self.list.setVisible(bool(rows))
        self.quick.show_reading()

    # --- slots and internals ---

    def _on_added(self, new: NewAction) -> None:
        if self._item_id is not None and self._state.attempt(services.add_action, self._item_id, new):
            self.quick.done()
            announce(self, self._state.context.texts.say("Added."))

    def _on_corrected(self, action_id: int, new: NewAction) -> None:
        if self._state.attempt(services.change_action, action_id, new):
            self.quick.done()
            announce(self, self._state.context.texts.say("Changed."))

    def _on_change(self, key: Key) -> None:
        action = self._action(key)
        if action is not None:
            self.quick.correct(action)

    def _on_remove(self, key: Key) -> None:
        self._state.attempt(services.remove_action, key)

    def _on_ticked(self, key: int, shown: bool) -> None:
        try:
            show_line(self._state.context.store, ShownLine.ACTION, key, shown)
        except Refused as refused:
            row = self.list.row(key)
            if isinstance(row, _Made):
                row.shown.setChecked(not shown)
                row.problem.setText(self._state.context.texts.problems(refused.problems))
                row.problem.show()

    def _make(self, _key: Key) -> ListRow:
        row = _Made(self._state)
        row.ticked.connect(self._on_ticked)
        row.change_wanted.connect(self._on_change)
        row.removal_wanted.connect(self._on_remove)
        return row

    def _fill(self, row: ListRow, key: Key) -> None:
        action = self._action(key)
        if action is not None and isinstance(row, _Made):
            row.show_action(action)

    def _action(self, key: Key) -> ActionRow | None:
        current = self._state.current
        return next((one for one in current.actions if one.id == key), None) if current else None
