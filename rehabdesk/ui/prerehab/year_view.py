"""A year of rounds: the drawing with its numbers, the sum of its places, the way to the years beside it, and what the signs mean."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from rehabdesk.store.queries.prerehab import rounds as queries
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.ui.parts.basics import KeyButton, Muted, Title, Words
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding
from rehabdesk.ui.parts.tokens import GAP, PAD
from rehabdesk.ui.prerehab.rounds_words import sum_in_words
from rehabdesk.ui.prerehab.year_table import YearTable
from rehabdesk.ui.shell.context import Context


class YearView(QWidget):
    """`opened(round_id)` when a round is opened."""

    opened = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._programme_id: int | None = None
        texts = context.texts
        self.table = YearTable(context)
        self.table.opened.connect(self._on_opened)
        self._year = Title()
        self.before = KeyButton(texts.say("Previous year"), shows="Ctrl+PgUp", kind="link")
        self.after = KeyButton(texts.say("Next year"), shows="Ctrl+PgDown", kind="link")
        self.before.clicked.connect(self._on_before)
        self.after.clicked.connect(self._on_after)
        for key, button in (("Ctrl+PgUp", self.before), ("Ctrl+PgDown", self.after)):
            QShortcut(QKeySequence(key), self).activated.connect(button.click)
        self.total = Words()
        legend = Muted(texts.say("Filled: booked. Hatched: offered. Empty: free. Dashed frame: cancelled. Dashed line: today."))
        # In a narrow window what can be done stands under the year.
        self.head = FlowLayout(gap=PAD)
        for part in (self._year, self.before, self.after):
            self.head.addWidget(part)
        self.setLayout(column(holding(self.head), self.total, self.table, legend, gap=GAP))
        self.layout().setStretch(2, 1)
        self.setFocusProxy(self.table)

    @property
    def year(self) -> int:
        """The year that is shown."""
        return self.table.year

    def show_programme(self, programme_id: int | None) -> None:
        """Only the rounds of this programme, or all."""
        self._programme_id = programme_id
        self.refresh()

    def show_year(self, year: int) -> None:
        """Another year."""
        rows = self._rows(year)
        self.table.show_year(year, rows)
        self._year.setText(str(year))
        self.total.setText(self._in_words(rows))
        self.table.setAccessibleDescription(self.total.text())

    def refresh(self) -> None:
        """Ask again."""
        self.show_year(self.year)

    def go_to_nearest(self) -> None:
        """This year, or where it has no rounds the nearest year that has; in it, to the round that runs or comes next."""
        today = self._context.clock.today()
        years = {row.starts_on.year for row in self._context.store.read(queries.rounds, today, programme_id=self._programme_id)}
        nearest = min(years | {today.year} if not years else years, key=lambda year: (abs(year - today.year), year < today.year))
        self.show_year(nearest)
        current = next((row for row in self.table.rows_model.rows if row.cancelled_on is None and row.ends_on >= today), None)
        if current is not None:
            self.table.choose(current.id)

    # --- internals ---

    def _rows(self, year: int) -> tuple[RoundRow, ...]:
        today = self._context.clock.today()
        return self._context.store.read(queries.rounds, today, programme_id=self._programme_id, year=year)

    def _in_words(self, rows: tuple[RoundRow, ...]) -> str:
        """"6 omgångar · 48 platser = 31 bokade + 5 erbjudna + 12 lediga"; without those that were cancelled."""
        texts, running = self._context.texts, [row for row in rows if row.cancelled_on is None]
        if not running:
            return ""
        return f"{texts.count('{n} round', '{n} rounds', len(running))} · {sum_in_words(texts, running)}"

    def _on_opened(self, row: RoundRow) -> None:
        self.opened.emit(row.id)

    def _on_before(self) -> None:
        self.show_year(max(1, self.year - 1))

    def _on_after(self) -> None:
        self.show_year(min(9999, self.year + 1))
