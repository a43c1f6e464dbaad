"""Sedan tidigare: the actions from before, each answered by one key: done, moved (with date and reason), kept."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from rehabdesk.domain.forum import ActionEventKind, ActionState, days_late
from rehabdesk.domain.problems import Refused
from rehabdesk.services.forum import actions as services
from rehabdesk.store.queries.forum.actions import ActionRow
from rehabdesk.ui.forum.meeting.rows import Key, ListRow, RowList, announce
from rehabdesk.ui.forum.meeting.state import MeetingState
from rehabdesk.ui.parts.basics import Badge, Card, KeyButton, Muted, Rule, Words
from rehabdesk.ui.parts.layouts import line
from rehabdesk.ui.parts.move_editor import MoveEditor
from rehabdesk.ui.parts.tokens import Tone


class _ActionRow(ListRow):
    """One action from before."""

    def __init__(self, state: MeetingState) -> None:
        super().__init__(state.context.theme)
        self.setProperty("lined", "true")
        self._state = state
        px = state.context.theme.px
        self._sign, self._what = Words("", wrap=False), Words()
        self._who, self._due, self._badge = Muted(), Muted(wrap=False), Badge()
        self._sign.setFixedWidth(px(22))
        self._due.setFixedWidth(px(86))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 10, 5)
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addWidget(self._what, 5)
        row.addWidget(self._who, 3)
        row.addWidget(self._due)
        holder = QHBoxLayout()
        holder.addWidget(self._badge)
        holder.addStretch(1)
        row.addLayout(holder, 2)

    def show_action(self, action: ActionRow) -> None:
        """What it is, whose, by when, and how it stands."""
        texts, state = self._state.context.texts, self._state
        self._sign.setText("☑" if action.state is not ActionState.OPEN else "☐")
        self._what.setText(state.shown(action.what))
        self._who.setText(texts.say("the participant") if action.for_participant else action.who)
        self._due.setText(texts.date(action.due_on) if action.due_on else "")
        word, tone = _standing(state, action)
        self._badge.show_word(word, tone)
        self._badge.setVisible(bool(word))
        told = (self._what.text(), self._who.text(), self._due.text(), word)
        self.setAccessibleName(", ".join(part for part in told if part))


class EarlierActions(Card):
    """The card; hidden where nothing is open from before."""

    def __init__(self, state: MeetingState, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        texts = state.context.texts
        self._state = state
        self._moving: int | None = None
        self.setAccessibleName(texts.say("From before"))
        self.letters = {
            texts.name("key of an action", "D"): self.close_current,
            texts.name("key of an action", "M"): self.move_current,
            texts.name("key of an action", "K"): self.keep_current,
        }
        words = (texts.name("button", "done"), texts.name("button", "move"), texts.name("button", "keep"))
        buttons = [KeyButton(word, kind="link", shows=letter) for letter, word in zip(self.letters, words, strict=True)]
        for button, act in zip(buttons, self.letters.values(), strict=True):
            button.clicked.connect(act)
        head = line(Muted(texts.say("From before"), wrap=False), *buttons, None, gap=4)
        head.setContentsMargins(12, 4, 12, 4)
        self.list = RowList(texts.say("Actions from before"), self._make, self._fill)
        self.list.typed.connect(self._on_letter)
        self.list.entered.connect(self._on_entered)
        self.editor = MoveEditor(texts, state.context.clock, state.context.theme)
        self.editor.hide()
        self.editor.moved.connect(self._on_moved)
        self.add(head, padded=False)
        self.add(Rule(), padded=False)
        self.add(self.list, padded=False)
        self.add(self.editor, padded=False)

    def refresh(self) -> None:
        """The open item's actions from before."""
        current = self._state.current
        rows = current.earlier if current else ()
        self.list.show_keys([row.id for row in rows])
        self.setVisible(bool(rows))
        if self._moving is not None and self._moving not in self.list.keys:
            self.leave_editor()

    def close_current(self) -> None:
        """K: it is done."""
        self._answer(services.close_action, self._state.context.texts.say("Marked as done."))

    def keep_current(self) -> None:
        """B: it stays as it is."""
        self._answer(services.keep_action, self._state.context.texts.say("Kept as it is."))

    def move_current(self) -> None:
        """F: ask for the new day and why, right here."""
        self._moving = self.list.current
        if self._moving is not None:
            self.editor.begin()

    def leave_editor(self) -> bool:
        """Put the editor away; False when it was not open."""
        if self._moving is None:
            return False
        self.list.choose(self._moving)
        self._moving = None
        had_focus = self.editor.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.editor.hide()
        if had_focus or self.focusWidget() is None:
            self.list.take_focus()
        return True

    # --- slots and internals ---

    def _answer(self, verb: object, sentence: str) -> None:
        key, current = self.list.current, self._state.current
        if key is not None and current is not None and self._state.attempt(verb, key, current.row.id):
            announce(self, sentence)

    def _on_letter(self, key: Key, letter: str) -> None:
        self.list.choose(key)
        if letter in self.letters:
            self.letters[letter]()

    def _on_entered(self, key: Key) -> None:
        self.list.choose(key)
        self.close_current()

    def _on_moved(self, day: date, reason: str) -> None:
        current = self._state.current
        if current is None or self._moving is None:
            return
        try:
            services.move_action(self._state.context.store, self._moving, day, reason, current.row.id)
        except Refused as refused:
            self.editor.problem.tell(self._state.context.texts.problems(refused.problems))
            return
        self.leave_editor()

    def _make(self, _key: Key) -> ListRow:
        return _ActionRow(self._state)

    def _fill(self, row: ListRow, key: Key) -> None:
        current = self._state.current
        action = next((one for one in current.earlier if one.id == key), None) if current else None
        if action is not None and isinstance(row, _ActionRow):
            row.show_action(action)


def _standing(state: MeetingState, action: ActionRow) -> tuple[str, Tone]:
    """How an action stands: what was answered today first, then whether it is late."""
    texts = state.context.texts
    if action.state is ActionState.DONE:
        return texts.term(action.state), Tone.GREEN
    if action.state is ActionState.DROPPED:
        return texts.term(action.state), Tone.NEUTRAL
    if action.answered in (ActionEventKind.MOVED, ActionEventKind.KEPT):
        return texts.term(action.answered), Tone.ACCENT
    late = days_late(action.due_on, state.today)
    if late:
        return texts.count("late {n} day", "late {n} days", late), Tone.RED
    return "", Tone.NEUTRAL
