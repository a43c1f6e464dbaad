"""Python's garbage, collected on the main thread alone.

Left to itself Python collects on whichever thread happens to allocate: on the one that renders a page of PDF or imports
a library, too. Widgets among the garbage would be destroyed there, and Qt allows that on its own thread only.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 1000
"""Milliseconds between two looks."""


class Collector(QObject):
    """Looks every second whether there is enough to collect, by Python's own measure."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self)
        timer.setInterval(EVERY)
        timer.timeout.connect(self.look)
        timer.start()

    def look(self) -> None:
        """Collect the oldest generation that is full, and the younger ones with it."""
        for generation in (2, 1, 0):
            most = gc.get_threshold()[generation]
            if most and gc.get_count()[generation] > most:
                gc.collect(generation)
                return
