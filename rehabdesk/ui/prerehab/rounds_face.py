"""Omgångar: a year of rounds with how full they are; from here rounds are planned and opened."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from rehabdesk.store.queries.prerehab import programmes as programme_queries
from rehabdesk.store.queries.prerehab import rounds as queries
from rehabdesk.ui.live import watch, watch_day
from rehabdesk.ui.parts.basics import KeyButton
from rehabdesk.ui.parts.layouts import column, holding, page_body, scrolling
from rehabdesk.ui.prerehab.faces import ROOM
from rehabdesk.ui.prerehab.rounds_planning import PlanRounds
from rehabdesk.ui.prerehab.year_view import YearView
from rehabdesk.ui.shell.context import Context, Target

TABLES = {"round", "programme", "place", "booking", "offer", "occasion"}
#: A lower window scrolls the face rather than cut its table, at 14 px text.
LEAST_HEIGHT = 220


class RoundsFace(QWidget):
    """The face of the room where rounds are planned and opened."""

    told = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._programme_id: int | None = None
        texts = context.texts
        self.view = YearView(context)
        self.view.opened.connect(self._on_opened)
        self.plan_button = KeyButton(texts.say("Plan rounds"), "Ctrl+N", kind="primary")
        self.plan_button.clicked.connect(self.begin_planning)
        self.view.head.addWidget(self.plan_button)
        self.table = self.view.table
        self._planning: QScrollArea | None = None
        self._stack = QStackedWidget()
        self.table.setMinimumHeight(context.theme.px(LEAST_HEIGHT))
        self._stack.addWidget(scrolling(holding(page_body(self.view))))
        self.setLayout(column(self._stack))
        self.view.go_to_nearest()
        watch(self, context.store, TABLES, self._refresh)
        watch_day(self, context.clock, self._refresh)

    @cached_property
    def planning(self) -> PlanRounds:
        """The planning of rounds; made when one first plans."""
        made = PlanRounds(self._context)
        made.planned.connect(self._on_planned)
        made.closed.connect(self.step_back)
        self._planning = scrolling(holding(page_body(made, None)))
        self._stack.addWidget(self._planning)
        return made

    def show_programme(self, programme_id: int | None) -> None:
        """Only the rounds of this programme, or all."""
        if programme_id != self._programme_id:
            self._programme_id = programme_id
            self.view.show_programme(programme_id)
            if not self.table.rows_model.rows:
                self.view.go_to_nearest()
            self._say_why_empty()

    def begin_planning(self) -> None:
        """Ctrl+N: the form, with what is proposed after the latest round."""
        planning = self.planning
        self._stack.setCurrentWidget(self._planning)
        planning.begin(self._programme_id)

    def focus_first(self) -> None:
        """The keyboard starts in the year, or in the plan that is being made."""
        if self._is_planning:
            self.planning.focus_first()
        elif self.table.rows_model.rows:
            self.table.setFocus()
        else:
            self.plan_button.setFocus()

    def step_back(self) -> bool:
        """Esc leaves the planning; what is written in it stays until one comes back."""
        if not self._is_planning:
            return False
        self._stack.setCurrentIndex(0)
        self.focus_first()
        return True

    def flush(self) -> bool:
        """What is typed is a draft: it is kept, and shown again."""
        return self._context.flushes.flush_all()

    # --- internals ---

    @property
    def _is_planning(self) -> bool:
        return self._planning is not None and self._stack.currentWidget() is self._planning

    def _refresh(self) -> None:
        self.view.refresh()
        self._say_why_empty()

    def _say_why_empty(self) -> None:
        texts = self._context.texts
        running = self._context.store.read(programme_queries.programmes)
        self.plan_button.setEnabled(bool(running))
        if running:
            self.table.set_empty(
                texts.say("No rounds this year."), texts.say("Plan one, or a whole year of them at once."), texts.say("Plan rounds"), self.begin_planning,
            )  # fmt: skip
        else:
            self.table.set_empty(texts.say("No rounds this year."), texts.say("No programme is in use. Take one up again under Programmes first."))

    def _on_opened(self, round_id: int) -> None:
        self._context.navigate(Target(ROOM, "round", round_id))

    def _on_planned(self, made: tuple[int, ...]) -> None:
        texts, today = self._context.texts, self._context.clock.today()
        first = self._context.store.read(queries.round_of, made[0], today)
        self._stack.setCurrentIndex(0)
        self.view.show_year(first.starts_on.year)
        self.table.choose(first.id)
        self.table.setFocus()
        self.told.emit(texts.count("{n} round is planned.", "{n} rounds are planned.", len(made)))
