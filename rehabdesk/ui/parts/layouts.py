"""Small helpers for laying out widgets, and a layout that flows like words on a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtCore, QtWidgets
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QLayoutItem, QVBoxLayout, QWidget

from rehabdesk.ui.parts.tokens import EDGE, GAP, PAD

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QScrollArea


def column(*items: QWidget | QLayout | int | None, margin: int = 0, gap: int = GAP) -> QVBoxLayout:
    """A vertical layout: widgets and layouts in order, a number for that much space, None for all that is left."""
    return _filled(QVBoxLayout(), items, margin, gap)


def line(*items: QWidget | QLayout | int | None, margin: int = 0, gap: int = GAP) -> QHBoxLayout:
    """A horizontal layout: as `column`."""
    return _filled(QHBoxLayout(), items, margin, gap)


def holding(layout: QLayout, part: str = "clear") -> QWidget:
    """A bare widget around a layout."""
    widget = QWidget()
    widget.setProperty("part", part)
    widget.setLayout(layout)
    return widget


def scrolling(content: QWidget) -> QScrollArea:
    """A frameless scroll area around `content`, as wide as the page."""
    area = QtWidgets.QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(QtCore.Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    # The area itself holds nothing to act on; the keyboard goes straight to what it contains.
    area.setFocusPolicy(QtCore.Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    content.setProperty("part", "clear")
    area.setWidget(content)
    return area


def clear(layout: QLayout) -> None:
    """Take everything out of a layout, and delete its widgets."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def page_body(*items: QWidget | QLayout | int | None) -> QVBoxLayout:
    """The vertical layout of a page, with its edge and the space between cards."""
    return column(*items, margin=EDGE, gap=PAD + 4)


def no_wider_than(width: int, widget: QWidget) -> QHBoxLayout:
    """The widget at the left, at most so wide, and as high as its texts are at that width.

    A column asks how high a widget is at the column's own width, however narrow the widget's maximum; a line asks at the width it gives.
    """
    widget.setMaximumWidth(width)
    row = line(widget, None)
    row.setStretch(0, 1_000)
    return row


def _filled(layout: QBoxLayout, items: tuple[QWidget | QLayout | int | None, ...], margin: int, gap: int) -> QBoxLayout:
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(gap)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)
    return layout


class TwoColumns(QWidget):
    """Two columns of cards, weighted; one under the other where the page is narrower than `folds_below`."""

    def __init__(self, left: QLayout, right: QLayout, weights: tuple[int, int] = (3, 2), folds_below: int = 760,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._folds_below = folds_below
        self._halves = tuple(QWidget() for _ in (left, right))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(PAD + 4)
        for half, layout, weight in zip(self._halves, (left, right), weights, strict=True):
            half.setProperty("part", "clear")
            half.setLayout(layout)
            self._row.addWidget(half, weight)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As narrow as the wider column: folding makes room before scrolling does."""
        width = max(half.minimumSizeHint().width() for half in self._halves)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fold and unfold."""
        super().resizeEvent(event)
        least = sum(half.minimumSizeHint().width() for half in self._halves) + self._row.spacing()
        direction = QBoxLayout.Direction
        beside = event.size().width() >= max(least, self._folds_below)
        self._row.setDirection(direction.LeftToRight if beside else direction.TopToBottom)


class FlowLayout(QLayout):
    """Lays widgets out from the left and begins a new line where the width ends."""

    def __init__(self, parent: QWidget | None = None, gap: int = GAP) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        """Qt's request."""
        self._items.append(item)

    def count(self) -> int:
        """Qt's question."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Qt's question."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Qt's request."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> QtCore.Qt.Orientation:  # noqa: N802
        """It wants no more than it needs."""
        return QtCore.Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Qt's question."""
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        """Qt's request."""
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:  # noqa: N802
        """All on one line."""
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in shown) + self._gap * max(0, len(shown) - 1)
        return QSize(width, max((size.height() for size in shown), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802
        """The largest single item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, place: bool) -> int:
        x, y, height = rect.x(), rect.y(), 0
        row: list[tuple[QLayoutItem, QRect]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(max(rect.width(), item.minimumSize().width()), 1 << 20))
            if x + size.width() > rect.right() + 1 and height > 0:
                if place:
                    _place_row(row, height)
                x, y, height, row = rect.x(), y + height + self._gap, 0, []
            row.append((item, QRect(QPoint(x, y), size)))
            x += size.width() + self._gap
            height = max(height, size.height())
        if place:
            _place_row(row, height)
        return y + height - rect.y()


def _place_row(row: list[tuple[QLayoutItem, QRect]], height: int) -> None:
    """Small buttons stand at the middle of the large ones beside them."""
    for item, rect in row:
        item.setGeometry(rect.translated(0, (height - rect.height()) // 2))
