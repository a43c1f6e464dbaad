"""Saving the list of cases as a file: in which form, with names or without, and what that means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QWidget

from rehabdesk.domain.exports import NAME, FileFormat, ListColumn, ListRow
from rehabdesk.domain.problems import Refused
from rehabdesk.services import exports, paper_files
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.ui.parts.basics import Card, KeyButton, Muted, Words
from rehabdesk.ui.parts.forms import ChoiceField, Form
from rehabdesk.ui.parts.layouts import column, line, no_wider_than, page_body, scrolling
from rehabdesk.ui.shell.context import Context

AskForPlace = Callable[[QWidget, str, str, str], Path | None]


def ask_for_place(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """The system's own dialog for where to save; None when it was left."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(paper_files.free_name(Path(folder), name)), kinds)
    return Path(chosen) if chosen else None


class ExportView(QWidget):
    """The page. `done()` when the file is written, `cancelled()` to leave."""

    done = Signal()
    cancelled = Signal()

    def __init__(self, context: Context, ask_for_place: AskForPlace = ask_for_place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self.ask_for_place = ask_for_place
        self._columns: tuple[ListColumn, ...] = ()
        self._rows: tuple[ListRow, ...] = ()
        self._held = 0
        self._build()

    def ask(self, columns: Sequence[ListColumn], rows: Sequence[ListRow]) -> None:
        """What is shown in the list now, to be saved; names stay out until they are asked for."""
        self._columns, self._rows = tuple(columns), tuple(rows)
        left_out = self._context.store.read(case_queries.protected_cases, [row.case_id for row in rows])
        self._held = len(self._rows) - len(left_out)
        self.with_names.setChecked(False)
        self._tell()
        self.kept_on.clear()
        self.form.clear_problems()
        self.format.set_value(FileFormat.WORKBOOK)
        self.save.setEnabled(bool(self._rows))
        self.format.setFocus()

    def focus_first(self) -> None:
        """Put the keyboard on the form of the file."""
        self.format.setFocus()

    def step_back(self) -> bool:
        """Nothing stands open here."""
        return False

    # --- slots and internals ---

    def _build(self) -> None:
        texts = self._context.texts
        self.told = Words()
        self.format = ChoiceField([(one, texts.term(one)) for one in FileFormat], texts.say("Form of the file"))
        self.with_names = QCheckBox(texts.say("Take the participants' names along"))
        self.with_names.setAccessibleName(self.with_names.text())
        meaning = Muted(texts.say(
            "With names anybody who opens the file can read who the cases are about. Without them it holds case numbers, which are "
            "personal data too. Cases under protected identity are never in the file."
        ))
        self.kept_on = QLineEdit()
        self.kept_on.setPlaceholderText(texts.say("for example USB stick, or empty"))
        self.save = KeyButton(texts.say("Save as file"), "Ctrl+Return", kind="primary")
        self.cancel = KeyButton(texts.name("button", "Cancel"), shows="Esc")
        self.form = Form(texts)
        self.form.add("format", texts.say("Form of the file"), self.format)
        self.form.add("kept_on", texts.say("Where the file will lie"), self.kept_on)
        warning = Muted(texts.say("A saved file is not encrypted. It is remembered here until you say that it is gone."))
        card = Card(texts.say("Export the list of cases"))
        card.add(column(self.told, self.form, self.with_names, meaning, warning, line(self.save, self.cancel, None), gap=16))
        body = QWidget()
        body.setLayout(page_body(no_wider_than(self._context.theme.px(760), card), None))
        self.setLayout(column(scrolling(body)))
        self.with_names.toggled.connect(self._tell)
        self.save.clicked.connect(self._on_save)
        self.cancel.clicked.connect(self.cancelled)

    def _tell(self, _ticked: object = None) -> None:
        """What the file will hold."""
        shown = [one.heading for one in self._columns if one.key != NAME or self.with_names.isChecked()]
        self.told.setText(self._context.texts.count(
            "The list as it is shown: {n} case, with these columns: {columns}.", "The list as it is shown: {n} cases, with these columns: {columns}.",
            self._held, columns=", ".join(shown),
        ))  # fmt: skip

    def _on_save(self) -> None:
        texts, form = self._context.texts, self.format.value or FileFormat.WORKBOOK
        title = texts.say("Cases")
        name = f"{title} {texts.date(self._context.clock.today())}.{form.value}"
        path = self.ask_for_place(self, texts.say("Save as file"), name, f"{texts.term(form)} (*.{form.value})")
        if path is None:
            return
        if path.suffix.lower() != f".{form.value}":
            path = path.with_name(f"{path.name}.{form.value}")
        try:
            exported = exports.save_cases(
                self._context.store, path, self._columns, self._rows,
                with_names=self.with_names.isChecked(), title=title, kept_on=self.kept_on.text(),
            )  # fmt: skip
        except Refused as refused:
            self.form.show_problems(refused.problems)
            return
        said = [texts.say("Saved as “{name}”. The file is not encrypted.", name=path.name)]
        if exported.left_out:
            said.append(texts.count(
                "{n} case under protected identity is not in it.", "{n} cases under protected identity are not in it.", exported.left_out
            ))
        self._context.messages.info(" ".join(said))
        self.done.emit()
