"""The year: where meetings lie, and which days and weeks they should keep away from. Signs stand beside every colour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from rehabdesk.domain.forum import SessionState
from rehabdesk.domain.spoken_dates import add_months
from rehabdesk.services.forum.planning import holiday_weeks
from rehabdesk.store.queries.forum import sessions as queries
from rehabdesk.store.queries.forum.sessions import SessionRow
from rehabdesk.ui.forum.words import STATE_SIGNS, day_in_words
from rehabdesk.ui.forum.year_model import BLOCK_COLUMNS, CELL_ROLE, Cell, CellKind, DayKind, YearModel
from rehabdesk.ui.parts.basics import KeyButton, Muted, Title, Words
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.parts.tokens import GAP, PAD
from rehabdesk.ui.shell.context import Context

CELL_WIDTH, CELL_HEIGHT, GAP_WIDTH = 29, 22, 18
#: A day is at most this many times as wide as it needs to be.
WIDEST_CELL = 2
MOST_ACROSS = 4
HOLIDAY_SIGN = "*"


class _DayPainter(QStyledItemDelegate):
    """Paints one cell. A meeting is a box with the sign of its state; a free day has a letter, a holiday week a dot."""

    def __init__(self, context: Context, parent: QTableView) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self._clock = context.clock
        self._signs = (context.texts.name("sign", "h"), context.texts.name("sign", "s"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """One cell."""
        cell = index.data(CELL_ROLE)
        if not isinstance(cell, Cell):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if cell.kind is CellKind.DAY:
            self._paint_day(painter, option.rect, cell)
            view = self.parent()
            if view.hasFocus() and view.currentIndex() == index:
                painter.setPen(QPen(self._theme.colour("text"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), 4, 4)
        else:
            self._paint_words(painter, option.rect, cell)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        month = cell.kind is CellKind.MONTH
        painter.setFont(self._theme.font(13 if month else 11, bold=month))
        painter.setPen(self._theme.colour("text" if month else "muted"))
        words = f"{cell.text}{HOLIDAY_SIGN}" if cell.in_holiday_week else cell.text
        side = Qt.AlignmentFlag.AlignLeft if month else Qt.AlignmentFlag.AlignHCenter
        painter.drawText(rect.adjusted(4 if month else 0, 0, 0, 0), side | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_day(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        theme = self._theme
        ink = theme.colour("text")
        if cell.in_holiday_week:
            painter.fillRect(rect, theme.colour("hover"))
        if cell.day_kind is DayKind.FREE:
            ink = theme.colour("red")
        elif cell.day_kind is DayKind.SQUEEZE:
            ink = theme.colour("amber")
        elif cell.day_kind is DayKind.WEEKEND:
            ink = theme.colour("muted")
        box = rect.adjusted(2, 2, -2, -2)
        if cell.sessions:
            ink = self._paint_box(painter, box, cell.sessions)
        elif cell.day == self._clock.today():
            painter.setPen(QPen(theme.colour("muted"), 1))
            painter.drawRoundedRect(box, 4, 4)
        painter.setPen(ink)
        painter.setFont(theme.font(12, bold=bool(cell.sessions)))
        painter.drawText(rect.adjusted(0, 0, -theme.px(7), 0), Qt.AlignmentFlag.AlignCenter, cell.text)
        self._paint_sign(painter, box, cell)

    def _paint_box(self, painter: QPainter, box: QRect, sessions: tuple[SessionRow, ...]) -> object:
        theme, state = self._theme, sessions[0].state
        if state is SessionState.CANCELLED:
            painter.setPen(QPen(theme.colour("muted"), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(box, 4, 4)
            return theme.colour("muted")
        planned = state is SessionState.PLANNED
        painter.setPen(QPen(theme.colour("accent"), 1))
        painter.setBrush(theme.colour("accent_ground" if planned else "accent"))
        painter.drawRoundedRect(box, 4, 4)
        return theme.colour("accent" if planned else "on_accent")

    def _paint_sign(self, painter: QPainter, box: QRect, cell: Cell) -> None:
        free, squeeze = self._signs
        if cell.sessions:
            sign = STATE_SIGNS[cell.sessions[0].state] if len(cell.sessions) == 1 else str(len(cell.sessions))
        else:
            sign = {DayKind.FREE: free, DayKind.SQUEEZE: squeeze}.get(cell.day_kind, "")
        if sign:
            font = self._theme.font(9)
            painter.setFont(font)
            painter.drawText(box.adjusted(0, 0, -1, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, sign)


class YearGrid(QTableView):
    """The months. Arrows walk by day and week, Page keys by month, Ctrl+Page keys by year; `chosen(day)`, `opened(day)`."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._sessions: dict[date, tuple[SessionRow, ...]] = {}
        self._day = context.clock.today()
        texts = context.texts
        monday = date(2024, 1, 1)
        initials = [texts.short_weekday(monday + timedelta(days=number))[:2] for number in range(7)]
        self.year_model = YearModel(holiday_weeks(), texts.month, initials, self.in_words, self)
        self.setModel(self.year_model)
        self.setItemDelegate(_DayPainter(context, self))
        self._configure()

    @property
    def day(self) -> date:
        """The day where one is."""
        return self._day

    @property
    def across(self) -> int:
        """How many months fit beside one another."""
        block = (BLOCK_COLUMNS - 1) * self._context.theme.px(CELL_WIDTH) + self._context.theme.px(GAP_WIDTH)
        fits = (self.viewport().width() + self._context.theme.px(GAP_WIDTH)) // block
        return next(number for number in (4, 3, 2, 1) if number <= max(1, fits))

    def in_words(self, day: date, sessions: Sequence[SessionRow]) -> str:
        """A day as it is read aloud."""
        return day_in_words(self._context.texts, day, holiday_weeks(), sessions, self._context.clock.today())

    def sessions_on(self, day: date) -> tuple[SessionRow, ...]:
        """The meetings of a day."""
        return self._sessions.get(day, ())

    def show_sessions(self, sessions: Sequence[SessionRow]) -> None:
        """Mark these meetings; one stays on the day where one is."""
        by_day: dict[date, list[SessionRow]] = defaultdict(list)
        for session in sessions:
            by_day[session.held_on].append(session)
        self._sessions = {day: tuple(sorted(rows, key=_by_start)) for day, rows in by_day.items()}
        self._lay_out()

    def go_to(self, day: date) -> None:
        """Stand on a day, of another year too."""
        other_year = day.year != self._day.year
        self._day = day
        if other_year:
            self._lay_out()
        else:
            self._set_current()
        self.chosen.emit(day)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Four months wide and three deep."""
        theme = self._context.theme
        width = MOST_ACROSS * ((BLOCK_COLUMNS - 1) * theme.px(CELL_WIDTH) + theme.px(GAP_WIDTH)) + 4
        return QSize(width, self.verticalHeader().length() + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Walk the days; Enter opens."""
        day, key = self._day, event.key()
        by_year = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        days = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if key in days:
            self.go_to(day + timedelta(days=days[Qt.Key(key)]))
        elif key in months:
            self.go_to(add_months(day, months[Qt.Key(key)] * (12 if by_year else 1)))
        elif key == Qt.Key.Key_Home:
            self.go_to(self._context.clock.today())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(day)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """As many months beside one another as there is room for, and the days as wide as they then can be."""
        super().resizeEvent(event)
        if self.year_model.year and self.across != self.year_model.across:
            self._lay_out()
        elif self.year_model.year:
            self._share_width()

    # --- internals ---

    def _configure(self) -> None:
        self.setProperty("part", "framed")
        self.setAccessibleName(self._context.texts.say("The year's meetings"))
        self.setShowGrid(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(1)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)

    def _lay_out(self) -> None:
        theme = self._context.theme
        across = self.across
        self.clearSpans()
        self.year_model.show_year(self._day.year, across, self._sessions)
        rows = self.verticalHeader()
        tall = max(theme.px(CELL_HEIGHT), QFontMetrics(theme.font(12)).height() + theme.px(4))
        rows.setDefaultSectionSize(tall)
        self._share_width()
        self.updateGeometry()
        for row in range(0, self.year_model.rowCount(), 8):
            for block in range(across):
                self.setSpan(row, block * BLOCK_COLUMNS, 1, BLOCK_COLUMNS - 1)
        self._set_current()

    def _share_width(self) -> None:
        """Each day gets its part of the room there is, from what it needs up to what still reads as a week."""
        theme = self._context.theme
        gap, least = theme.px(GAP_WIDTH), theme.px(CELL_WIDTH)
        days = self.across * (BLOCK_COLUMNS - 1)
        free = self.viewport().width() - (self.across - 1) * gap
        wide = min(max(least, free // days), least * WIDEST_CELL)
        for place in range(self.year_model.columnCount()):
            self.setColumnWidth(place, gap if place % BLOCK_COLUMNS == BLOCK_COLUMNS - 1 else wide)

    def _set_current(self) -> None:
        index = self.year_model.index_of(self._day)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.viewport().update()

    def _on_clicked(self, index: QModelIndex) -> None:
        cell = self.year_model.cell(index)
        if cell is not None and cell.day is not None and cell.kind is CellKind.DAY:
            self.go_to(cell.day)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        cell = self.year_model.cell(index)
        if cell is not None and cell.kind is CellKind.DAY:
            self.opened.emit(cell.day)


class YearView(QWidget):
    """The year with its name, the way to the years beside it, the day where one is in words, and what the signs mean."""

    opened = Signal(int)
    plan_wanted = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._series_id: int | None = None
        texts = context.texts
        self.grid = YearGrid(context)
        self._year = Title()
        self.before = KeyButton(texts.say("Previous year"), shows="Ctrl+PgUp", kind="link")
        self.after = KeyButton(texts.say("Next year"), shows="Ctrl+PgDown", kind="link")
        self.told = Words()
        self._legend = Muted(self._legend_words())
        self.before.clicked.connect(self._on_before)
        self.after.clicked.connect(self._on_after)
        self.grid.chosen.connect(self._on_chosen)
        self.grid.opened.connect(self._on_opened)
        self.setLayout(column(line(self._year, PAD, self.before, self.after, None, gap=GAP), self.grid, self.told, self._legend, None, gap=GAP))
        # The year first, as tall as it is and no taller.
        self.layout().setStretch(1, 100)
        self.setFocusProxy(self.grid)

    def show_series(self, series_id: int | None) -> None:
        """Only the meetings of this series, or all."""
        self._series_id = series_id
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""
        self.grid.show_sessions(self._context.store.read(queries.sessions, series_id=self._series_id))
        self._on_chosen(self.grid.day)

    def _on_chosen(self, day: date) -> None:
        self._year.setText(str(day.year))
        self.told.setText(self.grid.in_words(day, self.grid.sessions_on(day)))

    def _on_opened(self, day: date) -> None:
        sessions = self.grid.sessions_on(day)
        if sessions:
            self.opened.emit(sessions[0].id)
        else:
            self.plan_wanted.emit(day)

    def _on_before(self) -> None:
        self.grid.go_to(add_months(self.grid.day, -12))

    def _on_after(self) -> None:
        self.grid.go_to(add_months(self.grid.day, 12))

    def _legend_words(self) -> str:
        texts = self._context.texts
        states = [f"{sign} {texts.term(state)}" for state, sign in STATE_SIGNS.items()]
        days = [
            f"{texts.name('sign', 'h')} {texts.say('holiday or eve')}",
            f"{texts.name('sign', 's')} {texts.say('squeeze day')}",
            f"{HOLIDAY_SIGN} {texts.say('holiday week')}",
        ]
        keys = texts.say("Arrows walk by day and week, Page Up and Page Down by month. Enter opens the meeting, or plans one.")
        return "    ".join((*days, *states)) + "\n" + keys


def _by_start(row: SessionRow) -> tuple[bool, str]:
    # A cancelled meeting must not hide one that is held the same day.
    return row.state is SessionState.CANCELLED, row.start
