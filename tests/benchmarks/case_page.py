"""A case opened in the window at scale 50, against the bare SQL of the same page and the same cells painted once more.

The page is warm: what is measured is going from one case to another. The floor asks what the page asked, on a bare connection,
and lets the page that stands there paint itself: it pays for every cell and every word, and for nothing that decides them.

The line in the log that a reading leaves is written once a minute for each case, so that these rounds, at one fixed moment, write none.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rehabdesk.settings import Settings
from rehabdesk.store import cipher, vault
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.texts import texts_for
from rehabdesk.ui.cases.overview_face import OverviewFace
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.shell.messages import Messages
from rehabdesk.ui.shell.open_vault import OpenVault
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
        self._opened = OpenVault(self._unlocked, self._store, texts_for("sv"), theme, Messages(), settings)
        self._window = self._opened.window
        self._window.resize(*WINDOW)
        self._window.show()
        rows = [row for row in self._store.read(case_queries.cases, TODAY, closed=False) if not row.is_protected]
        self._ids = [row.id for row in sorted(rows, key=_by_actions)[:CASES]]
        self._statements: dict[int, list[Statement]] = {}

    def figures(self) -> list[Figure]:
        """Ours and the floor in turns, over the same cases."""
        self._window.navigate(Target("cases"))
        first = _timed(self._ours, self._ids[0])
        for case_id in self._ids:
            self._statements[case_id] = statements_of(self._store, self._opening(case_id))
        ours, floor = [], []
        for number in range(ROUNDS):
            for case_id in self._ids:
                # The floor paints the page that ours has just left there.
                ours.append(_timed(self._ours, case_id))
                floor.append(_timed(self._floor, case_id))
        events = self._overview.timeline.table.rows_model.rowCount()
        size = f"scale {SCALE}: {len(self._ids)} cases, {events} events shown"
        pair = Pair(statistics.median(ours), statistics.median(floor))
        return [as_ratio("a case opened", size, pair, MOST), Figure("  the first in the window", size, ms(first), "", "")]

    def close(self) -> None:
        """Nothing is left open."""
        self._bare.close()
        self._window.close()
        self._opened.close(0)

    @property
    def _overview(self) -> OverviewFace:
        return self._window.page.case.face_of("overview")

    @property
    def _area(self) -> object:
        return self._overview._area  # noqa: SLF001

    def _opening(self, case_id: int) -> Callable[[], None]:
        def open_it() -> None:
            self._window.navigate(Target("cases", "case", case_id))

        return open_it

    def _ours(self, case_id: int) -> None:
        self._window.navigate(Target("cases", "case", case_id))
        repainted(self._area)

    def _floor(self, case_id: int) -> None:
        for sql, values in self._statements[case_id]:
            self._bare.execute(sql, values).fetchall()
        repainted(self._area)


def _timed(work: Callable[[int], None], case_id: int) -> float:
    start = time.perf_counter()
    work(case_id)
    return time.perf_counter() - start


def _by_actions(row: case_queries.CaseRow) -> int:
    return -row.open_actions
