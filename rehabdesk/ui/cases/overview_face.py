"""The case at a glance: where she stands, what is to be done, what has happened, who may know what."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.ui.cases.actions_card import ActionsCard
from rehabdesk.ui.cases.card_face import CardFace
from rehabdesk.ui.cases.circumstances_card import CircumstancesCard
from rehabdesk.ui.cases.consent_card import ConsentCard
from rehabdesk.ui.cases.faces import make_card
from rehabdesk.ui.cases.standing_card import StandingCard
from rehabdesk.ui.cases.timeline_card import TimelineCard
from rehabdesk.ui.shell.context import Context


class OverviewFace(CardFace):
    """The first thing one sees of a case. `wanted(str)` when one of its links leads to another face."""

    wanted = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.chain, self.note, self.goal = (make_card(card, context) for card in ("chain", "note", "goal"))
        self.consent = make_card("consent", context) or ConsentCard(context)
        self.actions, self.timeline = ActionsCard(context), TimelineCard(context, self.note)
        self.circumstances, self.standing = CircumstancesCard(context), StandingCard(context)
        left = (self.chain, self.actions, self.timeline)
        right = (self.consent, self.goal, self.circumstances, self.standing)
        super().__init__(context, [card for card in left if card], [card for card in right if card], parent)
        for card in self._cards:
            wanted = getattr(card, "wanted", None)
            if wanted is not None:
                wanted.connect(self.wanted)
