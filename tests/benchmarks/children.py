"""The processes that are timed from outside: `python -m tests.benchmarks.children WHAT …`; each prints one JSON line at its moment."""

from __future__ import annotations

import json
import os
import sys
import time


def empty_window() -> None:
    """The floor of a launch: one empty window, painted, which it tells as ours does: when the paint has reached the screen."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    class Window(QWidget):
        def paintEvent(self, event: object) -> None:  # noqa: N802
            QTimer.singleShot(0, painted)

    def painted() -> None:
        tell()
        os._exit(0)

    application = QApplication(sys.argv[:1])
    window = Window()
    window.resize(1280, 820)
    window.show()
    application.exec()


def lock_screen(folder: str) -> None:
    """Our launch as `rehabdesk --vault` does it, to the painted lock screen."""
    from rehabdesk.cli import main

    def write(_descriptor: int, _line: bytes) -> int:
        tell(heavy=sorted({"sqlalchemy", "reportlab", "sqlcipher3", "babel"} & sys.modules.keys()))
        os._exit(0)

    # What a locking process listens for is what is timed here. Taken where it is said, so that nothing is imported in another
    # order than `rehabdesk` itself does.
    os.write = write

    main(["--vault", folder, "--covers", ""])


def at_work(folder: str) -> None:
    """Unlocked, on Idag and Forum, at rest: what it holds of memory, and which libraries it has imported."""
    from PySide6.QtCore import QTimer

    from rehabdesk.app import keep_sources_out_of_memory

    keep_sources_out_of_memory()
    from rehabdesk.ui.shell.context import Target

    def told() -> None:
        tell(libraries=_libraries())
        os._exit(0)

    def rest() -> None:
        desk.open_vault.window.navigate(Target("forum"))
        QTimer.singleShot(1500, told)

    application, desk = _desk(folder)
    desk.ready.connect(rest)
    desk.begin()
    application.exec()


def empty_at_work(folder: str, *libraries: str) -> None:
    """The floor of that: an empty window that has imported the same libraries and derived the same key."""
    import importlib

    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    for library in libraries:
        importlib.import_module(library)
    _derive_as(folder)
    application = QApplication(sys.argv[:1])
    window = QWidget()
    window.resize(1280, 820)
    window.show()

    def told() -> None:
        tell()
        os._exit(0)

    QTimer.singleShot(1500, told)
    application.exec()


def locking(folder: str) -> None:
    """Unlocked, then Ctrl+L: when everything was covered, when the fresh lock screen was painted, when this one leaves."""
    from PySide6.QtCore import Qt, QTimer

    from rehabdesk.ui.shell import desk as desks
    from rehabdesk.ui.shell import relaunch
    from tests.helpers.keys import CTRL, press

    moments: dict[str, float] = {}
    cover = relaunch.cover_everything

    def covering(texts: object):
        covers = cover(texts)
        moments["hidden"] = time.monotonic()
        return covers

    class Timed:
        def __init__(self, arguments: object) -> None:
            self.real = relaunch.start_successor(arguments)
            moments["successor"] = self.real._process.pid  # noqa: SLF001

        def wait_until_painted(self) -> None:
            self.real.wait_until_painted()
            moments["painted"] = time.monotonic()

    def leave(_code: int) -> None:
        tell(**moments)
        os._exit(0)

    def lock() -> None:
        moments["pressed"] = time.monotonic()
        press(desk.open_vault.window, Qt.Key.Key_L, CTRL)

    desks.relaunch.cover_everything = covering
    application, desk = _desk(folder, leave=leave, starter=Timed)
    desk.ready.connect(lambda: QTimer.singleShot(1500, lock))
    desk.begin()
    application.exec()


def tell(**what: object) -> None:
    """One line: the memory held now, and more."""
    print(json.dumps({"memory": _memory(), **what}), flush=True)


def _desk(folder: str, **outside: object):
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from rehabdesk import app
    from rehabdesk.paths import settings_file
    from rehabdesk.settings import Settings
    from rehabdesk.ui.parts.theme import Theme
    from rehabdesk.ui.parts.tokens import Mode
    from rehabdesk.ui.shell.desk import Beginning, Desk, World
    from tests.helpers.vaults import PASSPHRASE

    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    outside.setdefault("leave", os._exit)
    world = World(app.system_clock(), Settings(settings_file()), app.open_store, **outside)
    return application, Desk(world, Theme(application, Mode.LIGHT), "sv", Beginning(Path(folder), PASSPHRASE))


def _derive_as(folder: str) -> None:
    from pathlib import Path

    from rehabdesk.store import key_slots
    from tests.helpers.vaults import PASSPHRASE

    slots = key_slots.read(Path(folder) / key_slots.SLOTS_NAME)
    slots.open(PASSPHRASE, slots.passphrases[0].id)


def _libraries() -> list[str]:
    """Modules that are neither ours nor Python's own."""
    known = sys.stdlib_module_names | {"rehabdesk", "tests", "__main__", "__mp_main__"}
    names = {name for name, module in sys.modules.items() if module is not None and name.split(".")[0] not in known}
    return sorted(name for name in names if not name.startswith("_") and getattr(sys.modules[name], "__spec__", None) is not None)


def _memory() -> int:
    """Bytes resident now; where the system does not say, the most there ever were."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS"))
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    {one.__name__: one for one in (empty_window, lock_screen, at_work, empty_at_work, locking)}[sys.argv[1]](*sys.argv[2:])
