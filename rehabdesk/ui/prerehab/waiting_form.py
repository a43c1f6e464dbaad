"""Registering somebody on a programme's list, and changing what stands there about her."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services.prerehab import waiting_list
from rehabdesk.services.prerehab.waiting_list import Registration
from rehabdesk.store.queries.prerehab import claims as queries
from rehabdesk.store.queries.prerehab.claims import ClaimRow
from rehabdesk.ui.parts.basics import Card, KeyButton
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.form_draft import FormDraft
from rehabdesk.ui.parts.forms import ChoiceField, DateField, Form
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding
from rehabdesk.ui.parts.narrow import keep_narrow
from rehabdesk.ui.prerehab.waiting_fields import DAY_WIDTH, CaseField, ReferrerField
from rehabdesk.ui.shell.context import Context


class RegistrationForm(Card):
    """`ended(booking_id | None)` when she is registered, what stands about her is changed, or the form is put away.

    On a list the case is sought; inside a case (`inside_case`) it is that one, and the programme is chosen. What is written and
    not sent is kept in the vault.
    """

    ended = Signal(object)

    def __init__(self, context: Context, *, inside_case: bool, parent: QWidget | None = None) -> None:
        super().__init__(context.texts.say("On the waiting list"), parent=parent)
        self._context, self._inside_case = context, inside_case
        self._programme_id: int | None = None
        self._case_id: int | None = None
        self._claim: ClaimRow | None = None
        self._keeps_referrer = False
        self._kept: tuple[int | None, str] = (None, "")
        self.setProperty("form_in_sight", True)
        if inside_case:
            # It stands in a card already.
            self.setProperty("part", "clear")
        self._build()
        fields = {"case": self.case.line, "asked_on": self.asked_on, "referrer": self.referrer.line, "need": self.need,
                  "ready": self.ready, "ready_from": self.ready_from}  # fmt: skip
        if inside_case:
            fields |= {"programme": self.programme}
            del fields["case"]
        self._draft = FormDraft(context.store, context.flushes, fields, self)
        self.hide()

    @property
    def claim(self) -> ClaimRow | None:
        """The claim that is changed; None while somebody is registered."""
        return self._claim

    def register(self, programme_id: int | None, case_id: int | None = None, without: frozenset[int] = frozenset()) -> None:
        """A form for one more on this list, with what was written in it before; `without` the cases that are there already."""
        texts = self._context.texts
        self._begin(None, texts.say("On the waiting list"), texts.say("Register"))
        self._programme_id, self._case_id = programme_id, case_id
        self.form.frame("case_id").setVisible(not self._inside_case)
        self.form.frame("programme_id").setVisible(self._inside_case)
        self.case.refresh(without)
        self.form.frame("referrer").show()
        self._show(self._context.clock.today(), True, None)
        self._open_draft(f"waiting:{programme_id}" if case_id is None else f"waiting-case:{case_id}", "", "")

    def offer_programmes(self, programmes: list[tuple[int, str]]) -> None:
        """The lists she may be put on, inside a case."""
        self.programme.set_choices(programmes)
        if self.programme.value is None and programmes:
            self.programme.set_value(programmes[0][0])

    def change(self, claim: ClaimRow) -> None:
        """A form with what stands about a claim."""
        texts = self._context.texts
        self._begin(claim, texts.say("Change {case}", case=claim.case_number), texts.name("button", "Change"))
        whole = self._context.store.read(queries.claim, claim.id, self._context.clock.today()) or claim
        # A list does not tell who asked where that party is sensitive: there it stays as it is.
        self._kept = (whole.referrer_party_id, whole.referrer_text)
        self._keeps_referrer = whole.referrer_party_id != claim.referrer_party_id
        for key in ("case_id", "programme_id"):
            self.form.frame(key).hide()
        self.form.frame("referrer").setVisible(not self._keeps_referrer)
        self._show(claim.asked_on, claim.is_ready, claim.ready_from)
        # What was written inside the case may name a party that the list does not: each has a draft of its own.
        form = f"{'waiting-claim-of-case' if self._inside_case else 'waiting-claim'}:{claim.id}"
        self._open_draft(form, self.referrer.words_of(claim.referrer_party_id) or claim.referrer_text, claim.need)

    def focus_first(self) -> None:
        """Put the keyboard in the first field that is shown."""
        frames = (self.form.frame(key) for key in ("case_id", "programme_id", "asked_on"))
        first = next(frame.field for frame in frames if not frame.isHidden())
        getattr(first, "line", first).setFocus()

    def step_back(self) -> bool:
        """Put the form away, keeping what is written; False when it was not open."""
        was_open = not self.isHidden()
        if was_open:
            self._put_away(None)
        return was_open

    # --- building ---

    def _build(self) -> None:
        context, texts = self._context, self._context.texts
        self.case = CaseField(context)
        self.programme = ChoiceField((), texts.say("Programme"))
        self.asked_on = DateField(texts, ReadDay(context.clock), texts.say("Asked on"))
        self.referrer = ReferrerField(context, inside_case=self._inside_case)
        self.need = QLineEdit()
        readiness = [(True, texts.name("readiness", "ready")), (False, texts.name("readiness", "suitable but not ready yet"))]
        self.ready = keep_narrow(ChoiceField(readiness, texts.say("Readiness")))
        self.ready_from = DateField(texts, ReadDay(context.clock, prefer_future=True), texts.say("Ready from"))
        for field in (self.asked_on, self.ready_from):
            field.line.setMinimumWidth(context.theme.px(DAY_WIDTH))
        self.form = Form(texts)
        self.form.add("case_id", texts.name("column", "Case"), self.case)
        self.form.add("programme_id", texts.say("Programme"), self.programme)
        self.form.add("asked_on", texts.say("Asked on"), self.asked_on)
        self.form.add("referrer", texts.say("Referred by"), self.referrer)
        self.form.add("need", texts.say("The need in short"), self.need, texts.say("No diagnosis. What the programme is to help with."))
        self.form.add("is_ready", texts.say("Readiness"), self.ready)
        self.form.add("ready_from", texts.say("Ready from, if that is known"), self.ready_from)
        self.confirm = KeyButton(texts.say("Register"), "Ctrl+Return", kind="primary")
        self.cancel = KeyButton(texts.name("button", "Cancel"), shows="Esc")
        buttons = FlowLayout()
        for button in (self.confirm, self.cancel):
            buttons.addWidget(button)
        self.add(column(self.form, holding(buttons), gap=16))
        self.ready.changed.connect(self._on_ready)
        self.confirm.clicked.connect(self._on_confirmed)
        self.cancel.clicked.connect(self.step_back)

    # --- slots and internals ---

    def _begin(self, claim: ClaimRow | None, title: str, verb: str) -> None:
        self._draft.close()
        self._claim = claim
        self.heading.setText(title)
        self.setAccessibleName(title)
        self.confirm.set_words(verb)
        self.referrer.refresh()
        self.form.clear_problems()

    def _show(self, asked_on: date, is_ready: bool, ready_from: date | None) -> None:
        for field, day in ((self.asked_on, asked_on), (self.ready_from, ready_from)):
            field.write("")
            field.set_day(day)
        self.ready.set_value(is_ready)

    def _open_draft(self, form: str, referrer: str, need: str) -> None:
        self.case.clear()
        self._draft.open(form, {"referrer": referrer, "need": need})
        self._on_ready(None)
        self.show()
        self.focus_first()

    def _on_ready(self, _ready: object) -> None:
        self.form.frame("ready_from").setVisible(not self.ready.value)

    def _on_confirmed(self) -> None:
        unreadable = next((field for field in (self.asked_on, self.ready_from) if not field.readable and field.isVisibleTo(self)), None)
        if unreadable is not None:
            unreadable.line.setFocus()
            return
        try:
            booking_id = self._sent()
        except Refused as refused:
            # The party and the words about who asked are one field here.
            fields = {"referrer_party_id": "referrer", "programme": "programme_id"}
            self.form.show_problems(each._replace(field=fields.get(each.field, each.field)) for each in refused.problems)
            return
        self._draft.forget()
        self._put_away(booking_id)

    def _sent(self) -> int:
        store = self._context.store
        if self._claim is not None:
            waiting_list.change_registration(store, self._claim.id, self._registration())
            return self._claim.id
        case_id = self._case_id if self._inside_case else self.case.chosen
        programme_id = self.programme.value if self._inside_case else self._programme_id
        if case_id is None:
            raise Refused(Problem("waiting.case_missing", "case_id"))
        if programme_id is None:
            raise Refused(Problem("waiting.programme_missing", "programme_id"))
        return waiting_list.register(store, programme_id, case_id, self._registration())

    def _registration(self) -> Registration:
        party_id, words = self.referrer.chosen, self.referrer.words
        if self._claim is not None and (self._keeps_referrer or party_id == self._kept[0] is not None):
            party_id, words = self._kept
        elif party_id is not None:
            words = ""
        is_ready = bool(self.ready.value)
        return Registration(self.asked_on.day, party_id, words, self.need.text(), is_ready, None if is_ready else self.ready_from.day)

    def _put_away(self, booking_id: int | None) -> None:
        self._draft.close()
        self.hide()
        self.ended.emit(booking_id)
