"""Utlämnat: the papers about one case that hang on no meeting, and every copy that was made about it."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from rehabdesk.services.paper_offers import Offer, offers_of_case
from rehabdesk.store.queries import hand_outs as queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.hand_outs import HandOutRow
from rehabdesk.ui.parts.layouts import column
from rehabdesk.ui.prerehab.calendar_desk import CalendarDesk
from rehabdesk.ui.printing.paper_desk import AskForPath, Shelf, ask_for_path
from rehabdesk.ui.shell.context import Context

TABLES = frozenset(
    {
        "action", "action_plan", "agenda_item", "attendance", "booking", "case", "consent", "consent_kind", "contact", "forum_session",
        "occasion", "offer", "participant", "pass_over", "plan_goal", "round",
    }
)  # fmt: skip


class PapersFace(QWidget):
    """The face of the case page where papers are printed and one sees what was handed out."""

    def __init__(self, context: Context, ask_for_path: AskForPath = ask_for_path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._case_id: int | None = None
        shelf = Shelf(context.texts.say("Papers about the case"), self._offers, self._copies, TABLES)
        self.desk = CalendarDesk(context, shelf, ask_for_path)
        self.setLayout(column(self.desk))

    def show_case(self, row: CaseRow) -> None:
        """Show this case's papers."""
        if row.id != self._case_id:
            self._case_id = row.id
            self.desk.refresh()

    def focus_first(self) -> None:
        """Put the keyboard in the list of papers."""
        self.desk.focus_first()

    def step_back(self) -> bool:
        """Nothing stands open here."""
        return False

    def flush(self) -> bool:
        """Nothing is typed here."""
        return True

    def _offers(self, connection: object, today: date) -> tuple[Offer, ...]:
        return offers_of_case(connection, self._case_id, today) if self._case_id is not None else ()

    def _copies(self, connection: object) -> tuple[HandOutRow, ...]:
        return queries.of_case(connection, self._case_id) if self._case_id is not None else ()
