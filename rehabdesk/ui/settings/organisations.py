"""Organisations and their logos."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QWidget

from rehabdesk.domain.parties import MOST_LOGO_BYTES, OrganisationKind
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import parties
from rehabdesk.store.queries import parties as queries
from rehabdesk.store.queries.parties import OrganisationRow
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import Card, KeyButton, Label, Muted
from rehabdesk.ui.parts.forms import ChoiceField, FieldFrame, FieldProblem, Form
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding, line
from rehabdesk.ui.parts.record import RecordFields
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.table import Table
from rehabdesk.ui.settings.section import Section
from rehabdesk.ui.shell.context import Context

ChooseFile = Callable[[QWidget, str], str]
LOGO_WIDTH, LOGO_HEIGHT = 260, 90


def choose_picture(parent: QWidget, title: str) -> str:
    """Ask for a picture file; empty when none was chosen."""
    name, _ = QFileDialog.getOpenFileName(parent, title, "", "PNG, JPEG (*.png *.jpg *.jpeg)")
    return name


class OrganisationsSection(Section):
    """The list of organisations, and under it the chosen one with its logo."""

    def __init__(self, context: Context, choose_file: ChooseFile = choose_picture, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        texts = context.texts
        columns = (
            Column("name", texts.say("Organisation"), _name, stretch=True, bold=True),
            Column("kind", texts.say("Kind"), self._kind_of),
        )
        self.table = Table(context.theme, columns, texts.say("Organisations"))
        self.table.setProperty("part", "inner")
        self.table.setMinimumHeight(context.theme.px(220))
        self.table.chosen.connect(self._on_chosen)
        self.table.set_empty(
            texts.say("No organisations yet"), texts.say("Write the name of the first one above, for example the municipality.")
        )
        self.new_name = QLineEdit()
        self.new_name.returnPressed.connect(self._on_add)
        self._new_frame = FieldFrame(texts, texts.say("New organisation"), self.new_name, texts.say("Enter adds it."))
        self.editor = OrganisationEditor(context, choose_file)
        card = Card(texts.say("Organisations"))
        card.add(self._new_frame)
        card.add(self.table, padded=False)
        self.rows.addWidget(card)
        self.rows.addWidget(self.editor)
        self.rows.addStretch(1)
        watch(self, context.store, {"organisation", "logo"}, self._refresh)

    def open_row(self, row_id: int) -> None:
        """Choose this organisation."""
        self.table.choose(row_id)

    def _refresh(self) -> None:
        rows = self.context.store.read(queries.organisations)
        self.table.set_rows(rows)
        self.editor.setVisible(bool(rows))
        self._on_chosen(self.table.current_row)

    def _on_chosen(self, row: OrganisationRow | None) -> None:
        if row is not None:
            self.editor.show_organisation(row)

    def _on_add(self) -> None:
        try:
            new_id = parties.add_organisation(self.context.store, self.new_name.text(), OrganisationKind.MUNICIPALITY)
        except Refused as refused:
            self._new_frame.tell(self.context.texts.problems(refused.problems))
            return
        self._new_frame.tell("")
        self.new_name.clear()
        self._refresh()
        self.table.choose(new_id)
        self.editor.focus_kind()

    def _kind_of(self, row: OrganisationRow) -> str:
        return self.context.texts.term(row.kind)


class OrganisationEditor(Card):
    """Name, kind and logo of one organisation."""

    def __init__(self, context: Context, choose_file: ChooseFile, parent: QWidget | None = None) -> None:
        super().__init__(context.texts.say("Organisation"), parent=parent)
        self._context = context
        self._choose_file = choose_file
        self._row: OrganisationRow | None = None
        texts = context.texts
        self._fields = RecordFields(context.flushes)
        self._form = Form(texts)
        self._form.add("name", texts.say("Name"), self._fields.add("name", texts.say("Name")))
        self._kind = ChoiceField([(kind, texts.term(kind)) for kind in OrganisationKind], texts.say("Kind"))
        self._kind.changed.connect(self._on_kind)
        hint = texts.say("A coordination association may not be controller for people's cases.")
        self._form.add("kind", texts.say("Kind"), self._kind, hint)
        self.logo = QLabel()
        self.logo.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._choose = KeyButton(texts.say("Choose a logo…"))
        self._choose.clicked.connect(self._on_choose)
        self._without = KeyButton(texts.say("Remove the logo"))
        self._without.clicked.connect(self._on_without)
        self._remove = KeyButton(texts.say("Remove the organisation"), kind="danger")
        self._remove.clicked.connect(self._on_remove)
        self.problem = FieldProblem()
        buttons = FlowLayout()
        for button in (self._choose, self._without):
            buttons.addWidget(button)
        self._about_logo = Muted()
        logo = column(Label(texts.say("Logo")), self.logo, self._about_logo, holding(buttons))
        self.add(column(self._form, logo, line(self._remove, None), self.problem, gap=16))

    def show_organisation(self, row: OrganisationRow) -> None:
        """Show one, unless the one shown holds something that could not be kept."""
        if not self._fields.show(row.id, {"name": row.name}, partial(_save, self._context, row.id)):
            return
        if self._row is None or self._row.id != row.id:
            self._form.clear_problems()
            self.problem.tell("")
        self._row = row
        self.heading.setText(row.name)
        self._kind.set_value(row.kind)
        self._show_logo(self._context.store.read(queries.logo, row.id))

    def focus_kind(self) -> None:
        """Put the keyboard where a new organisation is told apart."""
        self._kind.setFocus()

    def _show_logo(self, content: bytes | None) -> None:
        texts = self._context.texts
        self.logo.setPixmap(_on_paper(content, self.devicePixelRatioF()) if content is not None else QPixmap())
        self.logo.setVisible(content is not None)
        self.logo.setAccessibleName(texts.say("Logo of {name}", name=self._row.name if self._row else ""))
        self._without.setVisible(content is not None)
        told = texts.say("Stands at the top of every paper where the organisation is controller.")
        kinds = texts.say("PNG or JPEG, at most {most} kB.", most=MOST_LOGO_BYTES // 1000)
        self._about_logo.setText(told if content is not None else f"{told} {kinds}")

    def _on_kind(self, kind: OrganisationKind) -> None:
        row = self._row
        if row is None or not self._fields.flush():
            return
        try:
            parties.change_organisation(self._context.store, row.id, kind=kind)
        except Refused as refused:
            self._form.show_problems(refused.problems)
            self._kind.set_value(row.kind)
        else:
            self._form.clear_problems()

    def _on_choose(self) -> None:
        name = self._choose_file(self, self._context.texts.say("Choose a logo…"))
        if name and self._row is not None:
            self._try(partial(_set_logo_from, self._context, self._row.id, Path(name)))

    def _on_without(self) -> None:
        if self._row is not None:
            self._try(partial(parties.set_logo, self._context.store, self._row.id, None))

    def _on_remove(self) -> None:
        if self._row is not None:
            name = self._row.name
            if self._try(partial(parties.remove_organisation, self._context.store, self._row.id)):
                texts = self._context.texts
                self._context.messages.info(texts.say("{name} has been removed. Ctrl+Z brings it back.", name=name))

    def _try(self, verb: Callable[[], None]) -> bool:
        try:
            verb()
        except Refused as refused:
            self.problem.tell(self._context.texts.problems(refused.problems))
            return False
        self.problem.tell("")
        return True


def _name(row: OrganisationRow) -> str:
    return row.name


def _on_paper(content: bytes, ratio: float) -> QPixmap:
    """The logo as it looks on paper: on white, whatever the palette of the window."""
    picture = QPixmap()
    picture.loadFromData(content)
    picture = picture.scaled(
        round(LOGO_WIDTH * ratio),
        round(LOGO_HEIGHT * ratio),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    paper = QPixmap(picture.size())
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.drawPixmap(0, 0, picture)
    painter.end()
    paper.setDevicePixelRatio(ratio)
    return paper


def _save(context: Context, organisation_id: int, key: str, text: str) -> None:
    parties.change_organisation(context.store, organisation_id, **{key: text})


def _set_logo_from(context: Context, organisation_id: int, file: Path) -> None:
    try:
        with file.open("rb") as picture:
            # One byte past the limit is enough to know.
            content = picture.read(MOST_LOGO_BYTES + 1)
    except OSError as error:
        raise Refused(Problem("logo.not_readable", "logo")) from error
    parties.set_logo(context.store, organisation_id, content)
