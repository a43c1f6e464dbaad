"""Registering what a participant has consented to: who may know what, on which terms, how she gave it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from rehabdesk.domain.consent import FORM_ENDS, HowGiven, Terms, proposed_end
from rehabdesk.domain.problems import Refused
from rehabdesk.services import consent, consent_papers
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.consent import FormRow
from rehabdesk.ui.cases.consent_grid import TickGrid
from rehabdesk.ui.cases.consent_words import form_words
from rehabdesk.ui.cases.notes_names import CaseNames, NameTold
from rehabdesk.ui.parts.basics import KeyButton, Muted
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.form_draft import FormDraft
from rehabdesk.ui.parts.forms import ChoiceField, DateField, Form
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.shell.context import Context


class GivingForm(QWidget):
    """The whole form. `given` when it has been registered."""

    given = Signal()
    cancelled = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._case_id = 0
        self._forms: dict[int, FormRow] = {}
        self._make_fields()
        self._lay_out()
        self._keep_draft()

    def ask(self, case_id: int, covered: set[int], known: set[int], form_id: int | None = None) -> None:
        """Open the form for a case; parties that are covered already say so, and those `known` to the case come first.

        `form_id` is the paper that has come back.
        """
        store, today = self._context.store, self._context.clock.today()
        self._draft.close()
        self._case_id = case_id
        self.names.show_case(case_id)
        parties = sorted(store.read(party_queries.parties), key=lambda party: party.id not in known)
        self.grid.show_parties(parties, covered)
        self._offer_forms(form_id)
        self.valid_from.set_day(today)
        self.valid_until.set_day(proposed_end(today))
        self.back_on.set_day(today)
        self.how.set_value(HowGiven.PAPER)
        # A paper that came back has a draft of its own: what another said is not what this one says.
        self._draft.open(f"consent:{case_id}" if form_id is None else f"consent:{case_id}:{form_id}")
        self._on_how()
        self._on_paper()
        self.form.clear_problems()
        self.show()
        self._order_tabs()
        if not self.grid.focus_first():
            self.cancel.setFocus()

    def put_away(self) -> None:
        """Close the form."""
        self.hide()

    # --- building ---

    def _make_fields(self) -> None:
        texts, clock = self._context.texts, self._context.clock
        self.grid = TickGrid(self._context)
        self.valid_from = DateField(texts, ReadDay(clock), texts.say("From"))
        self.valid_until = DateField(texts, ReadDay(clock, prefer_future=True), texts.say("Until"))
        self.purpose = QPlainTextEdit()
        self.purpose.setTabChangesFocus(True)
        self.purpose.setFixedHeight(self._context.theme.px(58))
        self.how = ChoiceField([(how, texts.term(how)) for how in HowGiven], texts.say("How it was given"))
        self.paper = ChoiceField([(None, "")], texts.say("Which form"))
        self.back_on = DateField(texts, ReadDay(clock, field="on"), texts.say("It came back on"))
        self.note, self.witness, self.interpreter = QLineEdit(), QLineEdit(), QLineEdit()
        self.confirm = KeyButton(texts.say("Register the consent"), "Ctrl+Return", kind="primary")
        self.cancel = KeyButton(texts.name("button", "Cancel"), shows="Esc")
        self.valid_from.changed.connect(self._on_from)
        self.how.changed.connect(self._on_how)
        self.paper.changed.connect(self._on_paper)
        self.confirm.clicked.connect(self._on_confirmed)
        self.cancel.clicked.connect(self.cancelled)

    def _lay_out(self) -> None:
        texts = self._context.texts
        self.form = Form(texts)
        meeting = texts.say("A party that is to sit there when the case is dealt with needs planned measures.")
        self.form.add("parties", texts.say("The participant consents to this"), self.grid, meeting)
        self.form.add_line(
            ("valid_from", texts.say("From"), self.valid_from), ("valid_until", texts.say("Until, at most a year"), self.valid_until)
        )
        self.names, self.names_told = CaseNames(self._context, self), NameTold()
        self.names_told.follow(self.names, self.purpose)
        self.form.add("purpose", texts.say("Purpose"), self.purpose).layout().addWidget(self.names_told)
        self.form.add_line(("how_given", texts.say("How it was given"), self.how), ("form_id", texts.say("Which form"), self.paper))
        self.form.add("on", texts.say("It came back on"), self.back_on)
        self.form.add("note", texts.say("Note: when it was said, and to whom"), self.note)
        self.form.add_line(
            ("interpreter", texts.say("Interpreter, if there was one"), self.interpreter),
            ("witness", texts.say("Witness, if there was one"), self.witness),
        )
        never = Muted(texts.say("It can be withdrawn at any time, but registering it cannot be undone."))
        self.setLayout(column(self.form, never, line(self.confirm, self.cancel, None), gap=12))

    def _keep_draft(self) -> None:
        """What is half filled in is kept over a lock, the ticks as one text."""
        fields = {
            "parties": self.grid.written, "valid_from": self.valid_from, "valid_until": self.valid_until, "purpose": self.purpose,
            "how": self.how, "paper": self.paper, "back_on": self.back_on, "note": self.note, "interpreter": self.interpreter,
            "witness": self.witness,
        }  # fmt: skip
        purpose = self._context.texts.say("Coordinated support to feel better and to be able to work.")
        self._draft = FormDraft(self._context.store, self._context.flushes, fields, self, {"purpose": purpose})

    def _order_tabs(self) -> None:
        chain = [
            *self.grid.chain(), self.valid_from.line, self.valid_until.line, self.purpose, self.how, self.paper,
            self.back_on.line, self.note, self.interpreter, self.witness, self.confirm, self.cancel,
        ]  # fmt: skip
        for before, after in zip(chain, chain[1:], strict=False):
            QWidget.setTabOrder(before, after)

    def _offer_forms(self, form_id: int | None) -> None:
        texts = self._context.texts
        rows = self._context.store.read(consent_queries.forms, self._case_id)
        self._forms = {row.id: row for row in rows if row.state not in FORM_ENDS or row.id == form_id}
        latest = consent_papers.current_version()
        none = texts.say("none of those sent, text {version}", version=latest)
        self.paper.set_choices([*((row.id, form_words(texts, row)) for row in self._forms.values()), (None, none)])
        self.paper.set_value(form_id if form_id is not None else next(iter(self._forms), None))

    # --- slots and internals ---

    def _on_from(self, day: object) -> None:
        if day is not None:
            self.valid_until.set_day(proposed_end(day))

    def _on_how(self, _chosen: object = None) -> None:
        is_oral = self.how.value is HowGiven.ORAL
        self.form.frame("note").setVisible(is_oral)

    def _on_paper(self, _chosen: object = None) -> None:
        """Only a form that is still out has a day to be told."""
        paper = self._forms.get(self.paper.value)
        self.form.frame("on").setVisible(paper is not None and paper.state not in FORM_ENDS)

    def _on_confirmed(self) -> None:
        try:
            back_on = self._back_on()
            consent.register(self._context.store, self._case_id, self.grid.kinds, self._terms(), back_on)
        except Refused as refused:
            self.form.show_problems(refused.problems)
            if any(problem.field == "parties" for problem in refused.problems):
                self.grid.focus_first()
            return
        self._draft.forget()
        self.given.emit()

    def _back_on(self) -> date | None:
        """The day the chosen form came back; refused where what is written is none."""
        return None if self.form.frame("on").isHidden() else self.back_on.the_day()

    def _terms(self) -> Terms:
        paper = self._forms.get(self.paper.value)
        return Terms(
            valid_from=self.valid_from.day,
            valid_until=self.valid_until.day,
            purpose=self.purpose.toPlainText(),
            how_given=self.how.value,
            text_version=paper.text_version if paper is not None else consent_papers.current_version(),
            note=self.note.text() if self.how.value is HowGiven.ORAL else "",
            witness=self.witness.text(),
            interpreter=self.interpreter.text(),
            form_id=paper.id if paper is not None else None,
        )
