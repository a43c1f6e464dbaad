"""Planning rounds: one, or a year of them alike, with what they become read back while one writes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.domain.rounds import PlannedYear, RoundDetails, Year, planned_year, problems_with_round
from rehabdesk.services.forum.planning import holiday_weeks
from rehabdesk.services.prerehab import rounds
from rehabdesk.store.queries.prerehab import programmes as programme_queries
from rehabdesk.store.queries.prerehab import rounds as queries
from rehabdesk.store.queries.prerehab.programmes import ProgrammeRow
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.ui.parts.basics import Card, KeyButton
from rehabdesk.ui.parts.form_draft import FormDraft
from rehabdesk.ui.parts.forms import ChoiceField, FieldFrame, Form
from rehabdesk.ui.parts.layouts import FlowLayout, TwoColumns, column, holding
from rehabdesk.ui.parts.narrow import keep_narrow
from rehabdesk.ui.parts.tokens import PAD
from rehabdesk.ui.prerehab.number_line import NumberLine
from rehabdesk.ui.prerehab.rounds_form import RoundForm, in_form
from rehabdesk.ui.prerehab.rounds_read_back import ReadBack
from rehabdesk.ui.shell.context import Context

#: As many rounds are planned at once at most.
MOST_ROUNDS = 24
MOST_WEEKS_BETWEEN = 52


class PlanRounds(QWidget):
    """`planned(round_ids)` when they are made, `closed` when they are not."""

    planned = Signal(object)
    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._programmes: dict[int, ProgrammeRow] = {}
        self._proposed: dict[str, str] = {}
        self._first_number = 1
        self._filling = False
        texts = context.texts
        self.programme = keep_narrow(ChoiceField((), texts.say("Programme")))
        self.programme.changed.connect(self._on_programme)
        self.count, self.every = NumberLine(1), NumberLine(1)
        self.several = Form(texts)
        self.several.add_line(("count", texts.say("How many rounds"), self.count), ("every", texts.say("Weeks between the starts"), self.every))
        self.form = RoundForm(context)
        self.read_back = ReadBack(context)
        self._lay_out()
        self.form.changed.connect(self._tell)
        for line in (self.count, self.every):
            line.textChanged.connect(self._tell)
        fields = {**self.form.fields, "count": self.count, "every": self.every}
        self._draft = FormDraft(context.store, context.flushes, fields, self, self._proposed)

    def begin(self, programme_id: int | None = None) -> None:
        """Make ready for this programme, else the first. What was written and not sent is still there."""
        rows = self._context.store.read(programme_queries.programmes)
        self._programmes = {row.id: row for row in rows}
        self.programme.set_choices([(row.id, row.name) for row in rows])
        self.programme.set_value(programme_id if programme_id in self._programmes else next(iter(self._programmes), None))
        self._programme_frame.setVisible(len(rows) > 1)
        self._fill()
        self.focus_first()

    def focus_first(self) -> None:
        """The keyboard starts at how many: a whole year is as quick as one."""
        self.count.setFocus()
        self.count.selectAll()

    # --- building ---

    def _lay_out(self) -> None:
        texts = self._context.texts
        self.save = KeyButton(texts.say("Plan"), "Ctrl+Return", kind="primary")
        self.save.clicked.connect(self._on_save)
        self.cancel = KeyButton(texts.name("button", "Cancel"), shows="Esc")
        self.cancel.clicked.connect(self.closed)
        buttons = FlowLayout()
        for button in (self.save, self.cancel):
            buttons.addWidget(button)
        self._programme_frame = FieldFrame(texts, texts.say("Programme"), self.programme)
        card = Card(texts.say("Plan rounds"))
        card.add(column(self._programme_frame, self.several, self.form, holding(buttons), gap=PAD))
        halves = TwoColumns(column(card, None), column(self.read_back, None), weights=(1, 1), folds_below=820)
        self.setLayout(column(halves))

    # --- slots and internals ---

    def _on_programme(self, _programme_id: int) -> None:
        self._fill()

    def _fill(self) -> None:
        row = self._programmes.get(self.programme.value)
        if row is None:
            return
        self._draft.close()
        known = self._context.store.read(queries.rounds, self._context.clock.today(), programme_id=row.id)
        self._first_number = max((one.number for one in known), default=0) + 1
        details = _proposal(row, known, self._context.clock.today())
        self._proposed.clear()
        self._proposed.update(self.form.proposed(details), count="1", every=str(details.weeks + 1))
        self._filling = True
        self.form.fill_days(details)
        self._draft.open(f"rounds:{row.id}")
        self._filling = False
        self._tell()

    def _year(self) -> Year | None:
        if self.programme.value is None or self._problems_with_numbers():
            return None
        return Year(self.form.details(self.programme.value), self.count.number, self.every.number, holiday_weeks(), self.form.worked)

    def _planned(self) -> PlannedYear | None:
        """What it becomes; None while it lacks something, or a part cannot be read."""
        year = self._year()
        if year is None or self.form.unreadable() or problems_with_round(replace(year.first, last_late_start_on=None)):
            return None
        return planned_year(year)

    def _tell(self, _changed: object = None) -> None:
        if self._filling:
            return
        for form in (self.several, self.form.form):
            form.clear_problems()
        try:
            planned = self._planned()
        except Refused as refused:
            self.read_back.show_nothing(self._context.texts.problems(refused.problems))
            return
        if planned is None or not planned.rounds:
            self.read_back.show_nothing()
            return
        self.form.offer_holidays(planned.holidays)
        self.read_back.show_rounds(planned.rounds, self._first_number)

    def _on_save(self) -> None:
        problems = (*self._problems_with_numbers(), *self.form.unreadable())
        try:
            problems = (*problems, *problems_with_round(self.form.details(self.programme.value)))
            made = () if problems else rounds.plan_rounds(self._context.store, planned_year(self._year()).rounds)
        except Refused as refused:
            problems, made = (*problems, *refused.problems), ()
        if problems:
            self._show_problems(problems)
        elif made:
            self._draft.forget()
            self.planned.emit(made)

    def _problems_with_numbers(self) -> tuple[Problem, ...]:
        bounds = (("count", self.count, 1, MOST_ROUNDS), ("every", self.every, 1, MOST_WEEKS_BETWEEN))
        return tuple(
            Problem("number.between", key, {"least": least, "most": most})
            for key, line, least, most in bounds if line.number is None or not least <= line.number <= most
        )  # fmt: skip

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        here = tuple(problem for problem in problems if problem.field in ("count", "every"))
        self.several.show_problems(here)
        self.form.form.show_problems(in_form(problem) for problem in problems if problem not in here)


def _proposal(programme: ProgrammeRow, known: tuple[RoundRow, ...], today: date) -> RoundDetails:
    """As the programme's latest round, from the second week after it; a first round is one the field often runs."""
    latest = max((row for row in known if row.cancelled_on is None), key=lambda row: row.starts_on, default=None)
    if latest is None:
        return RoundDetails(programme.id, "", None, 8, (1, 3), "09:00", "12:00", programme.place, 4, 8, None)
    after = max(latest.ends_on, today)
    monday = after - timedelta(days=after.weekday()) + timedelta(weeks=2)
    starts_on = monday + timedelta(days=latest.weekdays[0])
    late = latest.last_late_start_on
    return RoundDetails(
        programme.id, "", starts_on, latest.weeks, latest.weekdays, latest.start, latest.end, latest.place, latest.min_places,
        latest.max_places, starts_on + (late - latest.starts_on) if late is not None else None,
    )  # fmt: skip
