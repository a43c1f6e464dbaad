"""A bot that waits longer than pytest-qt does by itself: on a busy machine a right answer may take its time."""

from __future__ import annotations

from typing import Any

from pytestqt.qtbot import QtBot

PATIENCE = 20_000
"""Milliseconds. Only a wrong answer ever takes this long."""


class PatientBot(QtBot):
    """The same, with more patience where the test names none."""

    def waitUntil(self, callback: Any, *, timeout: int = PATIENCE) -> None:  # noqa: N802
        """Until it holds."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE, **more: Any) -> Any:  # noqa: N802
        """Until it comes."""
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitActive(self, widget: Any, *, timeout: int = PATIENCE) -> Any:  # noqa: N802
        """Until it is the window one types in."""
        return super().waitActive(widget, timeout=timeout)

    def waitExposed(self, widget: Any, *, timeout: int = PATIENCE) -> Any:  # noqa: N802
        """Until it can be seen."""
        return super().waitExposed(widget, timeout=timeout)
