"""The two buttons under a record: end it or take it up again, and remove it; with the reason where that is refused."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.problems import Refused
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import KeyButton
from rehabdesk.ui.parts.forms import FieldProblem
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding


class Ending(QWidget):
    """`removed` after a removal. What is refused is said beneath, and the keyboard goes to the button that ends instead."""

    removed = Signal()

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._texts = texts
        self._ended = False
        self._verbs: tuple[Callable[[], None], Callable[[], None], Callable[[], None]] | None = None
        self.end = KeyButton(texts.name("contact", "End"))
        self.remove = KeyButton(texts.name("button", "Remove"), "Ctrl+Del", kind="danger")
        self.problem = FieldProblem()
        buttons = FlowLayout()
        buttons.addWidget(self.end)
        buttons.addWidget(self.remove)
        self.setLayout(column(holding(buttons), self.problem))
        self.end.clicked.connect(self._on_end)
        self.remove.clicked.connect(self._on_remove)

    def show_for(self, ended: bool, end: Callable[[], None], reopen: Callable[[], None], remove: Callable[[], None]) -> None:
        """What the buttons do for the record that is shown."""
        self._ended = ended
        self._verbs = (end, reopen, remove)
        self.end.set_words(self._texts.name("contact", "Take up again") if ended else self._texts.name("contact", "End"))
        self.problem.tell("")

    def _on_end(self) -> None:
        if self._verbs is not None:
            end, reopen, _ = self._verbs
            self._do(reopen if self._ended else end)

    def _on_remove(self) -> None:
        if self._verbs is not None and self._do(self._verbs[2]):
            self.removed.emit()

    def _do(self, verb: Callable[[], None]) -> bool:
        try:
            verb()
        except Refused as refused:
            self.problem.tell(self._texts.problems(refused.problems))
            self.end.setFocus()
            return False
        self.problem.tell("")
        return True
