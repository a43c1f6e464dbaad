"""The consent of a case: who may hear of it, until when; given here, and withdrawn here for one party or for all."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from rehabdesk.domain.consent import case_consent, proposed_end
from rehabdesk.domain.problems import Refused
from rehabdesk.services import consent
from rehabdesk.services.consent import Withdrawal
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.consent import ConsentRow
from rehabdesk.ui.cases.words import consent_tone, consent_words
from rehabdesk.ui.parts.basics import Badge, Card, Heading, KeyButton, Link, Muted, Row, Words
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.forms import DateField, FieldProblem, Form
from rehabdesk.ui.parts.layouts import clear, column, holding, line
from rehabdesk.ui.parts.search_line import SearchLine, found_in
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context

#: With more parties than this, one looks for them by typing.
MOST_WITHOUT_SEARCH = 8


class ConsentCard(Card):
    """Who may hear of the case by name. Nothing done here can be undone, so a withdrawal is asked about first.

    `unfolded(QWidget)` when something has opened in the card that should be seen.
    """

    unfolded = Signal(QWidget)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.standing = Badge()
        super().__init__(context.texts.say("Consent"), self.standing, parent)
        self._context = context
        self._case: CaseRow | None = None
        self._rows: tuple[ConsentRow, ...] | None = None
        self._shown_on: object = None
        self._build()

    def show_case(self, row: CaseRow) -> None:
        """Show this case's consents."""
        if self._case is None or self._case.id != row.id:
            self.step_back()
        self._case = row
        today = self._context.clock.today()
        rows = self._context.store.read(consent_queries.consents, (row.id,))
        now = case_consent([one.as_rule() for one in rows], today)
        self.standing.show_word(consent_words(self._context.texts, now), consent_tone(now))
        if (rows, today) != (self._rows, self._shown_on):
            self._rows, self._shown_on = rows, today
            self._list_rows()
        standing = [one for one in rows if _stands(one, today)]
        self.withdraw_all.setVisible(len({one.party_id for one in standing}) > 1)

    def step_back(self) -> bool:
        """Put away the form or the question that stands open; False when neither does."""
        if self.giving.isVisibleTo(self):
            self.giving.put_away()
        elif self.question.isVisibleTo(self):
            self.question.hide()
        else:
            return False
        self.buttons.show()
        self.give.setFocus()
        return True

    # --- slots and internals ---

    def _build(self) -> None:
        texts = self._context.texts
        self._list = column(gap=0)
        self.add(self._list, padded=False)
        self.give = KeyButton(texts.say("New consent"))
        self.withdraw_all = KeyButton(texts.say("Withdraw all"), kind="danger")
        self.buttons = holding(line(self.give, self.withdraw_all, None))
        self.giving = GivingForm(self._context)
        self.question = WithdrawalQuestion(self._context)
        self.giving.hide()
        self.question.hide()
        self.done = Muted()
        self.done.hide()
        self.add(column(self.done, self.giving, self.question, self.buttons, gap=12))
        self.give.clicked.connect(self._on_give)
        self.withdraw_all.clicked.connect(self._on_withdraw_all)
        self.giving.given.connect(self._on_given)
        self.giving.cancelled.connect(self.step_back)
        self.question.withdrawn.connect(self._on_withdrawn)
        self.question.cancelled.connect(self.step_back)

    def _list_rows(self) -> None:
        texts, today = self._context.texts, self._context.clock.today()
        clear(self._list)
        if not self._rows:
            self._list.addWidget(Row(Muted(texts.say("No party may hear of the case by name. It can be taken up without a name.")), first=True))
        for place, one in enumerate(sorted(self._rows, key=lambda row: not _stands(row, today))):
            self._list.addWidget(self._row(one, first=place == 0))

    def _row(self, one: ConsentRow, first: bool) -> Row:
        texts, today = self._context.texts, self._context.clock.today()
        now = case_consent([one.as_rule()], today)
        party = Words(one.party)
        party.set_bold(_stands(one, today))
        span = Muted(texts.say("{start} to {end}", start=one.valid_from, end=one.valid_until))
        words = consent_words(texts, now)
        row = Row(column(party, span, gap=2), first=first, name=f"{one.party}: {words}")
        row.layout().setStretch(0, 1)
        if not one.is_live(today):
            row.layout().addWidget(Badge(words, consent_tone(now)))
        elif consent_tone(now) is Tone.AMBER:
            row.layout().addWidget(Badge(words, Tone.AMBER))
        if _stands(one, today):
            link = Link(texts.say("Withdraw"), one.party)
            link.clicked.connect(partial(self._on_withdraw, one.party_id))
            row.layout().addWidget(link)
        return row

    def _on_give(self) -> None:
        self.done.hide()
        self.question.hide()
        self.buttons.hide()
        rows = self._rows or ()
        covered = {one.party_id for one in rows if one.is_live(self._context.clock.today())}
        self.giving.ask(self._case.id, covered, known={one.party_id for one in rows})
        self.unfolded.emit(self.giving)

    def _on_withdraw(self, party_id: int, _checked: bool = False) -> None:
        self._ask((party_id,))

    def _on_withdraw_all(self) -> None:
        self._ask(None)

    def _ask(self, party_ids: tuple[int, ...] | None) -> None:
        self.done.hide()
        self.giving.put_away()
        self.buttons.hide()
        names = {one.party_id: one.party for one in self._rows or ()}
        self.question.ask(self._case.id, party_ids, names)
        self.unfolded.emit(self.question)

    def _on_given(self) -> None:
        self._finish(self._context.texts.say("The consent is registered."))

    def _on_withdrawn(self, done: Withdrawal) -> None:
        texts = self._context.texts
        self._finish(" ".join((texts.say("The consent is withdrawn."), *_told(self._context, done))))

    def _finish(self, sentence: str) -> None:
        self.giving.put_away()
        self.question.hide()
        self.buttons.show()
        self.done.setText(sentence)
        self.done.show()
        self._context.messages.info(sentence)
        self.give.setFocus()


class GivingForm(QWidget):
    """Which parties, from when until when. `given` when it has been registered."""

    given = Signal()
    cancelled = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._case_id = 0
        self.boxes: dict[int, QCheckBox] = {}
        self._build()

    def ask(self, case_id: int, covered: set[int], known: set[int]) -> None:
        """Open the form for a case; parties that are covered already say so, and those `known` to the case come first."""
        texts, today = self._context.texts, self._context.clock.today()
        self._case_id = case_id
        clear(self._parties)
        self.boxes = {}
        for party in sorted(self._context.store.read(party_queries.parties), key=lambda party: party.id not in known):
            words = texts.say("{party} (has consent)", party=party.written) if party.id in covered else party.written
            self.boxes[party.id] = QCheckBox(words.replace("&", "&&"))
            self.boxes[party.id].setAccessibleName(words)
            self._parties.addWidget(self.boxes[party.id])
        if not self.boxes:
            self._parties.addWidget(Muted(texts.say("There are no parties yet. Add them under Contacts.")))
        self.narrow.clear()
        self.narrow.setVisible(len(self.boxes) > MOST_WITHOUT_SEARCH)
        self.valid_from.set_day(today)
        self.valid_until.set_day(proposed_end(today))
        self.form.clear_problems()
        self.show()
        self._order_tabs()
        (self.narrow if len(self.boxes) > MOST_WITHOUT_SEARCH else next(iter(self.boxes.values()), self.cancel)).setFocus()

    def put_away(self) -> None:
        """Close the form."""
        self.hide()

    def _build(self) -> None:
        texts, clock = self._context.texts, self._context.clock
        self._parties = column(gap=2)
        self.narrow = SearchLine(texts.say("Find a party"))
        self.valid_from = DateField(texts, ReadDay(clock), texts.say("From"))
        self.valid_until = DateField(texts, ReadDay(clock, prefer_future=True), texts.say("Until"))
        self.form = Form(texts)
        self.form.add("parties", texts.say("The participant consents to"), holding(column(self.narrow, self._parties)))
        self.form.add("valid_from", texts.say("From"), self.valid_from)
        self.form.add("valid_until", texts.say("Until, at most a year"), self.valid_until)
        self.confirm = KeyButton(texts.say("Register the consent"), "Ctrl+Return", kind="primary")
        self.cancel = KeyButton(texts.name("button", "Cancel"), shows="Esc")
        never = Muted(texts.say("It can be withdrawn at any time, but registering it cannot be undone."))
        self.setLayout(column(self.form, never, line(self.confirm, self.cancel, None), gap=12))
        self.narrow.narrowed.connect(self._on_narrowed)
        self.narrow.into_list.connect(self._into_list)
        self.valid_from.changed.connect(self._on_from)
        self.confirm.clicked.connect(self._on_confirmed)
        self.cancel.clicked.connect(self.cancelled)

    def _order_tabs(self) -> None:
        chain = [self.narrow, *self.boxes.values(), self.valid_from.line, self.valid_until.line, self.confirm, self.cancel]
        for before, after in zip(chain, chain[1:], strict=False):
            QWidget.setTabOrder(before, after)

    def _on_narrowed(self, sought: str) -> None:
        for box in self.boxes.values():
            # What is ticked stays in sight: it is going to be registered.
            box.setVisible(box.isChecked() or found_in(sought, box.accessibleName()))

    def _into_list(self) -> None:
        sought = self.narrow.text()
        found = [box for box in self.boxes.values() if found_in(sought, box.accessibleName())]
        if found:
            found[0].setFocus()

    def _on_from(self, day: object) -> None:
        if day is not None:
            self.valid_until.set_day(proposed_end(day))

    def _on_confirmed(self) -> None:
        chosen = [party_id for party_id, box in self.boxes.items() if box.isChecked()]
        try:
            consent.give(self._context.store, self._case_id, chosen, self.valid_from.day, self.valid_until.day)
        except Refused as refused:
            self.form.show_problems(refused.problems)
            return
        self.given.emit()


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
        self.problem = FieldProblem()
        self.confirm = KeyButton(texts.say("Withdraw now"), kind="danger")
        self.cancel = KeyButton(texts.name("button", "Cancel"), shows="Esc")
        self.setLayout(column(self.heading, self.words, self.problem, line(self.confirm, self.cancel, None), gap=12))
        self.confirm.clicked.connect(self._on_confirmed)
        self.cancel.clicked.connect(self.cancelled)

    def ask(self, case_id: int, party_ids: tuple[int, ...] | None, names: dict[int, str]) -> None:
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


def _stands(row: ConsentRow, today: object) -> bool:
    """Whether it holds or will come to hold, so that it can be withdrawn."""
    return row.withdrawn_on is None and row.valid_until >= today
