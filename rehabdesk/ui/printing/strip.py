"""The queue in a few lines: what prints, what waits, and the question whether what was sent came out."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QFrame, QWidget

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import hand_outs
from rehabdesk.store.queries import hand_outs as queries
from rehabdesk.store.queries.hand_outs import HandOutRow
from rehabdesk.store.store import Store
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import KeyButton, Label, Muted, Words
from rehabdesk.ui.parts.forms import FieldProblem
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding
from rehabdesk.ui.printing.jam import JamQuestion
from rehabdesk.ui.printing.words import copy_words
from rehabdesk.ui.shell.context import Context

Verb = Callable[[Store, Iterable[int]], None]

GIVEN_KEY = "Ctrl+Shift+G"
JAM_KEY = "Ctrl+Shift+J"


class QueueStrip(QFrame):
    """For the meeting page, the papers and Idag: hidden while there is nothing to tell. `session_id` None is every session."""

    def __init__(self, context: Context, session_id: int | None = None, margin: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._session_id = session_id
        self._margin = margin
        self._waiting: tuple[HandOutRow, ...] = ()
        self._unanswered: tuple[HandOutRow, ...] = ()
        self._build()
        watch(self, context.store, {"hand_out"}, self._refresh)
        if context.queue is not None:
            context.queue.changed.connect(self._refresh)
            context.queue.failed.connect(self._on_failed)

    @property
    def told(self) -> str:
        """What it says now."""
        return " ".join(words.text() for words in (self.now, self.question) if not words.isHidden() and words.text())

    def show_session(self, session_id: int | None) -> None:
        """Speak of this session's papers."""
        if session_id != self._session_id:
            self._session_id = session_id
            self._refresh()

    # --- internals ---

    def _build(self) -> None:
        texts = self._context.texts
        self.setAccessibleName(texts.say("Printing"))
        self.now = Muted()
        self.question = Words()
        self.problem = FieldProblem()
        self.print_now = KeyButton(texts.say("Print now"))
        self.keep = KeyButton(texts.say("Hand over later"))
        self.given = KeyButton(texts.say("Yes, handed over"), GIVEN_KEY)
        self.missing = KeyButton(texts.say("Something is missing"), JAM_KEY)
        self.jam = JamQuestion(self._context)
        self.print_now.clicked.connect(self._on_print_now)
        self.keep.clicked.connect(self._on_keep)
        self.given.clicked.connect(self._on_given)
        self.missing.clicked.connect(self._on_missing)
        self.jam.answered.connect(self._on_answered)
        self.jam.left.connect(self._on_left)
        waiting, sent = FlowLayout(), FlowLayout()
        for button in (self.print_now, self.keep):
            waiting.addWidget(button)
        for button in (self.given, self.missing):
            sent.addWidget(button)
        self._waiting_buttons, self._sent_buttons = holding(waiting), holding(sent)
        self._all = holding(
            column(
                Label(texts.say("Printing")), self.now, self._waiting_buttons, self.problem,
                self.question, self._sent_buttons, self.jam, margin=self._margin, gap=6,
            )  # fmt: skip
        )
        # The strip itself stays in sight, so that it hears when there is something to tell again.
        self.setLayout(column(self._all))

    def _refresh(self) -> None:
        store, queue = self._context.store, self._context.queue
        job = queue.job if queue is not None else None
        self._waiting = tuple(row for row in self._mine(store.read(queries.to_print)) if job is None or row.id != job.id)
        self._unanswered = tuple(row for row in self._mine(store.read(queries.unanswered)) if job is None or row.id != job.id)
        self._tell_now(job if job is not None and self._is_mine(job) else None)
        self._tell_question()
        if not self._waiting:
            self.problem.tell("")
        self._all.setVisible(bool(self._waiting or self._unanswered or self.now.text() or self.jam.isVisibleTo(self._all)))

    def _tell_now(self, job: HandOutRow | None) -> None:
        texts, queue = self._context.texts, self._context.queue
        waits = texts.count("{n} copy waits.", "{n} copies wait.", len(self._waiting)) if self._waiting else ""
        held = queue is not None and queue.held
        if job is not None:
            doing = texts.say("At the printer: {copy}.", copy=copy_words(texts, job))
        else:
            doing = texts.say("The printing is paused.") if held and self._waiting else ""
        self.now.setText(" ".join(part for part in (doing, waits) if part))
        self.now.setVisible(bool(self.now.text()))
        self._waiting_buttons.setVisible(bool(self._waiting) and job is None and not held)

    def _tell_question(self) -> None:
        texts, count = self._context.texts, len(self._unanswered)
        asking = self.jam.isVisibleTo(self._all)
        if count == 1:
            words = texts.say("Sent: {copy}. Did it come out?", copy=copy_words(texts, self._unanswered[0]))
        else:
            words = texts.count("{n} copy sent: did it come out?", "{n} copies sent: did they come out?", count) if count else ""
        self.question.setText(words)
        self.question.setVisible(bool(words) and not asking)
        self.given.set_words(texts.say("Yes, handed over") if count == 1 else texts.say("Yes, all handed over"))
        self._sent_buttons.setVisible(bool(words) and not asking)

    def _mine(self, rows: tuple[HandOutRow, ...]) -> tuple[HandOutRow, ...]:
        return tuple(row for row in rows if self._is_mine(row))

    def _is_mine(self, row: HandOutRow) -> bool:
        # A notice of a withdrawal belongs to no session where the case was on none; it is told everywhere.
        return self._session_id is None or row.session_id in (None, self._session_id)

    def _on_print_now(self) -> None:
        queue = self._context.queue
        if queue is None:
            return
        if queue.printer is None and not queue.choose_printer(self.window()):
            return
        self.problem.tell("")
        queue.print_left_over()

    def _on_keep(self) -> None:
        self._do(hand_outs.keep_for_later, [row.id for row in self._waiting])

    def _on_given(self) -> None:
        self._do(hand_outs.give, [row.id for row in self._unanswered])

    def _on_missing(self) -> None:
        if len(self._unanswered) == 1:
            # There is nothing to choose between.
            ids = [self._unanswered[0].id]
            if self._do(hand_outs.print_again, ids) and self._context.queue is not None:
                self._context.queue.wake(ids)
            return
        self.jam.ask(self._unanswered)
        self._tell_question()

    def _on_answered(self, sentence: str) -> None:
        self._context.messages.info(sentence)
        self._refresh()

    def _on_left(self) -> None:
        self.jam.hide()
        self._refresh()

    def _on_failed(self, problem: Problem) -> None:
        self.problem.tell(self._context.texts.problem(problem))
        self._refresh()

    def _do(self, verb: Verb, ids: list[int]) -> bool:
        try:
            verb(self._context.store, ids)
        except Refused as refused:
            self.problem.tell(self._context.texts.problems(refused.problems))
            return False
        return True
