"""One series: its name, controller, times and place. Every field keeps itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.forum import SeriesKind
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.domain.series import MOST_WEEKS
from rehabdesk.services.forum import series as verbs
from rehabdesk.store.queries.forum.sessions import SeriesRow
from rehabdesk.store.queries.parties import OrganisationRow
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import Card, KeyButton
from rehabdesk.ui.parts.forms import ChoiceField, Form, TimeField
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.parts.narrow import keep_narrow
from rehabdesk.ui.parts.record import RecordFields
from rehabdesk.ui.shell.context import Context

A_MONDAY = date(2026, 1, 5)


class SeriesEditor(Card):
    """The fields of the chosen series."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts.say("Series"), parent=parent)
        self._context = context
        self._row: SeriesRow | None = None
        texts = context.texts
        self._fields = RecordFields(context.flushes)
        self._kind = ChoiceField(kind_choices(texts), texts.say("Kind"))
        self._controller = keep_narrow(ChoiceField((), texts.say("Controller")))
        self._weekday = ChoiceField([(day, texts.weekday(A_MONDAY + timedelta(days=day))) for day in range(7)], texts.say("Weekday"))
        self._start, self._end = TimeField(texts, texts.say("Start")), TimeField(texts, texts.say("End"))
        self._kind.changed.connect(self._on_kind)
        self._controller.changed.connect(self._on_controller)
        self._weekday.changed.connect(self._on_weekday)
        self._start.changed.connect(self._on_time)
        self._end.changed.connect(self._on_time)
        self.form = self._build_form()
        self._end_button = KeyButton(texts.name("series", "End"))
        self._end_button.clicked.connect(self._on_end)
        self.add(column(self.form, line(self._end_button, None), gap=16))

    def show_series(self, row: SeriesRow, organisations: Sequence[OrganisationRow]) -> bool:
        """Show a series; False when the one shown holds something that could not be kept."""
        values = {key: getattr(row, key) for key in ("name", "controller_board", "case_prefix", "place")}
        values["interval_weeks"] = str(row.interval_weeks)
        if not self._fields.show(row.id, values, partial(_save, self._context, row.id)):
            return False
        if self._row is None or self._row.id != row.id:
            self.form.clear_problems()
        self._row = row
        self.heading.setText(row.name)
        self._controller.set_choices([(organisation.id, organisation.name) for organisation in organisations])
        self._show_choices(row)
        self.form.frame("case_prefix").setVisible(row.has_cases)
        texts = self._context.texts
        self._end_button.set_words(texts.name("series", "End") if row.ended_on is None else texts.name("series", "Take up again"))
        return True

    def _build_form(self) -> Form:
        texts = self._context.texts
        form, fields = Form(texts), self._fields
        form.add("name", texts.say("Name"), fields.add("name", texts.say("Name")))
        form.add("kind", texts.say("Kind"), self._kind, texts.say("Only a rehab forum takes up people's cases."))
        hint = texts.say("The authority that answers for what is written. It stands on every paper.")
        form.add("controller", texts.say("Controller"), self._controller, hint)
        board = fields.add("controller_board", texts.say("Board"))
        form.add("controller_board", texts.say("Board"), board, texts.say("For example kommunstyrelsen"))
        prefix = fields.add("case_prefix", texts.say("Case numbers begin with"))
        form.add("case_prefix", texts.say("Case numbers begin with"), prefix, texts.say("For example RF, as in RF-2026-014"))
        weeks = fields.add("interval_weeks", texts.say("Weeks between"))
        form.add_line(("weekday", texts.say("Weekday"), self._weekday), ("interval_weeks", texts.say("Weeks between"), weeks))
        form.add_line(("start", texts.say("Start"), self._start), ("end", texts.say("End"), self._end))
        form.add("place", texts.say("Place"), fields.add("place", texts.say("Place")))
        return form

    def _show_choices(self, row: SeriesRow) -> None:
        self._kind.set_value(row.kind)
        self._controller.set_value(row.controller_id)
        self._weekday.set_value(row.weekday)
        if not self.form.frame("end").problem.text():
            # A time that was refused stays as it was written until it is put right.
            self._start.set_time(row.start)
            self._end.set_time(row.end)

    def _on_kind(self, kind: SeriesKind) -> None:
        self._change(kind=kind)

    def _on_controller(self, organisation_id: int) -> None:
        self._change(controller_id=organisation_id)

    def _on_weekday(self, weekday: int) -> None:
        self._change(weekday=weekday)

    def _on_time(self, _time: object) -> None:
        # Together: the one may only fit when the other has been moved too.
        if self._start.time is not None and self._end.time is not None:
            self._change(start=self._start.time, end=self._end.time)

    def _on_end(self) -> None:
        if self._row is not None:
            verb = verbs.end_series if self._row.ended_on is None else verbs.reopen_series
            verb(self._context.store, self._row.id)

    def _change(self, **changes: object) -> None:
        row = self._row
        if row is None or not self._fields.flush():
            return
        try:
            verbs.change_series(self._context.store, row.id, **changes)
        except Refused as refused:
            self.form.show_problems(refused.problems)
            self._show_choices(row)
        else:
            self.form.clear_problems()


def kind_choices(texts: Texts) -> list[tuple[SeriesKind, str]]:
    """The kinds of series, in words."""
    return [(kind, texts.term(kind)) for kind in SeriesKind]


def whole_number(text: str, problem: Problem) -> int:
    """The number that is written, refused with `problem` when it is none."""
    written = text.strip()
    if not (written.isascii() and written.isdigit() and len(written) <= 4):
        raise Refused(problem)
    return int(written)


def _save(context: Context, series_id: int, key: str, text: str) -> None:
    value: object = text
    if key == "interval_weeks":
        value = whole_number(text, Problem("series.interval_range", "interval_weeks", {"most": MOST_WEEKS}))
    verbs.change_series(context.store, series_id, **{key: value})
