"""Planning a meeting: the proposed day with what was stepped over and why, ready to be kept or changed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.problems import Refused
from rehabdesk.domain.session_dates import Proposal
from rehabdesk.services.forum import planning, sessions
from rehabdesk.services.forum.sessions import SessionPlan
from rehabdesk.store.queries.forum import sessions as queries
from rehabdesk.store.queries.forum.sessions import SeriesRow
from rehabdesk.ui.forum.session_form import SessionForm
from rehabdesk.ui.parts.basics import Card, KeyButton, Muted, Words
from rehabdesk.ui.parts.forms import ChoiceField, FieldFrame
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.parts.tokens import GAP, PAD
from rehabdesk.ui.shell.context import Context


class NewSession(Card):
    """`planned(session_id)` when the meeting is made, `closed` when it is not."""

    planned = Signal(int)
    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        texts = context.texts
        super().__init__(texts.say("Plan a meeting"), parent=parent)
        self._context = context
        self._series: dict[int, SeriesRow] = {}
        self.series = ChoiceField((), texts.say("Series"))
        self.series.changed.connect(self._on_series)
        self.proposal = Words()
        self.stepped_over = Muted()
        self.form = SessionForm(context)
        self.save = KeyButton(texts.say("Plan the meeting"), "Ctrl+Return", kind="primary")
        self.save.clicked.connect(self._on_save)
        self.cancel = KeyButton(texts.name("button", "Cancel"), shows="Esc")
        self.cancel.clicked.connect(self.closed)
        buttons = line(self.save, self.cancel, None, gap=GAP)
        series = FieldFrame(texts, texts.say("Series"), self.series)
        self.add(column(series, self.proposal, self.stepped_over, self.form, buttons, None, gap=PAD))

    def begin(self, series_id: int | None = None, day: date | None = None) -> None:
        """Start with the proposal of a series (else the first), or with a day that was pointed at."""
        rows = self._context.store.read(queries.series)
        self._series = {row.id: row for row in rows}
        self.series.set_choices([(row.id, row.name) for row in rows])
        self.series.set_value(series_id if series_id in self._series else next(iter(self._series), None))
        self._propose(day)
        self.form.setFocus()

    # --- slots and internals ---

    def _on_series(self, _series_id: int) -> None:
        self._propose(None)

    def _propose(self, day: date | None) -> None:
        row = self._series.get(self.series.value)
        if row is None:
            return
        proposal = self._context.store.read(planning.propose_next, row.id, self._context.clock.today())
        self._tell(proposal, chosen=day)
        self.form.fill(row.id, SessionPlan(day or proposal.day, row.start, row.end, row.place))

    def _tell(self, proposal: Proposal, chosen: date | None) -> None:
        texts = self._context.texts
        if proposal.day is None:
            self.proposal.setText(texts.say("No day could be proposed. Write one."))
        else:
            when = f"{texts.weekday_date(proposal.day)}, {texts.week(proposal.day)}"
            self.proposal.setText(texts.say("Proposed: {day}.", day=when))
        self.proposal.setVisible(chosen is None)
        reasons = [texts.problem(stepped.reason) for stepped in proposal.stepped_over]
        self.stepped_over.setText(texts.say("Stepped over: {reasons}", reasons=" ".join(reasons)) if reasons else "")
        self.stepped_over.setVisible(bool(reasons) and chosen is None)

    def _on_save(self) -> None:
        unreadable = self.form.unreadable
        if unreadable:
            self.form.form.show_problems(unreadable)
            return
        try:
            session_id = sessions.plan_session(self._context.store, self.series.value, self.form.plan)
        except Refused as refused:
            self.form.form.show_problems(refused.problems)
            return
        self._context.messages.info(self._context.texts.say("The meeting is planned."))
        self.planned.emit(session_id)
