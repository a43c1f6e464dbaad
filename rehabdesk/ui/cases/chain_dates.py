"""What comes on the chain: each date with what begins then, why just then, and where that stands."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.chain_rules import Certainty
from rehabdesk.domain.rehab_chain import ChainDate, ChainStanding
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.ui.cases.chain_words import capital, exception_words, source_words, why_words
from rehabdesk.ui.parts.basics import Badge, Card, Muted, Row, Words
from rehabdesk.ui.parts.layouts import clear, column, line
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context

#: As wide as a date, at 14 px text.
DAY = 84


class ChainDatesCard(Card):
    """A row for each date to come."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts.say("What comes next"), context.texts.say("forecast"), parent)
        self._context = context
        self._shown: object = None
        self._rows = column(gap=0)
        self.add(self._rows, padded=False)

    def show_case(self, _row: CaseRow) -> None:
        """Which case it is; the face asks where she stands, once for all its cards."""

    def show_standing(self, standing: ChainStanding) -> None:
        """Show what comes."""
        if standing.coming == self._shown:
            return
        self._shown = standing.coming
        clear(self._rows)
        for place, one in enumerate(standing.coming):
            self._rows.addWidget(self._row(one, place == 0))
        if not standing.coming:
            self._rows.addWidget(Row(Muted(self._context.texts.say("Nothing more is foreseen.")), first=True))

    def _row(self, one: ChainDate, first: bool) -> Row:
        texts = self._context.texts
        name = capital(one.rule.name.written(texts.language))
        head = Words(name)
        head.set_bold(True)
        day = Words(texts.date(one.on), wrap=False)
        day.setFixedWidth(self._context.theme.px(DAY))
        day.setToolTip(texts.weekday_date(one.on))
        why, source = why_words(texts, one), source_words(texts, one.rule)
        told = column(head, Muted(capital(why)), Words(one.rule.about.written(texts.language)), gap=2)
        exceptions = exception_words(texts, one.rule)
        if exceptions:
            told.addWidget(Muted("\n".join((texts.say("The earlier test is kept for one of these reasons:"), *(f"– {words}" for words in exceptions)))))
        told.addWidget(Muted(source))
        if one.rule.certainty is Certainty.UNCERTAIN:
            told.addLayout(line(Badge(texts.term(one.rule.certainty), Tone.AMBER), None))
        row = Row(column(day, None), told, first=first, name=f"{texts.weekday_date(one.on)}: {name}, {why}")
        row.layout().setStretch(1, 1)
        return row
