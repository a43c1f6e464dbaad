"""What has been measured in a case: a small picture for each instrument, the numbers beside it, and the way to the form."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.domain.instruments import Instrument
from rehabdesk.domain.measure_drawing import DrawingWords, Point, person_scene
from rehabdesk.domain.measures import Standing, problems_with_moment
from rehabdesk.domain.prerehab import Moment
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.prerehab.measures import MeasuredRow
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import Badge, Card, Label, Link, Muted, Words
from rehabdesk.ui.parts.layouts import FlowLayout, clear, column, holding, line
from rehabdesk.ui.parts.scene_painter import SceneView
from rehabdesk.ui.parts.tokens import GAP, PAD, Tone
from rehabdesk.ui.prerehab.measures_desk import TABLES, MeasuresDesk
from rehabdesk.ui.prerehab.measures_form import MeasuresForm
from rehabdesk.ui.prerehab.measures_words import (
    instrument_name,
    row_words,
    short_moments,
    value_words,
)
from rehabdesk.ui.shell.context import Context


class MeasuresCard(Card):
    """Gone where she has been measured in nothing and is not to be. The form unfolds beneath."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts.say("Measurements"), parent=parent)
        self._context = context
        self._case_id: int | None = None
        self._shown: object = None
        self._opened: tuple[int, Moment] | None = None
        self.links: dict[tuple[int, Moment], Link] = {}
        self.desk = MeasuresDesk(context, self)
        self.form = MeasuresForm(self.desk)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(PAD)
        self.add(column(self._rows, self.form, gap=PAD))
        self.desk.changed.connect(self._show)
        self.form.closed.connect(self._on_closed)
        watch(self, context.store, TABLES, self._refresh)

    def show_case(self, row: CaseRow) -> None:
        """Show this case."""
        if row.id != self._case_id:
            self.form.put_away()
            self._case_id = row.id
            self._shown = None
        self._refresh()

    def step_back(self) -> bool:
        """Esc puts the form away."""
        return self.form.put_away()

    def flush(self) -> bool:
        """Keep what is typed in the form."""
        self.form.flush()
        return True

    # --- internals ---

    def _refresh(self) -> None:
        if self._case_id is not None:
            self.desk.show_case(self._case_id)

    def _show(self) -> None:
        told = (self.desk.people, self.desk.instruments, self._context.clock.today())
        self.setVisible(bool(self.desk.people) and bool(self.desk.instruments))
        if told == self._shown:
            return
        self._shown = told
        clear(self._rows)
        self.links = {}
        for person in self.desk.people:
            self._rows.addWidget(self._person(person))

    def _person(self, person: MeasuredRow) -> QWidget:
        pictures = FlowLayout(gap=PAD)
        for instrument in self.desk.instruments_of(person):
            pictures.addWidget(self._picture(person, instrument))
        ways = FlowLayout(gap=GAP)
        for moment in Moment:
            if not problems_with_moment(person.state, moment):
                ways.addWidget(self._way(person, moment))
        return holding(column(Label(person.round_title), holding(pictures), holding(ways), gap=GAP))

    def _way(self, person: MeasuredRow, moment: Moment) -> QWidget:
        """The way to the form of a moment, with a word where it is to be filled in now."""
        texts = self._context.texts
        link = Link(texts.say("Measure: {moment}", moment=moment), texts.say("the form of {round}", round=person.round_title))
        link.clicked.connect(partial(self._on_open, person.booking_id, moment))
        self.links[person.booking_id, moment] = link
        parts: list[QWidget] = [link]
        instruments = self.desk.instruments_of(person)
        lacking = any(person.of(one.code, moment) is None for one in instruments)
        if lacking and self.desk.standing(person, moment) is Standing.DUE:
            parts.append(Badge(texts.say("to be measured now"), Tone.AMBER))
        return holding(line(*parts, gap=4))

    def _picture(self, person: MeasuredRow, instrument: Instrument) -> QWidget:
        """The picture and, beneath, the same numbers in words. Without a number there are only the words."""
        texts, name = self._context.texts, instrument_name(self._context.texts, instrument)
        rows = {moment: person.of(instrument.code, moment) for moment in Moment}
        told = texts.say("{instrument}: {values}.", instrument=name, values=self._told(instrument, person))
        points = [Point(moment, row.value, value_words(texts, instrument, row.value)) for moment, row in rows.items() if row and row.value is not None]
        words = Words(name)
        words.set_bold(True)
        parts: list[QWidget] = [words]
        if points:
            view = SceneView(self._context.theme, name, person_scene(instrument, points, DrawingWords(short_moments(texts), told)))
            view.setFixedSize(view.sizeHint())
            parts.append(view)
        parts.append(Muted(self._told(instrument, person), wrap=False))
        return holding(column(*parts, gap=2))

    def _told(self, instrument: Instrument, person: MeasuredRow) -> str:
        texts = self._context.texts
        found = []
        for moment, label in zip(Moment, short_moments(texts), strict=True):
            row = person.of(instrument.code, moment)
            if row is None:
                continue
            written = texts.say("declined") if row.value is None else row_words(texts, instrument, row)
            band = instrument.band_of(row.value) if row.value is not None else None
            found.append(f"{label} {written}" + (f" ({band.words.written(texts.language)})" if band is not None else ""))
        return ", ".join(found) or texts.say("not measured yet")

    def _on_open(self, booking_id: int, moment: Moment) -> None:
        self._opened = (booking_id, moment)
        self.form.open(booking_id, moment)

    def _on_closed(self) -> None:
        link = self.links.get(self._opened) if self._opened is not None else None
        if link is not None:
            link.setFocus()
