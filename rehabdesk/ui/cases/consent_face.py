"""Samtycke: who may know what, where the forms are, how each consent was given, and the separate yes to statistics."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.consent import case_consent
from rehabdesk.store.queries import consent as queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.consent import ConsentRow
from rehabdesk.ui.cases.card_face import CardFace
from rehabdesk.ui.cases.consent_card import ConsentCard
from rehabdesk.ui.cases.consent_forms import FormsCard
from rehabdesk.ui.cases.consent_statistics import StatisticsCard
from rehabdesk.ui.cases.consent_words import terms_words
from rehabdesk.ui.cases.words import consent_tone, consent_words
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import Badge, Card, Muted, Row, Words
from rehabdesk.ui.parts.layouts import clear, column, line
from rehabdesk.ui.shell.context import Context

TABLES = frozenset({"consent", "consent_kind", "consent_form", "statistics_consent", "hand_out", "party"})


class ConsentFace(CardFace):
    """Everything about the consent of one case."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.consent, self.given = ConsentCard(context), GivenCard(context)
        self.forms, self.statistics = FormsCard(context), StatisticsCard(context)
        self._row: CaseRow | None = None
        super().__init__(context, (self.consent, self.given), (self.forms, self.statistics), parent)
        self.forms.came_back.connect(self.consent.ask_for)
        watch(self, context.store, TABLES, self._refresh)

    def show_case(self, row: CaseRow) -> None:
        """Show this case."""
        self._row = row
        super().show_case(row)

    def _refresh(self) -> None:
        if self._row is not None:
            super().show_case(self._row)


class GivenCard(Card):
    """Each consent as it was given, the latest first; withdrawn and past ones stay."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts.say("Registered consents"), parent=parent)
        self._context = context
        self._shown: object = None
        self._list = column(gap=0)
        self.add(self._list, padded=False)

    def show_case(self, row: CaseRow) -> None:
        """Show those of this case; without any the card is gone."""
        rows = self._context.store.read(queries.consents, (row.id,))
        self.setVisible(bool(rows))
        now = (row.id, rows, self._context.clock.today())
        if now == self._shown:
            return
        self._shown = now
        clear(self._list)
        for place, together in enumerate(_given_together(rows)):
            self._list.addWidget(self._line(together, first=place == 0))

    def _line(self, together: tuple[ConsentRow, ...], first: bool) -> Row:
        texts, one = self._context.texts, together[0]
        now = case_consent([one.as_rule()], self._context.clock.today())
        parties = Words("; ".join(row.party for row in together))
        parties.set_bold(one.is_live(self._context.clock.today()))
        word = consent_words(texts, now)
        what, how = terms_words(texts, one)
        head = line(parties, Badge(word, consent_tone(now)), gap=8)
        head.setStretch(0, 1)
        row = Row(column(head, Words(what), Muted(how), gap=2), first=first, name=f"{parties.text()}, {word}, {what}, {how}")
        row.layout().setStretch(0, 1)
        return row


def _given_together(rows: tuple[ConsentRow, ...]) -> list[tuple[ConsentRow, ...]]:
    """Parties with the same consent in every respect stand on one line."""
    groups: dict[ConsentRow, list[ConsentRow]] = {}
    for row in rows:
        groups.setdefault(replace(row, id=0, party_id=0, party=""), []).append(row)
    return [tuple(sorted(group, key=_by_party)) for group in groups.values()]


def _by_party(row: ConsentRow) -> str:
    return row.party.casefold()
