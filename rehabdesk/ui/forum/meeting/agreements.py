"""What the table agreed: numbered lines, each with a second line meant for the participant and a tick for the big screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from rehabdesk.domain.problems import Refused
from rehabdesk.services.forum import meeting as services
from rehabdesk.services.forum.big_screen import ShownLine, show_line
from rehabdesk.store.queries.forum.agenda import AgreementRow
from rehabdesk.ui.forum.meeting.named_text import LineText, NameGuard
from rehabdesk.ui.forum.meeting.state import MeetingState
from rehabdesk.ui.parts.basics import Label, Words, restyle
from rehabdesk.ui.parts.layouts import clear, column, line
from rehabdesk.ui.parts.tokens import Tone


class _Kept:
    """Where a line is kept: made in the store when its first word is saved, so that an empty line leaves no trace."""

    def __init__(self, state: MeetingState, item_id: int, agreement_id: int | None) -> None:
        self._store = state.context.store
        self._item_id = item_id
        self.id = agreement_id

    def save_text(self, text: str) -> None:
        """Keep the agreement."""
        if self.id is not None:
            services.save_agreement(self._store, self.id, text)
        elif text.strip():
            self.id = services.add_agreement(self._store, self._item_id, text)

    def save_participant_line(self, text: str) -> None:
        """Keep the second line."""
        if self.id is None and text.strip():
            self.id = services.add_agreement(self._store, self._item_id)
        if self.id is not None:
            services.save_participant_line(self._store, self.id, text)


class AgreementLine(QFrame):
    """One agreement. `next_wanted`, `moved(step)` and `emptied` come from the keys of its text."""

    next_wanted = Signal()
    moved = Signal(int)
    emptied = Signal()

    def __init__(self, state: MeetingState, item_id: int, row: AgreementRow | None, with_second: bool) -> None:
        super().__init__()
        say = state.context.texts.say
        self._state = state
        self.kept = _Kept(state, item_id, row.id if row else None)
        self.setProperty("part", "line-box")
        self._number = Words("1.", wrap=False)
        self.text = LineText(state, say("Agreement"), self.kept.save_text, row.text if row else "")
        self.second = LineText(
            state, say("Meant for the participant"), self.kept.save_participant_line, row.participant_text if row else "",
            say("In the participant's own words, if they should be others"),
        )  # fmt: skip
        self.shown = QCheckBox(say("show"))
        self.shown.setChecked(row.is_shown if row else False)
        self.sentence, self._second_sentence = Words("", "small"), Words("", "small")
        for words in (self.sentence, self._second_sentence):
            words.set_ink(Tone.RED)
        self._lay_out()
        # Only now: shown before it lies in this line, it would be a window of its own for a moment.
        self.second.setVisible(with_second)
        self._guards = (NameGuard(state, self.text, self.sentence), NameGuard(state, self.second, self._second_sentence))
        self.text.entered.connect(self.next_wanted)
        self.second.entered.connect(self.next_wanted)
        self.text.moved.connect(self.moved)
        self.text.left_empty.connect(self._on_left_empty)
        self.shown.clicked.connect(self._on_shown)
        for field in (self.text, self.second):
            field.failed.connect(self._on_failed)
            field.saved.connect(self._on_saved)
            field.installEventFilter(self)

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.text.text().strip() and not self.second.text().strip()

    def show_number(self, number: int) -> None:
        """Its place in the list."""
        say = self._state.context.texts.say
        self._number.setText(f"{number}.")
        self.text.setAccessibleName(say("Agreement {number}", number=number))
        self.second.setAccessibleName(say("Agreement {number}, meant for the participant", number=number))
        self.shown.setAccessibleName(say("Show agreement {number} on the big screen", number=number))

    def refresh(self, row: AgreementRow) -> None:
        """The store's words, where nobody is typing others."""
        self.text.refresh(row.text)
        self.second.refresh(row.participant_text)
        self.shown.setChecked(row.is_shown)

    def look(self) -> None:
        """Look for names in what stands here from the start."""
        for guard in self._guards:
            guard.look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The whole line is lit while the keyboard is in it."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            restyle(self, "active", "true" if event.type() is QEvent.Type.FocusIn else "false")
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        fields = column(line(self.text, self.sentence, gap=8), line(self.second, self._second_sentence, gap=8), gap=0)
        row = line(self._number, fields, self.shown, gap=8)
        row.setContentsMargins(12, 4, 12, 4)
        row.setStretch(1, 1)
        row.setAlignment(self._number, Qt.AlignmentFlag.AlignTop)
        row.setAlignment(self.shown, Qt.AlignmentFlag.AlignTop)
        self._number.setContentsMargins(0, 5, 0, 0)
        self.setLayout(row)

    def _on_shown(self, shown: bool) -> None:
        self.text.flush()
        if self.kept.id is None:
            self.shown.setChecked(False)
            return
        try:
            show_line(self._state.context.store, ShownLine.AGREEMENT, self.kept.id, shown)
        except Refused as refused:
            self.shown.setChecked(not shown)
            self.sentence.setText(self._state.context.texts.problems(refused.problems))

    def _on_left_empty(self) -> None:
        if self.is_blank:
            self.emptied.emit()

    def _on_failed(self, problems: object) -> None:
        self.sentence.setText(self._state.context.texts.problems(problems))

    def _on_saved(self, _when: object) -> None:
        self._guards[0].look_anew()


class Agreements(QWidget):
    """The list. A new line comes with Enter, never by itself, so that nothing below moves while somebody types.

    `grew` when a line has come that the order of Tab does not know yet.
    """

    grew = Signal()

    def __init__(self, state: MeetingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._state = state
        self._item_id: int | None = None
        self._lines: list[AgreementLine] = []
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.setLayout(column(Label(state.context.texts.say("What we agreed")), self._column, gap=6))

    @property
    def lines(self) -> tuple[AgreementLine, ...]:
        """The lines on screen, in order."""
        return tuple(self._lines)

    def bind(self) -> None:
        """Another item: its lines, or an empty one to begin with."""
        clear(self._column)
        self._lines = []
        current = self._state.current
        self._item_id = current.row.id if current else None
        if current is None:
            return
        for row in current.agreements:
            self._insert(len(self._lines), row)
        if not self._lines:
            self._insert(0, None)
        self._number()

    def refresh(self) -> None:
        """The store's lines in the store's order; a line not yet saved stays where it is."""
        current = self._state.current
        if current is None or current.row.id != self._item_id:
            return
        rows = {row.id: row for row in current.agreements}
        for gone in [one for one in self._lines if one.kept.id is not None and one.kept.id not in rows]:
            self._take_out(gone)
        known = {one.kept.id: one for one in self._lines if one.kept.id is not None}
        for place, row in enumerate(current.agreements):
            if row.id in known:
                self._place(known[row.id], place)
                known[row.id].refresh(row)
            else:
                self._insert(place, row)
        if not self._lines:
            self._insert(0, None)
        self._number()

    def focus_last(self) -> None:
        """Put the keyboard at the end of the list."""
        if self._lines:
            self._lines[-1].text.setFocus()

    # --- slots and internals ---

    def _on_next(self) -> None:
        place = self._lines.index(self.sender())
        if place == len(self._lines) - 1:
            if self._lines[place].is_blank:
                return
            self._insert(place + 1, None)
            self._number()
        self._lines[place + 1].text.setFocus()

    def _on_moved(self, step: int) -> None:
        one = self.sender()
        place = self._lines.index(one) + step
        if one.text.flush() and one.kept.id is not None and 0 <= place < len(self._lines):
            self._state.attempt(services.move_agreement, one.kept.id, place)

    def _on_emptied(self) -> None:
        one = self.sender()
        if len(self._lines) == 1 or not one.text.flush():
            return
        place = self._lines.index(one)
        if one.kept.id is not None and not self._state.attempt(services.remove_agreement, one.kept.id):
            return
        self._take_out(one)
        self._number()
        self._lines[max(0, place - 1)].text.setFocus()

    def _insert(self, place: int, row: AgreementRow | None) -> None:
        current = self._state.current
        one = AgreementLine(self._state, self._item_id, row, current is not None and current.row.case_id is not None)
        one.next_wanted.connect(self._on_next)
        one.moved.connect(self._on_moved)
        one.emptied.connect(self._on_emptied)
        self._lines.insert(place, one)
        self._column.insertWidget(place, one)
        one.show()
        one.look()
        self.grew.emit()

    def _place(self, one: AgreementLine, place: int) -> None:
        if self._lines.index(one) != place:
            focused = one.text.hasFocus()
            self._lines.remove(one)
            self._lines.insert(place, one)
            self._column.removeWidget(one)
            self._column.insertWidget(place, one)
            if focused:
                one.text.setFocus()

    def _take_out(self, one: AgreementLine) -> None:
        self._lines.remove(one)
        self._column.removeWidget(one)
        one.hide()
        one.deleteLater()

    def _number(self) -> None:
        for place, one in enumerate(self._lines, start=1):
            one.show_number(place)
