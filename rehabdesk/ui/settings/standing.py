"""The standing agenda: the lines every new session starts with, before and after the cases; Alt+arrows order them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.domain.series import MOST_EVERY, MOST_MINUTES
from rehabdesk.services.forum import series as verbs
from rehabdesk.store.queries.forum import sessions as queries
from rehabdesk.store.queries.forum.sessions import SeriesRow, StandingRow
from rehabdesk.ui.parts.basics import Card, KeyButton, Muted
from rehabdesk.ui.parts.forms import FieldFrame, Form
from rehabdesk.ui.parts.layouts import column, holding, line
from rehabdesk.ui.parts.record import RecordFields
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.table import Table
from rehabdesk.ui.settings.series_editor import whole_number
from rehabdesk.ui.shell.context import Context

CASES = 0
"""The id of the line that stands for the cases; no row of the store has it."""


@dataclass(frozen=True, slots=True)
class StandingLine:
    """A line of the standing agenda, or without `row` the place where the cases come."""

    row: StandingRow | None = None

    @property
    def id(self) -> int:
        """What the line is known by."""
        return CASES if self.row is None else self.row.id


class StandingCard(Card):
    """The lines, and under them the chosen one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts.say("Standing agenda"), parent=parent)
        self._context = context
        self._series: SeriesRow | None = None
        texts = context.texts
        self.table = Table(context.theme, self._columns(), texts.say("Standing agenda"))
        self.table.setProperty("part", "inner")
        self.table.setMinimumHeight(context.theme.px(220))
        self.table.setSortingEnabled(False)
        self.table.reorder(True)
        self.table.move_wanted.connect(self._on_move)
        self.table.chosen.connect(self._on_chosen)
        self.new_title = QLineEdit()
        self.new_title.returnPressed.connect(self._on_add)
        self._new_frame = FieldFrame(texts, texts.say("New line"), self.new_title, texts.say("Enter adds it, after the line chosen above."))
        self._fields = RecordFields(context.flushes)
        self._form = self._build_form()
        self._remove = KeyButton(texts.say("Remove the line"), kind="danger")
        self._remove.clicked.connect(self._on_remove)
        self._editor = holding(column(self._form, line(self._remove, None), gap=16))
        self._total = Muted()
        about = Muted(texts.say("Every new session starts with these lines. Alt and an arrow key move the chosen one."))
        self.add(column(about, self._total, gap=4))
        self.add(self.table, padded=False)
        self.add(column(self._new_frame, self._editor, gap=16))

    def show_series(self, series: SeriesRow) -> None:
        """Show this series' agenda."""
        self._series = series
        rows = self._context.store.read(queries.standing_items, series.id)
        lines = [StandingLine(row) for row in rows if not row.is_last]
        if series.has_cases:
            lines.append(StandingLine())
        lines += [StandingLine(row) for row in rows if row.is_last]
        self.table.set_rows(lines)
        texts = self._context.texts
        total = texts.duration(sum(row.minutes for row in rows if row.every == 1))
        self._total.setText(texts.say("{total} each time, beside the cases", total=total) if series.has_cases else total)
        self._on_chosen(self.table.current_row)

    def may_show(self, series: SeriesRow) -> bool:
        """Whether another series can be shown: not while something typed here could not be kept."""
        return self._series is None or self._series.id == series.id or self._fields.flush()

    def _columns(self) -> tuple[Column, ...]:
        texts = self._context.texts
        return (
            Column("title", texts.say("Item"), self._title, stretch=True, sortable=False, muted=_is_cases, bold=_is_cases),
            Column("minutes", texts.say("Time"), self._minutes, sortable=False),
            Column("presenter", texts.say("Presenter"), _presenter, sortable=False),
            Column("every", texts.say("How often"), self._every, sortable=False, muted=True),
        )

    def _build_form(self) -> Form:
        texts = self._context.texts
        form, fields = Form(texts), self._fields
        form.add("title", texts.say("Item"), fields.add("title", texts.say("Item")))
        form.add("presenter", texts.say("Presenter"), fields.add("presenter", texts.say("Presenter")))
        minutes = fields.add("minutes", texts.say("Minutes"))
        every = fields.add("every", texts.say("Comes every nth session"))
        form.add_line(("minutes", texts.say("Minutes"), minutes), ("every", texts.say("Comes every nth session"), every))
        return form

    def _on_chosen(self, chosen: StandingLine | None) -> None:
        row = chosen.row if chosen is not None else None
        if row is None:
            self._editor.setVisible(not self._fields.flush())
            return
        values = {"title": row.title, "presenter": row.presenter, "minutes": str(row.minutes), "every": str(row.every)}
        if self._fields.show(row.id, values, partial(_save, self._context, row.id)):
            self._editor.setVisible(True)

    def _on_move(self, chosen: StandingLine, place: int) -> None:
        if chosen.row is None:
            return
        others = [other for other in self.table.rows_model.rows if other.id != chosen.id]
        above = others[:place]
        cases_above = any(other.row is None for other in above)
        # Without a line for the cases there is one part only, unless one was made before.
        is_last = cases_above or (not any(other.row is None for other in others) and chosen.row.is_last)
        part = [other for other in above if other.row is not None and other.row.is_last == is_last]
        verbs.move_standing_item(self._context.store, chosen.row.id, len(part), is_last=is_last)

    def _on_add(self) -> None:
        chosen = self.table.current_row
        after = chosen.row if chosen is not None else None
        is_last = after.is_last if after is not None else chosen is not None
        store, after_id = self._context.store, after.id if after is not None else None
        try:
            item_id = verbs.add_standing_item(store, self._series.id, after_id=after_id, title=self.new_title.text(), is_last=is_last)
        except Refused as refused:
            self._new_frame.tell(self._context.texts.problems(refused.problems))
            return
        self._new_frame.tell("")
        self.new_title.clear()
        self.show_series(self._series)
        self.table.choose(item_id)

    def _on_remove(self) -> None:
        chosen = self.table.current_row
        if chosen is not None and chosen.row is not None and self._fields.flush():
            verbs.remove_standing_item(self._context.store, chosen.row.id)
            self.table.setFocus()
            texts = self._context.texts
            self._context.messages.info(texts.say("{name} has been removed. Ctrl+Z brings it back.", name=chosen.row.title))

    def _title(self, shown: StandingLine) -> str:
        return shown.row.title if shown.row is not None else self._context.texts.say("Cases and consultations")

    def _minutes(self, shown: StandingLine) -> str:
        return self._context.texts.duration(shown.row.minutes) if shown.row is not None else ""

    def _every(self, shown: StandingLine) -> str:
        texts = self._context.texts
        if shown.row is None:
            return ""
        if shown.row.every == 1:
            return texts.say("each time")
        return texts.say("every other time") if shown.row.every == 2 else texts.say("1 time in {every}", every=shown.row.every)


def _is_cases(shown: StandingLine) -> bool:
    return shown.row is None


def _presenter(shown: StandingLine) -> str:
    return shown.row.presenter if shown.row is not None else ""


def _save(context: Context, item_id: int, key: str, text: str) -> None:
    value: object = text
    if key == "minutes":
        value = whole_number(text, Problem("standing.minutes_range", "minutes", {"most": MOST_MINUTES}))
    elif key == "every":
        value = whole_number(text, Problem("standing.every_range", "every", {"most": MOST_EVERY}))
    verbs.change_standing_item(context.store, item_id, **{key: value})
