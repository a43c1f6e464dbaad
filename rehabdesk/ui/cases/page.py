"""Ärenden: the list, one case, and opening a new one."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from rehabdesk.domain.consent import parties_hearing
from rehabdesk.domain.forum import SessionState
from rehabdesk.domain.problems import Refused
from rehabdesk.services.forum import agenda
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.queries.forum.sessions import SessionRow
from rehabdesk.ui.cases.case_page import CaseView
from rehabdesk.ui.cases.faces import OVERVIEW, PAPERS
from rehabdesk.ui.cases.forum_papers import ForumPapers
from rehabdesk.ui.cases.export_view import ExportView
from rehabdesk.ui.cases.import_view import ImportView
from rehabdesk.ui.cases.list_view import CaseList
from rehabdesk.ui.cases.new_case import NewCase
from rehabdesk.ui.parts.basics import KeyButton
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.shell.messages import Action
from rehabdesk.ui.shell.page import Page

ROOM = "cases"
NEW = "new"
IMPORT, EXPORT = "import", "export"


class CasesPage(Page):
    """The room of cases. Targets: `cases` (the list), kind `case` with an id (one case) and a face, face `new`, `import`, `export` or `papers`."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._came_from_list = False
        self._was_left = True
        self._importing: ImportView | None = None
        self._exporting: ExportView | None = None
        self._papers: ForumPapers | None = None
        self._build()
        self._show_list()

    def open_target(self, target: Target) -> None:
        """The list, one case, or the form for a new one."""
        was_left, self._was_left = self._was_left, False
        if target.kind == "case" and target.id is not None:
            if self._stack.currentWidget() is not self.case or was_left:
                self._came_from_list = self._stack.currentWidget() is self.list and not was_left
            self._show_case(target.id, target.face)
        elif target.face == NEW:
            self._show_new()
        elif target.face == IMPORT:
            self._show_import()
        elif target.face == EXPORT:
            self._show_export()
        elif target.face == PAPERS:
            self._show_papers()
        else:
            self._show_list()

    def step_back(self) -> bool:
        """Put away what stands open, then back to the list; from there the window goes back."""
        shown = self._stack.currentWidget()
        if shown is self.case:
            if self.case.step_back():
                return True
            if self._came_from_list or self.case.face != OVERVIEW:
                # The window's own way back leads to the list, or to the face one came from, and forgets this step.
                return False
        if shown in (self.list, self.new):
            # The form for a new case is a place of its own, which a lock leads back to.
            return False
        if self._importing is not None and shown is self._importing and self._importing.step_back():
            return True
        if self._importing is not None and shown is self._importing:
            # Nobody who comes later finds the file's names.
            self._importing.ask()
        self._show_list()
        self.list.focus_first()
        return True

    def focus_first(self) -> None:
        """The first thing to act on in what is shown."""
        self._stack.currentWidget().focus_first()

    def leaving(self) -> None:
        """Nobody who comes later finds the number in full."""
        self._was_left = True
        self.case.leave()

    # --- slots and internals ---

    def _build(self) -> None:
        context, texts = self.context, self.context.texts
        self.list, self.case, self.new = CaseList(context), CaseView(context), NewCase(context)
        self._stack = QStackedWidget()
        for part in (self.list, self.case, self.new):
            self._stack.addWidget(part)
        self.body.addWidget(self._stack)
        self.new_button = KeyButton(texts.say("New case"), "Ctrl+N", kind="primary")
        self.agenda_button = KeyButton(texts.say("Put on the agenda"), "Ctrl+D", kind="primary")
        self.header.add_badge(self.case.mask)
        self.papers_button = KeyButton(texts.say("Papers"), "Ctrl+P")
        self.papers_button.clicked.connect(self._on_papers)
        self.header.add_action(self.papers_button)
        self.import_button = KeyButton(texts.say("Import…"), "Ctrl+I")
        self.import_button.clicked.connect(self._on_import)
        self.list.import_wanted.connect(self._on_import)
        self.export_button = KeyButton(texts.say("Export…"), "Ctrl+Shift+E")
        self.export_button.clicked.connect(self._on_export)
        self.header.add_action(self.export_button)
        self.header.add_action(self.import_button)
        self.header.add_action(self.new_button)
        self.header.add_action(self.agenda_button)
        self.new_button.clicked.connect(self._on_new)
        self.agenda_button.clicked.connect(self._on_agenda)
        self.list.opened.connect(self._on_opened)
        self.list.new_wanted.connect(self._on_new)
        self.case.changed.connect(self._on_case_changed)
        self.case.gone.connect(self._on_gone)
        self.new.made.connect(self._on_opened)
        self.new.known.connect(self._on_opened)
        self.new.cancelled.connect(self._on_new_cancelled)
        self.new.settings_wanted.connect(partial(context.navigate, Target("settings")))

    def _show_list(self) -> None:
        self.case.leave()
        self._show(self.list)
        self.set_title(self.context.texts.say("Cases"))

    def _show_new(self) -> None:
        self.case.leave()
        self._show(self.new)
        self.set_title(self.context.texts.say("Cases"))
        self.new.ask()

    def _show_papers(self) -> None:
        """The papers that hang on no case."""
        self.case.leave()
        if self._papers is None:
            self._papers = ForumPapers(self.context)
            self._stack.addWidget(self._papers)
        self._show(self._papers)
        self.set_title(self.context.texts.say("Cases"))

    def _show_import(self) -> None:
        if self._importing is None:
            self._importing = ImportView(self.context)
            self._importing.done.connect(self._on_imported)
            self._importing.cancelled.connect(self.step_back)
            self._importing.settings_wanted.connect(partial(self.context.navigate, Target("settings")))
            self._stack.addWidget(self._importing)
        self._show(self._importing)
        self.set_title(self.context.texts.say("Import cases"))
        if self._importing.has_file:
            # One has been elsewhere, at a contact that was missing perhaps: the file is still there.
            self._importing.focus_first()
        else:
            self._importing.ask()

    def _show_export(self) -> None:
        if self._exporting is None:
            self._exporting = ExportView(self.context)
            self._exporting.done.connect(self._on_imported)
            self._exporting.cancelled.connect(self.step_back)
            self._stack.addWidget(self._exporting)
        self._show(self._exporting)
        self.set_title(self.context.texts.say("Cases"))
        self._exporting.ask(*self.list.shown())

    def _on_export(self) -> None:
        self.context.navigate(Target(ROOM, face=EXPORT))

    def _on_import(self) -> None:
        self.context.navigate(Target(ROOM, face=IMPORT))

    def _on_imported(self) -> None:
        self.context.navigate(Target(ROOM))
        self.list.focus_first()

    def _show_case(self, case_id: int, face: str) -> None:
        if self.case.case is not None and self.case.case.id != case_id:
            # Nothing of the one before stands in the head, whatever comes of opening the other.
            self.case.mask.hide()
            self.set_title(self.context.texts.say("Cases"))
        if self.case.open_case(case_id, face) and self.case.case is not None:
            was_shown = self._stack.currentWidget() is self.case
            self._show(self.case)
            if not was_shown:
                self.case.focus_first()

    def _show(self, part: QWidget) -> None:
        self._stack.setCurrentWidget(part)
        self.new_button.setVisible(part is self.list)
        self.import_button.setVisible(part is self.list)
        self.export_button.setVisible(part is self.list)
        self._show_buttons()

    def _show_buttons(self) -> None:
        """What can be done with the case that is shown."""
        part, case = self._stack.currentWidget(), self.case.case
        is_open = part is self.case and case is not None and not self.case.is_gated
        self.agenda_button.setVisible(is_open and case.closed_on is None)
        self.papers_button.setVisible(is_open or part is self.list)
        self.case.mask.setVisible(is_open and bool(case.last_four))

    def _on_new(self) -> None:
        self.context.navigate(Target(ROOM, face=NEW))

    def _on_new_cancelled(self) -> None:
        self.context.navigate(Target(ROOM))

    def _on_opened(self, case_id: int) -> None:
        self.context.navigate(Target(ROOM, "case", case_id))

    def _on_case_changed(self, row: CaseRow) -> None:
        texts = self.context.texts
        if self.case.is_gated:
            self.set_title(row.number, texts.say("Protected identity"))
            self._show_buttons()
            return
        employer = row.employer
        contact = texts.say("contact {name}", name=row.employer_contact) if row.employer_contact else ""
        self.set_title(f"{row.number} {row.short_name}", " · ".join(part for part in (employer, contact) if part))
        self._show_buttons()

    def _on_papers(self) -> None:
        shown = self._stack.currentWidget() is self.case and self.case.case is not None
        self.context.navigate(Target(ROOM, "case", self.case.case.id, PAPERS) if shown else Target(ROOM, face=PAPERS))

    def _on_gone(self) -> None:
        if self._stack.currentWidget() is self.case:
            self._show_list()
            self.list.focus_first()
        self.context.messages.info(self.context.texts.say("The case has been removed."))

    def _on_agenda(self) -> None:
        case, texts, messages = self.case.case, self.context.texts, self.context.messages
        if case is None:
            return
        session = self._next_planned(case)
        if session is None:
            messages.warn(texts.say("No meeting is planned. Plan one first, then the case can be put on its agenda."), Action(
                texts.say("Go to the forum"), partial(self.context.navigate, Target("forum"))
            ))
            return
        there = Action(texts.say("Open the agenda"), partial(self.context.navigate, Target("forum", "session", session.id, "agenda")))
        day = texts.long_date(session.held_on)
        if case.id in self.context.store.read(agenda_queries.case_ids_on_agenda, session.id):
            messages.info(texts.say("{number} is already on the agenda of {day}.", number=case.number, day=day), there)
            return
        today = self.context.clock.today()
        covered = parties_hearing(self.context.store.read(consent_queries.rules, (case.id,)), case.id, today)
        try:
            agenda.add_case_item(self.context.store, session.id, case.id, sorted(covered))
        except Refused as refused:
            messages.error(texts.problems(refused.problems))
            return
        if covered:
            messages.info(texts.say("{number} is on the agenda of {day}.", number=case.number, day=day), there)
        else:
            messages.warn(texts.say(
                "{number} is on the agenda of {day} as a consultation without a name, until there is a consent.",
                number=case.number, day=day,
            ), there)

    def _next_planned(self, case: CaseRow) -> SessionRow | None:
        today = self.context.clock.today()
        planned = [
            session
            for session in self.context.store.read(session_queries.sessions, series_id=case.series_id)
            if session.state is SessionState.PLANNED and session.held_on >= today
        ]
        return min(planned, key=lambda session: (session.held_on, session.start), default=None)
