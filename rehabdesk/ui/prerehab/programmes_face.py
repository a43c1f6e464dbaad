"""Insatser: the programmes, and beside them the one that is chosen, ready to be changed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.store.queries.prerehab import programmes as queries
from rehabdesk.store.queries.prerehab.programmes import ProgrammeRow
from rehabdesk.texts import Texts
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import KeyButton
from rehabdesk.ui.parts.layouts import TwoColumns, column, line, scrolling
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.table import Table
from rehabdesk.ui.parts.tokens import EDGE, PAD, ROW, Tone
from rehabdesk.ui.prerehab.programmes_form import ProgrammeForm
from rehabdesk.ui.shell.context import Context

TABLES = {"programme", "programme_instrument", "party", "organisation"}
MOST_ROWS = 12


class ProgrammesFace(QWidget):
    """The face of the room where programmes are made and changed."""

    told = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._programme_id: int | None = None
        self._is_adding = False
        texts = context.texts
        self.add_button = KeyButton(texts.say("New programme"), "Ctrl+N", kind="primary")
        self.add_button.clicked.connect(self.begin_new)
        self.table = Table(context.theme, _columns(texts), texts.say("Programmes"))
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_opened)
        self.form = ProgrammeForm(context)
        self.form.saved.connect(self._on_saved)
        self.form.closed.connect(self.step_back)
        self._left = column(line(self.add_button, None), self.table, None, gap=12)
        self._halves = TwoColumns(self._left, column(self.form, None), weights=(3, 4), folds_below=820)
        content = QWidget()
        content.setLayout(column(self._halves, None, margin=EDGE, gap=PAD))
        self._area = scrolling(content)
        self.setLayout(column(self._area))
        watch(self, context.store, TABLES, self._refresh)

    def show_programme(self, programme_id: int | None) -> None:
        """Choose one; None leaves the one that is chosen."""
        if programme_id is not None and programme_id != self._programme_id:
            self._programme_id = programme_id
            self.table.choose(programme_id)

    def begin_new(self) -> None:
        """Ctrl+N: the form of a programme that is new."""
        self._is_adding = True
        self.form.begin()
        self.form.show()
        self.form.name.setFocus()

    def focus_first(self) -> None:
        """The table, or where there is nothing, the first programme's name."""
        if self._is_adding or not self.table.rows_model.rows:
            self.begin_new()
        else:
            self.table.setFocus()

    def step_back(self) -> bool:
        """Esc leaves the new programme; what is written in it stays until one comes back."""
        if self._is_adding and self.table.rows_model.rows:
            self._is_adding = False
            self._show_chosen(self.table.current_row)
            self.table.setFocus()
            return True
        return False

    def flush(self) -> bool:
        """What is typed is a draft: it is kept, and shown again."""
        return self._context.flushes.flush_all()

    # --- slots and internals ---

    def _refresh(self) -> None:
        rows = self._context.store.read(queries.programmes, ended=True)
        self.table.set_rows(rows)
        self.table.setFixedHeight(self._context.theme.px(ROW) * (min(max(1, len(rows)), MOST_ROWS) + 2))
        self.table.setVisible(bool(rows))
        if not rows:
            self._is_adding = True
            self.form.begin()
        elif not self._is_adding:
            self._show_chosen(self.table.current_row)

    def _show_chosen(self, row: ProgrammeRow | None) -> None:
        if row is not None:
            self._programme_id = row.id
            self.form.show_programme(row)

    def _on_chosen(self, row: ProgrammeRow | None) -> None:
        if row is not None:
            self._is_adding = False
            self._show_chosen(row)

    def _on_opened(self, _row: ProgrammeRow) -> None:
        self.form.name.setFocus()

    def _on_saved(self, programme_id: int) -> None:
        was_new, self._is_adding = self._is_adding, False
        self._refresh()
        self.table.choose(programme_id)
        self._show_chosen(self.table.current_row)
        self._area.verticalScrollBar().setValue(0)
        self.table.setFocus()
        texts = self._context.texts
        self.told.emit(texts.say("The programme is there. Plan its rounds next.") if was_new else texts.say("The programme is saved."))


def _columns(texts: Texts) -> tuple[Column, ...]:
    return (
        Column("name", texts.name("column", "Programme"), _name, sort=_by_name, stretch=True, tooltip=_name),
        Column("supplier", texts.name("column", "Supplier"), _supplier, stretch=True, tooltip=_supplier),
        Column("state", texts.name("column", "State"), _State(texts), tone=_state_tone),
    )


class _State:
    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def __call__(self, row: ProgrammeRow) -> str:
        return self._texts.name("programme", "ended") if row.ended_on is not None else self._texts.name("programme", "in use")


def _name(row: ProgrammeRow) -> str:
    return row.name


def _by_name(row: ProgrammeRow) -> str:
    return row.name.casefold()


def _supplier(row: ProgrammeRow) -> str:
    return row.supplier


def _state_tone(row: ProgrammeRow) -> Tone:
    return Tone.NEUTRAL if row.ended_on is not None else Tone.GREEN
