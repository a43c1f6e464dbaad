"""Tab goes as the eye does: the focus chain is put in the order of the layouts, also for what was added later."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


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
