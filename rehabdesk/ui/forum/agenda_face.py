"""Dagordning: the items in order with their time boxes, the parking list, and beside them the item that is chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from rehabdesk.domain.forum import SeriesKind, SessionState, add_minutes, minutes_between
from rehabdesk.domain.problems import Refused
from rehabdesk.services.forum import agenda
from rehabdesk.store.queries.forum import agenda as queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.queries.forum.agenda import ItemRow
from rehabdesk.store.queries.forum.sessions import SessionRow
from rehabdesk.texts import Texts
from rehabdesk.ui.forum.add_item import AddItem
from rehabdesk.ui.forum.agenda_table import AgendaLine, AgendaTable, agenda_lines, item_name
from rehabdesk.ui.forum.item_panel import ItemPanel
from rehabdesk.ui.forum.preparation_pages import PreparationPages
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.bars import ProgressLine
from rehabdesk.ui.parts.basics import Badge, Heading, KeyButton, Words
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding, line, page_body, scrolling
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.table import Table
from rehabdesk.ui.parts.tokens import GAP, PAD, Tone
from rehabdesk.ui.shell.context import Context

TABLES = {"forum_session", "agenda_item", "item_party", "party", "case", "participant", "consent", "consent_kind"}
PARKING_LINES = 4
NARROW = 840
"""Below this width, at 14 px text, the item stands beneath the agenda."""


class AgendaFace(QWidget):
    """The face; `choose_item` goes to an item, also one that is parked."""

    def __init__(self, context: Context, session_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._session_id = session_id
        self._session: SessionRow | None = context.store.read(session_queries.session, session_id)
        self._build()
        self._listen()
        watch(self, context.store, TABLES, self._refresh)

    @property
    def editable(self) -> bool:
        """Whether the agenda is still being made."""
        return self._session is not None and self._session.state in (SessionState.PLANNED, SessionState.UNDER_WAY)

    def choose_item(self, item_id: int) -> None:
        """Go to an item."""
        # Whoever sends somebody here may have just put it on the agenda.
        self._refresh()
        self.pages.step_back()
        if self.table.choose(item_id):
            self.table.setFocus()
        elif self.parking.choose(item_id):
            self.parking.setFocus()

    def show_calls(self) -> None:
        """Go to the calls."""
        self.pages.show_calls()

    def focus_first(self) -> None:
        """The keyboard starts in the agenda, or at the first thing to add; what is proposed or called keeps it."""
        if self.pages.currentIndex() == 0:
            (self.table if self.table.rows_model.rowCount() else self.add_button).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The item beside the agenda, or beneath it where there is no room."""
        super().resizeEvent(event)
        wide = event.size().width() >= self._context.theme.px(NARROW)
        self._splitter.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    def step_back(self) -> bool:
        """Esc puts away what is being added."""
        if self.pages.step_back():
            return True
        if self._side.currentWidget() is self.adding:
            self._end_adding()
            return True
        return False

    # --- building ---

    def _build(self) -> None:
        context, texts = self._context, self._context.texts
        self.table = AgendaTable(context.theme, texts, self._on_minutes_typed)
        self.table.set_empty(
            texts.say("The agenda has no items yet."), texts.say("Begin with the cases that are due."),
            texts.say("Add an item"), self.begin_adding,
        )
        self.parking = Table(context.theme, _parking_columns(texts), texts.say("Parking list"))
        self._parking_head = Heading()
        self.item = ItemPanel(context)
        has_cases = self._session is not None and self._session.series_kind is SeriesKind.REHAB_FORUM
        self.adding = AddItem(context, self._session_id, has_cases)
        self._side = QStackedWidget()
        self._side.addWidget(scrolling(holding(line(self.item))))
        self._side.addWidget(self.adding)
        self._side.setMinimumWidth(context.theme.px(380))
        self._side.setContentsMargins(PAD, 0, 0, 0)
        left = column(self._buttons(), self._sum_line(), self.table, self._parking_part(), gap=PAD)
        for button in (self.propose, self.calls):
            button.setVisible(has_cases)
        left.setStretch(2, 1)
        left.setContentsMargins(0, 0, PAD, 0)
        self.table.setMinimumHeight(context.theme.px(180))
        self._side.setMinimumHeight(context.theme.px(360))
        self._splitter = splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(holding(left))
        splitter.addWidget(self._side)
        splitter.setStretchFactor(0, 5)
        splitter.setStretchFactor(1, 3)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        body = page_body(splitter)
        body.setStretch(0, 1)
        self._scroll = scrolling(holding(body))
        self.pages = PreparationPages(context, self._session_id, self._scroll)
        self.setLayout(column(self.pages))

    def _buttons(self) -> QWidget:
        texts = self._context.texts
        self.add_button = KeyButton(texts.say("Add an item"), "Ctrl+N", kind="primary")
        self.propose = KeyButton(texts.name("button", "Propose"), "F7")
        self.calls = KeyButton(texts.name("call", "Calls"), "F3")
        self.up = KeyButton(texts.name("button", "Up"), shows="Alt+Up", kind="link")
        self.down = KeyButton(texts.name("button", "Down"), shows="Alt+Down", kind="link")
        self.park = KeyButton(texts.say("Park"), "F6", kind="link")
        self.remove = KeyButton(texts.name("button", "Remove"), shows="Del", kind="link")
        row = FlowLayout(gap=GAP)
        for button in (self.add_button, self.propose, self.calls, self.up, self.down, self.park, self.remove):
            row.addWidget(button)
        return holding(row)

    def _sum_line(self) -> QWidget:
        self._sum = Words(wrap=False)
        self._over = Badge()
        self._over.hide()
        self._bar = ProgressLine(self._context.theme, self._context.texts.say("Time used"))
        row = line(self._sum, self._over, None, gap=GAP)
        return holding(column(row, self._bar, gap=4))

    def _parking_part(self) -> QWidget:
        texts = self._context.texts
        self.take_up = KeyButton(texts.say("Take onto the agenda"), shows="F6", kind="link")
        self.parking.horizontalHeader().hide()
        head = line(self._parking_head, None, self.take_up)
        self._parked_part = holding(column(head, self.parking, gap=GAP))
        return self._parked_part

    def _listen(self) -> None:
        self.table.chosen.connect(self._on_chosen)
        self.parking.chosen.connect(self._on_chosen_parked)
        self.table.move_wanted.connect(self._on_move_wanted)
        self.table.opened.connect(self._on_opened)
        self.parking.opened.connect(self._on_take_up)
        self.adding.added.connect(self._on_added)
        self.adding.closed.connect(self._end_adding)
        self.propose.clicked.connect(self.pages.show_proposal)
        self.calls.clicked.connect(self.pages.show_calls)
        self.pages.back.connect(self._end_adding)
        for button, slot in (
            (self.add_button, self.begin_adding), (self.up, self._on_up), (self.down, self._on_down),
            (self.park, self._on_park), (self.remove, self._on_remove), (self.take_up, self._on_take_up),
        ):
            button.clicked.connect(slot)
        for table in (self.table, self.parking):
            shortcut = QShortcut(QKeySequence(Qt.Key.Key_Delete), table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self._on_remove)

    # --- slots ---

    def begin_adding(self) -> None:
        """Open the panel in which something is put on the agenda."""
        if self.editable:
            self._side.setCurrentWidget(self.adding)
            self.adding.begin()
            self._bring_up(self._side)

    def _end_adding(self) -> None:
        self._side.setCurrentIndex(0)
        self.table.setFocus()
        self._bring_up(self.table)

    def _bring_up(self, part: QWidget) -> None:
        """Where the item stands beneath the agenda, the part that has the keyboard may be out of sight."""
        if self._splitter.orientation() is Qt.Orientation.Vertical:
            self._scroll.verticalScrollBar().setValue(part.mapTo(self._scroll.widget(), QPoint(0, 0)).y() - PAD)

    def _on_added(self, item_id: int) -> None:
        self._refresh()
        self.table.choose(item_id)

    def _on_chosen(self, row: AgendaLine | None) -> None:
        self.item.show_line(row, self._session_id, self.editable)
        self._allow()

    def _on_chosen_parked(self, row: ItemRow | None) -> None:
        if row is not None and self.parking.hasFocus():
            self._show_parked(row)

    def _on_opened(self, _row: AgendaLine) -> None:
        """Enter leads into the item."""
        self._side.setCurrentIndex(0)
        (self.item.question if self.item.question.isEnabled() else self.item).setFocus()
        self._bring_up(self._side)

    def _on_move_wanted(self, row: AgendaLine, place: int) -> None:
        self._do(agenda.move_item, row.id, place)

    def _on_up(self) -> None:
        self._move_by(-1)

    def _on_down(self) -> None:
        self._move_by(1)

    def _on_park(self) -> None:
        """F6: park from the agenda, take up from the parking list."""
        if self.parking.hasFocus():
            self._on_take_up()
        elif self.table.current_row is not None:
            self._do(agenda.park_item, self.table.current_row.id)

    def _on_take_up(self, _row: object = None) -> None:
        row = self.parking.current_row
        if row is not None and self._do(agenda.unpark_item, row.id, self._session_id):
            self._refresh()
            self.choose_item(row.id)

    def _on_remove(self) -> None:
        table = self.parking if self.parking.hasFocus() else self.table
        if table.current_row is not None:
            self._do(agenda.remove_item, table.current_row.id)

    def _on_minutes_typed(self, item_id: int, typed: str) -> None:
        written = typed.strip().removesuffix("min").strip()
        # What is no number is refused in the same words as a number that is too large.
        self._do(agenda.change_item, item_id, minutes=int(written) if written.isascii() and written.isdecimal() else -1)

    # --- internals ---

    def _do(self, verb: Callable[..., object], *args: object, **kwargs: object) -> bool:
        try:
            verb(self._context.store, *args, **kwargs)
        except Refused as refused:
            self._context.messages.warn(self._context.texts.problems(refused.problems))
            return False
        return True

    def _move_by(self, step: int) -> None:
        row = self.table.current_row
        if row is not None:
            self._do(agenda.move_item, row.id, self.table.currentIndex().row() + step)

    def _refresh(self) -> None:
        store, today = self._context.store, self._context.clock.today()
        self._session = store.read(session_queries.session, self._session_id)
        if self._session is None:
            return
        lines = agenda_lines(store.read(queries.agenda, self._session_id, today), self._session.start)
        self.table.set_rows(lines)
        parked = store.read(queries.parked, self._session.series_id, today)
        self.parking.set_rows(parked)
        self._parked_part.setVisible(bool(parked))
        lines_shown = min(len(parked), PARKING_LINES)
        self.parking.setFixedHeight(self.parking.verticalHeader().defaultSectionSize() * lines_shown + self._context.theme.px(6))
        self._parking_head.setText(self._context.texts.say("Parked ({count})", count=len(parked)))
        if self._side.currentWidget() is self.adding:
            self.adding.refresh()
        self._tell_sum(lines)
        shown = next((row for row in lines if row.id == self.item.item_id), None)
        self._on_chosen(shown or self.table.current_row)

    def _show_parked(self, row: ItemRow) -> None:
        start = self._session.start if self._session is not None else "00:00"
        self.item.show_line(AgendaLine(row, 0, start, add_minutes(start, row.minutes)), self._session_id, self.editable)

    def _tell_sum(self, lines: tuple[AgendaLine, ...]) -> None:
        texts, session = self._context.texts, self._session
        there_is, used = minutes_between(session.start, session.end), sum(row.item.minutes + row.item.minutes_before for row in lines)
        ends = lines[-1].ends if lines else session.start
        self._sum.setText(texts.say(
            "{used} of {total}, ends {time}", used=texts.duration(used), total=texts.duration(there_is), time=texts.time(ends)
        ))
        over = used - there_is
        self._over.setVisible(over > 0)
        self._over.show_word(texts.say("{time} too long", time=texts.duration(max(0, over))), Tone.AMBER)
        self._bar.show_share(used / there_is if there_is else 0, self._sum.text(), Tone.AMBER if over > 0 else Tone.ACCENT)

    def _allow(self) -> None:
        """What can be done with the item where one is."""
        row, lines = self.table.current_row, self.table.rows_model.rows
        place = self.table.currentIndex().row()
        movable = self.editable and row is not None and row.waits
        self.table.reorder(self.editable)
        self.add_button.setEnabled(self.editable)
        self.propose.setEnabled(self._session is not None and self._session.state is SessionState.PLANNED)
        self.up.setEnabled(movable and place > 0 and lines[place - 1].waits)
        self.down.setEnabled(movable and place < len(lines) - 1)
        free = movable and row.item.paragraph is None
        self.park.setEnabled(self.editable and (free or self.parking.rows_model.rowCount() > 0))
        self.remove.setEnabled(free or self.parking.rows_model.rowCount() > 0)
        self.take_up.setEnabled(self.editable)


def _parking_columns(texts: Texts) -> tuple[Column, ...]:
    def name(row: ItemRow) -> str:
        return item_name(texts, row)

    def minutes(row: ItemRow) -> str:
        return texts.duration(row.minutes)

    return (
        Column("item", texts.name("column", "Item"), name, stretch=True, sortable=False),
        Column("minutes", texts.name("column", "Time box"), minutes, align_right=True, sortable=False, muted=True),
    )
