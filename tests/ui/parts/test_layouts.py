"""Layouts that give way on narrow pages."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rehabdesk.ui.parts.basics import Card, KeyButton, Words, key_text
from rehabdesk.ui.parts.layouts import FlowLayout, TwoColumns, clear, column, no_wider_than
from tests.helpers.keys import CTRL, press


def test_two_columns_fold(qtbot, theme) -> None:
    """Beside one another when wide, under one another when narrow."""
    left, right = Card("Vänster"), Card("Höger")
    both = TwoColumns(column(left, None), column(right, None))
    qtbot.addWidget(both)
    both.show()
    both.resize(1000, 400)
    qtbot.waitUntil(lambda: right.mapTo(both, right.rect().topLeft()).x() > 400)
    both.resize(500, 400)
    qtbot.waitUntil(lambda: right.mapTo(both, right.rect().topLeft()).x() < 20)
    assert right.mapTo(both, right.rect().topLeft()).y() > left.height() - 1


def test_what_flows_begins_a_new_line(qtbot, theme) -> None:
    """Where the width ends; what is taken out is gone."""
    place = QWidget()
    qtbot.addWidget(place)
    flow = FlowLayout(place)
    for number in range(6):
        flow.addWidget(KeyButton(f"Knapp nummer {number}"))
    assert flow.heightForWidth(200) > 3 * flow.heightForWidth(2000)
    clear(flow)
    assert flow.count() == 0


def test_words_are_never_markup(qtbot, theme) -> None:
    """Names with brackets are shown as they are."""
    words = Words("<b>Anna</b> & Bo")
    qtbot.addWidget(words)
    assert words.text() == "<b>Anna</b> & Bo"
    assert words.textFormat().name == "PlainText"
    button = KeyButton("Bo & Co", "Ctrl+Return")
    qtbot.addWidget(button)
    assert button.text() == f"Bo & Co  {key_text('Ctrl+Return')}"
    assert button.accessibleName() == "Bo & Co"


def test_enter_presses_a_button_that_has_the_focus(qtbot, theme) -> None:
    """As Space does; with another key held it is somebody else's."""
    button, pressed = KeyButton("Öppna"), []
    qtbot.addWidget(button)
    button.clicked.connect(partial(pressed.append, True))
    press(button, Qt.Key.Key_Return)
    press(button, Qt.Key.Key_Enter)
    press(button, Qt.Key.Key_Space)
    assert len(pressed) == 3
    press(button, Qt.Key.Key_Return, CTRL)
    assert len(pressed) == 3


def test_what_is_kept_narrow_is_as_high_as_its_texts_need_there(qtbot, theme) -> None:
    """A page in a scroll area gives its card so much, not what the texts would need at the page's own width."""
    card = Card("Nytt ärende")
    card.add(column(Words("Ett personnummer skrivs ÅÅMMDD-NNNN. " * 20)))
    page = QWidget()
    qtbot.addWidget(page)
    page.setLayout(column(no_wider_than(300, card)))
    assert page.heightForWidth(1200) >= card.heightForWidth(300) > card.heightForWidth(1200)
    page.resize(1200, page.heightForWidth(1200))
    page.show()
    assert (card.x(), card.width()) == (0, 300)
