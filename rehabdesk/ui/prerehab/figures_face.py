"""Siffror: how far the places were used, how long people waited and how it went; by programme and period, in pictures and tables."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.domain.figures import Figures
from rehabdesk.services.prerehab import figures
from rehabdesk.store.queries.prerehab import programmes as programme_queries
from rehabdesk.ui.live import watch, watch_day
from rehabdesk.ui.parts.basics import EmptyState, Muted
from rehabdesk.ui.parts.layouts import column, scrolling
from rehabdesk.ui.parts.tokens import EDGE, PAD
from rehabdesk.ui.prerehab.faces import ROOM, ROUNDS
from rehabdesk.ui.prerehab.figures_card import FigureCard
from rehabdesk.ui.prerehab.figures_period import PeriodField
from rehabdesk.ui.prerehab.measures_result import ProgrammeResult
from rehabdesk.ui.shell.context import Context, Target

TABLES = frozenset({"programme", "round", "place", "booking", "offer", "occasion", "attendance", "case", "participant"})


class FiguresFace(QWidget):
    """The face of the room that tells how it goes; nothing is typed here but the days of a period."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context, texts = context, context.texts
        self._programme_id: int | None = None
        self.cards: dict[str, FigureCard] = {}
        self.period = PeriodField(context)
        self.period.changed.connect(self._refresh)
        self.result = ProgrammeResult(context)
        self.empty = EmptyState(
            texts.say("No round begins in this period."),
            texts.say("Choose another period, or plan a round: its places are counted from the day it is planned."),
            texts.say("To the rounds"), self._to_rounds,
        )  # fmt: skip
        self._column = QVBoxLayout()
        self._column.setSpacing(PAD)
        self.explained = Muted()
        self.explained.setText(" ".join((
            figures.masking_note(texts),
            texts.say("Parts of a year, and several programmes, are put together from what each round or each year tells by itself."),
        )))  # fmt: skip
        content = QWidget()
        content.setLayout(column(self.period, self.empty, self._column, self.result, self.explained, None, margin=EDGE, gap=PAD))
        self.setLayout(column(scrolling(content)))
        watch(self, context.store, TABLES, self._refresh)
        watch_day(self, context.clock, self._refresh)

    def show_programme(self, programme_id: int | None) -> None:
        """Show one programme, or all."""
        if programme_id != self._programme_id:
            self._programme_id = programme_id
            self._refresh()

    def focus_first(self) -> None:
        """Put the keyboard in the choice of period."""
        self.period.kind.setFocus()

    def step_back(self) -> bool:
        """Nothing stands open here."""
        return False

    def flush(self) -> bool:
        """Nothing is kept from here."""
        return True

    # --- internals ---

    def _refresh(self, _changed: object = None) -> None:
        programme_id = self._programme()
        self._show(self._context.store.read(figures.figures, self.period.period, programme_id, self._today()))
        self.result.show_programme(programme_id)

    def _programme(self) -> int | None:
        """The chosen one; where there is only one, that: then each of its rounds is a line."""
        every = self._context.store.read(programme_queries.programmes, ended=True)
        return every[0].id if self._programme_id is None and len(every) == 1 else self._programme_id

    def _today(self) -> date:
        return self._context.clock.today()

    def _show(self, told: Figures) -> None:
        wanted = () if told.is_empty else figures.sections(told, self._context.texts)
        self.empty.setVisible(told.is_empty)
        self.explained.setVisible(not told.is_empty)
        for key in set(self.cards) - {section.key for section in wanted}:
            self._drop(key)
        for place, section in enumerate(wanted):
            if section.key in self.cards and not self.cards[section.key].fits(section):
                self._drop(section.key)
            if section.key in self.cards:
                self.cards[section.key].show_section(section)
            else:
                self.cards[section.key] = FigureCard(self._context, section)
                self._column.insertWidget(place, self.cards[section.key])

    def _drop(self, key: str) -> None:
        card = self.cards.pop(key)
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _to_rounds(self) -> None:
        self._context.navigate(Target(ROOM, "", None, ROUNDS))
