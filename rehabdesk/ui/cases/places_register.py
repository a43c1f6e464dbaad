"""Putting a case on a programme's list, and giving it a place at once."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.prerehab import ALIVE
from rehabdesk.services.prerehab import bookings
from rehabdesk.services.prerehab.claiming import Passed
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.prerehab import claims as queries
from rehabdesk.store.queries.prerehab import programmes as programme_queries
from rehabdesk.ui.cases.places_booking import OpenRounds
from rehabdesk.ui.parts.basics import Card, KeyButton, Muted, Words
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.prerehab.waiting_form import RegistrationForm
from rehabdesk.ui.shell.context import Context


class RegisterCard(Card):
    """The lists she may be put on. `unfolded(QWidget)` when the form is opened."""

    unfolded = Signal(QWidget)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        texts = context.texts
        super().__init__(texts.say("Waiting list"), parent=parent)
        self._context = context
        self._case: CaseRow | None = None
        self._programmes: list[tuple[int, str]] = []
        self.said = Words()
        self.begin = KeyButton(texts.say("Put on the waiting list"), "Ctrl+N")
        self.form = RegistrationForm(context, inside_case=True)
        self.add(column(self.said, line(self.begin, None), self.form, gap=12))
        self.begin.clicked.connect(self._on_begin)
        self.form.ended.connect(self._on_ended)

    def show_case(self, row: CaseRow) -> None:
        """For this case."""
        if self._case is not None and self._case.id != row.id:
            self.step_back()
        self._case = row
        texts, store = self._context.texts, self._context.store
        claims = store.read(queries.of_case, row.id, self._context.clock.today())
        alive = {claim.programme_id for claim in claims if claim.state in ALIVE}
        every = store.read(programme_queries.programmes)
        self._programmes = [(one.id, one.name) for one in every if one.id not in alive]
        may = bool(self._programmes) and row.closed_on is None
        self.begin.setVisible(may and self.form.isHidden())
        self.setVisible(may or not every)
        self.said.setText("" if every else texts.say("There is no programme yet. Programmes are made in the room of pre-rehabilitation."))
        self.said.setVisible(bool(self.said.text()))

    def focus_first(self) -> None:
        """Put the keyboard on what begins it."""
        self.begin.setFocus()

    def step_back(self) -> bool:
        """Put the form away; False when it was not open."""
        return self.form.step_back()

    # --- slots and internals ---

    def _on_begin(self) -> None:
        self.form.offer_programmes(self._programmes)
        self.form.register(self._programmes[0][0], self._case.id)
        self.begin.hide()
        self.unfolded.emit(self.form)

    def _on_ended(self, booking_id: int | None) -> None:
        self.begin.setVisible(bool(self._programmes) and self._case.closed_on is None)
        self.begin.setFocus()
        if booking_id is not None:
            self._context.say_done(self._context.texts.say("{case} is on the waiting list.", case=self._case.number))


class BookCard(Card):
    """A place at once, where there is one."""

    unfolded = Signal(QWidget)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        texts = context.texts
        super().__init__(texts.say("A place at once"), parent=parent)
        self._context = context
        self.rounds = OpenRounds(context, self._book)
        self.add(Muted(texts.say("If others wait, you are asked why each of them is passed over.")))
        self.add(self.rounds, padded=False)
        self.rounds.unfolded.connect(self.unfolded)
        self.rounds.booked.connect(self._on_booked)

    def show_case(self, row: CaseRow) -> None:
        """For this case; gone while no round is planned, or when the case is closed."""
        self.setVisible(row.closed_on is None and self.rounds.show_case(row.id))

    def step_back(self) -> bool:
        """Put away what is asked; False when nothing is."""
        return self.rounds.step_back()

    def _book(self, case_id: int, round_id: int, passed: Mapping[int, Passed]) -> int:
        return bookings.book(self._context.store, case_id, round_id, passed=passed)

    def _on_booked(self, title: str) -> None:
        self._context.say_done(self._context.texts.say("A place is booked in {round}.", round=title))
