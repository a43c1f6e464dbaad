"""What the parts of the settings page have in common."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.ui.parts.tokens import PAD
from rehabdesk.ui.shell.context import Context

WIDEST = 920
"""Fields wider than this are harder to read, not easier to fill in."""


class Section(QWidget):
    """One part of the settings; `rows` is where its cards go."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setProperty("part", "clear")
        self.setMaximumWidth(context.theme.px(WIDEST))
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(PAD + 4)

    def open_row(self, row_id: int) -> None:
        """Show this row, where the section has rows."""

    def step_back(self) -> bool:
        """Esc: leave what is open inside; False when nothing is."""
        return False
