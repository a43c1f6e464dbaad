"""Parternas listor: what each party answers for, by case number, on paper, as PDF or as a workbook."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QLayout, QWidget

from rehabdesk.domain.problems import Refused
from rehabdesk.services import action_lists, paper_files
from rehabdesk.services.paper_offers import Offer
from rehabdesk.store.queries import hand_outs as queries
from rehabdesk.store.queries.hand_outs import HandOutRow
from rehabdesk.ui.parts.basics import Heading, KeyButton, Muted
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.printing.paper_desk import AskForPath, PaperDesk, Shelf, ask_for_file, ask_for_path
from rehabdesk.ui.shell.context import Context

TABLES = frozenset({"action", "consent", "consent_kind", "case", "participant", "party"})


ask_for_sheet_path: AskForPath = partial(ask_for_file, "Excel")


class ListsFace(PaperDesk):
    """A desk with one list a party, and what stays out of each."""

    def __init__(
        self,
        context: Context,
        ask_for_path: AskForPath = ask_for_path,
        ask_for_sheet: AskForPath = ask_for_sheet_path,
        parent: QWidget | None = None,
    ) -> None:
        self._ask_for_sheet = ask_for_sheet
        shelf = Shelf(context.texts.say("The parties' lists"), _offers, _copies, TABLES)
        super().__init__(context, shelf, ask_for_path, parent)
        self.table.chosen.connect(self._tell_left_out)

    def step_back(self) -> bool:
        """Nothing stands open here."""
        return False

    def flush(self) -> bool:
        """Nothing is typed here."""
        return True

    def choose_party(self, party_id: int) -> None:
        """Go to a party's list."""
        self.table.choose(action_lists.wanted(party_id))

    # --- internals ---

    def _head(self) -> QLayout:
        texts = self._context.texts
        self.sheet_button = KeyButton(texts.say("Save as workbook"), "Ctrl+Shift+S")
        self.sheet_button.clicked.connect(self._on_sheet)
        self.left_out = Muted()
        return column(line(Heading(self._shelf.title), None, self.sheet_button), self.left_out, gap=8)

    def _tell_left_out(self, _offer: Offer | None = None) -> None:
        """Why a case is not in the list stands here, never in the list."""
        texts, offer = self._context.texts, self.table.current_row
        if offer is None or offer.reader.party_id is None:
            self.left_out.setText("")
            return
        left_out = self._context.store.read(action_lists.left_out, offer.reader.party_id, self._context.clock.today())
        parts = []
        if left_out.without_consent:
            parts.append(texts.count(
                "{n} action is left out: no consent for the party today.",
                "{n} actions are left out: no consent for the party today.", left_out.without_consent,
            ))
        if left_out.protected:
            parts.append(texts.count(
                "{n} action is left out: protected identity stands in no list.",
                "{n} actions are left out: protected identity stands in no list.", left_out.protected,
            ))
        self.left_out.setText(" ".join(parts))

    def _refresh(self) -> None:
        super()._refresh()
        self._tell_left_out()

    def _on_sheet(self) -> None:
        texts, offer = self._context.texts, self.table.current_row
        document = self._composed()
        if offer is None or document is None:
            return
        name = Path(paper_files.suggested_name(document, self.language)).with_suffix(".xlsx").name
        path = self._ask_for_sheet(self, texts.say("Save as workbook"), name)
        if path is None:
            return
        try:
            action_lists.save_sheet(self._context.store, offer.reader.party_id, path, language=self.language, kept_on=self.kept_on.value or "")
        except Refused as refused:
            self.refusal.tell(texts.problems(refused.problems))
            return
        self._context.messages.info(texts.say("Saved as “{name}”. The file is not encrypted.", name=path.name))


def _offers(connection: object, today: date) -> tuple[Offer, ...]:
    return action_lists.offers(connection, today)


def _copies(connection: object) -> tuple[HandOutRow, ...]:
    return queries.of_paper(connection, action_lists.PAPER)
