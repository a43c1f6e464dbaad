"""The grid one marks attendance in: arrows walk it, names and days stay in sight, and a letter says how it was."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from rehabdesk.domain.prerehab import OccasionState
from rehabdesk.store.queries.prerehab.attendance import AttendanceGrid, PersonRow
from rehabdesk.store.queries.prerehab.occasions import OccasionRow
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.grid import Grid, hold_still
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.prerehab.attendance_model import CELL_ROLE, HEAD_ROLE, AttendanceModel, Cell, OccasionHead, PersonHead
from rehabdesk.ui.prerehab.attendance_words import MARK_TONES, NOT_HERS

#: Measures at 14 px text: a box is at least so wide, a row so high, and names have at most so much.
BOX_WIDTH, ROW_HEIGHT, WIDEST_NAME = 46, 34, 240
#: In a narrow window names have no more than this part of it, and so many rows are seen in a low one.
WIDEST_PART, LEAST_ROWS = 0.45, 5
DELETE = "Del"
_MIDDLE = Qt.AlignmentFlag.AlignCenter


class _BoxPainter(QStyledItemDelegate):
    """Paints one cell: a letter on its ground, an empty dashed box where a mark is missing, a dash where there is none to make."""

    def __init__(self, theme: Theme, parent: QTableView) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """One cell."""
        cell = index.data(CELL_ROLE)
        if not isinstance(cell, Cell):
            return
        theme, view = self._theme, self.parent()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        self._paint_cell(painter, option.rect.adjusted(4, 4, -4, -4), cell, index.data(Qt.ItemDataRole.DisplayRole))
        if view.currentIndex() == index:
            has_focus = view.hasFocus()
            painter.setPen(QPen(theme.colour("text" if has_focus else "muted"), 2 if has_focus else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(option.rect.adjusted(1, 1, -2, -2), 5, 5)
        painter.restore()

    def _paint_cell(self, painter: QPainter, box: QRect, cell: Cell, letter: str) -> None:
        theme = self._theme
        if cell.mark is not None:
            tone = MARK_TONES[cell.mark]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.ground(tone))
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(theme.colour("text"))
            painter.setFont(theme.font(14, bold=True))
            painter.drawText(box, _MIDDLE, letter)
        elif cell.is_missing:
            painter.setPen(QPen(theme.colour("amber"), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(box, 4, 4)
        elif cell.is_hers:
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawRoundedRect(box, 4, 4)
        else:
            painter.setPen(theme.colour("muted"))
            painter.setFont(theme.font(13))
            painter.drawText(box, _MIDDLE, NOT_HERS)


class _Head(QHeaderView):
    """A head that stays while the boxes scroll under it; where the keyboard is, its words are bold."""

    def __init__(self, orientation: Qt.Orientation, theme: Theme, parent: QTableView) -> None:
        super().__init__(orientation, parent)
        self._theme, self._view = theme, parent
        hold_still(self)

    def _begin(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())


class _PeopleHead(_Head):
    """Place, name, and at the right her share."""

    def __init__(self, theme: Theme, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, theme, parent)

    def fit(self) -> None:
        """As wide as the longest name, within reason."""
        theme, model = self._theme, self.model()
        heads = [model.headerData(row, Qt.Orientation.Vertical, HEAD_ROLE) for row in range(model.rowCount())]
        bold, plain = QFontMetrics(theme.font(14, bold=True)), QFontMetrics(theme.font(13))
        names = max((bold.horizontalAdvance(head.name) for head in heads), default=0)
        asides = max((plain.horizontalAdvance(head.aside) for head in heads), default=0)
        wanted = theme.px(60) + min(names, theme.px(WIDEST_NAME)) + max(asides, plain.horizontalAdvance("100 %"))
        self.setFixedWidth(min(wanted, round(self._view.width() * WIDEST_PART)))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802
        """One person."""
        head = self.model().headerData(section, Qt.Orientation.Vertical, HEAD_ROLE)
        if not isinstance(head, PersonHead):
            return
        theme = self._theme
        painter.save()
        self._begin(painter, rect)
        room = rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
        left, right = (side | Qt.AlignmentFlag.AlignVCenter for side in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight))
        painter.setFont(theme.font(13))
        painter.setPen(theme.colour("muted"))
        painter.drawText(room, left, head.place)
        painter.drawText(room, right, head.aside)
        room.setLeft(room.left() + theme.px(26))
        room.setRight(room.right() - QFontMetrics(theme.font(13)).horizontalAdvance(head.aside) - theme.px(8))
        font = theme.font(14, bold=self._view.currentIndex().row() == section)
        painter.setFont(font)
        painter.setPen(theme.colour("text" if head.has_started else "muted"))
        painter.drawText(room, left, QFontMetrics(font).elidedText(head.name, Qt.TextElideMode.ElideRight, max(0, room.width())))
        painter.restore()


class _OccasionsHead(_Head):
    """Weekday, day, whether it was held, and the share of those who came."""

    _LINES = 4

    def __init__(self, theme: Theme, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, theme, parent)

    @property
    def width_needed(self) -> int:
        """How wide the widest day is."""
        model, metrics = self.model(), QFontMetrics(self._theme.font(12, bold=True))
        heads = (model.headerData(column, Qt.Orientation.Horizontal, HEAD_ROLE) for column in range(model.columnCount()))
        return max((metrics.horizontalAdvance(line) for head in heads for line in head.lines), default=0) + self._theme.px(10)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Four lines high."""
        return QSize(super().sizeHint().width(), self._LINES * QFontMetrics(self._theme.font(12)).height() + self._theme.px(12))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802
        """One occasion."""
        head = self.model().headerData(section, Qt.Orientation.Horizontal, HEAD_ROLE)
        if not isinstance(head, OccasionHead):
            return
        theme = self._theme
        painter.save()
        self._begin(painter, rect)
        is_here = self._view.currentIndex().column() == section
        height = QFontMetrics(theme.font(12)).height()
        for number, line in enumerate(head.lines):
            is_day = number < 2
            painter.setFont(theme.font(12, bold=is_here and is_day))
            painter.setPen(theme.colour("text" if is_day and not head.is_cancelled else "muted"))
            painter.drawText(QRect(rect.left(), rect.top() + theme.px(6) + number * height, rect.width(), height), _MIDDLE, line)
        painter.restore()


class AttendanceTable(Grid):
    """The grid. `chosen()` when one has gone to another cell, `typed(key)` for a letter or Delete ("Del").

    Letters are heard here alone and not in the whole window: nobody is marked behind a list that lies over the page.
    """

    chosen = Signal()
    typed = Signal(str)

    def __init__(self, theme: Theme, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.attendance_model = AttendanceModel(texts, self)
        self.people_head, self.occasions_head = _PeopleHead(theme, self), _OccasionsHead(theme, self)
        self.setVerticalHeader(self.people_head)
        self.setHorizontalHeader(self.occasions_head)
        self.setModel(self.attendance_model)
        self.setItemDelegate(_BoxPainter(theme, self))
        self.setAccessibleName(texts.say("Attendance of the round"))

    @property
    def person(self) -> PersonRow | None:
        """Whose row one stands in."""
        return self.attendance_model.person(self.currentIndex())

    @property
    def occasion(self) -> OccasionRow | None:
        """Under which occasion one stands."""
        return self.attendance_model.occasion(self.currentIndex())

    def show_grid(self, grid: AttendanceGrid, today: date) -> None:
        """Show this grid; one stays with the person and the occasion where one is, or begins where something is to be done."""
        person, occasion = self.person, self.occasion
        self.attendance_model.show_grid(grid, today)
        self.people_head.fit()
        tall = max(self._theme.px(ROW_HEIGHT), QFontMetrics(self._theme.font(14)).height() + self._theme.px(14))
        self.verticalHeader().setDefaultSectionSize(tall)
        beyond = self.occasions_head.sizeHint().height() + self._theme.px(20)
        self.setMinimumHeight(beyond + tall * min(LEAST_ROWS, len(grid.people)))
        # No higher than its people: what stands beneath is near them.
        self.setMaximumHeight(beyond + tall * max(1, len(grid.people)))
        self.horizontalHeader().setDefaultSectionSize(max(self._theme.px(BOX_WIDTH), self.occasions_head.width_needed))
        if not self.currentIndex().isValid() and grid.people and grid.occasions:
            self._stand(grid, person, occasion, today)

    def begin_anew(self, today: date) -> None:
        """Another round: begin where something is to be done."""
        grid = self.attendance_model.grid
        if grid.people and grid.occasions:
            self._stand(grid, None, None, today)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """A letter marks; everything else walks."""
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        letter = DELETE if event.key() == Qt.Key.Key_Delete else event.text().upper() if event.text().isalpha() else ""
        if not letter or held:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.typed.emit(letter)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Names leave room for the boxes."""
        super().resizeEvent(event)
        self.people_head.fit()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # noqa: N802
        """Tell where one is; the heads of the row and the column follow."""
        super().currentChanged(current, previous)
        self.people_head.viewport().update()
        self.occasions_head.viewport().update()
        self.chosen.emit()

    # --- internals ---

    def _stand(self, grid: AttendanceGrid, person: PersonRow | None, occasion: OccasionRow | None, today: date) -> None:
        rows = [row for row, one in enumerate(grid.people) if person is not None and one.id == person.id]
        columns = [column for column, one in enumerate(grid.occasions) if occasion is not None and one.id == occasion.id]
        index = self.attendance_model.index(rows[0] if rows else 0, columns[0] if columns else first_to_do(grid, today))
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)


def first_to_do(grid: AttendanceGrid, today: date) -> int:
    """The first occasion, up to today, that is neither held nor cancelled or has somebody unmarked; else the last up to today."""
    past = [column for column, one in enumerate(grid.occasions) if one.on <= today and one.state is not OccasionState.CANCELLED]
    for column in past:
        occasion = grid.occasions[column]
        if occasion.state is OccasionState.PLANNED or grid.of_occasion(occasion).unmarked:
            return column
    return past[-1] if past else 0
