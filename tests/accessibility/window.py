"""The real window on its walk, for a screen reader to look at: says where it is, and goes on when it is told to.

`python -m tests.accessibility.window`: a line on standard output for each stop, a line on standard input to go on.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication

from rehabdesk.store.vault import harden_process
from tests.helpers.demo import demo_to_walk_in
from tests.helpers.walk import Look, Walk


class Turn(QObject):
    """Runs the event loop until a line comes in: the screen reader asks this process while it waits."""

    def __init__(self) -> None:
        super().__init__()
        self._loop = QEventLoop()
        self._heard = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._heard.activated.connect(self._on_heard)

    def wait(self) -> None:
        """Wait for the line."""
        self._loop.exec()

    def _on_heard(self) -> None:
        os.read(sys.stdin.fileno(), 1024)
        self._loop.quit()


def main() -> None:
    """Walk, stop by stop."""
    # As in life: memory that cannot be read from outside must not hide the window from a screen reader.
    harden_process()
    application = QApplication(["rehabdesk"])
    application.setApplicationName("rehabdesk")
    with tempfile.TemporaryDirectory(prefix="rehabdesk-heard-") as home:
        os.environ["REHABDESK_HOME"] = home
        vault, start = demo_to_walk_in(Path(home))
        turn = Turn()
        for stop in Walk(application, vault, Path(home), start, Look()).stops():
            print(f"stop {stop.name}", flush=True)
            turn.wait()
        print("end", flush=True)


if __name__ == "__main__":
    main()
