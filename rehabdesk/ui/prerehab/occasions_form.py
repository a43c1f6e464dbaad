"""Moving, cancelling or adding an occasion: the day with what speaks against it, told and not refused."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from rehabdesk.domain.clashes import Hours
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.domain.rounds import day_conflict
from rehabdesk.services.prerehab import occasions, round_changes
from rehabdesk.store.queries.prerehab import rounds as queries
from rehabdesk.store.queries.prerehab.occasions import OccasionRow
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.ui.parts.basics import Card, KeyButton, Words
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.form_draft import FormDraft
from rehabdesk.ui.parts.forms import DateField, Form, TimeField
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding
from rehabdesk.ui.parts.tokens import PAD, Tone
from rehabdesk.ui.shell.context import Context


class Verb(StrEnum):
    """What is done to an occasion."""

    MOVE = "move"
    CANCEL = "cancel"
    ADD = "add"


class OccasionForm(Card):
    """`done(sentence)` when it is kept; `closed` when it is not."""

    done = Signal(str)
    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        texts = context.texts
        super().__init__(texts.say("Occasion"), parent=parent)
        self._context = context
        self._verb = Verb.MOVE
        self._round: RoundRow | None = None
        self._occasion: OccasionRow | None = None
        self.day = DateField(texts, ReadDay(context.clock, prefer_future=True), texts.say("Day"))
        self.start, self.end = TimeField(texts, texts.say("Begins")), TimeField(texts, texts.say("Ends"))
        self.reason = QLineEdit()
        self.against = Words()
        self.against.set_ink(Tone.AMBER)
        self.against.hide()
        self.save = KeyButton("", "Ctrl+Return", kind="primary")
        self.save.clicked.connect(self._on_save)
        self.cancel = KeyButton(texts.name("button", "Cancel"), shows="Esc")
        self.cancel.clicked.connect(self.closed)
        self._lay_out()
        for line in (self.day.line, self.start.line, self.end.line):
            line.textChanged.connect(self._tell)
        fields = {"day": self.day, "start": self.start, "end": self.end, "reason": self.reason}
        self._draft = FormDraft(context.store, context.flushes, fields, self)

    def begin(self, verb: Verb, row: RoundRow, occasion: OccasionRow | None = None) -> None:
        """Make ready; what was written and not sent is still there."""
        self._draft.close()
        self._verb, self._round, self._occasion = verb, row, occasion
        texts = self._context.texts
        titles = {Verb.MOVE: texts.say("Move the occasion"), Verb.CANCEL: texts.say("Cancel the occasion"), Verb.ADD: texts.say("Add an occasion")}
        self.heading.setText(titles[verb])
        self.save.set_words(titles[verb])
        self.form.clear_problems()
        for key in ("on", "start"):
            self.form.frame(key).setVisible(verb is not Verb.CANCEL)
        self.form.frame("end").setVisible(verb is not Verb.CANCEL)
        self.form.frame("reason").setVisible(verb is Verb.CANCEL)
        self._fill()
        self._draft.open(f"occasion:{row.id}:{verb}:{occasion.id if occasion is not None else 'new'}")
        self._tell()
        (self.reason if verb is Verb.CANCEL else self.day).setFocus()

    # --- internals ---

    def _lay_out(self) -> None:
        texts = self._context.texts
        self.form = Form(texts)
        self.form.add("on", texts.say("Day"), self.day)
        self.form.add_line(("start", texts.say("Begins"), self.start), ("end", texts.say("Ends"), self.end))
        self.form.add("reason", texts.say("Why it is cancelled"), self.reason, texts.say("The reason stands on the round's list of days."))
        buttons = FlowLayout()
        for button in (self.save, self.cancel):
            buttons.addWidget(button)
        self.add(column(self.form, self.against, holding(buttons), gap=PAD))

    def _fill(self) -> None:
        occasion, row = self._occasion, self._round
        for field in (self.day, self.start, self.end):
            field.line.setModified(False)
        self.day.set_day(occasion.on if occasion is not None else None)
        self.start.set_time(occasion.start if occasion is not None else row.start)
        self.end.set_time(occasion.end if occasion is not None else row.end)
        self.reason.clear()

    def _tell(self, _text: object = None) -> None:
        day, told = self.day.day, []
        if day is not None and self._round is not None and self._verb is not Verb.CANCEL:
            told = self._against(day)
        self.against.setText(" ".join(told))
        self.against.setVisible(bool(told))

    def _against(self, day: date) -> list[str]:
        """A red day, a break, and who of those with a place has something else then."""
        context, row = self._context, self._round
        conflict = day_conflict(day, context.store.read(queries.breaks, row.id))
        told = [context.texts.problem(conflict)] if conflict is not None else []
        hours = Hours(day, self.start.time or row.start, self.end.time or row.end)
        if self._occasion is not None and (day, hours.start, hours.end) == (self._occasion.on, self._occasion.start, self._occasion.end):
            return told
        for who in context.store.read(round_changes.hindered, row.id, (hours,), context.clock.today()):
            told.append(f"{who.case_number}: {context.texts.problems(who.warnings)}")
        return told

    def _on_save(self) -> None:
        unreadable = [] if self.day.readable else [Problem("date.not_understood", "on")]
        unreadable += [Problem("time.not_understood", key) for key, field in (("start", self.start), ("end", self.end)) if not field.readable]
        try:
            if unreadable and self._verb is not Verb.CANCEL:
                raise Refused(unreadable)
            sentence = self._keep()
        except Refused as refused:
            self.form.show_problems(refused.problems)
            return
        self._draft.forget()
        self.done.emit(sentence)

    def _keep(self) -> str:
        store, texts, day = self._context.store, self._context.texts, self.day.day
        if self._verb is Verb.ADD:
            occasions.add_occasion(store, self._round.id, day, self.start.time or "", self.end.time or "")
            return texts.say("The occasion is added.")
        if self._verb is Verb.MOVE:
            occasions.move_occasion(store, self._occasion.id, day, self.start.time or "", self.end.time or "")
            return texts.say("The occasion is moved.")
        occasions.cancel_occasion(store, self._occasion.id, self.reason.text())
        return texts.say("The occasion is cancelled.")
