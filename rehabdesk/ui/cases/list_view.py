"""The list of cases: its own filters, a search by name or number, and nothing that selects by a sensitive fact."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabBar, QWidget

from rehabdesk.domain.consent import Consent, case_consent
from rehabdesk.domain.exports import ListColumn, ListRow
from rehabdesk.services import sick_leave
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import plans as plan_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.queries.forum.sessions import SeriesRow
from rehabdesk.ui.cases.models import CaseLine, case_columns
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import Link
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.parts.narrowing_table import NarrowingTable
from rehabdesk.ui.parts.search_line import SearchLine, found_in
from rehabdesk.ui.parts.tokens import EDGE, PAD
from rehabdesk.ui.shell.context import Context

TABLES = frozenset(
    {
        "case", "participant", "consent", "consent_kind", "action", "agenda_item", "forum_session", "session_series", "contact", "party",
        "sick_leave_period", "plan_answer", "action_plan",
    }
)  # fmt: skip
#: How wide the table must be, at 14 px text, for these columns; the case's own page tells them, too.
NEEDED_WIDTH = MappingProxyType({"actions": 740, "employer": 850, "opened": 950})


class CaseFilter(StrEnum):
    """Which cases are listed.

    One vault is one coordinator's, and her deputy stands in for her: "my open" are the open cases of the series that she still
    runs, and not those left over in one that has ended. Nothing here selects by what a case is about.
    """

    MINE = "mine"
    NEXT_SESSION = "next_session"
    PLAN_LATE = "plan_late"
    CLOSED_THIS_YEAR = "closed_this_year"
    ALL = "all"


class CaseList(QWidget):
    """The table with its filters. `opened(case_id)` when a line is opened."""

    opened = Signal(int)
    new_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._lines: tuple[CaseLine, ...] = ()
        self._on_next: frozenset[int] = frozenset()
        self._series: frozenset[int] = frozenset()
        self._late: frozenset[int] | None = None
        self._build()
        watch(self, context.store, TABLES, self._refresh)

    @property
    def filter(self) -> CaseFilter:
        """The filter chosen."""
        return tuple(CaseFilter)[self.filters.currentIndex()]

    def focus_first(self) -> None:
        """Put the keyboard in the list, or where one searches when it is empty."""
        (self.table if self.table.rows_model.rowCount() else self.search).setFocus()

    def shown(self) -> tuple[tuple[ListColumn, ...], tuple[ListRow, ...]]:
        """The list as it stands there now, in its order: for a file of it."""
        places = [place for place in range(len(self.table.rows_model.columns)) if not self.table.isColumnHidden(place)]
        columns = [self.table.rows_model.columns[place] for place in places]
        return (
            tuple(ListColumn(column.key, column.title) for column in columns),
            tuple(ListRow(row.id, tuple(column.text(row) for column in columns)) for row in self.table.rows_model.rows),
        )

    # --- internals ---

    def _build(self) -> None:
        texts = self._context.texts
        self.filters = QTabBar()
        self.filters.setDrawBase(False)
        self.filters.setExpanding(False)
        self.filters.setUsesScrollButtons(False)
        self.filters.setElideMode(Qt.TextElideMode.ElideRight)
        self.filters.setAccessibleName(texts.say("Which cases"))
        for words in (
            texts.name("cases", "My open"), texts.say("Next meeting"), texts.name("cases", "Plan late"),
            texts.say("Closed this year"), texts.name("cases", "All"),
        ):
            self.filters.setTabToolTip(self.filters.addTab(words), words)
        self.filters.currentChanged.connect(self._show)
        self.search = SearchLine(texts.say("Name or case number"), "Ctrl+F")
        self.search.setMinimumWidth(self._context.theme.px(120))
        self.search.setMaximumWidth(self._context.theme.px(300))
        self.search.narrowed.connect(self._show)
        self.search.into_list.connect(self._into_list)
        self.table = NarrowingTable(self._context.theme, case_columns(texts), texts.say("Cases"), NEEDED_WIDTH)
        self.table.opened.connect(self._on_opened)
        bar = line(self.filters, None, self.search, gap=PAD)
        # The search takes its full width before the space between gets any.
        bar.setStretch(2, 100)
        self.setLayout(column(bar, self.table, margin=EDGE, gap=PAD))

    def _refresh(self) -> None:
        store, today = self._context.store, self._context.clock.today()
        consents: dict[int, list[Consent]] = defaultdict(list)
        for consent in store.read(consent_queries.rules):
            consents[consent.case_id].append(consent)
        rows = store.read(case_queries.cases, today)
        self._lines = tuple(CaseLine(row, case_consent(consents[row.id], today)) for row in rows)
        self._on_next = self._on_next_agendas()
        self._late = None
        self._series = frozenset(series.id for series in store.read(session_queries.series, ended=True) if not _has_ended(series, today))
        self._show()

    @property
    def _late_plans(self) -> frozenset[int]:
        """The cases that are late with their plan: without one past its day, or with one that was to be evaluated before today.

        Asked when it is looked at: it takes every case's chain.
        """
        if self._late is None:
            store, today = self._context.store, self._context.clock.today()
            duties = store.read(sick_leave.plan_duties, today)
            overdue = store.read(plan_queries.evaluations_due, today - timedelta(days=1))
            self._late = frozenset(
                [row.case_id for row in duties if row.days_left is not None and row.days_left < 0] + [row.case_id for row in overdue]
            )
        return self._late

    def _on_next_agendas(self) -> frozenset[int]:
        """The cases on the next agenda of each series that has cases; a steering group in between is nothing to them."""
        store, today = self._context.store, self._context.clock.today()
        found: frozenset[int] = frozenset()
        for series in store.read(session_queries.series):
            session = store.read(session_queries.next_session, today, series.id) if series.has_cases else None
            if session is not None:
                found |= store.read(agenda_queries.case_ids_on_agenda, session.id)
        return found

    def _show(self, _changed: object = None) -> None:
        sought = self.search.text()
        found = [row for row in self._lines if self._passes(row) and found_in(sought, row.case.full_name, row.case.number)]
        self.table.set_rows(found)
        self._say_why_empty(bool(sought.strip()))

    def _passes(self, row: CaseLine) -> bool:
        closed = row.case.closed_on
        match self.filter:
            case CaseFilter.MINE:
                return closed is None and row.case.series_id in self._series
            case CaseFilter.PLAN_LATE:
                return row.id in self._late_plans
            case CaseFilter.NEXT_SESSION:
                return row.id in self._on_next
            case CaseFilter.CLOSED_THIS_YEAR:
                return closed is not None and closed.year == self._context.clock.today().year
        return True

    def _say_why_empty(self, searched: bool) -> None:
        texts = self._context.texts
        if self.table.rows_model.rowCount():
            return
        if searched:
            self.table.set_empty(texts.say("No case matches."), texts.say("Search by given name, surname or case number."))
        elif not self._lines:
            importing = Link(texts.say("Import cases from a file"))
            importing.clicked.connect(self.import_wanted)
            self.table.set_empty(
                texts.say("No cases yet."),
                texts.say("A case is opened when somebody's situation is to be taken up in the forum."),
                texts.say("New case"),
                self.new_wanted.emit,
                importing,
            )
        elif self.filter is CaseFilter.NEXT_SESSION:
            self.table.set_empty(texts.say("No case is on the next meeting's agenda."), texts.say("Open a case to put it there."))
        else:
            self.table.set_empty(texts.say("No cases here."))

    def _on_opened(self, row: CaseLine) -> None:
        self.opened.emit(row.id)

    def _into_list(self) -> None:
        if self.table.rows_model.rowCount():
            self.table.setFocus()


def _has_ended(series: SeriesRow, today: date) -> bool:
    return series.ended_on is not None and series.ended_on < today
