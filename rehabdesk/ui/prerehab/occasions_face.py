"""Tillfällen: the days of a round. One is moved, cancelled with a reason, taken up again, or added."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.prerehab import OccasionState
from rehabdesk.domain.problems import Refused
from rehabdesk.services.prerehab import occasions
from rehabdesk.store.queries.prerehab import occasions as queries
from rehabdesk.store.queries.prerehab import rounds as round_queries
from rehabdesk.store.queries.prerehab.occasions import OccasionRow
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import KeyButton, Muted, Words
from rehabdesk.ui.parts.layouts import FlowLayout, TwoColumns, column, holding, scrolling
from rehabdesk.ui.parts.tokens import EDGE, ROW
from rehabdesk.ui.prerehab.occasions_form import OccasionForm, Verb
from rehabdesk.ui.prerehab.occasions_table import occasions_table
from rehabdesk.ui.prerehab.rounds_words import break_in_words
from rehabdesk.ui.shell.context import Context

TABLES = {"occasion", "attendance", "round", "round_break"}


class OccasionsFace(QWidget):
    """The face of a round where its days are changed."""

    told = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._round: RoundRow | None = None
        self.total, self.rests = Words(), Muted()
        self.table = occasions_table(context)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_opened)
        self.form = OccasionForm(context)
        self.form.done.connect(self._on_done)
        self.form.closed.connect(self.step_back)
        self.form.hide()
        self._lay_out()
        watch(self, context.store, TABLES, self._refresh)

    def show_round(self, row: RoundRow) -> None:
        """Show this round's occasions."""
        if self._round is None or row.id != self._round.id:
            self.form.hide()
        self._round = row
        self._refresh()

    def focus_first(self) -> None:
        """The keyboard starts in the table."""
        self.table.setFocus()

    def step_back(self) -> bool:
        """Esc puts away what is being changed; what is written in it stays until one comes back."""
        if self.form.isHidden():
            return False
        self.form.hide()
        self.table.setFocus()
        return True

    def flush(self) -> bool:
        """What is typed is a draft: it is kept, and shown again."""
        return self._context.flushes.flush_all()

    # --- building ---

    def _lay_out(self) -> None:
        texts = self._context.texts
        self.add_button = KeyButton(texts.say("Add an occasion"), "Ctrl+N", kind="primary")
        self.move_button = KeyButton(texts.name("occasion", "Move"), shows="Return")
        self.cancel_button = KeyButton(texts.name("occasion", "Cancel it"), "Ctrl+Del")
        self.add_button.clicked.connect(self._on_add)
        self.move_button.clicked.connect(self._on_move)
        self.cancel_button.clicked.connect(self._on_cancel)
        buttons = FlowLayout()
        for button in (self.add_button, self.move_button, self.cancel_button):
            buttons.addWidget(button)
        left = column(self.total, self.rests, holding(buttons), self.table, None, gap=12)
        content = QWidget()
        content.setLayout(column(TwoColumns(left, column(self.form, None), weights=(3, 2), folds_below=820), None, margin=EDGE))
        self.setLayout(column(scrolling(content)))

    # --- slots and internals ---

    def _refresh(self) -> None:
        if self._round is None:
            return
        texts, store = self._context.texts, self._context.store
        rows = store.read(queries.of_round, self._round.id)
        self.table.set_rows(rows)
        # As high as its rows: what scrolls here is the whole face.
        self.table.setFixedHeight(self._context.theme.px(ROW) * (len(rows) + 2))
        cancelled = sum(row.state is OccasionState.CANCELLED for row in rows)
        held = sum(row.state is OccasionState.HELD for row in rows)
        told = [texts.count("{n} occasion", "{n} occasions", len(rows) - cancelled)]
        told += [texts.count("{n} held", "{n} held", held)] if held else []
        told += [texts.count("{n} cancelled", "{n} cancelled ones", cancelled)] if cancelled else []
        self.total.setText(", ".join(told))
        breaks = [break_in_words(texts, rest) for rest in store.read(round_queries.breaks, self._round.id)]
        self.rests.setText(texts.say("Rests {breaks}.", breaks=texts.listing(breaks)) if breaks else "")
        self.rests.setVisible(bool(breaks))
        self._on_chosen(self.table.current_row)

    def _on_chosen(self, row: OccasionRow | None) -> None:
        texts, running = self._context.texts, self._round is not None and self._round.cancelled_on is None
        is_cancelled = row is not None and row.state is OccasionState.CANCELLED
        self.add_button.setEnabled(running)
        self.move_button.setEnabled(running and row is not None and row.state is OccasionState.PLANNED)
        self.cancel_button.setEnabled(running and row is not None and row.state is not OccasionState.HELD)
        self.cancel_button.set_words(texts.name("occasion", "Take it up again") if is_cancelled else texts.name("occasion", "Cancel it"))

    def _on_opened(self, _row: OccasionRow) -> None:
        if self.move_button.isEnabled():
            self._on_move()

    def _on_add(self) -> None:
        self._begin(Verb.ADD, None)

    def _on_move(self) -> None:
        if self.table.current_row is not None:
            self._begin(Verb.MOVE, self.table.current_row)

    def _on_cancel(self) -> None:
        row = self.table.current_row
        if row is None:
            return
        if row.state is not OccasionState.CANCELLED:
            self._begin(Verb.CANCEL, row)
            return
        try:
            occasions.restore_occasion(self._context.store, row.id)
        except Refused as refused:
            self._context.messages.warn(self._context.texts.problems(refused.problems))
            return
        self.told.emit(self._context.texts.say("The occasion is to be held."))

    def _begin(self, verb: Verb, row: OccasionRow | None) -> None:
        self.form.show()
        self.form.begin(verb, self._round, row)

    def _on_done(self, sentence: str) -> None:
        self.form.hide()
        self.table.setFocus()
        self.told.emit(sentence)
