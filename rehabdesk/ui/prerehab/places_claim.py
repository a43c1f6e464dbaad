"""The pane of a claim on a place: where it stands, and what can be done about it, each by a button and by its letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from rehabdesk.domain.prerehab import BookingState, BreakOffReason
from rehabdesk.domain.problems import Problem
from rehabdesk.services.prerehab import bookings, corrections, offers
from rehabdesk.store.queries.prerehab.claims import ClaimRow
from rehabdesk.store.queries.prerehab.places import SpanRow
from rehabdesk.ui.parts.basics import Badge, KeyButton, Link, Muted, Words
from rehabdesk.ui.parts.days import ReadDay, ReadPastDay
from rehabdesk.ui.parts.forms import ChoiceField, DateField, FieldProblem
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding, line
from rehabdesk.ui.prerehab.places_break_off import BreakOffForm
from rehabdesk.ui.prerehab.places_desk import PlacesDesk
from rehabdesk.ui.prerehab.places_rows import PlaceLine
from rehabdesk.ui.prerehab.places_verb_form import VerbForm
from rehabdesk.ui.prerehab.places_words import claim_facts, claim_sign, claim_state, claim_tone
from rehabdesk.ui.prerehab.who import who
from rehabdesk.ui.shell.context import Target

_OFFERED, _ACCEPTED, _STARTED, _COMPLETED, _BROKEN_OFF = (
    frozenset({state})
    for state in (BookingState.OFFERED, BookingState.ACCEPTED, BookingState.STARTED, BookingState.COMPLETED, BookingState.BROKEN_OFF)
)


@dataclass(frozen=True, slots=True)
class Verb:
    """What can be done about a claim in some states: the letter that does it in the grid, its words, and the doing."""

    letter: str
    words: str
    states: frozenset[BookingState]
    do: Callable[[], None]
    only_expired: bool = False

    def fits(self, claim: SpanRow) -> bool:
        """Whether it can be done now."""
        return claim.state in self.states and (claim.is_expired or not self.only_expired)


class ClaimPane(QWidget):
    """`free_wanted` when the place of an expired offer is to be offered to somebody else; `left` when the keyboard goes back;
    `typed(letter)` for a letter on one of its buttons, which does there what it does in the grid."""

    free_wanted = Signal()
    left = Signal()
    typed = Signal(str)

    def __init__(self, desk: PlacesDesk) -> None:
        super().__init__()
        self.setProperty("part", "clear")
        self._desk = desk
        self._texts = desk.context.texts
        self._claim: SpanRow | None = None
        self._line: PlaceLine | None = None
        self.who, self.state, self.facts = Words(part="heading"), Badge(), Muted()
        self.problem = FieldProblem()
        self._make_forms()
        self._verbs = self._make_verbs()
        self.buttons: dict[str, KeyButton] = {}
        flow = FlowLayout()
        for place, verb in enumerate(self._verbs):
            button = KeyButton(verb.words, kind="primary" if not place else "plain", shows=verb.letter)
            button.clicked.connect(partial(self._on_verb, verb))
            self.buttons[verb.letter] = button
            flow.addWidget(button)
        offering = self._texts.name("key of a place", "O")
        self.to_another = KeyButton(self._texts.say("Offer the place to somebody else"), kind="link", shows=offering)
        self.to_another.clicked.connect(self.free_wanted)
        self.open_case, self.papers = Link(self._texts.say("Open the case")), Link(self._texts.say("Letters and papers"))
        self.open_case.clicked.connect(self._on_open_case)
        self.papers.clicked.connect(self._on_papers)
        self.nothing = Muted(self._texts.say("There is nothing more to do about this claim."))
        links = FlowLayout()
        for link in (self.to_another, self.open_case, self.papers):
            links.addWidget(link)
        head = line(self.who, self.state)
        head.setStretch(0, 1)
        self.setLayout(column(head, self.facts, holding(flow), self.nothing, *self._forms.values(), self.problem, holding(links), gap=12))

    @property
    def open_form(self) -> VerbForm | None:
        """The form that is open, if any."""
        return next((form for form in self._forms.values() if not form.isHidden()), None)

    def show_claim(self, place: PlaceLine, claim: SpanRow, row: ClaimRow | None) -> None:
        """Show this claim; a form that stands open stays so while it is the same claim in the same state."""
        texts, before = self._texts, self._claim
        if before is None or (before.booking_id, before.state) != (claim.booking_id, claim.state):
            self.close_forms()
            self.problem.tell("")
        self._claim, self._line = claim, place
        self.who.setText(who(claim.case_number, claim.name, claim.is_protected))
        self.state.show_word(f"{claim_sign(claim)} {claim_state(texts, claim)}", claim_tone(claim))
        self.facts.setText(claim_facts(texts, place, claim, row))
        fitting = [verb for verb in self._verbs if verb.fits(claim)]
        for verb in self._verbs:
            self.buttons[verb.letter].setVisible(verb in fitting)
        self.nothing.setVisible(not fitting)
        self.to_another.setVisible(claim.is_expired)

    def press(self, letter: str) -> bool:
        """The letter of a verb; False when it is none that can be done here."""
        verb = next((verb for verb in self._verbs if verb.letter == letter), None)
        if verb is None or self._claim is None or not verb.fits(self._claim):
            return False
        self._on_verb(verb)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The letters that stand on the buttons, while no form is open to write in."""
        held = event.modifiers()
        if held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier) and event.text().isalpha() and self.open_form is None:
            self.typed.emit(event.text().upper())
        else:
            super().keyPressEvent(event)

    def focus_first(self) -> None:
        """The first thing that can be done."""
        shown = [button for button in self.buttons.values() if not button.isHidden()]
        (self.open_form.button if self.open_form else shown[0] if shown else self.open_case).setFocus()

    def close_forms(self) -> bool:
        """Put away the form that is open; False when none is."""
        form = self.open_form
        if form is not None:
            form.close_form()
        return form is not None

    # --- building ---

    def _make_forms(self) -> None:
        texts, context = self._texts, self._desk.context
        clock, width = context.clock, context.theme.px(150)
        self.answer_by = DateField(texts, ReadDay(clock, prefer_future=True, field="answer_by"))
        self.started_on = DateField(texts, ReadPastDay(clock, "starts_on"))
        for field in (self.answer_by, self.started_on):
            field.line.setMinimumWidth(width)
        self.declined, self.taken_back = QLineEdit(), QLineEdit()
        self.number = ChoiceField(())
        self.stop = BreakOffForm(context, texts.say("Has broken off"), self._break_off)
        self.mend = BreakOffForm(context, texts.name("button", "Save the change"), self._mend)
        words = texts.name("button", "Answer noted")
        self._forms = {
            "extend": VerbForm(context, texts.say("Extend the offer"), [("answer_by", texts.say("New last day to answer"), self.answer_by)], self._extend),
            "decline": VerbForm(context, words, [("text", texts.say("In words, if wanted"), self.declined)], self._decline),
            "take_back": VerbForm(context, texts.say("Take the place back"), [("text", texts.say("Why it is taken back"), self.taken_back)], self._take_back),
            "start": VerbForm(context, texts.say("Has started"), [("starts_on", texts.say("First day"), self.started_on)], self._start),
            "stop": self.stop, "mend": self.mend,
            "move": VerbForm(context, texts.say("Change place"), [("place_number", texts.say("To place"), self.number)], self._move),
        }  # fmt: skip
        for form in self._forms.values():
            form.closed.connect(self.left)

    def _make_verbs(self) -> tuple[Verb, ...]:
        texts, name, done = self._texts, self._texts.name, self._done
        both = _OFFERED | _ACCEPTED
        return (
            Verb(name("key of a place", "Y"), texts.say("Has said yes"), _OFFERED, partial(done, offers.accept, texts.say("Has said yes to the place."))),
            Verb(name("key of a place", "S"), texts.say("Has started"), _ACCEPTED, partial(done, bookings.start, texts.say("Noted as started."))),
            Verb(name("key of a place", "C"), texts.say("Has completed"), _STARTED, partial(done, bookings.complete, texts.say("Noted as completed."))),
            Verb(name("key of a place", "N"), texts.say("Has said no"), both, partial(self._open, "decline")),
            Verb(name("key of a place", "D"), texts.say("Started on another day"), _ACCEPTED, partial(self._open, "start")),
            Verb(name("key of a place", "B"), texts.say("Has broken off"), _STARTED, partial(self._open, "stop")),
            Verb(name("key of a place", "X"), texts.say("Extend"), _OFFERED, partial(self._open, "extend")),
            Verb(name("key of a place", "R"), texts.say("Reminded"), _OFFERED, partial(done, offers.remind, texts.say("The reminder is noted."))),
            Verb(name("key of a place", "L"), texts.say("Back to the list"), _OFFERED,
                 partial(done, offers.lapse, texts.say("The offer has lapsed; the claim is back at its place in the list.")), only_expired=True),
            Verb(name("key of a place", "T"), texts.say("Take back"), both, partial(self._open, "take_back")),
            Verb(name("key of a place", "M"), texts.say("Change place"), both | _STARTED, partial(self._open, "move")),
            Verb(name("key of a place", "U"), texts.say("Has not started"), _STARTED,
                 partial(done, corrections.take_back_start, texts.say("Has said yes, and not started."))),
            Verb(name("key of a place", "K"), texts.say("Takes part still"), _COMPLETED | _BROKEN_OFF,
                 partial(done, corrections.resume, texts.say("Takes part until the round ends."))),
            Verb(name("key of a place", "E"), texts.say("Change last day or reason"), _BROKEN_OFF, partial(self._open, "mend")),
        )  # fmt: skip

    # --- what the forms do ---

    def _extend(self) -> tuple[Problem, ...]:
        if self.answer_by.day is None:
            return (Problem("date.not_understood", "answer_by"),)
        return self._attempt(offers.extend, self._texts.say("The offer is extended."), self.answer_by.day)

    def _decline(self) -> tuple[Problem, ...]:
        return self._attempt(offers.decline, self._texts.say("Has said no; the place is free."), self.declined.text())

    def _take_back(self) -> tuple[Problem, ...]:
        sentence = self._texts.say("The place is taken back; the claim is back at its place in the list.")
        return self._attempt(offers.take_back, sentence, self.taken_back.text())

    def _start(self) -> tuple[Problem, ...]:
        if self.started_on.day is None:
            return (Problem("date.not_understood", "starts_on"),)
        return self._attempt(bookings.start, self._texts.say("Noted as started."), self.started_on.day)

    def _break_off(self, last_day: date, reason: BreakOffReason, text: str) -> tuple[Problem, ...]:
        sentence = self._texts.say("Noted as broken off; the place is free from the day after.")
        return self._attempt(bookings.break_off, sentence, last_day, reason, text)

    def _mend(self, last_day: date, reason: BreakOffReason, text: str) -> tuple[Problem, ...]:
        sentence = self._texts.say("Noted as broken off; the place is free from the day after.")
        return self._attempt(corrections.change_break_off, sentence, last_day, reason, text)

    def _move(self) -> tuple[Problem, ...]:
        if self.number.value is None:
            return (Problem("places.number_missing", "place_number"),)
        sentence = self._texts.say("Now on place {number}.", number=self.number.value)
        return self._attempt(bookings.change_place, sentence, self.number.value)

    # --- internals ---

    def _attempt(self, verb: Callable[..., object], sentence: str, *args: object) -> tuple[Problem, ...]:
        return self._desk.attempt(verb, sentence, self._claim.booking_id, *args) if self._claim is not None else ()

    def _done(self, verb: Callable[..., object], sentence: str) -> None:
        self.problem.tell(self._texts.problems(self._attempt(verb, sentence)))
        self.left.emit()

    def _on_verb(self, verb: Verb, _checked: bool = False) -> None:
        self.close_forms()
        self.problem.tell("")
        verb.do()

    def _open(self, name: str) -> None:
        claim, about = self._claim, f"place-{name}:{self._claim.booking_id}"
        day = min(max(self._desk.today, claim.starts_on), claim.ends_on)
        if name == "stop":
            self.stop.begin_new(about, day)
            return
        if name == "mend":
            self.mend.begin_kept(about, self._desk.row_of(claim.booking_id))
            return
        if name == "extend":
            self.answer_by.set_day(self._desk.answer_by(claim.starts_on))
        elif name == "start":
            self.started_on.set_day(day)
        elif name == "move":
            self.number.set_choices([(number, str(number)) for number in self._desk.numbers_free_for(claim)])
            self.number.setCurrentIndex(0)
        self._forms[name].begin(about)

    def _on_open_case(self) -> None:
        self._desk.context.navigate(Target("cases", "case", self._claim.case_id, "places"))

    def _on_papers(self) -> None:
        self._desk.context.navigate(Target("prerehab", "round", self._desk.row.id, "papers"))
