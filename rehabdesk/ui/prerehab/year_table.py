"""The rounds of a year, drawn along its weeks and with their numbers beside: how long each runs, and how full it is."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from types import MappingProxyType

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionViewItem

from rehabdesk.domain.rounds import RoundState
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.narrowing_table import NarrowingTable
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.table import INSET, RowDelegate
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.prerehab.rounds_words import STATE_TONES, span, sum_in_words, weekdays_in_words
from rehabdesk.ui.shell.context import Context

#: How wide the table must be, at 14 px text, for a column to be shown; the drawing needs the room most.
NEEDED_WIDTH = MappingProxyType({"places": 1160, "state": 900, "held": 760, "free": 620})
DRAWN = "drawn"
#: A month is written whole where it has this much room, at 14 px text, else by its first letter.
MONTH_WIDTH = 34


class YearTable(NarrowingTable):
    """One line a round. Arrows walk the rounds; Enter opens one."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme, columns(context), context.texts.say("The year's rounds"), NEEDED_WIDTH)
        self.year = context.clock.today().year
        self.drawn = next(place for place, column in enumerate(self.rows_model.columns) if column.key == DRAWN)
        header = _MonthHeader(context, self)
        self.setHorizontalHeader(header)
        header.setSectionsClickable(True)
        self._configure_headers()
        self.setItemDelegate(_RoundPainter(context, self))

    def show_year(self, year: int, rows: tuple[RoundRow, ...]) -> None:
        """The rounds that have a day in this year."""
        if year != self.year:
            self.year = year
            self.horizontalHeader().viewport().update()
            self.viewport().update()
        self.set_rows(rows)


class _MonthHeader(QHeaderView):
    """Above the drawing stand the months."""

    def __init__(self, context: Context, table: YearTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._theme, self._texts, self._table = context.theme, context.texts, table

    def paintSection(self, painter: QPainter, rect: QRect, place: int) -> None:  # noqa: N802
        """One column's name, or the months."""
        if place != self._table.drawn:
            super().paintSection(painter, rect, place)
            return
        painter.save()
        # The frame of a table with the keyboard in it lies over its edge.
        painter.fillRect(rect.adjusted(0, 2, 0, -1), self._theme.colour("card"))
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(self._theme.font(12))
        painter.setPen(self._theme.colour("muted"))
        room = _room(rect, self._theme.px(INSET))
        for month in range(1, 13):
            first = date(self._table.year, month, 1)
            left, width = room.left() + _share(first, self._table.year) * room.width(), room.width() / 12
            name = self._texts.month(first)
            words = name[:3] if width >= self._theme.px(MONTH_WIDTH) else name[:1].upper()
            painter.drawText(QRectF(left + 2, rect.top(), width, rect.height()), Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


class _RoundPainter(RowDelegate):
    """Draws a round along its year: solid what is booked, hatched what is held, empty what is free; dashed where it was cancelled."""

    def __init__(self, context: Context, table: YearTable) -> None:
        super().__init__(context.theme, table)
        self._table, self._clock = table, context.clock

    def _paint_words(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        if index.column() != self._table.drawn:
            super()._paint_words(painter, option, index)
            return
        row = self._table.rows_model.rows[index.row()]
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self._theme.colour("accent_ground"))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = _room(option.rect, self._theme.px(INSET))
        self._paint_months(painter, room)
        self._paint_round(painter, room, row)
        painter.restore()

    def _paint_months(self, painter: QPainter, room: QRect) -> None:
        year, today = self._table.year, self._clock.today()
        painter.setPen(QPen(self._theme.colour("line"), 1))
        for month in range(1, 13):
            x = room.left() + round(_share(date(year, month, 1), year) * room.width())
            painter.drawLine(x, room.top(), x, room.bottom())
        if today.year == year:
            painter.setPen(QPen(self._theme.colour("muted"), 1, Qt.PenStyle.DashLine))
            x = room.left() + round(_share(today, year) * room.width())
            painter.drawLine(x, room.top(), x, room.bottom())

    def _paint_round(self, painter: QPainter, room: QRect, row: RoundRow) -> None:
        theme, year = self._theme, self._table.year
        left, right = _share(row.starts_on, year), _share(row.ends_on + timedelta(days=1), year)
        box = QRectF(room.left() + left * room.width(), room.top() + room.height() * 0.24, 0, room.height() * 0.52)
        box.setWidth(max(theme.px(4), (right - left) * room.width()))
        cancelled = row.cancelled_on is not None
        painter.setBrush(Qt.BrushStyle.NoBrush if cancelled else QBrush(theme.colour("card")))
        ink = theme.colour("muted" if cancelled else "accent")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRect(box)
        if not cancelled and row.places:
            booked = QRectF(box.left(), box.top(), box.width() * row.booked / row.places, box.height())
            held = QRectF(booked.right(), box.top(), box.width() * row.held / row.places, box.height())
            painter.fillRect(booked, ink)
            painter.fillRect(held, QBrush(ink, Qt.BrushStyle.BDiagPattern))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink, 1, Qt.PenStyle.DashLine if cancelled else Qt.PenStyle.SolidLine))
        painter.drawRect(box)
        self._paint_figure(painter, room, box, "×" if cancelled else f"{row.booked}/{row.places}")

    def _paint_figure(self, painter: QPainter, room: QRect, box: QRectF, words: str) -> None:
        """After the bar, or before it where the year ends."""
        font = self._theme.font(12)
        gap, width = self._theme.px(5), QFontMetrics(font).horizontalAdvance(words)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text"))
        left = box.right() + gap if box.right() + gap + width <= room.right() else box.left() - gap - width
        painter.drawText(QRectF(left, room.top(), width + 2, room.height()), Qt.AlignmentFlag.AlignVCenter, words)


def columns(context: Context) -> tuple[Column, ...]:
    """What is shown of a round."""
    texts = context.texts
    words = _Words(context)
    return (
        Column("round", texts.name("column", "Round"), _title, sort=_by_title, bold=words.is_under_way, tooltip=_title),
        Column(DRAWN, texts.name("column", "Days"), words.when, sort=_by_days, accessible=words.read_aloud, stretch=True, tooltip=words.read_aloud),
        Column("booked", texts.name("column", "Booked"), _booked, sort=_by_booked, align_right=True),
        Column("held", texts.name("column", "Offered"), _held, sort=_by_held, align_right=True),
        Column("free", texts.name("column", "Free"), _free, sort=_by_free, align_right=True),
        Column("places", texts.name("column", "Places"), _places, sort=_by_places, align_right=True),
        Column("state", texts.name("column", "State"), words.state, tone=words.state_tone, tooltip=_reason),
    )


class _Words:
    """What needs the language or the day."""

    def __init__(self, context: Context) -> None:
        self._texts: Texts = context.texts
        self._clock = context.clock

    def when(self, row: RoundRow) -> str:
        return span(self._texts, row.starts_on, row.ends_on)

    def read_aloud(self, row: RoundRow) -> str:
        """What the drawing shows."""
        texts = self._texts
        times = f"{weekdays_in_words(texts, row.weekdays)} {texts.time_span(row.start, row.end)}"
        occasions = texts.count("{n} occasion", "{n} occasions", row.occasion_count)
        told = row.cancelled_reason or sum_in_words(texts, (row,))
        return f"{self.when(row)}, {times}, {occasions}. {texts.term(row.state(self._clock.today()))}. {told}"

    def state(self, row: RoundRow) -> str:
        return self._texts.term(row.state(self._clock.today()))

    def state_tone(self, row: RoundRow) -> Tone:
        return STATE_TONES[row.state(self._clock.today())]

    def is_under_way(self, row: RoundRow) -> bool:
        return row.state(self._clock.today()) is RoundState.UNDER_WAY


def _room(rect: QRect, inset: int) -> QRect:
    """Where the year is drawn in a cell: a figure fits after December."""
    return rect.adjusted(inset, 0, -inset, 0)


def _share(day: date, year: int) -> float:
    """How far into the year a day lies, from 0 to 1."""
    length = 366 if calendar.isleap(year) else 365
    return min(1.0, max(0.0, (day - date(year, 1, 1)).days / length))


def _title(row: RoundRow) -> str:
    return row.title


def _by_title(row: RoundRow) -> tuple[object, ...]:
    return row.programme.casefold(), row.number


def _by_days(row: RoundRow) -> tuple[object, ...]:
    return row.starts_on, row.ends_on, row.id


def _booked(row: RoundRow) -> str:
    return str(row.booked)


def _by_booked(row: RoundRow) -> int:
    return row.booked


def _held(row: RoundRow) -> str:
    return str(row.held)


def _by_held(row: RoundRow) -> int:
    return row.held


def _free(row: RoundRow) -> str:
    return str(row.free)


def _by_free(row: RoundRow) -> int:
    return row.free


def _places(row: RoundRow) -> str:
    return f"{row.places - row.extra} + {row.extra}" if row.extra else str(row.places)


def _by_places(row: RoundRow) -> int:
    return row.places


def _reason(row: RoundRow) -> str:
    return row.cancelled_reason
