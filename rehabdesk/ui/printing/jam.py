"""After a jam: which copies came out and were handed over; the rest is printed again or kept for later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from rehabdesk.domain.problems import Refused
from rehabdesk.services import hand_outs
from rehabdesk.store.queries.hand_outs import HandOutRow
from rehabdesk.store.store import Store
from rehabdesk.ui.parts.basics import KeyButton, Words
from rehabdesk.ui.parts.layouts import FlowLayout, clear, column, holding, line
from rehabdesk.ui.printing.words import copy_words, paper_words
from rehabdesk.ui.shell.context import Context


class JamQuestion(QWidget):
    """A tick per copy that was sent, and what to do with those not ticked. `answered(sentence)` when that is done."""

    answered = Signal(str)
    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        texts = context.texts
        self._boxes: dict[int, QCheckBox] = {}
        self._list = column(gap=2)
        self.print_rest = KeyButton(texts.say("Print the rest again"), kind="primary")
        self.keep_rest = KeyButton(texts.say("The rest later"))
        self.cancel = KeyButton(texts.name("button", "Cancel"), kind="link")
        self.print_rest.clicked.connect(self._on_print_rest)
        self.keep_rest.clicked.connect(self._on_keep_rest)
        self.cancel.clicked.connect(self.left)
        buttons = FlowLayout()
        for button in (self.print_rest, self.keep_rest, self.cancel):
            buttons.addWidget(button)
        question = texts.say("Tick the copies that came out whole and were handed over.")
        self.setAccessibleName(question)
        self.setLayout(column(Words(question), self._list, holding(buttons), gap=8))
        self.hide()

    def ask(self, copies: Sequence[HandOutRow]) -> None:
        """Ask about these copies."""
        texts = self._context.texts
        clear(self._list)
        self._boxes = {}
        for row in copies:
            words = copy_words(texts, row)
            box = QCheckBox()
            box.setAccessibleName(f"{paper_words(texts, row.paper)}: {words}")
            # Beside the box, since its own words cannot wrap where it is narrow.
            beside = line(box, Words(words))
            beside.setStretch(1, 1)
            self._list.addWidget(holding(beside))
            self._boxes[row.id] = box
        # The boxes are younger than the buttons; Tab takes them first all the same.
        chain = [*self._boxes.values(), self.print_rest, self.keep_rest, self.cancel]
        for before, after in zip(chain, chain[1:], strict=False):
            QWidget.setTabOrder(before, after)
        self.show()
        first = next(iter(self._boxes.values()), None)
        if first is not None:
            first.setFocus()

    def _on_print_rest(self) -> None:
        rest = self._settle(hand_outs.print_again)
        if rest is None:
            return
        if self._context.queue is not None:
            self._context.queue.wake(rest)
        self.answered.emit(self._context.texts.count("{n} copy is printed again.", "{n} copies are printed again.", len(rest)))

    def _on_keep_rest(self) -> None:
        rest = self._settle(hand_outs.keep_for_later)
        if rest is not None:
            self.answered.emit(self._context.texts.count("{n} copy is kept for later.", "{n} copies are kept for later.", len(rest)))

    def _settle(self, do_with_rest: Callable[[Store, Iterable[int]], None]) -> tuple[int, ...] | None:
        """Those ticked are given, and something is done with the others, which are returned; None when that was refused."""
        came = [hand_out_id for hand_out_id, box in self._boxes.items() if box.isChecked()]
        rest = tuple(hand_out_id for hand_out_id, box in self._boxes.items() if not box.isChecked())
        try:
            if came:
                hand_outs.give(self._context.store, came)
            if rest:
                do_with_rest(self._context.store, rest)
        except Refused as refused:
            # Somebody has answered for a copy elsewhere: what is asked is no longer the question.
            self.hide()
            self.answered.emit(self._context.texts.problems(refused.problems))
            return None
        self.hide()
        return rest
