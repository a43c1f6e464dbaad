"""Locking ends the process: everything is covered, a fresh process paints the lock screen, and this one leaves.

The two speak over the fresh one's standard output: it writes one line when it has painted. No socket, no file.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6 import QtCore
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import Muted, Title
from rehabdesk.ui.parts.layouts import column

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

LONGEST_GOODBYE = 2.0
"""Seconds until a process that was locked leaves, whatever still runs."""
PAINTED = b"painted\n"
_STANDARD_OUTPUT = 1


class Successor(Protocol):
    """The fresh process, as the old one sees it."""

    def wait_until_painted(self) -> None:
        """Return when its lock screen is painted, or when it is gone."""


Starter = Callable[[Sequence[str]], Successor]


class Cover(QFrame):
    """An opaque page: laid over a window, or a window of its own over a screen that was covered before."""

    def __init__(self, texts: Texts, over: QWidget | None = None) -> None:
        super().__init__(over)
        self.setProperty("part", "page")
        self.setProperty("focusPolicy", "StrongFocus")
        title, words = Title("rehabdesk"), Muted(texts.say("Locked"))
        for label in (title, words):
            label.setProperty("alignment", "AlignCenter")
        self.setLayout(column(None, title, words, None))
        self.setAccessibleName(texts.say("Locked"))
        if over is None:
            self.setWindowTitle("rehabdesk")
            self.setWindowFlag(QtCore.Qt.WindowType.FramelessWindowHint)
        else:
            over.installEventFilter(self)
            self.setGeometry(over.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stay as large as what is covered."""
        if event.type() is QtCore.QEvent.Type.Resize and watched is self.parentWidget():
            self.setGeometry(self.parentWidget().rect())
        return super().eventFilter(watched, event)


def cover_everything(texts: Texts) -> tuple[Cover, ...]:
    """Cover every window there is, painted before this returns."""
    covers = []
    for popup in _popups():
        popup.close()
    for window in _windows():
        window.setWindowTitle("rehabdesk")
        cover = Cover(texts, window)
        cover.show()
        cover.raise_()
        cover.setFocus(QtCore.Qt.FocusReason.OtherFocusReason)
        # Painted now, not when the event loop comes round: closing the vault stands between.
        cover.repaint()
        # Its keys must reach nothing behind the cover.
        window.setEnabled(False)
        covers.append(cover)
    return tuple(covers)


def places_of_windows(first: QWidget) -> str:
    """Where the windows are, for the fresh process: `first`, then the others, as x,y,width,height,state."""
    others = [window for window in _windows() if window is not first]
    return ";".join(_place_of(window) for window in (first, *others))


def take_place(window: QWidget, place: str) -> None:
    """Put a window where another one was; a place that cannot be read is no place."""
    parts = place.split(",")
    if len(parts) != 5 or not all(part.lstrip("-").isdigit() for part in parts[:4]):
        return
    window.setGeometry(QtCore.QRect(*map(int, parts[:4])))
    if parts[4] == "full":
        window.setWindowState(QtCore.Qt.WindowState.WindowFullScreen)
    elif parts[4] == "max":
        window.setWindowState(QtCore.Qt.WindowState.WindowMaximized)


def start_successor(arguments: Sequence[str]) -> Successor:
    """Start the program anew, from a frozen one as from a checkout."""
    return _Process(arguments)


def say_painted() -> None:
    """Tell the process that started this one, if it listens; afterwards nothing is left to say to it."""
    try:
        os.write(_STANDARD_OUTPUT, PAINTED)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, _STANDARD_OUTPUT)
        os.close(nowhere)
    except OSError:
        # The old process has left already: it waits two seconds and no longer.
        return


def command(arguments: Sequence[str]) -> list[str]:
    """Our own entry."""
    frozen = getattr(sys, "frozen", False)
    return [sys.executable, *arguments] if frozen else [sys.executable, "-m", "rehabdesk", *arguments]


class Goodbye(QObject):
    """Waits until the fresh process has painted, but no longer than it may, and leaves."""

    _painted = Signal()

    def __init__(self, successor: Successor, leave: Callable[[], None], longest: float, parent: QObject | None = None) -> None:
        """`longest` in seconds."""
        super().__init__(parent)
        self._leave = leave
        self._has_left = False
        self._painted.connect(self._go)
        self._last = QTimer(self)
        self._last.setSingleShot(True)
        self._last.timeout.connect(self._go)
        self._last.start(max(0, round(longest * 1000)))
        threading.Thread(target=self._wait, args=(successor,), daemon=True).start()

    def _wait(self, successor: Successor) -> None:
        successor.wait_until_painted()
        self._painted.emit()

    def _go(self) -> None:
        if not self._has_left:
            self._has_left = True
            self._last.stop()
            self._leave()


class _Process:
    """The real one."""

    def __init__(self, arguments: Sequence[str]) -> None:
        # Not on the way to the lock screen.
        import subprocess

        found = [str(Path(__file__).resolve().parents[3]), *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            command(arguments), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(found)},
        )

    def wait_until_painted(self) -> None:
        """A line, or the end of the pipe where the process died."""
        assert self._process.stdout is not None
        self._process.stdout.readline()


def state_of(window: QWidget) -> str:
    """Where a window stands, as the settings keep it."""
    return bytes(window.saveGeometry().toBase64().data()).decode("ascii")


def restore_state(window: QWidget, state: str) -> bool:
    """Put it back there. What was closed while a meeting filled the screen begins with its frame."""
    kept = QtCore.QByteArray(state.encode("ascii"))
    done = window.restoreGeometry(QtCore.QByteArray.fromBase64(kept))
    if window.isFullScreen():
        window.setWindowState(QtCore.Qt.WindowState.WindowMaximized)
    return done


def _windows() -> list[QWidget]:
    return [window for window in QApplication.topLevelWidgets() if window.isVisible() and not _is_popup(window)]


def _popups() -> list[QWidget]:
    return [window for window in QApplication.topLevelWidgets() if window.isVisible() and _is_popup(window)]


def _is_popup(window: QWidget) -> bool:
    return window.windowType() in (QtCore.Qt.WindowType.Popup, QtCore.Qt.WindowType.ToolTip)


def _place_of(window: QWidget) -> str:
    box = window.geometry()
    state = "full" if window.isFullScreen() else "max" if window.isMaximized() else "normal"
    return f"{box.x()},{box.y()},{box.width()},{box.height()},{state}"
