"""What is done with whoever is chosen on the list: moved with a reason, taken off with one, offered a place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from rehabdesk.domain.prerehab import CHOSEN_REASONS, RemovalReason
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services.prerehab import offers, proposals, waiting_list
from rehabdesk.services.prerehab.claiming import Passed
from rehabdesk.store.queries.prerehab import claims as claim_queries
from rehabdesk.store.queries.prerehab import programmes as programme_queries
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import Card, KeyButton, Words
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.form_draft import FormDraft
from rehabdesk.ui.parts.forms import ChoiceField, DateField, Form
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding
from rehabdesk.ui.parts.narrow import keep_narrow
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.prerehab.passed_reasons import PassedReasons, read_by_her
from rehabdesk.ui.prerehab.waiting_fields import DAY_WIDTH
from rehabdesk.ui.prerehab.waiting_model import WaitingLine
from rehabdesk.ui.prerehab.waiting_words import who_words
from rehabdesk.ui.shell.context import Context


class VerbCard(Card):
    """One verb about one claim: `send` does it and says what was done. `ended(sentence)` then, empty when it is put away.

    What is written is kept until it is sent.
    """

    ended = Signal(str)

    def __init__(self, context: Context, title: str, verb: str, send: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self._send = send
        self._context = context
        self._title = title
        self._chosen: WaitingLine | None = None
        self.setProperty("form_in_sight", True)
        self.form = Form(context.texts)
        self.confirm = KeyButton(verb, "Ctrl+Return", kind="primary")
        self.cancel = KeyButton(context.texts.name("button", "Cancel"), shows="Esc")
        self.confirm.clicked.connect(self._on_confirmed)
        self.cancel.clicked.connect(self.step_back)
        self.hide()

    def step_back(self) -> bool:
        """Put it away; False when it was not open."""
        was_open = not self.isHidden()
        if was_open:
            self._put_away("")
        return was_open

    def tell(self, problems: Sequence[Problem]) -> None:
        """Say what is wrong, beside its field."""
        self.form.show_problems(problems)

    # --- internals ---

    def _finish(self, drafted: Mapping[str, QWidget], *more: QWidget) -> None:
        """Lay it out, when the fields are in the form; those that are `drafted` are kept while they are half written."""
        self._draft = FormDraft(self._context.store, self._context.flushes, drafted, self)
        buttons = FlowLayout()
        for button in (self.confirm, self.cancel):
            buttons.addWidget(button)
        self.add(column(self.form, *more, holding(buttons), gap=16))

    def _begin(self, chosen: WaitingLine, kind: str) -> None:
        self._draft.close()
        self._chosen = chosen
        self.heading.setText(f"{self._title}: {who_words(chosen.claim)}")
        self.form.clear_problems()
        self._draft.open(f"{kind}:{chosen.id}")
        self.show()

    def _on_confirmed(self) -> None:
        try:
            said = self._send()
        except Refused as refused:
            self.tell(refused.problems)
            return
        self._draft.forget()
        self._put_away(said)

    def _put_away(self, said: str) -> None:
        self._draft.close()
        self.hide()
        self.ended.emit(said)


class MoveCard(VerbCard):
    """Another place in line, with the reason that those who are passed get on file."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        texts = context.texts
        super().__init__(context, texts.say("Move on the list"), texts.name("button", "Move"), self.send, parent)
        self.place = keep_narrow(ChoiceField((), texts.say("New place on the list")))
        self.reason = keep_narrow(ChoiceField([(reason, texts.term(reason)) for reason in CHOSEN_REASONS], texts.say("Why")))
        self.text = QLineEdit()
        self.form.add("place", texts.say("New place on the list"), self.place, texts.say("Whoever is passed over has the reason on file."))
        self.form.add("reason", texts.say("Why"), self.reason)
        self.form.add("passed", texts.say("In words, where that is needed"), self.text, read_by_her(texts))
        self._finish({"text": self.text, "reason": self.reason})

    def begin(self, chosen: WaitingLine, lines: Sequence[WaitingLine], place: int | None = None) -> None:
        """Ask for the new place, or only why, where the `place` (0 is first) is known."""
        others = [(at, f"{at + 1}. {who_words(one.claim)}") for at, one in enumerate(lines) if one.id != chosen.id]
        self.place.set_choices(others)
        self.place.set_value(place)
        self.reason.set_value(None)
        self._begin(chosen, "waiting-move")
        (self.place if place is None else self.reason).setFocus()

    def send(self) -> str:
        """Move her."""
        missing = [("waiting.place_missing", "place", self.place), ("waiting.reason_missing", "reason", self.reason)]
        problems = [Problem(code, field) for code, field, choice in missing if choice.value is None]
        if problems:
            raise Refused(problems)
        waiting_list.move(self._context.store, self._chosen.id, self.place.value, Passed(self.reason.value, self.text.text()))
        texts = self._context.texts
        return texts.say("{case} is now number {place} on the list.", case=self._chosen.claim.case_number, place=self.place.value + 1)


class RemoveCard(VerbCard):
    """Off the list, with a reason."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        texts = context.texts
        super().__init__(context, texts.say("Take off the list"), texts.say("Take off"), self.send, parent)
        self.reason = keep_narrow(ChoiceField([(reason, texts.term(reason)) for reason in RemovalReason], texts.say("Why")))
        self.text = QLineEdit()
        self.form.add("reason", texts.say("Why"), self.reason)
        self.form.add("text", texts.say("In words, where that is needed"), self.text, read_by_her(texts))
        self._finish({"text": self.text, "reason": self.reason})

    def begin(self, chosen: WaitingLine) -> None:
        """Ask why."""
        self.reason.set_value(None)
        self._begin(chosen, "waiting-remove")
        self.reason.setFocus()

    def send(self) -> str:
        """Take her off."""
        if self.reason.value is None:
            raise Refused(Problem("waiting.reason_missing", "reason"))
        waiting_list.remove(self._context.store, self._chosen.id, self.reason.value, self.text.text())
        return self._context.texts.say("{case} is off the list.", case=self._chosen.claim.case_number)


class OfferCard(VerbCard):
    """A free place in one of the coming rounds, held until a day; and why those before her are passed over."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        texts = context.texts
        super().__init__(context, texts.say("Offer a place"), texts.name("button", "Offer"), self.send, parent)
        self.round = keep_narrow(ChoiceField((), texts.say("Round")))
        self.answer_by = DateField(texts, ReadDay(context.clock, prefer_future=True, field="answer_by"), texts.say("Answer by"))
        self.answer_by.line.setMinimumWidth(context.theme.px(DAY_WIDTH))
        self.clashes = Words()
        self.clashes.set_ink(Tone.AMBER)
        self.clashes.hide()
        self.passed = PassedReasons(texts)
        self.form.add("round", texts.say("Round"), self.round)
        self.form.add("answer_by", texts.say("Answer by"), self.answer_by)
        self._names: dict[int, str] = {}
        self._rounds: dict[int, RoundRow] = {}
        self._finish({"passed": self.passed.kept}, self.clashes, self.passed)
        self.round.changed.connect(self._on_round)

    def begin(self, chosen: WaitingLine, lines: Sequence[WaitingLine], rounds: Sequence[RoundRow]) -> None:
        """Ask which round and until when; the first round with a free place is proposed."""
        texts = self._context.texts
        self._names = {one.id: who_words(one.claim) for one in lines}
        free = [row for row in rounds if row.free]
        self._rounds = {row.id: row for row in free}
        # Its days stand in the card beneath; here there is room for what tells one round from the next.
        words = [(row.id, f"{row.title}, {texts.count('{n} still free', '{n} still free', row.free)}") for row in free]
        self.round.set_choices(words)
        self.round.set_value(free[0].id if free else None)
        self.passed.clear()
        self._begin(chosen, "waiting-offer")
        self._on_round(None)
        self.round.setFocus()

    def send(self) -> str:
        """Offer it; asked about whoever is passed over first."""
        if self.round.value is None:
            raise Refused(Problem("waiting.no_round_free", "round"))
        store, texts, day = self._context.store, self._context.texts, self.answer_by.the_day()
        ran_out = self._ran_out()
        offers.offer(store, self._chosen.id, self.round.value, answer_by=day, passed=self.passed.passed)
        said = texts.say("{case} is offered a place, to be answered by {day}.", case=self._chosen.claim.case_number, day=day)
        back = sorted(ran_out - self._ran_out())
        if back:
            said += " " + texts.say("The offer to {case} had run out: on the list again.", case=texts.listing(back))
        return said

    def tell(self, problems: Sequence[Problem]) -> None:
        """What concerns those who are passed over is asked beneath; the rest beside its field."""
        self.form.show_problems(self.passed.show_problems(problems, self._names))

    def _on_round(self, _round: object) -> None:
        """What else she is booked for on those days is seen before she is offered the place."""
        context = self._context
        row = self._rounds.get(self.round.value)
        if row is not None:
            # In time for the first day, where the round begins soon.
            days = context.store.read(programme_queries.programme, row.programme_id).answer_days
            today = context.clock.today()
            self.answer_by.set_day(max(today, min(today + timedelta(days=days), row.starts_on - timedelta(days=1))))
        found: tuple[Problem, ...] = ()
        if self.round.value is not None and self._chosen is not None:
            found = context.store.read(proposals.clashes, self._chosen.claim.case_id, self.round.value, context.clock.today())
        self.clashes.setText(context.texts.problems(found))
        self.clashes.setVisible(bool(found))

    def _ran_out(self) -> set[str]:
        """The cases whose offer nobody answered in time, by number."""
        rows = self._context.store.read(claim_queries.open_offers, self._context.clock.today())
        return {row.case_number for row in rows if row.is_expired}
