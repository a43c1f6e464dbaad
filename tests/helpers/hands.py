"""Somebody who works with the keyboard alone: goes to a control by Tab until it is the one with that name, and types."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from rehabdesk.ui.live import LOOK_AGAIN_AFTER
from rehabdesk.ui.shell.desk import Desk
from rehabdesk.ui.shell.main_window import MainWindow
from tests.helpers.keys import NONE, press, type_text
from tests.helpers.vaults import PASSPHRASE

MOST_TABS = 120
MOST_CHOICES = 60
PATIENCE = 20.0


def unlock(desk: Desk) -> MainWindow:
    """Type the passphrase on the lock screen; the window it opens."""
    type_text(None, f"{PASSPHRASE}\n")
    return window_of(desk)


def window_of(desk: Desk) -> MainWindow:
    """The window of a vault that is being opened, once one can work in it."""
    wait_for(lambda: desk.open_vault is not None, "the vault to open")
    window = desk.open_vault.window
    window.resize(1440, 900)
    window.activateWindow()
    wait_for(window.isActiveWindow, "the window to be active")
    return window


def look_at_the_date(page: QWidget) -> None:
    """What a page does by itself within a minute of midnight."""
    for timer in page.findChildren(QTimer):
        if timer.interval() == LOOK_AGAIN_AFTER:
            timer.timeout.emit()


def name_of(widget: QWidget) -> str:
    """What a screen reader calls it."""
    # Qt calls a choice by its value on Linux, and by its name elsewhere.
    interface = QAccessible.queryAccessibleInterface(widget)
    return widget.accessibleName() or (interface.text(QAccessible.Text.Name) if interface is not None else "")


def go_to(name: str, *, part: bool = False) -> QWidget:
    """Tab until the control with this name (or with this as a `part` of it) has the focus; fails when Tab never comes by."""
    passed = []
    for _ in range(MOST_TABS):
        focused = QApplication.focusWidget()
        if focused is not None and (name_of(focused) == name or (part and name in name_of(focused))):
            return focused
        passed.append(name_of(focused) if focused is not None else None)
        press(None, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never came to {name!r}, only by {list(dict.fromkeys(passed))}")


def fill(name: str, text: str) -> None:
    """Go to a field and type in it."""
    go_to(name)
    type_text(None, text)


def push(name: str) -> None:
    """Go to a button and press it."""
    go_to(name)
    press(None, Qt.Key.Key_Space)


def choose(name: str, words: str) -> None:
    """Go to a choice and walk down it until it says this."""
    field = go_to(name)
    key(Qt.Key.Key_Home)
    for _ in range(MOST_CHOICES):
        if field.currentText() == words:
            return
        key(Qt.Key.Key_Down)
    options = [field.itemText(place) for place in range(field.count())]
    raise AssertionError(f"{name!r} has no choice {words!r}, only {options}")


def key(code: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press a key, wherever the focus is, and let what it did be shown."""
    press(None, code, modifiers)
    QApplication.sendPostedEvents()


def wait_for(condition: Callable[[], bool], what: str) -> None:
    """Let the window work until it is so."""
    until = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > until:
            raise AssertionError(f"waited in vain for {what}")
        QTest.qWait(5)
