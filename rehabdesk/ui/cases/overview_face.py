"""The case at a glance: where she stands, what is to be done, what has happened, who may know what."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.ui.cases.actions_card import ActionsCard
from rehabdesk.ui.cases.card_face import CardFace
from rehabdesk.ui.cases.chain_card import ChainCard
from rehabdesk.ui.cases.circumstances_card import CircumstancesCard
from rehabdesk.ui.cases.consent_overview import ConsentOverview
from rehabdesk.ui.cases.goal_card import GoalCard
from rehabdesk.ui.cases.notes_card import NoteLine
from rehabdesk.ui.cases.standing_card import StandingCard
from rehabdesk.ui.cases.timeline_card import TimelineCard
from rehabdesk.ui.shell.context import Context


class OverviewFace(CardFace):
    """The first thing one sees of a case. `wanted(str)` when one of its links leads to another face."""

    wanted = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.chain, self.note, self.goal, self.consent = ChainCard(context), NoteLine(context), GoalCard(context), ConsentOverview(context)
        self.actions, self.timeline = ActionsCard(context), TimelineCard(context, self.note)
        self.circumstances, self.standing = CircumstancesCard(context), StandingCard(context)
        left = (self.chain, self.actions, self.timeline)
        right = (self.consent, self.goal, self.circumstances, self.standing)
        super().__init__(context, left, right, parent)
        for card in self._cards:
            wanted = getattr(card, "wanted", None)
            if wanted is not None:
                wanted.connect(self.wanted)
