"""Somebody types into the real meeting page without a pause: `python -m tests.kills.at_the_window VAULT SESSION SEED`.

A line is printed for every character, with the moment it was typed, and one for every save that the field tells of.
"""

from __future__ import annotations

import json
import random
import sys
import time
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from rehabdesk.domain.clock import Clock
from rehabdesk.store import database, vault
from rehabdesk.store.store import Store
from rehabdesk.texts import texts_for
from rehabdesk.ui.forum.meeting.page import MeetingPage
from rehabdesk.ui.parts.autosave import FlushRegistry
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.parts.tokens import Mode
from rehabdesk.ui.shell.context import Context
from rehabdesk.ui.shell.messages import Messages
from tests.helpers.keys import type_text
from tests.helpers.vaults import PASSPHRASE
from tests.kills.judge import typed_stream

#: Between two keys, in milliseconds: faster than anybody types.
SLOWEST, FASTEST = 40, 5


class Typist(QObject):
    """Types the stream of its seed into the discussion, a character at a time."""

    def __init__(self, page: MeetingPage, seed: str) -> None:
        super().__init__(page)
        self._field = page.item.discussion.field
        self._stream = typed_stream(seed)
        self._chance = random.Random(f"pace-{seed}")
        self._count = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._type)
        self._field.saved.connect(self._on_saved)

    def begin(self) -> None:
        """Put the cursor there and start."""
        self._field.setFocus()
        self._type()

    def _type(self) -> None:
        at = time.monotonic()
        type_text(self._field, next(self._stream))
        self._count += 1
        print(json.dumps({"kind": "typed", "count": self._count, "at": at}), flush=True)
        self._timer.start(self._chance.randint(FASTEST, SLOWEST))

    def _on_saved(self, _moment: object) -> None:
        print(json.dumps({"kind": "saved", "count": self._count}), flush=True)


def main(folder: str, session_id: str, seed: str) -> None:
    """Open the vault and the page, and type."""
    application = QApplication([])
    clock = Clock(datetime.now, time.monotonic)
    with vault.unlock(Path(folder), PASSPHRASE) as unlocked:
        store = Store(database.open_connections(unlocked.database_path, unlocked.data_key), clock)
        context = Context(store, texts_for("sv"), clock, Theme(application, Mode.LIGHT), Messages(), FlushRegistry(clock))
        page = MeetingPage(context, int(session_id))
        page.resize(1440, 900)
        page.show()
        typist = Typist(page, seed)
        QTimer.singleShot(0, typist.begin)
        print(json.dumps({"kind": "ready"}), flush=True)
        application.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
