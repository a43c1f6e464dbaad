"""Withdrawing a consent: what it will do and what has been handed out is told first; nobody can take it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.problems import Refused
from rehabdesk.services import consent
from rehabdesk.services.consent import Withdrawal
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries.hand_outs import HandOutRow
from rehabdesk.ui.cases.consent_words import handed_out_words
from rehabdesk.ui.parts.basics import Heading, KeyButton, Label, Muted, Words
from rehabdesk.ui.parts.forms import FieldProblem
from rehabdesk.ui.parts.layouts import clear, column, holding, line
from rehabdesk.ui.shell.context import Context


class HandedOutList(QWidget):
    """What has been handed out about a case to some parties: to whom, what, when."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._lines = column(gap=2)
        self.setLayout(column(Label(context.texts.say("Handed out until now")), self._lines, gap=4))

    def show_parties(self, case_id: int, party_ids: Iterable[int]) -> tuple[HandOutRow, ...]:
        """Show what these parties have; returns the copies."""
        store, texts = self._context.store, self._context.texts
        rows = store.read(hand_out_queries.by_ids, store.read(consent_queries.handed_to, case_id, tuple(party_ids)))
        clear(self._lines)
        for row in rows:
            self._lines.addWidget(Words(handed_out_words(texts, row)))
        if not rows:
            self._lines.addWidget(Muted(texts.say("Nothing has been handed out to them.")))
        self.setAccessibleName("\n".join(handed_out_words(texts, row) for row in rows))
        return rows


class WithdrawalQuestion(QWidget):
    """Says what a withdrawal will do, and does it when told so. `withdrawn(Withdrawal)` when it is done."""

    withdrawn = Signal(object)
    cancelled = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._case_id = 0
        self._party_ids: tuple[int, ...] | None = None
        texts = context.texts
        self.heading = Heading()
        self.words = Words()
        self.handed_out = HandedOutList(context)
        self.problem = FieldProblem()
        self.confirm = KeyButton(texts.say("Withdraw now"), kind="danger")
        self.cancel = KeyButton(texts.name("button", "Cancel"), shows="Esc")
        buttons = holding(line(self.confirm, self.cancel, None))
        self.setLayout(column(self.heading, self.words, self.handed_out, self.problem, buttons, gap=12))
        self.confirm.clicked.connect(self._on_confirmed)
        self.cancel.clicked.connect(self.cancelled)

    def ask(self, case_id: int, party_ids: tuple[int, ...] | None, names: Mapping[int, str]) -> None:
        """Ask about these parties, or all of them."""
        texts = self._context.texts
        self._case_id, self._party_ids = case_id, party_ids
        reach = consent.reach_of_withdrawal(self._context.store, case_id, party_ids)
        parties = [names.get(party_id, "") for party_id in reach.parties]
        will_be = Withdrawal(reach.parties, reach.waiting, tuple(copy for _, copy in reach.receipts), reach.at_the_table)
        self.heading.setText(texts.say("Withdraw the consent for {parties}?", parties=parties))
        self.words.setText("\n".join((
            texts.say("From now on nothing with the name goes there, and it cannot be undone."),
            *_foretold(self._context, will_be),
        )))
        self.handed_out.show_parties(case_id, reach.parties)
        whole = f"{self.heading.text()}\n{self.words.text()}"
        self.setAccessibleName(whole)
        self.confirm.setAccessibleDescription(whole)
        self.cancel.setAccessibleDescription(whole)
        self.problem.tell("")
        self.show()
        # Not on the button that does it: Enter held a moment too long must not withdraw.
        self.cancel.setFocus()

    def _on_confirmed(self) -> None:
        try:
            done = consent.withdraw(self._context.store, self._case_id, self._party_ids)
        except Refused as refused:
            self.problem.tell(self._context.texts.problems(refused.problems))
            return
        self.withdrawn.emit(done)


class WithdrawnNotice(QWidget):
    """What a withdrawal did, what had been handed out, and the list of it to print. `print_wanted` and `done`."""

    print_wanted = Signal()
    done = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        texts = context.texts
        self._context = context
        self.words = Words()
        self.handed_out = HandedOutList(context)
        self.print = KeyButton(texts.say("Print the list for the participant"))
        self.close_it = KeyButton(texts.name("button", "Done"), shows="Esc")
        self.setLayout(column(self.words, self.handed_out, holding(line(self.print, self.close_it, None)), gap=12))
        self.print.clicked.connect(self.print_wanted)
        self.close_it.clicked.connect(self.done)

    def tell(self, case_id: int, withdrawal: Withdrawal) -> str:
        """Say it; returns the sentence."""
        texts = self._context.texts
        self.words.setText(" ".join((texts.say("The consent is withdrawn."), *_told(self._context, withdrawal))))
        rows = self.handed_out.show_parties(case_id, withdrawal.parties)
        self.print.setVisible(bool(rows))
        self.show()
        (self.print if rows else self.close_it).setFocus()
        return self.words.text()


def _foretold(context: Context, reach: Withdrawal) -> list[str]:
    texts = context.texts
    sentences = []
    if reach.voided:
        sentences.append(texts.count("{n} copy that waits to be printed is voided.", "{n} copies that wait to be printed are voided.", len(reach.voided)))
    if reach.notices:
        sentences.append(texts.count(
            "{n} party has papers already and gets a notice.", "{n} parties have papers already and get a notice.", len(reach.notices)
        ))
    if reach.marked_out:
        sentences.append(texts.count("{n} person at the table is marked as out.", "{n} people at the table are marked as out.", len(reach.marked_out)))
    return sentences


def _told(context: Context, done: Withdrawal) -> list[str]:
    texts = context.texts
    sentences = []
    if done.voided:
        sentences.append(texts.count("{n} waiting copy was voided.", "{n} waiting copies were voided.", len(done.voided)))
    if done.notices:
        sentences.append(texts.count("{n} notice waits to be printed.", "{n} notices wait to be printed.", len(done.notices)))
    if done.marked_out:
        sentences.append(texts.count("{n} person was marked as out.", "{n} people were marked as out.", len(done.marked_out)))
    return sentences
