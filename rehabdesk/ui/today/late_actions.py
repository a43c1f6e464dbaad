"""Late actions by party, as bars; a party opens into its actions. Sensitive parties are left out (`product.md` rule 5)."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.domain.forum import ActionState, days_late
from rehabdesk.store.queries.forum import actions as queries
from rehabdesk.store.queries.forum.actions import ActionRow, LateByParty
from rehabdesk.ui.parts.bars import BarRow
from rehabdesk.ui.parts.basics import Badge, Card, Link, Muted, Row, Words
from rehabdesk.ui.parts.layouts import clear, column, line
from rehabdesk.ui.parts.tokens import PAD, Tone
from rehabdesk.ui.shell.context import Context, Target


class LateActionsCard(Card):
    """The bars, and under the party that is opened its late actions."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._total = Muted(wrap=False)
        super().__init__(context.texts.say("Late actions by party"), aside=self._total, parent=parent)
        self._context = context
        self._opened: int | None = None
        self._parties: tuple[LateByParty, ...] | None = None
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.add(self._rows, padded=False)

    def refresh(self) -> None:
        """Ask again."""
        parties = self._context.store.read(queries.late_by_party, self._context.clock.today())
        self.setVisible(bool(parties))
        # The lines under an opened party may change while the counts stay.
        if parties != self._parties or self._opened is not None:
            self._parties = parties
            self._rebuild()

    # --- slots and internals ---

    def _rebuild(self) -> None:
        clear(self._rows)
        parties = self._parties or ()
        most = max((party.count for party in parties), default=1)
        self._total.setText(str(sum(party.count for party in parties)))
        for place, party in enumerate(parties):
            self._rows.addLayout(self._party(party, party.count / most, place == 0))
            if party.party_id == self._opened:
                for action in self._actions(party.party_id):
                    self._rows.addWidget(self._action(action))

    def _party(self, party: LateByParty, share: float, first: bool) -> QVBoxLayout:
        texts = self._context.texts
        bar = BarRow(self._context.theme, party.party, str(party.count), share, first=first)
        shown = party.party_id == self._opened
        link = Link(texts.name("button", "Hide") if shown else texts.name("button", "Show"), party.party)
        link.setObjectName(f"party-{party.party_id}")
        link.clicked.connect(partial(self._on_toggled, party.party_id))
        row = line(bar, link, gap=0)
        row.setStretch(0, 1)
        row.setContentsMargins(0, 0, PAD, 0)
        return column(row)

    def _action(self, action: ActionRow) -> Row:
        texts = self._context.texts
        late = texts.count("{n} day late", "{n} days late", days_late(action.due_on, self._context.clock.today()))
        words = f"{action.case_number}: {action.what}" if action.case_number else action.what
        target = Target("cases", "case", action.case_id) if action.case_id is not None else Target("forum", "item", action.item_id)
        link = Link(texts.name("button", "Open"), words)
        link.clicked.connect(partial(self._context.navigate, target))
        row = Row(PAD, Words(words), Badge(late, Tone.RED), link, name=f"{words}, {late}")
        row.layout().setStretch(1, 1)
        return row

    def _actions(self, party_id: int) -> tuple[ActionRow, ...]:
        today = self._context.clock.today()
        rows = self._context.store.read(queries.actions, state=ActionState.OPEN, party_id=party_id)
        return tuple(row for row in rows if days_late(row.due_on, today) > 0)

    def _on_toggled(self, party_id: int) -> None:
        self._opened = None if self._opened == party_id else party_id
        self._rebuild()
        link = self.findChild(Link, f"party-{party_id}")
        if link is not None:
            link.setFocus()
