"""Utlämnat: the papers about one case that hang on no meeting, and every copy that was made about it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rehabdesk.services.paper_offers import offers_of_case
from rehabdesk.store.queries import hand_outs as queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.ui.prerehab.calendar_desk import DeskFace, ask_for_calendar_path
from rehabdesk.ui.printing.paper_desk import AskForPath, Shelf, ask_for_path
from rehabdesk.ui.shell.context import Context

TABLES = frozenset(
    {
        "action", "action_plan", "agenda_item", "attendance", "booking", "case", "consent", "consent_kind", "contact", "forum_session",
        "measurement", "occasion", "offer", "participant", "pass_over", "plan_goal", "programme", "programme_instrument", "round",
        "round_break",
    }
)  # fmt: skip


class PapersFace(DeskFace):
    """The face of the case page where papers are printed and one sees what was handed out."""

    def __init__(self, context: Context, ask_for_path: AskForPath = ask_for_path, parent: QWidget | None = None) -> None:
        shelf = Shelf(context.texts.say("Papers about the case"), offers_of_case, queries.of_case, TABLES)
        super().__init__(context, shelf, ask_for_path, ask_for_calendar_path, parent)

    def show_case(self, row: CaseRow) -> None:
        """Show this case's papers."""
        self._show(row.id)
