"""Consent is withdrawn in the middle of an item: for one party or for all, in place, and confirmed since it cannot be undone."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from rehabdesk.domain.problems import Refused
from rehabdesk.services import consent as services
from rehabdesk.ui.forum.meeting.rows import announce
from rehabdesk.ui.forum.meeting.state import MeetingState
from rehabdesk.ui.parts.basics import KeyButton, Muted, Words
from rehabdesk.ui.parts.forms import ChoiceField
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding, line
from rehabdesk.ui.parts.tokens import Tone

ALL = "all"


class WithdrawalForm(QFrame):
    """A button; behind it the choice of parties and the confirmation. `withdrawn(Withdrawal)` when it is done."""

    withdrawn = Signal(object)

    def __init__(self, state: MeetingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._state = state
        texts = state.context.texts
        self.button = KeyButton(texts.say("Withdraw consent…"), kind="link")
        self.button.clicked.connect(self.begin)
        self.choice = ChoiceField((), texts.say("For whom the consent is withdrawn"))
        self._warning = Words(texts.say("It holds at once and cannot be undone. What has been handed out cannot be taken back."))
        self._warning.set_ink(Tone.AMBER)
        self.confirm = KeyButton(texts.name("button", "Withdraw"), kind="danger")
        self.confirm.clicked.connect(self._on_confirmed)
        self.cancel = KeyButton(texts.name("button", "Leave as it is"), kind="link", shows="Esc")
        self.cancel.clicked.connect(self.leave)
        self.told = Muted()
        buttons = FlowLayout(gap=8)
        buttons.addWidget(self.confirm)
        buttons.addWidget(self.cancel)
        self.form = holding(column(Muted(texts.say("For whom is the consent withdrawn?")), self.choice, self._warning, holding(buttons), gap=6))
        self.form.setProperty("form_in_sight", True)
        self.form.hide()
        self.told.hide()
        self.setLayout(column(line(self.button, None), self.form, self.told, gap=6))

    def refresh(self) -> None:
        """Offer it where there is a consent to withdraw."""
        current = self._state.current
        covered = current.covered if current is not None else frozenset()
        say = self._state.context.texts.say
        names = [(row.id, row.written) for row in self._state.parties if row.id in covered]
        self.choice.set_choices([(ALL, say("All parties")), *names])
        self.button.setVisible(bool(covered) and self.form.isHidden())
        if not covered:
            self.leave()

    def begin(self) -> None:
        """Ask for whom."""
        self.told.hide()
        self.choice.set_value(ALL)
        self.form.show()
        self.button.hide()
        self.choice.setFocus()

    def leave(self) -> bool:
        """Leave the consent as it is; False when nothing was asked."""
        if self.form.isHidden():
            return False
        had_focus = self.focusWidget() is not None and self.form.isAncestorOf(self.focusWidget())
        self.form.hide()
        current = self._state.current
        self.button.setVisible(current is not None and bool(current.covered))
        if had_focus and self.button.isVisible():
            self.button.setFocus()
        return True

    def _on_confirmed(self) -> None:
        current, texts = self._state.current, self._state.context.texts
        if current is None or current.row.case_id is None or not self._state.context.flushes.flush_all():
            return
        parties = None if self.choice.value == ALL else (self.choice.value,)
        try:
            done = services.withdraw(self._state.context.store, current.row.case_id, parties)
        except Refused as refused:
            self._state.refuse(refused)
            return
        self.leave()
        names = tuple(row.written for row in self._state.parties if row.id in done.parties)
        told = [texts.say("The consent is withdrawn for {parties}.", parties=names)]
        if done.marked_out:
            told.append(texts.count("{n} person is marked as out.", "{n} people are marked as out.", len(done.marked_out)))
        if done.voided:
            told.append(texts.count("{n} copy is stopped.", "{n} copies are stopped.", len(done.voided)))
        if done.notices:
            told.append(texts.count("{n} notice is printed.", "{n} notices are printed.", len(done.notices)))
        self.told.setText(" ".join(told))
        self.told.show()
        announce(self, self.told.text())
        self.withdrawn.emit(done)
