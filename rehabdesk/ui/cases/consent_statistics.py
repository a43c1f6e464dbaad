"""The separate yes to statistics. It has a card and a table of its own, and says nothing of what may be shared."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.problems import Refused
from rehabdesk.services import consent
from rehabdesk.store.queries import consent as queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.ui.parts.basics import Card, KeyButton, Muted, Words
from rehabdesk.ui.parts.forms import FieldProblem
from rehabdesk.ui.parts.layouts import column, holding, line
from rehabdesk.ui.shell.context import Context


class StatisticsCard(Card):
    """Where it stands, and one button."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        texts = context.texts
        super().__init__(texts.say("Statistics"), parent=parent)
        self._context = context
        self._case_id = 0
        self.words = Words()
        self.give = KeyButton(texts.say("The participant has said yes"))
        self.withdraw = KeyButton(texts.say("The participant takes it back"))
        self.problem = FieldProblem()
        apart = Muted(texts.say("Asked on a page of its own. It opens nothing to any party."))
        self.add(column(self.words, apart, self.problem, holding(line(self.give, self.withdraw, None)), gap=8))
        self.give.clicked.connect(self._on_give)
        self.withdraw.clicked.connect(self._on_withdraw)

    def show_case(self, row: CaseRow) -> None:
        """Show this case."""
        texts = self._context.texts
        self._case_id = row.id
        now = self._context.store.read(queries.statistics, row.id)
        if now.is_given:
            self.words.setText(texts.say("The case may be counted, since {day}.", day=now.given_on))
        elif now.withdrawn_on is not None:
            self.words.setText(texts.say("The case is not counted. It was taken back {day}.", day=now.withdrawn_on))
        else:
            self.words.setText(texts.say("The case is not counted: the participant has not said yes."))
        self.give.setVisible(not now.is_given)
        self.withdraw.setVisible(now.is_given)
        self.problem.tell("")

    def _on_give(self) -> None:
        self._do(consent.give_statistics)
        self.withdraw.show()
        self.withdraw.setFocus()

    def _on_withdraw(self) -> None:
        self._do(consent.withdraw_statistics)
        self.give.show()
        self.give.setFocus()

    def _do(self, verb: object) -> None:
        try:
            verb(self._context.store, self._case_id)
        except Refused as refused:
            self.problem.tell(self._context.texts.problems(refused.problems))
