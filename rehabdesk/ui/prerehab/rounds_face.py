"""Omgångar: every round with how full it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.store.queries.prerehab import rounds as queries
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.layouts import page_body
from rehabdesk.ui.prerehab.faces import ROOM
from rehabdesk.ui.prerehab.rounds_table import rounds_table
from rehabdesk.ui.shell.context import Context, Target

TABLES = {"round", "programme", "place", "booking", "offer", "occasion"}


class RoundsFace(QWidget):
    """The face of the room where rounds are planned and opened."""

    told = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._programme_id: int | None = None
        self.table = rounds_table(context)
        self.table.opened.connect(self._on_opened)
        self.setLayout(page_body(self.table))
        watch(self, context.store, TABLES, self._refresh)

    def show_programme(self, programme_id: int | None) -> None:
        """Only the rounds of this programme, or all."""
        if programme_id != self._programme_id:
            self._programme_id = programme_id
            self._refresh()

    def focus_first(self) -> None:
        """The keyboard starts in the table."""
        self.table.setFocus()

    def step_back(self) -> bool:
        """Nothing stands open."""
        return False

    def flush(self) -> bool:
        """Nothing is typed here."""
        return True

    def _refresh(self) -> None:
        self.table.set_rows(self._context.store.read(queries.rounds, self._context.clock.today(), programme_id=self._programme_id))

    def _on_opened(self, row: RoundRow) -> None:
        self._context.navigate(Target(ROOM, "round", row.id))
