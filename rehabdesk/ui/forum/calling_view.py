"""Kallelser: everybody who is called to the meeting, with her own time; letters printed, answers noted with one key each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSplitter, QWidget

from rehabdesk.domain.calling import Answered, CallState
from rehabdesk.domain.hand_outs import Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.problems import Refused
from rehabdesk.services import hand_outs
from rehabdesk.services.forum import calling, preparation_sheet
from rehabdesk.store.queries import calls as queries
from rehabdesk.store.queries import settings as settings_queries
from rehabdesk.store.queries.calls import CallRow
from rehabdesk.ui.forum.calling_answer import KEYS, NO_ANSWER_KEY, CallingAnswer
from rehabdesk.ui.forum.calling_table import CallingTable
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import KeyButton, Title, Words
from rehabdesk.ui.parts.forms import FieldProblem
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding, line, page_body, scrolling
from rehabdesk.ui.parts.tokens import GAP, PAD
from rehabdesk.ui.shell.context import Context, Target

TABLES = {
    "forum_session", "agenda_item", "item_party", "call", "hand_out", "consent", "consent_kind", "party", "participant", "case", "attendee",
}  # fmt: skip
NARROW = 840


class CallingView(QWidget):
    """`closed` when one goes back to the agenda."""

    closed = Signal()

    def __init__(self, context: Context, session_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._session_id = session_id
        self._rows: tuple[CallRow, ...] = ()
        self._build()
        self._listen()
        watch(self, context.store, TABLES, self._refresh)

    def begin(self) -> None:
        """Look again, and put the keyboard in the list."""
        self._refresh()
        self.table.setFocus()
        # In large type the buttons fill the window.
        self._scroll.ensureWidgetVisible(self.table)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The call beside the list, or beneath it where there is no room."""
        super().resizeEvent(event)
        wide = event.size().width() >= self._context.theme.px(NARROW)
        self._splitter.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    # --- building ---

    def _build(self) -> None:
        context, texts = self._context, self._context.texts
        self._sum = Words()
        self.told = FieldProblem()
        self.print_all = KeyButton(texts.say("Print the letters not made"), "Ctrl+Shift+P", kind="primary")
        self.print_one = KeyButton(texts.say("Print this letter"), "Ctrl+Return")
        self.sheets = KeyButton(texts.say("Print the preparation sheets"), "Ctrl+Shift+F")
        self.papers = KeyButton(texts.say("Look at them under Papers"), kind="link")
        self.close_button = KeyButton(texts.name("call", "Back to the agenda"), shows="Esc", kind="link")
        buttons = FlowLayout(gap=GAP)
        for button in (self.print_all, self.print_one, self.sheets, self.papers, self.close_button):
            buttons.addWidget(button)
        self.table = CallingTable(context.theme, texts)
        self.table.setMinimumHeight(context.theme.px(260))
        self.table.set_empty(texts.say("Nobody is called yet."), texts.say("Put a case on the agenda, or let an agenda be proposed."))
        self.answer = CallingAnswer(context)
        side = holding(line(self.answer))
        side.setMinimumWidth(context.theme.px(340))
        side.setContentsMargins(PAD, 0, 0, 0)
        self._splitter = splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.table)
        splitter.addWidget(side)
        splitter.setStretchFactor(0, 5)
        splitter.setStretchFactor(1, 3)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        content = column(Title(texts.name("call", "Calls")), self._sum, holding(buttons), self.told, splitter, gap=PAD)
        content.setStretch(4, 1)
        self._scroll = scrolling(holding(page_body(content)))
        self.setLayout(column(self._scroll))

    def _listen(self) -> None:
        self.table.chosen.connect(self.answer.show_call)
        self.answer.answered.connect(self._on_answered)
        self.print_all.clicked.connect(self._on_print_all)
        self.print_one.clicked.connect(self._on_print_one)
        self.sheets.clicked.connect(self._on_sheets)
        self.papers.clicked.connect(self._on_papers)
        self.close_button.clicked.connect(self.closed)
        for answer, key in (*KEYS, (None, NO_ANSWER_KEY)):
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(partial(self.answer.choose, answer))

    # --- slots ---

    def _refresh(self) -> None:
        context, texts = self._context, self._context.texts
        self._rows = context.store.read(queries.of_session, self._session_id, context.clock.today())
        self.table.set_rows(self._rows)
        self.answer.show_call(self.table.current_row)
        answered = sum(row.answer is not None for row in self._rows)
        waiting = sum(row.waits_for_answer for row in self._rows)
        unmade = len(self._unmade())
        parts = (
            (answered, texts.count("{n} has answered", "{n} have answered", answered)),
            (waiting, texts.count("{n} has not answered", "{n} have not answered", waiting)),
            (unmade, texts.count("{n} letter is not made", "{n} letters are not made", unmade)),
        )
        told = ", ".join(words for number, words in parts if number)
        self._sum.setText(f"{told}." if told else texts.say("Nobody has been asked yet."))
        self.print_all.setEnabled(unmade > 0)
        self.print_one.setEnabled(bool(self._rows))
        self.sheets.setEnabled(bool(self._rows))

    def _on_answered(self, answered: Answered | None) -> None:
        row = self.table.current_row
        if row is None:
            return
        try:
            calling.note_answer(self._context.store, row.item_id, row.party_id, answered)
        except Refused as refused:
            self.answer.show_problems(refused.problems)
            return
        self.answer.show_problems(())
        self._refresh()
        self.table.setFocus()

    def _on_print_all(self) -> None:
        self._print([self._letter(row) for row in self._unmade()])

    def _on_print_one(self) -> None:
        if self.table.current_row is not None:
            self._print([self._letter(self.table.current_row)])

    def _on_sheets(self) -> None:
        found = self._context.store.read(preparation_sheet.parties_preparing, self._session_id, self._context.clock.today())
        self._print([Wanted(PaperKind.PREPARATION, Reader(ReaderKind.PARTY, party_id), self._session_id) for party_id, _ in found])

    def _on_papers(self) -> None:
        self._context.navigate(Target("forum", "session", self._session_id, "papers"))

    # --- internals ---

    def _unmade(self) -> list[CallRow]:
        return [row for row in self._rows if row.state is CallState.NO_LETTER and not row.obstacle]

    def _letter(self, row: CallRow) -> Wanted:
        return calling.wanted_letter(self._session_id, row.item_id, row.case_id, row.party_id)

    def _print(self, wanted: Iterable[Wanted]) -> None:
        """One job for each reader; what may not be made is told, and the rest is printed."""
        context, texts, queue = self._context, self._context.texts, self._context.queue
        self.told.tell("")
        if queue is not None and queue.printer is None and not queue.choose_printer(self.window()):
            return
        language = context.store.read(settings_queries.paper_language)
        queued, refusals = [], []
        for one in wanted:
            try:
                queued.append(hand_outs.queue_paper(context.store, one, language=language))
            except Refused as refused:
                refusals.append(texts.problems(refused.problems))
        self.told.tell(" ".join(dict.fromkeys(refusals)))
        if queued:
            context.messages.info(texts.count("{n} paper is printed.", "{n} papers are printed, each by itself.", len(queued)))
            if queue is not None:
                queue.wake(queued)
        self._refresh()
