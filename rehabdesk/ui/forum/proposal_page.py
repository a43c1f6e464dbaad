"""A proposed agenda, shown before it is taken: every item with its time, and everything that did not fit with its reason."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.fitting import NotFitting
from rehabdesk.domain.forum import ItemKind
from rehabdesk.domain.problems import Refused
from rehabdesk.services.forum import preparing
from rehabdesk.services.forum.preparing import AgendaProposal, LeftOutLine, ProposedLine
from rehabdesk.texts import Texts
from rehabdesk.ui.forum.due_words import reasons_words
from rehabdesk.ui.parts.basics import Heading, KeyButton, Muted, Title, Words
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding, page_body, scrolling
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.table import Table
from rehabdesk.ui.parts.tokens import GAP, PAD, Tone
from rehabdesk.ui.shell.context import Context

_TONES = {NotFitting.NO_CONSENT: Tone.RED, NotFitting.NOT_DUE: Tone.NEUTRAL}


class ProposalPage(QWidget):
    """`taken` when the agenda has become what was proposed, `closed` when it is left as it was."""

    taken = Signal()
    closed = Signal()

    def __init__(self, context: Context, session_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._session_id = session_id
        self._proposal: AgendaProposal | None = None
        self._build()

    def begin(self) -> None:
        """Make a proposal from what is known now."""
        self._problem.hide()
        self._propose()
        self.table.setFocus()

    # --- building ---

    def _build(self) -> None:
        context, texts = self._context, self._context.texts
        self._sum = Words()
        self._problem = Words("", "problem")
        self._problem.hide()
        self.table = Table(context.theme, _columns(texts), texts.say("Proposed agenda"))
        self.table.setSortingEnabled(False)
        self.table.setMinimumHeight(context.theme.px(220))
        self.left_out = Table(context.theme, _left_columns(texts), texts.say("What did not fit"))
        self.left_out.setSortingEnabled(False)
        self.left_out.setMinimumHeight(context.theme.px(140))
        self._left_head = Heading()
        self._parked = Muted(texts.say("What stands on the agenda now and does not fit goes to the parking list."))
        self.take = KeyButton(texts.say("Take the proposal"), "Ctrl+Return", kind="primary")
        self.close_button = KeyButton(texts.say("Leave the agenda as it is"), shows="Esc")
        self.take.clicked.connect(self._on_take)
        self.close_button.clicked.connect(self.closed)
        buttons = FlowLayout(gap=GAP)
        for button in (self.take, self.close_button):
            buttons.addWidget(button)
        body = page_body(column(
            Title(texts.say("Proposed agenda")), self._sum, self._problem, holding(buttons), self.table, self._left_head, self._parked,
            self.left_out, gap=PAD,
        ))  # fmt: skip
        body.itemAt(0).layout().setStretch(4, 3)
        body.itemAt(0).layout().setStretch(7, 2)
        self.setLayout(column(scrolling(holding(body))))

    # --- slots and internals ---

    def _propose(self) -> None:
        context = self._context
        try:
            self._proposal = context.store.read(preparing.propose, self._session_id, context.clock.today())
        except Refused as refused:
            self._proposal = None
            self._tell(context.texts.problems(refused.problems))
        self._show()

    def _show(self) -> None:
        texts, found = self._context.texts, self._proposal
        lines, left = (found.lines, found.left_out) if found is not None else ((), ())
        self.table.set_rows(lines)
        self.left_out.set_rows(left)
        self.take.setEnabled(found is not None)
        if found is not None:
            ends = texts.time(found.lines[-1].ends) if found.lines else ""
            count = found.new_count
            come = texts.count("{n} case comes onto the agenda.", "{n} cases come onto the agenda.", count)
            new = come if count else texts.say("No case comes onto the agenda.")
            until = texts.say("The meeting ends at {time}.", time=ends) if ends else ""
            air = texts.say("There are five minutes between participants, and everybody comes when she can.")
            self._sum.setText(" ".join(part for part in (new, until, air) if part))
        self._left_head.setText(texts.say("Did not fit ({count})", count=len(left)))
        for widget in (self._left_head, self.left_out):
            widget.setVisible(bool(left))
        self._parked.setVisible(any(line.is_parked for line in left))

    def _on_take(self) -> None:
        if self._proposal is None:
            return
        try:
            preparing.take(self._context.store, self._proposal)
        except Refused as refused:
            self._propose()
            self._tell(self._context.texts.problems(refused.problems))
            return
        self.taken.emit()

    def _tell(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.show()


def _columns(texts: Texts) -> tuple[Column, ...]:
    def starts(line: ProposedLine) -> str:
        return texts.time_span(line.starts, line.ends)

    def name(line: ProposedLine) -> str:
        return line.name

    def change(line: ProposedLine) -> str:
        return texts.name("proposal", "new") if line.is_new else ""

    def change_tone(line: ProposedLine) -> Tone | None:
        return Tone.ACCENT if line.is_new else None

    def why(line: ProposedLine) -> str:
        if line.reasons:
            return reasons_words(texts, line.reasons)
        return "" if line.kind is ItemKind.GENERAL else texts.say("Stands on the agenda")

    return (
        Column("starts", texts.name("column", "Time"), starts, sortable=False),
        Column("item", texts.name("column", "Item"), name, sortable=False, bold=True, tooltip=name),
        Column("new", texts.name("column", "Change"), change, sortable=False, tone=change_tone),
        Column("why", texts.name("column", "Why now"), why, sortable=False, stretch=True, tooltip=why),
    )


def _left_columns(texts: Texts) -> tuple[Column, ...]:
    def name(line: LeftOutLine) -> str:
        return line.name

    def why_not(line: LeftOutLine) -> str:
        words = texts.term(line.why)
        return texts.say("is parked: {why}", why=words) if line.is_parked else words

    def tone(line: LeftOutLine) -> Tone:
        return _TONES.get(line.why, Tone.AMBER)

    def why(line: LeftOutLine) -> str:
        return reasons_words(texts, line.reasons)

    return (
        Column("item", texts.name("column", "Item"), name, sortable=False, bold=True, tooltip=name),
        Column("why_not", texts.name("column", "Why not"), why_not, sortable=False, tone=tone, tooltip=why_not),
        Column("why", texts.name("column", "Why now"), why, sortable=False, stretch=True, tooltip=why),
    )
