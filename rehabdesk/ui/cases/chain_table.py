"""A card one types into like a table: each row is kept as it is left, the last one adds, and nothing half written is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.ui.cases.chain_fields import DayLine, EditRow, headings
from rehabdesk.ui.parts.basics import Card, KeyButton, Link, Muted
from rehabdesk.ui.parts.form_draft import FormDraft
from rehabdesk.ui.parts.forms import ChoiceField
from rehabdesk.ui.parts.layouts import column
from rehabdesk.ui.shell.context import Context

Fields = dict[str, QWidget]
Values = tuple[Any, ...]


class Kept(Protocol):
    """A frozen row with an id."""

    id: int


@dataclass(frozen=True, slots=True)
class Told:
    """What stands beside a row, over it, and beneath it."""

    length: str = ""
    before: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class _Line:
    edit: EditRow
    fields: Fields
    length: Muted
    shown: Kept | None = None


class EditTable(Card):
    """The rows of one case. A room says what its fields are, and reads, tells, adds, changes and removes its rows."""

    def __init__(self, context: Context, title: str, aside: QWidget | None, names: Sequence[str], new: tuple[str, str]) -> None:
        """`names` are those of the columns, `new` what the last row and its button are called."""
        super().__init__(title, aside)
        self._context = context
        self._case_id: int | None = None
        self._lines: dict[int, _Line] = {}
        self.add(headings(context.theme, names), padded=False)
        self._list = column(gap=0)
        self.add(self._list, padded=False)
        self._build_new(*new)
        context.flushes.register(_Tries(self))

    def show_case(self, row: CaseRow) -> None:
        """Show this case's rows, and what was half written in the last one."""
        if row.id != self._case_id:
            self._case_id = row.id
            self.new_row.tell(())
            self._propose()
            self._draft.open(f"{type(self).__name__}:{row.id}")
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""
        if self._case_id is None:
            return
        found = self.read_rows(self._case_id)
        for gone in self._lines.keys() - {row.id for row in found}:
            self._forget(gone)
        for place, row in enumerate(found):
            if row.id not in self._lines:
                self._lines[row.id] = self._made(row)
            self._list.insertWidget(place, self._lines[row.id].edit)
            self._show(row, self.told(row, found))
        self._order_tabs(found)

    def focus_first(self) -> None:
        """Where one adds a row."""
        next(iter(self.new.values())).setFocus()

    def step_back(self) -> bool:
        """Put back what was kept in the rows where something else could not be; False where there is none."""
        wrong = [line for line in self._lines.values() if line.edit.is_wrong]
        for one in wrong:
            one.edit.tell(())
        if wrong:
            self._put_back(wrong)
        return bool(wrong)

    def flush(self) -> bool:
        """Keep what is typed in every row; all are tried."""
        return all([self._keep(row_id) for row_id in tuple(self._lines)])

    # --- what a room says ---

    def read_rows(self, case_id: int) -> Sequence[Kept]:
        """The rows that are kept."""
        raise TypeError("a table reads its rows")

    def make_fields(self, about: str) -> Fields:
        """Fields for a row, by the names their problems carry."""
        raise TypeError("a table has fields")

    def values_of(self, row: Kept) -> Values:
        """What a row holds, in the order of the fields."""
        raise TypeError("a table knows its values")

    def told(self, row: Kept, rows: Sequence[Kept]) -> Told:
        """What is said about a row."""
        raise TypeError("a table tells its rows")

    def about(self, row: Kept) -> str:
        """What a row is called."""
        raise TypeError("a table names its rows")

    def add_row(self, values: Values) -> None:
        """Add one."""
        raise TypeError("a table adds")

    def change_row(self, row_id: int, values: Values) -> None:
        """Change one."""
        raise TypeError("a table changes")

    def remove_row(self, row_id: int) -> None:
        """Remove one."""
        raise TypeError("a table removes")

    def new_settled(self) -> None:
        """A day was left in the last row."""

    # --- slots and internals ---

    def _build_new(self, about: str, button: str) -> None:
        texts = self._context.texts
        self.new = self.make_fields(about)
        self.add_it = KeyButton(texts.name("button", "Add"))
        self.add_it.setAccessibleName(button)
        self.new_row = EditRow(texts, self.new, self.add_it)
        self.add(self.new_row, padded=False)
        self._draft = FormDraft(self._context.store, self._context.flushes, self.new, self)
        self.add_it.clicked.connect(self._on_add)
        for field in self.new.values():
            if isinstance(field, DayLine):
                field.textEdited.connect(self._on_new_edited)
                field.returnPressed.connect(self._on_add)
                field.settled.connect(self._on_new_settled)

    def _made(self, row: Kept) -> _Line:
        texts = self._context.texts
        fields, length = self.make_fields(self.about(row)), Muted(wrap=False)
        edit = EditRow(texts, fields, length, Link(texts.name("button", "Remove"), self.about(row)))
        for field in fields.values():
            signal = field.settled if isinstance(field, DayLine) else field.changed
            signal.connect(partial(self._on_settled, row.id))
        edit.removed.connect(partial(self._on_removed, row.id))
        return _Line(edit, fields, length)

    def _show(self, row: Kept, told: Told) -> None:
        one = self._lines[row.id]
        # What was typed and could not be kept stays, with its sentence, until it is put right or the row itself changes.
        if not (one.edit.is_wrong and one.shown == row):
            _write(one.fields, self.values_of(row))
        one.shown = row
        one.length.setText(told.length)
        one.edit.say_before(told.before)
        one.edit.warn(told.warnings)

    def _put_back(self, lines: Sequence[_Line]) -> None:
        rows = {row.id: row for row in self.read_rows(self._case_id)}
        for row_id, one in self._lines.items():
            if one in lines and row_id in rows:
                _write(one.fields, self.values_of(rows[row_id]), even_typed=True)
        self.refresh()

    def _on_settled(self, row_id: int, _value: object = None) -> None:
        self._keep(row_id)

    def _keep(self, row_id: int) -> bool:
        """Keep what stands in a row. False when it could not be kept, and the row says why."""
        one = self._lines[row_id]
        problems: tuple[Problem, ...] = one.edit.unreadable()
        wanted = _read(one.fields)
        if not problems and one.shown is not None and wanted != self.values_of(one.shown):
            try:
                self.change_row(row_id, wanted)
            except Refused as refused:
                problems = refused.problems
        one.edit.tell(problems)
        return not problems

    def _on_removed(self, row_id: int) -> None:
        try:
            self.remove_row(row_id)
        except Refused as refused:
            self._lines[row_id].edit.tell(refused.problems)
            return
        self.focus_first()
        self.refresh()

    def _on_new_settled(self) -> None:
        # Something that is no day is said at once; the rest when it is added, and stands until something else is typed.
        unreadable = self.new_row.unreadable()
        if unreadable:
            self.new_row.tell(unreadable)
        self.new_settled()

    def _on_new_edited(self, _text: str) -> None:
        self.new_row.tell(())

    def _on_add(self) -> None:
        problems: tuple[Problem, ...] = self.new_row.unreadable()
        if not problems:
            try:
                self.add_row(_read(self.new))
            except Refused as refused:
                problems = refused.problems
        self.new_row.tell(problems)
        if problems:
            self.new_row.focus_problem(problems)
            return
        self._draft.forget()
        self._propose()
        self.refresh()
        self.focus_first()

    def _propose(self) -> None:
        """The last row as it is before anybody has written in it."""
        for field in self.new.values():
            if isinstance(field, ChoiceField):
                field.setCurrentIndex(0)

    def _forget(self, row_id: int) -> None:
        edit = self._lines.pop(row_id).edit
        self._list.removeWidget(edit)
        edit.hide()
        edit.deleteLater()

    def _order_tabs(self, found: Sequence[Kept]) -> None:
        rows = [self._lines[row.id] for row in found]
        chain = [one for line in rows for one in (*line.fields.values(), *line.edit.findChildren(Link))]
        chain += [*self.new.values(), self.add_it]
        for before, after in zip(chain, chain[1:], strict=False):
            QWidget.setTabOrder(before, after)


class _Tries:
    """For the window: keeps what can be kept, and holds nobody up over a day that cannot."""

    def __init__(self, table: EditTable) -> None:
        self._table = table
        table.tries = self

    def flush(self) -> bool:
        """Try."""
        self._table.flush()
        return True


def _read(fields: Fields) -> Values:
    return tuple(field.day if isinstance(field, DayLine) else field.value for field in fields.values())


def _write(fields: Fields, values: Values, *, even_typed: bool = False) -> None:
    for field, value in zip(fields.values(), values, strict=True):
        if not isinstance(field, DayLine):
            field.set_value(value)
        elif even_typed:
            field.put_back(value)
        else:
            field.set_day(value)
