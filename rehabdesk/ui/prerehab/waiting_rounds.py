"""The programme's coming rounds with their sums: where there is room for those who wait, and the way to each round's places."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.ui.parts.basics import Badge, Card, Link, Muted, Row, Words
from rehabdesk.ui.parts.layouts import clear, column, line
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.prerehab.places_words import sum_words
from rehabdesk.ui.prerehab.waiting_words import round_days
from rehabdesk.ui.shell.context import Context, Target


class RoundsCard(Card):
    """One line for each coming round of the programme."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts.say("Coming rounds"), parent=parent)
        self._context = context
        self._shown: tuple[RoundRow, ...] | None = None
        self._rows = column(gap=0)
        self.nothing = Muted(context.texts.say("No round is planned in which somebody can begin."))
        self.add(self._rows, padded=False)
        self.add(self.nothing)

    def show_rounds(self, rows: Sequence[RoundRow]) -> None:
        """Show these."""
        if tuple(rows) == self._shown:
            return
        self._shown = tuple(rows)
        self.nothing.setVisible(not rows)
        clear(self._rows)
        for place, row in enumerate(rows):
            self._rows.addWidget(self._row(row, first=place == 0))

    def _row(self, row: RoundRow, *, first: bool) -> Row:
        texts = self._context.texts
        free = texts.count("{n} free place", "{n} free places", row.free) if row.free else texts.name("round", "full")
        told = sum_words(texts, row.sum)
        opens = Link(texts.name("button", "Open"), row.title)
        opens.clicked.connect(partial(self._context.navigate, Target("prerehab", "round", row.id, "places")))
        badge = Badge(free, Tone.GREEN if row.free else Tone.NEUTRAL)
        words = column(Words(row.title), Muted(round_days(texts, row)), Muted(told), line(badge, None), gap=2)
        shown = Row(words, opens, first=first, name=f"{row.title}, {free}, {told}")
        shown.layout().setStretch(0, 1)
        return shown
