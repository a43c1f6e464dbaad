"""Where each consent form of a case is: printed and sent, waiting for a signature, back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from rehabdesk.domain.consent import FORM_ENDS, NEXT_FORM_STATES, FormState, problems_with_sending
from rehabdesk.domain.hand_outs import ANYBODY, Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.problems import Refused
from rehabdesk.services import consent, consent_papers
from rehabdesk.store.queries import consent as queries
from rehabdesk.store.queries import settings as settings_queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.consent import FormRow
from rehabdesk.ui.cases.consent_printing import print_paper
from rehabdesk.ui.cases.consent_words import form_badge, form_history
from rehabdesk.ui.parts.basics import Badge, Card, KeyButton, Link, Muted, Row, Words
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.forms import ChoiceField, DateField, FieldFrame, FieldProblem, Form
from rehabdesk.ui.parts.layouts import FlowLayout, clear, column, holding, line
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context


class FormsCard(Card):
    """The forms, latest first, and the sending of a new one. `came_back(int)` with a form that is to be registered."""

    came_back = Signal(int)
    unfolded = Signal(QWidget)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts.say("Forms"), parent=parent)
        self._context = context
        self._case: CaseRow | None = None
        self._shown: object = None
        #: The day on which something became of each form that is out.
        self.days: dict[int, FieldFrame] = {}
        self._proposed = ""
        self._build()

    def show_case(self, row: CaseRow) -> None:
        """Show the forms of this case."""
        if self._case is None or self._case.id != row.id:
            self._put_away()
        self._case = row
        forms = self._context.store.read(queries.forms, row.id)
        now = (row.id, forms, self._context.clock.today())
        if now != self._shown:
            self._shown = now
            self._list_forms(forms)

    def step_back(self) -> bool:
        """Put the sending away; False when it was not open."""
        if not self.sending.isVisibleTo(self):
            return False
        self._put_away()
        self.send.setFocus()
        return True

    # --- building ---

    def _build(self) -> None:
        texts = self._context.texts
        self._list = column(gap=0)
        self.add(self._list, padded=False)
        self.send = KeyButton(texts.say("Send a form"))
        self.information = KeyButton(texts.say("Print the information sheet"))
        self.blank = Link(texts.say("Print a blank form"))
        buttons = FlowLayout()
        for button in (self.send, self.information, self.blank):
            buttons.addWidget(button)
        self.buttons = holding(buttons)
        self.sending = SendingForm(self._context)
        self.sending.hide()
        self.problem = FieldProblem()
        self.add(column(self.sending, self.problem, self.buttons, gap=12))
        self.send.clicked.connect(self._on_send)
        self.information.clicked.connect(self._on_information)
        self.blank.clicked.connect(self._on_blank)
        self.sending.sent.connect(self._on_sent)
        self.sending.cancelled.connect(self.step_back)

    def _list_forms(self, forms: tuple[FormRow, ...]) -> None:
        # A day that somebody has written stands there still, whatever became of another form.
        written = {form_id: text for form_id, frame in self.days.items() if (text := frame.field.line.text()) != self._proposed}
        self._proposed = self._context.texts.date(self._context.clock.today())
        self.days = {}
        clear(self._list)
        for place, form in enumerate(forms):
            self._list.addWidget(self._row(form, first=place == 0))
        if not forms:
            self._list.addWidget(Row(Muted(self._context.texts.say("No form has been sent.")), first=True))
        for form_id in written.keys() & self.days.keys():
            self.days[form_id].field.write(written[form_id])

    def _row(self, form: FormRow, first: bool) -> Row:
        texts, today = self._context.texts, self._context.clock.today()
        whom = texts.name("form", "to {whom}", whom=form.sent_to)
        word, tone = form_badge(texts, form, today)
        head = line(Words(whom[:1].upper() + whom[1:]), Badge(word, tone), gap=8)
        head.setStretch(0, 1)
        said = form_history(texts, form)
        body = column(head, Muted(said), gap=2)
        if form.state not in FORM_ENDS:
            body.addWidget(self._day(form))
            body.addLayout(self._links(form))
        return Row(holding(body), first=first, name=f"{whom}, {word}, {said}")

    def _day(self, form: FormRow) -> FieldFrame:
        """The day it was received, came back or was answered: today unless another is written."""
        context, label = self._context, self._context.texts.say("Day of the change")
        field = DateField(context.texts, ReadDay(context.clock, field="on"), f"{label}: {form.sent_to}")
        field.set_day(context.clock.today())
        self.days[form.id] = FieldFrame(context.texts, label, field)
        return self.days[form.id]

    def _links(self, form: FormRow) -> FlowLayout:
        texts = self._context.texts
        words = {
            FormState.BACK: texts.say("It is back"),
            FormState.WAITING: texts.say("It has been received"),
            FormState.DECLINED: texts.say("The answer was no"),
            FormState.LOST: texts.say("It is lost"),
        }
        links = FlowLayout(gap=12)
        for state, said in words.items():
            if state in NEXT_FORM_STATES[form.state]:
                link = Link(said, form.sent_to)
                link.clicked.connect(partial(self._on_moved, form.id, state))
                links.addWidget(link)
        return links

    # --- slots and internals ---

    def _put_away(self) -> None:
        self.sending.hide()
        self.buttons.show()
        self.problem.tell("")

    def _on_send(self) -> None:
        self.problem.tell("")
        self.buttons.hide()
        self.sending.ask(self._case)
        self.unfolded.emit(self.sending)

    def _on_sent(self, printed: bool) -> None:
        texts = self._context.texts
        self._put_away()
        self._context.messages.info(texts.say("The form is printed and noted as sent.") if printed else texts.say("The form is noted as sent."))
        self.send.setFocus()

    def _on_moved(self, form_id: int, state: FormState, _checked: bool = False) -> None:
        frame = self.days[form_id]
        try:
            consent.move_form(self._context.store, form_id, state, frame.field.the_day())
        except Refused as refused:
            frame.tell(self._context.texts.problems(refused.problems))
            frame.field.line.setFocus()
            return
        frame.tell("")
        # The next change is another day's.
        frame.field.line.setModified(False)
        frame.field.set_day(self._context.clock.today())
        if state is FormState.BACK:
            # What it says is registered at once, while the paper is in the hand.
            self.came_back.emit(form_id)
        else:
            self.send.setFocus()

    def _on_information(self) -> None:
        self._print(Wanted(PaperKind.INFORMATION, Reader(ReaderKind.PARTICIPANT, case_id=self._case.id)))

    def _on_blank(self) -> None:
        self._print(Wanted(PaperKind.CONSENT, ANYBODY))

    def _print(self, wanted: Wanted) -> None:
        language = self._context.store.read(settings_queries.paper_language)
        self.problem.tell(print_paper(self._context, wanted, language, self.window()))


class SendingForm(QWidget):
    """To whom, when, in which language; and the form itself, printed. `sent(bool)`: whether it was printed too."""

    sent = Signal(bool)
    cancelled = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._case: CaseRow | None = None
        texts = context.texts
        self.sent_to = QLineEdit()
        self.sent_on = DateField(texts, ReadDay(context.clock), texts.say("Sent"))
        self.language = ChoiceField(consent_papers.form_languages(), texts.say("Language of the form"))
        self.printed = QCheckBox(texts.say("Print the form now, filled in"))
        self.printed.setAccessibleName(self.printed.text())
        self.form = Form(texts)
        self.form.add("sent_to", texts.say("To whom"), self.sent_to)
        self.form.add("sent_on", texts.say("Sent"), self.sent_on)
        self.form.add("language", texts.say("Language of the form"), self.language)
        self.by_hand = Words(texts.say("Protected identity: give the form from hand to hand. Send no letter."))
        self.by_hand.set_ink(Tone.AMBER)
        self.confirm = KeyButton(texts.say("Note it as sent"), kind="primary")
        self.cancel = KeyButton(texts.name("button", "Cancel"), shows="Esc")
        self.setLayout(column(self.by_hand, self.form, self.printed, line(self.confirm, self.cancel, None), gap=12))
        self.confirm.clicked.connect(self._on_confirmed)
        self.cancel.clicked.connect(self.cancelled)
        self.sent_to.returnPressed.connect(self._on_confirmed)

    def ask(self, case: CaseRow) -> None:
        """Open it for a case."""
        self._case = case
        self.by_hand.setVisible(case.is_protected)
        self.sent_to.setText(case.full_name)
        self.sent_on.set_day(self._context.clock.today())
        self.language.set_value(self._context.store.read(settings_queries.paper_language))
        self.printed.setChecked(True)
        self.form.clear_problems()
        self.show()
        self.sent_to.setFocus()
        self.sent_to.selectAll()

    def _on_confirmed(self) -> None:
        context, language = self._context, self.language.value
        problems = problems_with_sending(self.sent_to.text(), self.sent_on.day, context.clock.today())
        self.form.show_problems(problems)
        if problems:
            # Before anything comes out of the printer.
            return
        if self.printed.isChecked():
            wanted = Wanted(PaperKind.CONSENT, Reader(ReaderKind.PARTICIPANT, case_id=self._case.id))
            problem = print_paper(context, wanted, language, self.window())
            if problem:
                self.form.frame("language").tell(problem)
                return
        try:
            version = consent_papers.current_version()
            consent.send_form(context.store, self._case.id, self.sent_to.text(), language, version, self.sent_on.day)
        except Refused as refused:
            self.form.show_problems(refused.problems)
            return
        self.sent.emit(self.printed.isChecked())
