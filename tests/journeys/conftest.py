"""The real window, from nothing: a desk as `app` makes it, with a printer that keeps what it is given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from rehabdesk import app
from rehabdesk.paths import settings_file
from rehabdesk.settings import Settings
from rehabdesk.ui.printing import PrintQueue
from rehabdesk.ui.printing.printers import PrinterChoice
from rehabdesk.ui.shell import open_vault
from rehabdesk.ui.shell.desk import Beginning, Desk, World
from tests.helpers.clock import FakeClock
from tests.helpers.hands import wait_for
from tests.helpers.printing import RecordingPrinter
from tests.helpers.vaults import CHEAP

PRINTER = "Kontorsskrivaren"


class Successors:
    """Fresh processes that were asked for; each says at once that it has painted."""

    def __init__(self) -> None:
        self.started: list[list[str]] = []
        self.left: list[int] = []

    def start(self, arguments) -> Successors:
        """Remember how it was started."""
        self.started.append(list(arguments))
        return self

    def wait_until_painted(self) -> None:
        """It has."""

    def leave(self, code: int) -> None:
        """The old process would end here."""
        self.left.append(code)


@pytest.fixture
def clock() -> FakeClock:
    """The Friday before the first meeting."""
    return FakeClock(datetime(2026, 11, 20, 9, 0))


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> RecordingPrinter:
    """The printer of the office, and the system's dialog that answers with it."""
    recording = RecordingPrinter()

    def ask(_parent, _texts, _now) -> PrinterChoice:
        return PrinterChoice(PRINTER)

    monkeypatch.setattr(open_vault, "PrintQueue", partial(PrintQueue, printer_factory=recording, ask=ask))
    return recording


@pytest.fixture
def successors() -> Successors:
    return Successors()


@pytest.fixture
def begin(theme, clock, printer, successors, qapp) -> Iterator:
    """`begin(vault)` starts the program: the lock screen of a vault, or the first run without one."""
    desks: list[Desk] = []

    def begin(vault: Path | None = None) -> Desk:
        world = World(
            clock, Settings(settings_file()), app.open_store, successors.leave, successors.start, kdf=CHEAP, preload=False,
        )
        desk = Desk(world, theme, "sv", Beginning(vault))
        desks.append(desk)
        desk.begin()
        desk.front.resize(1440, 900)
        desk.front.activateWindow()
        wait_for(desk.front.isActiveWindow, "the first window to be active")
        return desk

    yield begin
    for desk in desks:
        desk.close_vault()
        desk.deleteLater()
    for window in QApplication.topLevelWidgets():
        window.hide()
        window.deleteLater()
    # Now, and not at some later test's leisure: what is left of a window looks at the clock once a minute, and its vault is closed.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def theme(qapp):
    """The light palette, on the application."""
    from rehabdesk.ui.parts.theme import Theme
    from rehabdesk.ui.parts.tokens import Mode

    made = Theme(qapp, Mode.LIGHT)
    yield made
    made.deleteLater()
