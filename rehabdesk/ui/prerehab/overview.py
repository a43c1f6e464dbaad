"""The room's own faces: rounds, waiting list, figures, programmes; of all programmes or of one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rehabdesk.store.queries.prerehab import programmes as queries
from rehabdesk.store.queries.prerehab.programmes import ProgrammeRow
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import EmptyState
from rehabdesk.ui.parts.forms import ChoiceField
from rehabdesk.ui.prerehab.faces import PROGRAMMES, ROOM, WAITING, FaceStack, FaceStrip, RoomFace, room_faces
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.shell.page import Page
from rehabdesk.wording.shell import PREREHAB


class RoomOverview(Page):
    """What one sees on entering the room. Which programme is looked at holds for every face."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        texts = context.texts
        self.set_title(texts.say(PREREHAB))
        self._programme_id: int | None = None
        self._rows: tuple[ProgrammeRow, ...] = ()
        self.programme = ChoiceField(((None, texts.say("All programmes")),), texts.say("Show only this programme"))
        self.programme.changed.connect(self._on_programme)
        names = room_faces(texts)
        about, keys = texts.say("Faces of pre-rehabilitation"), texts.say("Alt 1–{n}", n=len(names))
        self.strip = FaceStrip(names, about, keys, self, self.programme)
        self.strip.wanted.connect(self._go_to)
        self._stack = FaceStack(context)
        self._empty = EmptyState(
            texts.say("No programme yet."),
            texts.say("A programme tells who supplies it, for whom, and who is controller. Then you plan its rounds."),
            texts.say("New programme"), self._begin_programme,
        )  # fmt: skip
        self._stack.addWidget(self._empty)
        self.body.addWidget(self.strip)
        self.body.addWidget(self._stack, 1)
        watch(self, context.store, {"programme"}, self._refresh)

    @property
    def face(self) -> str:
        """Which face is chosen."""
        return self.strip.face

    def show_face(self, face: str = "", programme_id: int | None = None) -> None:
        """Turn to a face, or stay at the one shown; with a programme, choose that."""
        if programme_id is not None:
            self._programme_id = programme_id
        # The first programme may have been made a moment ago.
        self._read()
        self._turn_to(face if self.strip.known(face) else self.face)

    def face_of(self, face: str) -> RoomFace:
        """A face, built if it was not; it is shown only when one turns to it."""
        return self._stack.face_of(face)

    def step_back(self) -> bool:
        """Put away what stands open in the face; False when nothing does."""
        shown = self._stack.currentWidget()
        return shown is not self._empty and shown.step_back()

    def flush(self) -> bool:
        """Keep what is typed in any face; all are tried."""
        return self._stack.flush()

    def focus_first(self) -> None:
        """Put the keyboard where one begins in the face, or on the first thing to do."""
        shown = self._stack.currentWidget()
        if shown is self._empty:
            self._empty.button.setFocus()
        else:
            shown.focus_first()

    # --- internals ---

    def _go_to(self, face: str) -> None:
        self.context.navigate(Target(ROOM, "", None, face))

    def _turn_to(self, face: str) -> None:
        self.strip.choose(face)
        self._show_choice()
        if not self._rows and face != PROGRAMMES:
            self._stack.setCurrentWidget(self._empty)
            return
        wanted = self.face_of(face)
        wanted.show_programme(self._programme_id)
        self._stack.turn_to(wanted)

    def _refresh(self) -> None:
        self._read()
        if self._stack.has_faces or self._rows:
            self._turn_to(self.face)

    def _read(self) -> None:
        self._rows = self.context.store.read(queries.programmes, ended=True)
        if self._programme_id not in {row.id for row in self._rows}:
            self._programme_id = None
        self._show_choice()

    def _show_choice(self) -> None:
        """A waiting list is of one programme, so there no choice says that all are shown."""
        named = [(row.id, row.name) for row in self._rows]
        is_of_one = self.face == WAITING and bool(named)
        self.programme.set_choices(named if is_of_one else [(None, self.context.texts.say("All programmes")), *named])
        first = next((row.id for row in self._rows if row.ended_on is None), named[0][0] if named else None)
        self.programme.set_value(first if is_of_one and self._programme_id is None else self._programme_id)
        self.programme.setVisible(len(named) > 1)

    def _on_programme(self, programme_id: int | None) -> None:
        self._programme_id = programme_id
        self._turn_to(self.face)

    def _begin_programme(self) -> None:
        self._go_to(PROGRAMMES)
        if self.face == PROGRAMMES:
            self.face_of(PROGRAMMES).begin_new()
