"""The meeting page on the real store: a forum, a session that is due, a page with two screens."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QApplication

from rehabdesk.texts import texts_for
from rehabdesk.ui.forum.meeting import MeetingPage
from rehabdesk.ui.parts.autosave import FlushRegistry
from rehabdesk.ui.shell.context import Context
from rehabdesk.ui.shell.messages import Messages
from tests.ui.forum.meeting.seed import Forum, make_forum


class FakeScreen:
    """A screen of which only the place matters."""

    def __init__(self, geometry: QRect) -> None:
        self._geometry = geometry

    def geometry(self) -> QRect:
        """Where it is."""
        return self._geometry


@dataclass
class FakeScreens:
    """The machine's screens, as the test has them: the real one and, if wanted, others."""

    extra: list[FakeScreen]

    def __call__(self) -> list[object]:
        return [*QApplication.screens(), *self.extra]


class FakeQueue(QObject):
    """Remembers what the meeting asked of the print queue; nothing is ever at the printer."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.job = None
        self.held = False

    def wake(self) -> None:
        """There is something to print."""
        self.said.append("wake")

    def hold(self) -> None:
        """Print nothing."""
        self.said.append("hold")

    def release(self) -> None:
        """Print again."""
        self.said.append("release")


@pytest.fixture
def forum(store, clock) -> Forum:
    """The ids of a forum with a meeting due."""
    return make_forum(store, clock)


@pytest.fixture
def went() -> list[object]:
    """Where the page asked to go."""
    return []


@pytest.fixture
def queue() -> FakeQueue:
    """The print queue."""
    return FakeQueue()


@pytest.fixture
def context(store, clock, theme, queue, went) -> Context:
    """What the page may use."""
    return Context(
        store=store, texts=texts_for("sv"), clock=clock, theme=theme, messages=Messages(), flushes=FlushRegistry(clock), queue=queue,
        navigate=went.append,
    )  # fmt: skip


@pytest.fixture
def screens() -> FakeScreens:
    """The laptop's screen and a projector beside it."""
    return FakeScreens([FakeScreen(QRect(10_000, 0, 1280, 720))])


@pytest.fixture
def page(qtbot, context, forum, screens, monkeypatch):
    """The page as one sees it when the meeting is about to begin."""
    monkeypatch.setattr("rehabdesk.ui.forum.meeting.big_screen.BigScreen.setScreen", lambda _self, _screen: None)
    shown = MeetingPage(context, forum.session, screens=screens)
    qtbot.addWidget(shown)
    shown.resize(1440, 900)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    yield shown
    shown.context.flushes.flush_all()
    shown.big_screen.turn_off()
