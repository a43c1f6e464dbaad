"""How many places a round has, changed in place; refused with who stands in the way."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from rehabdesk.domain.problems import Problem
from rehabdesk.services.prerehab import capacity
from rehabdesk.ui.prerehab.places_desk import PlacesDesk
from rehabdesk.ui.prerehab.places_verb_form import VerbForm


class CapacityForm(VerbForm):
    """The fewest people the round runs with, and its places."""

    def __init__(self, desk: PlacesDesk) -> None:
        texts = desk.context.texts
        self._desk = desk
        self.least, self.most = QLineEdit(), QLineEdit()
        fields = [("max_places", texts.say("Places"), self.most), ("min_places", texts.say("Fewest for the round to run"), self.least)]
        super().__init__(desk.context, texts.say("Change the number of places"), fields, self._change)
        for field in (self.least, self.most):
            field.setMaximumWidth(desk.context.theme.px(90))

    def begin_for_round(self) -> None:
        """With the numbers as they are."""
        row = self._desk.row
        self.begin(f"capacity:{row.id}", {"max_places": str(row.max_places), "min_places": str(row.min_places)})

    def _change(self) -> tuple[Problem, ...]:
        numbers = {"max_places": _number(self.most), "min_places": _number(self.least)}
        unread = tuple(Problem("places.not_a_number", key) for key, number in numbers.items() if number is None)
        if unread:
            return unread
        if not self.least.isModified():
            # A round of fewer places cannot need more people than it has, and nobody has said how few.
            numbers["min_places"] = min(numbers["min_places"], numbers["max_places"])
        texts = self._desk.context.texts
        sentence = texts.count("The round has {n} place now.", "The round has {n} places now.", numbers["max_places"])
        return self._desk.attempt(capacity.change_capacity, sentence, self._desk.row.id, numbers["min_places"], numbers["max_places"])


def _number(field: QLineEdit) -> int | None:
    written = field.text().strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) <= 4 else None
