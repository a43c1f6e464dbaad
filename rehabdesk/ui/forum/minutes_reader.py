"""Gå igenom: the sheets one by one, read large and calm, each to be corrected where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.forum import ItemState
from rehabdesk.services import readings
from rehabdesk.services.forum.sheets import Frozen
from rehabdesk.store.queries.forum import actions as action_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import sheets as sheet_queries
from rehabdesk.store.queries.forum.agenda import ItemRow
from rehabdesk.store.queries.forum.sheets import SheetRow
from rehabdesk.ui.forum.minutes_correction import CorrectionForm
from rehabdesk.ui.forum.minutes_reading import Section, item_name, sections_of_item, sections_of_sheet
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import Badge, Card, KeyButton, Label, Muted, Words
from rehabdesk.ui.parts.layouts import FlowLayout, clear, column, holding, line, scrolling
from rehabdesk.ui.parts.tokens import EDGE, PAD, Tone
from rehabdesk.ui.shell.context import Context

TABLES = {"agenda_item", "item_sheet", "agreement", "action", "forum_session"}
WIDEST = 760


class SheetReader(QWidget):
    """One sheet at a time. `finished` after the last, `left` to go back, `corrected(Frozen)` after a correction."""

    finished = Signal()
    left = Signal()
    corrected = Signal(object)

    def __init__(self, context: Context, session_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._session_id = session_id
        self._items: tuple[ItemRow, ...] = ()
        self._sheets: dict[int, SheetRow] = {}
        self._item_id: int | None = None
        self._build()
        watch(self, context.store, TABLES, self._refresh)

    @property
    def item_id(self) -> int | None:
        """The item that is read."""
        return self._item_id

    def read_item(self, item_id: int | None = None) -> None:
        """Read this item's sheet, or begin from the first."""
        self.correction.put_away()
        first = self._items[0].id if self._items else None
        self._item_id = item_id if item_id is not None else first
        self._note_reading()
        self._show()
        self.next.setFocus()

    def step_back(self) -> bool:
        """Leave the correction, or the reading."""
        if self.correction.isVisibleTo(self):
            self.correction.put_away()
        else:
            self.left.emit()
        return True

    # --- internals ---

    def _build(self) -> None:
        texts = self._context.texts
        self.name, self.state = Words(part="headline"), Badge()
        self.place = Muted(wrap=False)
        self.back = KeyButton(texts.say("To the overview"), shows="Esc")
        self.previous = KeyButton(texts.name("button", "Previous"), "Ctrl+PgUp")
        self.next = KeyButton(texts.name("button", "Next"), "Ctrl+PgDown", kind="primary")
        self.correct = KeyButton(texts.say("Correct"), "Ctrl+R")
        self.correction = CorrectionForm(self._context)
        self.told = Muted()
        self.told.hide()
        self.back.clicked.connect(self.left)
        self.previous.clicked.connect(partial(self._step, -1))
        self.next.clicked.connect(partial(self._step, 1))
        self.correct.clicked.connect(self._on_correct)
        self.correction.corrected.connect(self._on_corrected)
        self.correction.left.connect(self._on_correction_left)
        buttons = FlowLayout()
        for widget in (self.back, self.previous, self.next, self.correct):
            buttons.addWidget(widget)
        self._sections = column(gap=PAD)
        card = Card()
        head = line(self.name, self.state, self.place, gap=12)
        head.setStretch(0, 1)
        card.add(head)
        self._above = holding(column(self.told, self.correction, gap=8, margin=PAD))
        self._above.hide()
        card.add(self._above, padded=False)
        card.add(self._sections)
        page = holding(column(card, None, margin=0))
        page.setMaximumWidth(self._context.theme.px(WIDEST))
        self.area = scrolling(holding(line(page, margin=0)))
        # Unlike other areas this one holds nothing to act on, so the arrows scroll it.
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(texts.say("The sheet"))
        whole = column(holding(buttons), self.area, margin=EDGE, gap=PAD)
        self.setLayout(whole)

    def _refresh(self) -> None:
        store, today = self._context.store, self._context.clock.today()
        self._items = store.read(agenda_queries.agenda, self._session_id, today)
        self._sheets = {row.item_id: row for row in store.read(sheet_queries.sheets_of_session, self._session_id)}
        if self._item_id is None and self._items:
            self._item_id = self._items[0].id
        self._show()

    def _show(self) -> None:
        texts = self._context.texts
        place = self._at
        if place is None:
            return
        item = self._items[place]
        sheet = self._sheets.get(item.id)
        self.name.setText(item_name(texts, item))
        self.place.setText(texts.say("{place} of {count}", place=place + 1, count=len(self._items)))
        self._tell_state(item, sheet)
        self.previous.setEnabled(place > 0)
        is_last = place == len(self._items) - 1
        self.next.set_words(texts.say("To the end") if is_last else texts.name("button", "Next"))
        self.correct.setVisible(sheet is not None and sheet.item is not None)
        self._list(self._read(item, sheet))

    def _tell_state(self, item: ItemRow, sheet: SheetRow | None) -> None:
        texts = self._context.texts
        if sheet is None:
            self.state.show_word(texts.say("not finished"), Tone.AMBER if item.state is ItemState.OPEN else Tone.NEUTRAL)
        elif sheet.versions > 1:
            self.state.show_word(texts.count("frozen, {n} correction", "frozen, {n} corrections", sheet.versions - 1), Tone.AMBER)
        else:
            self.state.show_word(texts.say("frozen {day}", day=sheet.frozen_on), Tone.GREEN)

    def _read(self, item: ItemRow, sheet: SheetRow | None) -> tuple[Section, ...]:
        texts, store = self._context.texts, self._context.store
        if sheet is not None:
            if sheet.item is None:
                return (Section(texts.say("Erased"), (texts.say("The text has been erased. Its digest is kept."), sheet.digest)),)
            return sections_of_sheet(texts, sheet.item)
        return sections_of_item(
            texts,
            item,
            store.read(agenda_queries.agreements, item.id),
            store.read(action_queries.actions_of_item, item.id),
            store.read(action_queries.earlier_actions, item.id),
        )

    def _list(self, sections: Sequence[Section]) -> None:
        clear(self._sections)
        if not sections:
            self._sections.addWidget(Muted(self._context.texts.say("Nothing is written here.")))
        for section in sections:
            label = Label(section.title)
            if section.is_correction:
                label.set_ink(Tone.AMBER)
            words = [Words(text) for text in section.lines]
            for one in words:
                one.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._sections.addLayout(column(label, *words, gap=4))

    @property
    def _at(self) -> int | None:
        return next((place for place, item in enumerate(self._items) if item.id == self._item_id), None)

    def _step(self, step: int, _checked: bool = False) -> None:
        place = self._at
        if place is None or not 0 <= place + step:
            return
        if place + step >= len(self._items):
            self.finished.emit()
            return
        self.correction.put_away()
        self.told.hide()
        self._above.hide()
        self._item_id = self._items[place + step].id
        self._note_reading()
        self._show()
        self.area.verticalScrollBar().setValue(0)

    def _note_reading(self) -> None:
        item = self._items[self._at] if self._at is not None else None
        if item is not None and item.case_id is not None:
            readings.note_item(self._context.store, item.case_id, item.id)

    def _on_correct(self) -> None:
        sheet = self._sheets.get(self._item_id)
        if sheet is not None:
            self.told.hide()
            self._above.show()
            self.area.verticalScrollBar().setValue(0)
            self.correction.ask(sheet.sheet_id, is_case=sheet.case_id is not None)

    def _on_corrected(self, made: Frozen) -> None:
        texts = self._context.texts
        copies = len(made.hand_out_ids)
        new = texts.count("{n} new copy is to be handed over.", "{n} new copies are to be handed over.", copies) if copies else ""
        self.told.setText(" ".join(part for part in (texts.say("The correction is made."), new) if part))
        self.told.show()
        self._above.show()
        self._refresh()
        self.correct.setFocus()
        self.corrected.emit(made)

    def _on_correction_left(self) -> None:
        self._above.hide()
        self.correct.setFocus()
