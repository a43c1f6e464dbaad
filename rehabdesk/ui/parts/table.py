"""The table view every room uses: hairlines, badges, keyboard, and a word about what to do first when it is empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from rehabdesk.ui.parts.basics import EmptyState, Link
from rehabdesk.ui.parts.rows_model import BOLD_ROLE, MUTED_ROLE, TONE_ROLE, Column, RowsModel
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.parts.tokens import ROW, Tone

SAMPLE_ROWS = 100
"""How many rows are measured to size a column: enough to look right, few enough for ten thousand."""

WIDEST = 280
"""No column that does not stretch is wider than this, however long its texts."""

NARROWEST = 140
"""A column that stretches keeps this much, or what it holds, before the table scrolls sideways."""

INSET = 9
"""With the three pixels Qt adds, cells begin where the titles of their columns do."""


class RowDelegate(QStyledItemDelegate):
    """Paints a cell: hairline under the row, badge for a tone, muted or bold text, a ring where the keyboard is."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802
        """Colour and weight, and no native focus rectangle (we draw our own)."""
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        if index.data(MUTED_ROLE):
            muted = self._theme.colour("muted")
            option.palette.setColor(option.palette.ColorRole.Text, muted)
            option.palette.setColor(option.palette.ColorRole.HighlightedText, muted)
        if index.data(BOLD_ROLE):
            option.font.setWeight(QFont.Weight.DemiBold)
            option.fontMetrics = QFontMetrics(option.font)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """One cell."""
        tone = index.data(TONE_ROLE)
        if tone is None:
            self._paint_words(painter, option, index)
        else:
            self._paint_badge(painter, option, index, Tone(tone))
        painter.save()
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        view = self.parent()
        if isinstance(view, QTableView) and view.hasFocus() and view.currentIndex().row() == index.row():
            self._paint_ring(painter, option.rect, index, view)
        painter.restore()

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802
        """Fill the editor when it is opened; a refresh of the row (Qt asks then too) leaves what is being typed."""
        if not (isinstance(editor, QLineEdit) and editor.isModified()):
            super().setEditorData(editor, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """Wide enough for text, padding and badge."""
        size = super().sizeHint(option, index)
        extra = self._theme.px(34) if index.data(TONE_ROLE) is not None else self._theme.px(2 * INSET + 4)
        return QSize(size.width() + extra, max(size.height() + self._theme.px(8), self._theme.px(ROW)))

    def _paint_words(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        """The ground over the whole cell, then the words under the title of their column."""
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self._theme.colour("accent_ground"))
        inset = QStyleOptionViewItem(option)
        inset.rect = option.rect.adjusted(self._theme.px(INSET), 0, -self._theme.px(INSET), 0)
        super().paint(painter, inset, index)

    def _paint_badge(self, painter: QPainter, option: QStyleOptionViewItem, index: Any, tone: Tone) -> None:
        empty = QStyleOptionViewItem(option)
        self.initStyleOption(empty, index)
        text, empty.text = empty.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, empty, painter, option.widget)
        if not text:
            return
        font = self._theme.font(12)
        metrics = QFontMetrics(font)
        room = option.rect.adjusted(self._theme.px(INSET + 3), 0, -self._theme.px(INSET), 0)
        pad = self._theme.px(7)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, room.width() - 2 * pad))
        height = metrics.height() + self._theme.px(4)
        box = QRect(room.left(), room.center().y() - height // 2, metrics.horizontalAdvance(shown) + 2 * pad, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.ground(tone))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(self._theme.ink(tone))
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
        painter.restore()

    def _paint_ring(self, painter: QPainter, rect: QRect, index: Any, view: QTableView) -> None:
        painter.setPen(QPen(self._theme.colour("accent"), 2))
        inner = rect.adjusted(0, 1, 0, -1)
        painter.drawLine(inner.topLeft(), inner.topRight())
        painter.drawLine(inner.bottomLeft(), inner.bottomRight())
        header = view.horizontalHeader()
        shown = [header.visualIndex(place) for place in range(header.count()) if not header.isSectionHidden(place)]
        if header.visualIndex(index.column()) == min(shown):
            painter.drawLine(inner.left() + 1, inner.top(), inner.left() + 1, inner.bottom())
        if header.visualIndex(index.column()) == max(shown):
            painter.drawLine(inner.right() - 1, inner.top(), inner.right() - 1, inner.bottom())


class Table(QTableView):
    """A list of rows.

    Enter or double click gives `opened(row)`; `chosen(row)` follows the current row (None when there is none). With
    `reorder(True)`, Alt+arrows and dragging give `move_wanted(row, place)`, the place it would have afterwards.
    """

    opened = Signal(object)
    chosen = Signal(object)
    move_wanted = Signal(object, int)

    def __init__(self, theme: Theme, columns: Sequence[Column], name: str, parent: QWidget | None = None) -> None:
        """`name` is what a screen reader calls the table."""
        super().__init__(parent)
        self._theme = theme
        self._rows_model = RowsModel(columns, self)
        self._empty: EmptyState | None = None
        self._fitted = 0
        self._wanted: list[int] = []
        self._reorders = False
        self.setAccessibleName(name)
        self.setModel(self._rows_model)
        self.setItemDelegate(RowDelegate(theme, self))
        self._configure()
        self._configure_headers()
        self.doubleClicked.connect(self._on_opened)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        for signal in (self._rows_model.rowsInserted, self._rows_model.rowsRemoved):
            signal.connect(self._on_count_changed)

    @property
    def rows_model(self) -> RowsModel:
        """The model, for those who need its indexes."""
        return self._rows_model

    @property
    def current_row(self) -> Any | None:
        """The row where the keyboard is."""
        return self._rows_model.row_at(self.currentIndex())

    @property
    def selected_rows(self) -> tuple[Any, ...]:
        """The chosen rows, from the top."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._rows_model.rows[place] for place in places)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows; selection and place are kept."""
        self._rows_model.set_rows(rows)
        if self._fitted < min(len(rows), SAMPLE_ROWS):
            self._fitted = len(rows)
            self.fit_columns()
        if rows and not self.currentIndex().isValid():
            self.setCurrentIndex(self._rows_model.index(0, 0))
        self._on_count_changed()

    def choose(self, row_id: Any) -> bool:
        """Go to the row with this id; False when it is not here."""
        index = self._rows_model.index_of(row_id)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    def set_empty(
        self, title: str, sentence: str = "", button: str = "", do: Callable[[], None] | None = None, other: Link | None = None
    ) -> None:
        """What to say, and what to do first (or, as well, by another way), when there are no rows."""
        if self._empty is not None:
            self._empty.deleteLater()
        self._empty = EmptyState(title, sentence, button, do, parent=self, other=other)
        self._on_count_changed()

    def reorder(self, allowed: bool) -> None:
        """Let rows be moved with Alt+arrows and by dragging."""
        self._reorders = allowed
        mode = QAbstractItemView.DragDropMode
        self.setDragDropMode(mode.InternalMove if allowed else mode.NoDragDrop)
        self.setDragDropOverwriteMode(False)
        self.setDropIndicatorShown(allowed)
        self.setDragEnabled(allowed)

    def fit_columns(self) -> None:
        """Give each column the width of what it holds, within reason; the stretching ones share the rest.

        While there are few rows each new one may widen a column; none ever grows narrower under somebody's eyes.
        """
        header = self.horizontalHeader()
        before = self._wanted or [0] * len(self._rows_model.columns)
        self._wanted = [
            max(self._width_held(place), header.sectionSizeHint(place), before[place])
            for place in range(len(self._rows_model.columns))
        ]
        self._share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter opens; Alt+arrows move."""
        key, modifiers = event.key(), event.modifiers()
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and modifiers in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
        ) and self.state() != QAbstractItemView.State.EditingState:
            if self.current_row is not None:
                self.opened.emit(self.current_row)
        elif self._reorders and modifiers & Qt.KeyboardModifier.AltModifier and key in steps:
            place = self.currentIndex().row() + steps[Qt.Key(key)]
            if self.current_row is not None and 0 <= place < self._rows_model.rowCount():
                self.move_wanted.emit(self.current_row, place)
        else:
            super().keyPressEvent(event)

    def selectionCommand(self, index: QModelIndex, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:  # noqa: N802
        """Ctrl+Home and Ctrl+End choose the row they lead to: what is acted on is what one stands on and looks at."""
        if isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                return QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        return super().selectionCommand(index, event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Ask for the move; the rows move when the store has been asked again."""
        row = self.current_row
        if event.source() is not self or row is None:
            event.ignore()
            return
        source = self.currentIndex().row()
        target = self.indexAt(event.position().toPoint())
        place = self._rows_model.rowCount()
        if target.isValid():
            below = self.dropIndicatorPosition() is QAbstractItemView.DropIndicatorPosition.BelowItem
            place = target.row() + int(below)
        place -= int(place > source)
        # The view removes what was dragged after a move; nothing here has moved yet.
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if place != source:
            self.move_wanted.emit(row, place)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Share the new width, and keep the empty-state in the middle."""
        super().resizeEvent(event)
        if not self._wanted and self.isVisible():
            # Nothing to measure yet but the names of the columns.
            self.fit_columns()
        if event.size().width() != event.oldSize().width():
            self._share_width()
        self._place_empty()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Rows follow the size of the text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_theme"):
            self.verticalHeader().setDefaultSectionSize(self._row_height())

    def _configure(self) -> None:
        self.setProperty("part", "framed")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)

    def _configure_headers(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(1)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self._row_height())
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setResizeContentsPrecision(SAMPLE_ROWS)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setSortIndicatorClearable(True)
        columns.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        columns.setStretchLastSection(not any(column.stretch for column in self._rows_model.columns))

    def _share_width(self) -> None:
        """Columns keep what they hold up to a limit; what is left goes to the stretching ones, those that lack least first.

        Qt's own stretching squeezes a column to nothing in a narrow window; here the table scrolls sideways instead.
        """
        most, least = self._theme.px(WIDEST), self._theme.px(NARROWEST)
        widths, missing = {}, {}
        for place, wanted in enumerate(self._wanted):
            if self.isColumnHidden(place):
                continue
            is_stretching = self._rows_model.columns[place].stretch
            widths[place] = min(wanted, least if is_stretching else most)
            if is_stretching:
                missing[place] = wanted - widths[place]
        spare = max(0, self.viewport().width() - sum(widths.values()))
        for place, lacking in sorted(missing.items(), key=_by_lack):
            share = min(lacking, spare)
            widths[place] += share
            spare -= share
        for place in missing:
            widths[place] += spare // len(missing)
        for place, width in widths.items():
            self.setColumnWidth(place, width)

    def _width_held(self, place: int) -> int:
        """The widest cell of a column: of each kind (badge, bold) only the one with the longest words is laid out."""
        column, metrics = self._rows_model.columns[place], QFontMetrics(self._theme.font())
        longest: dict[tuple[bool, bool], tuple[int, int]] = {}
        for number, row in enumerate(self._rows_model.rows[:SAMPLE_ROWS]):
            kind = (column.tone is not None and column.tone(row) is not None, column.is_bold(row))
            longest[kind] = max(longest.get(kind, (-1, 0)), (metrics.horizontalAdvance(column.text(row)), number))
        return max((self.sizeHintForIndex(self._rows_model.index(number, place)).width() for _, number in longest.values()), default=0)

    def _row_height(self) -> int:
        return max(self._theme.px(ROW), QFontMetrics(self._theme.font()).height() + self._theme.px(12))

    def _on_opened(self, index: QModelIndex) -> None:
        self.opened.emit(self._rows_model.row_at(index))

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.chosen.emit(self._rows_model.row_at(current))
        # The ring spans the row, and Qt repaints only the cells whose selection changed.
        self.viewport().update()

    def _on_count_changed(self) -> None:
        if self._empty is not None:
            self._empty.setVisible(self._rows_model.rowCount() == 0)
            self._place_empty()

    def _place_empty(self) -> None:
        if self._empty is not None:
            top = self.horizontalHeader().height()
            self._empty.setGeometry(self.rect().adjusted(1, top, -1, -1))


def _by_lack(column: tuple[int, int]) -> int:
    return column[1]
