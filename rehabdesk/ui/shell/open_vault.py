"""An open vault with its window: put together after unlocking, taken apart again before the process ends."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard, QGuiApplication

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import first_run, settings
from rehabdesk.services.first_run import FirstForum
from rehabdesk.services.vault import UnlockedVault
from rehabdesk.settings import Settings
from rehabdesk.store.queries import settings as queries
from rehabdesk.store.queries.forum import sessions
from rehabdesk.store.store import Store
from rehabdesk.texts import Texts
from rehabdesk.ui import rooms
from rehabdesk.ui.parts.autosave import FlushRegistry
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.printing import PrintQueue
from rehabdesk.ui.shell import place
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.shell.main_window import MainWindow, Surroundings
from rehabdesk.ui.shell.messages import Action, Messages

_log = logging.getLogger(__name__)


class OpenVault(QObject):
    """Store, print queue and window of one vault. With a `forum` it is set up first."""

    def __init__(
        self, vault: UnlockedVault, store: Store, texts: Texts, theme: Theme, messages: Messages, machine: Settings,
        forum: FirstForum | None = None, parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._vault, self._store = vault, store
        self._is_new = forum is not None
        self._place = ""
        if forum is not None:
            first_run.set_up(store, forum)
        self._queue = PrintQueue(store, texts, machine, parent=self)
        flushes = FlushRegistry(store.clock, self)
        context = Context(
            store=store, texts=texts, clock=store.clock, theme=theme, messages=messages, flushes=flushes, settings=machine,
            queue=self._queue, demo=store.read(queries.is_demo),
        )
        seek = rooms.Seeker(store, texts, store.clock)
        self._rooms = rooms.rooms()
        self._window = MainWindow(context, self._rooms, Surroundings(name=self._forum_name, search=seek))
        self._window.language_changed.connect(seek.change_language)
        self._queue.failed.connect(self._on_print_problem)

    @property
    def folder(self) -> Path:
        """The vault's folder."""
        return self._vault.folder

    @property
    def store(self) -> Store:
        """The open store."""
        return self._store

    @property
    def window(self) -> MainWindow:
        """The window."""
        return self._window

    def go_where_one_was(self) -> None:
        """The page and the field from before the lock; else Idag, and for a new forum what to do next."""
        remembered = self._store.read(queries.last_place)
        known = frozenset(room.key for room in self._rooms)
        if not (remembered and place.restore(self._window, remembered, known)):
            self._window.navigate(rooms.FIRST)
        if self._is_new:
            context = self._window.context
            context.messages.info(
                context.texts.say("The forum is set up. Next: add the parties who sit at the table, then plan the first meeting."),
                Action(context.texts.name("button", "To the contacts"), self._go_to_contacts),
            )

    def note_place(self) -> None:
        """See where one is, before a cover takes the keyboard away."""
        self._place = place.described(self._window)

    def close(self, seconds: float) -> None:
        """Keep the place, take the pages away and close the vault; a running print job gets so many seconds."""
        _clear_clipboard()
        try:
            settings.remember_place(self._store, self._place)
        except Refused as refused:
            # A full disk never keeps anybody from locking.
            _log.info("place not remembered: %s", refused)
        pages = self._window.takeCentralWidget()
        if pages is not None:
            # Not at once: the lock may have been asked for by a button among them.
            pages.deleteLater()
        self._store.close()
        self._vault.close()
        self._queue.shutdown(seconds)

    def _on_print_problem(self, problem: Problem) -> None:
        """Told quietly wherever one is; the meeting and the papers say it in its place as well."""
        context = self._window.context
        context.messages.info(context.texts.problem(problem))

    def _forum_name(self) -> str:
        series = self._store.read(sessions.series)
        return series[0].name if series else self.folder.stem

    def _go_to_contacts(self) -> None:
        self._window.navigate(Target("contacts"))


def _clear_clipboard() -> None:
    """What was copied out of the vault would outlive the lock; what another program put there is left alone."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
