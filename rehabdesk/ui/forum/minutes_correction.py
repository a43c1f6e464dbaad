"""A correction of a frozen sheet: which part, and what is right. The sheet itself is never rewritten."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from rehabdesk.domain.problems import Refused
from rehabdesk.domain.sheets import Block
from rehabdesk.services.forum import sheets
from rehabdesk.store.queries import settings as settings_queries
from rehabdesk.ui.parts.basics import KeyButton, Muted
from rehabdesk.ui.parts.form_draft import FormDraft
from rehabdesk.ui.parts.forms import ChoiceField, Form
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.printing.words import capital
from rehabdesk.ui.shell.context import Context

LINES = 4


class CorrectionForm(QWidget):
    """`corrected(Frozen)` when it is made. What is typed and not sent is kept with its sheet until it is, over a lock too."""

    corrected = Signal(object)
    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._sheet_id: int | None = None
        texts = context.texts
        self.block = ChoiceField(self._blocks(), texts.say("What is corrected"))
        self.text = _Text()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(context.theme.px(24) * LINES)
        self.form = Form(texts)
        self.form.add("block", texts.say("What is corrected"), self.block)
        hint = texts.say("It gets today's date and prints with the sheet. Those who have a copy get a new one.")
        self.form.add("text", texts.say("What is right"), self.text, hint)
        self.confirm = KeyButton(texts.say("Make the correction"), "Ctrl+Return", kind="primary")
        self.cancel = KeyButton(texts.name("button", "Cancel"), shows="Esc")
        self.confirm.clicked.connect(self._on_confirm)
        self.cancel.clicked.connect(self.put_away)
        told = Muted(texts.say("Another participant's name cannot stand in a correction."))
        self.setLayout(column(self.form, told, line(self.confirm, self.cancel, None), gap=12))
        self.setAccessibleName(texts.say("Correction"))
        self._draft = FormDraft(context.store, context.flushes, {"text": self.text, "block": self.block}, self)
        self.hide()

    def ask(self, sheet_id: int, *, has_blocks: bool = True, is_case: bool = True) -> None:
        """Ask what is to be corrected in a sheet; the general part has no blocks, and only a case's item a participant's view."""
        if sheet_id != self._sheet_id:
            self.block.set_choices(self._blocks(is_case))
            self.block.set_value(Block.AGREEMENTS if has_blocks else None)
        self._sheet_id = sheet_id
        self.form.frame("block").setVisible(has_blocks)
        self._draft.open(f"correction:{sheet_id}")
        self.form.clear_problems()
        self.show()
        (self.block if has_blocks else self.text).setFocus()

    def put_away(self) -> None:
        """Leave it; what is typed is still there when one comes back."""
        if self.isHidden():
            return
        self._context.flushes.flush_all()
        self.hide()
        self.left.emit()

    def _blocks(self, is_case: bool = True) -> list[tuple[Block | None, str]]:
        texts = self._context.texts
        named: list[tuple[Block | None, str]] = [(block, capital(texts.term(block))) for block in Block if is_case or block is not Block.PARTICIPANT_VIEW]
        return [*named, (None, texts.say("Something else (in the complete minutes only)"))]

    def _on_confirm(self) -> None:
        assert self._sheet_id is not None
        language = self._context.store.read(settings_queries.paper_language)
        try:
            made = sheets.correct(
                self._context.store, self._sheet_id, self.block.value, self.text.toPlainText(), language=language
            )
        except Refused as refused:
            self.form.show_problems(refused.problems)
            return
        self._draft.forget()
        self._sheet_id = None
        self.hide()
        self.corrected.emit(made)


class _Text(QPlainTextEdit):
    """Leaves Ctrl+Enter to the button."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)
