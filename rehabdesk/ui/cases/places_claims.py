"""Her claims on places: where each stands, what she was offered, and whom she was passed over for and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from rehabdesk.domain.attendance import Tally
from rehabdesk.domain.prerehab import BookingState, BreakOffReason
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services.prerehab import corrections, offers
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.prerehab import attendance
from rehabdesk.store.queries.prerehab import claims as queries
from rehabdesk.store.queries.prerehab.claims import ClaimHistory, ClaimRow
from rehabdesk.store.queries.prerehab.waiting import NOTHING
from rehabdesk.ui.parts.basics import Badge, Card, Heading, Link, Muted, Words
from rehabdesk.ui.parts.forms import FieldProblem
from rehabdesk.ui.parts.layouts import FlowLayout, clear, column, holding, line
from rehabdesk.ui.parts.tokens import PAD
from rehabdesk.ui.prerehab.attendance_words import came_words
from rehabdesk.ui.prerehab.places_break_off import BreakOffForm
from rehabdesk.ui.prerehab.waiting_form import RegistrationForm
from rehabdesk.ui.prerehab.waiting_model import WaitingLine
from rehabdesk.ui.prerehab.waiting_verbs import RemoveCard
from rehabdesk.ui.prerehab.waiting_words import day_words, history_lines, readiness, standing_words, state_badge
from rehabdesk.ui.shell.context import Context, Target


class ClaimsCard(Card):
    """All her claims, the latest first; gone where there is none. `unfolded(QWidget)` when something is asked."""

    unfolded = Signal(QWidget)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts.say("Places"), parent=parent)
        self._context = context
        self._shown: object = None
        self._case_id: int | None = None
        self._list = column(gap=0)
        self.form, self.removal = RegistrationForm(context, inside_case=True), RemoveCard(context)
        self.mend = BreakOffForm(context, context.texts.name("button", "Save the change"), self._mend)
        self.mend.layout().setContentsMargins(0, 8, 0, PAD)
        self._mended: ClaimRow | None = None
        self.problem = FieldProblem()
        asked = column(self.problem, self.form, self.removal, self.mend, gap=8)
        asked.setContentsMargins(PAD, 0, PAD, 0)
        self.add(column(self._list, asked, gap=0), padded=False)
        self.form.ended.connect(self._on_changed)
        self.removal.ended.connect(self._on_said)
        self.mend.closed.connect(self.focus_first)

    def show_case(self, row: CaseRow) -> None:
        """Show this case's."""
        store, today = self._context.store, self._context.clock.today()
        if row.id != self._case_id:
            self._case_id = row.id
            self.step_back()
            self.problem.tell("")
        claims = store.read(queries.of_case, row.id, today)
        self.setVisible(bool(claims))
        shares = store.read(attendance.shares_of_case, row.id) if claims else {}
        told = tuple(
            (claim, self._place_in_line(claim), shares.get(claim.id, Tally()), store.read(queries.history, claim.id)) for claim in claims
        )
        if (told, today) == self._shown:
            return
        self._shown = (told, today)
        clear(self._list)
        for at, one in enumerate(told):
            self._list.addWidget(self._claim(*one, first=at == 0))

    def focus_first(self) -> None:
        """Put the keyboard on the first thing that can be done."""
        links = self.findChildren(Link)
        next((link for link in links if link.isVisibleTo(self)), self).setFocus()

    def step_back(self) -> bool:
        """Put away what is asked; False when nothing is."""
        was_mending = not self.mend.isHidden()
        self.mend.close_form()
        return self.form.step_back() or self.removal.step_back() or was_mending

    # --- building ---

    def _claim(self, claim: ClaimRow, place: int, share: Tally, history: ClaimHistory, *, first: bool) -> QWidget:
        context, texts, today = self._context, self._context.texts, self._context.clock.today()
        name, (word, tone) = Heading(claim.programme), state_badge(texts, claim)
        head = line(name, Badge(word, tone), gap=8)
        if claim.state is BookingState.REGISTERED:
            head.addWidget(Badge(*readiness(texts, claim, today)))
        head.setStretch(0, 1)
        said = " ".join(filter(None, (standing_words(texts, claim, place, today), came_words(texts, share))))
        referrer = texts.say("Referred by: {who}.", who=claim.referrer) if claim.referrer else ""
        about = Muted(" ".join(part for part in (referrer, claim.need) if part))
        # Shown before it has a parent it would be a window of its own for a moment, and take the focus.
        if not about.text():
            about.hide()
        buttons = FlowLayout(gap=4)
        for words, act in self._verbs(claim, place):
            link = Link(words, claim.programme)
            link.clicked.connect(act)
            buttons.addWidget(link)
        inside = column(head, Words(said), about, holding(buttons), gap=4)
        for one in history_lines(texts, history):
            day = Muted(day_words(texts, one.on, today), wrap=False)
            day.setMinimumWidth(context.theme.px(56))
            row = line(day, Muted(one.words), gap=8)
            row.setStretch(1, 1)
            inside.addLayout(row)
        inside.setContentsMargins(PAD, 10, PAD, 10)
        block = QFrame()
        block.setProperty("part", "row")
        block.setProperty("first", "true" if first else "false")
        block.setAccessibleName(f"{claim.programme}, {word}. {said}")
        block.setLayout(inside)
        return block

    def _verbs(self, claim: ClaimRow, place: int) -> list[tuple[str, Callable[[], None]]]:
        texts = self._context.texts
        if claim.state is BookingState.REGISTERED:
            waiting = Target("prerehab", "programme", claim.programme_id, "waiting")
            return [
                (texts.name("button", "Change"), partial(self._on_change, claim)),
                (texts.say("Take off"), partial(self._on_remove, claim, place)),
                (texts.say("Open the waiting list"), partial(self._context.navigate, waiting)),
            ]
        found: list[tuple[str, Callable[[], None]]] = []
        if claim.state is BookingState.OFFERED:
            case = claim.case_number
            found += [
                (texts.say("Says yes"), partial(self._answer, offers.accept, claim, texts.say("{case} has said yes.", case=case))),
                (texts.say("Says no"), partial(self._answer, offers.decline, claim, texts.say("{case} has said no.", case=case))),
            ]
            if claim.is_expired:
                said = texts.say("{case} is on the waiting list.", case=case)
                found.append((texts.say("Back to the list"), partial(self._answer, offers.lapse, claim, said)))
        found += self._corrections(claim)
        if claim.round_id is not None:
            target = Target("prerehab", "round", claim.round_id, "places")
            found.append((texts.say("Open the round"), partial(self._context.navigate, target)))
        return found

    def _corrections(self, claim: ClaimRow) -> list[tuple[str, Callable[[], None]]]:
        """What was noted by mistake and can be put right."""
        texts = self._context.texts
        if claim.state is BookingState.STARTED:
            said = texts.say("Has said yes, and not started.")
            return [(texts.say("Has not started"), partial(self._answer, corrections.take_back_start, claim, said))]
        if claim.state not in (BookingState.COMPLETED, BookingState.BROKEN_OFF):
            return []
        said = texts.say("Takes part until the round ends.")
        found = [(texts.say("Takes part still"), partial(self._answer, corrections.resume, claim, said))]
        if claim.state is BookingState.BROKEN_OFF:
            found.append((texts.say("Change last day or reason"), partial(self._on_mend, claim)))
        return found

    # --- slots and internals ---

    def _place_in_line(self, claim: ClaimRow) -> int:
        """Her place in the list, 1 is first; 0 where she is not on it."""
        if claim.state is not BookingState.REGISTERED:
            return 0
        ids = [row.id for row in self._context.store.read(queries.waiting, claim.programme_id, self._context.clock.today())]
        return ids.index(claim.id) + 1

    def _answer(self, verb: Callable[..., None], claim: ClaimRow, sentence: str) -> None:
        try:
            verb(self._context.store, claim.id)
        except Refused as refused:
            self.problem.tell(self._context.texts.problems(refused.problems))
            return
        self.problem.tell("")
        self._on_said(sentence)

    def _on_change(self, claim: ClaimRow) -> None:
        self.step_back()
        self.form.change(claim)
        self.unfolded.emit(self.form)

    def _on_remove(self, claim: ClaimRow, place: int) -> None:
        self.step_back()
        self.removal.begin(WaitingLine(place, claim, NOTHING))
        self.unfolded.emit(self.removal)

    def _on_mend(self, claim: ClaimRow) -> None:
        self.step_back()
        self._mended = claim
        self.mend.begin_kept(f"place-mend:{claim.id}", claim)
        self.unfolded.emit(self.mend)

    def _mend(self, last_day: date, reason: BreakOffReason, text: str) -> tuple[Problem, ...]:
        try:
            corrections.change_break_off(self._context.store, self._mended.id, last_day, reason, text)
        except Refused as refused:
            return refused.problems
        self._on_said(self._context.texts.say("Noted as broken off; the place is free from the day after."))
        return ()

    def _on_changed(self, booking_id: int | None) -> None:
        if booking_id is not None:
            self._on_said(self._context.texts.say("What stands about the claim is changed."))

    def _on_said(self, sentence: str) -> None:
        if sentence:
            self._context.say_done(sentence)
