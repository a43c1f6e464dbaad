"""The one bridge from the store to the window: views ask again when what they show has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from rehabdesk.domain.clock import Clock
    from rehabdesk.store.history import Change
    from rehabdesk.store.store import Store

Refresh = Callable[[], None]

LOOK_AGAIN_AFTER = 60_000
"""Milliseconds between two looks at the date."""


def watch(widget: QWidget, store: Store, tables: Iterable[str], refresh: Refresh) -> None:
    """Call `refresh` now, and again after every change to one of `tables`, for as long as `widget` lives.

    Many changes in one turn of the event loop give one call. While `widget` cannot be seen it goes stale, and is
    refreshed when it is shown.
    """
    _Watch(widget, store, frozenset(tables), refresh)
    refresh()


def watch_day(widget: QWidget, clock: Clock, refresh: Refresh) -> None:
    """Call `refresh` when the day has changed, for as long as `widget` lives: a window may stay open over midnight."""
    _DayWatch(widget, clock, refresh)


class _DayWatch(QTimer):
    def __init__(self, widget: QWidget, clock: Clock, refresh: Refresh) -> None:
        super().__init__(widget)
        self._clock = clock
        self._refresh = refresh
        self._day = clock.today()
        self.setInterval(LOOK_AGAIN_AFTER)
        self.timeout.connect(self._on_time)
        self.start()

    def _on_time(self) -> None:
        today = self._clock.today()
        if today != self._day:
            self._day = today
            self._refresh()


class _Watch(QObject):
    def __init__(self, widget: QWidget, store: Store, tables: frozenset[str], refresh: Refresh) -> None:
        super().__init__(widget)
        self._widget = widget
        self._tables = tables
        self._refresh = refresh
        self._stale = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_turn)
        widget.installEventFilter(self)
        self.destroyed.connect(_without_argument(store.subscribe(self._on_changes)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """A stale widget is refreshed before it is painted."""
        if event.type() is QEvent.Type.Show and self._stale:
            self._ask_again()
        return super().eventFilter(watched, event)

    def _on_changes(self, changes: frozenset[Change]) -> None:
        if any(change.table in self._tables for change in changes):
            self._stale = True
            self._timer.start()

    def _on_turn(self) -> None:
        if self._stale and self._widget.isVisible():
            self._ask_again()

    def _ask_again(self) -> None:
        self._stale = False
        self._timer.stop()
        self._refresh()


def _without_argument(function: Callable[[], None]) -> Callable[[object], None]:
    def called(_sender: object = None) -> None:
        function()

    return called
