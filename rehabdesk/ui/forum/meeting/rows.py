"""A list of rows with one stop for Tab: arrows move between the rows, letters and Enter act on the one that has the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from rehabdesk.ui.parts.basics import restyle
from rehabdesk.ui.parts.theme import Theme

Key = Hashable
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -10_000, Qt.Key.Key_End: 10_000}


def announce(widget: QWidget, sentence: str) -> None:
    """Let a screen reader say it now, wherever the keyboard is."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))


class ListRow(QFrame):
    """One row; `chosen` gives it the ground and the edge of where one is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chosen = False
        self.key: Key = None
        self.setProperty("part", "meeting-row")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def set_chosen(self, chosen: bool) -> None:
        """Mark where one is."""
        self._chosen = chosen
        restyle(self, "chosen", "true" if chosen else "false")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The edge at the left of a chosen row."""
        super().paintEvent(event)
        if self._chosen:
            painter = QPainter(self)
            painter.fillRect(QRectF(0, 0, self._theme.px(3), self.height()), self._theme.colour("accent"))


class RowList(QWidget):
    """Rows kept by key: a refresh changes them in place, so that the keyboard stays where it is.

    `entered(key)` for Enter, Space or a double click; `typed(key, letter)` for a letter; `moved(key, step)` for Alt with an
    arrow; `removed(key)` for Delete; `chosen(key)` when another row is the one that the keys act on.
    """

    entered = Signal(object)
    typed = Signal(object, str)
    moved = Signal(object, int)
    removed = Signal(object)
    chosen = Signal(object)

    def __init__(self, name: str, make: Callable[[Key], ListRow], fill: Callable[[ListRow, Key], None], gap: int = 0,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self.setAccessibleName(name)
        self._make, self._fill = make, fill
        self._rows: dict[Key, ListRow] = {}
        self._order: list[Key] = []
        self._current: Key = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(gap)

    @property
    def keys(self) -> tuple[Key, ...]:
        """What the rows stand for, in order."""
        return tuple(self._order)

    @property
    def current(self) -> Key:
        """The row that the keys act on, or None."""
        return self._current if self._current in self._rows else None

    def row(self, key: Key) -> ListRow | None:
        """The row of a key."""
        return self._rows.get(key)

    def show_keys(self, keys: Sequence[Key]) -> None:
        """Have exactly these rows in this order, each filled anew."""
        for key in [key for key in self._order if key not in keys]:
            self._drop(key)
        for key in keys:
            if key not in self._rows:
                self._add(key)
        if list(keys) != self._order:
            self._order = list(keys)
            for place, key in enumerate(self._order):
                if self._column.indexOf(self._rows[key]) != place:
                    self._column.removeWidget(self._rows[key])
                    self._column.insertWidget(place, self._rows[key])
                if place:
                    QWidget.setTabOrder(self._rows[self._order[place - 1]], self._rows[key])
        for key in self._order:
            self._fill(self._rows[key], key)
        if self.current is None:
            self._set_current(self._order[0] if self._order else None)

    def choose(self, key: Key) -> None:
        """Make this the row that Tab comes to, without taking the keyboard."""
        if key in self._rows:
            self._set_current(key)

    def take_focus(self) -> bool:
        """Put the keyboard on the current row; False when there is none."""
        row = self._rows.get(self._current)
        if row is None:
            return False
        row.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The keys of a row, and where the keyboard is."""
        if isinstance(watched, ListRow):
            if event.type() is QEvent.Type.FocusIn:
                self._set_current(watched.key)
            elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._on_key(watched.key, event)
            elif event.type() is QEvent.Type.MouseButtonDblClick:
                self.entered.emit(watched.key)
                return True
        return super().eventFilter(watched, event)

    def _on_key(self, key: Key, event: QKeyEvent) -> bool:
        pressed, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if pressed in _STEPS and held == Qt.KeyboardModifier.AltModifier and abs(_STEPS[pressed]) == 1:
            self.moved.emit(key, _STEPS[pressed])
        elif held not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            return False
        elif pressed in _STEPS:
            place = self._order.index(key) + _STEPS[pressed]
            self._set_current(self._order[max(0, min(place, len(self._order) - 1))])
            self.take_focus()
        elif pressed in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.entered.emit(key)
        elif pressed == Qt.Key.Key_Delete:
            self.removed.emit(key)
        elif event.text().isalpha():
            self.typed.emit(key, event.text().upper())
        else:
            return False
        return True

    def _add(self, key: Key) -> None:
        row = self._make(key)
        row.key = key
        row.installEventFilter(self)
        self._rows[key] = row
        self._column.addWidget(row)
        # Else it is only shown in the next turn of the event loop, and cannot take the keyboard before that.
        row.show()

    def _drop(self, key: Key) -> None:
        row = self._rows.pop(key)
        place = self._order.index(key)
        self._order.remove(key)
        if self._current == key:
            neighbour = self._order[min(place, len(self._order) - 1)] if self._order else None
            self._set_current(neighbour)
            if row.hasFocus():
                self.take_focus()
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _set_current(self, key: Key) -> None:
        changed, self._current = key != self._current, key
        for other, row in self._rows.items():
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other == key else Qt.FocusPolicy.ClickFocus)
        if changed:
            self.chosen.emit(key)
