"""Serier: the list of series, a new one, and under it the chosen one with its members and its standing agenda."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from rehabdesk.domain.forum import SeriesKind
from rehabdesk.domain.problems import Refused
from rehabdesk.domain.series import SeriesDetails
from rehabdesk.services.forum import series as verbs
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.forum import sessions as queries
from rehabdesk.store.queries.forum.sessions import SeriesRow
from rehabdesk.store.queries.parties import OrganisationRow
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import Card, KeyButton, Muted
from rehabdesk.ui.parts.form_draft import FormDraft
from rehabdesk.ui.parts.forms import ChoiceField, Form
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding, line
from rehabdesk.ui.parts.narrow import keep_narrow
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.table import Table
from rehabdesk.ui.settings.members import MembersCard
from rehabdesk.ui.settings.section import Section
from rehabdesk.ui.settings.series_editor import SeriesEditor, kind_choices
from rehabdesk.ui.settings.standing import StandingCard
from rehabdesk.ui.shell.context import Context, Target

TABLES = {"session_series", "series_member", "standing_item", "organisation", "party", "contact"}


class SeriesSection(Section):
    """The list comes first; everything below it is about the chosen series."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        texts = context.texts
        self._organisations: tuple[OrganisationRow, ...] = ()
        self.table = Table(context.theme, self._columns(), texts.name("list", "Series"))
        self.table.setProperty("part", "inner")
        self.table.setMinimumHeight(context.theme.px(180))
        self.table.chosen.connect(self._show_chosen)
        self.ended = QCheckBox(texts.say("Show ended"))
        self.ended.setAccessibleName(texts.say("Show ended"))
        self.ended.clicked.connect(self._refresh)
        self.new_button = KeyButton(texts.say("New series"), "Ctrl+N")
        self.new_button.clicked.connect(self.begin)
        self.new = NewSeries(context)
        self.new.added.connect(self._on_added)
        self.new.given_up.connect(self.step_back)
        self.editor, self.members, self.standing = SeriesEditor(context), MembersCard(context), StandingCard(context)
        card = Card(texts.name("list", "Series"), self.ended)
        card.add(self.table, padded=False)
        card.add(line(self.new_button, None))
        for widget in (card, self.new, self.editor, self.members, self.standing):
            self.rows.addWidget(widget)
        self.rows.addStretch(1)
        self.new.hide()
        watch(self, context.store, TABLES, self._refresh)

    def open_row(self, row_id: int) -> None:
        """Choose this series."""
        if not self.table.choose(row_id):
            self.ended.setChecked(True)
            self._refresh()
            self.table.choose(row_id)

    def step_back(self) -> bool:
        """Leave the form for a new series."""
        if not self.new.isVisibleTo(self):
            return False
        self.new.hide()
        self._show_chosen(self.table.current_row)
        self.table.setFocus()
        return True

    def begin(self) -> None:
        """Ctrl+N: a new series, or first the organisation that will be its controller."""
        if not self._organisations:
            self.context.messages.info(self.context.texts.say("Begin with the organisation that is controller."))
            self.context.navigate(Target("settings", face="organisations"))
            return
        for part in (self.editor, self.members, self.standing):
            part.hide()
        self.new.show()
        self.new.begin(self._organisations)

    def _columns(self) -> tuple[Column, ...]:
        texts = self.context.texts
        return (
            Column("name", texts.say("Name"), _name, bold=True, muted=_has_ended),
            Column("kind", texts.say("Kind"), self._kind_of),
            Column("controller", texts.say("Controller"), _controller, stretch=True),
        )

    def _refresh(self) -> None:
        store, texts = self.context.store, self.context.texts
        self._organisations = store.read(party_queries.organisations)
        rows = store.read(queries.series, ended=self.ended.isChecked())
        self.table.set_empty(
            texts.say("No series yet"),
            texts.say("A series is a forum that meets again and again: a rehab forum, a steering group."),
            texts.say("Begin the first series"),
            self.begin,
        )
        self.table.set_rows(rows)
        self._show_chosen(self.table.current_row)

    def _show_chosen(self, row: SeriesRow | None) -> None:
        is_writing_new = self.new.isVisibleTo(self)
        for part in (self.editor, self.members, self.standing):
            part.setVisible(row is not None and not is_writing_new)
        if row is None:
            return
        # All of it is about one series: what could not be kept in one part keeps the others where they are too.
        if self.standing.may_show(row) and self.editor.show_series(row, self._organisations):
            self.members.show_series(row)
            self.standing.show_series(row)
        else:
            self.context.messages.warn(self.context.texts.say("Something in the fields could not be kept. Put it right first."))

    def _on_added(self, series_id: int) -> None:
        self.new.hide()
        self._refresh()
        self.table.choose(series_id)
        self.table.setFocus()

    def _kind_of(self, row: SeriesRow) -> str:
        texts = self.context.texts
        kind = texts.term(row.kind)
        return kind if row.ended_on is None else f"{kind} · {texts.say('ended {day}', day=row.ended_on)}"


class NewSeries(Card):
    """Only what cannot be guessed is asked; the rest is there to be changed afterwards. `added(id)`, `given_up`."""

    added = Signal(int)
    given_up = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts.say("New series"), parent=parent)
        self._context = context
        texts = context.texts
        self.form = Form(texts)
        self._name = QLineEdit()
        self._kind = ChoiceField(kind_choices(texts), texts.say("Kind"))
        self._controller = keep_narrow(ChoiceField((), texts.say("Controller")))
        self._board, self._prefix = QLineEdit(), QLineEdit()
        self.form.add("name", texts.say("Name"), self._name)
        self.form.add("kind", texts.say("Kind"), self._kind)
        hint = texts.say("The authority that answers for what is written. It stands on every paper.")
        self.form.add("controller", texts.say("Controller"), self._controller, hint)
        self.form.add("controller_board", texts.say("Board"), self._board, texts.say("For example kommunstyrelsen"))
        self.form.add("case_prefix", texts.say("Case numbers begin with"), self._prefix, texts.say("For example RF, as in RF-2026-014"))
        add = KeyButton(texts.name("button", "Add"), "Ctrl+Return", kind="primary")
        give_up = KeyButton(texts.name("button", "Cancel"), shows="Esc")
        add.clicked.connect(self._on_add)
        give_up.clicked.connect(self.given_up)
        for field in (self._name, self._board, self._prefix):
            field.returnPressed.connect(self._on_add)
        flow = FlowLayout()
        flow.addWidget(add)
        flow.addWidget(give_up)
        rest = Muted(texts.say("Times, place, members and standing agenda are filled in afterwards."))
        self.add(column(self.form, rest, holding(flow), gap=16))
        fields = {
            "name": self._name, "board": self._board, "prefix": self._prefix, "kind": self._kind, "controller": self._controller,
        }  # fmt: skip
        self._draft = FormDraft(context.store, context.flushes, fields, self)

    def begin(self, organisations: tuple[OrganisationRow, ...]) -> None:
        """Make ready. What was written and not added is still there."""
        self._controller.set_choices([(row.id, row.name) for row in organisations])
        self._draft.open("series")
        self._name.setFocus()

    def _on_add(self) -> None:
        kind = SeriesKind(self._kind.value)
        prefix = self._prefix.text() if kind is SeriesKind.REHAB_FORUM else ""
        details = SeriesDetails(self._name.text(), kind, self._controller.value, self._board.text(), prefix)
        try:
            series_id = verbs.create_series(self._context.store, details)
        except Refused as refused:
            self.form.show_problems(refused.problems)
            return
        self._draft.forget()
        self.form.clear_problems()
        self.added.emit(series_id)


def _name(row: SeriesRow) -> str:
    return row.name


def _controller(row: SeriesRow) -> str:
    return row.controller


def _has_ended(row: SeriesRow) -> bool:
    return row.ended_on is not None
