"""What is half written in a form is in the vault, and leaves it when the form is sent."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from rehabdesk.services import drafts
from rehabdesk.store.store import Store
from rehabdesk.ui.parts.form_draft import FormDraft
from rehabdesk.ui.parts.forms import ChoiceField
from rehabdesk.ui.shell.context import Context


class Desk(QWidget):
    """A form with one field of each sort."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.line, self.text, self.tick = QLineEdit(), QPlainTextEdit(), QCheckBox("a")
        self.choice = ChoiceField([(None, "none"), (1, "one"), (2, "two")], "choice")
        fields = {"choice": self.choice, "line": self.line, "tick": self.tick, "text": self.text}
        self.draft = FormDraft(context.store, context.flushes, fields, self)

    @property
    def written(self) -> tuple[str, str, bool, object]:
        return self.line.text(), self.text.toPlainText(), self.tick.isChecked(), self.choice.value


@pytest.fixture
def desk(context: Context, qtbot) -> Desk:
    made = Desk(context)
    qtbot.addWidget(made)
    made.draft.open("test")
    return made


def another(context: Context, qtbot, form: str = "test") -> Desk:
    """The same form, as it is built after a lock."""
    made = Desk(context)
    qtbot.addWidget(made)
    made.draft.open(form)
    return made


def fill(desk: Desk) -> None:
    desk.line.setText("Åsa")
    desk.text.setPlainText("två\nrader")
    desk.tick.setChecked(True)
    desk.choice.set_value(2)


def test_everything_written_stands_there_again(desk: Desk, context: Context, qtbot) -> None:
    fill(desk)
    assert context.flushes.flush_all()
    assert another(context, qtbot).written == ("Åsa", "två\nrader", True, 2)
    assert another(context, qtbot, "other").written == ("", "", False, None)


def test_what_is_sent_leaves_no_trace(desk: Desk, context: Context, store: Store, qtbot) -> None:
    fill(desk)
    assert context.flushes.flush_all()
    desk.draft.forget()
    assert desk.written[:3] == ("", "", False)
    assert store.read(drafts.draft, "test") == {}
    assert another(context, qtbot).written == ("", "", False, None)


def test_a_choice_alone_is_no_draft_and_an_emptied_form_none_either(desk: Desk, context: Context, store: Store) -> None:
    desk.tick.setChecked(True)
    desk.line.setText("x")
    assert context.flushes.flush_all()
    assert store.read(drafts.draft, "test")["tick"] == "1"
    desk.line.clear()
    assert context.flushes.flush_all()
    assert store.read(drafts.draft, "test") == {}


def test_a_draft_is_no_undo_step(desk: Desk, context: Context, store: Store) -> None:
    desk.line.setText("x")
    assert context.flushes.flush_all()
    assert store.undo() is None
    assert store.read(drafts.draft, "test")["line"] == "x"
