"""Opening, locking and leaving: the desk with real windows on a real vault; the fresh process is counted, twice it is real."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget

from rehabdesk import app
from rehabdesk.domain.parties import OrganisationKind
from rehabdesk.domain.problems import Problem
from rehabdesk.paths import settings_file
from rehabdesk.services import parties, vault as services
from rehabdesk.settings import Settings
from rehabdesk.store.cipher import StoreError
from rehabdesk.store.vault_lock import VaultLock
from rehabdesk.ui.shell import place, relaunch
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.shell.desk import Beginning, Desk, World
from rehabdesk.ui.shell.lock_screen import Locksmith, LockScreen
from rehabdesk.ui.shell.new_passphrase import NewPassphrase
from rehabdesk.ui.shell.relaunch import Cover, Goodbye
from tests.helpers.keys import CTRL, press, type_text
from tests.helpers.vaults import CHEAP, PASSPHRASE, create

# A key that nothing takes is what a covered window is for.
UNHEARD = pytest.mark.qt_log_ignore("^Keyboard event not accepted", extend=True)
NEW = "nio hästar dansar tango i dimman"


class Successor:
    """A fresh process that paints when it is told to."""

    def __init__(self) -> None:
        self.painted = threading.Event()

    def wait_until_painted(self) -> None:
        self.painted.wait(10)


class Outside:
    """Counts what the desk starts and when it leaves."""

    def __init__(self) -> None:
        self.started: list[list[str]] = []
        self.left: list[int] = []
        self.said = 0
        self.successor = Successor()

    def start(self, arguments):
        self.started.append(list(arguments))
        return self.successor

    def leave(self, code: int) -> None:
        self.left.append(code)

    def say(self) -> None:
        self.said += 1


@pytest.fixture
def outside() -> Outside:
    return Outside()


@pytest.fixture
def recovery_key(vault_dir: Path) -> str:
    return create(vault_dir)


@pytest.fixture
def make_desk(recovery_key, vault_dir, clock, outside, theme, qtbot) -> Iterator:
    made: list[Desk] = []

    def make(secret: str | None = PASSPHRASE, covers: str | None = None, vault: Path | None = vault_dir) -> Desk:
        world = World(
            clock, Settings(settings_file()), app.open_store, outside.leave, outside.start, outside.say, Locksmith(), CHEAP, preload=False
        )
        desk = Desk(world, theme, "sv", Beginning(vault, secret, covers))
        made.append(desk)
        desk.begin()
        return desk

    yield make
    outside.successor.painted.set()
    for desk in made:
        desk.close_vault()
        desk.deleteLater()
    for window in QApplication.topLevelWidgets():
        window.hide()
        window.deleteLater()


@pytest.fixture
def desk(make_desk, qtbot) -> Desk:
    """A desk whose vault is open, with its window active."""
    made = make_desk()
    qtbot.waitUntil(lambda: made.open_vault is not None)
    window = made.open_vault.window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return made


def opened(desk: Desk, qtbot):
    qtbot.waitUntil(lambda: desk.open_vault is not None)
    return desk.open_vault


def covers() -> list[Cover]:
    return [cover for window in QApplication.topLevelWidgets() for cover in window.findChildren(Cover) if cover.isVisible()]


def is_free(folder: Path) -> bool:
    VaultLock(folder).release()
    return True


# Opening


def test_typing_the_passphrase_leads_to_idag(make_desk, qtbot):
    desk = make_desk(secret=None)
    assert isinstance(desk.front, LockScreen)
    desk.front.activateWindow()
    qtbot.waitUntil(desk.front.isActiveWindow)
    type_text(None, PASSPHRASE + "\n")
    window = opened(desk, qtbot).window
    assert window.isVisible()
    assert window.target == Target("today")
    assert window.windowTitle() == "rehabdesk"
    assert desk.front is None
    assert Settings(settings_file()).current.last_vault == str(desk.open_vault.folder)


def test_each_room_opens(desk, qtbot):
    listed = ("forum", "cases", "actions", "prerehab", "contacts", "settings")
    for key, room in zip((Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_6, Qt.Key.Key_7), listed, strict=True):
        press(None, key, CTRL)
        assert desk.open_vault.window.target.room == room


def test_the_search_line_finds_and_goes(desk):
    made = parties.add_party_named(desk.open_vault.store, "Försäkringskassan", "", "social_insurance")
    found = desk.open_vault.window._surroundings.search("försäkr")
    assert (found[0].kind, found[0].title, found[0].target) == ("Parter", "Försäkringskassan", Target("contacts", "party", made))


def test_without_a_vault_the_first_run_is_shown(make_desk):
    desk = make_desk(secret=None, vault=None)
    assert type(desk.front).__name__ == "FirstRun"


def test_the_last_vault_is_proposed(make_desk, vault_dir):
    Settings(settings_file()).change(last_vault=str(vault_dir))
    desk = make_desk(secret=None, vault=None)
    assert desk.front.folder == vault_dir


def test_the_recovery_key_leads_to_a_new_passphrase(make_desk, recovery_key, vault_dir, qtbot):
    desk = make_desk(secret=recovery_key)
    qtbot.waitUntil(lambda: isinstance(desk.front, NewPassphrase))
    desk.front.activateWindow()
    qtbot.waitUntil(desk.front.isActiveWindow)
    type_text(None, NEW)
    press(None, Qt.Key.Key_Tab)
    type_text(None, NEW + "\n")
    opened(desk, qtbot)
    desk.close_vault()
    services.unlock(vault_dir, NEW).close()


def test_after_the_recovery_key_the_old_passphrase_may_stay(make_desk, recovery_key, qtbot):
    desk = make_desk(secret=recovery_key)
    qtbot.waitUntil(lambda: isinstance(desk.front, NewPassphrase))
    press(desk.front, Qt.Key.Key_Escape)
    opened(desk, qtbot)


def test_a_vault_that_is_open_says_so_and_stays_locked(desk, make_desk, qtbot):
    second = make_desk()
    qtbot.waitUntil(lambda: not second.front.busy)
    assert "är redan öppet" in second.front.sentence
    assert second.front.typed() == PASSPHRASE


def test_the_language_of_the_lock_screen_changes_and_keeps_what_is_typed(make_desk, qtbot):
    desk = make_desk(secret=None)
    desk.front.fill_in("halvvägs")
    desk.front.language_chosen.emit("en")
    assert desk.front._open.words == "Open"
    assert desk.front.typed() == "halvvägs"
    assert Settings(settings_file()).current.language == "en"


# Locking


@UNHEARD
def test_locking_covers_closes_starts_one_process_and_leaves_when_it_has_painted(desk, outside, vault_dir, qtbot):
    press(None, Qt.Key.Key_L, CTRL)
    assert len(covers()) == 1
    assert covers()[0].geometry() == covers()[0].window().rect()
    assert desk.open_vault is None
    assert is_free(vault_dir)
    assert len(outside.started) == 1
    assert outside.started[0][:4] == ["--lang", "sv", "--vault", str(vault_dir)]
    assert outside.left == []
    outside.successor.painted.set()
    qtbot.waitUntil(lambda: outside.left == [0])


@pytest.mark.parametrize(("ours", "left"), [(True, ""), (False, "900602-2397")])
def test_what_was_copied_here_does_not_outlive_the_lock(desk, outside, monkeypatch, ours, left):
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("900602-2397")
    # Off the screen Qt never says that the clipboard is its own.
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _clipboard: ours)
    desk.lock()
    assert clipboard.text() == left


@UNHEARD
def test_locking_twice_starts_one_process(desk, outside):
    desk.lock()
    desk.lock()
    press(None, Qt.Key.Key_L, CTRL)
    assert len(outside.started) == 1


def test_everything_is_covered_within_a_fifth_of_a_second(desk):
    big_screen, dialog = QWidget(), QDialog(desk.open_vault.window)
    dialog.setModal(True)
    for window in (big_screen, dialog):
        window.resize(640, 480)
        window.show()
    began = time.perf_counter()
    made = relaunch.cover_everything(desk._texts)
    assert time.perf_counter() - began < 0.2
    assert {cover.parentWidget() for cover in made} == {desk.open_vault.window, big_screen, dialog}
    for cover in made:
        image = cover.window().grab().toImage()
        # A page of one colour with two words on it: the corners are the page's.
        assert image.pixelColor(2, 2) == image.pixelColor(image.width() - 3, image.height() - 3)
        assert not cover.window().isEnabled()


@UNHEARD
def test_nothing_behind_the_cover_answers_keys(desk, outside):
    window = desk.open_vault.window
    desk.lock()
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_K, Qt.Key.Key_Z):
        press(window, key, CTRL)
    assert outside.left == []


@UNHEARD
def test_what_is_typed_is_saved_first_and_page_and_cursor_come_back(desk, make_desk, outside, vault_dir, qtbot):
    store = desk.open_vault.store
    organisation = parties.add_organisation(store, "Vara kommun", OrganisationKind.MUNICIPALITY)
    window = desk.open_vault.window
    window.navigate(Target("settings", "organisation", organisation, "organisations"))
    edit = next(edit for edit in window.page.findChildren(QPlainTextEdit) if edit.toPlainText() == "Vara kommun")
    edit.setFocus()
    cursor = edit.textCursor()
    cursor.setPosition(4)
    edit.setTextCursor(cursor)
    type_text(None, " nya")
    press(None, Qt.Key.Key_L, CTRL)
    again = make_desk()
    window = opened(again, qtbot).window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    found = window.focusWidget()
    assert (found.toPlainText(), found.textCursor().position()) == ("Vara nya kommun", 8)


@pytest.mark.parametrize("text", ["", "inte json", "[]", '{"room": "källare", "kind": "", "id": null, "face": ""}', '{"room": "today"}'])
def test_a_place_that_is_none_leads_nowhere(desk, text):
    assert not place.restore(desk.open_vault.window, text, frozenset({"today"}))


def test_a_full_disk_keeps_nobody_from_locking(desk, outside, monkeypatch, caplog):
    from rehabdesk.services import settings

    def full(*_args: object) -> None:
        raise StoreError(Problem("store.disk_full"))

    monkeypatch.setattr(settings, "remember_place", full)
    desk.lock()
    assert len(outside.started) == 1
    assert desk.open_vault is None


def test_the_fresh_process_takes_the_place_and_covers_the_other_screens(make_desk, outside, qtbot):
    desk = make_desk(secret=None, covers="40,50,900,700,normal;0,0,640,480,full")
    assert desk.front.geometry().getRect() == (40, 50, 900, 700)
    others = [window for window in QApplication.topLevelWidgets() if isinstance(window, Cover) and window.isVisible()]
    assert len(others) == 1
    assert others[0].isFullScreen()
    qtbot.waitUntil(lambda: outside.said == 1)
    desk.front.fill_in(PASSPHRASE)
    desk.front.submit()
    opened(desk, qtbot)
    qtbot.waitUntil(lambda: not any(isinstance(window, Cover) and window.isVisible() for window in QApplication.topLevelWidgets()))
    assert outside.said == 1


@pytest.mark.parametrize("text", ["", "1,2,3", "a,b,c,d,normal", ";;", "1,2,3,4,5,6"])
def test_a_place_on_the_screen_that_cannot_be_read_is_none(text, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    before = window.geometry()
    relaunch.take_place(window, text)
    assert window.geometry() == before


def test_nobody_waits_longer_than_two_seconds(qtbot):
    left = []
    goodbye = Goodbye(Successor(), lambda: left.append(True), 0.05)
    qtbot.waitUntil(lambda: left == [True])
    goodbye._go()
    assert left == [True]


def test_closing_the_window_closes_the_vault_and_leaves(desk, outside, vault_dir):
    desk.open_vault.window.close()
    assert outside.left == [0]
    assert outside.started == []
    assert is_free(vault_dir)


# For real


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "REHABDESK_HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(app.__file__).parents[1])}


LOCKS_ITSELF = """
import sys
from PySide6.QtCore import QTimer
from rehabdesk import app
from rehabdesk.ui.shell import desk

class Locking(desk.Desk):
    def begin(self):
        self.ready.connect(self.lock)
        super().begin()

desk.Desk = Locking
app.run(app.Start(__import__("pathlib").Path(sys.argv[1]), sys.argv[2]))
"""


def children_of(pid: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parts = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(parts[1]) == pid:
            found.append(int(status.parent.name))
    return found


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for the fresh process in /proc")
def test_a_real_process_locks_starts_a_real_one_and_is_gone(recovery_key, vault_dir, home, qtbot):
    before = set(children_of(os.getpid()))
    old = subprocess.Popen([sys.executable, "-c", LOCKS_ITSELF, str(vault_dir), PASSPHRASE], env=environment(home))
    fresh: set[int] = set()

    def started() -> bool:
        fresh.update(children_of(old.pid))
        return bool(fresh) and old.poll() is not None

    try:
        qtbot.waitUntil(started, timeout=20_000)
        assert old.returncode == 0
        arguments = [Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0") for pid in fresh]
        assert any(b"--covers" in line for line in arguments)
        assert is_free(vault_dir)
    finally:
        old.kill()
        old.wait()
        for pid in fresh - before:
            os.kill(pid, 9)


@pytest.mark.slow
def test_a_real_successor_says_when_it_has_painted(recovery_key, vault_dir, monkeypatch, home):
    monkeypatch.setenv("REHABDESK_HOME", str(home))
    successor = relaunch.start_successor(["--lang", "sv", "--vault", str(vault_dir), "--covers", "10,10,800,600,normal"])
    try:
        line = successor._process.stdout.readline()
        assert line == relaunch.PAINTED
        assert successor._process.poll() is None
    finally:
        successor._process.kill()
        successor._process.wait()
        successor._process.stdout.close()
