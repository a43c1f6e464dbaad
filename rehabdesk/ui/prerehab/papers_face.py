"""Papper: the papers of one round, those of each claim on a place in it, and every copy that was made of them."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from rehabdesk.services.paper_offers import Offer, offers_of_round
from rehabdesk.store.queries import hand_outs as queries
from rehabdesk.store.queries.hand_outs import HandOutRow
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.ui.parts.layouts import column
from rehabdesk.ui.prerehab.calendar_desk import CalendarDesk, ask_for_calendar_path
from rehabdesk.ui.printing.paper_desk import AskForPath, Shelf, ask_for_path
from rehabdesk.ui.shell.context import Context

#: What changes which papers there are, or what stands on the one that is looked at.
TABLES = frozenset(
    {
        "attendance", "booking", "case", "consent", "consent_kind", "measurement", "occasion", "offer", "participant", "party",
        "pass_over", "place", "programme", "programme_instrument", "round", "round_break",
    }
)  # fmt: skip


class RoundPapersFace(QWidget):
    """The face of a round where papers are printed and one sees what was handed out."""

    def __init__(
        self,
        context: Context,
        ask_for_path: AskForPath = ask_for_path,
        ask_for_calendar: AskForPath = ask_for_calendar_path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._round_id: int | None = None
        shelf = Shelf(context.texts.say("Papers of the round"), self._offers, self._copies, TABLES, many_cases=True)
        self.desk = CalendarDesk(context, shelf, ask_for_path, ask_for_calendar)
        self.setLayout(column(self.desk))

    def show_round(self, row: RoundRow) -> None:
        """Show this round's papers."""
        if row.id != self._round_id:
            self._round_id = row.id
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
        return offers_of_round(connection, self._round_id, today) if self._round_id is not None else ()

    def _copies(self, connection: object) -> tuple[HandOutRow, ...]:
        return queries.of_round(connection, self._round_id) if self._round_id is not None else ()
