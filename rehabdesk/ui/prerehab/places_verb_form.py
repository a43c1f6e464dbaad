"""What a verb about a claim has to be told (a day, a reason, a number), asked in place beneath the buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from rehabdesk.domain.problems import Problem
from rehabdesk.ui.parts.basics import KeyButton
from rehabdesk.ui.parts.form_draft import FormDraft
from rehabdesk.ui.parts.forms import Form
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding
from rehabdesk.ui.shell.context import Context

Field = tuple[str, str, QWidget]


class VerbForm(QWidget):
    """Some fields and a button. Enter in a field goes on like the button; `closed` when it has been put away.

    What is written is a draft until it is sent: it stands there again when one comes back.
    """

    closed = Signal()

    def __init__(self, context: Context, words: str, fields: Sequence[Field], send: Callable[[], tuple[Problem, ...]]) -> None:
        """`fields` are (key, label, field); `send` does the verb and gives the problems, none when it is done."""
        super().__init__()
        texts = context.texts
        self.setProperty("part", "clear")
        self.setProperty("form_in_sight", True)
        self._send = send
        self._first = fields[0][2]
        self.form = Form(texts)
        for key, label, field in fields:
            self.form.add(key, label, field)
            getattr(field, "line", field).installEventFilter(self)
        self.button = KeyButton(words, kind="primary", shows="Return")
        self.cancel = KeyButton(texts.name("button", "Cancel"), kind="link", shows="Esc")
        self.button.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.close_form)
        buttons = FlowLayout()
        buttons.addWidget(self.button)
        buttons.addWidget(self.cancel)
        self._draft = FormDraft(context.store, context.flushes, {key: field for key, _, field in fields}, self)
        self.setLayout(column(self.form, holding(buttons), gap=12))
        self.hide()

    def begin(self, about: str, proposed: Mapping[str, str] = MappingProxyType({})) -> None:
        """Show it, with the keyboard on the first field; `about` names what it is about, `proposed` what stands in its lines."""
        self.form.clear_problems()
        self._draft.open(about, proposed)
        self.show()
        first = getattr(self._first, "line", self._first)
        first.setFocus()
        if isinstance(first, QLineEdit):
            first.selectAll()

    def submit(self) -> None:
        """Do it; what is refused is said beside its field, and what is written stays."""
        problems = self._send()
        self.form.show_problems(problems)
        if not problems:
            self._draft.forget()
            self.close_form()

    def close_form(self) -> None:
        """Put it away."""
        if not self.isHidden():
            self._draft.close()
            self.hide()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Enter in a field is the button."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
            return True
        return super().eventFilter(watched, event)
