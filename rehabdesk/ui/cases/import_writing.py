"""Writing an import a slice at a time, so that the window answers meanwhile: progress, a stop, and all or nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from rehabdesk.domain.import_check import Draft
from rehabdesk.domain.problems import Refused
from rehabdesk.services import case_import
from rehabdesk.ui.shell.context import Context

#: Seconds of work between two turns of the window.
SLICE = 0.020


class ImportWriting(QObject):
    """`progressed(done)` after each slice, then one of `finished(count)`, `stopped()` and `refused(problems)`.

    Leaving the page, locking and closing stop it: what is half written is nothing.
    """

    progressed = Signal(int)
    finished = Signal(int)
    stopped = Signal()
    refused = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._steps: Iterator[int] | None = None
        self._count = 0
        self._held_queue = False
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_turn)
        context.flushes.register(self)

    @property
    def is_writing(self) -> bool:
        """Whether it is under way."""
        return self._steps is not None

    def start(self, series_id: int, drafts: Sequence[Draft]) -> None:
        """Begin; the first slice comes in the window's next turn."""
        queue = self._context.queue
        self._held_queue = queue is not None and not queue.held
        if self._held_queue:
            # A copy that came out could not be kept as sent while the import holds the vault.
            queue.hold()
        self._count = len(drafts)
        self._steps = case_import.write(self._context.store, series_id, drafts)
        self._timer.start()

    def stop(self) -> None:
        """Take back what is written so far, and say so."""
        if self._end():
            self.stopped.emit()

    def flush(self) -> bool:
        """Before locking, closing and going elsewhere nothing half done is left open."""
        self.stop()
        return True

    def _on_turn(self) -> None:
        until, done = time.perf_counter() + SLICE, 0
        steps = self._steps
        assert steps is not None
        try:
            for done in steps:
                if time.perf_counter() >= until:
                    self.progressed.emit(done)
                    return
        except Refused as refused:
            self._end()
            self.refused.emit(refused.problems)
            return
        self._end()
        self.finished.emit(self._count)

    def _end(self) -> bool:
        steps, self._steps = self._steps, None
        self._timer.stop()
        if steps is None:
            return False
        steps.close()
        if self._held_queue:
            self._held_queue = False
            self._context.queue.release()
        return True
