"""The forums where somebody usually sits: a tick for each."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from rehabdesk.ui.parts.layouts import clear


class ForumTicks(QWidget):
    """`changed(set of ids)` when a person ticks."""

    changed = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self.setAccessibleName(name)
        self._choices: tuple[tuple[int, str], ...] = ()
        self._boxes: dict[int, QCheckBox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    @property
    def ticked(self) -> set[int]:
        """The ids of the forums that are ticked."""
        return {series_id for series_id, box in self._boxes.items() if box.isChecked()}

    def show_forums(self, choices: Iterable[tuple[int, str]], ticked: Iterable[int]) -> None:
        """Offer these forums (id, name) and tick some of them."""
        wanted = tuple(choices)
        if wanted != self._choices:
            self._choices = wanted
            self._build()
        chosen = set(ticked)
        for series_id, box in self._boxes.items():
            box.setChecked(series_id in chosen)

    def _build(self) -> None:
        clear(self._column)
        self._boxes = {}
        for series_id, name in self._choices:
            box = QCheckBox(name.replace("&", "&&"))
            box.setAccessibleName(name)
            # Not toggled: what the store says must not be taken for a person's wish.
            box.clicked.connect(self._on_clicked)
            self._column.addWidget(box)
            self._boxes[series_id] = box

    def _on_clicked(self) -> None:
        self.changed.emit(self.ticked)
