"""Opening a case: the series, the person, and a warning when she is known already."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from rehabdesk.domain.cases import CaseText
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import cases
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.ui.cases.details_card import ContactChoice
from rehabdesk.ui.parts.basics import Card, EmptyState, KeyButton, Link, Words
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.forms import ChoiceField, DateField, Form
from rehabdesk.ui.parts.layouts import clear, column, holding, line, page_body, scrolling
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context


class NewCase(QWidget):
    """The form. `made(case_id)` when the case is open, `known(case_id)` to look at one that is open already."""

    made = Signal(int)
    known = Signal(int)
    cancelled = Signal()
    settings_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._build()

    def ask(self) -> None:
        """An empty form."""
        rows = [series for series in self._context.store.read(session_queries.series) if series.has_cases]
        self.series.set_choices([(series.id, series.name) for series in rows])
        self.series.set_value(rows[0].id if rows else None)
        self.form.frame("series").setVisible(len(rows) > 1)
        self._card.setVisible(bool(rows))
        self._nowhere.setVisible(not rows)
        for field in (self.given_name, self.surname, self.identity):
            field.clear()
        self.protected.setChecked(False)
        self.contact.offer(None)
        self.opened.set_day(self._context.clock.today())
        self.form.clear_problems()
        self._warn(())
        (self.given_name if rows else self._nowhere.button).setFocus()

    def focus_first(self) -> None:
        """Put the keyboard where one begins."""
        (self.given_name if self._card.isVisibleTo(self) else self._nowhere.button).setFocus()

    # --- slots and internals ---

    def _build(self) -> None:
        context, texts = self._context, self._context.texts
        self._make_fields()
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
        self.confirm = KeyButton(texts.say("Open the case"), "Ctrl+Return", kind="primary")
        self.cancel = KeyButton(texts.name("button", "Cancel"), shows="Esc")
        self._warnings = column(gap=4)
        self._warned = holding(self._warnings)
        self._card = Card(texts.say("New case"))
        self._card.add(column(self.form, self.protected, self._warned, line(self.confirm, self.cancel, None), gap=16))
        self._card.setMaximumWidth(context.theme.px(760))
        self._nowhere = EmptyState(
            texts.say("No rehab forum yet."),
            texts.say("A case belongs to a series of meetings with a controller. Add the series first."),
            texts.say("Go to the settings"),
            self.settings_wanted.emit,
        )
        body = QWidget()
        body.setLayout(page_body(self._card, self._nowhere, None))
        self.setLayout(column(scrolling(body)))
        for field in (self.given_name, self.surname, self.identity):
            field.editingFinished.connect(self._look_for_duplicates)
        self.confirm.clicked.connect(self._on_confirmed)
        self.cancel.clicked.connect(self.cancelled)

    def _make_fields(self) -> None:
        context, texts = self._context, self._context.texts
        self.series = ChoiceField((), texts.say("Series"))
        self.given_name, self.surname, self.identity = QLineEdit(), QLineEdit(), QLineEdit()
        self.identity.setPlaceholderText(texts.say("YYMMDD-NNNN, or empty"))
        self.opened = DateField(texts, ReadDay(context.clock), texts.name("case", "Opened"))
        self.contact = ContactChoice(context)
        self.protected = QCheckBox(texts.say("Protected identity: the name here is an alias"))
        self.protected.setAccessibleName(self.protected.text())

    def _look_for_duplicates(self) -> None:
        typed = (self.given_name.text(), self.surname.text(), self.identity.text())
        try:
            self._warn(cases.possible_duplicates(self._context.store, *typed))
        except Refused:
            # Too long a name: said when the case is to be opened, beside its field.
            self._warn(())

    def _warn(self, problems: tuple[Problem, ...]) -> None:
        texts = self._context.texts
        clear(self._warnings)
        self._warned.setVisible(bool(problems))
        for problem in problems:
            sentence = Words(texts.problem(problem))
            sentence.set_ink(Tone.AMBER)
            link = _CaseLink(texts.say("Look at {number}", number=problem.params["number"]), problem.params["case_id"])
            link.asked.connect(self.known)
            row = line(sentence, link)
            row.setStretch(0, 1)
            self._warnings.addLayout(row)

    def _on_confirmed(self) -> None:
        if not self.opened.readable:
            self.opened.line.setFocus()
            return
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
            )
        except Refused as refused:
            self.form.show_problems(refused.problems)
            return
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
