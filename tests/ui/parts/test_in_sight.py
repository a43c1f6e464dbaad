"""What takes the keyboard comes into sight, also where no Tab went there."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from rehabdesk.ui.parts.in_sight import KeptInSight
from rehabdesk.ui.parts.layouts import column, holding, scrolling


def test_a_field_that_is_given_the_keyboard_far_down_is_scrolled_to(qtbot, theme) -> None:
    """As when a form shows what is wrong."""
    fields = [QLineEdit() for _ in range(40)]
    window = QWidget()
    qtbot.addWidget(window)
    window.setLayout(column(scrolling(holding(column(*fields)))))
    KeptInSight(window, 24)
    window.resize(300, 200)
    window.show()
    qtbot.waitActive(window)
    assert fields[-1].visibleRegion().isEmpty()
    fields[-1].setFocus()
    qtbot.waitUntil(lambda: fields[-1].visibleRegion().boundingRect() == fields[-1].rect())
    fields[0].setFocus()
    qtbot.waitUntil(lambda: fields[0].visibleRegion().boundingRect() == fields[0].rect())
