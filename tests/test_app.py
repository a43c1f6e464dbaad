"""The composition root: cheap to import, the real clock, the store of an unlocked vault, and a start that paints first."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from rehabdesk import app
from rehabdesk.commands.window import has_display
from rehabdesk.services.vault import unlock
from rehabdesk.store.queries import settings
from rehabdesk.store.vault_lock import VaultLock
from tests.helpers.vaults import PASSPHRASE, create

ROOT = Path(app.__file__).resolve().parents[1]

# Says which heavy modules were there when the first paint was over, and leaves.
PAINTS = """
import os, sys
from pathlib import Path
from rehabdesk import app
from rehabdesk.ui.shell import desk

class Telling(desk.Desk):
    def begin(self):
        self.painted.connect(self.tell)
        super().begin()

    def tell(self):
        heavy = ("sqlalchemy", "reportlab", "pikepdf", "babel", "zxcvbn", "PIL", "sqlcipher3", "cryptography", "holidays")
        print(",".join(name for name in heavy if name in sys.modules) or "none", flush=True)
        os._exit(0)

desk.Desk = Telling
app.run(app.Start(Path(sys.argv[1])))
"""

# Says what of Qt's enumerations was there at the first paint: PySide makes each of these when it is first looked at.
ENUMERATES = """
import os, sys
from pathlib import Path
from PySide6 import QtCore, QtWidgets
from rehabdesk import app
from rehabdesk.ui.shell import relaunch

def tell():
    made = [name for module, name in ((QtCore, "Qt"), (QtWidgets, "QStyle")) if name in vars(module)]
    print(",".join([*made, *{"dataclasses"} & sys.modules.keys()]) or "none", flush=True)
    os._exit(0)

relaunch.say_painted = tell
app.run(app.Start(Path(sys.argv[1]), covers=""))
"""


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "REHABDESK_HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}


def test_importing_it_costs_neither_qt_nor_the_database():
    code = "import sys, rehabdesk.app; sys.exit(any(name in sys.modules for name in ('PySide6', 'sqlalchemy', 'logging', 'subprocess')))"
    assert subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False).returncode == 0


def test_nothing_heavy_is_loaded_before_the_lock_screen_is_painted(vault_dir, home):
    create(vault_dir)
    done = subprocess.run(
        [sys.executable, "-c", PAINTS, str(vault_dir)], env=environment(home), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip() == "none", done.stderr


def test_the_lock_screen_is_painted_without_what_takes_long_to_define(vault_dir, home):
    create(vault_dir)
    done = subprocess.run(
        [sys.executable, "-c", ENUMERATES, str(vault_dir)], env=environment(home), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip() == "none", done.stderr


def test_pyside_keeps_no_source_text_of_what_is_imported_after_it():
    code = (
        "import linecache, sys, PySide6.QtWidgets; from rehabdesk import app; app.keep_sources_out_of_memory();"
        "import fractions, rehabdesk.ui.parts.theme; print(sorted(linecache.cache))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_the_clock_is_the_systems():
    clock = app.system_clock()
    assert abs((clock.now() - datetime.now()).total_seconds()) < 5
    assert clock.now().tzinfo is None
    first = clock.monotonic()
    assert clock.monotonic() >= first


def test_an_opened_store_is_closed_with_its_vault(vault_dir, clock):
    create(vault_dir)
    unlocked = unlock(vault_dir, PASSPHRASE)
    with app.opened(unlocked, clock) as store:
        assert not store.read(settings.is_demo)
    assert set(unlocked.data_key) == {0}
    VaultLock(vault_dir).release()


def test_an_error_in_the_block_closes_it_too(vault_dir, clock):
    create(vault_dir)
    with pytest.raises(ZeroDivisionError), app.opened(unlock(vault_dir, PASSPHRASE), clock):
        1 / 0  # noqa: B018
    VaultLock(vault_dir).release()


@pytest.mark.parametrize(
    ("platform", "variables", "shown"),
    [
        ("linux", {}, False), ("linux", {"DISPLAY": ":0"}, True), ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True), ("linux", {"DISPLAY": ""}, False), ("win32", {}, True), ("darwin", {}, True),
    ],
)
def test_whether_there_is_a_display(platform, variables, shown):
    assert has_display(platform, variables) is shown


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
def test_without_a_display_it_says_what_can_be_done(home):
    bare = {name: value for name, value in environment(home).items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run([sys.executable, "-m", "rehabdesk", "--lang", "sv"], env=bare, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr == "Det finns ingen skärm här, så fönstret kan inte öppnas. Papper går att göra med: rehabdesk paper.\n"
