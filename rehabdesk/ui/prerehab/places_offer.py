"""The pane of a free place: who is next on the list and why, who would be passed over, and the place offered or booked at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from rehabdesk.domain.prerehab import PassOverReason
from rehabdesk.domain.problems import Problem
from rehabdesk.services.prerehab import bookings, offers, proposals
from rehabdesk.store.queries.prerehab.claims import ClaimRow
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import Heading, KeyButton, Link, Words
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.form_draft import FormDraft
from rehabdesk.ui.parts.forms import DateField, Form
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.table import Table
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.prerehab.passed_reasons import PassedReasons
from rehabdesk.ui.prerehab.places_desk import PlacesDesk
from rehabdesk.ui.prerehab.places_rows import PlaceLine, Stretch
from rehabdesk.ui.prerehab.places_words import place_words
from rehabdesk.ui.prerehab.waiting_fields import CaseField
from rehabdesk.ui.prerehab.who import who
from rehabdesk.ui.shell.context import Target

#: As high as so many people on the list, at 14 px text; more are scrolled to.
LIST_HEIGHT = 246


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who waits: her place on the list, and the plain reason for which this place is not hers, if there is one."""

    row: ClaimRow
    place: int
    reason: PassOverReason | None
    is_next: bool

    @property
    def id(self) -> int:
        """Her claim's."""
        return self.row.id

    @property
    def who(self) -> str:
        """The case and the name; under protected identity the number alone."""
        return who(self.row.case_number, self.row.participant_name, self.row.is_protected)


def candidate_columns(texts: Texts) -> tuple[Column, ...]:
    """Place on the list, who (and when she asked), and whether the place is hers to have."""

    def place(one: Candidate) -> str:
        return str(one.place)

    def who(one: Candidate) -> str:
        return one.who

    def asked(one: Candidate) -> str:
        return texts.say("{who}, asked {day}", who=one.who, day=one.row.asked_on)

    def why(one: Candidate) -> str:
        return texts.term(one.reason) if one.reason is not None else standing(one)

    short = {
        PassOverReason.NOT_READY: texts.name("readiness", "not ready yet"),
        PassOverReason.CLASH: texts.say("booked elsewhere"),
        PassOverReason.NO_ANSWER: texts.say("did not answer before"),
    }

    def standing(one: Candidate) -> str:
        if one.reason is not None:
            return short.get(one.reason) or texts.term(one.reason)
        return texts.name("on the list", "next") if one.is_next else texts.say("can be offered it")

    def tone(one: Candidate) -> Tone | None:
        return Tone.ACCENT if one.is_next else None

    def is_passed(one: Candidate) -> bool:
        return one.reason is not None

    return (
        Column("place", texts.name("column", "No."), place, sortable=False, align_right=True),
        Column("who", texts.name("column", "Who"), who, sortable=False, stretch=True, muted=is_passed, tooltip=asked, accessible=asked),
        Column(
            "standing", texts.name("column", "Standing"), standing, sortable=False, stretch=True, tone=tone, muted=is_passed,
            tooltip=why, accessible=why,
        ),
    )


class OfferPane(QWidget):
    """`given(case)` when a case has got a place."""

    given = Signal(int)

    def __init__(self, desk: PlacesDesk) -> None:
        super().__init__()
        self.setProperty("part", "clear")
        self._desk, self._texts = desk, desk.context.texts
        #: The number of the place; None for an extra one. And what is shown of it, to see when it is another.
        self._number: int | None = None
        self._shown: object = None
        self._candidates: tuple[Candidate, ...] = ()
        self._proposed: int | None = None
        self._build()
        self._listen()

    def show_place(self, line: PlaceLine, stretch: Stretch) -> None:
        """A free place: from its first day, to whoever is next."""
        texts = self._texts
        self.title.setText(texts.say("{place} is free", place=place_words(texts, line.place)))
        self._begin(line.id, self._desk.first_day(stretch.from_on))

    def show_extra(self) -> None:
        """A place past the limit of the round."""
        self.title.setText(self._texts.say("An extra place"))
        self._begin(None, self._desk.first_day(self._desk.row.starts_on))

    def focus_first(self) -> None:
        """The list; or where somebody outside it is written, or why there is an extra place."""
        if self._number is None and not self.reason.text():
            self.reason.setFocus()
        elif not self.case_frame.isHidden():
            self.case.setFocus()
        elif not self._candidates:
            self.to_list.setFocus()
        else:
            self.table.setFocus()

    def step_back(self) -> bool:
        """Put away the field for somebody outside the list; False when it is not open."""
        was_open = not self.case_frame.isHidden()
        if was_open:
            self._choose_outside(False)
        return was_open

    def offer(self) -> None:
        """Offer the place to whoever is chosen."""
        chosen = self._chosen
        if chosen is None:
            self.form.show_problems((Problem("places.nobody_chosen"),))
            return
        given = {**self._terms(), "answer_by": self.answer_by.day}
        sentence = self._texts.say("{case} is offered the place.", case=chosen.row.case_number)
        if self._number is None:
            verb, kept = offers.offer_extra, (chosen.id, self._desk.row.id, self.reason.text())
        else:
            verb, kept = offers.offer, (chosen.id, self._desk.row.id)
            given["place_number"] = self._number
        self._do(verb, chosen.row.case_id, sentence, *kept, **given)

    def book(self) -> None:
        """Give the place to whoever is chosen, who has said yes already; or to somebody who is not on the list."""
        outside, chosen, row = not self.case_frame.isHidden(), self._chosen, self._desk.row
        case_id = self.case.chosen if outside else chosen.row.case_id if chosen is not None else None
        if case_id is None:
            self.form.show_problems((Problem("places.nobody_chosen", "case" if outside else None),))
            return
        called = self.case.words if outside else chosen.row.case_number
        given = self._terms()
        if self._number is None:
            verb, kept = bookings.book_extra, (case_id, row.id, self.reason.text())
        else:
            verb, kept = bookings.book, (case_id, row.id)
            given["place_number"] = self._number
        self._do(verb, case_id, self._texts.say("{case} is booked on the place.", case=called), *kept, **given)

    # --- building ---

    def _build(self) -> None:
        context, texts = self._desk.context, self._texts
        self.title, self.why = Heading(), Words()
        self.table = Table(context.theme, candidate_columns(texts), texts.say("Who waits"))
        self.table.setSortingEnabled(False)
        self.table.set_empty(texts.say("Nobody waits for this programme."), texts.say("Register people on the list, or book somebody who is not on it."))
        self.table.setMinimumHeight(context.theme.px(LIST_HEIGHT))
        self.table.setMaximumHeight(context.theme.px(LIST_HEIGHT))
        self.clashes = Words(ink=Tone.AMBER)
        self.case = CaseField(context)
        self.reason = QLineEdit()
        self.starts_on = DateField(texts, ReadDay(context.clock, prefer_future=True, field="starts_on"))
        self.answer_by = DateField(texts, ReadDay(context.clock, prefer_future=True, field="answer_by"))
        self.form = Form(texts)
        self.case_frame = self.form.add("case", texts.say("Somebody who is not on the list"), self.case)
        self.form.add("reason", texts.say("Why an extra place; it stands in the report"), self.reason)
        self.form.add("starts_on", texts.say("First day"), self.starts_on)
        self.form.add("answer_by", texts.say("Answer by"), self.answer_by)
        for field in (self.starts_on, self.answer_by):
            field.line.setMinimumWidth(context.theme.px(150))
        self.passed = PassedReasons(texts)
        self.main_button = KeyButton(texts.name("button", "Offer"), "Ctrl+Return", kind="primary")
        self.book_button = KeyButton(texts.say("Has said yes already"))
        self.outside, self.to_list = Link(texts.say("Somebody who is not on the list")), Link(texts.say("To the waiting list"))
        buttons = FlowLayout()
        for button in (self.main_button, self.book_button, self.outside, self.to_list):
            buttons.addWidget(button)
        self._draft = FormDraft(context.store, context.flushes, {"reason": self.reason}, self)
        self._passed_draft = FormDraft(context.store, context.flushes, {"passed": self.passed.kept}, self)
        self.setLayout(column(
            self.title, self.why, self.table, self.clashes, self.form, self.passed, holding(buttons), gap=12,
        ))  # fmt: skip

    def _listen(self) -> None:
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_opened)
        self.case.picked.connect(self._on_case)
        self.main_button.clicked.connect(self._on_main)
        self.book_button.clicked.connect(self.book)
        self.outside.clicked.connect(self._on_outside)
        self.to_list.clicked.connect(self._on_to_list)

    # --- internals ---

    @property
    def _chosen(self) -> Candidate | None:
        return self.table.current_row

    def _reasons_told(self) -> tuple[Problem, ...]:
        """Why she is next; or, for an extra place, that there is an ordinary one."""
        if self._number is not None:
            return (self._desk.proposal.why,)
        free = self._desk.free
        return (Problem("claim.extra_not_needed", "reason", {"number": free[0][0]}),) if free else ()

    def _terms(self) -> dict[str, object]:
        return {"starts_on": self.starts_on.day, "passed": self.passed.passed}

    def _begin(self, number: int | None, start: date) -> None:
        """Another place is another form; the same one, read again, keeps what is chosen and typed."""
        key = (self._desk.row.id, number, start)
        fresh, self._shown, self._number = key != self._shown, key, number
        # Whoever was chosen by hand stays so while she waits; a proposal follows the list.
        before = self._chosen.id if self._chosen is not None else None
        self._candidates = candidates(self._desk, start)
        follows = fresh or before == self._proposed or before not in {one.id for one in self._candidates}
        self.table.set_rows(self._candidates)
        if fresh:
            self._draft.close()
            # Why people are passed over is written for the round, whichever of its places is looked at meanwhile.
            self.passed.ask(())
            self._passed_draft.open(f"passed-over:{self._desk.row.id}")
            self.form.clear_problems()
            self._choose_outside(False)
            self.form.frame("reason").setVisible(number is None)
            self.starts_on.set_day(start)
            self.answer_by.set_day(self._desk.answer_by(start))
            if number is None:
                self._draft.open(f"extra-place:{self._desk.row.id}")
            else:
                self.reason.clear()
        following = next((one.id for one in self._candidates if one.is_next), None)
        if following is not None and follows:
            self.table.choose(following)
        self._proposed = following
        self._tell()

    def _tell(self) -> None:
        """Why her, what else she is booked for, and whose reasons are asked."""
        desk, texts, chosen = self._desk, self._texts, self._chosen
        outside = not self.case_frame.isHidden()
        self.why.setText(texts.problems(self._reasons_told()))
        self.why.setVisible(bool(self.why.text()) and not outside)
        case_id = self.case.chosen if outside else chosen.row.case_id if chosen is not None else None
        start = self.starts_on.day or desk.row.starts_on
        found = desk.context.store.read(proposals.clashes, case_id, desk.row.id, start, desk.today) if case_id is not None else ()
        self.clashes.setText(texts.problems(found))
        self.clashes.setVisible(bool(found))
        before = [one for one in self._candidates if outside or chosen is not None and one.place < chosen.place]
        self.passed.ask([(one.id, one.who) for one in before if one.reason is None] if case_id is not None else [])
        self.main_button.set_words(texts.name("button", "Book") if outside else texts.name("button", "Offer"))
        self.book_button.setVisible(not outside)
        self.outside.set_words(texts.say("Choose from the list") if outside else texts.say("Somebody who is not on the list"))

    def _do(self, verb: Callable[..., object], case_id: int, sentence: str, *args: object, **kwargs: object) -> None:
        problems = self._desk.attempt(verb, sentence, *args, **kwargs)
        names = {one.id: one.who for one in self._candidates}
        rest = self.passed.show_problems(problems, names)
        self.form.show_problems(rest)
        if not problems:
            self.passed.clear()
            self._passed_draft.forget()
            self._draft.forget()
            self._shown = None
            self.given.emit(case_id)

    def _choose_outside(self, outside: bool) -> None:
        self.case_frame.setVisible(outside)
        self.table.setVisible(not outside)
        self.form.frame("answer_by").setVisible(not outside)
        if outside:
            self.case.show_words("")
            self.case.refresh(without={one.row.case_id for one in self._candidates})
        self._tell()

    def _on_main(self) -> None:
        """Whoever waits is offered the place; somebody who is not on the list cannot be, and is booked."""
        self.offer() if self.case_frame.isHidden() else self.book()

    def _on_outside(self) -> None:
        self._choose_outside(self.case_frame.isHidden())
        (self.table if self.case_frame.isHidden() else self.case).setFocus()

    def _on_to_list(self) -> None:
        self._desk.context.navigate(Target("prerehab", "programme", self._desk.row.programme_id, "waiting"))

    def _on_case(self, _case_id: object) -> None:
        self._tell()

    def _on_chosen(self, _row: object) -> None:
        if self._desk.row is not None:
            self._tell()

    def _on_opened(self, _row: object) -> None:
        if self.passed.is_asking and len(self.passed.passed) == 0:
            self.passed.focus_first()
        else:
            self.offer()


def candidates(desk: PlacesDesk, start: date) -> tuple[Candidate, ...]:
    """Everybody on the list in its order, with the plain reason of each for not getting a place from this day."""
    waiters = {waiter.booking_id: waiter for waiter in desk.waiters(start)}
    found: list[Candidate] = []
    has_next = False
    for place, row in enumerate(desk.waiting(), start=1):
        reason = waiters[row.id].reason(start) if row.id in waiters else None
        found.append(Candidate(row, place, reason, reason is None and not has_next))
        has_next = has_next or reason is None
    return tuple(found)
