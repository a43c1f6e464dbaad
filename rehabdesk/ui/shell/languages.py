"""Svenska or English, each named in itself, so that it is found by whoever cannot read the other."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import Link
from rehabdesk.ui.parts.layouts import line

# Names of languages are not translated.
LANGUAGE_NAMES = (("sv", "Svenska"), ("en", "English"))


class LanguageChoice(QWidget):
    """One quiet button for each other language. `chosen("en")`."""

    chosen = Signal(str)

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        row = line()
        for language, name in LANGUAGE_NAMES:
            if language != texts.language:
                button = Link(name)
                button.clicked.connect(partial(self._choose, language))
                row.addWidget(button)
        self.setLayout(row)

    def _choose(self, language: str, _checked: bool = False) -> None:
        self.chosen.emit(language)
