"""What can be changed of a meeting: day, time, place, who leads and who writes; cancelling it, or removing it unused."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from rehabdesk.domain.forum import SessionState
from rehabdesk.domain.problems import Refused
from rehabdesk.services.forum import sessions
from rehabdesk.services.forum.sessions import SessionPlan
from rehabdesk.store.queries.forum import sessions as queries
from rehabdesk.ui.forum.session_form import SessionForm
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import Card, KeyButton, Muted, Rule
from rehabdesk.ui.parts.fields import AutosaveLine
from rehabdesk.ui.parts.forms import FieldFrame
from rehabdesk.ui.parts.layouts import column, holding, line
from rehabdesk.ui.parts.tokens import GAP, PAD
from rehabdesk.ui.shell.context import Context


class EditSession(Card):
    """The panel; `closed` when it is put away, `removed` when the meeting is gone."""

    closed = Signal()
    removed = Signal()

    def __init__(self, context: Context, session_id: int, parent: QWidget | None = None) -> None:
        texts = context.texts
        super().__init__(texts.say("The meeting"), parent=parent)
        self._context = context
        self._session_id = session_id
        self.form = SessionForm(context)
        self.chair = AutosaveLine(texts.say("Chair"), context.flushes, self._save_chair)
        self.secretary = AutosaveLine(texts.say("Notes taken by"), context.flushes, self._save_secretary)
        self.save = KeyButton(texts.say("Save day, time and place"), "Ctrl+Return", kind="primary")
        self.close_button = KeyButton(texts.name("button", "Close"), shows="Esc")
        self.reason = QLineEdit()
        self.reason_frame = FieldFrame(texts, texts.say("Why the meeting is cancelled"), self.reason)
        self.cancel = KeyButton(texts.say("Cancel the meeting"), kind="danger")
        self.remove = KeyButton(texts.say("Remove the meeting"), kind="danger")
        self._lay_out()
        for button, slot in (
            (self.save, self._on_save), (self.close_button, self.closed), (self.cancel, self._on_cancel), (self.remove, self._on_remove),
        ):
            button.clicked.connect(slot)
        watch(self, context.store, {"forum_session", "agenda_item"}, self._refresh)

    def begin(self) -> None:
        """Show the meeting as it is, and put the keyboard on its day."""
        row = self._context.store.read(queries.session, self._session_id)
        if row is not None:
            self.form.fill(row.series_id, SessionPlan(row.held_on, row.start, row.end, row.place), row.id)
        (self.form if self._planned.isVisibleTo(self) else self.chair).setFocus()

    # --- slots and internals ---

    def _lay_out(self) -> None:
        texts = self._context.texts
        buttons = line(self.save, None, gap=GAP)
        cancelling = column(
            Rule(), Muted(texts.say("Cases on the agenda of a cancelled meeting are parked, so that none is forgotten.")),
            self.reason_frame, line(self.cancel, self.remove, None), gap=GAP,
        )
        self._planned = holding(column(self.form, buttons, gap=PAD))
        self._cancelling = holding(cancelling)
        chair = FieldFrame(texts, texts.say("Chair"), self.chair)
        secretary = FieldFrame(texts, texts.say("Notes taken by"), self.secretary)
        self.add(column(self._planned, chair, secretary, self._cancelling, line(self.close_button, None), None, gap=PAD))

    def _refresh(self) -> None:
        row = self._context.store.read(queries.session, self._session_id)
        if row is None:
            return
        planned = row.state is SessionState.PLANNED
        self._planned.setVisible(planned)
        self._cancelling.setVisible(planned)
        locked = row.state in (SessionState.LOCKED, SessionState.CANCELLED)
        for field, text in ((self.chair, row.chair), (self.secretary, row.secretary)):
            field.refresh(text)
            field.setReadOnly(locked)

    def _save_chair(self, text: str) -> None:
        sessions.set_chair(self._context.store, self._session_id, chair=text)

    def _save_secretary(self, text: str) -> None:
        sessions.set_chair(self._context.store, self._session_id, secretary=text)

    def _on_save(self) -> None:
        unreadable = self.form.unreadable
        if unreadable:
            self.form.form.show_problems(unreadable)
            return
        try:
            sessions.change_session(self._context.store, self._session_id, self.form.plan)
        except Refused as refused:
            self.form.form.show_problems(refused.problems)
            return
        self._context.messages.info(self._context.texts.say("The meeting is changed."))
        self.closed.emit()

    def _on_cancel(self) -> None:
        try:
            sessions.cancel_session(self._context.store, self._session_id, self.reason.text())
        except Refused as refused:
            self.reason_frame.tell(self._context.texts.problems(refused.problems))
            self.reason.setFocus()
            return
        self.reason_frame.tell("")
        self._context.messages.info(self._context.texts.say("The meeting is cancelled. Its cases are on the parking list."))
        self.closed.emit()

    def _on_remove(self) -> None:
        try:
            sessions.remove_session(self._context.store, self._session_id)
        except Refused as refused:
            self.reason_frame.tell(self._context.texts.problems(refused.problems))
            return
        self.removed.emit()
