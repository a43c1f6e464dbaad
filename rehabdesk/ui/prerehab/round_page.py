"""One round and its faces: places, occasions, attendance, measurements, papers. Each is built when it is first looked at."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.store.queries.prerehab import rounds as queries
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.ui.live import watch, watch_day
from rehabdesk.ui.parts.basics import Badge, KeyButton
from rehabdesk.ui.parts.layouts import holding, page_body, scrolling
from rehabdesk.ui.prerehab.faces import ROOM, FaceStack, FaceStrip, RoundFace, round_faces
from rehabdesk.ui.prerehab.round_editing import EditRound
from rehabdesk.ui.prerehab.rounds_words import STATE_TONES, when_and_where
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.shell.page import Page

TABLES = {"round", "programme", "place", "booking", "offer", "occasion"}


class RoundPage(Page):
    """The page of one round; `gone` when it is no longer there."""

    gone = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.row: RoundRow | None = None
        self._round_id: int | None = None
        texts = context.texts
        self.state = Badge()
        self.header.add_badge(self.state)
        names = round_faces(texts)
        self.strip = FaceStrip(names, texts.say("Faces of the round"), texts.say("Alt 1–{n}", n=len(names)), self)
        self.strip.wanted.connect(self._go_to)
        self.edit_button = KeyButton(texts.say("Change the round"), "Ctrl+E")
        self.edit_button.clicked.connect(self.begin_editing)
        self.header.add_action(self.edit_button)
        self._editing: QWidget | None = None
        self._panel: EditRound | None = None
        self._stack = FaceStack(context)
        self.body.addWidget(self.strip)
        self.body.addWidget(self._stack, 1)
        watch(self, context.store, TABLES, self._refresh)
        watch_day(self, context.clock, self._refresh)

    @property
    def face(self) -> str:
        """Which face is shown."""
        return self.strip.face

    def show_round(self, round_id: int, face: str = "") -> bool:
        """Show a round on a face, or on the one shown last. False when what was typed in another could not be kept."""
        if round_id != self._round_id and not self.flush():
            return False
        self._round_id = round_id
        self._read()
        if self.row is not None:
            self._turn_to(face if self.strip.known(face) else self.face)
        return True

    def face_of(self, face: str) -> RoundFace:
        """A face, built if it was not; it is shown only when one turns to it."""
        return self._stack.face_of(face)

    def begin_editing(self) -> None:
        """Ctrl+E: change days, times and place, or cancel the round."""
        if self._editing is not None or self.row is None or self.row.cancelled_on is not None:
            return
        panel = EditRound(self.context, self.row)
        panel.done.connect(self._on_edited)
        panel.closed.connect(self.step_back)
        self._editing = scrolling(holding(page_body(panel, None)))
        self._stack.addWidget(self._editing)
        self._stack.setCurrentWidget(self._editing)
        self._panel = panel
        panel.begin()

    def step_back(self) -> bool:
        """Put away what stands open; False when nothing does. What is written in the round's form stays until one comes back."""
        if self._editing is not None:
            self._turn_to(self.face)
            return True
        return self._stack.has_faces and self.face_of(self.face).step_back()

    def flush(self) -> bool:
        """Keep what is typed in any face; all are tried."""
        return self._stack.flush()

    def focus_first(self) -> None:
        """Put the keyboard where one begins in the face."""
        if self.row is not None:
            self.face_of(self.face).focus_first()

    # --- internals ---

    def _go_to(self, face: str) -> None:
        if self._round_id is not None:
            self.context.navigate(Target(ROOM, "round", self._round_id, face))

    def _turn_to(self, face: str) -> None:
        self.strip.choose(face)
        self._drop_editing()
        wanted = self.face_of(face)
        wanted.show_round(self.row)
        self._stack.turn_to(wanted)

    def _read(self) -> None:
        today = self.context.clock.today()
        self.row = self.context.store.read(queries.round_of, self._round_id, today) if self._round_id is not None else None
        if self.row is None:
            return
        texts, state = self.context.texts, self.row.state(today)
        self.set_title(self.row.title, when_and_where(texts, self.row))
        self.state.show_word(texts.term(state), STATE_TONES[state])
        self.state.setToolTip(self.row.cancelled_reason)
        self.edit_button.setVisible(self.row.cancelled_on is None)

    def _refresh(self) -> None:
        if self._round_id is None:
            return
        before = self.row
        self._read()
        if self.row is None:
            self._round_id = None
            self.gone.emit()
        elif self.row != before and self._stack.has_faces:
            self.face_of(self.face).show_round(self.row)

    def _drop_editing(self) -> None:
        editing, self._editing = self._editing, None
        if editing is not None:
            # A field that loses the keyboard as it goes is written anew, and there would be nobody left to keep it.
            self._panel.leave()
            self._stack.removeWidget(editing)
            editing.deleteLater()

    def _on_edited(self, sentence: str) -> None:
        self._read()
        self._turn_to(self.face)
        self._stack.tell(sentence)
