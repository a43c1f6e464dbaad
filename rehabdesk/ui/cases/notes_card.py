"""Where a note between meetings is written, straight from the events of a case, and where an earlier one is put right."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.notes import day_in
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import notes
from rehabdesk.services.notes import Draft, NewNote
from rehabdesk.store.queries import notes as queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.ui.cases.notes_answers import NoteAnswers
from rehabdesk.ui.cases.notes_names import CaseNames, NameTold
from rehabdesk.ui.cases.notes_whom import WhomField
from rehabdesk.ui.forum.meeting.named_text import NameGuard
from rehabdesk.ui.parts.autosave import Autosaver
from rehabdesk.ui.parts.basics import KeyButton, Label, Muted, Words
from rehabdesk.ui.parts.days import ReadPastDay
from rehabdesk.ui.parts.fields import AutosaveText
from rehabdesk.ui.parts.forms import DateField, FieldProblem
from rehabdesk.ui.parts.layouts import column, holding, line
from rehabdesk.ui.parts.tokens import GAP, Tone
from rehabdesk.ui.shell.context import Context


class NoteLine(QWidget):
    """A line that unfolds when something is typed: the day, with whom, and what it says of the open actions.

    What is typed is the case's draft until the note is written, also over a lock. `change_note` takes an earlier note into the
    same fields; what is typed there is kept in that note.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._case_id: int | None = None
        self._changing: int | None = None
        self._is_filling = self._has_asked = False
        self._build()
        self._listen()

    # --- what the timeline asks ---

    def show_case(self, row: CaseRow) -> None:
        """This case's draft; what was typed of another case is kept first."""
        if row.id != self._case_id:
            if not self.flush():
                return
            self._case_id, self._changing = row.id, None
            self.names.show_case(row.id)
            self.answers.forget()
            self._fill_from_draft()
        elif self._changing is None:
            draft = self._context.store.read(queries.draft, row.id)
            self.text.refresh(draft.text if draft is not None else "")
        self._has_asked = False
        self._unfold()

    def focus_first(self) -> None:
        """Put the keyboard where one writes."""
        self.text.setFocus()

    def step_back(self) -> bool:
        """Put the new date away, then end the correction; False when neither is open."""
        if self.answers.step_back():
            return True
        if self._changing is not None:
            return self.end_changing()
        return False

    def flush(self) -> bool:
        """Keep what is typed; False when it could not be."""
        return all([self.text.flush(), self._rest.flush()])

    # --- verbs ---

    def write(self) -> None:
        """Write the note, with what it says of actions."""
        if self._case_id is None or self._changing is not None:
            return
        texts, case_id, day = self._context.texts, self._case_id, self._day()
        if not self.day.readable:
            self._tell((Problem("date.not_understood", "day"),))
            self.day.line.setFocus()
            return
        reason = texts.say("by note of {day}", day=day)
        # Kept first, so that nothing comes back as a draft afterwards.
        if not self.flush():
            return
        try:
            notes.write_note(self._context.store, case_id, self._note(day, reason), self.answers.answers)
        except Refused as refused:
            self._tell(refused.problems)
            return
        self.answers.forget()
        self._fill_from_draft()
        self._has_asked = False
        self._unfold()
        self.text.setFocus()
        self._context.messages.info(texts.say("The note is written. Ctrl+Z takes it back."))

    def throw_away(self) -> None:
        """Nothing of what was typed is to be kept."""
        self.answers.forget()
        self._fill("", "", None, "")
        self._rest.touched()
        self.text.type_text("")
        self.flush()
        self._unfold()
        self.text.setFocus()

    def change_note(self, note_id: int) -> None:
        """Take an earlier note into the fields, to put it right."""
        found = self._context.store.read(queries.note, note_id)
        if found is None or found.case_id != self._case_id or not self.flush():
            return
        self._changing = note_id
        texts = self._context.texts
        self._fill(texts.date(found.on), found.with_whom, found.contact_id, found.text)
        self._unfold()
        self.text.setFocus()

    def end_changing(self) -> bool:
        """The note is right now; the fields are the draft's again."""
        if not self.flush():
            return True
        self._changing = None
        self._fill_from_draft()
        self._unfold()
        return True

    # --- building ---

    def _build(self) -> None:
        context, texts = self._context, self._context.texts
        self.title = Label(texts.say("Note between meetings"))
        self.title.setWordWrap(False)
        self.names_told = Words("", "label", ink=Tone.AMBER)
        self.text = AutosaveText(texts.say("Note between meetings"), context.flushes, self._keep, lines=1)
        self.text.setPlaceholderText(texts.say("What happened? For example: done, by telephone 3/12"))
        self.names = CaseNames(context, self)
        self.guard = NameGuard(self.names, self.text, self.names_told)
        self.day = DateField(texts, ReadPastDay(context.clock, "day"), texts.say("Which day"))
        self.day.line.setPlaceholderText(texts.say("Which day: 3/12, yesterday"))
        self.understood = Muted(wrap=False)
        self.whom = WhomField(context)
        self.whom_names_told = NameTold()
        self.whom_names_told.follow(self.names, self.whom.line)
        self.answers = NoteAnswers(context)
        self.problem = FieldProblem()
        self.write_button = KeyButton(texts.say("Write the note"), kind="primary", shows="Ctrl+Return")
        self.throw_button = KeyButton(texts.say("Throw away"), kind="link")
        self.done_button = KeyButton(texts.say("Done changing"), kind="primary", shows="Esc")
        self.remove_button = KeyButton(texts.say("Remove the note"), kind="link")
        self._rest = Autosaver(self.text.text, self._keep, context.flushes, self)
        head = line(self.title, self.names_told, gap=12)
        head.setStretch(1, 1)
        self.day.line.setMinimumWidth(context.theme.px(210))
        when = column(self.day, self.whom, self.whom_names_told, gap=GAP)
        buttons = line(self.write_button, self.throw_button, self.done_button, self.remove_button, None, gap=GAP)
        self._more = holding(column(when, self.answers, self.understood, buttons, gap=GAP))
        self.setLayout(column(head, self.text, self.problem, self._more, gap=6))

    def _listen(self) -> None:
        self.text.edited.connect(self._on_edited)
        self.text.failed.connect(self._tell)
        self._rest.failed.connect(self._tell)
        self.day.line.textEdited.connect(self._on_rest_edited)
        self.whom.edited.connect(self._on_rest_edited)
        self.answers.marked.connect(self._on_rest_edited)
        self.write_button.clicked.connect(self.write)
        self.throw_button.clicked.connect(self.throw_away)
        self.done_button.clicked.connect(self.end_changing)
        self.remove_button.clicked.connect(self._on_remove)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.write)

    # --- slots ---

    def _on_edited(self, _text: str) -> None:
        self.problem.tell("")
        self._unfold()

    def _on_rest_edited(self, _text: str = "") -> None:
        if not self._is_filling:
            self.problem.tell("")
            self._rest.touched()
            self._unfold()

    def _on_remove(self) -> None:
        note_id, texts = self._changing, self._context.texts
        if note_id is None or not self.flush():
            return
        try:
            notes.remove_note(self._context.store, note_id)
        except Refused as refused:
            self._tell(refused.problems)
            return
        self.end_changing()
        self._context.messages.info(texts.say("The note is removed. Ctrl+Z brings it back."))

    # --- internals ---

    def _keep(self, _text: str) -> None:
        """Keep all of what stands here: in the draft, or in the note that is put right."""
        if self._case_id is None:
            return
        if self._changing is not None:
            notes.change_note(self._context.store, self._changing, self._note(self._day(), ""))
            return
        day = self._context.texts.date(self.day.day) if self.day.day is not None else self.day.line.text()
        draft = Draft(day, self.whom.line.text(), self.whom.contact_id, self.text.text(), self.answers.answers)
        notes.keep_draft(self._context.store, self._case_id, draft)

    def _note(self, day: date, reason: str) -> NewNote:
        return NewNote(self.text.text(), day, self.whom.words, self.whom.contact_id, None, reason)

    def _day(self) -> date:
        """The day written; else the one the note ends with; else today."""
        today = self._context.clock.today()
        return self.day.day or day_in(self.text.text(), today) or today

    def _fill_from_draft(self) -> None:
        draft = self._context.store.read(queries.draft, self._case_id)
        self.answers.take(self._case_id, draft.answers if draft is not None else ())
        self._has_asked = False
        if draft is None:
            self._fill("", "", None, "")
        else:
            self._fill(draft.day, draft.with_whom, draft.contact_id, draft.text)

    def _fill(self, day: str, with_whom: str, contact_id: int | None, text: str) -> None:
        self._is_filling = True
        try:
            self.problem.tell("")
            self.whom.show_whom(with_whom, contact_id)
            self.day.set_day(None)
            self.day.line.setText(day)
            self.day.line.textEdited.emit(day)
            self.text.bind(text, self._keep)
        finally:
            self._is_filling = False

    def _unfold(self) -> None:
        texts, is_changing = self._context.texts, self._changing is not None
        begun = bool(self.text.text().strip() or self.whom.words or self.day.line.text().strip())
        self._more.setVisible(begun or is_changing)
        self.title.setText(texts.say("Change the note") if is_changing else texts.say("Note between meetings"))
        if not begun and not is_changing:
            return
        if not self._has_asked:
            # Only a note that is begun can say anything of the open actions.
            self._has_asked = True
            self.answers.show_case(self._case_id)
        self.answers.setVisible(not is_changing and self.answers.table.rows_model.rowCount() > 0)
        for button in (self.write_button, self.throw_button):
            button.setVisible(not is_changing)
        for button in (self.done_button, self.remove_button):
            button.setVisible(is_changing)
        self.understood.setText(texts.say("Noted on {day}", day=texts.weekday_date(self._day())))

    def _tell(self, problems: tuple[Problem, ...]) -> None:
        self.problem.tell(self._context.texts.problems(problems))
