"""From the key slot's answer to the filled Forum page, against the bare SQL and the same cells painted from a constant model."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QWidget

from rehabdesk.settings import Settings
from rehabdesk.store import cipher, vault
from rehabdesk.store.vault import UnlockedVault
from rehabdesk.texts import texts_for
from rehabdesk.ui.forum.sessions_table import SessionsTable
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.shell.messages import Messages
from rehabdesk.ui.shell.open_vault import OpenVault
from tests.benchmarks.demo_vaults import copied, open_store
from tests.benchmarks.measure import Figure, Pair, as_ratio, ms
from tests.benchmarks.painting import Cells, Statement, cells_of, constant_table, shown_and_painted, statements_of
from tests.helpers.vaults import PASSPHRASE

SCALE = 50
ROUNDS = 7
MOST = 1.5
WINDOW = (1280, 820)


def figures(theme: Theme) -> list[Figure]:
    """Warm against the floor, and the first time of this process."""
    with tempfile.TemporaryDirectory(prefix="rehabdesk-forum-") as folder:
        return _Measured(theme, Path(folder)).figures()


class _Measured:
    def __init__(self, theme: Theme, place: Path) -> None:
        self._theme, self._place = theme, place
        self._folder = copied(SCALE, place)
        self._statements: list[Statement] = []
        self._titles: list[str] = []
        self._cells: Cells = ()

    def figures(self) -> list[Figure]:
        """Ours and the floor in turns."""
        cold = self._ours(learn=True)
        ours, floor = [], []
        for number in range(ROUNDS):
            for kept, work in ((ours, self._ours), (floor, self._floor)) if number % 2 else ((floor, self._floor), (ours, self._ours)):
                kept.append(work())
        pair = Pair(statistics.median(ours), statistics.median(floor))
        size = f"scale {SCALE}: {len(self._cells)} meetings"
        return [as_ratio("unlock to the filled Forum page", size, pair, MOST), Figure("  the first time", size, ms(cold), "", "")]

    def _ours(self, learn: bool = False) -> float:
        unlocked = vault.unlock(self._folder, PASSPHRASE)
        start = time.perf_counter()
        opened = self._opened(unlocked)
        window = opened.window
        window.resize(*WINDOW)
        if learn:
            self._statements = statements_of(opened.store, lambda: window.navigate(Target("forum")))
        else:
            window.navigate(Target("forum"))
        table = window.findChild(SessionsTable).table
        shown_and_painted(table, window.show)
        seconds = time.perf_counter() - start
        if learn:
            self._titles, self._cells = cells_of(table)
        window.close()
        opened.close(0)
        opened.deleteLater()
        window.deleteLater()
        return seconds

    def _floor(self) -> float:
        with vault.unlock(self._folder, PASSPHRASE) as unlocked:
            start = time.perf_counter()
            connection = cipher.connect(unlocked.database_path, unlocked.data_key)
            for sql, values in self._statements:
                connection.execute(sql, values).fetchall()
            window = QMainWindow()
            window.resize(*WINDOW)
            view = constant_table(self._theme, self._titles, self._cells)
            centre = QWidget()
            row = QHBoxLayout(centre)
            row.addWidget(view)
            window.setCentralWidget(centre)
            shown_and_painted(view, window.show)
            seconds = time.perf_counter() - start
            connection.close()
        window.close()
        window.deleteLater()
        return seconds

    def _opened(self, unlocked: UnlockedVault) -> OpenVault:
        store = open_store(unlocked)
        return OpenVault(unlocked, store, texts_for("sv"), self._theme, Messages(), Settings(self._place / "settings.json"))
