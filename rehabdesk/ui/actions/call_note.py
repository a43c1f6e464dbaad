"""What is noted of a call: the field for the case of the action where one stands, kept as that case's draft until it is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.forum import ActionEventKind
from rehabdesk.services import notes
from rehabdesk.services.notes import Draft
from rehabdesk.store.queries import notes as queries
from rehabdesk.ui.cases.notes_names import CaseNames
from rehabdesk.ui.forum.meeting.named_text import NameGuard
from rehabdesk.ui.parts.basics import KeyButton, Label, Words
from rehabdesk.ui.parts.fields import AutosaveText
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context


class CallNote(QWidget):
    """The field and its name; other participants' names are underlined in it. A general action has no case to note anything in."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self.case_id: int | None = None
        texts = context.texts
        self.label = Label(texts.say("To note"))
        self.label.setWordWrap(False)
        self.names_told = Words("", "label", ink=Tone.AMBER)
        self.field = AutosaveText(texts.say("To note"), context.flushes, self._keep, lines=2)
        self.field.setPlaceholderText(texts.say("More to note; it goes into the case's note together with the answer."))
        self.only_note = KeyButton(texts.say("Write only the note"), "Ctrl+S", kind="link")
        self.names = CaseNames(context, self)
        self.guard = NameGuard(self.names, self.field, self.names_told)
        self.setLayout(column(line(self.label, self.names_told, None, self.only_note, gap=12), self.field, gap=4))

    @property
    def typed(self) -> str:
        """What has been typed."""
        return self.field.text().strip()

    def show_case(self, case_id: int | None, number: str) -> None:
        """Show what has been typed of this case's next note; what was typed of another is kept first."""
        texts = self._context.texts
        if case_id != self.case_id:
            if not self.field.bind(self._stored(case_id), partial(self._keep_for, case_id)):
                # It stays with its own case until it can be kept.
                return
            self.case_id = case_id
            self.names.show_case(case_id)
        elif case_id is not None:
            self.field.refresh(self._stored(case_id))
        self.label.setText(texts.say("To note in {number}", number=number) if number else texts.say("To note"))
        self.field.setEnabled(case_id is not None)
        self.only_note.setEnabled(case_id is not None)

    def reload(self) -> None:
        """The note has been written: what stood here is in it."""
        case_id, self.case_id = self.case_id, None
        self.show_case(case_id, "")

    def sentence(self, kind: ActionEventKind, what: Sequence[str], day: date, due_on: date | None) -> str:
        """What the note says by itself: "Klart enligt telefon 3/12: boka avstämningsmöte."."""
        texts = self._context.texts
        on, actions = f"{day.day}/{day.month}", "; ".join(one.strip().rstrip(".") for one in what)
        match kind:
            case ActionEventKind.MOVED:
                due = texts.date(due_on) if due_on is not None else ""
                return texts.say("Moved to {due}, by telephone {day}: {what}.", due=due, day=on, what=actions)
            case ActionEventKind.DROPPED:
                return texts.say("No longer current, by telephone {day}: {what}.", day=on, what=actions)
            case ActionEventKind.KEPT:
                return texts.say("Spoken of by telephone {day}, stays as it is: {what}.", day=on, what=actions)
        return texts.say("Done, by telephone {day}: {what}.", day=on, what=actions)

    def _stored(self, case_id: int | None) -> str:
        draft = self._context.store.read(queries.draft, case_id) if case_id is not None else None
        return draft.text if draft is not None else ""

    def _keep(self, text: str) -> None:
        self._keep_for(self.case_id, text)

    def _keep_for(self, case_id: int | None, text: str) -> None:
        if case_id is None:
            return
        draft = self._context.store.read(queries.draft, case_id)
        # Its day, with whom and what it marks, begun on the case's own page, stay.
        kept = Draft(draft.day, draft.with_whom, draft.contact_id, text, draft.answers) if draft is not None else Draft(text=text)
        notes.keep_draft(self._context.store, case_id, kept)
