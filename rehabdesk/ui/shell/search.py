"""Ctrl+K: one line that finds people, cases, meetings and commands, and goes there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import Muted
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.shell.overlay import Overlay

PLACE = Qt.ItemDataRole.UserRole
MOST_HITS = 60


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Something found. `kind` is the words of its group ("Ärenden"); `subtitle` tells it apart from its likes."""

    kind: str
    title: str
    subtitle: str
    target: Target


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done from the search line, and the key that does it too."""

    words: str
    do: Callable[[], None]
    key: str = ""


Search = Callable[[str], tuple[SearchHit, ...]]


class SearchPalette(Overlay):
    """The line and what it found, by group; arrows choose, Enter goes."""

    went = Signal(object)

    def __init__(self, texts: Texts, search: Search, commands: Callable[[], tuple[Command, ...]], parent: QWidget) -> None:
        super().__init__(texts.say("Search"), parent)
        self._texts = texts
        self._search = search
        self._commands = commands
        self._found: list[SearchHit | Command] = []
        self.line = QLineEdit()
        self.line.setPlaceholderText(texts.say("Search name, case, meeting, command"))
        self.line.setAccessibleName(texts.say("Search"))
        self.results = QListWidget()
        self.results.setAccessibleName(texts.say("Found"))
        self.results.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nothing = Muted()
        for widget in (self.line, self._nothing, self.results):
            self.rows.addWidget(widget)
        self.rows.setStretchFactor(self.results, 1)
        self.line.textEdited.connect(self._on_typed)
        self.line.returnPressed.connect(self._on_enter)
        self.results.itemClicked.connect(self._on_clicked)

    def open(self) -> None:
        """Begin anew."""
        self.line.clear()
        self._show_found("")
        super().open()
        self.line.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows and page keys move among what was found, while the keyboard stays in the line."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if event.key() in steps:
            self._step(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _on_typed(self, text: str) -> None:
        self._show_found(text.strip())

    def _on_enter(self) -> None:
        item = self.results.currentItem()
        if item is not None:
            self._on_clicked(item)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        place = item.data(PLACE)
        if place is None:
            return
        found = self._found[place]
        self.close_overlay()
        if isinstance(found, Command):
            found.do()
        else:
            self.went.emit(found.target)

    def _show_found(self, text: str) -> None:
        hits = self._search(text)[:MOST_HITS] if text else ()
        wanted = text.casefold()
        commands = [command for command in self._commands() if wanted in command.words.casefold()]
        self.results.clear()
        self._found = []
        group = ""
        for hit in hits:
            if hit.kind != group:
                group = hit.kind
                self._add_group(group)
            self._add(hit, f"{hit.title}    {hit.subtitle}" if hit.subtitle else hit.title)
        if commands:
            self._add_group(self._texts.say("Commands"))
        for command in commands:
            self._add(command, f"{command.words}    {command.key}" if command.key else command.words)
        self._nothing.setText("" if self._found else self._texts.say("Nothing found. Try part of a name or a number."))
        self._nothing.setVisible(not self._found)
        self._step(1)

    def _add_group(self, words: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(self.palette().placeholderText())
        self.results.addItem(item)

    def _add(self, found: SearchHit | Command, words: str) -> None:
        item = QListWidgetItem(words)
        item.setData(PLACE, len(self._found))
        self._found.append(found)
        self.results.addItem(item)

    def _step(self, by: int) -> None:
        places = [row for row in range(self.results.count()) if self.results.item(row).data(PLACE) is not None]
        if not places:
            return
        now = self.results.currentRow()
        at = places.index(now) + by if now in places else 0
        self.results.setCurrentRow(places[max(0, min(len(places) - 1, at))])
        self.results.scrollToItem(self.results.currentItem())
        # The keyboard stays in the line, so the line tells what would be opened.
        self.line.setAccessibleDescription(self.results.currentItem().text())
