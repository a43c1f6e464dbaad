"""Fields that look for other participants' names while somebody types, and cover names while a projector may show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from rehabdesk.domain.names import Hit
from rehabdesk.ui.forum.meeting.state import MeetingState
from rehabdesk.ui.parts.autosave import Save
from rehabdesk.ui.parts.basics import Label, Words
from rehabdesk.ui.parts.fields import AutosaveText, Underline
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.parts.tokens import Tone

if TYPE_CHECKING:
    from rehabdesk.ui.cases.notes_names import CaseNames

#: Past this many characters names are looked for when the text is saved, not at every key.
LONG_TEXT = 20_000


class NameGuard(QObject):
    """Watches one field: underlines other people's names, says so in `sentence`, covers names in nameless mode.

    `state` is the meeting's, or, outside one, whatever answers the same questions (`ui.cases.notes_names`).
    """

    def __init__(self, state: MeetingState | CaseNames, field: AutosaveText, sentence: Words | None = None) -> None:
        super().__init__(field)
        self._state, self._field, self._sentence = state, field, sentence
        self._looked_at: tuple[object, ...] = ()
        field.edited.connect(self._on_edited)
        field.saved.connect(self._on_saved)
        state.changed.connect(self.look)

    def look_anew(self) -> None:
        """Say it again, where something else was said meanwhile."""
        self._looked_at = ()
        self.look()

    def look(self) -> None:
        """Look again: the text, the register or the marks may have changed."""
        text = self._field.text()
        current = self._state.current
        seen = (text, self._state.names, self._state.case_ids, current and (current.row.id, current.harmless), self._state.nameless)
        if seen != self._looked_at:
            self._looked_at = seen
            self._show(text)

    def _show(self, text: str) -> None:
        hits = self._state.hits(text)
        told = tuple(self._why(text, hit) for hit in hits)
        self._field.set_underlines(tuple(Underline(hit.start, hit.end, why) for hit, why in zip(hits, told, strict=True)))
        masks = self._state.masks(text)
        if masks:
            self._field.setExtraSelections([*self._field.extraSelections(), *(self._mask(text, hit) for hit in masks)])
        if self._sentence is not None:
            self._sentence.setText(" ".join(dict.fromkeys(told)))

    def _why(self, text: str, hit: Hit) -> str:
        say = self._state.context.texts.say
        if self._state.nameless:
            return say("Another participant is named here.")
        return say("“{words}” can be the participant in {number}.", words=text[hit.start : hit.end], number=self._state.whose(hit))

    def _mask(self, text: str, hit: Hit) -> QTextEdit.ExtraSelection:
        covered = QTextCharFormat()
        colour = QColor(self._state.context.theme.colour("muted"))
        covered.setBackground(colour)
        covered.setForeground(colour)
        mark = QTextEdit.ExtraSelection()
        mark.format = covered
        cursor = QTextCursor(self._field.document())
        cursor.setPosition(_units(text, hit.start))
        cursor.setPosition(_units(text, hit.end), QTextCursor.MoveMode.KeepAnchor)
        mark.cursor = cursor
        return mark

    def _on_edited(self, text: str) -> None:
        if len(text) <= LONG_TEXT:
            self.look()

    def _on_saved(self, _when: object) -> None:
        self.look()


class LineText(AutosaveText):
    """A line that wraps: Enter tells `entered`, Alt with an arrow `moved(step)`, Backspace in an empty line `left_empty`."""

    entered = Signal()
    moved = Signal(int)
    left_empty = Signal()

    def __init__(self, state: MeetingState, name: str, save: Save, text: str = "", placeholder: str = "", bare: bool = True) -> None:
        super().__init__(name, state.context.flushes, save, text, 1, placeholder)
        if bare:
            self.setProperty("part", "bare")
            # A margin counts as a change of the text, and nothing was typed.
            with QSignalBlocker(self):
                self.document().setDocumentMargin(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The keys of a list of lines."""
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held == Qt.KeyboardModifier.NoModifier:
            self.flush()
            self.entered.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and held == Qt.KeyboardModifier.AltModifier:
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Backspace and not self.text():
            self.left_empty.emit()
        else:
            super().keyPressEvent(event)


class Section(QWidget):
    """A name above a field; at the right of the name stands what is said about the text, so that nothing moves when it comes."""

    def __init__(self, state: MeetingState, label: str, field: AutosaveText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self.field = field
        self.label = Label(label)
        self.label.setBuddy(field)
        self.label.setWordWrap(False)
        self.sentence = Words("", "small")
        self.sentence.set_ink(Tone.RED)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = line(self.label, self.sentence, gap=16)
        head.setStretch(1, 1)
        self.setLayout(column(head, field, gap=6))
        self.guard = NameGuard(state, field, self.sentence)
        self._state = state
        field.failed.connect(self._on_failed)
        field.saved.connect(self._on_saved)

    def _on_failed(self, problems: object) -> None:
        self.sentence.setText(self._state.context.texts.problems(problems))

    def _on_saved(self, _when: object) -> None:
        self.guard.look_anew()


def never_saved(_text: str) -> None:
    """Keeps nothing: for a field that no item is bound to yet."""


def _units(text: str, position: int) -> int:
    return position + sum(1 for sign in text[:position] if ord(sign) > 0xFFFF)
