"""Åtgärder: all actions, whom to ring about them, how long they have lain, and each party's list."""

from __future__ import annotations

import importlib
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QWidget

from rehabdesk.ui.actions.list_face import ListFace
from rehabdesk.ui.parts.basics import Muted
from rehabdesk.ui.parts.layouts import line
from rehabdesk.ui.parts.tokens import EDGE
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.shell.page import Page
from rehabdesk.wording.shell import ACTIONS

LIST, CALLS, AGEING, LISTS = FACES = ("list", "calls", "ageing", "lists")
#: The faces that are imported when they are first looked at.
_LATER = {
    CALLS: ("rehabdesk.ui.actions.calls_face", "CallsFace"),
    AGEING: ("rehabdesk.ui.actions.ageing_face", "AgeingFace"),
    LISTS: ("rehabdesk.ui.actions.lists_face", "ListsFace"),
}


class ActionsPage(Page):
    """The room of actions. Targets: `actions` with a face; kind `party` with an id chooses that party on the face."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.set_title(context.texts.say(ACTIONS))
        self._build()
        self.list = ListFace(context)
        self._faces: dict[str, QWidget] = {}
        self._take_in(LIST, self.list)
        self._listen()

    @property
    def face(self) -> str:
        """The face that is shown."""
        return FACES[self.tabs.currentIndex()]

    def open_target(self, target: Target) -> None:
        """A face, and on it a party where one is named."""
        self.show_face(target.face if target.face in FACES else LIST if target.kind == "party" else self.face)
        choosing = getattr(self._stack.currentWidget(), "choose_party", None)
        if target.kind == "party" and target.id is not None and choosing is not None:
            choosing(target.id)

    def show_face(self, face: str) -> QWidget:
        """Turn to a face; returns it."""
        if self.face != face:
            self.tabs.setCurrentIndex(FACES.index(face))
        else:
            self._show(face)
        return self._faces[face]

    def step_back(self) -> bool:
        """What the face has open first, then back to the list."""
        if self._stack.currentWidget().step_back():
            return True
        if self.face != LIST:
            self.show_face(LIST)
            return True
        return False

    def focus_first(self) -> None:
        """The first thing to act on in the face."""
        self._stack.currentWidget().focus_first()

    # --- internals ---

    def _build(self) -> None:
        texts = self.context.texts
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setAccessibleName(texts.say("Views of the actions"))
        words = (texts.say("All actions"), texts.say("Call list"), texts.say("How long they have lain"), texts.say("The parties' lists"))
        for place, name in enumerate(words, start=1):
            self.tabs.addTab(name)
            key = QKeySequence(f"Alt+{place}").toString(QKeySequence.SequenceFormat.NativeText)
            self.tabs.setTabToolTip(place - 1, f"{name}  {key}")
        self.tabs.currentChanged.connect(self._on_tab)
        strip = QFrame()
        strip.setProperty("part", "header")
        row = line(self.tabs, Muted(texts.say("Alt 1–4"), wrap=False))
        # With room to spare the bold word of the chosen tab pushes nothing out of sight.
        row.setStretch(0, 1)
        row.setContentsMargins(EDGE, 0, EDGE, 0)
        strip.setLayout(row)
        self._stack = QStackedWidget()
        self.body.addWidget(strip)
        self.body.addWidget(self._stack, 1)

    def _listen(self) -> None:
        for place, face in enumerate(FACES, start=1):
            shortcut = QShortcut(QKeySequence(f"Alt+{place}"), self)
            shortcut.activated.connect(partial(self.show_face, face))

    def _on_tab(self, place: int) -> None:
        self._show(FACES[place])

    def _show(self, face: str) -> None:
        # What is typed on the face that is left stays in its fields when it cannot be kept; the status line says so.
        self.context.flushes.flush_all()
        if face not in self._faces:
            module, name = _LATER[face]
            self._take_in(face, getattr(importlib.import_module(module), name)(self.context))
        self._stack.setCurrentWidget(self._faces[face])
        self.focus_first()

    def _take_in(self, face: str, widget: QWidget) -> None:
        self._faces[face] = widget
        self._stack.addWidget(widget)
        told = getattr(widget, "told", None)
        if told is not None:
            told.connect(self._on_told)

    def _on_told(self, sentence: str) -> None:
        self.context.say_done(sentence)
