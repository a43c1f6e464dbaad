"""Copies, of a session or about a case: how far each has come, and what is said of those chosen: given, voided, printed again, later."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from rehabdesk.domain.hand_outs import HandOutState, Medium
from rehabdesk.domain.problems import Refused
from rehabdesk.services import hand_outs
from rehabdesk.store.queries.hand_outs import HandOutRow
from rehabdesk.store.store import Store
from rehabdesk.texts import Texts
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import KeyButton, Muted
from rehabdesk.ui.parts.forms import FieldProblem
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.table import Table
from rehabdesk.ui.printing.words import paper_words, reader_words, state_told, state_tone, state_words
from rehabdesk.ui.shell.context import Context

Verb = Callable[[Store, Iterable[int]], None]
ReadCopies = Callable[..., tuple[HandOutRow, ...]]


class Copies(QWidget):
    """The list with its buttons. `chosen(HandOutRow | None)` follows the row where the keyboard is."""

    chosen = Signal(object)

    def __init__(self, context: Context, read: ReadCopies, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._read = read
        self._build()
        watch(self, context.store, {"hand_out"}, self._refresh)

    @property
    def chosen_rows(self) -> tuple[HandOutRow, ...]:
        """What the buttons act on."""
        return self.table.selected_rows

    def refresh(self) -> None:
        """Read again which copies there are."""
        self._refresh()

    def choose(self, hand_out_ids: Iterable[int]) -> None:
        """Go to the first of these."""
        for hand_out_id in hand_out_ids:
            if self.table.choose(hand_out_id):
                return

    # --- internals ---

    def _build(self) -> None:
        texts = self._context.texts
        self.table = Table(self._context.theme, _columns(texts), texts.say("Copies"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.set_empty(texts.say("No copies yet."), texts.say("What is printed or saved is listed here."))
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.table.chosen.connect(self.chosen)
        self.given = KeyButton(texts.name("button", "Handed over"), "Ctrl+G")
        self.again = KeyButton(texts.say("Print again"), "Ctrl+R")
        self.later = KeyButton(texts.say("Hand over later"), "Ctrl+T")
        self.void = KeyButton(texts.name("button", "Void"), "Ctrl+M")
        self.gone = KeyButton(texts.say("The file is gone"))
        buttons = FlowLayout()
        for button, slot in (
            (self.given, self._on_given), (self.again, self._on_again), (self.later, self._on_later),
            (self.void, self._on_void), (self.gone, self._on_gone),
        ):  # fmt: skip
            button.clicked.connect(slot)
            buttons.addWidget(button)
        self.problem = FieldProblem()
        self.hint = Muted(texts.say("Choose several with Shift and the arrows. Handed over and voided are final."))
        layout = column(self.table, holding(buttons), self.problem, self.hint, gap=8)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def _refresh(self) -> None:
        rows = self._context.store.read(self._read)
        self.table.set_rows(tuple(reversed(rows)))
        self._on_selection()

    def _on_selection(self, *_changed: object) -> None:
        states = {(row.state, row.medium) for row in self.chosen_rows}
        plain = {state for state, _ in states}
        unsettled = plain and plain <= {HandOutState.WAITING, HandOutState.SENT}
        self.given.setEnabled(plain == {HandOutState.SENT})
        self.void.setEnabled(bool(unsettled))
        self.later.setEnabled(bool(unsettled))
        self.again.setEnabled(bool(plain) and all(medium is Medium.PAPER for _, medium in states))
        on_file = [row for row in self.chosen_rows if row.medium is Medium.FILE and row.file_gone_on is None]
        self.gone.setVisible(bool(on_file) and len(on_file) == len(self.chosen_rows))

    def _on_given(self) -> None:
        self._do(hand_outs.give)

    def _on_later(self) -> None:
        self._do(hand_outs.keep_for_later)

    def _on_void(self) -> None:
        self._do(hand_outs.void)

    def _on_gone(self) -> None:
        self._do(_files_are_gone)

    def _on_again(self) -> None:
        queue = self._context.queue
        if queue is not None and queue.printer is None and not queue.choose_printer(self.window()):
            return
        ids = [self._queued_again(row) for row in self.chosen_rows]
        wanted = [hand_out_id for hand_out_id in ids if hand_out_id is not None]
        if queue is not None and wanted:
            queue.wake(wanted)

    def _queued_again(self, row: HandOutRow) -> int | None:
        """The id of the copy that prints now: this one, or a new one where this one is settled for good."""
        store = self._context.store
        self.problem.tell("")
        try:
            if row.state is HandOutState.SENT:
                hand_outs.print_again(store, [row.id])
            elif row.state is HandOutState.WAITING:
                hand_outs.keep_for_later(store, [row.id], later=False)
            else:
                return hand_outs.queue_paper(store, row.wanted, language=row.language)
        except Refused as refused:
            self.problem.tell(self._context.texts.problems(refused.problems))
            return None
        return row.id

    def _do(self, verb: Verb) -> None:
        self.problem.tell("")
        try:
            verb(self._context.store, [row.id for row in self.chosen_rows])
        except Refused as refused:
            self.problem.tell(self._context.texts.problems(refused.problems))


def _files_are_gone(store: Store, hand_out_ids: Iterable[int]) -> None:
    for hand_out_id in hand_out_ids:
        hand_outs.file_is_gone(store, hand_out_id)


def _columns(texts: Texts) -> tuple[Column, ...]:
    def paper(row: HandOutRow) -> str:
        return f"{paper_words(texts, row.paper)} {row.case_number}".rstrip()

    def reader(row: HandOutRow) -> str:
        return reader_words(texts, row)

    def state(row: HandOutRow) -> str:
        return state_words(texts, row)

    def told(row: HandOutRow) -> str:
        return state_told(texts, row)

    return (
        Column("state", texts.name("column", "State"), state, tone=state_tone, tooltip=told, accessible=told),
        Column("paper", texts.name("column", "Paper"), paper, tooltip=paper, stretch=True),
        # Ordered by party the copies would bring together everybody who has to do with a sensitive one.
        Column("reader", texts.name("column", "For"), reader, tooltip=reader, stretch=True, sortable=False),
    )
