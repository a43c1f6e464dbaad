"""Changing a round's days, times and place, or cancelling it; what that means for those who are booked is said first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from rehabdesk.domain.clashes import Hours
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.domain.rounds import Break, PlannedYear, RoundDetails, Year, days_of, holiday_weeks_met, planned_year
from rehabdesk.services.forum.planning import holiday_weeks
from rehabdesk.services.prerehab import round_changes, rounds
from rehabdesk.services.prerehab.round_changes import Booked
from rehabdesk.store.queries.prerehab import rounds as queries
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.ui.parts.basics import Card, KeyButton, Muted, Words
from rehabdesk.ui.parts.form_draft import FormDraft
from rehabdesk.ui.parts.forms import FieldFrame
from rehabdesk.ui.parts.layouts import FlowLayout, TwoColumns, column, holding, line
from rehabdesk.ui.parts.tokens import PAD, Tone
from rehabdesk.ui.prerehab.rounds_form import RoundForm, in_form
from rehabdesk.ui.prerehab.rounds_read_back import ReadBack
from rehabdesk.ui.shell.context import Context


class EditRound(QWidget):
    """`done(sentence)` when the round was changed or cancelled, `closed` when it was not."""

    done = Signal(str)
    closed = Signal()

    def __init__(self, context: Context, row: RoundRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context, self._row = context, row
        self._breaks = context.store.read(queries.breaks, row.id)
        texts = context.texts
        self.form = RoundForm(context)
        # The number of places is changed where they stand, with who is on them.
        self.form.leave_out("max_places", "min_places")
        self.read_back = ReadBack(context)
        self.means = Words()
        self.means.set_ink(Tone.AMBER)
        self.reason = QLineEdit()
        self.reason_frame = FieldFrame(texts, texts.say("Why the round is cancelled"), self.reason)
        self._lay_out()
        self.form.changed.connect(self._tell)
        proposed: dict[str, str] = {}
        self._draft = FormDraft(context.store, context.flushes, {**self.form.fields, "reason": self.reason}, self, proposed)
        details = self._details_now()
        proposed.update(self.form.proposed(details))
        self.form.fill_days(details, self._worked_now(details))
        self._draft.open(f"round:{row.id}")
        self._tell()

    def begin(self) -> None:
        """Put the keyboard on the first day."""
        self.form.setFocus()

    def leave(self) -> None:
        """It is about to go: what is written is kept, and nothing more is watched."""
        self._draft.close()

    # --- building ---

    def _lay_out(self) -> None:
        texts = self._context.texts
        self.save = KeyButton(texts.say("Save the round"), "Ctrl+Return", kind="primary")
        self.close_button = KeyButton(texts.name("button", "Cancel"), shows="Esc")
        self.cancel = KeyButton(texts.say("Cancel the round"), kind="danger")
        for button, slot in ((self.save, self._on_save), (self.close_button, self.closed), (self.cancel, self._on_cancel)):
            button.clicked.connect(slot)
        buttons = FlowLayout()
        for button in (self.save, self.close_button):
            buttons.addWidget(button)
        changing = Card(texts.say("Change the round"))
        changing.add(column(self.form, holding(buttons), gap=PAD))
        cancelling = Card(texts.say("Cancel the round"))
        today = self._context.clock.today()
        booked = self._context.store.read(round_changes.booked, self._row.id, today)
        cancelling.add(column(Muted(self._when_cancelled(booked)), self.reason_frame, line(self.cancel, None), gap=12))
        for asked in (self.reason_frame, self.cancel):
            asked.setVisible(not booked.has_run and not booked.started)
        right = column(self.read_back, self.means, cancelling, None, gap=PAD)
        self.setLayout(column(TwoColumns(column(changing, None), right, weights=(1, 1), folds_below=820)))

    def _when_cancelled(self, booked: Booked) -> str:
        """What happens to who has a place, before it happens."""
        texts = self._context.texts
        if booked.started:
            return texts.count(
                "{n} person has started. The round can be cancelled when that time has been ended.",
                "{n} people have started. The round can be cancelled when their time has been ended.", booked.started,
            )  # fmt: skip
        if booked.has_run:
            return texts.problem(Problem("round.has_run"))
        told = [texts.say("Nobody has a place in it.")] if not booked.offered + booked.accepted else []
        if booked.accepted:
            told.append(texts.count("{n} person has said yes.", "{n} people have said yes.", booked.accepted))
        if booked.offered:
            told.append(texts.count("{n} person has an offer.", "{n} people have an offer.", booked.offered))
        if booked.offered + booked.accepted:
            told.append(texts.say("They go back to the list, at their old places."))
        told.append(texts.say("Occasions that are left are cancelled with the same reason."))
        return " ".join(told)

    # --- slots and internals ---

    def _details_now(self) -> RoundDetails:
        """As it is; the holiday weeks it rests in are ticks, and not among the breaks that are written."""
        row = self._row
        return RoundDetails(
            row.programme_id, row.name, row.starts_on, row.weeks, row.weekdays, row.start, row.end, row.place, row.min_places,
            row.max_places, row.last_late_start_on, tuple(rest for rest in self._breaks if not _is_holiday_week(rest)),
        )  # fmt: skip

    def _worked_now(self, details: RoundDetails) -> frozenset[date]:
        """The holiday weeks it meets and works in."""
        rested = {rest.from_on for rest in self._breaks}
        return frozenset(week.monday for week in holiday_weeks_met(details, holiday_weeks()) if week.monday not in rested)

    def _planned(self, details: RoundDetails) -> PlannedYear:
        """Over the holiday weeks that are ticked, with its places as they were."""
        details = replace(details, min_places=self._row.min_places, max_places=self._row.max_places)
        return planned_year(Year(details, 1, 0, holiday_weeks(), self.form.worked))

    def _tell(self) -> None:
        texts = self._context.texts
        self.means.setText("")
        self.form.form.clear_problems()
        try:
            details = self.form.details(self._row.programme_id)
        except Refused as refused:
            self.read_back.show_nothing(texts.problems(refused.problems))
            return
        planned = self._planned(details)
        if self.form.unreadable() or not planned.rounds or not details.weekdays:
            self.read_back.show_nothing()
            return
        self.form.offer_holidays(planned.holidays)
        self.read_back.show_rounds(planned.rounds, self._row.number)
        self.means.setText(" ".join(self._meaning(planned.rounds[0])))
        self.means.setVisible(bool(self.means.text()))

    def _meaning(self, details: RoundDetails) -> list[str]:
        """What it does to the days, and to those who have a place."""
        context, texts, row = self._context, self._context.texts, self._row
        changes = context.store.read(round_changes.day_changes, row.id, details)
        told = []
        if changes.taken:
            told.append(texts.say("Days that go: {days}.", days=texts.listing([texts.short_day(day) for day in changes.taken])))
        if changes.given:
            told.append(texts.say("Days that come: {days}.", days=texts.listing([texts.short_day(day) for day in changes.given])))
        is_other = bool(changes.taken or changes.given) or (details.start, details.end) != (row.start, row.end)
        booked = context.store.read(round_changes.booked, row.id, context.clock.today())
        people = booked.offered + booked.accepted + booked.started
        if people and is_other:
            told.append(texts.count("{n} person has a place: that time follows.", "{n} people have places: their time follows.", people))
            hours = [Hours(day, details.start, details.end) for day in days_of(details).days]
            for who in context.store.read(round_changes.hindered, row.id, hours, context.clock.today()):
                told.append(f"{who.case_number}: {texts.problems(who.warnings)}")
        return told

    def _on_save(self) -> None:
        problems: tuple[Problem, ...] = self.form.unreadable()
        if not problems:
            try:
                details = self.form.details(self._row.programme_id)
                planned = self._planned(details).rounds
                rounds.change_round(self._context.store, self._row.id, planned[0] if planned else details)
            except Refused as refused:
                problems = refused.problems
        if problems:
            self.form.form.show_problems(map(in_form, problems))
            return
        self._draft.forget()
        self.done.emit(self._context.texts.say("The round is changed."))

    def _on_cancel(self) -> None:
        try:
            rounds.cancel_round(self._context.store, self._row.id, self.reason.text())
        except Refused as refused:
            self.reason_frame.tell(self._context.texts.problems(refused.problems))
            self.reason.setFocus()
            return
        self._draft.forget()
        self.done.emit(self._context.texts.say("The round is cancelled."))


def _is_holiday_week(rest: Break) -> bool:
    """Whether it is one of the holiday weeks that the rules have now."""
    return rest.holiday is not None and holiday_weeks().period(rest.from_on) is not None
