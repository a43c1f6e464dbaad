"""Saving while somebody types: at most a second behind, told when it went well, tried again when it did not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol
from weakref import WeakSet

from PySide6.QtCore import QObject, QTimer, Signal

from rehabdesk.domain.clock import Clock
from rehabdesk.domain.problems import Refused

SAVE_AFTER = 900
"""Milliseconds from the first unsaved keystroke to the save: a throttle, so steady typing is saved too."""
TRY_AGAIN_AFTER = 3000

Save = Callable[[str], None]


class Flushes(Protocol):
    """Anything that may hold unsaved text."""

    def flush(self) -> bool:
        """Save now; False when it could not be saved (the text is still held)."""


class FlushRegistry(QObject):
    """Everything on screen that may hold unsaved text: flushed before locking, pausing and closing.

    `saved(datetime)` and `failed(tuple[Problem, ...])` repeat what the fields say, for the status line; `left` comes
    when one of them has been left, so that what is typed next is an undo step of its own.
    """

    saved = Signal(object)
    failed = Signal(object)
    left = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._members: WeakSet[Flushes] = WeakSet()

    @property
    def clock(self) -> Clock:
        """The clock saves are timed with."""
        return self._clock

    def register(self, member: Flushes) -> None:
        """Flush this too, for as long as it lives."""
        self._members.add(member)

    def forget(self, member: Flushes) -> None:
        """It holds nothing more."""
        self._members.discard(member)

    def flush_all(self) -> bool:
        """Save everything held; False when something could not be saved. All are tried."""
        return all([member.flush() for member in tuple(self._members)])


class Autosaver(QObject):
    """The throttle itself: knows whether there is something to save, and saves it by `save`."""

    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, read: Callable[[], str], save: Save, registry: FlushRegistry, parent: QObject) -> None:
        """`read` gives the present text; `save` keeps it or raises `Refused` (a `StoreError` is one)."""
        super().__init__(parent)
        self._read = read
        self._save = save
        self._registry = registry
        self._pending = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)
        self.saved.connect(registry.saved)
        self.failed.connect(registry.failed)
        registry.register(self)

    @property
    def pending(self) -> bool:
        """Whether something is typed and not saved."""
        return self._pending

    def rebind(self, save: Save) -> None:
        """Save to another place from now on; only when nothing is pending."""
        if self._pending:
            raise RuntimeError("unsaved text would be saved to another place")
        self._save = save

    def touched(self) -> None:
        """Something was typed."""
        self._pending = True
        if not self._timer.isActive() or self._timer.interval() == TRY_AGAIN_AFTER:
            self._timer.start(SAVE_AFTER)

    def flush(self) -> bool:
        """Save now if there is anything to save."""
        if not self._pending:
            return True
        self._timer.stop()
        try:
            self._save(self._read())
        except Refused as refused:
            self._timer.start(TRY_AGAIN_AFTER)
            self.failed.emit(refused.problems)
            return False
        self._pending = False
        self.saved.emit(self._registry.clock.now())
        return True

    def leave(self) -> bool:
        """The field has been left: save, and begin a new step with whatever comes next."""
        done = self.flush()
        self._registry.left.emit()
        return done

    def _on_time(self) -> None:
        self.flush()
