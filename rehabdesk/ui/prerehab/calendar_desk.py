"""A desk of papers where a participant's own days can be saved as a calendar file too; and the face with one, of a case or of a round."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtWidgets import QLayout, QWidget

from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.problems import Refused
from rehabdesk.services.paper_offers import Offer
from rehabdesk.services.prerehab import attendance_papers
from rehabdesk.store.queries.hand_outs import HandOutRow
from rehabdesk.ui.parts.basics import Heading, KeyButton
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.printing.paper_desk import AskForPath, PaperDesk, Shelf, ask_for_file, ask_for_path
from rehabdesk.ui.shell.context import Context


ask_for_calendar_path: AskForPath = partial(ask_for_file, "iCalendar")


class CalendarDesk(PaperDesk):
    """As any desk; beside "Dina tillfällen" stands the button that saves them as a calendar file."""

    def __init__(
        self,
        context: Context,
        shelf: Shelf,
        ask_for_path: AskForPath = ask_for_path,
        ask_for_calendar: AskForPath = ask_for_calendar_path,
        parent: QWidget | None = None,
    ) -> None:
        self._ask_for_calendar = ask_for_calendar
        super().__init__(context, shelf, ask_for_path, parent)

    # --- internals ---

    def _head(self) -> QLayout:
        texts = self._context.texts
        self.calendar_button = KeyButton(texts.say("Save as calendar"), "Ctrl+Shift+S")
        self.calendar_button.clicked.connect(self._on_calendar)
        self.calendar_button.hide()
        return line(Heading(self._shelf.title), None, self.calendar_button)

    def _show_paper(self, _chosen: object = None) -> None:
        super()._show_paper(_chosen)
        wanted = self._wanted()
        self.calendar_button.setVisible(wanted is not None and wanted.paper is PaperKind.OCCASIONS)
        self.calendar_button.setEnabled(self.save.isEnabled())

    def _on_calendar(self) -> None:
        texts, wanted, document = self._context.texts, self._wanted(), self._composed()
        if wanted is None or document is None:
            return
        name = attendance_papers.calendar_name(document, self.language)
        try:
            # Asked before anybody is asked for a place: under protected identity there is no such file.
            attendance_papers.as_calendar(document, self.language)
            path = self._ask_for_calendar(self, texts.say("Save as calendar"), name)
            if path is None:
                return
            attendance_papers.save_calendar(
                self._context.store, wanted, path, language=self.language, kept_on=self.kept_on.value or ""
            )
        except Refused as refused:
            self.refusal.tell(texts.problems(refused.problems))
            return
        self._context.messages.info(texts.say("Saved as “{name}”. The file is not encrypted.", name=path.name))


class DeskFace(QWidget):
    """A face with such a desk for one case or one round at a time: its papers, and every copy that was made of them."""

    def __init__(self, context: Context, shelf: Shelf, ask_for_path: AskForPath, ask_for_calendar: AskForPath, parent: QWidget | None) -> None:
        """The `offers` and `copies` of this shelf are asked for with the id of what is shown after the connection."""
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._shelf = shelf
        self._shown_id: int | None = None
        of_shown = replace(shelf, offers=self._offers, copies=self._copies)
        self.desk = CalendarDesk(context, of_shown, ask_for_path, ask_for_calendar)
        self.setLayout(column(self.desk))

    def focus_first(self) -> None:
        """Put the keyboard in the list of papers."""
        self.desk.focus_first()

    def step_back(self) -> bool:
        """Nothing stands open here."""
        return False

    def flush(self) -> bool:
        """Nothing is typed here."""
        return True

    # --- internals ---

    def _show(self, shown_id: int) -> None:
        if shown_id != self._shown_id:
            self._shown_id = shown_id
            self.desk.refresh()

    def _offers(self, connection: object, today: date) -> tuple[Offer, ...]:
        return self._shelf.offers(connection, self._shown_id, today) if self._shown_id is not None else ()

    def _copies(self, connection: object) -> tuple[HandOutRow, ...]:
        return self._shelf.copies(connection, self._shown_id) if self._shown_id is not None else ()
