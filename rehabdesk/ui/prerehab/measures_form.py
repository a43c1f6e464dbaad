"""The form on screen for one person and moment, in type so large that the screen can be turned to her. Each answer is written at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.domain.prerehab import Moment
from rehabdesk.ui.parts.basics import Card, KeyButton, Muted, Words
from rehabdesk.ui.parts.layouts import clear, column, line, no_wider_than
from rehabdesk.ui.prerehab.measures_answers import BoxesAnswer, TotalAnswer
from rehabdesk.ui.prerehab.measures_day import MeasuredOn
from rehabdesk.ui.prerehab.measures_desk import MeasuresDesk
from rehabdesk.ui.prerehab.measures_words import declined_sign, moment_title
from rehabdesk.ui.shell.context import Context

WIDEST = 820


class MeasuresForm(Card):
    """`closed` when it is put away. Nobody else's name stands on it, and her own only as the case's number."""

    closed = Signal()

    def __init__(self, desk: MeasuresDesk, parent: QWidget | None = None) -> None:
        context: Context = desk.context
        self._close = KeyButton(context.texts.say("Ready"), shows="Escape")
        super().__init__(context.texts.say("Measurement"), self._close, parent)
        self._context, self._desk = context, desk
        self._about: tuple[int, Moment] | None = None
        self.answers: dict[str, BoxesAnswer | TotalAnswer] = {}
        self.heading_words = Words(part="headline")
        self.about = Muted(context.texts.say("Each answer is saved at once. You may choose not to answer."))
        self.measured_on, self.before = MeasuredOn(desk), Muted()
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.add(no_wider_than(context.theme.px(WIDEST), _held(column(self.heading_words, self.about, self.measured_on, self.before, self._rows, gap=12))))
        self._close.clicked.connect(self.put_away)
        self.measured_on.left.connect(self.focus_first)
        desk.changed.connect(self._refresh)
        self.hide()

    def open(self, booking_id: int, moment: Moment) -> None:
        """The form of one person at one moment."""
        person = self._desk.person(booking_id)
        if person is None:
            return
        self._about = (booking_id, moment)
        self.heading_words.setText(f"{moment_title(self._context.texts, moment)}  {person.case_number}")
        self._build()
        self._refresh()
        self.show()
        self.focus_first()

    def focus_first(self) -> None:
        """The first question."""
        for answer in self.answers.values():
            answer.setFocus()
            return

    def put_away(self) -> bool:
        """Close it; False when it was not open."""
        if self.isHidden():
            return False
        self.flush()
        self._about = None
        self.hide()
        self.closed.emit()
        return True

    def flush(self) -> None:
        """Write what has been typed."""
        for answer in self.answers.values():
            answer.flush()

    # --- internals ---

    def _build(self) -> None:
        clear(self._rows)
        self.answers = {}
        booking_id, _ = self._about
        sign = declined_sign(self._context.texts)
        for instrument in self._desk.instruments_of(self._desk.person(booking_id)):
            made = (TotalAnswer if instrument.is_totals_only else BoxesAnswer)(self._context, instrument, sign)
            made.answered.connect(partial(self._on_answered, instrument.code))
            self.answers[instrument.code] = made
            self._rows.addWidget(made)
        if not self.answers:
            self._rows.addWidget(Words(self._context.texts.say("The programme has no instruments. Choose them under Programmes.")))

    def _on_answered(self, code: str, written: str) -> None:
        booking_id, moment = self._about
        self.answers[code].tell(self._desk.typed((booking_id, code, moment), written))

    def _refresh(self) -> None:
        if self._about is None:
            return
        booking_id, moment = self._about
        person = self._desk.person(booking_id)
        if person is None:
            self.put_away()
            return
        texts, rows = self._context.texts, [person.of(code, moment) for code in self.answers]
        days = sorted({row.measured_on for row in rows if row is not None})
        self.before.setText(texts.say("What is written was measured {days}.", days=texts.listing(map(texts.long_date, days))) if days else "")
        self.before.setVisible(bool(days))
        for code, answer in self.answers.items():
            answer.show_value(person.of(code, moment), self._desk.wrong((booking_id, code, moment)))


def _held(layout: QVBoxLayout) -> QWidget:
    held = QWidget()
    held.setProperty("part", "clear")
    held.setLayout(line(layout))
    return held
