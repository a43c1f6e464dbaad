"""Whoever is chosen on the list, told in full: what stands about her, what she was offered, and whom she was passed over for and why."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from rehabdesk.store.queries.prerehab import claims as queries
from rehabdesk.ui.parts.basics import Badge, Card, Label, Link, Muted, Words
from rehabdesk.ui.parts.layouts import clear, column, line
from rehabdesk.ui.prerehab.waiting_model import WaitingLine
from rehabdesk.ui.prerehab.waiting_words import day_words, history_lines, readiness, standing_words, who_words
from rehabdesk.ui.shell.context import Context, Target


class AboutCard(Card):
    """One claim. It says what she can be told when she asks why she still waits."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._badge = Badge()
        super().__init__(context.texts.say("Nobody is chosen"), aside=self._badge, parent=parent)
        self._context = context
        self._shown: object = None
        self.waits, self.about = Words(), Muted()
        self.opens = Link(context.texts.name("button", "Open"))
        self.opens.clicked.connect(self._on_open)
        self._target: Target | None = None
        self._history = column(gap=6)
        self.add(column(self.waits, self.about, line(self.opens, None), self._history, gap=8))

    def show_line(self, shown: WaitingLine | None) -> None:
        """Tell of this one; without anybody the card is gone."""
        self.setVisible(shown is not None)
        if shown is None:
            self._shown = None
            return
        context, texts, claim = self._context, self._context.texts, shown.claim
        today = context.clock.today()
        told = context.store.read(queries.history, claim.id)
        if (shown, told, today) == self._shown:
            return
        self._shown = (shown, told, today)
        self.heading.setText(who_words(claim))
        self._badge.show_word(*readiness(texts, claim, today))
        self.waits.setText(standing_words(texts, claim, shown.place, today))
        referrer = texts.say("Referred by: {who}.", who=claim.referrer) if claim.referrer else ""
        self.about.setText(" ".join(part for part in (referrer, claim.need) if part))
        self.about.setVisible(bool(self.about.text()))
        self._target = Target("cases", "case", claim.case_id, "places")
        self.opens.setAccessibleName(f"{self.opens.words}: {claim.case_number}")
        self._tell_history(told, today)

    def _tell_history(self, told: queries.ClaimHistory, today: date) -> None:
        texts = self._context.texts
        clear(self._history)
        lines = history_lines(texts, told)
        self._history.addWidget(Label(texts.say("Offered and passed over")))
        if not lines:
            self._history.addWidget(Muted(texts.say("Has been offered nothing, and has not been passed over.")))
        for one in lines:
            day = Muted(day_words(texts, one.on, today), wrap=False)
            day.setMinimumWidth(self._context.theme.px(56))
            row = line(day, Words(one.words), gap=8)
            row.setStretch(1, 1)
            self._history.addLayout(row)

    def _on_open(self) -> None:
        if self._target is not None:
            self._context.navigate(self._target)
