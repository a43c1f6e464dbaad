"""Work on a thread: key derivation and heavy imports, so that the window answers meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, SignalInstance

from rehabdesk.domain.problems import Refused


class Work(QObject):
    """One function on one thread. `done` and `refused` come on the main thread, and after either, or an error of ours, `ended`.

    It has no parent: whoever asked may be gone before the answer, and the thread must still have whom to tell.
    """

    done = Signal(object)
    refused = Signal(object)
    ended = Signal()
    _answered = Signal(object)

    def __init__(self, function: Callable[[], Any]) -> None:
        super().__init__()
        self._function = function
        self._answered.connect(self._on_answered)

    def start(self) -> None:
        """Begin; a process that ends does not wait for it."""
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        tell: Callable[[], None] = self.ended.emit
        try:
            answer = self._function()
            tell = partial(self._tell, self.done, answer)
        except Refused as refused:
            tell = partial(self._tell, self.refused, refused)
        finally:
            # Errors of ours go on to the hook for threads, which tells them.
            self._answered.emit(tell)

    def _on_answered(self, tell: Callable[[], None]) -> None:
        tell()

    def _tell(self, signal: SignalInstance, answer: object) -> None:
        signal.emit(answer)
        self.ended.emit()
