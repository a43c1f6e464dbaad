"""Tab goes as the eye does: the focus chain is put in the order of the layouts, also for what was added later."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QWidget


def follow_layout(root: QWidget, before: list[QWidget]) -> list[QWidget]:
    """Chain everything in `root` that takes the keyboard; `before` is what the last call returned, to do nothing twice."""
    found = list(_in_order(root))
    if found != before:
        for one, other in zip(found, found[1:], strict=False):
            QWidget.setTabOrder(one, other)
    return found


def _in_order(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None:
        yield widget
    if isinstance(widget, QScrollArea) and widget.widget() is not None:
        yield from _in_order(widget.widget())
    elif widget.layout() is not None:
        yield from _of_layout(widget.layout())


def _of_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item.widget() is not None:
            yield from _in_order(item.widget())
        elif item.layout() is not None:
            yield from _of_layout(item.layout())


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
        if now is not None and self._root.isAncestorOf(now):
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
