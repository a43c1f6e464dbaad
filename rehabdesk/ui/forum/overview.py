"""Every meeting, as a table or as a year; from here meetings are planned and opened."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from rehabdesk.store.queries.forum import sessions as queries
from rehabdesk.ui.forum.new_session import NewSession
from rehabdesk.ui.forum.sessions_table import SessionsTable
from rehabdesk.ui.forum.year_view import YearView
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import EmptyState, KeyButton
from rehabdesk.ui.parts.forms import ChoiceField
from rehabdesk.ui.parts.layouts import holding, line, page_body, scrolling
from rehabdesk.ui.parts.tokens import PAD
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.shell.page import Page

TABLES = {"forum_session", "session_series", "agenda_item"}
TABLE, YEAR = 0, 1
PANEL = 400
NARROW = 880
"""Below this width, at 14 px text, the planning takes the place of the meetings."""
QWIDGETSIZE_MAX = (1 << 24) - 1


class SessionsOverview(Page):
    """The room's first page; `opened(session_id)`."""

    opened = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        texts = context.texts
        self.set_title(texts.say("Forum"))
        self.plan_button = KeyButton(texts.say("Plan a meeting"), "Ctrl+N", kind="primary")
        self.plan_button.clicked.connect(self.begin_planning)
        self.header.add_action(self.plan_button)
        self._build()
        watch(self, context.store, TABLES, self._refresh)
        self.table.choose_nearest()

    # --- what the room asks ---

    @cached_property
    def year(self) -> YearView:
        """The year; made when one first turns to it, since a room should open at once."""
        made = YearView(self.context)
        made.opened.connect(self.opened)
        made.plan_wanted.connect(self._on_plan_wanted)
        made.show_series(self.series.value)
        self.views.addWidget(made)
        return made

    @cached_property
    def new(self) -> NewSession:
        """The planning of a meeting; made when one first plans."""
        made = NewSession(self.context)
        made.planned.connect(self._on_planned)
        made.closed.connect(self._end_planning)
        self._planning.addWidget(made)
        return made

    def step_back(self) -> bool:
        """Esc puts the planning away."""
        if not self._side.isHidden():
            self._end_planning()
            return True
        return False

    def focus_first(self) -> None:
        """The keyboard starts in the table or the year, or where there is nothing, at the first thing to do."""
        if self._stack.currentWidget() is self._empty and self._empty.button is not None:
            self._empty.button.setFocus()
        else:
            self.views.currentWidget().setFocus()

    def begin_planning(self, _checked: bool = False, day: date | None = None) -> None:
        """Open the panel with its proposal, or for a day."""
        if not self.context.store.read(queries.series):
            self._go_to_settings()
            return
        self.new.begin(self.series.value, day)
        self._side.show()
        self._fit()
        self.new.form.setFocus()

    def show_year(self) -> None:
        """The year instead of the table."""
        self.tabs.setCurrentIndex(YEAR)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Planning stands beside the meetings, or instead of them where there is no room."""
        super().resizeEvent(event)
        self._fit()

    # --- internals ---

    def _fit(self) -> None:
        theme = self.context.theme
        narrow = self.width() < theme.px(NARROW)
        planning = not self._side.isHidden()
        self.views.setVisible(not (narrow and planning))
        self._side.setMinimumWidth(theme.px(360 if narrow else PANEL))
        self._side.setMaximumWidth(QWIDGETSIZE_MAX if narrow else theme.px(PANEL))

    def _build(self) -> None:
        context, texts = self.context, self.context.texts
        # From the outermost inwards: whatever is put together elsewhere is styled anew with every step it is moved.
        self._stack = QStackedWidget()
        self.body.addWidget(self._stack, 1)
        listed = page_body()
        self._stack.addWidget(scrolling(holding(listed)))
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(texts.say("How the meetings are shown"))
        self.tabs.addTab(texts.name("meetings", "Table"))
        self.tabs.addTab(texts.name("meetings", "Year"))
        self.toggle = KeyButton(texts.say("Table or year"), "Ctrl+T", kind="link")
        self.toggle.clicked.connect(self._on_toggle)
        self.toggle.setToolTip(texts.say("How the meetings are shown"))
        self.series = ChoiceField(((None, texts.say("All series")),), texts.say("Show only this series"))
        self.series.changed.connect(self._on_series)
        listed.addLayout(line(self.tabs, self.toggle, None, self.series, gap=PAD))
        self.views = QStackedWidget()
        self.tabs.currentChanged.connect(self._on_tab)
        self._planning = line()
        self._side = scrolling(holding(self._planning))
        self._side.hide()
        self.views.setMinimumHeight(context.theme.px(250))
        listed.addLayout(line(self.views, self._side, gap=PAD), 1)
        self.table = SessionsTable(context, self.views)
        self.table.opened.connect(self.opened)
        self.views.addWidget(self.table)
        self._empty = EmptyState(
            texts.say("No forum yet."),
            texts.say("A series tells who is controller, when you meet and who usually comes. Make it in the settings first."),
            texts.say("Go to the settings"), self._go_to_settings,
        )
        self._stack.addWidget(self._empty)
        self.table.table.set_empty(
            texts.say("No meetings yet."), texts.say("The first is proposed from the weekday of the series."),
            texts.say("Plan a meeting"), self.begin_planning,
        )

    def _refresh(self) -> None:
        rows = self.context.store.read(queries.series, ended=True)
        self.series.set_choices([(None, self.context.texts.say("All series")), *((row.id, row.name) for row in rows)])
        self.series.setVisible(len(rows) > 1)
        self._stack.setCurrentIndex(0 if rows else 1)
        self.plan_button.setVisible(any(row.ended_on is None for row in rows))
        # The view that is not looked at asks when one turns to it.
        self.views.currentWidget().refresh()

    def _on_toggle(self) -> None:
        self.tabs.setCurrentIndex(YEAR if self.tabs.currentIndex() == TABLE else TABLE)
        self.views.currentWidget().setFocus()

    def _on_tab(self, place: int) -> None:
        view = self.year if place == YEAR else self.table
        self.views.setCurrentWidget(view)
        view.refresh()

    def _on_series(self, series_id: int | None) -> None:
        for place in range(self.views.count()):
            self.views.widget(place).show_series(series_id)

    def _on_plan_wanted(self, day: date) -> None:
        self.begin_planning(day=day)

    def _on_planned(self, session_id: int) -> None:
        self._end_planning()
        self.table.table.choose(session_id)
        self.opened.emit(session_id)

    def _end_planning(self) -> None:
        self._side.hide()
        self._fit()
        self.views.currentWidget().setFocus()

    def _go_to_settings(self) -> None:
        self.context.navigate(Target("settings", face="series"))
