"""A desk of papers where a participant's own days can be saved as a calendar file too."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QLayout, QWidget

from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.problems import Refused
from rehabdesk.services import paper_files
from rehabdesk.services.prerehab import attendance_papers
from rehabdesk.ui.parts.basics import Heading, KeyButton
from rehabdesk.ui.parts.layouts import line
from rehabdesk.ui.printing.paper_desk import AskForPath, PaperDesk, Shelf, ask_for_path
from rehabdesk.ui.shell.context import Context


def ask_for_calendar_path(parent: QWidget, title: str, name: str) -> Path | None:
    """The system's own dialog for where to save a calendar file; None when it was left."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    proposed = paper_files.free_name(Path(folder), name)
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), "iCalendar (*.ics)")
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix.lower() == ".ics" else path.with_name(path.name + ".ics")


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
