"""The faces of the middle column when no item is open: before the start, between items, and after the last."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.forum import SessionState
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services.forum import meeting as services
from rehabdesk.ui.forum.meeting.state import MeetingState
from rehabdesk.ui.parts.basics import KeyButton, Muted, Words
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding


class BetweenFace(QWidget):
    """One heading, one sentence, one or two buttons; a refusal stands beside them. `ended` when the table has risen."""

    ended = Signal()

    def __init__(self, state: MeetingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._state = state
        texts = state.context.texts
        self.heading, self.sentence = Words("", "title"), Muted()
        self.refusal = Words("", "problem")
        self.refusal.hide()
        self.start = KeyButton(texts.say("Start the meeting"), "Ctrl+Return", kind="primary")
        self.next = KeyButton(texts.say("Next item"), "Ctrl+Return", kind="primary")
        self.end = KeyButton(texts.say("End the meeting"), "Ctrl+Return", kind="primary")
        self.minutes = KeyButton(texts.say("Go to the minutes"), "Ctrl+Return", kind="primary")
        self.reopen = KeyButton(texts.say("Go on with the meeting"))
        self._buttons = (self.start, self.next, self.end, self.minutes, self.reopen)
        for button, act in zip(self._buttons, (self.start_session, self.open_next, self.end_session, None, self.go_on), strict=True):
            if act is not None:
                button.clicked.connect(act)
        row = FlowLayout(gap=12)
        for button in self._buttons:
            row.addWidget(button)
        whole = column(None, self.heading, self.sentence, self.refusal, 8, holding(row), None, None, gap=8)
        whole.setContentsMargins(56, 24, 56, 24)
        self.setLayout(whole)

    def refresh(self) -> None:
        """What can be done now."""
        session = self._state.session
        if session is None:
            return
        say = self._state.context.texts.say
        if session.state is SessionState.PLANNED:
            self._show(say("The meeting has not started"),
                       say("Mark those who have come. When you start, every item gets its number and the first is opened."),
                       self.start)  # fmt: skip
        elif self._state.all_finished:
            self._show(say("All items are finished"), say("End the meeting, or add an item if something is left."), self.end)
        elif session.state is SessionState.UNDER_WAY:
            self._show(say("No item is open"), say("Go on with the next one, or choose one in the agenda."), self.next)
        elif session.state is SessionState.HELD:
            self._show(say("The meeting has ended"), say("Go through and lock the minutes now or another day."),
                       self.minutes, self.reopen)  # fmt: skip
        else:
            self._show(say("The meeting is over"), "", self.minutes)

    def start_session(self) -> None:
        """Starta mötet."""
        self._do(services.start_session)

    def open_next(self) -> None:
        """Open the first item that still waits."""
        self._do(services.open_next_item)

    def end_session(self) -> None:
        """Avsluta mötet."""
        if self._do(services.end_session):
            self.ended.emit()

    def go_on(self) -> None:
        """Ended by mistake."""
        self._do(services.reopen_session)

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """Say beside the button why not."""
        self.refusal.setText(self._state.context.texts.problems(problems))
        self.refusal.setVisible(bool(problems))

    def focus_first(self) -> None:
        """The button."""
        next(button for button in self._buttons if not button.isHidden()).setFocus()

    def _do(self, verb: Callable[..., object]) -> bool:
        state = self._state
        if state.session is None or not state.flushed():
            return False
        try:
            verb(state.context.store, state.session.id)
        except Refused as refused:
            self.refuse(refused.problems)
            return False
        self.refuse(())
        state.reload()
        return True

    def _show(self, heading: str, sentence: str, *buttons: KeyButton) -> None:
        if self.heading.text() != heading:
            self.refuse(())
        self.heading.setText(heading)
        self.sentence.setText(sentence)
        for button in self._buttons:
            button.setVisible(button in buttons)
