"""The grid that is typed in like a spreadsheet: a number or the sign for declined, Enter goes down and Tab goes on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from rehabdesk.domain.prerehab import Moment
from rehabdesk.ui.parts.grid import TallGrid
from rehabdesk.ui.parts.rows_model import MUTED_ROLE, TONE_ROLE
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.parts.tokens import ROW, Tone
from rehabdesk.ui.prerehab.measures_desk import Key, MeasuresDesk
from rehabdesk.ui.prerehab.measures_model import MeasuresModel

NARROWEST = 76


class _CellPainter(QStyledItemDelegate):
    """Paints a number in the middle of its cell; what is wrong or lacking stands on a ground of its own."""

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """One cell."""
        theme, tone = self._theme, index.data(TONE_ROLE)
        painter.save()
        if tone is not None:
            painter.fillRect(option.rect.adjusted(2, 2, -2, -2), theme.ground(Tone(tone)))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.drawLine(option.rect.topRight(), option.rect.bottomRight())
        muted = theme.colour("muted") if index.data(MUTED_ROLE) else theme.colour("text")
        painter.setPen(theme.ink(Tone(tone)) if tone is not None else muted)
        painter.setFont(theme.font(bold=tone is not None))
        painter.drawText(option.rect, Qt.AlignmentFlag.AlignCenter, index.data() or "")
        view = self.parent()
        if view.currentIndex() == index:
            self._ring(painter, option.rect, has_keyboard=view.hasFocus())
        painter.restore()

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802
        """Fill the editor when it is opened; a refresh (Qt asks then too) leaves what is being typed."""
        if not editor.isModified():
            super().setEditorData(editor, index)

    def _ring(self, painter: QPainter, rect: QRect, *, has_keyboard: bool) -> None:
        painter.setPen(QPen(self._theme.colour("accent" if has_keyboard else "muted"), 2 if has_keyboard else 1))
        painter.drawRect(rect.adjusted(1, 1, -2, -2))


class MeasuresGrid(TallGrid):
    """`stood_on(key)` follows the keyboard; `form_wanted(booking_id, moment)` for Enter or a double click."""

    stood_on = Signal(object)
    form_wanted = Signal(int, object)

    def __init__(self, desk: MeasuresDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, desk.context.theme
        self.measures_model = MeasuresModel(desk)
        self.setModel(self.measures_model)
        self.setItemDelegate(_CellPainter(self._theme, self))
        self.setAccessibleName(desk.context.texts.say("Measurements, by person, instrument and moment"))
        self._configure()
        self.selectionModel().currentChanged.connect(self._on_current)

    @property
    def key(self) -> Key | None:
        """The cell where the keyboard is."""
        return self.measures_model.key(self.currentIndex())

    def show_moments(self, moments: Sequence[Moment]) -> None:
        """Show the desk's people at these moments; one stays in the cell where one is."""
        before = self.key
        self.measures_model.show(moments)
        if self.key is None and self.measures_model.rowCount() and self.measures_model.columnCount():
            self.setCurrentIndex(self._place_of(before))
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter opens the form, Delete clears, digits and letters begin to write."""
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        current = self.key
        # A field passes Enter on when it has taken it.
        if current is None or held or self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.form_wanted.emit(current[0], current[2])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._desk.typed(current, "")
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802
        """Enter goes down, as in a spreadsheet; Qt has Tab go on."""
        super().closeEditor(editor, hint)
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            at = self.currentIndex()
            below = self.measures_model.index(at.row() + 1, at.column())
            if below.isValid():
                self.setCurrentIndex(below)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Room for the scroll bar beneath, where there is one."""
        super().resizeEvent(event)
        self.setFixedHeight(self.whole_height)

    # --- internals ---

    def _configure(self) -> None:
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.EditKeyPressed)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.doubleClicked.connect(self._on_double_clicked)

    def _lay_out(self) -> None:
        theme, model = self._theme, self.measures_model
        metrics = QFontMetrics(theme.font())
        self.verticalHeader().setDefaultSectionSize(max(theme.px(ROW), QFontMetrics(theme.font()).height() + theme.px(12)))
        most = 1
        for column in range(model.columnCount()):
            lines = model.title_lines(column)
            most = max(most, len(lines))
            wide = max(metrics.horizontalAdvance(line) for line in lines) + theme.px(26)
            self.setColumnWidth(column, max(theme.px(NARROWEST), wide))
        self.horizontalHeader().setFixedHeight(most * metrics.lineSpacing() + theme.px(22))
        self.setFixedHeight(self.whole_height)

    def _place_of(self, key: Key | None) -> QModelIndex:
        """The cell of a key, or the first."""
        model = self.measures_model
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                if key is not None and model.key(model.index(row, column)) == key:
                    return model.index(row, column)
        return model.index(0, 0)

    def _on_current(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self.viewport().update()
        self.stood_on.emit(self.key)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        key = self.measures_model.key(index)
        if key is not None:
            self.form_wanted.emit(key[0], key[2])
