"""Work on a thread: key derivation and heavy imports, so that the window answers meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from rehabdesk.domain.problems import Refused


class Work(QObject):
    """One function on one thread. `done` and `refused` come on the main thread, and after either, or an error of ours, `ended`."""

    done = Signal(object)
    refused = Signal(object)
    ended = Signal()

    def __init__(self, function: Callable[[], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._function = function

    def start(self) -> None:
        """Begin; a process that ends does not wait for it."""
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        try:
            answer = self._function()
        except Refused as refused:
            self.refused.emit(refused)
        else:
            self.done.emit(answer)
        finally:
            # Errors of ours go on to the hook for threads, which tells them.
            self.ended.emit()
