"""What a note says of the case's open actions: one key marks one as done, moved or no longer current, and it is kept with the note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.forum import ActionEventKind
from rehabdesk.domain.notes import Answer
from rehabdesk.store.queries.forum import actions as queries
from rehabdesk.store.queries.forum.actions import ActionRow
from rehabdesk.texts import Texts
from rehabdesk.ui.actions.answers import AnswerBar
from rehabdesk.ui.actions.table import ActionTable
from rehabdesk.ui.parts.basics import Label
from rehabdesk.ui.parts.layouts import column
from rehabdesk.ui.parts.move_editor import MoveEditor
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.tokens import ROW, Tone
from rehabdesk.ui.shell.context import Context

#: As many lines are in sight at once.
MOST_ROWS = 6


@dataclass(frozen=True, slots=True)
class _Marked:
    """An open action, and what the note is going to say of it."""

    action: ActionRow
    answer: Answer | None = None

    @property
    def id(self) -> int:
        """The action's id."""
        return self.action.id


class NoteAnswers(QWidget):
    """The case's open actions with the marks; hidden where none is open. `marked` when a mark was set or taken away."""

    marked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._case_id: int | None = None
        self._answers: dict[int, Answer] = {}
        self._moving: tuple[int, ...] = ()
        texts = context.texts
        name = texts.say("What it says of the open actions")
        self.table = ActionTable(context.theme, _columns(texts), name, {})
        self.table.typed.connect(self._on_letter)
        self.bar = AnswerBar(texts)
        for signal, kind in ((self.bar.done, ActionEventKind.DONE), (self.bar.kept, ActionEventKind.KEPT),
                             (self.bar.dropped, ActionEventKind.DROPPED)):  # fmt: skip
            signal.connect(partial(self._mark, kind, None))
        self.bar.moved.connect(self._on_move)
        self.editor = MoveEditor(texts, context.clock, context.theme, asks_why=False)
        self.editor.moved.connect(self._on_moved)
        self.editor.hide()
        self.setLayout(column(Label(name), self.table, self.editor, self.bar, gap=4))

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What the note says."""
        return tuple(self._answers.values())

    def show_case(self, case_id: int) -> None:
        """The open actions of this case; what was marked stays marked while the action is open."""
        if case_id != self._case_id:
            self._case_id = case_id
            self.forget()
        actions = self._context.store.read(queries.open_actions_of_case, case_id)
        self._answers = {row.id: self._answers[row.id] for row in actions if row.id in self._answers}
        self.table.set_rows([_Marked(row, self._answers.get(row.id)) for row in actions])
        self.table.setFixedHeight(self._context.theme.px(ROW) * (min(len(actions), MOST_ROWS) + 1) + self._context.theme.px(16))
        self.setVisible(bool(actions))

    def take(self, case_id: int, answers: tuple[Answer, ...]) -> None:
        """What was marked in this case's note before."""
        self._case_id = case_id
        self._answers = {one.action_id: one for one in answers}
        self._end_moving()

    def forget(self) -> None:
        """Nothing is marked."""
        self._answers.clear()
        self._end_moving()

    def step_back(self) -> bool:
        """Put the new date away; False when none is asked for."""
        was_moving = bool(self._moving)
        self._end_moving()
        if was_moving:
            self.table.setFocus()
        return was_moving

    # --- slots and internals ---

    def _on_letter(self, letter: str) -> None:
        self.bar.pressed(letter)

    def _on_move(self) -> None:
        self._moving = tuple(row.id for row in self.table.chosen_rows)
        if self._moving:
            self.editor.begin()

    def _on_moved(self, day: date, _reason: str) -> None:
        moving, self._moving = self._moving, ()
        self.editor.hide()
        for action_id in moving:
            self._answers[action_id] = Answer(action_id, ActionEventKind.MOVED, day)
        self._show_again()
        self.marked.emit()
        self.table.setFocus()

    def _mark(self, kind: ActionEventKind, due_on: date | None) -> None:
        """Mark the chosen ones; the same key again takes the mark away."""
        for row in self.table.chosen_rows:
            known = self._answers.pop(row.id, None)
            if known is None or known.kind is not kind:
                self._answers[row.id] = Answer(row.id, kind, due_on)
        self._show_again()
        self.marked.emit()

    def _show_again(self) -> None:
        if self._case_id is not None:
            self.show_case(self._case_id)

    def _end_moving(self) -> None:
        self._moving = ()
        self.editor.hide()


def _columns(texts: Texts) -> tuple[Column, ...]:
    def who(row: _Marked) -> str:
        return texts.say("the participant") if row.action.for_participant else row.action.who

    def due(row: _Marked) -> str:
        return texts.date(row.action.due_on) if row.action.due_on is not None else ""

    def marked(row: _Marked) -> str:
        if row.answer is None:
            return ""
        if row.answer.kind is ActionEventKind.MOVED and row.answer.due_on is not None:
            return texts.say("moved to {day}", day=row.answer.due_on)
        return texts.term(row.answer.kind)

    return (
        Column("what", texts.name("column", "Action"), _what, tooltip=_what, stretch=True, sortable=False),
        Column("who", texts.name("column", "Answers for it"), who, tooltip=who, stretch=True, sortable=False),
        Column("due", texts.name("column", "By"), due, sortable=False),
        Column("marked", texts.say("By this note"), marked, tone=_tone, sortable=False),
    )


def _what(row: _Marked) -> str:
    return row.action.what


def _tone(row: _Marked) -> Tone | None:
    return None if row.answer is None else Tone.GREEN if row.answer.kind is ActionEventKind.DONE else Tone.ACCENT
