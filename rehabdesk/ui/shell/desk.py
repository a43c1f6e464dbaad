"""The life of one process: the lock screen or the first run, then the window over an open vault, then the lock, which ends it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from rehabdesk.domain.clock import Clock
from rehabdesk.domain.problems import Refused
from rehabdesk.paths import data_folder, resources
from rehabdesk.settings import Settings
from rehabdesk.texts import Texts, texts_for
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.shell import relaunch
from rehabdesk.ui.shell.lock_screen import Locksmith, LockScreen, ask_for_folder
from rehabdesk.ui.shell.relaunch import Cover, Goodbye, Starter

if TYPE_CHECKING:
    import threading

    from PySide6.QtCore import QTranslator

    from rehabdesk.services.first_run import FirstForum
    from rehabdesk.services.vault import Kdf, UnlockedVault
    from rehabdesk.store.store import Store
    from rehabdesk.ui.shell.messages import Messages
    from rehabdesk.ui.shell.open_vault import OpenVault

MAIN_WINDOW = "main"
_FIRST_SIZE = (1280, 820)
#: Imported on a thread while the passphrase is typed, the heaviest first; ReportLab waits for the first paper.
_WANTED_SOON = (
    "sqlalchemy.orm", "rehabdesk.store.store", "rehabdesk.store.database", "rehabdesk.ui.shell.open_vault", "rehabdesk.ui.rooms",
    "rehabdesk.ui.today.page", "rehabdesk.ui.forum.page", "rehabdesk.ui.printing",
)


class Beginning(NamedTuple):
    """How this process begins: which vault, a secret that opens it at once, the places an earlier process covers."""

    vault: Path | None = None
    secret: str | None = None
    covers: str | None = None


class World(NamedTuple):
    """What the desk needs from outside; tests answer in its stead. `open_store` belongs to the main thread."""

    clock: Clock
    settings: Settings
    open_store: Callable[[UnlockedVault, Clock], Store]
    leave: Callable[[int], None]
    starter: Starter = relaunch.start_successor
    say_painted: Callable[[], None] = relaunch.say_painted
    locksmith: Locksmith = Locksmith()
    kdf: Kdf | None = None
    preload: bool = True


class Desk(QObject):
    """Holds the windows of this process.

    `painted` when there is something to see, `ready` when there is a window to work in, `left` when the work is over.
    """

    painted = Signal()
    ready = Signal()
    left = Signal()

    def __init__(self, world: World, theme: Theme, language: str, beginning: Beginning, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._world, self._theme, self._beginning = world, theme, beginning
        self._texts = texts_for(language)
        self._messages: Messages | None = None
        self._front: QWidget | None = None
        self._open: OpenVault | None = None
        self._covers: list[Cover] = []
        self._goodbye: Goodbye | None = None
        self._words_of_qt: QTranslator | None = None
        self._has_painted = False
        self._preloading: threading.Thread | None = None

    @property
    def texts(self) -> Texts:
        """The language spoken now."""
        return self._texts

    @property
    def messages(self) -> Messages:
        """Where anybody says something to the person. Made when it is first asked for: not before the first paint."""
        from rehabdesk.ui.shell.messages import Messages

        if self._messages is None:
            self._messages = Messages(self)
        return self._messages

    @property
    def front(self) -> QWidget | None:
        """What is shown before a vault is open: the lock screen, the first run, or the question after the recovery key."""
        return self._front

    @property
    def open_vault(self) -> OpenVault | None:
        """The vault that is open, with its window."""
        return self._open

    def begin(self) -> None:
        """Show the lock screen, or the first run where there has never been a vault."""
        folder = self._beginning.vault or self._last_vault()
        self._cover_other_screens()
        if folder is None:
            self.show_first_run()
        else:
            self.show_lock_screen(folder)

    def show_lock_screen(self, folder: Path | None) -> None:
        """The lock screen, in the place of what was shown."""
        screen = LockScreen(self._texts, self._theme, self._world.clock, folder, self._world.locksmith)
        screen.unlocked.connect(self._on_unlocked)
        screen.new_vault_wanted.connect(self.show_first_run)
        screen.language_chosen.connect(self._on_language_on_lock_screen)
        screen.painted.connect(self._on_painted)
        self._put_up(screen)
        if self._beginning.secret is not None:
            screen.fill_in(self._beginning.secret)
            self._beginning = self._beginning._replace(secret=None)
            screen.submit()

    def show_first_run(self) -> None:
        """The wizard, in the place of what was shown."""
        from rehabdesk.ui.shell.first_run.draft import Draft, Needs
        from rehabdesk.ui.shell.first_run.recovery_print import print_recovery
        from rehabdesk.ui.shell.first_run.wizard import FirstRun

        needs = Needs(self._world.clock, self._theme, print_recovery, ask_for_folder, self._world.kdf)
        wizard = FirstRun(self._texts, Draft(self._texts.language, data_folder()), needs)
        wizard.made.connect(self._on_made)
        wizard.left.connect(self._on_wizard_left)
        wizard.language_chosen.connect(self._on_language)
        self._put_up(wizard)
        QTimer.singleShot(0, self._on_painted)

    def close_vault(self) -> None:
        """Close the vault, where one is open; a running print job gets its two seconds."""
        opened, self._open = self._open, None
        if opened is not None:
            opened.close(relaunch.LONGEST_GOODBYE)

    # --- opening ---

    def _on_unlocked(self, vault: UnlockedVault, secret: str) -> None:
        if vault.by_recovery_key:
            self._ask_for_new_passphrase(vault, secret)
        else:
            self._enter(vault, None)

    def _on_made(self, vault: UnlockedVault, forum: FirstForum) -> None:
        self._enter(vault, forum)

    def _enter(self, vault: UnlockedVault, forum: FirstForum | None) -> None:
        # A key that is derived in no time is there before the first paint.
        self._on_painted()
        try:
            opened = self._opened(vault, forum)
        except Refused as refused:
            self.show_lock_screen(vault.folder)
            self._add_message_line()
            self.messages.error(self._texts.problems(refused.problems))
            return
        self._world.settings.change(last_vault=str(vault.folder), language=self._texts.language)
        window = opened.window
        window.lock_wanted.connect(self.lock)
        window.closed.connect(self._on_closed)
        window.language_changed.connect(self._on_language)
        self._open = opened
        self._put_up(window)
        self._front = None
        opened.go_where_one_was()
        for cover in self._covers:
            cover.deleteLater()
        self._covers.clear()
        self.ready.emit()

    def _opened(self, vault: UnlockedVault, forum: FirstForum | None) -> OpenVault:
        if self._preloading is not None:
            # Two threads in one import can see it half done; what is still missing is needed here anyway.
            self._preloading.join()
        from rehabdesk.ui.shell.open_vault import OpenVault

        try:
            store = self._world.open_store(vault, self._world.clock)
            try:
                return OpenVault(vault, store, self._texts, self._theme, self.messages, self._world.settings, forum, self)
            except BaseException:
                store.close()
                raise
        except BaseException:
            vault.close()
            raise

    def _ask_for_new_passphrase(self, vault: UnlockedVault, secret: str) -> None:
        from rehabdesk.ui.shell.new_passphrase import NewPassphrase

        asked = NewPassphrase(self._texts, self._theme, vault, secret, self._world.kdf)
        asked.done.connect(self._on_new_passphrase)
        self._put_up(asked)

    def _on_new_passphrase(self, vault: UnlockedVault) -> None:
        self._enter(vault, None)

    # --- locking and leaving ---

    def lock(self) -> None:
        """Cover everything, start a fresh process, close the vault, and leave when the fresh one has painted."""
        if self._open is None or self._goodbye is not None:
            return
        opened, world = self._open, self._world
        began = world.clock.monotonic()
        opened.note_place()
        places = relaunch.places_of_windows(opened.window)
        self._covers.extend(relaunch.cover_everything(self._texts))
        self._remember_geometry()
        arguments = ["--lang", self._texts.language, "--vault", str(opened.folder), "--covers", places]
        successor = world.starter(arguments)
        self.close_vault()
        spent = world.clock.monotonic() - began
        self._goodbye = Goodbye(successor, self._leave, relaunch.LONGEST_GOODBYE - spent, self)

    def _on_closed(self) -> None:
        """The window was closed: the same, without anybody to come after."""
        if self._goodbye is not None:
            self._leave()
            return
        self._remember_geometry()
        if self._open is not None:
            self._open.note_place()
        for window in QApplication.topLevelWidgets():
            window.hide()
        self.close_vault()
        self._leave()

    def _leave(self) -> None:
        self.left.emit()
        self._world.leave(0)

    def _remember_geometry(self) -> None:
        if self._open is not None:
            self._world.settings.remember_geometry(MAIN_WINDOW, relaunch.state_of(self._open.window))

    # --- windows ---

    def _put_up(self, window: QWidget) -> None:
        """Show a window where the last one was: on screen, else as an earlier process says, else as it is remembered."""
        before, self._front = self._front, window
        covered = (self._beginning.covers or "").split(";")[0]
        remembered = self._world.settings.current.geometry.get(MAIN_WINDOW)
        window.resize(*_FIRST_SIZE)
        if before is not None:
            window.restoreGeometry(before.saveGeometry())
        elif covered:
            relaunch.take_place(window, covered)
        elif remembered:
            relaunch.restore_state(window, remembered)
        window.show()
        window.activateWindow()
        if before is not None:
            before.hide()
            before.deleteLater()

    def _cover_other_screens(self) -> None:
        for place in (self._beginning.covers or "").split(";")[1:]:
            cover = Cover(self._texts)
            relaunch.take_place(cover, place)
            cover.show()
            self._covers.append(cover)

    # --- slots and internals ---

    def _on_painted(self) -> None:
        """There is something to see: now comes all that could wait."""
        if self._beginning.covers is not None and not self._has_painted:
            # Somebody waits for it.
            self._world.say_painted()
        self._theme.complete()
        self._add_message_line()
        if self._has_painted:
            return
        self._has_painted = True
        self.painted.emit()
        self._translate_qt()
        self._set_icon()
        self._prepare()

    def _add_message_line(self) -> None:
        from rehabdesk.ui.shell.messages import MessageLine

        if self._front is not None and self._front.findChild(MessageLine) is None:
            MessageLine(self._texts, self.messages, self._front)

    def _set_icon(self) -> None:
        from PySide6.QtGui import QIcon

        QApplication.setWindowIcon(QIcon(str(resources() / "icons" / "rehabdesk.svg")))

    def _translate_qt(self) -> None:
        """The words of the system's dialogs that Qt draws itself."""
        from PySide6.QtCore import QLibraryInfo, QTranslator

        if self._words_of_qt is None:
            self._words_of_qt = QTranslator(self)
        QApplication.removeTranslator(self._words_of_qt)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._words_of_qt.load(f"qtbase_{self._texts.language}", folder):
            QApplication.installTranslator(self._words_of_qt)

    def _prepare(self) -> None:
        import threading

        if self._world.preload and self._preloading is None:
            self._preloading = threading.Thread(target=_import_what_is_wanted_soon, daemon=True)
            self._preloading.start()

    def _on_language(self, language: str) -> None:
        self._texts = texts_for(language)
        self._world.settings.change(language=language)
        self._translate_qt()

    def _on_language_on_lock_screen(self, language: str) -> None:
        before = self._front
        assert isinstance(before, LockScreen)
        typed = before.typed()
        self._on_language(language)
        self.show_lock_screen(before.folder)
        assert isinstance(self._front, LockScreen)
        self._front.fill_in(typed)

    def _on_wizard_left(self) -> None:
        self.show_lock_screen(self._last_vault())

    def _last_vault(self) -> Path | None:
        remembered = self._world.settings.current.last_vault
        return Path(remembered) if remembered else None


def _import_what_is_wanted_soon() -> None:
    import importlib

    for name in _WANTED_SOON:
        importlib.import_module(name)
