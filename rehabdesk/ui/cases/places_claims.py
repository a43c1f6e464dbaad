"""Her claims on places: where each stands, what she was offered, and whom she was passed over for and why."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from rehabdesk.domain.prerehab import BookingState
from rehabdesk.domain.problems import Refused
from rehabdesk.services.prerehab import offers
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.prerehab import claims as queries
from rehabdesk.store.queries.prerehab.claims import ClaimHistory, ClaimRow
from rehabdesk.store.queries.prerehab.waiting import NOTHING
from rehabdesk.ui.parts.basics import Badge, Card, Heading, Link, Muted, Words
from rehabdesk.ui.parts.forms import FieldProblem
from rehabdesk.ui.parts.layouts import FlowLayout, clear, column, holding, line
from rehabdesk.ui.parts.tokens import PAD
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
        self.problem = FieldProblem()
        asked = column(self.problem, self.form, self.removal, gap=8)
        asked.setContentsMargins(PAD, 0, PAD, 0)
        self.add(column(self._list, asked, gap=0), padded=False)
        self.form.ended.connect(self._on_changed)
        self.removal.ended.connect(self._on_said)

    def show_case(self, row: CaseRow) -> None:
        """Show this case's."""
        store, today = self._context.store, self._context.clock.today()
        if row.id != self._case_id:
            self._case_id = row.id
            self.step_back()
            self.problem.tell("")
        claims = store.read(queries.of_case, row.id, today)
        self.setVisible(bool(claims))
        told = tuple((claim, self._place_in_line(claim), store.read(queries.history, claim.id)) for claim in claims)
        if (told, today) == self._shown:
            return
        self._shown = (told, today)
        clear(self._list)
        for at, (claim, place, history) in enumerate(told):
            self._list.addWidget(self._claim(claim, place, history, first=at == 0))

    def focus_first(self) -> None:
        """Put the keyboard on the first thing that can be done."""
        links = self.findChildren(Link)
        next((link for link in links if link.isVisibleTo(self)), self).setFocus()

    def step_back(self) -> bool:
        """Put away what is asked; False when nothing is."""
        return self.form.step_back() or self.removal.step_back()

    # --- building ---

    def _claim(self, claim: ClaimRow, place: int, history: ClaimHistory, *, first: bool) -> QWidget:
        context, texts, today = self._context, self._context.texts, self._context.clock.today()
        name, (word, tone) = Heading(claim.programme), state_badge(texts, claim)
        head = line(name, Badge(word, tone), gap=8)
        if claim.state is BookingState.REGISTERED:
            head.addWidget(Badge(*readiness(texts, claim, today)))
        head.setStretch(0, 1)
        said = standing_words(texts, claim, place, today)
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
        if claim.round_id is not None:
            target = Target("prerehab", "round", claim.round_id, "places")
            found.append((texts.say("Open the round"), partial(self._context.navigate, target)))
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

    def _on_changed(self, booking_id: int | None) -> None:
        if booking_id is not None:
            self._on_said(self._context.texts.say("What stands about the claim is changed."))

    def _on_said(self, sentence: str) -> None:
        if sentence:
            texts = self._context.texts
            self._context.messages.info(texts.say("{sentence} Ctrl+Z takes it back.", sentence=sentence))
