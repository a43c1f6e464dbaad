"""The question that stands while a projector may show this very window: names are hidden until somebody says that none does."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from rehabdesk.ui.forum.meeting.big_screen import Screens
from rehabdesk.ui.forum.meeting.state import MeetingState
from rehabdesk.ui.parts.basics import KeyButton, Words
from rehabdesk.ui.parts.layouts import line
from rehabdesk.ui.shell.page import names_would_show


class ProjectorQuestion(QFrame):
    """A strip under the head. The answer holds for this meeting, until it is left for another or the screens change."""

    def __init__(self, state: MeetingState, screens: Screens, page: QWidget) -> None:
        super().__init__(page)
        self.setProperty("part", "notice")
        self._state, self._screens, self._page = state, screens, page
        self._answered = False
        say = state.context.texts.say
        self._words = Words(say("A projector may show this screen, so participants' names are hidden."))
        self.button = KeyButton(say("No projector shows it"))
        self.button.clicked.connect(self.answer)
        row = line(self._words, self.button, gap=16)
        row.setContentsMargins(24, 6, 24, 6)
        row.setStretch(0, 1)
        self.setLayout(row)
        self.setAccessibleName(self._words.text())
        self.hide()

    def judge(self) -> None:
        """Look at the screens, and hide or show the names."""
        hidden = not self._answered and self._screens.may_be_projected(self._page.window())
        self._state.set_nameless(hidden)
        had_focus = self.button.hasFocus()
        self.setVisible(hidden)
        if had_focus and not hidden:
            self._page.focus_first()

    def answer(self) -> None:
        """No projector shows this screen."""
        self._answered = True
        self.judge()
        context = self._state.context
        context.messages.settle(names_would_show(context.texts))

    def forget(self) -> None:
        """Ask again."""
        self._answered = False
