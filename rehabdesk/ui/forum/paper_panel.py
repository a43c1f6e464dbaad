"""The papers of a session: the desk they lie on, and printing for everyone who is here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QLayout, QWidget

from rehabdesk.domain.problems import Refused
from rehabdesk.services import hand_outs
from rehabdesk.services.paper_offers import Offer, offers
from rehabdesk.store.queries import hand_outs as queries
from rehabdesk.store.queries.hand_outs import HandOutRow
from rehabdesk.ui.parts.basics import Heading, KeyButton
from rehabdesk.ui.parts.forms import FieldProblem
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.printing.paper_desk import AskForPath, PaperDesk, Shelf, ask_for_path
from rehabdesk.ui.shell.context import Context

TABLES = frozenset({"agenda_item", "item_sheet", "consent", "attendee", "item_party", "forum_session"})


class PaperPanel(PaperDesk):
    """The papers of one session."""

    def __init__(
        self, context: Context, session_id: int, ask_for_path: AskForPath = ask_for_path, parent: QWidget | None = None
    ) -> None:
        shelf = _OfSession(session_id)
        title = context.texts.say("Papers of the meeting")
        super().__init__(context, Shelf(title, shelf.offers, shelf.copies, TABLES, session_id), ask_for_path, parent)

    def _head(self) -> QLayout:
        texts = self._context.texts
        self.for_all = KeyButton(texts.say("Print for everyone here"), "Ctrl+Shift+P", kind="primary")
        self.for_all.clicked.connect(self._on_for_all)
        self.for_all_told = FieldProblem()
        return column(line(Heading(self._shelf.title), None, self.for_all), self.for_all_told, gap=12)

    def _on_for_all(self) -> None:
        if not self.has_printer():
            return
        texts = self._context.texts
        self.for_all_told.tell("")
        try:
            queued = hand_outs.queue_for_those_here(self._context.store, self._shelf.session_id, language=self.language)
        except Refused as refused:
            self.for_all_told.tell(texts.problems(refused.problems))
            return
        if not queued:
            self._context.messages.info(texts.say("Everyone who is here has her papers, or none of her items is finished."))
            return
        self._context.messages.info(texts.count("{n} paper is printed.", "{n} papers are printed, each by itself.", len(queued)))
        if self._context.queue is not None:
            self._context.queue.wake(queued)


@dataclass(frozen=True, slots=True)
class _OfSession:
    """What lies on the desk of one session."""

    session_id: int

    def offers(self, connection: object, today: date) -> tuple[Offer, ...]:
        return offers(connection, self.session_id, today)

    def copies(self, connection: object) -> tuple[HandOutRow, ...]:
        return queries.of_session(connection, self.session_id)
