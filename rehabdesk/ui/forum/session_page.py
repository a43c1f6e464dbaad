"""One meeting and its faces: agenda, presence, the meeting itself, minutes, and its papers. Each is built when first looked at."""

from __future__ import annotations

import importlib
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QWidget

from rehabdesk.domain.forum import SessionState
from rehabdesk.store.queries.forum import sessions as queries
from rehabdesk.store.queries.forum.sessions import SessionRow
from rehabdesk.ui.forum.agenda_face import AgendaFace
from rehabdesk.ui.forum.edit_session import EditSession
from rehabdesk.ui.forum.presence_face import PresenceFace
from rehabdesk.ui.forum.words import STATE_TONES, session_name, when_and_where
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import Badge, KeyButton, Muted
from rehabdesk.ui.parts.layouts import holding, line, scrolling
from rehabdesk.ui.parts.tokens import EDGE
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.shell.page import Page, names_would_show

AGENDA, PRESENCE, MEETING, MINUTES, PAPERS = FACES = ("agenda", "presence", "meeting", "minutes", "papers")
#: The calls are made from the agenda; somebody may be sent straight there.
CALLS = "calls"
#: Faces that are imported when they are first looked at: module and class.
_LATER = {
    MEETING: ("rehabdesk.ui.forum.meeting.page", "MeetingPage"),
    MINUTES: ("rehabdesk.ui.forum.minutes_face", "MinutesFace"),
    PAPERS: ("rehabdesk.ui.forum.paper_panel", "PaperPanel"),
}
#: The face one most likely wants, by where the meeting stands.
_USUAL = {SessionState.UNDER_WAY: MEETING, SessionState.HELD: MINUTES, SessionState.LOCKED: MINUTES}


class SessionPage(Page):
    """The page of one meeting."""

    def __init__(self, context: Context, session_id: int, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.session_id = session_id
        self._faces: dict[str, QWidget] = {}
        self._editing: QWidget | None = None
        self._build_head()
        self._build_body()
        self._listen()
        watch(self, context.store, {"forum_session", "session_series"}, self._refresh)

    @property
    def face(self) -> str:
        """Which face is shown."""
        return FACES[self.tabs.currentIndex()]

    @property
    def is_full(self) -> bool:
        """The meeting itself takes the whole window."""
        return self.face == MEETING

    @property
    def is_covered(self) -> bool:
        """In a pause no other face, with its names, can be brought up."""
        return bool(getattr(self._stack.currentWidget(), "is_covered", False))

    @property
    def hides_names(self) -> bool:
        """Whether the face that is shown may be on a projector."""
        return bool(getattr(self._stack.currentWidget(), "hides_names", False))

    def show_face(self, face: str = "") -> None:
        """Show a face; without one, the one most likely wanted, or the one that is shown already."""
        if self.is_covered:
            return
        if self.hides_names and face in FACES and face != self.face:
            self.context.messages.warn(names_would_show(self.context.texts))
            return
        if face == CALLS:
            self.show_face(AGENDA)
            if self.face == AGENDA:
                self._faces[AGENDA].show_calls()
            return
        if face not in FACES:
            face = self.face if self._faces else _USUAL.get(self._state, AGENDA)
        place = FACES.index(face)
        if self.tabs.currentIndex() != place:
            self.tabs.setCurrentIndex(place)
        else:
            self._show(face)

    def choose_item(self, item_id: int) -> None:
        """Go to an item on the agenda."""
        self.show_face(AGENDA)
        self._faces[AGENDA].choose_item(item_id)

    def step_back(self) -> bool:
        """Esc puts away what is being changed, then what the face has open."""
        if self._editing is not None:
            self._end_editing()
            return True
        stepping = getattr(self._stack.currentWidget(), "step_back", None)
        return bool(stepping()) if stepping is not None else False

    def focus_first(self) -> None:
        """The first thing to act on in the face."""
        shown = self._stack.currentWidget()
        focusing = getattr(shown, "focus_first", None)
        focusing() if focusing is not None else shown.setFocus()

    def leaving(self) -> None:
        """The faces are told, too."""
        for face in self._faces.values():
            _tell_leaving(face)

    # --- building ---

    def _build_head(self) -> None:
        texts = self.context.texts
        self.state = Badge()
        self.header.add_badge(self.state)
        self.papers_button = KeyButton(texts.say("Papers"), "Ctrl+P")
        self.papers_button.clicked.connect(partial(self.show_face, PAPERS))
        self.edit_button = KeyButton(texts.say("Change the meeting"), "Ctrl+E")
        self.edit_button.clicked.connect(self.begin_editing)
        self.header.add_action(self.papers_button)
        self.header.add_action(self.edit_button)

    def _build_body(self) -> None:
        texts = self.context.texts
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        # Never an arrow: in a narrow window the words are cut, and told whole by the tooltip.
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setAccessibleName(texts.say("Faces of the meeting"))
        words = (
            texts.say("Agenda"), texts.say("Presence"), texts.name("face", "Meeting"), texts.name("paper", "Minutes"), texts.say("Papers"),
        )  # fmt: skip
        for place, name in enumerate(words, start=1):
            self.tabs.addTab(name)
            key = QKeySequence(f"Alt+{place}").toString(QKeySequence.SequenceFormat.NativeText)
            self.tabs.setTabToolTip(place - 1, f"{name}  {key}")
        self.tabs.currentChanged.connect(self._on_tab)
        self._strip = QFrame()
        self._strip.setProperty("part", "header")
        keys = Muted(texts.say("Alt 1–5"), wrap=False)
        row = line(self.tabs, keys)
        row.setStretch(0, 1)
        row.setContentsMargins(EDGE, 0, EDGE, 0)
        self._strip.setLayout(row)
        self._stack = QStackedWidget()
        self.body.addWidget(self._strip)
        self.body.addWidget(self._stack, 1)

    def _listen(self) -> None:
        for place, face in enumerate(FACES, start=1):
            shortcut = QShortcut(QKeySequence(f"Alt+{place}"), self)
            shortcut.activated.connect(partial(self.show_face, face))
        for key, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(partial(self._step_face, step))

    # --- slots and internals ---

    def _refresh(self) -> None:
        session = self.context.store.read(queries.session, self.session_id)
        if session is None:
            return
        self._tell(session)

    def _tell(self, session: SessionRow) -> None:
        texts = self.context.texts
        self.set_title(session_name(session), when_and_where(texts, session))
        self.state.show_word(texts.term(session.state), STATE_TONES[session.state])
        self.state.setToolTip(session.cancelled_reason)

    @property
    def _state(self) -> SessionState:
        session = self.context.store.read(queries.session, self.session_id)
        return session.state if session is not None else SessionState.PLANNED

    def _step_face(self, step: int) -> None:
        self.show_face(FACES[(FACES.index(self.face) + step) % len(FACES)])

    def _on_tab(self, place: int) -> None:
        # The window shows or hides its sidebar, and remembers the way back; before the meeting hides names and lets nothing else in.
        self.context.navigate(Target("forum", "session", self.session_id, FACES[place]))
        if self.context.flushes.flush_all():
            self._show(FACES[place])

    def _show(self, face: str) -> None:
        if face not in self._faces:
            self._faces[face] = self._make(face)
            self._stack.addWidget(self._faces[face])
        self._drop_editing()
        shown, wanted = self._stack.currentWidget(), self._faces[face]
        if shown is not wanted:
            _tell_leaving(shown)
        self._stack.setCurrentWidget(wanted)
        self.header.setVisible(face != MEETING)
        self._strip.setVisible(face != MEETING)
        self.focus_first()

    def _make(self, face: str) -> QWidget:
        if face == AGENDA:
            return AgendaFace(self.context, self.session_id)
        if face == PRESENCE:
            return PresenceFace(self.context, self.session_id)
        return _made_later(face, self.context, self.session_id)

    def begin_editing(self) -> None:
        """Change day, time and place, cancel the meeting or remove it."""
        if self._editing is not None or not self.context.flushes.flush_all():
            return
        panel = EditSession(self.context, self.session_id)
        panel.closed.connect(self._end_editing)
        panel.removed.connect(self._on_removed)
        panel.setMaximumWidth(self.context.theme.px(560))
        row = line(panel, None, margin=EDGE)
        row.setStretch(0, 1)
        self._editing = scrolling(holding(row))
        self._stack.addWidget(self._editing)
        self._stack.setCurrentWidget(self._editing)
        panel.begin()

    def _end_editing(self) -> None:
        self._show(self.face)

    def _drop_editing(self) -> None:
        editing, self._editing = self._editing, None
        if editing is not None:
            self._stack.removeWidget(editing)
            editing.deleteLater()

    def _on_removed(self) -> None:
        self._drop_editing()
        self.context.messages.info(self.context.texts.say("The meeting is removed."))
        self.context.navigate(Target("forum"))


def _tell_leaving(face: QWidget | None) -> None:
    telling = getattr(face, "leaving", None)
    if telling is not None:
        telling()


def _made_later(name: str, context: Context, session_id: int) -> QWidget:
    module, made = _LATER[name]
    return getattr(importlib.import_module(module), made)(context, session_id)
