"""Platser: the places of one round over its weeks, their sum, and beside them what is done about the place one stands on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.prerehab import ALIVE
from rehabdesk.domain.problems import Problem
from rehabdesk.services.prerehab import bookings
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.ui.live import watch, watch_day
from rehabdesk.ui.parts.basics import Card, Heading, KeyButton, Muted, Words
from rehabdesk.ui.parts.layouts import FlowLayout, TwoColumns, column, holding, page_body, scrolling
from rehabdesk.ui.parts.tokens import GAP
from rehabdesk.ui.prerehab.places_capacity import CapacityForm
from rehabdesk.ui.prerehab.places_claim import ClaimPane
from rehabdesk.ui.prerehab.places_desk import TABLES, PlacesDesk
from rehabdesk.ui.prerehab.places_grid import PlacesGrid
from rehabdesk.ui.prerehab.places_offer import OfferPane
from rehabdesk.ui.prerehab.places_rows import Kind, PlaceLine, Stretch, mondays
from rehabdesk.ui.prerehab.places_words import legend, stretch_told, sum_words, why_not_free
from rehabdesk.ui.shell.context import Context

#: Below this width, at 14 px text, the pane stands under the grid.
FOLDS_BELOW = 980


class PlacesFace(QWidget):
    """The face of a round where its places are given. The pane shows the place one stands on, an extra place, or the capacity."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._desk = PlacesDesk(context, self)
        #: The pane is for the chosen place unless an extra place is being given, or an expired offer's place to another.
        self._extra = self._to_another = False
        self._build()
        self._listen()
        watch(self, context.store, TABLES, self._desk.reload)
        watch_day(self, context.clock, self._desk.reload)

    def show_round(self, row: RoundRow) -> None:
        """Show this round's places."""
        if self._desk.row is None or row.id != self._desk.row.id:
            self._put_away()
        elif row == self._desk.row:
            return
        self._desk.show_round(row)

    def focus_first(self) -> None:
        """The keyboard starts in the grid."""
        self.grid.setFocus()

    def step_back(self) -> bool:
        """Esc puts away what stands open, then leads back to the grid."""
        if self.offer_pane.step_back() or self.claim_pane.close_forms():
            return True
        if self._extra or self._to_another or not self.capacity.isHidden():
            self._put_away()
            self._show_chosen()
            self.grid.setFocus()
            return True
        if self.pane.isAncestorOf(self.focusWidget() or self):
            self.grid.setFocus()
            return True
        return False

    def flush(self) -> bool:
        """Keep what is typed."""
        return self._context.flushes.flush_all()

    # --- building ---

    def _build(self) -> None:
        context, texts = self._context, self._context.texts
        self.sum, self.problem = Heading(), Words(part="problem")
        self.problem.hide()
        self.no_occasions = Muted(texts.say("The round has no occasions left. They are added on its face Occasions, Alt+2."))
        self.grid = PlacesGrid(context.theme, texts)
        self.next_free = KeyButton(texts.say("Next free place"), "F6")
        self.all_started = KeyButton(texts.say("Everybody who said yes has started"))
        self.all_completed = KeyButton(texts.say("Everybody has completed"))
        self.extra_place = KeyButton(texts.say("Extra place"))
        self.change_places = KeyButton(texts.say("Change the number of places"))
        bar = FlowLayout(gap=GAP)
        for button in (self.next_free, self.all_started, self.all_completed, self.extra_place, self.change_places):
            bar.addWidget(button)
        self.keys = Muted(legend(texts))
        self.capacity = CapacityForm(self._desk)
        self.claim_pane, self.offer_pane = ClaimPane(self._desk), OfferPane(self._desk)
        self.why_title, self.why = Heading(), Muted()
        self.no_pane = holding(column(self.why_title, self.why))
        self.pane = Card()
        self.pane.setAccessibleName(texts.say("The chosen place"))
        self.pane.add(column(self.capacity, self.claim_pane, self.offer_pane, self.no_pane))
        left = column(self.grid, self.keys, None)
        two = TwoColumns(left, column(self.pane, None), (3, 2), context.theme.px(FOLDS_BELOW))
        body = page_body(column(self.sum, self.no_occasions, holding(bar), self.problem), two, None)
        self.setLayout(column(scrolling(holding(body))))

    def _listen(self) -> None:
        self._desk.changed.connect(self._show)
        self.grid.chosen.connect(self._on_chosen)
        self.grid.entered.connect(self._on_entered)
        self.grid.typed.connect(self._on_typed)
        self.next_free.clicked.connect(self._on_next_free)
        self.all_started.clicked.connect(self._on_all_started)
        self.all_completed.clicked.connect(self._on_all_completed)
        self.extra_place.clicked.connect(self._on_extra)
        self.change_places.clicked.connect(self._on_capacity)
        self.capacity.closed.connect(self._on_left)
        self.claim_pane.left.connect(self._on_left)
        self.claim_pane.typed.connect(self._on_typed)
        self.claim_pane.free_wanted.connect(self._on_to_another)
        self.offer_pane.given.connect(self._on_given)

    # --- what is shown ---

    def _show(self) -> None:
        desk, texts = self._desk, self._context.texts
        row = desk.row
        self.sum.setText(sum_words(texts, row.sum))
        weeks = mondays(row)
        self.no_occasions.setVisible(len(desk.empty) == len(weeks))
        self.grid.show_lines(desk.lines, weeks, desk.empty)
        self._show_chosen()

    def _show_chosen(self) -> None:
        """The pane for where one stands."""
        line, stretch = self.grid.line, self.grid.stretch
        changing = not self.capacity.isHidden()
        claim = stretch.claim if stretch is not None else None
        free = self._extra or self._to_another or stretch is not None and stretch.kind is Kind.FREE
        self.claim_pane.setVisible(not changing and not free and claim is not None)
        self.offer_pane.setVisible(not changing and free)
        self.no_pane.setVisible(not changing and not free and claim is None)
        if changing or line is None or stretch is None:
            return
        if self._extra:
            self.offer_pane.show_extra()
        elif free:
            self.offer_pane.show_place(line, stretch)
        elif claim is not None:
            self.claim_pane.show_claim(line, claim, self._desk.row_of(claim.booking_id))
        else:
            texts = self._context.texts
            self.why_title.setText(stretch_told(texts, line.place, stretch))
            self.why.setText(why_not_free(texts, self._desk.row, stretch, self._desk.today))
            self.why.setVisible(bool(self.why.text()))

    def _put_away(self) -> None:
        """Nothing stands open but the pane of the place one stands on."""
        self._extra = self._to_another = False
        self.claim_pane.close_forms()
        self.capacity.close_form()
        self._tell(())

    def _tell(self, problems: tuple[Problem, ...]) -> None:
        self.problem.setText(self._context.texts.problems(problems))
        self.problem.setVisible(bool(problems))

    # --- slots ---

    def _on_chosen(self, _line: PlaceLine, _stretch: Stretch) -> None:
        self._put_away()
        self._show_chosen()

    def _on_entered(self) -> None:
        pane = next((pane for pane in (self.claim_pane, self.offer_pane) if not pane.isHidden()), None)
        if pane is not None:
            pane.focus_first()

    def _on_typed(self, letter: str) -> None:
        texts = self._context.texts
        if not self.claim_pane.isHidden():
            self.claim_pane.press(letter) or self._offer_to_another(letter)
        elif not self.offer_pane.isHidden() and letter == texts.name("key of a place", "O"):
            self.offer_pane.offer()
        elif not self.offer_pane.isHidden() and letter == texts.name("key of a place", "Y"):
            self.offer_pane.book()

    def _offer_to_another(self, letter: str) -> None:
        """The letter of an offer, on a place whose own was not answered in time."""
        if letter == self._context.texts.name("key of a place", "O") and not self.claim_pane.to_another.isHidden():
            self._on_to_another()

    def _on_next_free(self) -> None:
        """From where one stands on to the next free place, and round to the first."""
        at = self.grid.line.id if self.grid.line is not None else 0
        free = self._desk.free
        following = next((one for one in free if one[0] > at), free[0] if free else None)
        if following is None:
            self._tell((Problem("places.none_free"),))
        else:
            self.grid.choose(following[0], following[1].week)
        self.grid.setFocus()

    def _on_all_started(self) -> None:
        self._do_all(bookings.start_all, self._context.texts.say("Everybody who said yes is noted as started."))

    def _on_all_completed(self) -> None:
        self._do_all(bookings.complete_all, self._context.texts.say("Everybody who started is noted as completed."))

    def _do_all(self, verb: Callable[..., object], sentence: str) -> None:
        self._tell(self._desk.attempt(verb, sentence, self._desk.row.id))

    def _on_extra(self) -> None:
        self._put_away()
        self._extra = True
        self._show_chosen()
        self.offer_pane.focus_first()

    def _on_to_another(self) -> None:
        self._to_another = True
        self._show_chosen()
        self.offer_pane.focus_first()

    def _on_capacity(self) -> None:
        self._put_away()
        self.capacity.begin_for_round()
        self._show_chosen()

    def _on_left(self) -> None:
        self._show_chosen()
        self.grid.setFocus()

    def _on_given(self, case_id: int) -> None:
        """Stand where somebody got a place; the keyboard is back in the grid for the next one."""
        self._extra = self._to_another = False
        self._desk.reload()
        for line in self._desk.lines:
            for stretch in line.stretches:
                if stretch.claim is not None and stretch.claim.case_id == case_id and stretch.claim.state in ALIVE:
                    self.grid.choose(line.id, stretch.week)
        self.grid.setFocus()
