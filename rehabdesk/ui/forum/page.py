"""The room of the forum: every meeting, or one of them with its four faces."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import sessions as queries
from rehabdesk.ui.forum.overview import SessionsOverview
from rehabdesk.ui.forum.session_page import SessionPage
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.shell.page import Page

ROOM = "forum"


class ForumPage(Page):
    """Targets: `forum` (every meeting), kind `session` with an id and a face, kind `item` with an id (on its agenda)."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        # Overview and meeting each have a head of their own.
        self.header.hide()
        self.setAccessibleName(context.texts.say("Forum"))
        self._stack = QStackedWidget()
        self.body.addWidget(self._stack)
        self.overview = SessionsOverview(context, self._stack)
        self.overview.opened.connect(self._on_opened)
        self.session: SessionPage | None = None
        self._stack.addWidget(self.overview)

    @property
    def full(self) -> bool:
        """The meeting itself takes the whole window."""
        return self.session is not None and self._stack.currentWidget() is self.session and self.session.is_full

    def open_target(self, target: Target) -> None:
        """Every meeting, one meeting, or one item on its agenda."""
        if target.kind == "item" and target.id is not None:
            item = self.context.store.read(agenda_queries.item, target.id, self.context.clock.today())
            session_id = item.session_id if item is not None else None
            if item is not None and session_id is None:
                session_id = self._session_for_parked(item.series_id)
            if session_id is not None:
                self._show_session(session_id, "agenda")
                self.session.choose_item(target.id)
                return
        if target.kind == "session" and target.id is not None:
            if self.context.store.read(queries.session, target.id) is not None:
                self._show_session(target.id, target.face)
                return
            self.context.messages.warn(self.context.texts.say("The meeting has been removed meanwhile."))
        self._stack.setCurrentWidget(self.overview)

    @property
    def is_covered(self) -> bool:
        """Whether a meeting in pause is shown."""
        return self.session is not None and self._stack.currentWidget() is self.session and self.session.is_covered

    @property
    def hides_names(self) -> bool:
        """Whether a meeting that may be on a projector is shown."""
        return self.session is not None and self._stack.currentWidget() is self.session and self.session.hides_names

    def step_back(self) -> bool:
        """Inside the meeting first; else the window goes back to where one came from."""
        shown = self._stack.currentWidget()
        return shown.step_back() if isinstance(shown, Page) else False

    def focus_first(self) -> None:
        """The first thing to act on in what is shown."""
        self._stack.currentWidget().focus_first()

    def leaving(self) -> None:
        """Another room is about to be shown."""
        if self.session is not None:
            self.session.leaving()

    # --- internals ---

    def _session_for_parked(self, series_id: int) -> int | None:
        following = self.context.store.read(queries.next_session, self.context.clock.today(), series_id)
        return following.id if following is not None else None

    def _show_session(self, session_id: int, face: str) -> None:
        if self.session is None or self.session.session_id != session_id:
            self._put_away()
            self.session = SessionPage(self.context, session_id)
            self._stack.addWidget(self.session)
        self._stack.setCurrentWidget(self.session)
        self.session.show_face(face)

    def _put_away(self) -> None:
        if self.session is not None:
            self.session.leaving()
            self._stack.removeWidget(self.session)
            self.session.deleteLater()
            self.session = None

    def _on_opened(self, session_id: int) -> None:
        target = Target(ROOM, "session", session_id)
        self.open_target(target)
        self.context.navigate(target)
