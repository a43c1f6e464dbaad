"""The sidebar: the forum's name, the search, the rooms with their counts, the last backup and the lock."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QVBoxLayout, QWidget

from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import Heading, KeyButton, Words, key_text
from rehabdesk.ui.parts.layouts import column, holding, scrolling
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.parts.tokens import GAP, PAD
from rehabdesk.ui.shell.context import Context
from rehabdesk.ui.shell.rooms import Room

WIDTH = 194


class RoomButton(QPushButton):
    """One room: its name, and at the right how much waits there."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, key: str, title: str, shortcut: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = key
        self._title = title
        self._count = ""
        self.setProperty("kind", "room")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(title)
        self.setAccessibleDescription(shortcut)
        self.setToolTip(shortcut)
        self.setText(title.replace("&", "&&"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)

    def show_count(self, count: int | None, told: str) -> None:
        """How much waits; nothing for None."""
        self._count = "" if count is None else str(count)
        self.setAccessibleName(told)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Name, count, padding."""
        metrics = QFontMetrics(self.font())
        size = super().sizeHint()
        return QSize(size.width() + metrics.horizontalAdvance(f"  {self._count}"), size.height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The style's panel and name, then the count."""
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        inner = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        painter.setPen(self._theme.colour("muted"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._count)

    def _on_clicked(self) -> None:
        self.chosen.emit(self._key)


class Sidebar(QFrame):
    """Where one is, and where one can go."""

    chosen = Signal(str)
    search_wanted = Signal()
    lock_wanted = Signal()
    keys_wanted = Signal()

    def __init__(self, context: Context, rooms: Sequence[Room], name: Callable[[], str], backup: Callable[[], str],
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._name, self._backup = name, backup
        self._buttons: dict[str, RoomButton] = {}
        self.setProperty("part", "side")
        self.setMinimumWidth(context.theme.px(WIDTH))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._heading = Heading()
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(GAP, PAD, GAP, PAD)
        self._rows.setSpacing(2)
        # On a small screen at 200 % the rooms are more than the window is high. Put up first: what is moved is styled anew.
        area = scrolling(holding(self._rows))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(column(area))
        texts = context.texts
        self._rows.addWidget(self._heading)
        self._heading.setContentsMargins(GAP, 0, GAP, 0)
        self._rows.addSpacing(GAP)
        self._rows.addWidget(self._button(texts.say("Search"), "Ctrl+K", "field", self.search_wanted))
        self._rows.addSpacing(GAP)
        for place, room in enumerate(rooms, start=1):
            self._add_room(room, place)
        self._rows.addSpacing(PAD)
        self._rows.addStretch(1)
        self._backup_line = Words("", "small")
        backup = column(self._backup_line)
        backup.setContentsMargins(GAP, 0, GAP, 4)
        self._rows.addLayout(backup)
        self._rows.addWidget(self._button(texts.name("button", "Keys"), "F1", "room", self.keys_wanted))
        self._rows.addWidget(self._button(texts.name("button", "Lock"), "Ctrl+L", "room", self.lock_wanted))
        self.refresh()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as its widest room."""
        return QSize(max(self.minimumWidth(), self._rows.sizeHint().width() + 2), super().sizeHint().height())

    def mark(self, key: str) -> None:
        """Show which room one is in."""
        button = self._buttons.get(key)
        if button is not None:
            button.setChecked(True)

    def refresh(self) -> None:
        """Ask for the name and the last backup again."""
        self._heading.setText(self._name())
        told = self._backup()
        self._backup_line.setText(told)
        self._backup_line.setVisible(bool(told))

    def _button(self, words: str, key: str, kind: str, wanted: Signal) -> KeyButton:
        # The window listens to the keys: the sidebar is hidden behind a full page, and a hidden button hears nothing.
        button = KeyButton(words, shows=key, kind=kind)
        button.clicked.connect(wanted)
        return button

    def _add_room(self, room: Room, place: int) -> None:
        shortcut = key_text(f"Ctrl+{place}") if place <= 9 else ""
        button = RoomButton(self._context.theme, room.key, self._context.texts.say(room.title), shortcut)
        button.chosen.connect(self.chosen)
        self._buttons[room.key] = button
        self._rows.addWidget(button)
        if room.count is not None:
            watch(button, self._context.store, room.tables, _Counting(self._context, room, button).refresh)


class _Counting:
    """Keeps one room's count."""

    def __init__(self, context: Context, room: Room, button: RoomButton) -> None:
        self._context, self._room, self._button = context, room, button

    def refresh(self) -> None:
        assert self._room.count is not None
        count = self._room.count(self._context)
        title = self._context.texts.say(self._room.title)
        self._button.show_count(count, title if count is None else f"{title}, {count}")
