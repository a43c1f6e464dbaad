"""A panel laid over the window: for search and for the list of keys. Never a dialog, so nothing behind it is blocked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from rehabdesk.ui.parts.basics import Heading
from rehabdesk.ui.parts.tokens import EDGE, GAP, PAD

WIDEST = 720
#: How much of the page shows through beside a panel, of 255.
DIMMED = 90


class _Scrim(QWidget):
    """Dims the page beside a panel, and closes it when it is pressed: what one reads lies on top."""

    pressed = Signal()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, DIMMED))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        event.accept()
        self.pressed.emit()


class Overlay(QFrame):
    """Hidden until opened; gives the keyboard back to where it was when it is closed."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("part", "card")
        self.setAccessibleName(title)
        self._before: QWidget | None = None
        self._scrim = _Scrim(parent)
        self._scrim.hide()
        self._scrim.pressed.connect(self.close_overlay)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(PAD, PAD, PAD, PAD)
        self.rows.setSpacing(GAP)
        self.rows.addWidget(Heading(title))
        parent.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show it over everything else in the window."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._place()
        self._scrim.show()
        self._scrim.raise_()
        self.show()
        self.raise_()

    def close_overlay(self) -> None:
        """Put it away, and go back to where the keyboard was."""
        self.hide()
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """The page is as it was."""
        super().hideEvent(event)
        self._scrim.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stay in the middle of the window."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        if event.type() is QEvent.Type.ChildRemoved and event.child() is self._before:
            self._before = None
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        parent = self.parentWidget()
        self._scrim.setGeometry(parent.rect())
        width = min(WIDEST, parent.width() - 2 * EDGE)
        height = parent.height() * 3 // 4
        self.setGeometry((parent.width() - width) // 2, parent.height() // 10, width, height)
