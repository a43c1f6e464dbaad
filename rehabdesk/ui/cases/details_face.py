"""The details of a case: the participant and the number, how it came, what to think of, how it ended."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rehabdesk.ui.cases.background_card import BackgroundCard
from rehabdesk.ui.cases.card_face import CardFace
from rehabdesk.ui.cases.closing_card import ClosingCard
from rehabdesk.ui.cases.details_card import DetailsCard
from rehabdesk.ui.cases.follow_ups_card import FollowUpsCard
from rehabdesk.ui.cases.needs_card import NeedsCard
from rehabdesk.ui.shell.context import Context


class DetailsFace(CardFace):
    """Everything that is written about the case itself, and its end."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.details, self.background, self.needs = DetailsCard(context), BackgroundCard(context), NeedsCard(context)
        self.closing, self.follow_ups = ClosingCard(context), FollowUpsCard(context)
        super().__init__(context, (self.details, self.background), (self.needs, self.closing, self.follow_ups), parent)
