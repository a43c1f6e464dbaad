"""Lås: what stands in the way is told first; told twice, it is done all the same. What is locked is only ever corrected."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services.forum import minutes
from rehabdesk.store.queries import settings as settings_queries
from rehabdesk.ui.parts.basics import Card, KeyButton, Muted, Words
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context

#: What locking can be told twice to pass over; anything else stands in the way for good.
_CAN_BE_TOLD_TWICE = frozenset({"session.items_open", "session.nobody_present"})


class LockCard(Card):
    """The button, then the question in its place: sure, or the refusal with "lås ändå". `locked` when it is done."""

    locked = Signal()

    def __init__(self, context: Context, session_id: int, parent: QWidget | None = None) -> None:
        texts = context.texts
        super().__init__(texts.say("Lock the minutes"), parent=parent)
        self._context = context
        self._session_id = session_id
        self._passes_over = False
        self.words = Words(texts.say("The general part and the sheets become the minutes. After that they can only be corrected."))
        self.refusal = Words()
        self.refusal.set_ink(Tone.RED)
        self.consequence = Muted()
        self.lock = KeyButton(texts.name("minutes", "Lock"), "Ctrl+Shift+L", kind="primary")
        self.confirm = KeyButton("", kind="danger")
        self.cancel = KeyButton(texts.name("button", "Cancel"), shows="Esc")
        self.lock.clicked.connect(self._on_lock)
        self.confirm.clicked.connect(self._on_confirm)
        self.cancel.clicked.connect(self.step_back)
        buttons = FlowLayout()
        for button in (self.lock, self.confirm, self.cancel):
            buttons.addWidget(button)
        self.add(column(self.words, self.refusal, self.consequence, holding(buttons), gap=8))
        self._rest()

    def step_back(self) -> bool:
        """Leave the question; False when there was none."""
        if self.cancel.isHidden():
            return False
        self._rest()
        self.lock.setFocus()
        return True

    # --- internals ---

    def _rest(self) -> None:
        for widget in (self.refusal, self.consequence, self.confirm, self.cancel):
            widget.hide()
        self.lock.show()

    def _ask(self, problems: tuple[Problem, ...]) -> None:
        """Tell what stands in the way, or what cannot be taken back, and ask once more."""
        texts = self._context.texts
        can_be_passed = all(problem.code in _CAN_BE_TOLD_TWICE for problem in problems)
        self._passes_over = bool(problems)
        self.refusal.setText(texts.problems(problems))
        self.refusal.setVisible(bool(problems))
        self.consequence.setText(
            texts.say("An open item is broken off, one that waits is dropped, and both come back at the next meeting.")
            if problems
            else texts.say("This cannot be undone.")
        )
        self.consequence.setVisible(can_be_passed)
        self.confirm.set_words(texts.say("Lock all the same") if problems else texts.say("Lock now"))
        self.lock.setVisible(not can_be_passed)
        self.confirm.setVisible(can_be_passed)
        self.cancel.setVisible(can_be_passed)
        # On the way back: whoever presses Enter twice has not answered.
        (self.cancel if can_be_passed else self.lock).setFocus()

    def _on_lock(self) -> None:
        today = self._context.clock.today()
        self._ask(self._context.store.read(minutes.forecast, self._session_id, today).problems)

    def _on_confirm(self) -> None:
        store, texts = self._context.store, self._context.texts
        if not self._context.flushes.flush_all():
            self.refusal.setText(texts.say("Something typed could not be saved yet. Try again."))
            self.refusal.show()
            return
        language = store.read(settings_queries.paper_language)
        try:
            minutes.lock(store, self._session_id, told_twice=self._passes_over, language=language)
        except Refused as refused:
            self._ask(refused.problems)
            return
        self._context.messages.info(texts.say("The minutes are locked."))
        self._rest()
        self.locked.emit()
