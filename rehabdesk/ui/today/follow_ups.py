"""Idag's lines about closed cases: where it is time to ask how it went. The answer is written here, or on the case's page."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from rehabdesk.store.queries import follow_ups as queries
from rehabdesk.store.queries.follow_ups import FollowUpRow
from rehabdesk.ui.cases.follow_ups_card import FollowUpForm
from rehabdesk.ui.parts.basics import Badge, Card, Link, Muted, Row, Words
from rehabdesk.ui.parts.layouts import clear, column
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context, Target

AHEAD = 14
"""Days before its own day when a follow-up is told of."""


class FollowUpsToday(Card):
    """A line for each follow-up, by case number; gone where none is due."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._how_many = Muted(wrap=False)
        super().__init__(context.texts.say("Ask how it went"), self._how_many, parent)
        self._context = context
        self._shown: tuple[FollowUpRow, ...] | None = None
        self.asking = FollowUpForm(context)
        self._rows = column(gap=0)
        self.add(column(self._rows, self.asking, gap=0), padded=False)

    def refresh(self) -> None:
        """Ask again."""
        found = self._context.store.read(queries.due, self._context.clock.today() + timedelta(days=AHEAD))
        self.setVisible(bool(found))
        if found == self._shown:
            return
        self._shown = found
        self._how_many.setText(str(len(found)))
        clear(self._rows)
        for place, one in enumerate(found):
            self._rows.addWidget(self._row(one, place == 0))

    def step_back(self) -> bool:
        """Put the question away; False when it was not asked."""
        return self.asking.put_away()

    def _row(self, one: FollowUpRow, first: bool) -> Row:
        context, texts = self._context, self._context.texts
        day = Muted(texts.short_day(one.due_on), wrap=False)
        day.setMinimumWidth(context.theme.px(64))
        told = texts.say("{number}, {months} months after", number=one.case_number, months=one.months)
        words = Words(told)
        parts: list[QWidget] = [day, words]
        if one.do_not_ring:
            parts.append(Badge(texts.say("Do not ring"), Tone.RED))
        answer = Link(texts.name("button", "Answer"), told)
        answer.clicked.connect(partial(self.asking.ask, one.id))
        opens = Link(texts.name("button", "Open"), told)
        opens.clicked.connect(partial(context.navigate, Target("cases", "case", one.case_id, "details")))
        row = Row(*parts, answer, opens, first=first, name=f"{day.text()} {told}")
        row.layout().setStretch(1, 1)
        return row
