"""The head of the meeting: which meeting, how it stands, when it was saved, and the three keys of the table."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMainWindow, QWidget

from rehabdesk.domain.forum import SessionState
from rehabdesk.ui.forum.meeting.state import MeetingState
from rehabdesk.ui.parts.basics import KeyButton
from rehabdesk.ui.shell.page import Page


class TopBar(QObject):
    """Furnishes the page's own head: `screen` (F8), `pause` (F9) and `done` (Ctrl+Enter)."""

    def __init__(self, state: MeetingState, page: Page) -> None:
        super().__init__(page)
        self._state, self._page = state, page
        say = state.context.texts.say
        self.screen = KeyButton(say("Big screen off"), "F8")
        self.pause = KeyButton(say("Pause"), "F9")
        self.done = KeyButton(say("Item finished"), "Ctrl+Return", kind="primary")
        for button in (self.screen, self.pause, self.done):
            page.header.add_action(button)

    def refresh(self, narrow: bool) -> None:
        """Name the meeting, and show the keys that work now."""
        session, texts = self._state.session, self._state.context.texts
        if session is None:
            return
        title = texts.short_day(session.held_on) if narrow else f"{session.series_name} {texts.date(session.held_on)}"
        parts = (texts.term(session.state), session.place, texts.time_span(session.start, session.end))
        self._page.set_title(title, "" if narrow else " · ".join(part for part in parts if part))
        self._page.header.saved.setVisible(not narrow)
        at_table = self._state.current is not None and not self._state.paused
        self.done.setVisible(at_table)
        self.screen.setVisible(at_table)
        self.pause.setVisible(session.state is SessionState.UNDER_WAY)
        self.pause.set_words(texts.say("Go on") if self._state.paused else texts.say("Pause"))

    def tell_screen(self, on: bool, lines: int) -> str:
        """Say on the button whether the big screen is on; the sentence that says more."""
        texts = self._state.context.texts
        self.screen.set_words(texts.say("Big screen on") if on else texts.say("Big screen off"))
        if on:
            return texts.count("On: {n} line is shown.", "On: {n} lines are shown.", lines)
        return texts.say("Off. Shows only lines that you have ticked, never a name.")


class FullScreen:
    """Lets the window fill the screen while the meeting is shown, and gives it back as it was."""

    def __init__(self, page: QWidget) -> None:
        self._page = page
        self._before: Qt.WindowState | None = None

    def fill(self) -> None:
        """Fill it. A page that stands alone, without the window, is left as it is."""
        window = self._page.window()
        if isinstance(window, QMainWindow) and self._before is None:
            self._before = window.windowState()
            window.showFullScreen()

    def leave(self) -> None:
        """As it was."""
        window = self._page.window()
        before, self._before = self._before, None
        if before is None or not window.isVisible():
            return
        # Full before: it was locked or closed in a meeting. Without its frame the window could not be moved or closed.
        if before & (Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen):
            window.showMaximized()
        else:
            window.showNormal()
