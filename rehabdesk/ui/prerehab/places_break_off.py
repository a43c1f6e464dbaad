"""How somebody stopped before the end: asked when it is noted, and shown as it is kept when it is put right afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLineEdit

from rehabdesk.domain.prerehab import BreakOffReason
from rehabdesk.domain.problems import Problem
from rehabdesk.store.queries.prerehab.claims import ClaimRow
from rehabdesk.ui.parts.days import ReadPastDay
from rehabdesk.ui.parts.forms import ChoiceField, DateField
from rehabdesk.ui.parts.narrow import keep_narrow
from rehabdesk.ui.prerehab.places_verb_form import VerbForm
from rehabdesk.ui.shell.context import Context

#: Does it, with the last day, the reason and the words; gives what is wrong.
Send = Callable[[date, BreakOffReason, str], tuple[Problem, ...]]


class BreakOffForm(VerbForm):
    """The last day, the reason, and words where they are needed."""

    def __init__(self, context: Context, words: str, send: Send) -> None:
        texts = context.texts
        self._give = send
        self.last_day = DateField(texts, ReadPastDay(context.clock, "last_day", in_future="claim.stops_in_future"))
        self.last_day.line.setMinimumWidth(context.theme.px(150))
        reasons = ((one, texts.term(one)) for one in BreakOffReason)
        self.reason = keep_narrow(ChoiceField([(None, texts.say("Choose a reason")), *reasons]))
        self.text = QLineEdit()
        fields = [
            ("last_day", texts.say("Last day"), self.last_day), ("reason", texts.say("Reason"), self.reason),
            ("text", texts.say("In words, where that is needed"), self.text),
        ]  # fmt: skip
        super().__init__(context, words, fields, self._send_all)

    def begin_new(self, about: str, day: date) -> None:
        """She stops: on this day, if no other is written."""
        self.last_day.set_day(day)
        self.reason.set_value(None)
        self.begin(about)

    def begin_kept(self, about: str, row: ClaimRow) -> None:
        """She has stopped, as this claim tells."""
        self.last_day.set_day(row.ends_on)
        self.reason.set_value(row.break_off_reason)
        self.begin(about, {"text": row.reason_text})

    def submit(self) -> None:
        """Do it; a day that cannot be read says so beside itself already."""
        if self.last_day.readable:
            super().submit()
        else:
            self.form.clear_problems()
            self.last_day.setFocus()

    def _send_all(self) -> tuple[Problem, ...]:
        if not self.last_day.line.text().strip():
            return (Problem("claim.last_day_missing", "last_day"),)
        if self.reason.value is None:
            return (Problem("places.reason_missing", "reason"),)
        return self._give(self.last_day.day, self.reason.value, self.text.text())
