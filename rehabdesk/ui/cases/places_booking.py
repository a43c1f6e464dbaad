"""The rounds a case could be given a place in at once: each with what stands in the way, or what else she is booked for, said before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.problems import Refused
from rehabdesk.services.prerehab import proposals
from rehabdesk.services.prerehab.claiming import Passed
from rehabdesk.services.prerehab.proposals import OpenRound
from rehabdesk.ui.parts.basics import Badge, KeyButton, Link, Muted, Row, Words
from rehabdesk.ui.parts.form_draft import FormDraft
from rehabdesk.ui.parts.forms import FieldProblem
from rehabdesk.ui.parts.layouts import clear, column, holding, line
from rehabdesk.ui.parts.tokens import PAD, Tone
from rehabdesk.ui.prerehab.passed_reasons import PassedReasons
from rehabdesk.ui.prerehab.waiting_words import span_words
from rehabdesk.ui.shell.context import Context

#: Gives a case a place in a round (case, round, reasons for those who are passed over); returns the id of the claim.
Book = Callable[[int, int, Mapping[int, Passed]], int]


class OpenRounds(QWidget):
    """A line for each round that has not ended. `unfolded(QWidget)` when reasons are asked for, `booked(title)` when it is done."""

    unfolded = Signal(QWidget)
    booked = Signal(str)

    def __init__(self, context: Context, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context, self._book = context, book
        self._case_id: int | None = None
        self._shown: object = None
        self._wanted: OpenRound | None = None
        texts = context.texts
        self._rows = column(gap=0)
        self.nothing = Muted(texts.say("No round is planned."))
        self.passed = PassedReasons(texts)
        self._draft = FormDraft(context.store, context.flushes, {"passed": self.passed.kept}, self)
        self.problem = FieldProblem()
        self.confirm = KeyButton(texts.say("Book the place"), "Ctrl+Return", kind="primary")
        self.cancel = KeyButton(texts.name("button", "Cancel"), shows="Esc")
        self._asking = holding(column(self.passed, line(self.confirm, self.cancel, None), gap=12))
        self._asking.hide()
        below = column(self.nothing, self.problem, self._asking, gap=8)
        below.setContentsMargins(PAD, 8, PAD, 8)
        self.setLayout(column(self._rows, below, gap=0))
        self.confirm.clicked.connect(self._on_confirmed)
        self.cancel.clicked.connect(self.step_back)

    def show_case(self, case_id: int) -> bool:
        """Ask what this case could have; whether there is any round at all."""
        if case_id != self._case_id:
            self._case_id = case_id
            self.step_back()
            self.problem.tell("")
        found = self._context.store.read(proposals.open_places, case_id, self._context.clock.today())
        self.nothing.setVisible(not found)
        if (case_id, found) != self._shown:
            self._shown = (case_id, found)
            clear(self._rows)
            for place, one in enumerate(found):
                self._rows.addWidget(self._line(one, first=place == 0))
        return bool(found)

    def step_back(self) -> bool:
        """Put the reasons away, half written ones are kept; False when they are not asked for."""
        was_asking = not self._asking.isHidden()
        self._asking.hide()
        self._draft.close()
        self.passed.ask(())
        self._wanted = None
        return was_asking

    # --- slots and internals ---

    def _line(self, one: OpenRound, *, first: bool) -> Row:
        texts = self._context.texts
        free = texts.count("{n} free place", "{n} free places", one.sum.free) if one.sum.free else texts.name("round", "full")
        today = self._context.clock.today()
        days = span_words(texts, one.starts_on, one.ends_on, today) if one.starts_on else texts.say("until {day}", day=texts.short_day(one.ends_on))
        # One reason is enough for a place that cannot be had; clashes are all told.
        why = texts.problem(one.problems[0]) if one.problems else ""
        about = Muted(f"{days}. {why}" if why else days)
        title, warned = Words(one.title), Words(texts.problems(one.warnings))
        warned.set_ink(Tone.AMBER)
        # Shown before it has a parent it would be a window of its own for a moment, and take the focus.
        if not one.warnings:
            warned.hide()
        title.setEnabled(one.is_open)
        about.setEnabled(one.is_open)
        books = Link(texts.name("button", "Book"), one.title)
        if not one.is_open:
            books.hide()
        books.clicked.connect(partial(self._on_wanted, one))
        badge = Badge(free, Tone.GREEN if one.is_open else Tone.NEUTRAL)
        told = ", ".join(part for part in (one.title, free, days, why, warned.text()) if part)
        row = Row(column(title, about, warned, gap=2), badge, books, first=first, name=told)
        row.layout().setStretch(0, 1)
        return row

    def _on_wanted(self, one: OpenRound) -> None:
        self.step_back()
        self._wanted = one
        self._draft.open(f"book-at-once:{self._case_id}:{one.round_id}")
        self._on_confirmed()

    def _on_confirmed(self) -> None:
        one = self._wanted
        if one is None or self._case_id is None:
            return
        try:
            self._book(self._case_id, one.round_id, self.passed.passed)
        except Refused as refused:
            rest = self.passed.show_problems(refused.problems)
            self._asking.setVisible(self.passed.is_asking)
            self.problem.tell(self._context.texts.problems(rest))
            if self.passed.is_asking:
                self.unfolded.emit(self._asking)
                self.passed.focus_first()
            return
        self.problem.tell("")
        self._draft.forget()
        self.step_back()
        self.booked.emit(one.title)
