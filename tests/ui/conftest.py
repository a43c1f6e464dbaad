"""What pages are built with in tests: a theme, and a context on the real store."""

from __future__ import annotations

import gc

import pytest


def bury() -> None:
    """Let what an earlier test threw away go now: nothing of it is restyled, refreshed or destroyed in the midst of the next."""
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


@pytest.fixture
def theme(qapp):
    """The light palette, on the application."""
    from rehabdesk.ui.parts.theme import Theme
    from rehabdesk.ui.parts.tokens import Mode

    bury()
    made = Theme(qapp, Mode.LIGHT)
    yield made
    made.deleteLater()


@pytest.fixture
def context(theme, store, texts, clock):
    """A page's context on the real, empty store; it navigates nowhere and prints nothing."""
    from rehabdesk.ui.parts.autosave import FlushRegistry
    from rehabdesk.ui.shell.context import Context
    from rehabdesk.ui.shell.messages import Messages

    return Context(store, texts, clock, theme, Messages(), FlushRegistry(clock))


@pytest.fixture
def shown(qtbot):
    """Show a widget as a window of its own that has the keyboard."""

    def show(widget, width=1280, height=800):
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    return show
