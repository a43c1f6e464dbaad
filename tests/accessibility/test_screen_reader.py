"""Every control of every page has a name in the tree that screen readers read (AT-SPI, under Xvfb with a bus of its own)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rehabdesk.ui.cases.faces import FACES
from tests.helpers.display import virtual_display

ROOT = Path(__file__).resolve().parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
#: Stops that must be on the walk; one that is skipped would be a page nobody listened to.
EXPECTED = {
    "lock-screen", "first-run-3-passphrase", "today", "forum-table", "forum-year", "contacts", "search",
    "cases", "cases-new", "cases-import", "cases-export", "cases-papers", "case-consent-new", "case-protected-asks",
    *(f"case-{face}" for face in FACES), "actions-list", "actions-calls", "actions-ageing", "actions-lists",
    "prerehab-rounds", "prerehab-waiting", "prerehab-figures", "prerehab-programmes",
    "prerehab-rounds-planning", "prerehab-waiting-new", "prerehab-waiting-offer", "prerehab-programmes-new",
    "round-places", "round-places-coming", "round-places-offer", "round-occasions", "round-attendance", "round-measures", "round-measures-form", "round-papers",
    "session-agenda", "session-agenda-propose", "session-agenda-calls", "session-presence", "session-papers",
    "meeting-item-written", "meeting-read-back", "meeting-pause",
}


def missing() -> str:
    """What this machine lacks to be a screen reader's."""
    if not sys.platform.startswith("linux"):
        return "AT-SPI is Linux's"
    for tool in ("Xvfb", "dbus-run-session"):
        if not shutil.which(tool):
            return f"there is no {tool}"
    probe = [SYSTEM_PYTHON, "-c", "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"]
    if not Path(SYSTEM_PYTHON).exists() or subprocess.run(probe, capture_output=True, check=False).returncode:
        return "the system's Python has no AT-SPI bindings"
    return ""


def listened() -> dict[str, dict]:
    """What was heard at every stop."""
    window = [sys.executable, "-m", "tests.accessibility.window"]
    reader = ["dbus-run-session", "--", SYSTEM_PYTHON, str(ROOT / "tests" / "accessibility" / "reader.py"), *window]
    with virtual_display() as display:
        world = {
            **os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "PYTHONPATH": str(ROOT),
        }
        world.pop("WAYLAND_DISPLAY", None)
        done = subprocess.run(reader, cwd=ROOT, env=world, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    answer = json.loads(done.stdout.splitlines()[-1])
    assert answer["code"] == 0, done.stderr[-3000:]
    return answer["stops"]


@pytest.mark.slow
def test_a_screen_reader_hears_the_name_of_every_control() -> None:
    lacking = missing()
    if lacking and not (os.environ.get("CI") == "true" and sys.platform.startswith("linux")):
        pytest.skip(lacking)
    assert not lacking
    stops = listened()
    assert stops.keys() >= EXPECTED
    assert all(seen["controls"] for seen in stops.values()), [name for name, seen in stops.items() if not seen["controls"]]
    nameless = {name: seen["nameless"] for name, seen in stops.items() if seen["nameless"]}
    assert nameless == {}, json.dumps(nameless, indent=1, ensure_ascii=False)
