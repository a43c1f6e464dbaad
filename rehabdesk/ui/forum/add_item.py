"""Putting something on the agenda: a case (those that are due come first), a general item, or a de-identified consultation."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from rehabdesk.domain.forum import Due, ItemKind
from rehabdesk.domain.names import Register
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services.forum import agenda, names, preparing
from rehabdesk.store.queries.forum.candidates import Candidate, covered
from rehabdesk.texts import Texts
from rehabdesk.ui.forum.due_words import brief_words, why_words
from rehabdesk.ui.forum.item_panel import MinutesField, name_warning
from rehabdesk.ui.parts.basics import Card, KeyButton, Muted, Words
from rehabdesk.ui.parts.forms import ChoiceField, FieldFrame
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding, line
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.search_line import SearchLine, found_in
from rehabdesk.ui.parts.table import Table
from rehabdesk.ui.parts.tokens import GAP, PAD, Tone
from rehabdesk.ui.shell.context import Context

_DUE_TONES = {Due.LATE_ACTION: Tone.AMBER, Due.PLAN: Tone.AMBER, Due.LATER: Tone.NEUTRAL, Due.NO_DATE: Tone.NEUTRAL}


class AddItem(Card):
    """`added(item_id)` after each item; the panel stays, since agendas are made of several. `closed` when it is put away."""

    added = Signal(int)
    closed = Signal()

    def __init__(self, context: Context, session_id: int, has_cases: bool, parent: QWidget | None = None) -> None:
        texts = context.texts
        super().__init__(texts.say("Add to the agenda"), parent=parent)
        self._context = context
        self._session_id = session_id
        self._candidates: tuple[Candidate, ...] = ()
        self._register: Register | None = None
        kinds = (ItemKind.CASE, ItemKind.GENERAL, ItemKind.CONSULTATION) if has_cases else (ItemKind.GENERAL,)
        names_of = {ItemKind.CASE: texts.name("item", "Case"), ItemKind.GENERAL: texts.say("General item"),
                    ItemKind.CONSULTATION: texts.say("De-identified consultation")}
        self.kind = ChoiceField([(kind, names_of[kind]) for kind in kinds], texts.say("Kind of item"))
        self.kind.changed.connect(self._on_kind)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._case_part())
        self._stack.addWidget(self._title_part())
        self.add_button = KeyButton(texts.say("Put on the agenda"), "Ctrl+Return", kind="primary")
        self.add_button.clicked.connect(self._on_add)
        self.close_button = KeyButton(texts.name("button", "Close"), shows="Esc")
        self.close_button.clicked.connect(self.closed)
        self._problem = Words("", "problem")
        self._problem.hide()
        kind = FieldFrame(texts, texts.say("Kind of item"), self.kind)
        buttons = FlowLayout(gap=GAP)
        for button in (self.add_button, self.close_button):
            buttons.addWidget(button)
        content = column(kind, self._stack, self._problem, holding(buttons), gap=PAD)
        content.setStretch(1, 1)
        self.add(content, stretch=1)

    def begin(self) -> None:
        """Ask again what could be added, and put the keyboard where it is found."""
        self._register = self._context.store.read(names.register)
        self.refresh()
        self._on_kind(self.kind.value)

    def refresh(self) -> None:
        """Ask again which cases could be added."""
        self._candidates = self._context.store.read(preparing.candidates, self._session_id, self._context.clock.today())
        self._narrow()

    # --- building ---

    def _case_part(self) -> QWidget:
        context, texts = self._context, self._context.texts
        self.search = SearchLine(texts.say("Case number or name"))
        self.search.narrowed.connect(self._narrow)
        self.search.into_list.connect(self._on_into_list)
        self.table = Table(context.theme, _columns(texts), texts.say("Cases that could be taken up"))
        self.table.opened.connect(self._on_chosen)
        self.table.chosen.connect(self._on_current)
        self.table.set_empty(texts.say("No case to add."), texts.say("Every open case is on the agenda, or none is open."))
        self.covers = Muted()
        content = column(self.search, self.table, self.covers, gap=GAP)
        content.setStretch(1, 1)
        return holding(content)

    def _title_part(self) -> QWidget:
        texts = self._context.texts
        self.title = QLineEdit()
        self.title.textChanged.connect(self._on_title)
        self.title.returnPressed.connect(self._on_add)
        self.minutes = MinutesField(texts.say("Time box"), texts.say("min"))
        self.title_frame = FieldFrame(texts, texts.say("What the item is called"), self.title)
        self._hint = Muted()
        self._warning = Words()
        self._warning.set_ink(Tone.AMBER)
        self._warning.hide()
        self.minutes_frame = FieldFrame(texts, texts.say("Time box"), self.minutes)
        self.minutes.returnPressed.connect(self._on_add)
        box = line(self.minutes_frame, None)
        return holding(column(self.title_frame, self._warning, self._hint, box, None, gap=PAD))

    # --- slots and internals ---

    def _on_kind(self, kind: ItemKind) -> None:
        texts = self._context.texts
        by_case = kind is ItemKind.CASE
        self._stack.setCurrentIndex(0 if by_case else 1)
        self._tell("")
        self.minutes.show_minutes(agenda.USUAL_MINUTES[kind])
        about = texts.say("Say what it is about, without anything that points to somebody.")
        self._hint.setText(about if kind is ItemKind.CONSULTATION else "")
        (self.search if by_case else self.title).setFocus()

    def _narrow(self, _text: str = "") -> None:
        sought = self.search.text()
        self.table.set_rows([row for row in self._candidates if found_in(sought, row.number, row.full_name)])
        self._on_current(self.table.current_row)

    def _on_into_list(self) -> None:
        if self.table.rows_model.rowCount() == 1:
            self._on_chosen(self.table.rows_model.rows[0])
        elif self.table.rows_model.rowCount():
            self.table.setFocus()

    def _on_current(self, row: Candidate | None) -> None:
        self.covers.setText("" if row is None else _covers_words(self._context, row))

    def _on_title(self, text: str) -> None:
        found = self._context.store.read(agenda.names_in_title, self._session_id, text, self._register) if text.strip() else ()
        self._warning.setText(name_warning(self._context, found))
        self._warning.setVisible(bool(found))

    def _on_add(self) -> None:
        if self.kind.value is ItemKind.CASE:
            if self.table.current_row is not None:
                self._on_chosen(self.table.current_row)
            return
        make = agenda.add_general_item if self.kind.value is ItemKind.GENERAL else agenda.add_consultation
        try:
            item_id = make(self._context.store, self._session_id, self.title.text(), self.minutes.minutes)
        except Refused as refused:
            self._tell_beside(refused.problems)
            return
        self._tell_beside(())
        self.title.clear()
        self.title.setFocus()
        self.added.emit(item_id)

    def _tell_beside(self, problems: tuple[Problem, ...]) -> None:
        for name, frame in (("minutes", self.minutes_frame), ("title", self.title_frame)):
            mine = [problem for problem in problems if problem.field == name]
            frame.tell(self._context.texts.problems(mine))
            if mine:
                frame.field.setFocus()

    def _on_chosen(self, row: Candidate) -> None:
        store = self._context.store
        try:
            if row.parked_item_id is not None:
                agenda.unpark_item(store, row.parked_item_id, self._session_id)
                item_id = row.parked_item_id
            else:
                item_id = agenda.add_case_item(store, self._session_id, row.id)
        except Refused as refused:
            self._tell(self._context.texts.problems(refused.problems))
            return
        self._tell("")
        self.search.clear()
        self.refresh()
        self.search.setFocus()
        self.added.emit(item_id)

    def _tell(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))


def _covers_words(context: Context, row: Candidate) -> str:
    texts = context.texts
    its = context.store.read(covered, row.id, context.clock.today(), row.parked_item_id)
    names_of = list(its.parties)
    if its.more:
        names_of.append(texts.count("{n} more party", "{n} more parties", its.more))
    told = [f"{why_words(texts, row)}."]
    if row.last_on is not None:
        told.append(texts.say("Last on {day}.", day=texts.date(row.last_on)))
    if names_of:
        told.append(texts.say("{number}: the consent covers {parties}. They are called.", number=row.number, parties=names_of))
    else:
        told.append(texts.say("{number}: no consent covers anybody to call today. The item becomes a de-identified consultation.", number=row.number))
    return " ".join(told)


def _columns(texts: Texts) -> tuple[Column, ...]:
    def name(row: Candidate) -> str:
        return f"{row.number} {row.name}"

    def why(row: Candidate) -> str:
        if row.parked_item_id is not None and not row.is_pressing:
            return texts.name("item", "parked")
        return brief_words(texts, row)

    def whole(row: Candidate) -> str:
        return why_words(texts, row)

    def tone(row: Candidate) -> Tone:
        return _DUE_TONES.get(row.due, Tone.ACCENT)

    return (
        Column("case", texts.name("column", "Case"), name, sortable=False),
        Column("due", texts.name("column", "Why now"), why, tone=tone, stretch=True, sortable=False, tooltip=whole, accessible=whole),
    )
