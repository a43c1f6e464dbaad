"""Consent is withdrawn in the middle of an item: for one party or for all, in place, and confirmed since it cannot be undone."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from rehabdesk.domain.hand_outs import Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.problems import Refused
from rehabdesk.services import consent as services
from rehabdesk.store.queries import settings as settings_queries
from rehabdesk.ui.cases.consent_printing import print_paper
from rehabdesk.ui.cases.consent_withdrawal import HandedOutList
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
        # As wide as the column and no wider: the longest name would push the buttons and half of the warning out of sight.
        self.choice.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._warning = Words(texts.say("It holds at once and cannot be undone. What has been handed out cannot be taken back."))
        self._warning.set_ink(Tone.AMBER)
        self.confirm = KeyButton(texts.name("button", "Withdraw"), kind="danger")
        self.confirm.clicked.connect(self._on_confirmed)
        self.cancel = KeyButton(texts.name("button", "Leave as it is"), kind="link", shows="Esc")
        self.cancel.clicked.connect(self.leave)
        self.told = Muted()
        self.handed_out = HandedOutList(state.context)
        self.print_list = KeyButton(texts.say("Print the list for the participant"), kind="link")
        self.print_list.clicked.connect(self._on_print_list)
        self._case_id: int | None = None
        buttons = FlowLayout(gap=8)
        buttons.addWidget(self.confirm)
        buttons.addWidget(self.cancel)
        self.form = holding(column(Muted(texts.say("For whom is the consent withdrawn?")), self.choice, self._warning, holding(buttons), gap=6))
        self.form.setProperty("form_in_sight", True)
        self.form.hide()
        self.setLayout(column(line(self.button, None), self.form, self.told, self.handed_out, line(self.print_list, None), gap=6))
        self._say_nothing()

    def refresh(self) -> None:
        """Offer it where there is a consent to withdraw."""
        current = self._state.current
        covered = current.covered if current is not None else frozenset()
        say = self._state.context.texts.say
        names = [(row.id, row.written) for row in self._state.parties if row.id in covered]
        self.choice.set_choices([(ALL, say("All parties")), *names])
        if self._state.nameless or current is None or current.row.case_id != self._case_id:
            # What went where about one person is for the coordinator alone, while that item is open.
            self.handed_out.hide()
            self.print_list.hide()
        if current is None or current.row.case_id != self._case_id:
            # It was said of another item.
            self.told.hide()
        self.button.setVisible(bool(covered) and self.form.isHidden())
        if not covered:
            self.leave()

    def begin(self) -> None:
        """Ask for whom."""
        self._say_nothing()
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
        self._tell_what_was_handed_out(current.row.case_id, done)
        self.withdrawn.emit(done)

    def _say_nothing(self) -> None:
        for widget in (self.told, self.handed_out, self.print_list):
            widget.hide()

    def _tell_what_was_handed_out(self, case_id: int, done: services.Withdrawal) -> None:
        """To whom, what and when; the participant may have it on paper, from hand to hand."""
        self._case_id = case_id
        rows = self.handed_out.show_parties(case_id, done.parties)
        seen = bool(rows) and not self._state.nameless
        self.handed_out.setVisible(seen)
        self.print_list.setVisible(seen)

    def _on_print_list(self) -> None:
        context = self._state.context
        wanted = Wanted(PaperKind.HAND_OUTS, Reader(ReaderKind.PARTICIPANT, case_id=self._case_id))
        problem = print_paper(context, wanted, context.store.read(settings_queries.paper_language), self.window())
        self._state.tell(problem or context.texts.say("The list is being printed."))
