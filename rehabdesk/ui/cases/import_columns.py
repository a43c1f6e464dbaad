"""The columns of a file with its first rows, and beside each what it becomes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from rehabdesk.domain.case_import import (
    MOST_ROWS_ABOVE,
    ImportField,
    Layout,
    data_rows,
    guessed_fields,
    guessed_layout,
    headings,
)
from rehabdesk.domain.sheet_cells import Sheet, as_text
from rehabdesk.ui.parts.basics import Label, Words
from rehabdesk.ui.parts.forms import ChoiceField
from rehabdesk.ui.parts.layouts import clear, column, line
from rehabdesk.ui.parts.tokens import GAP, PAD
from rehabdesk.ui.shell.context import Context

SHOWN_ROWS = 3
LAST_FOUR = re.compile(r"(?<![0-9])((?:[0-9]{2})?[0-9]{6}[-+–]?)(?:[0-9]{4}|[A-Za-z][0-9]{3})(?![0-9])")
#: So much of a cell is shown.
MOST_SIGNS = 40


class ImportColumns(QWidget):
    """`changed()` when a column became something else, or another row holds the headings."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._sheet: Sheet | None = None
        self._fields: dict[int, ImportField] = {}
        self.choices: list[ChoiceField] = []
        texts = context.texts
        self.heading_row = ChoiceField((), texts.say("The row with the headings"))
        self.heading_row.changed.connect(self._on_heading_row)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(PAD)
        self._grid.setVerticalSpacing(GAP)
        self.setLayout(column(line(Label(texts.say("The row with the headings")), self.heading_row, None), self._grid, gap=PAD))

    @property
    def layout_chosen(self) -> Layout:
        """What is chosen now."""
        return Layout(self.heading_row.value, dict(self._fields))

    def show_sheet(self, sheet: Sheet) -> None:
        """The columns of this file, as they are guessed; what was chosen for the same headings stays."""
        before, self._sheet = self._sheet, sheet
        kept = self.layout_chosen if before is not None and _same_headings(before, sheet, self.layout_chosen) else None
        layout = kept or guessed_layout(sheet)
        texts = self._context.texts
        rows = [
            (place, texts.say("Row {row}: {what}", row=row.number, what=_shortened(", ".join(filter(None, map(as_text, row.cells))))))
            for place, row in enumerate(sheet.rows[:MOST_ROWS_ABOVE])
        ]
        self.heading_row.set_choices([*rows, (None, texts.say("There are no headings"))])
        self.heading_row.set_value(layout.heading_row)
        self._show(layout.fields)

    def focus_first(self) -> None:
        """The first column's choice."""
        (self.choices[0] if self.choices else self.heading_row).setFocus()

    # --- slots and internals ---

    def _show(self, fields: Mapping[int, ImportField]) -> None:
        sheet, texts = self._sheet, self._context.texts
        assert sheet is not None
        self._fields = dict(fields)
        clear(self._grid)
        self.choices.clear()
        layout = self.layout_chosen
        names, rows = headings(sheet, layout), data_rows(sheet, layout)[:SHOWN_ROWS]
        titles = [texts.say("Column in the file"), *(texts.say("Row {row}", row=row.number) for row in rows), texts.say("Becomes")]
        for place, title in enumerate(titles):
            self._grid.addWidget(Label(title), 0, place)
        options = [(None, texts.say("is not imported")), *((field, texts.term(field)) for field in ImportField)]
        for number, name in enumerate(names):
            head = Words(_shortened(name))
            head.set_bold(True)
            self._grid.addWidget(head, number + 1, 0)
            for place, row in enumerate(rows, start=1):
                self._grid.addWidget(Words(_preview(as_text(row.cell(number))), "muted"), number + 1, place)
            choice = ChoiceField(options, texts.say("Column {name} becomes", name=name))
            choice.set_value(self._fields.get(number))
            choice.changed.connect(partial(self._on_chosen, number))
            self.choices.append(choice)
            self._grid.addWidget(choice, number + 1, len(rows) + 1)
        for place in range(1, len(rows) + 1):
            self._grid.setColumnStretch(place, 1)

    def _on_chosen(self, number: int, field: ImportField | None) -> None:
        self._fields.pop(number, None)
        if field is not None:
            self._fields[number] = field
        self.changed.emit()

    def _on_heading_row(self, place: int | None) -> None:
        sheet = self._sheet
        assert sheet is not None
        self._show(guessed_fields(sheet.rows[place]) if place is not None else self._fields)
        self.heading_row.setFocus()
        self.changed.emit()


def _preview(text: str) -> str:
    """The last four of an identity number are nobody's business who passes by."""
    return _shortened(LAST_FOUR.sub(r"\1••••", text))


def _same_headings(before: Sheet, sheet: Sheet, layout: Layout) -> bool:
    place = layout.heading_row
    return place is not None and place < len(sheet.rows) and before.rows[place].cells == sheet.rows[place].cells


def _shortened(text: str) -> str:
    return text if len(text) <= MOST_SIGNS else text[: MOST_SIGNS - 1] + "…"
