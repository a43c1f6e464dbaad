"""What takes the keyboard is seen: the page scrolls to it, also where a program and not Tab went there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget


class KeptInSight(QObject):
    """What takes the keyboard inside `root` comes into sight, however it was reached; a small form (`form_in_sight`) as a whole."""

    def __init__(self, root: QWidget, margin: int) -> None:
        super().__init__(root)
        self._root, self._margin = root, margin
        # In the next turn: what was opened this moment has no place yet.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._show)
        QApplication.instance().focusChanged.connect(self._on_focus)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        # What is being pressed with the mouse is in sight, and must not go away from under it.
        pressed = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if now is not None and not pressed and self._root.isAncestorOf(now):
            self._timer.start()

    def _show(self) -> None:
        now = QApplication.focusWidget()
        if now is None or not self._root.isAncestorOf(now):
            return
        form, around = None, now.parentWidget()
        while around is not None and around is not self._root:
            if around.property("form_in_sight"):
                form = around
            if isinstance(around, QScrollArea):
                if form is not None:
                    around.ensureWidgetVisible(form, 0, 8)
                around.ensureWidgetVisible(now, 0, self._margin if form is None else 8)
                return
            around = around.parentWidget()
