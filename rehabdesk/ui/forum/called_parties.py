"""Who is called to an item: each party with what consent says of it, and the times it can come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.domain.forum import ItemKind
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services.forum import agenda
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.forum.agenda import CalledParty
from rehabdesk.texts import Texts
from rehabdesk.ui.forum.agenda_table import AgendaLine
from rehabdesk.ui.forum.meeting.picker import InlinePicker
from rehabdesk.ui.parts.basics import Badge, Label, Link, Muted, Row, Words
from rehabdesk.ui.parts.forms import FieldProblem, TimeField
from rehabdesk.ui.parts.layouts import column, holding, line
from rehabdesk.ui.parts.tokens import GAP, Tone
from rehabdesk.ui.shell.context import Context


class CalledPartyRow(Row):
    """One called party. `times_set` when a time has been written, `dismissed` when it is not to be called after all."""

    times_set = Signal(int, object, object)
    dismissed = Signal(int)

    def __init__(self, context: Context, party: CalledParty, parent: QWidget | None = None) -> None:
        texts = context.texts
        self._context = context
        self._party = party
        self._name = Words(party.party)
        self._badge = Badge()
        self.can_from = TimeField(texts, texts.say("{party} can come from", party=party.party))
        self.can_until = TimeField(texts, texts.say("{party} can stay until", party=party.party))
        self.dismiss = Link(texts.name("button", "Do not call"), party.party)
        self._clash = Words()
        self._clash.set_ink(Tone.AMBER)
        self.problem = FieldProblem()
        head = line(self._name, self._badge, gap=GAP)
        head.setStretch(0, 1)
        for field in (self.can_from, self.can_until):
            field.setMaximumWidth(context.theme.px(84))
            field.line.editingFinished.connect(self._on_times)
        times = line(
            Muted(texts.name("times", "Can"), wrap=False), self.can_from, Muted("–", wrap=False), self.can_until, None, self.dismiss, gap=GAP
        )
        super().__init__(holding(column(head, times, self._clash, self.problem, gap=4)), name=party.party, parent=parent)
        self.layout().setContentsMargins(0, 8, 0, 8)
        self.dismiss.clicked.connect(self._on_dismissed)

    def show_party(self, party: CalledParty, item: AgendaLine, editable: bool) -> None:
        """Show how it stands now; a time that is being written stays."""
        texts = self._context.texts
        self._party = party
        self.can_from.set_time(party.can_from)
        self.can_until.set_time(party.can_until)
        by_consent = item.item.kind is ItemKind.CASE
        self._badge.setVisible(by_consent)
        self._badge.show_word(*_what_consent_says(texts, party))
        clash = item.clashes(party)
        self._clash.setVisible(clash)
        if clash:
            span = texts.time_span(item.starts, item.ends)
            self._clash.setText(texts.say("The item is planned {span}, when the party cannot be there.", span=span))
        for widget in (self.can_from, self.can_until, self.dismiss):
            widget.setEnabled(editable)

    def _on_times(self) -> None:
        wanted = (self.can_from.time, self.can_until.time)
        readable = self.can_from.readable and self.can_until.readable
        if readable and wanted != (self._party.can_from, self._party.can_until):
            self.times_set.emit(self._party.party_id, *wanted)

    def _on_dismissed(self) -> None:
        self.dismissed.emit(self._party.party_id)


class CalledParties(QWidget):
    """The list, and a line to call one more."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._item: AgendaLine | None = None
        self._rows: dict[int, CalledPartyRow] = {}
        texts = context.texts
        self.add = InlinePicker(texts.say("Call a party"), texts.say("Call a party: name or short form"))
        self.add.picked.connect(self._on_picked)
        self._nobody = Muted(texts.say("Nobody is called."))
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self.setLayout(column(Label(texts.say("Called parties")), self._nobody, self._list, self.add, gap=GAP))

    def show_item(self, item: AgendaLine, editable: bool) -> None:
        """Show the parties of an item; rows of parties that stay are kept, with what is being typed in them."""
        if self._item is None or self._item.id != item.id:
            self._drop(tuple(self._rows))
            self.add.clear()
        self._item = item
        called = {party.party_id: party for party in item.item.called}
        self._drop([party_id for party_id in self._rows if party_id not in called])
        for place, (party_id, party) in enumerate(called.items()):
            if party_id not in self._rows:
                self._insert(place, party)
            self._rows[party_id].show_party(party, item, editable)
        self._nobody.setVisible(not called)
        self.add.setVisible(editable)
        self._offer(called)

    # --- slots and internals ---

    def _insert(self, place: int, party: CalledParty) -> None:
        row = CalledPartyRow(self._context, party)
        row.times_set.connect(self._on_times)
        row.dismissed.connect(self._on_dismissed)
        self._rows[party.party_id] = row
        self._list.insertWidget(place, row)

    def _drop(self, party_ids: Sequence[int]) -> None:
        for party_id in party_ids:
            row = self._rows.pop(party_id)
            row.hide()
            row.deleteLater()

    def _offer(self, called: dict[int, CalledParty]) -> None:
        parties = self._context.store.read(party_queries.parties)
        self.add.set_choices([
            (party.id, " ".join((party.written, *party.aliases))) for party in parties if party.id not in called
        ])

    def _on_picked(self, party_id: int) -> None:
        self.add.clear()
        self._call([*self._rows, party_id])

    def _on_dismissed(self, party_id: int) -> None:
        self._call([known for known in self._rows if known != party_id])
        self.add.setFocus()

    def _call(self, party_ids: Sequence[int]) -> None:
        if self._item is None:
            return
        try:
            agenda.call_parties(self._context.store, self._item.id, party_ids)
        except Refused as refused:
            self._context.messages.error(self._context.texts.problems(refused.problems))

    def _on_times(self, party_id: int, can_from: str | None, can_until: str | None) -> None:
        if self._item is None:
            return
        problems: tuple[Problem, ...] = ()
        try:
            agenda.set_party_times(self._context.store, self._item.id, party_id, can_from, can_until)
        except Refused as refused:
            problems = refused.problems
        self._rows[party_id].problem.tell(self._context.texts.problems(problems))


def _what_consent_says(texts: Texts, party: CalledParty) -> tuple[str, Tone]:
    if party.may_hear:
        return texts.say("may hear"), Tone.GREEN
    if party.is_covered:
        return texts.say("consent does not cover the meeting"), Tone.AMBER
    return texts.say("consent missing"), Tone.RED
