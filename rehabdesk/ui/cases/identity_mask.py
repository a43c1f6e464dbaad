"""The identity number beside the name of a case."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rehabdesk.services import cases
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.ui.parts.basics import Link, Muted
from rehabdesk.ui.parts.layouts import line
from rehabdesk.ui.parts.tokens import GAP
from rehabdesk.ui.shell.context import Context


class IdentityMask(QWidget):
    """The identity number by its last four, and whole when asked for: that is logged."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._case: CaseRow | None = None
        self.number = Muted(wrap=False)
        self.toggle = Link(context.texts.say("show"))
        self.setLayout(line(self.number, self.toggle, gap=GAP))
        self.toggle.clicked.connect(self._on_toggled)
        self._is_whole = False

    def show_case(self, row: CaseRow) -> None:
        """The number of this case's participant; whole only while it stays the same."""
        same = self._case is not None and (self._case.id, self._case.last_four) == (row.id, row.last_four)
        self._case = row
        self.setVisible(bool(row.last_four))
        if not same or not self._is_whole:
            self.mask()

    def mask(self) -> None:
        """Only the last four."""
        self._is_whole = False
        self.number.setText(f"••••••-{self._case.last_four}" if self._case is not None else "")
        self._name_toggle(self._context.texts.say("show"))

    def _on_toggled(self) -> None:
        if self._is_whole or self._case is None:
            self.mask()
            return
        self.number.setText(cases.show_identity_number(self._context.store, self._case.participant_id))
        self._is_whole = True
        self._name_toggle(self._context.texts.say("hide"))

    def _name_toggle(self, words: str) -> None:
        self.toggle.set_words(words)
        self.toggle.setAccessibleName(f"{words}: {self._context.texts.say('Identity number')}")
