"""How a case came: who brought it, on a referral form or not, why now, and what is asked of the forum. It saves by itself."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.cases import BroughtBy, CaseText
from rehabdesk.domain.parties import PartyKind
from rehabdesk.domain.problems import Refused
from rehabdesk.services import cases
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.cases import BackgroundRow, CaseRow
from rehabdesk.ui.cases.notes_names import CaseNames, NameTold
from rehabdesk.ui.cases.standing_card import bringer_words
from rehabdesk.ui.cases.words import contact_words
from rehabdesk.ui.forum.meeting.named_text import NameGuard
from rehabdesk.ui.parts.basics import Card
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.forms import ChoiceField, DateField, Form
from rehabdesk.ui.parts.record import RecordFields
from rehabdesk.ui.shell.context import Context

Bringer = tuple[BroughtBy | None, int | None, int | None]
"""Who brought a case: herself or a party, the party, its contact."""
NOBODY: Bringer = (None, None, None)


class BringerChoice(ChoiceField):
    """Who brought the case: not known, the participant herself, a contact, or a party as such."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__((), context.texts.say("Brought by"), parent)
        self._context = context

    def offer(self, background: BackgroundRow | None = None, is_protected: bool = False) -> None:
        """Offer what there is now, with what is kept chosen. Under protected identity no employer is offered: it is her workplace."""
        store, texts = self._context.store, self._context.texts
        parties = [party for party in store.read(party_queries.parties) if not (is_protected and party.kind is PartyKind.EMPLOYER)]
        offered: list[tuple[Bringer, str]] = [
            (NOBODY, texts.name("brought by", "not known")),
            ((BroughtBy.PARTICIPANT, None, None), texts.term(BroughtBy.PARTICIPANT)),
        ]
        for contact in store.read(party_queries.contacts, party_ids=[party.id for party in parties]):
            offered.append(((BroughtBy.PARTY, contact.party_id, contact.id), contact_words(contact)))
        offered += [((BroughtBy.PARTY, party.id, None), party.written) for party in parties]
        kept: Bringer = NOBODY
        if background is not None:
            kept = (background.brought_by, background.party_id, background.contact_id)
            if all(value != kept for value, _ in offered):
                # Somebody who has left since, or was moved to another party: still the one that is kept.
                offered.append((kept, bringer_words(texts, background)))
        self.set_choices(offered)
        self.set_value(kept)

    def choose(self, bringer: Bringer | None) -> None:
        """Choose this; nobody where it is not offered."""
        self.set_value(bringer)
        if self.value is None:
            self.set_value(NOBODY)


class BackgroundCard(Card):
    """How the case came."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts.say("How the case came"), parent=parent)
        self._context = context
        self._case: CaseRow | None = None
        self._kept: BackgroundRow | None = None
        self._build()

    def show_case(self, row: CaseRow) -> None:
        """Show this case."""
        background = self._context.store.read(case_queries.background, row.id)
        texts = {CaseText.WHY_NOW: background.why_now, CaseText.QUESTION: background.question}
        if not self.fields.show(row.id, texts, partial(self._save_text, row.id)):
            return
        if self._case is None or self._case.id != row.id:
            self.form.clear_problems()
        self._case, self._kept = row, background
        self.names.show_case(row.id)
        for guard in self._guards:
            guard.look()
        self.bringer.offer(background, row.is_protected)
        self.arrived.set_day(background.referral_arrived_on)

    def flush(self) -> bool:
        """Keep what is typed."""
        return self.fields.flush()

    # --- slots and internals ---

    def _build(self) -> None:
        context, texts = self._context, self._context.texts
        self.fields = RecordFields(context.flushes)
        self.bringer = BringerChoice(context)
        self.arrived = DateField(texts, ReadDay(context.clock), texts.say("Referral form came"))
        self.names = CaseNames(context, self)
        self.names_told: dict[str, NameTold] = {}
        self._guards: list[NameGuard] = []
        self.form = Form(texts)
        self.form.add("brought_by", texts.say("Brought by"), self.bringer)
        self.form.add("referral_arrived_on", texts.say("Referral form came"), self.arrived, texts.say("Empty when it came on no form"))
        for key, label in ((CaseText.WHY_NOW, texts.say("Why now")), (CaseText.QUESTION, texts.say("Question to the forum"))):
            field, told = self.fields.add_text(key, label), NameTold()
            self.names_told[key] = told
            self._guards.append(NameGuard(self.names, field, told))
            self.form.add(key, label, field).layout().addWidget(told)
        self.add(self.form)
        self.bringer.changed.connect(self._on_bringer)
        self.arrived.line.editingFinished.connect(self._on_arrived)

    def _save_text(self, case_id: int, key: str, text: str) -> None:
        cases.change_text(self._context.store, case_id, CaseText(key), text)

    def _on_bringer(self, chosen: Bringer) -> None:
        self._try("brought_by", partial(cases.set_bringer, self._context.store, self._case.id, *chosen))

    def _on_arrived(self) -> None:
        if self.arrived.readable and self.arrived.day != self._kept.referral_arrived_on:
            self._try("referral_arrived_on", partial(cases.set_referral_arrived, self._context.store, self._case.id, self.arrived.day))

    def _try(self, field: str, do: partial[None]) -> None:
        """Do it; a refusal stands beside its field."""
        try:
            do()
        except Refused as refused:
            self.form.show_problems(refused.problems)
            return
        self.form.frame(field).tell("")
