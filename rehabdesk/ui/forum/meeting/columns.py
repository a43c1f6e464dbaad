"""The three columns side by side, or, where there is no room, one at a time behind three buttons. F6 goes round."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from rehabdesk.ui.parts.basics import KeyButton
from rehabdesk.ui.parts.layouts import line
from rehabdesk.ui.shell.context import Context
from rehabdesk.ui.shell.page import SavedLabel

NARROW = 1040
"""Below this width (at 14 px text) the columns stand one at a time."""
LEFT, RIGHT = 286, 250


class Column(Protocol):
    """A column that can take the keyboard."""

    def focus_first(self) -> None:
        """Put the keyboard where one begins."""


class Columns(QWidget):
    """Lays out agenda, item and presence. `turned` when another column is shown."""

    turned = Signal()

    def __init__(self, context: Context, left: QWidget, middle: QStackedWidget, right: QWidget, page: QWidget) -> None:
        super().__init__(page)
        self.setProperty("part", "clear")
        self._context = context
        self._columns = (left, middle, right)
        self._narrow = False
        self._shown = 1
        self._bar = QFrame()
        self._bar.setProperty("part", "header")
        self._tabs: list[KeyButton] = []
        say = context.texts.say
        group = QButtonGroup(self)
        for place, words in enumerate((say("Agenda"), say("The item"), say("Who is here"))):
            button = KeyButton(words, kind="room")
            button.setCheckable(True)
            group.addButton(button, place)
            self._tabs.append(button)
        group.idClicked.connect(self.show_column)
        saved = SavedLabel(context)
        bar = line(*self._tabs, None, saved, gap=4)
        bar.setContentsMargins(12, 2, 16, 2)
        self._bar.setLayout(bar)
        self._bar.hide()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, one in enumerate(self._columns):
            row.addWidget(one, 1 if place == 1 else 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._bar)
        whole.addLayout(row, 1)
        self._widths()
        for key, slot in (("F6", self.go_on), ("Shift+F6", self.go_back)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(slot)

    @property
    def is_narrow(self) -> bool:
        """Whether the columns stand one at a time."""
        return self._narrow

    def fit(self, width: int) -> None:
        """Take the room there is."""
        narrow = width < self._context.theme.px(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self._bar.setVisible(narrow)
            self._widths()
            self._arrange()

    def show_column(self, place: int) -> None:
        """Show a column, with the keyboard in it."""
        self._shown = place
        self._arrange()
        self._focus(place)

    def show_middle(self) -> None:
        """The item, where one column is shown."""
        self._shown = 1
        self._arrange()

    def step_back(self) -> bool:
        """Esc: from a side column back to the item; False when one is there."""
        if not self._narrow or self._shown == 1:
            return False
        self.show_column(1)
        return True

    def go_on(self) -> None:
        """F6."""
        self.show_column((self._here() + 1) % 3)

    def go_back(self) -> None:
        """Shift+F6."""
        self.show_column((self._here() - 1) % 3)

    def _here(self) -> int:
        focused = self.window().focusWidget()
        return next((place for place, one in enumerate(self._columns) if focused is not None and one.isAncestorOf(focused)), 0)

    def _focus(self, place: int) -> None:
        one = self._columns[place]
        target: Column = one.currentWidget() if isinstance(one, QStackedWidget) else one
        target.focus_first()

    def _widths(self) -> None:
        px = self._context.theme.px
        for place, width in ((0, LEFT), (2, RIGHT)):
            one = self._columns[place]
            one.setMinimumWidth(0 if self._narrow else px(width))
            one.setMaximumWidth(16_777_215 if self._narrow else px(width))

    def _arrange(self) -> None:
        for place, one in enumerate(self._columns):
            one.setVisible(not self._narrow or place == self._shown)
        self._tabs[self._shown].setChecked(True)
        self.turned.emit()
