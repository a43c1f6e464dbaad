"""Tillfällen: the occasions of one round."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.store.queries.prerehab import occasions as queries
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.layouts import page_body
from rehabdesk.ui.prerehab.occasions_table import occasions_table
from rehabdesk.ui.shell.context import Context


class OccasionsFace(QWidget):
    """The face of a round where its days are changed."""

    told = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._round: RoundRow | None = None
        self.table = occasions_table(context)
        self.setLayout(page_body(self.table))
        watch(self, context.store, {"occasion"}, self._refresh)

    def show_round(self, row: RoundRow) -> None:
        """Show this round's occasions."""
        self._round = row
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
        if self._round is not None:
            self.table.set_rows(self._context.store.read(queries.of_round, self._round.id))
