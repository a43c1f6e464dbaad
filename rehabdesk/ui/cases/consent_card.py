"""The consent of a case: who may know what, until when; given here, and withdrawn here for one party or for all."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from rehabdesk.domain.consent import case_consent
from rehabdesk.domain.hand_outs import Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.services.consent import Withdrawal
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import settings as settings_queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.consent import ConsentRow
from rehabdesk.ui.cases.consent_giving import GivingForm
from rehabdesk.ui.cases.consent_grid import PartyLine, grid_columns, party_lines
from rehabdesk.ui.cases.consent_printing import print_paper
from rehabdesk.ui.cases.consent_withdrawal import WithdrawalQuestion, WithdrawnNotice
from rehabdesk.ui.cases.words import consent_tone, consent_words
from rehabdesk.ui.parts.basics import Badge, Card, KeyButton, Muted
from rehabdesk.ui.parts.forms import FieldProblem
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding
from rehabdesk.ui.parts.table import Table
from rehabdesk.ui.shell.context import Context

WITHDRAW_KEY = "Ctrl+Shift+W"


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
        self._build()

    def show_case(self, row: CaseRow) -> None:
        """Show this case's consents."""
        if self._case is None or self._case.id != row.id:
            self._put_away()
        self._case = row
        today = self._context.clock.today()
        self._rows = self._context.store.read(consent_queries.consents, (row.id,))
        now = case_consent([one.as_rule() for one in self._rows], today)
        self.standing.show_word(consent_words(self._context.texts, now), consent_tone(now))
        lines = party_lines(self._rows, today)
        self.table.set_rows(lines)
        self._fit_table(len(lines))
        self.nobody.setVisible(not lines)
        self.table.setVisible(bool(lines))
        self._show_buttons()

    def focus_first(self) -> None:
        """Put the keyboard in the grid, or on the button that makes it."""
        (self.give if self.table.isHidden() else self.table).setFocus()

    def step_back(self) -> bool:
        """Put away the form, the question or the notice that stands open; False when none does."""
        if all(one.isHidden() for one in (self.giving, self.question, self.notice)):
            return False
        self._put_away()
        self.give.setFocus()
        return True

    def ask_for(self, form_id: int | None = None) -> None:
        """Open the form for a new consent; `form_id` is the paper that has come back."""
        self._put_away()
        self.buttons.hide()
        covered = {one.party_id for one in self._rows if one.is_live(self._context.clock.today())}
        self.giving.ask(self._case.id, covered, {one.party_id for one in self._rows}, form_id)
        self.unfolded.emit(self.giving)

    # --- building ---

    def _build(self) -> None:
        texts = self._context.texts
        self.table = Table(self._context.theme, grid_columns(texts), texts.say("Who may know what"))
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.nobody = Muted(texts.say("No party may hear of the case by name. It can be taken up without a name."))
        self.give = KeyButton(texts.say("New consent"), "Ctrl+Shift+N")
        self.withdraw = KeyButton(texts.say("Withdraw for this party"), WITHDRAW_KEY)
        self.withdraw_all = KeyButton(texts.say("Withdraw all"), kind="danger")
        buttons = FlowLayout()
        for button in (self.give, self.withdraw, self.withdraw_all):
            buttons.addWidget(button)
        self.buttons = holding(buttons)
        self.giving, self.question = GivingForm(self._context), WithdrawalQuestion(self._context)
        self.notice, self.problem = WithdrawnNotice(self._context), FieldProblem()
        for one in (self.giving, self.question, self.notice):
            one.hide()
        self.add(column(self.nobody, self.table, self.giving, self.question, self.notice, self.problem, self.buttons, gap=12))
        self._listen()

    def _listen(self) -> None:
        self.give.clicked.connect(self._on_give)
        self.withdraw.clicked.connect(self._on_withdraw)
        self.withdraw_all.clicked.connect(self._on_withdraw_all)
        self.table.chosen.connect(self._show_buttons)
        self.table.opened.connect(self._on_withdraw)
        self.giving.given.connect(self._on_given)
        self.question.withdrawn.connect(self._on_withdrawn)
        self.notice.print_wanted.connect(self._on_print)
        for closing in (self.giving.cancelled, self.question.cancelled, self.notice.done):
            closing.connect(self.step_back)

    # --- slots and internals ---

    def _fit_table(self, rows: int) -> None:
        """As high as its rows: a list within a list is scrolled by nobody."""
        header, bar = self.table.horizontalHeader().sizeHint().height(), self.table.horizontalScrollBar().sizeHint().height()
        self.table.setFixedHeight(header + rows * self.table.verticalHeader().defaultSectionSize() + bar + 4)

    def _show_buttons(self, _line: object = None) -> None:
        line = self.table.current_row
        standing = [one for one in self.table.rows_model.rows if one.can_be_withdrawn]
        self.withdraw.setVisible(line is not None and line.can_be_withdrawn)
        if line is not None:
            self.withdraw.set_words(self._context.texts.say("Withdraw for {party}", party=line.party))
        self.withdraw_all.setVisible(len(standing) > 1)

    def _put_away(self) -> None:
        for one in (self.giving, self.question, self.notice):
            one.hide()
        self.problem.tell("")
        self.buttons.show()

    def _on_give(self) -> None:
        self.ask_for()

    def _on_withdraw(self, _line: PartyLine | bool | None = None) -> None:
        line = self.table.current_row
        if line is not None and line.can_be_withdrawn:
            self._ask((line.id,))

    def _on_withdraw_all(self) -> None:
        self._ask(None)

    def _ask(self, party_ids: tuple[int, ...] | None) -> None:
        self._put_away()
        self.buttons.hide()
        self.question.ask(self._case.id, party_ids, {one.party_id: one.party for one in self._rows})
        self.unfolded.emit(self.question)

    def _on_given(self) -> None:
        self._put_away()
        self._context.messages.info(self._context.texts.say("The consent is registered."))
        self.give.setFocus()

    def _on_withdrawn(self, done: Withdrawal) -> None:
        self._put_away()
        self.buttons.hide()
        self._context.messages.info(self.notice.tell(self._case.id, done))
        self.unfolded.emit(self.notice)

    def _on_print(self) -> None:
        wanted = Wanted(PaperKind.HAND_OUTS, Reader(ReaderKind.PARTICIPANT, case_id=self._case.id))
        language = self._context.store.read(settings_queries.paper_language)
        problem = print_paper(self._context, wanted, language, self.window())
        self.problem.tell(problem)
        if not problem:
            self._context.messages.info(self._context.texts.say("The list is being printed."))
