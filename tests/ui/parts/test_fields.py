"""Autosaving fields: saved within a second while typing, never overwritten, never lost."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.ui.parts.autosave import SAVE_AFTER, FlushRegistry
from rehabdesk.ui.parts.fields import AutosaveLine, AutosaveText, Underline
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.forms import ChoiceField, DateField, FieldFrame, Form, TimeField, read_time
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.parts.tokens import Mode
from tests.helpers.keys import CTRL, NONE, SHIFT, press, type_text

FULL = Problem("text.too_long", "text", {"length": 9, "most": 5})


class Shelf:
    """Keeps what is saved, or refuses."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.full = False

    def save(self, text: str) -> None:
        if self.full:
            raise Refused(FULL)
        self.texts.append(text)


class Desk(QWidget):
    """A window with two fields and the window's own undo keys."""

    def __init__(self, clock) -> None:
        super().__init__()
        self.registry = FlushRegistry(clock)
        self.shelf = Shelf()
        self.other_shelf = Shelf()
        self.text = AutosaveText("Diskussion", self.registry, self.shelf.save, "Början")
        self.other = AutosaveLine("Fråga", self.registry, self.other_shelf.save)
        self.undone: list[str] = []
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        layout.addWidget(self.other)

    def listen(self) -> None:
        QShortcut(QKeySequence("Ctrl+Z"), self).activated.connect(self.undo)

    def undo(self) -> None:
        self.undone.append("store")


@pytest.fixture
def desk(qapp: QApplication, qtbot, clock) -> Desk:
    Theme(qapp, Mode.LIGHT)
    made = Desk(clock)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.text.setFocus()
    qtbot.waitUntil(made.text.hasFocus)
    return made


def at_end(field: AutosaveText) -> None:
    press(field, Qt.Key.Key_End, CTRL)


def test_steady_typing_is_saved_within_a_second(desk: Desk, qtbot) -> None:
    """A throttle: it saves although the typing never pauses."""
    assert SAVE_AFTER < 1000
    at_end(desk.text)
    with qtbot.waitSignal(desk.text.saved):
        type_text(desk.text, " å")
        due = desk.text._autosaver._timer
        assert due.isActive() and due.remainingTime() < 1000
        assert not desk.shelf.texts
    assert desk.shelf.texts == ["Början å"]
    assert not desk.text.pending


def test_the_throttle_is_not_pushed_on_by_each_key(desk: Desk) -> None:
    """What a debounce would do."""
    timer = desk.text._autosaver._timer
    type_text(desk.text, "a")
    timer.setInterval(SAVE_AFTER)
    timer.start(400)
    type_text(desk.text, "b")
    assert timer.remainingTime() < SAVE_AFTER / 2


def test_leaving_saves_at_once(desk: Desk, qtbot) -> None:
    """Tab is enough."""
    at_end(desk.text)
    type_text(desk.text, "!")
    press(desk.text, Qt.Key.Key_Tab)
    assert desk.other.hasFocus()
    assert desk.shelf.texts == ["Början!"]


def test_leaving_ends_the_undo_step(desk: Desk, qtbot) -> None:
    """What is typed on coming back is a step of its own."""
    with qtbot.waitSignal(desk.registry.left):
        press(desk.text, Qt.Key.Key_Tab)


def test_everything_is_flushed_together_and_all_are_tried(desk: Desk) -> None:
    """One that fails does not keep the others from being saved."""
    desk.shelf.full = True
    desk.text.type_text("x")
    desk.other.type_text("y")
    assert not desk.registry.flush_all()
    assert desk.other_shelf.texts == ["y"]
    assert desk.text.pending
    desk.shelf.full = False
    assert desk.registry.flush_all()
    assert desk.shelf.texts == ["x"]


def test_a_refusal_keeps_the_text_says_why_and_tries_again(desk: Desk, qtbot, texts) -> None:
    """Nothing typed is lost because the disk is full."""
    frame = FieldFrame(texts, "Diskussion", desk.text)
    qtbot.addWidget(frame)
    frame.show()
    desk.shelf.full = True
    desk.text.type_text("för långt")
    assert not desk.text.flush()
    assert desk.text.text() == "för långt"
    assert frame.problem.isVisible()
    assert "för lång" in frame.problem.text()
    assert desk.text._autosaver._timer.isActive()
    desk.shelf.full = False
    assert desk.text.flush()
    assert not frame.problem.isVisible()


def test_typing_after_a_refusal_is_saved_as_soon_as_before(desk: Desk) -> None:
    """The slower pace is only for trying again."""
    desk.shelf.full = True
    desk.text.type_text("a")
    desk.text.flush()
    type_text(desk.text, "b")
    assert desk.text._autosaver._timer.interval() == SAVE_AFTER


def test_a_refresh_never_touches_what_is_being_written(desk: Desk) -> None:
    """It is taken when the field is left, unless something newer was typed."""
    desk.text.refresh("Annat")
    assert desk.text.text() == "Början"
    press(desk.text, Qt.Key.Key_Tab)
    assert desk.text.text() == "Annat"
    assert not desk.text.pending
    assert desk.shelf.texts == []


def test_a_refresh_changes_an_unfocused_field_without_saving_it_back(desk: Desk) -> None:
    """No echo."""
    desk.other.refresh("från\nregistret")
    assert desk.other.text() == "från registret"
    assert desk.registry.flush_all()
    assert desk.other_shelf.texts == []


def test_own_saved_text_coming_back_late_does_not_undo_typing(desk: Desk) -> None:
    """The notice of the first save arrives when more is typed."""
    desk.text.type_text("ett")
    desk.text.flush()
    at_end(desk.text)
    type_text(desk.text, " två")
    desk.text.refresh("ett")
    assert desk.text.text() == "ett två"
    desk.text.flush()
    desk.text.refresh("ett två")
    assert desk.text.text() == "ett två"


def test_undo_is_first_the_fields_own_then_the_stores(desk: Desk) -> None:
    """Qt's fields swallow the key; ours let it through when they have nothing left."""
    desk.listen()
    at_end(desk.text)
    type_text(desk.text, "x")
    press(desk.text, Qt.Key.Key_Z, CTRL)
    assert desk.text.text() == "Början"
    assert desk.undone == []
    press(desk.text, Qt.Key.Key_Z, CTRL)
    assert desk.undone == ["store"]


def test_a_store_undo_reaches_the_focused_field_and_is_not_undone_by_it(desk: Desk) -> None:
    """And the place of the keyboard stays."""
    desk.listen()
    desk.text.moveCursor(desk.text.textCursor().MoveOperation.End)
    press(desk.text, Qt.Key.Key_Z, CTRL)
    desk.text.refresh("Slutet, Början")
    assert desk.text.text() == "Slutet, Början"
    assert desk.text.textCursor().atEnd()
    assert not desk.text.document().isUndoAvailable()
    assert not desk.text.pending
    press(desk.text, Qt.Key.Key_Z, CTRL)
    assert desk.undone == ["store", "store"]


def test_without_a_window_that_listens_the_field_asks(desk: Desk, qtbot) -> None:
    """For pages that stand alone."""
    with qtbot.waitSignal(desk.text.undo_wanted):
        press(desk.text, Qt.Key.Key_Z, CTRL)
    with qtbot.waitSignal(desk.text.redo_wanted):
        press(desk.text, Qt.Key.Key_Z, CTRL | SHIFT)


def test_binding_to_another_record_saves_the_first(desk: Desk) -> None:
    """And never to the wrong place."""
    second = Shelf()
    desk.text.type_text("första")
    assert desk.text.bind("andra", second.save)
    assert desk.shelf.texts == ["första"]
    desk.text.type_text("andra, mer")
    desk.text.flush()
    assert second.texts == ["andra, mer"]
    second.full = True
    desk.text.type_text("kvar")
    assert not desk.text.bind("tredje", desk.shelf.save)
    assert desk.text.text() == "kvar"


def test_unbreakable_spaces_and_emoji_survive(desk: Desk) -> None:
    """Qt's plain text would lose the first, and counts the second as two."""
    desk.text.type_text("5\u00a0kg 😀 Per Ahl")
    desk.text.set_underlines([Underline(7, 14, "Per Ahl är någon annan.")])
    assert desk.text.text() == "5\u00a0kg 😀 Per Ahl"
    assert desk.text.extraSelections()[0].cursor.selectedText() == "Per Ahl"
    assert desk.text.accessibleDescription() == "Per Ahl är någon annan."
    desk.text.refresh("5\u00a0kg 😀 Per Ahl")


def test_the_field_grows_with_its_text_and_never_scrolls_early(desk: Desk, qtbot) -> None:
    """Up to its most."""
    low = desk.text.height()
    desk.text.type_text("\n".join("rad" for _ in range(9)))
    assert desk.text.height() > 3 * low // 1.5 - 40
    assert desk.text.verticalScrollBar().maximum() == 0
    desk.text.type_text("ord " * 400)
    assert desk.text.height() > low
    desk.text.type_text("kort")
    assert desk.text.height() == low


def test_a_line_stays_a_line(desk: Desk, qtbot) -> None:
    """Enter tells; pasting two lines gives one."""
    desk.other.setFocus()
    QApplication.clipboard().setText("ett\ntvå")
    press(desk.other, Qt.Key.Key_V, CTRL)
    with qtbot.waitSignal(desk.other.entered):
        press(desk.other, Qt.Key.Key_Return, NONE)
    assert desk.other.text() == "ett två"
    assert desk.other_shelf.texts == ["ett två"]


@pytest.mark.parametrize(("written", "time"), [
    ("13.00", "13:00"), ("13:00", "13:00"), ("1300", "13:00"), ("900", "09:00"), ("9", "09:00"), ("kl. 8.30", "08:30"),
    ("24.00", None), ("13.60", None), ("x", None), ("", None), ("1 300", None), ("13.5", None), ("٣", None),
])
def test_times_as_they_are_written(written: str, time: str | None) -> None:
    """Forgiving, never guessing."""
    assert read_time(written) == time


def test_a_time_field_reads_and_tidies(qtbot, texts) -> None:
    """Its value is the same however it was written."""
    field = TimeField(texts, "Börjar")
    qtbot.addWidget(field)
    type_text(field.line, "1300")
    assert field.time == "13:00"
    press(field.line, Qt.Key.Key_Return)
    assert field.line.text() == "13.00"
    field.line.selectAll()
    type_text(field.line, "fel")
    assert field.time is None
    assert not field.readable


def parse(text: str) -> date:
    if text == "på fredag":
        return date(2026, 11, 27)
    raise Refused(FULL)


def test_a_day_is_read_back(qtbot, texts) -> None:
    """With weekday and week, so that a slip is seen."""
    field = DateField(texts, parse, "Klart senast")
    qtbot.addWidget(field)
    type_text(field.line, "på fredag")
    assert field.day == date(2026, 11, 27)
    assert field.line.accessibleDescription() == "fredag v. 48"
    press(field.line, Qt.Key.Key_Return)
    assert field.line.text() == "2026-11-27"
    field.line.selectAll()
    type_text(field.line, "igår")
    assert field.day is None
    assert "för lång" in field.line.accessibleDescription()


def test_problems_stand_beside_their_fields(qtbot, texts) -> None:
    """And what belongs to none stands below."""
    form = Form(texts)
    qtbot.addWidget(form)
    day = DateField(texts, parse)
    form.add("day", "Dag", day)
    form.add("text", "Text", ChoiceField([(1, "ett"), (2, "två")]))
    form.show()
    rest = form.show_problems([FULL, Problem("text.too_long", None, {"length": 1, "most": 0})])
    assert len(rest) == 1
    assert form.frame("text").problem.isVisible()
    assert not form.frame("day").problem.isVisible()
    form.clear_problems()
    assert not form.frame("text").problem.isVisible()
    assert day.line.accessibleName() == "Dag"


def test_a_choice_keeps_what_was_chosen(qtbot) -> None:
    """When the choices are asked for again."""
    field = ChoiceField([(1, "ett"), (2, "två")], "Antal")
    qtbot.addWidget(field)
    field.set_value(2)
    field.set_choices([(2, "två"), (3, "tre")])
    assert field.value == 2
    field.set_value(9)
    assert field.value is None


def test_why_a_day_cannot_be_read_does_not_widen_its_form(qtbot, texts, clock) -> None:
    field = DateField(texts, ReadDay(clock), "Dag")
    qtbot.addWidget(field)
    field.show()
    before = field.minimumSizeHint().width()
    type_text(field.line, "x")
    assert field._read_back.text() and field.minimumSizeHint().width() < before + 120
