"""Händelser: everything that has happened in a case, newest first. Each line opens what it came from."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from rehabdesk.store.queries import notes as note_queries
from rehabdesk.store.queries import timeline as queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.texts import Texts
from rehabdesk.ui.cases.notes_card import NoteLine
from rehabdesk.ui.cases.timeline_words import TimelineLine, note_of, source_of, timeline_line
from rehabdesk.ui.parts.basics import Card, Heading, Link, Words
from rehabdesk.ui.parts.fitting_table import FittingTable
from rehabdesk.ui.parts.layouts import column, holding, line
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.tokens import PAD
from rehabdesk.ui.shell.context import Context

FIRST_SHOWN = 12
MORE = 40
#: How far in a table stands, so that its words stand under the heading of its card.
INDENT = 4


class TimelineCard(Card):
    """The latest events; older ones are shown when asked for. `unfolded(QWidget)` when a note is shown whole."""

    unfolded = Signal(QWidget)

    def __init__(self, context: Context, note_line: NoteLine, parent: QWidget | None = None) -> None:
        """`note_line` is where a note is written straight from here."""
        super().__init__(context.texts.say("Events"), parent=parent)
        self._context = context
        self._case_id: int | None = None
        self._most = FIRST_SHOWN
        self._note_line = note_line
        self.table = FittingTable(context.theme, timeline_columns(context.texts), context.texts.say("Events"), headed=False)
        self.note = _WholeNote(context)
        self.older = Link(context.texts.say("Show older"), context.texts.say("Events"))
        below = holding(line(self.older, None))
        below.layout().setContentsMargins(PAD, 0, PAD, 4)
        self.add(note_line)
        # The table's own cells begin a little in; with this they stand under the heading.
        indented = line(self.table, gap=0)
        indented.setContentsMargins(INDENT, 0, INDENT, 0)
        self.add(column(indented, self.note, below, gap=0), padded=False)
        self.table.opened.connect(self._on_opened)
        self.older.clicked.connect(self._on_older)
        self.note.change.clicked.connect(self._on_change)

    def show_case(self, row: CaseRow) -> None:
        """Show this case's events."""
        if row.id != self._case_id:
            self._case_id, self._most = row.id, FIRST_SHOWN
            self.note.hide()
        self._note_line.show_case(row)
        self._refresh()

    def step_back(self) -> bool:
        """Put away the note that is read or written; False when none is."""
        if self.note.isVisibleTo(self):
            self.note.hide()
            self.table.setFocus()
            return True
        return self._note_line.step_back()

    def flush(self) -> bool:
        """Keep what is typed of a note."""
        return self._note_line.flush()

    # --- slots and internals ---

    def _refresh(self) -> None:
        context, today = self._context, self._context.clock.today()
        found = context.store.read(queries.of_case, self._case_id, today, self._most + 1)
        self.table.set_rows([timeline_line(context.texts, row, today) for row in found[: self._most]])
        self.older.setVisible(len(found) > self._most)

    def _on_older(self) -> None:
        before = self._most
        self._most += MORE
        self._refresh()
        self.table.setFocus()
        self.table.setCurrentIndex(self.table.rows_model.index(before, 0))

    def _on_change(self) -> None:
        note_id = self.note.note_id
        if note_id is not None:
            self.note.hide()
            self._note_line.change_note(note_id)
            self.unfolded.emit(self._note_line)

    def _on_opened(self, shown: TimelineLine) -> None:
        note_id = note_of(shown.row)
        if note_id is not None:
            self.note.show_note(self._case_id, note_id)
            self.unfolded.emit(self.note)
            return
        self._context.navigate(source_of(shown.row, self._case_id))


class _WholeNote(QFrame):
    """One note with all that stands in it, below the events."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("part", "row")
        self._context = context
        self.note_id: int | None = None
        self.head, self.words = Heading(), Words()
        self.change = Link(context.texts.name("button", "Change"), context.texts.say("Note between meetings"))
        inside = column(line(self.head, None, self.change), self.words, gap=4)
        inside.setContentsMargins(PAD, 10, PAD, 10)
        self.setLayout(inside)
        self.hide()

    def show_note(self, case_id: int, note_id: int) -> None:
        """Show this note; nothing when it has been taken away."""
        texts = self._context.texts
        found = next((note for note in self._context.store.read(note_queries.of_case, case_id) if note.id == note_id), None)
        self.note_id = found.id if found is not None else None
        self.setVisible(found is not None)
        if found is not None:
            self.head.setText(" · ".join(part for part in (texts.long_date(found.on), found.with_whom) if part))
            self.words.setText(found.text)
            self.setAccessibleName(f"{self.head.text()}. {found.text}")


def timeline_columns(texts: Texts) -> tuple[Column, ...]:
    """The day, what kind of thing, and what."""
    return (
        Column("day", texts.name("event", "Day"), _day, muted=True, sortable=False),
        Column("head", texts.name("event", "What"), _head, bold=True, sortable=False),
        Column("words", texts.name("event", "More"), _words, tooltip=_words, stretch=True, sortable=False),
    )


def _day(shown: TimelineLine) -> str:
    return shown.day


def _head(shown: TimelineLine) -> str:
    return shown.head


def _words(shown: TimelineLine) -> str:
    return shown.words
