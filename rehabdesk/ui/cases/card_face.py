"""What a face of cards is: columns of cards under one another, scrolled, with what unfolds brought into sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.ui.parts.layouts import column, holding, scrolling
from rehabdesk.ui.parts.tokens import EDGE, PAD
from rehabdesk.ui.shell.context import Context

#: Narrower than this the columns stand under one another.
TWO_COLUMNS = 900


class CardFace(QWidget):
    """Cards in one column or two. A card that can unfold says so by a signal `unfolded(QWidget)`."""

    def __init__(self, context: Context, left: Sequence[QWidget], right: Sequence[QWidget] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._cards = (*left, *right)
        self._case_id: int | None = None
        self._unfolded: QWidget | None = None
        self._after_layout = QTimer(self)
        self._after_layout.setSingleShot(True)
        self._after_layout.setInterval(0)
        self._after_layout.timeout.connect(self._bring_into_sight)
        self._lay_out(left, right)
        for card in self._cards:
            unfolded = getattr(card, "unfolded", None)
            if unfolded is not None:
                unfolded.connect(self._on_unfolded)

    def show_case(self, row: CaseRow) -> None:
        """Show this case in every card."""
        with self._context.store.one_moment():
            for card in self._cards:
                card.show_case(row)
        if row.id != self._case_id:
            self._case_id = row.id
            self._area.verticalScrollBar().setValue(0)

    def focus_first(self) -> None:
        """The first card that knows where one begins, or the first thing that takes the keyboard."""
        for card in self._cards:
            focusing = getattr(card, "focus_first", None)
            if focusing is not None and card.isVisibleTo(self):
                focusing()
                return
        self.setFocus()
        self.focusNextChild()

    def step_back(self) -> bool:
        """Put away what stands open in a card; False when nothing does."""
        return any(card.step_back() for card in self._cards if hasattr(card, "step_back"))

    def flush(self) -> bool:
        """Keep what is typed in any card; all are tried."""
        return all([card.flush() for card in self._cards if hasattr(card, "flush")])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Two columns where they fit."""
        super().resizeEvent(event)
        self._judge_room()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Another case has longer names: there is room beside one another, or not."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._judge_room()
        return super().eventFilter(watched, event)

    # --- internals ---

    def _judge_room(self) -> None:
        # Under one another rather than scrolled sideways.
        margins = self._columns.contentsMargins()
        halves = [self._columns.itemAt(place).minimumSize().width() for place in range(self._columns.count())]
        least = sum(halves) + self._columns.spacing() * (len(halves) - 1) + margins.left() + margins.right()
        wide = self.width() >= max(self._context.theme.px(TWO_COLUMNS), least)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)

    def _lay_out(self, left: Sequence[QWidget], right: Sequence[QWidget]) -> None:
        self._columns = QHBoxLayout()
        # Room beneath, so that the line of a message never hides the last button.
        self._columns.setContentsMargins(EDGE, EDGE, EDGE, 3 * EDGE)
        self._columns.setSpacing(PAD + 4)
        for cards, weight in ((left, 5), (right, 3)):
            if cards:
                self._columns.addWidget(holding(column(*cards, None, gap=PAD + 4)), weight)
        held = holding(self._columns)
        held.installEventFilter(self)
        self._area = scrolling(held)
        self.setLayout(column(self._area))

    def _on_unfolded(self, widget: QWidget) -> None:
        # Where it lies is known only when the cards have been laid out again.
        self._unfolded = widget
        self._after_layout.start()

    def _bring_into_sight(self) -> None:
        if self._unfolded is not None:
            self._area.ensureWidgetVisible(self._unfolded, 0, 3 * EDGE)
