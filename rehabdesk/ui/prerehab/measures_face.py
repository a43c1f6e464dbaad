"""Mätningar: the people of a round and what has been measured, typed in as in a spreadsheet; the form; and what changed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.instruments import Instrument
from rehabdesk.domain.measure_drawing import LEAST_LINES, DrawingWords, lines_scene
from rehabdesk.domain.prerehab import Moment
from rehabdesk.services import instruments as shelf
from rehabdesk.services import readings
from rehabdesk.services.prerehab import measures
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.ui.live import watch, watch_day
from rehabdesk.ui.parts.basics import Card, EmptyState, KeyButton, Label, Muted, Words
from rehabdesk.ui.parts.forms import ChoiceField
from rehabdesk.ui.parts.layouts import FlowLayout, clear, column, holding, line, page_body, scrolling
from rehabdesk.ui.parts.scene_painter import SceneView
from rehabdesk.ui.parts.tokens import PAD
from rehabdesk.ui.prerehab.measures_day import MeasuredOn
from rehabdesk.ui.prerehab.measures_desk import TABLES, Key, MeasuresDesk
from rehabdesk.ui.prerehab.measures_form import MeasuresForm
from rehabdesk.ui.prerehab.measures_grid import MeasuresGrid
from rehabdesk.ui.prerehab.measures_result import TABLES as RESULT_TABLES
from rehabdesk.ui.prerehab.measures_result import ResultCard
from rehabdesk.ui.prerehab.measures_words import (
    DUE,
    MISSED,
    declined_sign,
    instrument_name,
    licence_told,
    moment_title,
    short_moments,
    value_words,
)
from rehabdesk.ui.shell.context import Context

_LATEST = (Moment.MONTHS_12, Moment.MONTHS_6, Moment.END)


class MeasuresFace(QWidget):
    """The face of a round where people are measured. Enter opens the form of the one where the keyboard is."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._row: RoundRow | None = None
        self.desk = MeasuresDesk(context, self)
        self._build()
        self.desk.changed.connect(self._show)
        watch(self, context.store, TABLES, self.desk.reload)
        watch(self, context.store, RESULT_TABLES, self._show_result)
        watch_day(self, context.clock, self.desk.reload)

    def show_round(self, row: RoundRow) -> None:
        """Show this round's people."""
        is_other = self._row is None or row.id != self._row.id
        self._row = row
        if is_other:
            self.form.put_away()
            self.desk.show_round(row.id)
            self._show_result()
            self._note_reading()

    def focus_first(self) -> None:
        """The keyboard starts in the grid."""
        (self.form.focus_first if not self.form.isHidden() else self.grid.setFocus)()

    def step_back(self) -> bool:
        """Esc puts the form away."""
        return self.form.put_away()

    def flush(self) -> bool:
        """Keep what is typed in the form; what is not right is kept as a draft."""
        self.form.flush()
        return True

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Whoever turns to it reads it."""
        super().showEvent(event)
        self._note_reading()

    # --- building ---

    def _build(self) -> None:
        context, texts = self._context, self._context.texts
        self.moments = ChoiceField([(None, texts.say("All moments")), *((one, moment_title(texts, one)) for one in Moment)])
        self.open_form = KeyButton(texts.say("The form in large type"), "F6")
        self.measured_on, self.cell = MeasuredOn(self.desk), Muted()
        self.problem = Words(part="problem")
        self.problem.hide()
        self.files_problem = Words(part="problem")
        self.grid = MeasuresGrid(self.desk)
        self.legend = Muted(texts.say(
            "Type a number, or {sign} for declined. Enter goes down, Tab goes on, Delete clears. {due} is to be measured now, "
            "{missed} was not measured in time. Enter in a cell opens the form.",
            sign=declined_sign(texts), due=DUE, missed=MISSED,
        ))  # fmt: skip
        self.licences = Muted()
        self.empty = EmptyState(texts.say("Nobody is measured here yet."), texts.say("Those who have said yes to a place come here."))
        self.form = MeasuresForm(self.desk)
        self.result = ResultCard(context)
        self.each = Card(texts.say("Each one, on this screen only"))
        self._each_flow = FlowLayout(gap=PAD)
        self.each.add(holding(self._each_flow))
        bar = line(Label(texts.say("Show")), self.moments, self.open_form, None)
        self.typing = holding(column(bar, self.measured_on, self.problem, self.grid, self.cell, self.legend, self.licences, gap=10))
        self._rest = holding(column(self.result, self.each, gap=PAD))
        body = page_body(self.files_problem, self.empty, self.typing, self.form, self._rest, None)
        self.setLayout(column(scrolling(holding(body))))
        self.moments.changed.connect(self._show)
        self.measured_on.left.connect(self.grid.setFocus)
        self.open_form.clicked.connect(self._on_open_form)
        self.grid.form_wanted.connect(self._on_form)
        self.grid.stood_on.connect(self._on_stood_on)
        self.form.closed.connect(self._on_closed)

    # --- what is shown ---

    def _note_reading(self) -> None:
        if self._row is not None and self.isVisible():
            readings.note_measures(self._context.store, self._row.id)

    def _show(self, _moment: object = None) -> None:
        texts, desk = self._context.texts, self.desk
        chosen = self.moments.value
        self.grid.show_moments((chosen,) if chosen is not None else tuple(Moment))
        nobody = not desk.people or not desk.instruments
        has_form = not self.form.isHidden()
        self.empty.setVisible(nobody and not has_form)
        self.typing.setVisible(not nobody and not has_form)
        self._rest.setVisible(not nobody and not has_form)
        licensed = [one for one in desk.instruments if one.is_totals_only]
        self.licences.setText(" ".join(f"{instrument_name(texts, one)}: {licence_told(texts, one)}" for one in licensed))
        self.licences.setVisible(bool(licensed))
        problems = texts.problems(shelf.shelf().problems)
        self.files_problem.setText(problems)
        self.files_problem.setVisible(bool(problems))
        self._on_stood_on(self.grid.key)
        self._show_each()

    def _show_result(self) -> None:
        if self._row is not None:
            today = self._context.clock.today()
            self.result.show_report(self._context.store.read(measures.change_of_round, self._row.id, today))

    def _show_each(self) -> None:
        """A line for each who said yes to statistics, nobody named, where they are enough: a working picture beside the grid, never printed."""
        clear(self._each_flow)
        for instrument in self.desk.instruments:
            picture = self._lines_of(instrument)
            if picture is not None:
                self._each_flow.addWidget(picture)
        self.each.setVisible(self._each_flow.count() > 0)

    def _lines_of(self, instrument: Instrument) -> QWidget | None:
        texts, counted = self._context.texts, [person for person in self.desk.people if person.may_count]
        for moment in _LATEST:
            rows = [(person.of(instrument.code, Moment.BEFORE), person.of(instrument.code, moment)) for person in counted]
            pairs = [(one.value, two.value) for one, two in rows if one and two and None not in (one.value, two.value)]
            if len(pairs) < LEAST_LINES:
                continue
            name = instrument_name(texts, instrument)
            spoken = (f"{value_words(texts, instrument, one)}–{value_words(texts, instrument, two)}" for one, two in sorted(pairs))
            told = texts.say("{instrument}, from before to {moment}: {pairs}.", instrument=name, moment=moment, pairs=", ".join(spoken))
            labels = short_moments(texts)
            words = DrawingWords((labels[0], labels[tuple(Moment).index(moment)]), told)
            view = SceneView(self._context.theme, name, lines_scene(instrument, pairs, words))
            view.setFixedSize(view.sizeHint())
            return holding(column(Label(name), view, gap=4))
        return None

    # --- slots ---

    def _on_stood_on(self, key: Key | None) -> None:
        """Beside the grid: what is not right where one stands, and beneath it what is written and from which day."""
        index = self.grid.currentIndex()
        self.cell.setText(index.data(Qt.ItemDataRole.ToolTipRole) or "" if index.isValid() else "")
        wrong = self.desk.wrong(key) if key is not None else ""
        sentence = self.desk.sentence(key) if wrong else ""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _on_open_form(self) -> None:
        key = self.grid.key
        if key is not None:
            self._on_form(key[0], key[2])

    def _on_form(self, booking_id: int, moment: Moment) -> None:
        self.form.open(booking_id, moment)
        self._show()

    def _on_closed(self) -> None:
        self._show()
        self.grid.setFocus()
