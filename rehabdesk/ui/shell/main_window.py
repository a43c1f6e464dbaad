"""The window: sidebar, pages made when they are first visited, the keys that work everywhere, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from rehabdesk.domain.problems import Refused
from rehabdesk.texts import texts_for
from rehabdesk.ui.parts.basics import key_sequences, key_text
from rehabdesk.ui.parts.in_sight import KeptInSight
from rehabdesk.ui.parts.tokens import EDGE
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.shell.messages import MessageLine
from rehabdesk.ui.shell.overview import KeyList, KeyOverview
from rehabdesk.ui.shell.page import Page, names_would_show
from rehabdesk.ui.shell.rooms import Room
from rehabdesk.ui.shell.search import Command, Search, SearchHit, SearchPalette
from rehabdesk.ui.shell.sidebar import Sidebar

LONGEST_WAY_BACK = 50
USUAL_SIZE = QSize(1280, 820)


def no_search(_text: str) -> tuple[SearchHit, ...]:
    """Find nothing."""
    return ()


def no_words() -> str:
    """Say nothing."""
    return ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the window asks the application for: the forum's name, the line about the backup, the search."""

    name: Callable[[], str] = no_words
    backup: Callable[[], str] = no_words
    search: Search = no_search


class MainWindow(QMainWindow):
    """Everything after unlocking. `lock_wanted` and `closed` come after what was typed has been flushed."""

    lock_wanted = Signal()
    closed = Signal()
    navigated = Signal(object)
    language_changed = Signal(str)

    def __init__(self, context: Context, rooms: Sequence[Room], surroundings: Surroundings | None = None) -> None:
        super().__init__()
        self._rooms = {room.key: room for room in rooms}
        self._surroundings = surroundings or Surroundings()
        self._context = replace(context, navigate=self.navigate, change_language=self.change_language)
        self._pages: dict[str, Page] = {}
        self._target: Target | None = None
        self._way_back: list[Target] = []
        self._warned_of_closing = False
        self._listen()
        self._build()
        # Above the line of a message, which lies over the foot of the page.
        KeptInSight(self, 3 * EDGE)
        self.resize(USUAL_SIZE.boundedTo(self.screen().availableSize()))

    @property
    def context(self) -> Context:
        """What the pages have."""
        return self._context

    @property
    def target(self) -> Target | None:
        """Where one is."""
        return self._target

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._pages.get(self._target.room) if self._target is not None else None

    @property
    def _is_covered(self) -> bool:
        page = self.page
        return page is not None and page.is_covered

    def _would_show_names(self) -> bool:
        """Whether anything else than the page in sight stays closed, since a projector may show it; then it is said what to do."""
        if self.page is None or not self.page.hides_names:
            return False
        self._context.messages.warn(names_would_show(self._context.texts))
        return True

    # --- moving about ---

    def navigate(self, target: Target) -> None:
        """Go to a place, remembering the way back."""
        if target.room not in self._rooms:
            raise KeyError(f"no room {target.room!r}")
        if self._is_covered or (target != self._target and self._would_show_names()):
            return
        if self._target is not None and target != self._target:
            self._way_back.append(self._target)
            del self._way_back[:-LONGEST_WAY_BACK]
        self._go(target)

    def note_place(self, target: Target) -> None:
        """A page tells that one is somewhere else inside it now, so that the way back leads there."""
        if self._target is not None and target != self._target:
            self._way_back.append(self._target)
            self._target = target

    def step_back(self) -> None:
        """Esc: close what lies on top, else one step back in the page, else where one came from."""
        for overlay in (self._search, self._overview):
            if overlay.isVisible():
                overlay.close_overlay()
                return
        page = self.page
        if self._is_covered or (page is not None and page.step_back()):
            return
        if self._way_back and not self._would_show_names():
            self._go(self._way_back.pop())

    def change_language(self, language: str) -> None:
        """Speak another language at once: everything is built anew, and one stays where one is."""
        if language == self._context.texts.language or not self._context.flushes.flush_all():
            return
        self._context = replace(self._context, texts=texts_for(language))
        self._rebuild()
        self.language_changed.emit(language)

    def undo(self) -> None:
        """Take back the latest step, and say which."""
        self._replay(backwards=True)

    def redo(self) -> None:
        """Do it again, and say what."""
        self._replay(backwards=False)

    def lock(self) -> None:
        """Save what is typed and ask to be locked. Locking is never refused."""
        self._context.flushes.flush_all()
        self.lock_wanted.emit()

    def open_search(self) -> None:
        """Ctrl+K."""
        if self._is_covered or self._would_show_names():
            return
        self._overview.hide()
        self._search.open()

    def open_overview(self) -> None:
        """F1."""
        self._search.hide()
        self._overview.open()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Save first. What cannot be saved is told once; closing again closes."""
        if not self._context.flushes.flush_all() and not self._warned_of_closing:
            self._warned_of_closing = True
            self._context.messages.error(self._context.texts.say(
                "What you typed last could not be saved, so the window stays open. Close it again to leave without it."
            ))
            event.ignore()
            return
        event.accept()
        self.closed.emit()

    # --- internals ---

    def _listen(self) -> None:
        for key, slot in (
            ("Ctrl+K", self.open_search), ("Ctrl+L", self.lock), ("Ctrl+Z", self.undo), ("Ctrl+Shift+Z", self.redo),
            ("Ctrl+Y", self.redo), ("Esc", self.step_back), ("Alt+Left", self.step_back), ("F1", self.open_overview),
        ):
            shortcut = QShortcut(self)
            shortcut.setKeys(key_sequences(key))
            shortcut.activated.connect(slot)
        for place in range(1, 10):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{place}"), self)
            shortcut.setObjectName(str(place))
            shortcut.activated.connect(self._on_room_key)
        self._context.flushes.left.connect(self._on_field_left)

    def _build(self) -> None:
        context, told = self._context, self._surroundings
        listed = self._listed()
        centre = QWidget()
        self.setCentralWidget(centre)
        self._stack = QStackedWidget(centre)
        # From the outermost inwards: what is filled before it has its place is styled anew with every step it is moved.
        self._context = context = replace(self._context, within=self._stack)
        self._sidebar = Sidebar(context, listed, told.name, told.backup, centre)
        self._sidebar.chosen.connect(self._on_room_chosen)
        self._sidebar.search_wanted.connect(self.open_search)
        self._sidebar.keys_wanted.connect(self.open_overview)
        self._sidebar.lock_wanted.connect(self.lock)
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._sidebar)
        row.addWidget(self._stack, 1)
        self._search = SearchPalette(context.texts, told.search, self._commands, centre)
        self._search.went.connect(self.navigate)
        self._overview = KeyOverview(context.texts, self._window_keys, centre)
        self._line = MessageLine(context.texts, context.messages, self._stack)
        # Never a name: window titles end up in lists the system keeps.
        self.setWindowTitle("rehabdesk · DEMO" if context.demo else "rehabdesk")

    def _rebuild(self) -> None:
        here = self._target
        self._pages.clear()
        self._build()
        # A window that is already shown would show its new content only later.
        self.centralWidget().setVisible(self.isVisible())
        if here is not None:
            self._go(here)

    def _listed(self) -> list[Room]:
        return [room for room in self._rooms.values() if room.listed]

    def _go(self, target: Target) -> None:
        before = self.page
        self._context.flushes.flush_all()
        room = self._rooms[target.room]
        page = self._pages.get(room.key)
        if page is None:
            page = room.factory(self._context)
            self._pages[room.key] = page
            self._stack.addWidget(page)
        if before is not None and before is not page:
            before.leaving()
        self._target = target
        self._sidebar.mark(room.under or room.key)
        self._stack.setCurrentWidget(page)
        # Hiding the page before makes Qt hand the keyboard to whatever comes next: that is nobody's choice.
        given_by_qt = self.focusWidget() if before is not page else None
        page.open_target(target)
        # Only now: whether a page is full may depend on which of its faces the target named.
        self._sidebar.setVisible(not page.full)
        focused = self.focusWidget()
        if focused is given_by_qt or not page.isAncestorOf(focused or self):
            page.focus_first()
        self.navigated.emit(target)

    def _on_field_left(self) -> None:
        self._context.store.end_merging()

    def _on_room_chosen(self, key: str) -> None:
        self.navigate(Target(key))

    def _on_room_key(self) -> None:
        place = int(self.sender().objectName()) - 1
        listed = self._listed()
        if place < len(listed):
            self.navigate(Target(listed[place].key))

    def _replay(self, backwards: bool) -> None:
        context = self._context
        # In a pause nothing is told of what was done either.
        if self._is_covered or not context.flushes.flush_all():
            return
        try:
            label = context.store.undo() if backwards else context.store.redo()
        except Refused as refused:
            context.messages.error(context.texts.problems(refused.problems))
            return
        if label is None:
            said = context.texts.say("Nothing to undo.") if backwards else context.texts.say("Nothing to do again.")
        else:
            what = context.texts.label(label)
            said = context.texts.say("Undone: {what}", what=what) if backwards else context.texts.say("Done again: {what}", what=what)
        context.messages.info(said)

    def _commands(self) -> tuple[Command, ...]:
        texts = self._context.texts
        rooms = tuple(
            Command(texts.say("Go to {room}", room=texts.say(room.title)), _Going(self, Target(room.key)), key_text(f"Ctrl+{place}"))
            for place, room in enumerate(self._listed(), start=1)
        )
        importing = (Command(texts.say("Import cases"), _Going(self, Target("cases", face="import"))),) if "cases" in self._rooms else ()
        return (
            *rooms,
            *importing,
            Command(texts.name("button", "Undo"), self.undo, key_text("Ctrl+Z")),
            Command(texts.name("button", "Do again"), self.redo, key_text("Ctrl+Shift+Z")),
            Command(texts.name("button", "Keys"), self.open_overview, "F1"),
            Command(texts.name("button", "Lock"), self.lock, key_text("Ctrl+L")),
        )

    def _window_keys(self) -> KeyList:
        texts = self._context.texts
        keys = [(command.key, command.words) for command in self._commands() if command.key]
        return [*keys, (key_text("Ctrl+K"), texts.say("Search")), (key_text("Esc"), texts.say("One step back"))]


class _Going:
    """Goes to one place when it is called."""

    def __init__(self, window: MainWindow, target: Target) -> None:
        self._window, self._target = window, target

    def __call__(self) -> None:
        self._window.navigate(self._target)
