"""Opening a case: the series, the person, and a warning when she is known already."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from rehabdesk.domain.cases import CaseText, Opening
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import cases
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.ui.cases.background_card import NOBODY, BringerChoice
from rehabdesk.ui.cases.details_card import ContactChoice
from rehabdesk.ui.parts.basics import Card, EmptyState, KeyButton, Link, Words
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.form_draft import FormDraft
from rehabdesk.ui.parts.forms import ChoiceField, DateField, Form
from rehabdesk.ui.parts.layouts import clear, column, holding, line, no_wider_than, page_body, scrolling
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context


class NewCase(QWidget):
    """The form. `made(case_id)` when the case is open, `known(case_id)` to look at one that is there already.

    What is written and not sent is kept in the vault, also over a lock, until the form is emptied.
    """

    made = Signal(int)
    known = Signal(int)
    cancelled = Signal()
    settings_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._same: Problem | None = None
        self._told: tuple[Problem, ...] = ()
        self._build()
        fields = {
            "given_name": self.given_name, "surname": self.surname, "identity_number": self.identity, "why_now": self.why_now,
            "question": self.question, "arrived": self.arrived.line, "series": self.series, "contact": self.contact,
            "bringer": self.bringer, "protected": self.protected,
        }  # fmt: skip
        self._draft = FormDraft(context.store, context.flushes, fields, self)

    def ask(self) -> None:
        """The form, with what was written in it before and not sent."""
        rows = [series for series in self._context.store.read(session_queries.series) if series.has_cases]
        self.series.set_choices([(series.id, series.name) for series in rows])
        self.series.set_value(rows[0].id if rows else None)
        self.form.frame("series").setVisible(len(rows) > 1)
        self._card.setVisible(bool(rows))
        self._nowhere.setVisible(not rows)
        self.contact.offer(None)
        self.bringer.offer()
        self.opened.set_day(self._context.clock.today())
        self._be_new()
        self._draft.open("case")
        # What was kept of the day is words until they are read again.
        self.arrived.line.textEdited.emit(self.arrived.line.text())
        self._on_protected()
        self._look_for_duplicates()
        (self.given_name if rows else self._nowhere.button).setFocus()

    def focus_first(self) -> None:
        """Put the keyboard where one begins."""
        (self.given_name if self._card.isVisibleTo(self) else self._nowhere.button).setFocus()

    # --- building ---

    def _build(self) -> None:
        context, texts = self._context, self._context.texts
        self._make_fields()
        self._make_form()
        self.confirm = KeyButton(texts.say("Open the case"), "Ctrl+Return", kind="primary")
        self.cancel = KeyButton(texts.name("button", "Cancel"), shows="Esc")
        self.empty = Link(texts.say("Empty the form"))
        self._warnings = column(gap=4)
        self._warned = holding(self._warnings)
        self._warned.hide()
        self._same_as = Words()
        self._card = Card(texts.say("New case"))
        buttons = line(self.confirm, self.cancel, None, self.empty)
        self._card.add(column(self.form, self.protected, self._warned, self._same_as, buttons, gap=16))
        self._nowhere = EmptyState(
            texts.say("No rehab forum yet."),
            texts.say("A case belongs to a series of meetings with a controller. Add the series first."),
            texts.say("Go to the settings"),
            self.settings_wanted.emit,
        )
        body = QWidget()
        body.setLayout(page_body(no_wider_than(context.theme.px(760), self._card), self._nowhere, None))
        self.setLayout(column(scrolling(body)))
        for field in (self.given_name, self.surname, self.identity):
            field.editingFinished.connect(self._look_for_duplicates)
        self.protected.toggled.connect(self._on_protected)
        self.confirm.clicked.connect(self._on_confirmed)
        self.cancel.clicked.connect(self.cancelled)
        self.empty.clicked.connect(self._on_emptied)

    def _make_fields(self) -> None:
        context, texts = self._context, self._context.texts
        self.series = ChoiceField((), texts.say("Series"))
        self.given_name, self.surname, self.identity = QLineEdit(), QLineEdit(), QLineEdit()
        self.identity.setPlaceholderText(texts.say("YYMMDD-NNNN, or empty"))
        self.opened = DateField(texts, ReadDay(context.clock), texts.name("case", "Opened"))
        self.contact = ContactChoice(context)
        self.bringer = BringerChoice(context)
        self.arrived = DateField(texts, ReadDay(context.clock), texts.say("Referral form came"))
        self.why_now, self.question = QLineEdit(), QLineEdit()
        self.protected = QCheckBox(texts.say("Protected identity: the name here is an alias"))
        self.protected.setAccessibleName(self.protected.text())

    def _make_form(self) -> None:
        texts = self._context.texts
        self.form = Form(texts)
        self.form.add("series", texts.say("Series"), self.series)
        self.form.add_line(
            (CaseText.GIVEN_NAME, texts.say("Given name"), self.given_name),
            (CaseText.SURNAME, texts.say("Surname"), self.surname),
        )
        self.form.add_line(
            ("identity_number", texts.say("Identity number, if it is needed"), self.identity),
            ("opened_on", texts.name("case", "Opened"), self.opened),
        )
        self.form.add("employer_contact_id", texts.say("Contact at the employer"), self.contact)
        self.form.add("brought_by", texts.say("Brought by"), self.bringer)
        self.form.add("referral_arrived_on", texts.say("Referral form came"), self.arrived, texts.say("Empty when it came on no form"))
        self.form.add(CaseText.WHY_NOW, texts.say("Why now"), self.why_now)
        self.form.add(CaseText.QUESTION, texts.say("Question to the forum"), self.question)

    # --- slots and internals ---

    def _look_for_duplicates(self) -> None:
        if self._same is not None:
            return
        typed = (self.given_name.text(), self.surname.text(), self.identity.text())
        try:
            self._warn(cases.possible_duplicates(self._context.store, *typed))
        except Refused:
            # Too long a name: said when the case is to be opened, beside its field.
            self._warn(())

    def _warn(self, problems: tuple[Problem, ...]) -> None:
        if problems == self._told:
            return
        texts, self._told = self._context.texts, problems
        clear(self._warnings)
        self._warned.setVisible(bool(problems))
        for problem in problems:
            sentence = Words(texts.problem(problem))
            sentence.set_ink(Tone.AMBER)
            number = problem.params["number"]
            link = _CaseLink(texts.say("Look at {number}", number=number), problem.params["case_id"])
            link.asked.connect(self.known)
            same = Link(texts.say("It is the same person"), number)
            same.clicked.connect(partial(self._be_same, problem))
            row = line(sentence, link, same)
            row.setStretch(0, 1)
            self._warnings.addLayout(row)

    def _be_same(self, problem: Problem) -> None:
        """The new case is about somebody known: her name and number are those that are kept."""
        self._same = problem
        self._same_as.setText(self._context.texts.say("The new case is about the same person as {number}.", number=problem.params["number"]))
        self._same_as.show()
        self._warn(())
        for field in (self.given_name, self.surname, self.identity, self.protected):
            field.setEnabled(False)
        self.contact.setFocus()

    def _be_new(self) -> None:
        self._same = None
        self._same_as.hide()
        self.form.clear_problems()
        self._warn(())
        for field in (self.given_name, self.surname, self.identity, self.protected):
            field.setEnabled(True)

    def _on_protected(self, _ticked: bool = False) -> None:
        """Under protected identity neither a number nor a workplace is asked for."""
        is_protected = self.protected.isChecked()
        for key in ("identity_number", "employer_contact_id"):
            self.form.frame(key).setVisible(not is_protected)
        chosen = self.bringer.value
        self.bringer.offer(is_protected=is_protected)
        self.bringer.choose(chosen)
        if is_protected:
            self.identity.clear()
            self.contact.set_value(None)

    def _on_emptied(self) -> None:
        self._draft.forget()
        self.contact.set_value(None)
        self.bringer.choose(None)
        self.opened.set_day(self._context.clock.today())
        self._be_new()
        self.given_name.setFocus()

    def _on_confirmed(self) -> None:
        unreadable = next((field for field in (self.opened, self.arrived) if not field.readable), None)
        if unreadable is not None:
            unreadable.line.setFocus()
            return
        brought_by, party_id, contact_id = self.bringer.value or NOBODY
        opening = Opening(brought_by, party_id, contact_id, self.why_now.text(), self.question.text(), self.arrived.day)
        try:
            case_id = cases.open_case(
                self._context.store,
                self.series.value,
                self.given_name.text(),
                self.surname.text(),
                self.identity.text(),
                self.contact.value,
                self.opened.day,
                is_protected=self.protected.isChecked(),
                participant_id=self._same.params["participant_id"] if self._same is not None else None,
                opening=opening,
            )
        except Refused as refused:
            self.form.show_problems(refused.problems)
            return
        self._draft.forget()
        self.made.emit(case_id)


class _CaseLink(Link):
    """Leads to one case."""

    asked = Signal(int)

    def __init__(self, words: str, case_id: int) -> None:
        super().__init__(words)
        self._case_id = case_id
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.asked.emit(self._case_id)
