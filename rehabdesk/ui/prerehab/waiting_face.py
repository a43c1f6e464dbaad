"""Kö: the waiting list of a programme, in its order; what stands about whoever is chosen, and where there is room for her."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from rehabdesk.services.prerehab import waiting_list
from rehabdesk.services.prerehab.waiting_list import Registration
from rehabdesk.store.queries.prerehab import claims as queries
from rehabdesk.store.queries.prerehab import programmes as programme_queries
from rehabdesk.store.queries.prerehab import rounds as round_queries
from rehabdesk.store.queries.prerehab import waiting as tried_queries
from rehabdesk.store.queries.prerehab.programmes import ProgrammeRow
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.ui.live import watch, watch_day
from rehabdesk.ui.parts.basics import Heading, KeyButton, Muted
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding, line, scrolling
from rehabdesk.ui.parts.tokens import EDGE, GAP, PAD
from rehabdesk.ui.prerehab.rounds_words import sum_in_words
from rehabdesk.ui.prerehab.waiting_about import AboutCard
from rehabdesk.ui.prerehab.waiting_form import RegistrationForm
from rehabdesk.ui.prerehab.waiting_model import NEEDED_WIDTH, WaitingLine, WaitingTable, waiting_columns, waiting_lines
from rehabdesk.ui.prerehab.waiting_rounds import RoundsCard
from rehabdesk.ui.prerehab.waiting_verbs import MoveCard, OfferCard, RemoveCard
from rehabdesk.ui.shell.context import Context

TABLES = frozenset({"booking", "offer", "pass_over", "place", "round", "occasion", "programme", "case", "participant", "party"})
#: The least width of what stands beside the list, at 14 px text.
PANE = 330


class WaitingFace(QWidget):
    """One list for each programme. `told(sentence)` what was done."""

    told = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._wanted: int | None = None
        self._programme: ProgrammeRow | None = None
        self._rounds: tuple[RoundRow, ...] = ()
        self._build()
        self._lay_out()
        watch(self, context.store, TABLES, self._refresh)
        watch_day(self, context.clock, self._refresh)

    def show_programme(self, programme_id: int | None) -> None:
        """The list of this programme; of the first where none is chosen."""
        if programme_id != self._wanted:
            self._wanted = programme_id
            self.step_back()
            self._refresh()

    def focus_first(self) -> None:
        """Put the keyboard in the list, or on what one begins with."""
        (self.table if self.table.rows_model.rowCount() else self.add_button).setFocus()

    def step_back(self) -> bool:
        """Put away the form that stands open; False when none does."""
        return any(form.step_back() for form in self._forms)

    def flush(self) -> bool:
        """What is half written keeps itself."""
        return True

    # --- building ---

    def _build(self) -> None:
        context, texts = self._context, self._context.texts
        self.heading, self.sum = Heading(), Muted()
        self.table = WaitingTable(context.theme, waiting_columns(texts, context.clock.today), texts.say("Waiting list"), NEEDED_WIDTH)
        self.table.set_empty(
            texts.say("Nobody waits."),
            texts.say("Whoever asks for a place stands here in the order she asked, until a place is hers."),
            texts.say("Put somebody on the list"), self._on_add,
        )  # fmt: skip
        self.table.reorder(True)
        self.form = RegistrationForm(context, inside_case=False)
        self.move, self.removal, self.offer = MoveCard(context), RemoveCard(context), OfferCard(context)
        self._forms = (self.form, self.move, self.removal, self.offer)
        self.about, self.rounds = AboutCard(context), RoundsCard(context)
        self.add_button = KeyButton(texts.say("Put somebody on the list"), "Ctrl+N", kind="primary")
        self.offer_button = KeyButton(texts.say("Offer a place"), "Ctrl+E")
        self.change_button = KeyButton(texts.name("button", "Change"), kind="link", shows="Return")
        self.ready_button = KeyButton("", kind="link")
        self.move_button = KeyButton(texts.name("button", "Move"), kind="link", shows="Alt+Up")
        self.remove_button = KeyButton(texts.say("Take off"), kind="link", shows="Del")
        self._listen()

    def _listen(self) -> None:
        for button, act in (
            (self.add_button, self._on_add), (self.offer_button, self._on_offer), (self.change_button, self._on_change),
            (self.ready_button, self._on_ready), (self.move_button, self._on_move), (self.remove_button, self._on_remove),
        ):  # fmt: skip
            button.clicked.connect(act)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_change)
        self.table.removed.connect(self._on_remove)
        self.table.move_wanted.connect(self._on_move_wanted)
        self.form.ended.connect(self._on_registered)
        for card in (self.move, self.removal, self.offer):
            card.ended.connect(self._on_ended)

    def _lay_out(self) -> None:
        buttons = FlowLayout(gap=GAP)
        for button in (self.add_button, self.offer_button, self.change_button, self.ready_button, self.move_button, self.remove_button):
            buttons.addWidget(button)
        head = line(self.heading, self.sum, gap=PAD)
        head.setStretch(1, 1)
        left = column(holding(buttons), self.table, gap=GAP)
        left.setStretch(1, 1)
        left.setContentsMargins(EDGE, 0, PAD // 2, EDGE)
        # Room beneath, so that the line of a message never hides the last line.
        right = column(*self._forms, self.about, self.rounds, None, gap=PAD + 4)
        right.setContentsMargins(PAD // 2, 0, EDGE, 3 * EDGE)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(holding(left))
        pane = scrolling(holding(right))
        pane.setMinimumWidth(self._context.theme.px(PANE))
        splitter.addWidget(pane)
        splitter.setStretchFactor(0, 5)
        splitter.setStretchFactor(1, 3)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.setSizes([self._context.theme.px(760), self._context.theme.px(400)])
        top = holding(head)
        top.setContentsMargins(EDGE, EDGE, EDGE, 0)
        whole = column(top, splitter, gap=GAP)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    # --- what is asked of the store ---

    def _refresh(self) -> None:
        store, today, texts = self._context.store, self._context.clock.today(), self._context.texts
        found = store.read(programme_queries.programmes, ended=True)
        chosen = [row for row in found if row.id == self._wanted] or [row for row in found if row.ended_on is None] or list(found)
        self._programme = chosen[0] if chosen else None
        if self._programme is None:
            return
        rows = store.read(round_queries.rounds, today, programme_id=self._programme.id, not_over=True)
        self._rounds = tuple(row for row in rows if row.span.takes_people(today))
        claims = store.read(queries.waiting, self._programme.id, today)
        self.heading.setText(self._programme.name)
        self.sum.setText(texts.say("Coming rounds: {sum}", sum=sum_in_words(texts, self._rounds)) if self._rounds else "")
        self.table.set_rows(waiting_lines(claims, store.read(tried_queries.tried, self._programme.id)))
        self.rounds.show_rounds(self._rounds)
        self._on_chosen(self.table.current_row)

    # --- slots ---

    def _on_chosen(self, shown: WaitingLine | None) -> None:
        texts = self._context.texts
        self.about.show_line(shown)
        is_ready = shown is not None and shown.claim.is_ready
        self.ready_button.set_words(texts.say("Not ready yet") if is_ready or shown is None else texts.say("Is ready now"))
        for button in (self.change_button, self.ready_button, self.move_button, self.remove_button):
            button.setEnabled(shown is not None)
        self.offer_button.setEnabled(shown is not None and any(row.free for row in self._rounds))

    def _on_add(self) -> None:
        if self._programme is None:
            return
        self._put_away()
        waiting = frozenset(row.claim.case_id for row in self.table.rows_model.rows)
        self.form.register(self._programme.id, without=waiting)

    def _on_change(self, _row: object = None) -> None:
        if self.table.current_row is not None:
            self._put_away()
            self.form.change(self.table.current_row.claim)

    def _on_offer(self) -> None:
        if self.table.current_row is not None:
            self._put_away()
            self.offer.begin(self.table.current_row, self.table.rows_model.rows, self._rounds)

    def _on_remove(self, _row: object = None) -> None:
        if self.table.current_row is not None:
            self._put_away()
            self.removal.begin(self.table.current_row)

    def _on_move(self) -> None:
        self._ask_to_move(None)

    def _on_move_wanted(self, _row: WaitingLine, place: int) -> None:
        self._ask_to_move(place)

    def _on_ready(self) -> None:
        shown = self.table.current_row
        if shown is None:
            return
        store, texts, today = self._context.store, self._context.texts, self._context.clock.today()
        whole = store.read(queries.claim, shown.id, today)
        if whole is None:
            return
        is_ready = not whole.is_ready
        kept = Registration(whole.asked_on, whole.referrer_party_id, whole.referrer_text, whole.need, is_ready)
        waiting_list.change_registration(store, shown.id, kept)
        case = shown.claim.case_number
        self.told.emit(texts.say("{case} is ready.", case=case) if is_ready else texts.say("{case} is suitable but not ready yet.", case=case))

    def _on_registered(self, booking_id: int | None) -> None:
        self.table.setFocus()
        if booking_id is not None:
            self._refresh()
            self.table.choose(booking_id)
            shown = self.table.current_row
            if shown is not None and shown.id == booking_id:
                self.told.emit(self._context.texts.say("{case} is number {place} on the list.", case=shown.claim.case_number, place=shown.place))

    def _on_ended(self, said: str) -> None:
        self.table.setFocus()
        if said:
            self._refresh()
            self.told.emit(said)

    # --- internals ---

    def _ask_to_move(self, place: int | None) -> None:
        if self.table.current_row is not None and self.table.rows_model.rowCount() > 1:
            self._put_away()
            self.move.begin(self.table.current_row, self.table.rows_model.rows, place)

    def _put_away(self) -> None:
        for form in self._forms:
            form.step_back()
