"""The grid of places and weeks, with a bar for each claim. Arrows walk from bar to bar; Enter and letters act on the one chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from rehabdesk.domain.prerehab import BookingState
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.grid import TallGrid
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.prerehab.places_model import STRETCH_ROLE, PlacesModel
from rehabdesk.ui.prerehab.places_rows import Kind, PlaceLine, Stretch
from rehabdesk.ui.prerehab.places_words import FREE_SIGN, claim_sign, claim_tone, stretch_words

#: Measures at 14 px text: a week is at least so wide, a place so high.
WEEK_WIDTH, PLACE_HEIGHT = 50, 34
_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_STEPS = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}  # fmt: skip


class _Inks:
    """The fonts and colours of the bars at one look of the window: made once, and not for every bar."""

    def __init__(self, theme: Theme) -> None:
        self.of = (theme.tokens, theme.base)
        self.sign_font, self.font = theme.font(13, bold=True), theme.font(13)
        self.metrics = QFontMetrics(self.font)
        self.text, self.muted, self.accent = theme.colour("text"), theme.colour("muted"), theme.colour("accent")
        self.inks = {tone: theme.ink(tone) for tone in Tone}
        self.grounds = {tone: QBrush(theme.ground(tone)) for tone in Tone}
        self.edges = {tone: QPen(ink, 1) for tone, ink in self.inks.items()}
        # What somebody has said yes to has a whole edge, what she is only offered a dashed one: it may come free again.
        self.held = {tone: QPen(ink, 1, Qt.PenStyle.DashLine) for tone, ink in self.inks.items()}
        self.free = QPen(self.accent, 1, Qt.PenStyle.DashLine)
        self.left, self.sign, self.right = theme.px(6), theme.px(16), theme.px(4)


class _BarPainter(QStyledItemDelegate):
    """Paints the stretch of a place: a claim as a bar with sign and words, what is free as a dashed box that says so."""

    def __init__(self, theme: Theme, texts: Texts, view: QTableView) -> None:
        super().__init__(view)
        self._theme, self._texts = theme, texts
        self._inks = _Inks(theme)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """One stretch."""
        stretch = index.data(STRETCH_ROLE)
        if not isinstance(stretch, Stretch):
            return
        if self._inks.of != (self._theme.tokens, self._theme.base):
            self._inks = _Inks(self._theme)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(2, 3, -2, -3)
        self._paint_bar(painter, box, stretch)
        view = self.parent()
        if view.currentIndex() == index:
            focused = view.hasFocus()
            painter.setPen(QPen(self._inks.text if focused else self._inks.muted, 2 if focused else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), 5, 5)
        painter.restore()

    def _paint_bar(self, painter: QPainter, box: QRect, stretch: Stretch) -> None:
        inks, claim = self._inks, stretch.claim
        if claim is not None:
            tone = claim_tone(claim)
            painter.setBrush(inks.grounds[tone])
            painter.setPen((inks.held if claim.state is BookingState.OFFERED else inks.edges)[tone])
            painter.drawRoundedRect(box, 4, 4)
            self._paint_words(painter, box, stretch, (claim_sign(claim), inks.inks[tone], inks.text))
        elif stretch.kind is Kind.FREE:
            painter.setPen(inks.free)
            painter.drawRoundedRect(box, 4, 4)
            self._paint_words(painter, box, stretch, (FREE_SIGN, inks.accent, inks.accent))
        else:
            self._paint_words(painter, box, stretch, ("–", inks.muted, inks.muted))

    def _paint_words(self, painter: QPainter, box: QRect, stretch: Stretch, shown: tuple[str, QColor, QColor]) -> None:
        inks, (sign, ink, words_ink) = self._inks, shown
        # The words of a long bar stay in sight when the grid is scrolled sideways.
        room = box.adjusted(inks.left, 0, -inks.right, 0)
        room.setLeft(max(room.left(), inks.right))
        painter.setPen(ink)
        painter.setFont(inks.sign_font)
        painter.drawText(room, _MIDDLE, sign)
        room.setLeft(room.left() + inks.sign)
        painter.setPen(words_ink)
        painter.setFont(inks.font)
        painter.drawText(room, _MIDDLE, self._fitting(stretch, room.width()))

    def _fitting(self, stretch: Stretch, room: int) -> str:
        """All the words with an ellipsis; where not even the number of the case has room, the last of its parts, or the sign alone."""
        metrics, claim, words = self._inks.metrics, stretch.claim, stretch_words(self._texts, stretch)
        if metrics.horizontalAdvance(words) <= room:
            return words
        if claim is not None and metrics.horizontalAdvance(f"{claim.case_number}…") > room:
            last = claim.case_number.rpartition("-")[2]
            return last if metrics.horizontalAdvance(last) <= room else ""
        return metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, room))


class PlacesGrid(TallGrid):
    """`chosen(line, stretch)` follows the keyboard; `entered()` for Enter, Space or a double click; `typed(letter)` for a letter."""

    chosen = Signal(object, object)
    entered = Signal()
    typed = Signal(str)

    def __init__(self, theme: Theme, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.places_model = PlacesModel(texts, self)
        self._week = 0
        self.setModel(self.places_model)
        self.setItemDelegate(_BarPainter(theme, texts, self))
        self.setAccessibleName(texts.say("The places of the round"))
        self._configure()

    @property
    def line(self) -> PlaceLine | None:
        """The place where the keyboard is."""
        index, lines = self.currentIndex(), self.places_model.lines
        return lines[index.row()] if index.isValid() and index.row() < len(lines) else None

    @property
    def stretch(self) -> Stretch | None:
        """What stands where the keyboard is."""
        return self.places_model.stretch(self.currentIndex())

    def show_lines(self, lines: Sequence[PlaceLine], weeks: Sequence[date], empty: frozenset[date]) -> None:
        """Show these places; one stays on the place and in the week where one is."""
        before = self.line
        if not self.places_model.show_lines(lines, weeks, empty) and before is not None:
            return
        self._lay_out()
        row = next((row for row, line in enumerate(lines) if before is not None and line.id == before.id), 0)
        self._go_to(min(row, len(lines) - 1), self._week, tell=False)

    def choose(self, number: int, week: int = 0) -> bool:
        """Go to a place, to what stands there in a week; False when there is no such place."""
        rows = [row for row, line in enumerate(self.places_model.lines) if line.id == number]
        if rows:
            self._go_to(rows[0], week)
        return bool(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows walk by place and by bar, Home and End along a place (with Ctrl to the first and the last)."""
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        by_place = bool(held & Qt.KeyboardModifier.ControlModifier)
        if key in _STEPS and not held:
            self._step(*_STEPS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
            self._go_far(to_end=key == Qt.Key.Key_End, by_place=by_place)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not held:
            self.entered.emit()
        elif held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier) and event.text().isalpha():
            self.typed.emit(event.text().upper())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The weeks share the width."""
        super().resizeEvent(event)
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Places follow the size of the text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self.model() is not None:
            self._lay_out()

    # --- internals ---

    def _configure(self) -> None:
        self.horizontalHeader().setProperty("part", "narrow")
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)

    def _lay_out(self) -> None:
        self.clearSpans()
        for row, line in enumerate(self.places_model.lines):
            for stretch in line.stretches:
                if stretch.weeks > 1:
                    self.setSpan(row, stretch.week, 1, stretch.weeks)
        tall = max(self._theme.px(PLACE_HEIGHT), QFontMetrics(self._theme.font(13)).height() + self._theme.px(14))
        self.verticalHeader().setDefaultSectionSize(tall)
        self._share_width()

    def _share_width(self) -> None:
        count = len(self.places_model.weeks)
        if not count:
            return
        least, room = self._theme.px(WEEK_WIDTH), self.viewport().width()
        wide, rest = max(least, room // count), max(0, room - count * (room // count)) if room // count >= least else 0
        for place in range(count):
            # The last pixels go to the first weeks, one each.
            self.setColumnWidth(place, wide + int(place < rest))
        self.setFixedHeight(self.whole_height)

    def _step(self, rows: int, bars: int) -> None:
        index, line = self.currentIndex(), self.line
        if line is None:
            return
        if rows:
            self._go_to(index.row() + rows, self._week)
            return
        at = line.stretches.index(line.at(index.column())) + bars
        if 0 <= at < len(line.stretches):
            self._go_to(index.row(), line.stretches[at].week)

    def _go_far(self, *, to_end: bool, by_place: bool) -> None:
        row = (len(self.places_model.lines) - 1 if to_end else 0) if by_place else self.currentIndex().row()
        self._go_to(row, len(self.places_model.weeks) - 1 if to_end else 0)

    def _go_to(self, row: int, week: int, *, tell: bool = True) -> None:
        """Stand on a place in a week: on the first cell of what stands there, which its other weeks are part of."""
        lines = self.places_model.lines
        if not 0 <= row < len(lines):
            return
        self._week = max(0, min(week, len(self.places_model.weeks) - 1))
        stretch = lines[row].at(self._week)
        index = self.places_model.index(row, stretch.week)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.viewport().update()
        if tell:
            self.chosen.emit(lines[row], stretch)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._go_to(index.row(), index.column())

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self._go_to(index.row(), index.column())
        self.entered.emit()
