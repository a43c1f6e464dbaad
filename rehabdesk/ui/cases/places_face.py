"""Platser: her places, what she waits for and what was measured at the left; the lists and rounds there are at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.ui.cases.card_face import CardFace
from rehabdesk.ui.cases.measures_card import MeasuresCard
from rehabdesk.ui.cases.places_claims import ClaimsCard
from rehabdesk.ui.cases.places_register import BookCard, RegisterCard
from rehabdesk.ui.live import watch
from rehabdesk.ui.shell.context import Context

TABLES = frozenset({"booking", "offer", "pass_over", "place", "round", "occasion", "programme", "attendance"})


class PlacesFace(CardFace):
    """Everything about places in one case."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.claims, self.register, self.book = ClaimsCard(context), RegisterCard(context), BookCard(context)
        self.measures = MeasuresCard(context)
        self._row: CaseRow | None = None
        super().__init__(context, (self.claims, self.register, self.measures), (self.book,), parent)
        watch(self, context.store, TABLES, self._refresh)

    def show_case(self, row: CaseRow) -> None:
        """Show this case."""
        was_here = self._has_focus()
        self._row = row
        super().show_case(row)
        # What had the keyboard may be gone with what was answered.
        if was_here and not self._has_focus():
            self.focus_first()

    def _refresh(self) -> None:
        if self._row is not None:
            self.show_case(self._row)

    def _has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused) and focused.isVisibleTo(self)
