"""The test harness itself: that a silent failure is impossible."""

from __future__ import annotations

import logging
import warnings
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit

from tests.helpers.keys import CTRL, press, type_text
from tests.helpers.logfail import judge


def record(text: str) -> logging.LogRecord:
    return logging.LogRecord("rehabdesk.x", logging.WARNING, __file__, 1, text, (), None)


def test_an_unannounced_record_fails():
    assert "disk full" in judge([record("disk full")], [])


def test_an_announced_record_passes_and_must_come():
    assert judge([record("disk full")], ["disk"]) is None
    assert "never logged" in judge([], ["disk"])


@pytest.mark.expects_log("^meant$")
def test_the_marker_announces():
    logging.getLogger("rehabdesk.x").warning("meant")


def test_a_warning_is_an_error():
    with pytest.raises(UserWarning):
        warnings.warn("unexpected", UserWarning, stacklevel=1)


def test_the_clock_stands_until_moved(clock):
    assert clock.now() == datetime(2026, 11, 22, 9, 0) == clock.now()
    clock.move(minutes=90)
    assert (clock.now(), clock.monotonic()) == (datetime(2026, 11, 22, 10, 30), 5400.0)
    clock.set(datetime(2026, 11, 22, 8, 0))
    assert (clock.now(), clock.monotonic()) == (datetime(2026, 11, 22, 8, 0), 5400.0)
    assert clock.today().isoformat() == "2026-11-22"


def test_any_character_can_be_typed(qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    type_text(field, "Åsa Öhlén – ”ł” Ж € ễ")
    assert field.text() == "Åsa Öhlén – ”ł” Ж € ễ"


def test_keys_reach_shortcuts_and_the_focus(qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    shortcut = QShortcut(QKeySequence("Ctrl+Return"), field)
    field.show()
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    with qtbot.waitSignal(shortcut.activated):
        press(None, Qt.Key.Key_Return, CTRL)
    type_text(None, "å")
    assert field.text() == "å"


def test_the_store_is_real_and_encrypted(store, vault_dir, clock):
    assert store.clock is clock
    database = (vault_dir / "vault.db").read_bytes()
    assert database and not database.startswith(b"SQLite format 3")
