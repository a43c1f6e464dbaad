"""The consent of a case: who may know what, until when; given here, and withdrawn here for one party or for all."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.consent import case_consent
from rehabdesk.domain.hand_outs import Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.services.consent import Withdrawal
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import settings as settings_queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.consent import ConsentRow
from rehabdesk.ui.cases.consent_giving import GivingForm
from rehabdesk.ui.cases.consent_grid import PartyLine, StandingGrid, party_lines
from rehabdesk.ui.cases.consent_printing import print_paper
from rehabdesk.ui.cases.consent_withdrawal import WithdrawalQuestion, WithdrawnNotice
from rehabdesk.ui.cases.words import consent_tone, consent_words
from rehabdesk.ui.parts.basics import Badge, Card, KeyButton, Muted
from rehabdesk.ui.parts.forms import FieldProblem
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding
from rehabdesk.ui.shell.context import Context


class ConsentCard(Card):
    """Who may know what. Nothing done here can be undone, so a withdrawal is asked about first.

    `unfolded(QWidget)` when something has opened in the card that should be seen.
    """

    unfolded = Signal(QWidget)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.standing = Badge()
        super().__init__(context.texts.say("Who may know what"), self.standing, parent)
        self._context = context
        self._case: CaseRow | None = None
        self._rows: tuple[ConsentRow, ...] = ()
        self._lines: tuple[PartyLine, ...] = ()
        self._build()

    @property
    def _is_unfolded(self) -> bool:
        return not all(one.isHidden() for one in (self.giving, self.question, self.notice))

    def show_case(self, row: CaseRow) -> None:
        """Show this case's consents."""
        if self._case is None or self._case.id != row.id:
            self._put_away()
        self._case = row
        today = self._context.clock.today()
        self._rows = self._context.store.read(consent_queries.consents, (row.id,))
        now = case_consent([one.as_rule() for one in self._rows], today)
        self.standing.show_word(consent_words(self._context.texts, now), consent_tone(now))
        self._lines = party_lines(self._rows, today)
        self.grid.show_lines(self._lines)
        self.withdraw_all.setVisible(sum(1 for one in self._lines if one.can_be_withdrawn) > 1)
        self._show_grid()

    def focus_first(self) -> None:
        """Put the keyboard in the grid, or on the button that makes it."""
        next(iter(self.grid.links.values()), self.give).setFocus()

    def step_back(self) -> bool:
        """Put away the form, the question or the notice that stands open; False when none does."""
        if not self._is_unfolded:
            return False
        self._put_away()
        self.give.setFocus()
        return True

    def ask_for(self, form_id: int | None = None) -> None:
        """Open the form for a new consent; `form_id` is the paper that has come back."""
        self._put_away()
        self._make_room()
        covered = {one.party_id for one in self._rows if one.is_live(self._context.clock.today())}
        self.giving.ask(self._case.id, covered, {one.party_id for one in self._rows}, form_id)
        # The form is higher than the page: its head is what should be seen.
        self.unfolded.emit(self.heading)

    # --- building ---

    def _build(self) -> None:
        texts = self._context.texts
        self.grid = StandingGrid(self._context)
        self.nobody = Muted(texts.say("No party may hear of the case by name. It can be taken up without a name."))
        self.give = KeyButton(texts.say("New consent"), "Ctrl+Shift+N")
        self.withdraw_all = KeyButton(texts.say("Withdraw all"), kind="danger")
        buttons = FlowLayout()
        for button in (self.give, self.withdraw_all):
            buttons.addWidget(button)
        self.buttons = holding(buttons)
        self.giving, self.question = GivingForm(self._context), WithdrawalQuestion(self._context)
        self.notice, self.problem = WithdrawnNotice(self._context), FieldProblem()
        for one in (self.giving, self.question, self.notice):
            one.hide()
        self.add(column(self.nobody, self.grid, self.giving, self.question, self.notice, self.problem, self.buttons, gap=12))
        self._listen()

    def _listen(self) -> None:
        self.give.clicked.connect(self._on_give)
        self.withdraw_all.clicked.connect(self._on_withdraw_all)
        self.grid.withdraw_wanted.connect(self._on_withdraw)
        self.giving.given.connect(self._on_given)
        self.question.withdrawn.connect(self._on_withdrawn)
        self.notice.print_wanted.connect(self._on_print)
        for closing in (self.giving.cancelled, self.question.cancelled, self.notice.done):
            closing.connect(self.step_back)

    # --- slots and internals ---

    def _show_grid(self) -> None:
        self.grid.setVisible(bool(self._lines) and not self._is_unfolded)
        self.nobody.setVisible(not self._lines and not self._is_unfolded)

    def _make_room(self) -> None:
        for one in (self.grid, self.nobody, self.buttons):
            one.hide()

    def _put_away(self) -> None:
        for one in (self.giving, self.question, self.notice):
            one.hide()
        self.problem.tell("")
        self.buttons.show()
        self._show_grid()

    def _on_give(self) -> None:
        self.ask_for()

    def _on_withdraw(self, party_id: int) -> None:
        self._ask((party_id,))

    def _on_withdraw_all(self) -> None:
        self._ask(None)

    def _ask(self, party_ids: tuple[int, ...] | None) -> None:
        self._put_away()
        self._make_room()
        self.question.ask(self._case.id, party_ids, {one.party_id: one.party for one in self._rows})
        self.unfolded.emit(self.question)

    def _on_given(self) -> None:
        self._put_away()
        self._context.messages.info(self._context.texts.say("The consent is registered."))
        self.give.setFocus()

    def _on_withdrawn(self, done: Withdrawal) -> None:
        self._put_away()
        self._make_room()
        self._context.messages.info(self.notice.tell(self._case.id, done))
        self.unfolded.emit(self.notice)

    def _on_print(self) -> None:
        wanted = Wanted(PaperKind.HAND_OUTS, Reader(ReaderKind.PARTICIPANT, case_id=self._case.id))
        language = self._context.store.read(settings_queries.paper_language)
        problem = print_paper(self._context, wanted, language, self.window())
        self.problem.tell(problem)
        if not problem:
            self._context.messages.info(self._context.texts.say("The list is being printed."))
