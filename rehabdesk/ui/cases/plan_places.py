"""A step of the plan can be a place: taken in a round where there is one, together with the step or for one that is there."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.forum import ActionState
from rehabdesk.services.prerehab import bookings
from rehabdesk.services.prerehab.bookings import STEP_CATEGORY
from rehabdesk.services.prerehab.claiming import Passed
from rehabdesk.store.queries.forum.actions import ActionRow
from rehabdesk.ui.cases.places_booking import OpenRounds
from rehabdesk.ui.cases.plan_desk import PlanDesk
from rehabdesk.ui.parts.basics import Card, KeyButton, Muted
from rehabdesk.ui.parts.field_frame import FieldFrame
from rehabdesk.ui.parts.forms import ChoiceField
from rehabdesk.ui.parts.layouts import column, holding, line
from rehabdesk.ui.parts.narrow import keep_narrow
from rehabdesk.ui.parts.tokens import PAD


class PlanPlacesCard(Card):
    """The rounds, when they are asked for. Step and place are one step back. `unfolded(QWidget)` when they are shown."""

    unfolded = Signal(QWidget)

    def __init__(self, desk: PlanDesk, parent: QWidget | None = None) -> None:
        texts = desk.context.texts
        super().__init__(texts.say("Place in a programme"), parent=parent)
        self._desk = desk
        self._case_id: int | None = None
        self.said = Muted()
        self.begin = KeyButton(texts.say("Take a place"))
        self.step = keep_narrow(ChoiceField((), texts.say("The step that is the place")))
        self.rounds = OpenRounds(desk.context, self._book)
        self._asking = holding(column(self._padded(FieldFrame(texts, texts.say("The step that is the place"), self.step)), self.rounds, gap=0))
        self._asking.hide()
        self.add(column(self.said, line(self.begin, None), gap=8))
        self.add(self._asking, padded=False)
        self.begin.clicked.connect(self._on_begin)
        self.rounds.booked.connect(self._on_booked)
        self.rounds.unfolded.connect(self.unfolded)
        desk.changed.connect(self._refresh)

    def step_back(self) -> bool:
        """Put away the reasons, then the rounds; False when neither is shown."""
        if self.rounds.step_back():
            return True
        was_open = not self._asking.isHidden()
        self._asking.hide()
        self.begin.show()
        if was_open:
            self.begin.setFocus()
        return was_open

    # --- slots and internals ---

    @staticmethod
    def _padded(frame: QWidget) -> QWidget:
        held = holding(column(frame))
        held.setContentsMargins(PAD, 4, PAD, 8)
        return held

    def _refresh(self) -> None:
        desk, texts = self._desk, self._desk.context.texts
        if desk.case.id != self._case_id:
            self._case_id = desk.case.id
            self._asking.hide()
            self.begin.show()
            self.rounds.step_back()
        has_rounds = self.rounds.show_case(desk.case.id)
        self.setVisible(has_rounds and desk.can_write and desk.case.closed_on is None)
        without = self._without_place()
        self.step.set_choices([*((step.id, step.what) for step in without), (None, texts.say("a new step"))])
        waits = texts.count("{n} step of that sort has no place yet.", "{n} steps of that sort have no place yet.", len(without))
        self.said.setText(waits if without else texts.say("The step is made when the place is booked; one step back takes both."))

    def _without_place(self) -> list[ActionRow]:
        plan = self._desk.plan
        steps = plan.steps if plan is not None else ()
        return [
            step for step in steps
            if step.category == STEP_CATEGORY and step.state is ActionState.OPEN and step.id not in self._desk.places
        ]  # fmt: skip

    def _book(self, case_id: int, round_id: int, passed: Mapping[int, Passed]) -> int:
        step_id = self.step.value
        return bookings.book(
            self._desk.context.store, case_id, round_id, passed=passed, with_step=step_id is None, step_action_id=step_id
        )

    def _on_begin(self) -> None:
        without = self._without_place()
        self.step.set_value(without[0].id if without else None)
        self._asking.show()
        self.begin.hide()
        self.step.setFocus()
        self.unfolded.emit(self._asking)

    def _on_booked(self, title: str) -> None:
        self.step_back()
        context = self._desk.context
        context.say_done(context.texts.say("A place is booked in {round}.", round=title))
