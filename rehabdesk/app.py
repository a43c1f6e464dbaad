"""Where everything is put together: settings, log, clock, hooks, the vault's connections, the windows. No globals elsewhere.

Importing this costs nothing: Qt comes with the window, the database library after the lock screen has been painted.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rehabdesk.domain.clock import Clock

if TYPE_CHECKING:
    from datetime import datetime

    from rehabdesk.services.vault import UnlockedVault
    from rehabdesk.store.store import Store
    from rehabdesk.ui.shell.desk import Desk


class Start(NamedTuple):
    """How the window is to begin. `secret` unlocks at once; `covers` are the screens a locking process still covers."""

    vault: Path | None = None
    secret: str | None = None
    language: str = "sv"
    covers: str | None = None


def system_clock() -> Clock:
    """The real time; nobody else asks the system for it."""
    return Clock(now=_now, monotonic=time.monotonic)


def _now() -> datetime:
    # The lock screen shows no time.
    from datetime import datetime

    return datetime.now()


def open_store(unlocked: UnlockedVault, clock: Clock) -> Store:
    """The store of an unlocked vault; it belongs to the thread that calls this."""
    from rehabdesk.store.database import open_connections
    from rehabdesk.store.store import Store

    return Store(open_connections(unlocked.database_path, unlocked.data_key), clock)


@contextmanager
def opened(unlocked: UnlockedVault, clock: Clock) -> Iterator[Store]:
    """The store for as long as the block lasts; afterwards store and vault are closed."""
    try:
        store = open_store(unlocked, clock)
        try:
            yield store
        finally:
            store.close()
    finally:
        unlocked.close()


def run(start: Start) -> int:
    """Open the window and stay until it is left or locked."""
    # Looking for garbage among what is just being loaded costs a tenth of the time to the first paint; Collector looks later.
    gc.disable()
    from PySide6.QtWidgets import QApplication

    keep_sources_out_of_memory()
    from rehabdesk.paths import settings_file
    from rehabdesk.settings import Settings
    from rehabdesk.ui.parts.theme import STYLE_ARGUMENTS, Theme
    from rehabdesk.ui.parts.tokens import Mode
    from rehabdesk.ui.shell.desk import Beginning, Desk, World

    settings = Settings(settings_file())
    # Of the arguments Qt gets only its own: it would keep the vault's path among them.
    qt = QApplication([*sys.argv[:1], *STYLE_ARGUMENTS])
    qt.setApplicationName("rehabdesk")
    qt.setQuitOnLastWindowClosed(False)
    # Not by Python's own way out: what memory still holds of the vault must go at once, whatever a thread is doing.
    world = World(system_clock(), settings, open_store, os._exit)
    desk = Desk(world, Theme(qt, Mode(settings.current.theme), begins=True), start.language, Beginning(start.vault, start.secret, start.covers))
    desk.painted.connect(partial(_after_first_paint, desk))
    desk.begin()
    return qt.exec()


def keep_sources_out_of_memory() -> None:
    """Keep PySide6 from reading the source text of everything imported after it, and from keeping each line of it.

    It looks there for modules that ask for its `__feature__` names, which none of ours does. With an open vault that was 19 MB of
    other people's source text, and a seventh of the time of every import.
    """
    feature = sys.modules.get("shibokensupport.feature")
    # The name is PySide6's own affair: where a later one has renamed it, it reads on as before.
    if hasattr(feature, "feature_imported"):
        feature.feature_imported = _look_at_nothing
    linecache = sys.modules.get("linecache")
    if linecache is not None:
        linecache.clearcache()


def _look_at_nothing(_module: object) -> None:
    """In the place of the search for feature names."""


def _after_first_paint(desk: Desk) -> None:
    """What has to be there before anybody can have typed a passphrase, but not before something is seen."""
    from rehabdesk.logging_setup import start_logging
    from rehabdesk.paths import log_folder
    from rehabdesk.store.vault import harden_process
    from rehabdesk.ui.shell.collector import Collector
    from rehabdesk.ui.shell.errors import ErrorTeller

    if desk.findChild(ErrorTeller) is None:
        Collector(desk)
        harden_process()
        start_logging(log_folder())
        ErrorTeller(desk.messages, partial(getattr, desk, "texts"), desk).install()
