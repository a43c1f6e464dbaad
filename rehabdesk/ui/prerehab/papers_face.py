"""Papper: the papers of one round, those of each claim on a place in it, and every copy that was made of them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rehabdesk.services.paper_offers import offers_of_round
from rehabdesk.store.queries import hand_outs as queries
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.ui.prerehab.calendar_desk import DeskFace, ask_for_calendar_path
from rehabdesk.ui.printing.paper_desk import AskForPath, Shelf, ask_for_path
from rehabdesk.ui.shell.context import Context

#: What changes which papers there are, or what stands on the one that is looked at.
TABLES = frozenset(
    {
        "attendance", "booking", "case", "consent", "consent_kind", "measurement", "occasion", "offer", "participant", "party",
        "pass_over", "place", "programme", "programme_instrument", "round", "round_break",
    }
)  # fmt: skip


class RoundPapersFace(DeskFace):
    """The face of a round where papers are printed and one sees what was handed out."""

    def __init__(
        self,
        context: Context,
        ask_for_path: AskForPath = ask_for_path,
        ask_for_calendar: AskForPath = ask_for_calendar_path,
        parent: QWidget | None = None,
    ) -> None:
        shelf = Shelf(context.texts.say("Papers of the round"), offers_of_round, queries.of_round, TABLES, many_cases=True)
        super().__init__(context, shelf, ask_for_path, ask_for_calendar, parent)

    def show_round(self, row: RoundRow) -> None:
        """Show this round's papers."""
        self._show(row.id)
