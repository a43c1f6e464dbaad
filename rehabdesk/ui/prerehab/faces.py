"""The faces of the room and of a round: which there are, what they are called, and the strip one turns to them by."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QWidget

from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import Muted
from rehabdesk.ui.parts.layouts import line
from rehabdesk.ui.parts.tokens import EDGE, PAD
from rehabdesk.ui.shell.context import Context

ROOM = "prerehab"

ROUNDS, WAITING, FIGURES, PROGRAMMES = ("rounds", "waiting", "figures", "programmes")
PLACES, OCCASIONS, ATTENDANCE, MEASURES, PAPERS = ("places", "occasions", "attendance", "measures", "papers")

#: Module and class: a face is imported when it is first looked at, so that the room opens at once.
_ROOM_FACES = {
    ROUNDS: ("rounds_face", "RoundsFace"),
    WAITING: ("waiting_face", "WaitingFace"),
    FIGURES: ("figures_face", "FiguresFace"),
    PROGRAMMES: ("programmes_face", "ProgrammesFace"),
}
_ROUND_FACES = {
    PLACES: ("places_face", "PlacesFace"),
    OCCASIONS: ("occasions_face", "OccasionsFace"),
    ATTENDANCE: ("attendance_face", "AttendanceFace"),
    MEASURES: ("measures_face", "MeasuresFace"),
    PAPERS: ("papers_face", "RoundPapersFace"),
}
_FACES = _ROOM_FACES | _ROUND_FACES


class RoomFace(Protocol):
    """One side of the room. It watches its own tables; the room tells it which programme, or None for all of them."""

    def show_programme(self, programme_id: int | None) -> None:
        """Show one programme, or all."""

    def focus_first(self) -> None:
        """Put the keyboard where one begins."""

    def step_back(self) -> bool:
        """Put away what stands open; False when nothing does."""

    def flush(self) -> bool:
        """Keep what is typed; False when it could not be kept."""


class RoundFace(Protocol):
    """One side of a round. It watches its own tables; the page tells it which round, and anew when the round's head has changed."""

    def show_round(self, row: RoundRow) -> None:
        """Show this round."""

    def focus_first(self) -> None:
        """Put the keyboard where one begins."""

    def step_back(self) -> bool:
        """Put away what stands open; False when nothing does."""

    def flush(self) -> bool:
        """Keep what is typed; False when it could not be kept."""


def room_faces(texts: Texts) -> dict[str, str]:
    """What each face of the room is called, in order."""
    return {
        ROUNDS: texts.name("prerehab face", "Rounds"),
        WAITING: texts.name("prerehab face", "Waiting list"),
        FIGURES: texts.name("prerehab face", "Figures"),
        PROGRAMMES: texts.name("prerehab face", "Programmes"),
    }


def round_faces(texts: Texts) -> dict[str, str]:
    """What each face of a round is called, in order."""
    return {
        PLACES: texts.name("round face", "Places"),
        OCCASIONS: texts.name("round face", "Occasions"),
        ATTENDANCE: texts.name("round face", "Attendance"),
        MEASURES: texts.name("round face", "Measurements"),
        PAPERS: texts.name("round face", "Papers"),
    }


def make_face(face: str, context: Context) -> QWidget:
    """A face, made."""
    module, made = _FACES[face]
    return getattr(importlib.import_module(f"{__package__}.{module}"), made)(context)


class FaceStack(QStackedWidget):
    """The faces that have been looked at, each built the first time, beside what else the page puts there. What a face tells is said."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._faces: dict[str, QWidget] = {}

    @property
    def has_faces(self) -> bool:
        """Whether any face has been looked at."""
        return bool(self._faces)

    def face_of(self, face: str) -> QWidget:
        """A face, built if it was not; it is shown only when one turns to it."""
        if face not in self._faces:
            made = self._faces[face] = make_face(face, self._context)
            self.addWidget(made)
            told = getattr(made, "told", None)
            if told is not None:
                told.connect(self.tell)
        return self._faces[face]

    def turn_to(self, face: QWidget) -> None:
        """Show a face, with the keyboard where one begins; what is typed elsewhere is kept first."""
        if self.currentWidget() is not face:
            self._context.flushes.flush_all()
            self.setCurrentWidget(face)
            face.focus_first()

    def flush(self) -> bool:
        """Keep what is typed in any face; all are tried."""
        return all([face.flush() for face in self._faces.values()])

    def tell(self, sentence: str) -> None:
        """Say what was done, and that it can be taken back."""
        self._context.say_done(sentence)


class FaceStrip(QFrame):
    """The tabs of some faces with their keys, Alt+1 and on, and beside them what the page puts there. `wanted(face)`."""

    wanted = Signal(str)

    def __init__(self, names: Mapping[str, str], about: str, keys: str, parent: QWidget, *beside: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("part", "header")
        self._faces = tuple(names)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        # Never an arrow: in a narrow window the words are cut, and told whole by the tooltip.
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setAccessibleName(about)
        for place, (face, name) in enumerate(names.items(), start=1):
            key = QKeySequence(f"Alt+{place}")
            self.tabs.addTab(name)
            self.tabs.setTabToolTip(place - 1, f"{name}  {key.toString(QKeySequence.SequenceFormat.NativeText)}")
            QShortcut(key, parent).activated.connect(partial(self.wanted.emit, face))
        for key, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            QShortcut(QKeySequence(key), parent).activated.connect(partial(self._step, step))
        self.tabs.currentChanged.connect(self._on_tab)
        row = line(self.tabs, *beside, Muted(keys, wrap=False), gap=PAD)
        # With room to spare the bold word of the chosen tab pushes nothing out of sight.
        row.setStretch(0, 1)
        row.setContentsMargins(EDGE, 0, EDGE, 0)
        self.setLayout(row)

    @property
    def face(self) -> str:
        """The face whose tab is chosen."""
        return self._faces[self.tabs.currentIndex()]

    def known(self, face: str) -> bool:
        """Whether there is such a face."""
        return face in self._faces

    def choose(self, face: str) -> None:
        """Choose a tab; nothing is told."""
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(self._faces.index(face))
        self.tabs.blockSignals(False)

    def _step(self, step: int) -> None:
        self.wanted.emit(self._faces[(self.tabs.currentIndex() + step) % len(self._faces)])

    def _on_tab(self, place: int) -> None:
        self.wanted.emit(self._faces[place])
