"""The papers that hang on no case: the sheet the deputy takes over with, and the blank forms."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.papers import PaperKind
from rehabdesk.services.case_papers import offers
from rehabdesk.store.queries import hand_outs as queries
from rehabdesk.store.queries.hand_outs import HandOutRow
from rehabdesk.ui.parts.layouts import column
from rehabdesk.ui.printing.paper_desk import AskForPath, PaperDesk, Shelf, ask_for_path
from rehabdesk.ui.shell.context import Context

KINDS = (PaperKind.HAND_OVER, PaperKind.REFERRAL, PaperKind.CONSENT, PaperKind.INFORMATION)
TABLES = frozenset(
    {"case", "participant", "consent", "consent_form", "action", "action_plan", "agenda_item", "forum_session", "follow_up", "hand_out"}
)


class ForumPapers(QWidget):
    """Where they are looked at, printed and saved."""

    def __init__(self, context: Context, ask_for_path: AskForPath = ask_for_path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self.desk = PaperDesk(context, Shelf(context.texts.say("Papers without a case"), offers, _copies, TABLES), ask_for_path)
        self.setLayout(column(self.desk))

    def focus_first(self) -> None:
        """Put the keyboard in the list of papers."""
        self.desk.focus_first()


def _copies(connection: object) -> tuple[HandOutRow, ...]:
    """The copies of these papers that were made for nobody's case."""
    return tuple(row for kind in KINDS for row in queries.of_paper(connection, kind) if row.case_id is None and row.session_id is None)
