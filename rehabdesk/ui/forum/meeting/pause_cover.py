"""The opaque face of a pause: no name, no text, clocks stopped, printing held."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rehabdesk.ui.forum.meeting.state import MeetingState
from rehabdesk.ui.parts.basics import KeyButton, Muted, Words
from rehabdesk.ui.parts.layouts import column, line


class PauseCover(QWidget):
    """Covers everything of the meeting until somebody goes on."""

    def __init__(self, state: MeetingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        texts = state.context.texts
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(texts.say("Pause"))
        self.word = Words(texts.say("Pause"), "large", wrap=False)
        self.since = Muted(wrap=False)
        self.told = Muted(texts.say("The big screen is off, the clocks stand still and nothing is printed."))
        self.told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.go_on = KeyButton(texts.say("Go on"), kind="primary", shows="F9")
        self.setLayout(column(None, line(None, self.word, None), line(None, self.since, None), self.told, 16,
                              line(None, self.go_on, None), None, margin=24))  # fmt: skip

    def refresh(self) -> None:
        """Since when."""
        session, texts = self._state.session, self._state.context.texts
        if session is not None and session.paused_at is not None:
            since = texts.instant(session.paused_at)
            self.since.setText(texts.say("since {time}", time=texts.time(f"{since:%H:%M}")))
