"""A case opened in the window at scale 50, against the bare SQL of the same page and the same cells painted once more.

The page is warm: what is measured is going from one case to another. The floor goes from the same case to the same other: it
asks what the page asked, on a bare connection, and fills a page of its own that holds the same labels, drawings and tables with
words and cells that were made beforehand (`constant_page`). Qt lays it out and paints it: it pays for every cell and every word,
and for nothing that decides them. Before anything is timed its pages are seen to be as high as ours.

The line in the log that a reading leaves is written once a minute for each case, so that these rounds, at one fixed moment, write none.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QScrollArea

from rehabdesk.settings import Settings
from rehabdesk.store import cipher, vault
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.texts import texts_for
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.shell.main_window import MainWindow
from rehabdesk.ui.shell.messages import Messages
from rehabdesk.ui.shell.open_vault import OpenVault
from tests.benchmarks.constant_page import ConstantPage
from tests.benchmarks.demo_vaults import TODAY, copied, open_store
from tests.benchmarks.measure import Figure, Pair, as_ratio, ms
from tests.benchmarks.painting import Statement, repainted, statements_of
from tests.helpers.vaults import PASSPHRASE

SCALE = 50
CASES = 12
ROUNDS = 7
MOST = 1.5
WINDOW = (1280, 820)


def figures(theme: Theme) -> list[Figure]:
    """Warm against the floor, and the first case of this window."""
    with tempfile.TemporaryDirectory(prefix="rehabdesk-case-") as folder:
        measured = _Measured(theme, Path(folder))
        try:
            return measured.figures()
        finally:
            measured.close()


class _Measured:
    def __init__(self, theme: Theme, place: Path) -> None:
        self._unlocked = vault.unlock(copied(SCALE, place), PASSPHRASE)
        self._store = open_store(self._unlocked)
        self._bare = cipher.connect(self._unlocked.database_path, self._unlocked.data_key)
        settings = Settings(place / "settings.json")
        self._floor_store = open_store(self._unlocked)
        self._opened, self._constant = (
            OpenVault(self._unlocked, store, texts_for("sv"), theme, Messages(), settings) for store in (self._store, self._floor_store)
        )
        self._window, self._floor_window = self._opened.window, self._constant.window
        for window in (self._window, self._floor_window):
            window.resize(*WINDOW)
            window.show()
        self._page = ConstantPage(self._floor_window.centralWidget())
        rows = [row for row in self._store.read(case_queries.cases, TODAY, closed=False) if not row.is_protected]
        # Spread over all of them: those with the most in them are near copies of one another at this scale.
        self._ids = [row.id for row in rows[:: max(1, len(rows) // CASES)][:CASES]]
        self._statements: dict[int, list[Statement]] = {}

    def figures(self) -> list[Figure]:
        """Ours and the floor in turns, over the same cases."""
        self._window.navigate(Target("cases"))
        first = _timed(self._ours, self._ids[0])
        self._prepare_floor()
        ours, floor = [], []
        for number in range(ROUNDS):
            for case_id in self._ids:
                for kept, work in ((ours, self._ours), (floor, self._floor))[:: 1 if number % 2 else -1]:
                    kept.append(_timed(work, case_id))
        there = self._bare.execute('SELECT count(*) FROM "case"').fetchone()[0]
        size = f"{there:,} cases (scale {SCALE}): {len(self._ids)} opened, {self._page.filled} places filled".replace(",", " ", 1)
        pair = Pair(statistics.median(ours), statistics.median(floor))
        return [as_ratio("a case opened", size, pair, MOST), Figure("  the first in the window", size, ms(first), "", "")]

    def close(self) -> None:
        """Nothing is left open."""
        self._bare.close()
        self._window.close()
        self._floor_window.close()
        self._floor_store.close()
        self._opened.close(0)

    def _prepare_floor(self) -> None:
        """What is asked, and what is said, case by case."""
        self._floor_window.navigate(Target("cases"))
        for again in (False, True):
            # Twice round: the first makes the labels that some case needs.
            for case_id in self._ids:
                self._statements[case_id] = statements_of(self._store, self._opening(case_id))
                self._floor_window.navigate(Target("cases", "case", case_id))
                _settled(self._floor_window)
                if again:
                    self._page.learn(case_id)
        self._page.freeze()
        alike = 0
        for case_id in self._ids:
            self._ours(case_id)
            self._floor(case_id)
            alike += _area(self._window).widget().size() == _area(self._floor_window).widget().size()
        # Lines that ours makes anew for one case (a form that is out) the floor lacks: it does less there, never more.
        assert 2 * alike > len(self._ids), "the floor's page is laid out as ours is"

    def _opening(self, case_id: int) -> Callable[[], None]:
        def open_it() -> None:
            self._window.navigate(Target("cases", "case", case_id))

        return open_it

    def _ours(self, case_id: int) -> None:
        self._window.navigate(Target("cases", "case", case_id))
        _settled(self._window)

    def _floor(self, case_id: int) -> None:
        for sql, values in self._statements[case_id]:
            self._bare.execute(sql, values).fetchall()
        self._page.show(case_id)
        _settled(self._floor_window)


def _settled(window: MainWindow) -> None:
    """Until it is painted, and nothing is left to be laid out: a card within a card takes its new height a turn later."""
    repainted(_area(window))
    QCoreApplication.processEvents()


def _area(window: MainWindow) -> QScrollArea:
    return window.page.case.face_of("overview")._area  # noqa: SLF001


def _timed(work: Callable[[int], None], case_id: int) -> float:
    start = time.perf_counter()
    work(case_id)
    return time.perf_counter() - start
